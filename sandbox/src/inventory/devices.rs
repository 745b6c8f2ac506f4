//! `POST /v1alpha/inventory/devices`: a list, and the documented test of a set-up (inventory.md, section 5).

use super::{
    refusal::Refusal,
    store::{DEMO_PROJECT, Inventory},
    switches::Devices,
};
use crate::{answer::json_response, gate::gateway_adds, state::Sandbox, tokens::bearer};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::{Value, json};

/// `POST /v1alpha/inventory/devices`.
pub async fn list(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    let world = &sandbox.world();
    let added = gateway_adds(world, &headers);
    let inventory = &world.inventory;
    match judge(inventory, &headers, &body, added) {
        Ok(()) => devices(inventory.switches.devices),
        Err(refusal) => refusal.answer(&inventory.switches),
    }
}

/// `added` means that a portal in front adds the token.
fn judge(
    inventory: &Inventory,
    headers: &HeaderMap,
    body: &[u8],
    added: bool,
) -> Result<(), Refusal> {
    if !added {
        let token = bearer(headers).ok_or(Refusal::new(16, "auth header missing"))?;
        let known = inventory.tokens.client(token);
        known.ok_or(Refusal::new(16, "invalid token"))?;
    }
    let namespace = headers
        .get("x-verve-namespace")
        .ok_or(Refusal::new(3, "X-Verve-Namespace header is missing"))?;
    let project = namespace
        .to_str()
        .ok()
        .and_then(|value| value.strip_prefix("project:"))
        .filter(|id| is_project(id))
        .ok_or(Refusal::new(3, "X-Verve-Namespace is malformed"))?;
    if project != DEMO_PROJECT {
        return Err(if inventory.switches.foreign_project == 404 {
            Refusal::new(5, "project not found")
        } else {
            Refusal::new(7, "permission denied")
        });
    }
    let readable =
        body.is_empty() || serde_json::from_slice::<Value>(body).is_ok_and(|body| body.is_object());
    if !readable {
        return Err(Refusal::new(3, "the request body cannot be read"));
    }
    Ok(())
}

fn is_project(id: &str) -> bool {
    id.len() == DEMO_PROJECT.len()
        && id
            .bytes()
            .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn devices(shape: Devices) -> Response {
    let mut response = json_response(StatusCode::OK, &json!({}));
    match shape {
        Devices::Object => {}
        Devices::Empty => *response.body_mut() = Body::empty(),
        Devices::Populated => return json_response(StatusCode::OK, &example()),
        Devices::Lines => {
            let lines = [screen("screen-a"), screen("screen-b")]
                .map(|device| format!("{}\n", json!({ "result": device })));
            *response.body_mut() = Body::from(lines.concat());
        }
    }
    response
}

/// A list with something in it. No document names its members besides those of `metadata`.
pub fn example() -> Value {
    json!({ "devices": [screen("screen-a"), screen("screen-b")] })
}

fn screen(id: &str) -> Value {
    json!({ "metadata": { "name": format!("Store 123 {id}"), "id": format!("externalid:{id}") } })
}
