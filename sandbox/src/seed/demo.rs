//! Eight storefronts that between them show every state of a source.

use super::{Seed, credential, source, storefront};
use crate::model::{AuthKind, Credential, Probe, Source, Standing, Status, Storefront};

pub fn seed() -> Seed {
    let mut seed = Seed {
        next_id: 800,
        ..Seed::default()
    };

    seed.agent(1, "Premium CTV Direct", AuthKind::ApiKey);
    seed.agent(2, "Premium CTV Sports", AuthKind::ApiKey);
    seed.agent(3, "Premium CTV Partner", AuthKind::BasicAuth);
    seed.agent(4, "Premium CTV Open", AuthKind::NoAuth);
    let open = source("src_open", "Premium CTV \u{2014} Open", 4);
    let sources = vec![
        source("src_main", "Premium CTV \u{2014} Direct", 1),
        source("src_live", "Premium CTV \u{2014} Live Sports", 2),
        source("src_partner", "Premium CTV \u{2014} Partner feed", 3),
        Source {
            requires_credentials: Some(false),
            ..open
        },
    ];
    let premium = storefront(
        42,
        "Premium CTV Storefront",
        "premiumctv.example",
        "ctv",
        sources,
    );
    seed.storefronts.push(Storefront {
        regions: vec!["US", "CA"],
        ..premium
    });
    seed.credentials
        .push(credential(722, "acme-brand-account", 2, Status::Active));

    seed.agent(5, "Harbor Podcasts", AuthKind::OAuth);
    seed.agent(6, "Harbor Radio", AuthKind::OAuth);
    let sources = vec![
        source("src_podcasts", "Harbor Podcasts", 5),
        source("src_radio", "Harbor Radio", 6),
    ];
    seed.storefronts.push(storefront(
        43,
        "Harbor Audio Network",
        "harboraudio.example",
        "audio",
        sources,
    ));
    seed.credentials
        .push(credential(731, "acme-radio", 6, Status::Pending));

    seed.agent(7, "Northlight", AuthKind::NoAuth);
    let news = source("src_news", "Northlight Front Page", 7);
    let news = Source {
        requires_credentials: None,
        probe: Probe::NotProbeable,
        ..news
    };
    let northlight = storefront(
        44,
        "Northlight News",
        "northlight.example",
        "display",
        vec![news],
    );
    seed.storefronts.push(Storefront {
        regions: vec!["GB", "DE"],
        ..northlight
    });

    // One agent behind three sources: one registration covers them all.
    seed.agent(8, "Orchard", AuthKind::ApiKey);
    let sources = vec![
        source("src_web", "Orchard Web", 8),
        source("src_app", "Orchard App", 8),
        Source {
            probe: Probe::Unreachable,
            ..source("src_store", "Orchard In-store", 8)
        },
    ];
    seed.storefronts.push(storefront(
        45,
        "Orchard Retail Media",
        "orchard.example",
        "retail_media",
        sources,
    ));

    seed.agent(9, "Metro Transit", AuthKind::ApiKey);
    let sources = vec![
        source("src_bus", "Metro Bus", 9),
        source("src_rail", "Metro Rail", 9),
        source("src_hall", "Metro Hall", 9),
    ];
    seed.storefronts.push(storefront(
        46,
        "Metro Transit Screens",
        "metrotransit.example",
        "dooh",
        sources,
    ));
    seed.credentials
        .push(credential(745, "acme-metro", 9, Status::Active));

    let snap = storefront(47, "Snap Ads", "snap.example", "social", Vec::new());
    seed.storefronts.push(Storefront {
        adapter: Some("SNAP"),
        ..snap
    });

    seed.agent(10, "Atelier Premium", AuthKind::Jwt);
    seed.agent(11, "Atelier Shared", AuthKind::ApiKey);
    let sources = vec![
        source("src_jwt", "Atelier Premium", 10),
        source("src_shared", "Atelier Shared", 11),
    ];
    let atelier = storefront(48, "Atelier Video", "ateliervideo.example", "olv", sources);
    seed.storefronts.push(Storefront {
        regions: vec!["FR", "DE"],
        ..atelier
    });
    let shared = credential(751, "acme-shared-seat", 11, Status::Active);
    seed.credentials.push(Credential {
        marketplace: true,
        registered_by: None,
        ..shared
    });

    let quiet = storefront(
        49,
        "Quiet Lake Outdoors",
        "quietlake.example",
        "ooh",
        Vec::new(),
    );
    seed.storefronts.push(Storefront {
        private: true,
        standing: Standing::Blocked,
        ..quiet
    });
    seed
}
