//! One person in two organisations, and agents in every state that credentials can be in.

use super::{
    address::canonical,
    model::{Agent, ClientCredentials, Consented, Organization, Placement, Token},
    store::Registry,
};
use crate::identity::{DEMO_CLIENT, DEMO_SECRET, TOKEN_ENDPOINT};
use jiff::{SignedDuration, Timestamp};

pub const ORGANIZATIONS: [Organization; 2] = [
    Organization {
        id: "org_acme",
        name: "Acme Brand",
        role: "admin",
    },
    Organization {
        id: "org_northwind",
        name: "Northwind Agency",
        role: "member",
    },
];
const ACME: &str = ORGANIZATIONS[0].id;
const NORTHWIND: &str = ORGANIZATIONS[1].id;

const SIGNALS: &str = "https://signals.meridian.example/mcp";
const SHADOWED: &str = "https://buying.tidewater.example";
const CONSENTED: &str = "https://creative.atelier.example/mcp";

const PLAIN: Agent = Agent {
    organization: ACME,
    // Nothing is saved for this one.
    url: "https://sales.streamhaus.example",
    name: "Streamhaus Sales",
    kind: "sales",
    visibility: "public",
    consents: false,
};

const AGENTS: [Agent; 10] = [
    PLAIN,
    Agent {
        url: SIGNALS,
        name: "Meridian Signals",
        kind: "signals",
        visibility: "private",
        ..PLAIN
    },
    Agent {
        url: SHADOWED,
        name: "Tidewater Buying",
        kind: "buying",
        ..PLAIN
    },
    Agent {
        url: CONSENTED,
        name: "Atelier Creative",
        kind: "creative",
        consents: true,
        ..PLAIN
    },
    Agent {
        url: "https://portal.lakeside.example",
        name: "Lakeside Portal",
        consents: true,
        ..PLAIN
    },
    Agent {
        url: "https://ads.commons.example/mcp",
        name: "Commons Ads",
        ..PLAIN
    },
    Agent {
        organization: NORTHWIND,
        url: "https://ads.commons.example/mcp",
        name: "Commons Ads",
        ..PLAIN
    },
    Agent {
        url: "https://agent.harbor.example:8443/AdCP/v2",
        name: "Harbor Agent",
        visibility: "members_only",
        ..PLAIN
    },
    Agent {
        url: "https://agent.quarry.example/a%2Fb",
        name: "Quarry Agent",
        kind: "governance",
        ..PLAIN
    },
    Agent {
        organization: NORTHWIND,
        url: "https://measure.northlight.example",
        name: "Northlight Measurement",
        kind: "measurement",
        ..PLAIN
    },
];

/// Fills an empty registry. The saved client credentials work at the second port's token endpoint.
pub fn fill(registry: &mut Registry, auth_origin: &str) {
    registry.agents = AGENTS.to_vec();
    let saved = ClientCredentials {
        token_endpoint: format!("{auth_origin}{TOKEN_ENDPOINT}"),
        client_id: DEMO_CLIENT.to_owned(),
        client_secret: DEMO_SECRET.to_owned(),
        scope: Some("signals.read".to_owned()),
        resources: Vec::new(),
        audience: None,
        placement: Placement::Basic,
    };
    let as_compared = |url| canonical(url).expect("a seeded address is plain");
    registry
        .context_to_change(&as_compared(SIGNALS), ACME)
        .client_credentials = Some(saved.clone());
    let shadowed = registry.context_to_change(&as_compared(SHADOWED), ACME);
    shadowed.client_credentials = Some(saved);
    shadowed.token = Some(Token::Bearer);
    let consented = registry.context_to_change(&as_compared(CONSENTED), ACME);
    consented.registered = true;
    consented.consented = Some(Consented {
        expires: Some(Timestamp::now() + SignedDuration::from_hours(2)),
        refreshable: true,
    });
}
