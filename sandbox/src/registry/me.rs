//! `GET /api/me` and `GET /api/me/agents` (registry.md, section 8).

use super::{
    call::{Call, Caller},
    refusal::{Outcome, Refusal, json},
    store::Registry,
};
use crate::state::Sandbox;
use axum::{Extension, extract::State, http::StatusCode, response::Response};
use serde_json::{Value, json};

/// `GET /api/me`: the person and the organisations.
pub async fn me(State(sandbox): State<Sandbox>, Extension(call): Extension<Call>) -> Response {
    json(described(&sandbox.world().registry, call.caller))
}

fn described(registry: &Registry, caller: Caller) -> Outcome {
    let mut user = json!({
        "id": "user_demo",
        "email": "buyer@acmebrand.example",
        "first_name": "Robin",
        "last_name": "Buyer",
        "isAdmin": false,
        "isLinkedToSlack": false,
        "seat_type": "contributor",
    });
    let organizations: Vec<Value> = match caller {
        Caller::User => registry
            .organizations
            .iter()
            .map(|row| {
                json!({
                    "id": row.id,
                    "name": row.name,
                    "role": row.role,
                    "status": "active",
                    "is_personal": false,
                })
            })
            .collect(),
        Caller::Key if registry.switches.me_for_keys => {
            user["id"] = "api_key_demo".into();
            for name in ["email", "first_name", "last_name", "seat_type"] {
                user[name] = Value::Null;
            }
            Vec::new()
        }
        Caller::Key => return Err(Refusal::signed_out()),
    };
    Ok(json!({ "user": user, "organizations": organizations }))
}

/// `GET /api/me/agents`: the agents of one organisation; without `org`, of the first.
pub async fn agents(State(sandbox): State<Sandbox>, Extension(call): Extension<Call>) -> Response {
    json(listed(&sandbox.world().registry, &call))
}

fn listed(registry: &Registry, call: &Call) -> Outcome {
    let asked = call.org()?;
    let memberships = match call.caller {
        Caller::User => registry.organizations.as_slice(),
        Caller::Key => &[],
    };
    let organization = match asked {
        Some(id) => memberships.iter().find(|row| row.id == id).ok_or_else(|| {
            let mut refusal = Refusal::new(StatusCode::FORBIDDEN, "Not authorized");
            refusal.body["message"] = "User is not a member of the requested organization".into();
            refusal
        })?,
        None => memberships
            .first()
            .ok_or_else(|| Refusal::bad_request("No organization associated with this account"))?,
    };
    let rows = registry
        .agents
        .iter()
        .filter(|agent| agent.organization == organization.id);
    let agents: Vec<Value> = rows
        .map(|agent| {
            json!({
                "url": agent.url,
                "visibility": agent.visibility,
                "type": agent.kind,
                "name": agent.name,
            })
        })
        .collect();
    Ok(json!({ "agents": agents }))
}
