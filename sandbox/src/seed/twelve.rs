//! Two storefronts whose sources all want credentials: twelve that take a key, and four that take four things.

use super::{Seed, source, storefront};
use crate::model::AuthKind;

/// Each source has an agent of its own, so that one registration covers one source.
const RIVERS: [&str; 12] = [
    "Danube Sports",
    "Rhine News",
    "Loire Cinema",
    "Ebro Music",
    "Tagus Travel",
    "Elbe Documentaries",
    "Vistula Kids",
    "Thames Drama",
    "Shannon Comedy",
    "Rhone Kitchen",
    "Tiber History",
    "Volga Nature",
];

pub fn seed() -> Seed {
    let mut seed = Seed {
        next_id: 900,
        ..Seed::default()
    };
    let mut rivers = Vec::new();
    for (agent, name) in (1..).zip(RIVERS) {
        seed.agent(agent, name, AuthKind::ApiKey);
        rivers.push(source(&format!("src_{agent:02}"), name, agent));
    }
    seed.storefronts.push(storefront(
        60,
        "Twelve Rivers Media",
        "twelverivers.example",
        "ctv",
        rivers,
    ));

    let mut delta = Vec::new();
    for (agent, id, name, kind) in [
        (21, "src_consent", "Delta Consent", AuthKind::OAuth),
        (22, "src_signed", "Delta Signed", AuthKind::Jwt),
        (23, "src_password", "Delta Password", AuthKind::BasicAuth),
        // It wants a registration, and in it the empty object.
        (24, "src_nothing", "Delta Nothing", AuthKind::NoAuth),
    ] {
        seed.agent(agent, name, kind);
        delta.push(source(id, name, agent));
    }
    seed.storefronts.push(storefront(
        61,
        "Delta Mixed",
        "deltamixed.example",
        "display",
        delta,
    ));
    seed
}
