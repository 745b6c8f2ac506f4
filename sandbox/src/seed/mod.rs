//! The seeded data of each scenario. Times are fixed, so that two runs are alike.

mod demo;
mod large;
mod twelve;

use crate::{
    model::{Agent, AuthKind, Credential, Probe, Source, Standing, Status, Storefront},
    settings::Scenario,
};

/// Everything that a scenario begins with.
#[derive(Debug, Default)]
pub struct Seed {
    pub agents: Vec<Agent>,
    pub storefronts: Vec<Storefront>,
    pub credentials: Vec<Credential>,
    /// New credentials are numbered from the one after this.
    pub next_id: u32,
}

/// The company of the demo tokens.
const ACME: u32 = 11;

pub fn of(scenario: Scenario) -> Seed {
    match scenario {
        Scenario::Demo | Scenario::OldShapes => demo::seed(),
        Scenario::Empty => Seed {
            next_id: 800,
            ..Seed::default()
        },
        Scenario::Large => large::seed(),
        Scenario::Twelve => twelve::seed(),
    }
}

impl Seed {
    fn agent(&mut self, id: u32, name: &str, kind: AuthKind) {
        self.agents.push(Agent {
            id,
            name: name.to_owned(),
            kind,
        });
    }
}

fn storefront(
    id: u64,
    name: &str,
    domain: &str,
    channel: &'static str,
    sources: Vec<Source>,
) -> Storefront {
    Storefront {
        id,
        name: name.to_owned(),
        domain: domain.to_owned(),
        channels: vec![channel],
        regions: vec!["US"],
        private: false,
        standing: Standing::Live,
        adapter: None,
        sources,
    }
}

fn source(id: &str, name: &str, agent: u32) -> Source {
    Source {
        id: id.to_owned(),
        name: name.to_owned(),
        agent,
        requires_credentials: Some(true),
        probe: Probe::Reachable,
    }
}

fn credential(id: u32, identifier: &str, agent: u32, status: Status) -> Credential {
    Credential {
        id: id.to_string(),
        company: ACME,
        identifier: identifier.to_owned(),
        marketplace: false,
        status,
        registered_by: Some("buyer@acmebrand.example".to_owned()),
        created_at: "2026-02-23T19:55:11.602Z".to_owned(),
        updated_at: "2026-02-23T19:56:56.272Z".to_owned(),
        agent,
    }
}
