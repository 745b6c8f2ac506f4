//! `PUT …/oauth-client-credentials`: saving replaces everything (registry.md, section 4).

use super::{
    address::canonical,
    call::Call,
    input,
    refusal::{Outcome, Refusal, json},
    store::Registry,
    switches::Refresh,
};
use crate::{clock, state::Sandbox};
use axum::{Extension, extract::State, http::StatusCode, response::Response};
use serde_json::{Value, json};

/// `PUT …/oauth-client-credentials`.
pub async fn save(State(sandbox): State<Sandbox>, Extension(call): Extension<Call>) -> Response {
    let own = &sandbox.setup().auth_origin;
    json(decide(&mut sandbox.world().registry, &call, own))
}

/// The server's order: the agent's address, the body, the organisation's form, then whose agent it is.
fn decide(registry: &mut Registry, call: &Call, own: &str) -> Outcome {
    let url = call.agent_url(own, "Failed to save OAuth client credentials")?;
    let credentials = input::read(call.body.as_ref(), own)?;
    let organization = call.organization()?;
    let (agent, owner) = owned(registry, call, &url, organization)?;
    let context = registry.context_to_change(&agent, owner);
    context.client_credentials = Some(credentials);
    let answer = json!({
        "connected": true,
        "has_auth": true,
        "agent_context_id": context.id,
        "auth_type": "oauth_client_credentials",
    });
    Ok(with_refresh(answer, registry.switches.refresh))
}

/// The agent as it is compared, and the organisation that it is changed for.
pub fn owned(
    registry: &Registry,
    call: &Call,
    url: &str,
    organization: Option<&str>,
) -> Result<(String, &'static str), Refusal> {
    let owner = call.owner(registry, url, organization);
    canonical(url).zip(owner).ok_or_else(|| {
        let words = "You do not have permission to modify this agent";
        Refusal::new(StatusCode::FORBIDDEN, words)
    })
}

/// Adds what the server found when it looked at the agent with the new credentials.
pub fn with_refresh(mut answer: Value, refresh: Refresh) -> Value {
    let online = match refresh {
        Refresh::Absent => return answer,
        Refresh::Online => true,
        Refresh::Offline => false,
    };
    answer["refresh"] = json!({
        "online": online,
        "tools_count": if online { 12 } else { 0 },
        "response_time_ms": if online { 340 } else { 10_000 },
        "inferred_type": if online { json!("sales") } else { Value::Null },
        "type_promoted": false,
        "oauth_required": false,
        "checked_at": clock::now(),
    });
    if !online {
        answer["refresh"]["error"] = "The agent did not answer in time".into();
    }
    answer
}
