//! How storefronts and their sources are written, in the current and the older shape.

use crate::{
    accounts::Account,
    model::{AuthKind, Probe, Source, Storefront},
    world::World,
};
use serde_json::{Value, json};
use std::collections::HashSet;

/// An item of the list.
pub fn summary(
    world: &World,
    caller: &Account,
    active: &HashSet<u32>,
    storefront: &Storefront,
) -> Value {
    let mut row = described(world, caller, storefront);
    row["sourceCount"] = json!(storefront.sources.len());
    let connected = storefront
        .sources
        .iter()
        .filter(|source| is_connected(active, source))
        .count();
    row["connectedSourceCount"] = json!(connected);
    row
}

/// One storefront, rolled up or with its sources.
pub fn detail(world: &World, caller: &'static Account, storefront: &Storefront) -> Value {
    let active = world.active_agents(caller.company_id);
    let mut body = described(world, caller, storefront);
    if world.settings.sources_in_detail {
        let source = |source| old_source(world, caller, &active, source);
        body["sources"] = storefront.sources.iter().map(source).collect();
        return body;
    }
    let needed: Vec<_> = storefront
        .sources
        .iter()
        .filter(|s| s.requires_credentials == Some(true))
        .collect();
    body["requiresCredentials"] = json!(!needed.is_empty());
    body["connected"] = json!(match storefront.adapter {
        Some(_) => is_linked(world, caller, storefront),
        None => needed.iter().all(|source| is_connected(&active, source)),
    });
    let agents: HashSet<u32> = storefront
        .sources
        .iter()
        .map(|source| source.agent)
        .collect();
    body["customerAccounts"] = accounts(world, caller, |agent| agents.contains(&agent));
    body["adcpCapabilities"] = Value::Null;
    body
}

/// A row of the capabilities.
pub fn capability(world: &World, source: &Source) -> Value {
    let agent = world.agents.get(&source.agent);
    let known = source.requires_credentials.is_some();
    let capabilities = json!({
        "requireOperatorAuth": source.requires_credentials.unwrap_or(false),
        "accountResolution": "explicit",
        "supportedBillings": ["operator"],
        "sandboxSupported": world.auth_kind(source) != AuthKind::OAuth,
        "synthetic": false,
    });
    json!({
        "sourceId": source.id,
        "sourceName": source.name,
        "executionType": if source.requires_credentials == Some(false) { "MANAGED_SALES_AGENT" } else { "AGENT" },
        "agentName": agent.map(|agent| &agent.name),
        "requiresCredentials": source.requires_credentials,
        "probeable": source.probe != Probe::NotProbeable,
        "probeStatus": match source.probe {
            Probe::Reachable => "reachable",
            Probe::Unreachable => "unreachable",
            Probe::NotProbeable => "not_applicable",
        },
        "message": match source.probe {
            Probe::Reachable => Value::Null,
            Probe::Unreachable => json!("The agent did not answer when it was last asked"),
            Probe::NotProbeable => json!("This source is not asked for its capabilities"),
        },
        "capabilities": if known { capabilities } else { Value::Null },
    })
}

/// The fields that list and detail share.
fn described(world: &World, caller: &Account, storefront: &Storefront) -> Value {
    let standing = storefront.standing;
    let mut row = json!({
        "id": storefront.id,
        "platformId": format!("sf_{}", storefront.id),
        "name": storefront.name,
        "publisherDomain": storefront.domain,
        "brandName": storefront.name,
        "logoUrl": null,
        "adapterProviderType": storefront.adapter,
        "adapterConnection": is_linked(world, caller, storefront).then(|| json!({ "status": "connected" })),
        "channels": storefront.channels,
        "regions": storefront.regions,
    });
    if world.settings.sources_in_detail {
        row["status"] = json!(standing.old_status());
    } else {
        let blocked = standing.effective() == "blocked";
        row["displayStatus"] = json!(standing.display());
        row["readiness"] = json!({
            "canTransact": standing.effective() == "live",
            "effectiveStatus": standing.effective(),
            "blockerIds": if blocked { json!(["no_active_source"]) } else { json!([]) },
        });
    }
    row
}

/// The older documents know no source of which nothing is known.
fn old_source(
    world: &World,
    caller: &'static Account,
    active: &HashSet<u32>,
    source: &Source,
) -> Value {
    json!({
        "sourceId": source.id,
        "name": source.name,
        "requiresCredentials": source.requires_credentials.unwrap_or(false),
        "connected": is_connected(active, source),
        "supportedCampaignTypes": ["discovery"],
        "customerAccounts": accounts(world, caller, |agent| agent == source.agent),
        "protocol": "MCP",
    })
}

/// `{accountIdentifier, status}` of the caller's credentials at some agents, each identifier once.
fn accounts(world: &World, caller: &'static Account, at: impl Fn(u32) -> bool) -> Value {
    let mut seen = HashSet::new();
    world
        .visible_credentials(caller)
        .filter(|row| at(row.agent) && seen.insert(row.identifier.as_str()))
        .map(|row| json!({ "accountIdentifier": row.identifier, "status": row.status.name() }))
        .collect()
}

fn is_connected(active: &HashSet<u32>, source: &Source) -> bool {
    source.requires_credentials == Some(false) || active.contains(&source.agent)
}

fn is_linked(world: &World, caller: &Account, storefront: &Storefront) -> bool {
    world
        .connections
        .contains(&(caller.company_id, storefront.id))
}
