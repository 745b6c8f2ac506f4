//! `GET buyer/storefronts/credentials`: everything that the caller's company has registered.

use crate::{
    accounts::Account,
    model::{Credential, Source, Status},
    state::Sandbox,
    world::World,
};
use axum::{Extension, extract::State, http::StatusCode, response::Response};
use serde_json::{Value, json};
use std::collections::HashMap;

pub async fn list(
    State(sandbox): State<Sandbox>,
    Extension(caller): Extension<&'static Account>,
) -> Response {
    let world = sandbox.world();
    let rows: Vec<Value> = if world.settings.old_rows {
        world
            .visible_credentials(caller)
            .map(|row| old_row(&world, row))
            .collect()
    } else {
        let pairs = pairs_by_agent(&world);
        world
            .visible_credentials(caller)
            .map(|row| current_row(&world, row, &pairs))
            .collect()
    };
    world
        .settings
        .answer(Ok((StatusCode::OK, Value::Array(rows))))
}

/// The documented `oauth` block, which names the source.
pub fn oauth(
    world: &World,
    row: &Credential,
    state: &str,
    storefront: u64,
    source: &Source,
) -> Value {
    json!({
        "authorizationUrl": address(world, row, state),
        "storefrontId": storefront,
        "sourceId": source.id,
        "sourceName": source.name,
    })
}

/// The `oauth` block of the first reference, which named the agent.
pub fn old_oauth(world: &World, row: &Credential, state: &str) -> Value {
    let name = world
        .agents
        .get(&row.agent)
        .map(|agent| agent.name.as_str());
    json!({
        "authorizationUrl": address(world, row, state),
        "agentId": row.agent.to_string(),
        "agentName": name,
    })
}

fn address(world: &World, row: &Credential, state: &str) -> String {
    let client = format!("interchange-{}-{}", row.agent, row.id);
    world.consents.authorization_url(state, &client)
}

/// A credential covers every source that its agent stands behind.
fn pairs_by_agent(world: &World) -> HashMap<u32, Vec<Value>> {
    let mut pairs: HashMap<u32, Vec<Value>> = HashMap::new();
    for storefront in &world.storefronts {
        for source in &storefront.sources {
            pairs.entry(source.agent).or_default().push(json!({
                "storefrontId": storefront.id,
                "storefrontName": storefront.name,
                "sourceId": source.id,
                "sourceName": source.name,
            }));
        }
    }
    pairs
}

fn current_row(world: &World, row: &Credential, pairs: &HashMap<u32, Vec<Value>>) -> Value {
    let mut body = json!({
        "id": row.id,
        "accountIdentifier": row.identifier,
        "accountType": row.account_type(),
        "status": row.status.name(),
        "registeredBy": row.registered_by,
        "createdAt": row.created_at,
        "updatedAt": row.updated_at,
        // Empty for a registration whose sources are gone: the row is kept.
        "sources": pairs.get(&row.agent).cloned().unwrap_or_default(),
    });
    if world.settings.listed_oauth
        && let Some(state) = open_state(world, row)
        && let Some((storefront, source)) = first_place(world, row.agent)
    {
        body["oauth"] = oauth(world, row, state, storefront, source);
    }
    body
}

/// The first source that an agent stands behind. A row does not say at which one it was registered.
fn first_place(world: &World, agent: u32) -> Option<(u64, &Source)> {
    world
        .storefronts
        .iter()
        .flat_map(|storefront| storefront.sources.iter().map(|row| (storefront.id, row)))
        .find(|(_, source)| source.agent == agent)
}

/// The state of the consent that a row waits for. There is none after it was denied.
fn open_state<'a>(world: &'a World, row: &Credential) -> Option<&'a str> {
    (row.status == Status::Pending).then(|| world.consents.state_of_credential(&row.id))?
}

fn old_row(world: &World, row: &Credential) -> Value {
    let mut body = json!({
        "id": row.id,
        "accountIdentifier": row.identifier,
        "status": row.status.name(),
        // Not nullable in the first reference.
        "registeredBy": row.registered_by.as_deref().unwrap_or("platform@interchange.example"),
        "createdAt": row.created_at,
    });
    if let Some(state) = open_state(world, row) {
        body["oauth"] = old_oauth(world, row, state);
    }
    body
}
