//! Consent that a person gives at the agent's own authorization server, through the registry's pages.

use super::SAVE_TIMEOUT_MS;
use crate::api::client::Client;
use crate::api::encode::{push_encoded, push_query};
use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response};
use crate::api::json;

/// Where that consent stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentConsent {
    /// The agent can be agreed to at all.
    pub supported: bool,
    /// Someone agreed, and it still holds.
    pub valid: bool,
    /// Until when, in ISO 8601.
    pub expires_at: Option<String>,
}

/// Where a tab goes for consent, below the registry's identity: a navigation with the registry's own session,
/// which a page elsewhere does not have, so that its sign-in comes first (registry.md, section 11.4).
pub fn consent_path(agent_context_id: &str) -> String {
    let mut start = String::from("/api/oauth/agent/start");
    push_query(&mut start, "agent_context_id", agent_context_id);
    let mut path = String::from("/auth/login");
    push_query(&mut path, "return_to", &start);
    path
}

/// `/api/oauth/agent/{agent_context_id}` and what follows.
fn context_path(agent_context_id: &str, rest: &str) -> String {
    let mut path = String::from("/api/oauth/agent/");
    push_encoded(&mut path, agent_context_id);
    path.push_str(rest);
    path
}

/// `GET /api/oauth/agent/{agent_context_id}/status` (registry.md, section 11.4). The server looks at the agent before
/// it answers, as with a save.
pub fn consent_request(client: &Client, agent_context_id: &str) -> Request {
    let mut request = client.request(Method::Get, &context_path(agent_context_id, "/status"));
    request.timeout_ms = SAVE_TIMEOUT_MS;
    request
}

/// Reads where consent stands.
pub fn parse_consent(response: &Response) -> Result<AgentConsent, ApiError> {
    json::read(response, |node| AgentConsent {
        supported: node.boolean("supportsOAuth"),
        valid: node.boolean("hasValidTokens"),
        expires_at: node.opt_text("tokenExpiresAt"),
    })
}

/// `DELETE /api/oauth/agent/{agent_context_id}` takes that consent back, and nothing else that is saved.
pub fn forget_consent_request(client: &Client, agent_context_id: &str) -> Request {
    client.request(Method::Delete, &context_path(agent_context_id, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consent_begins_behind_the_registrys_own_sign_in() {
        assert_eq!(
            consent_path("a1-b2"),
            "/auth/login?return_to=%2Fapi%2Foauth%2Fagent%2Fstart%3Fagent_context_id%3Da1-b2"
        );
    }
}
