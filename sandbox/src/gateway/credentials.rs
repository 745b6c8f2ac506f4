//! `GET buyer/storefronts/credentials`: everything that the caller's company has registered.

use crate::{
    accounts::Account,
    model::{Credential, Status},
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
            .map(|row| current_row(row, &pairs))
            .collect()
    };
    world
        .settings
        .answer(Ok((StatusCode::OK, Value::Array(rows))))
}

/// The `oauth` block of the first reference, which named the agent.
pub fn old_oauth(world: &World, credential: &str, agent: u32, state: &str) -> Value {
    let name = world.agents.get(&agent).map(|agent| agent.name.as_str());
    json!({
        "authorizationUrl": world.consents.authorization_url(state, &format!("interchange-{agent}-{credential}")),
        "agentId": agent.to_string(),
        "agentName": name,
    })
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

fn current_row(row: &Credential, pairs: &HashMap<u32, Vec<Value>>) -> Value {
    json!({
        "id": row.id,
        "accountIdentifier": row.identifier,
        "accountType": row.account_type(),
        "status": row.status.name(),
        "registeredBy": row.registered_by,
        "createdAt": row.created_at,
        "updatedAt": row.updated_at,
        // Empty for a registration whose sources are gone: the row is kept.
        "sources": pairs.get(&row.agent).cloned().unwrap_or_default(),
    })
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
    if row.status == Status::Pending
        && let Some(state) = world.consents.state_of_credential(&row.id)
    {
        body["oauth"] = old_oauth(world, &row.id, row.agent, state);
    }
    body
}
