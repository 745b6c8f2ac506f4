//! `GET …/auth-status`: what is saved for an agent (registry.md, section 7).

use super::{
    address::canonical,
    call::Call,
    model::Context,
    refusal::{Outcome, json},
    store::Registry,
};
use crate::state::Sandbox;
use axum::{Extension, extract::State, response::Response};
use serde_json::json;

/// `GET …/auth-status`, which cannot tell "not mine" from "nothing saved".
pub async fn auth_status(
    State(sandbox): State<Sandbox>,
    Extension(call): Extension<Call>,
) -> Response {
    let own = &sandbox.setup().auth_origin;
    json(told(&sandbox.world().registry, &call, own))
}

fn told(registry: &Registry, call: &Call, own: &str) -> Outcome {
    let url = call.agent_url(own, "Failed to get agent auth status")?;
    let owner = call.owner(registry, &url, call.org()?);
    let saved = owner
        .zip(canonical(&url))
        .and_then(|(owner, agent)| registry.context(&agent, owner));
    let valid = saved.is_some_and(Context::has_valid_consent);
    let with_client = saved.is_some_and(|row| row.client_credentials.is_some());
    let consented = saved.and_then(|row| row.consented);
    Ok(json!({
        "has_auth": saved.is_some_and(|row| row.token.is_some()) || valid || with_client,
        "agent_context_id": saved.map(|row| &row.id),
        "auth_type": saved.and_then(Context::kind),
        "has_oauth_token": consented.is_some(),
        "has_valid_oauth": valid,
        "oauth_token_expires_at": consented.and_then(|tokens| tokens.expires()),
        "has_oauth_client_credentials": with_client,
    }))
}
