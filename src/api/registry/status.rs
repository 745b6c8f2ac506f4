//! What the registry has saved for an agent.

use super::{agent_path, with_org};
use crate::api::client::Client;
use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response};
use crate::api::json;

/// What is saved for an agent, which does not say that it works.
#[expect(
    clippy::struct_excessive_bools,
    reason = "the answer has these four, and each may be shown"
)]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthStatus {
    /// There is a static token, consent that holds, or client credentials.
    pub has_auth: bool,
    /// What interactive consent is asked for with.
    pub agent_context_id: Option<String>,
    /// What is used: `bearer`, `basic`, `oauth` or `oauth_client_credentials`.
    pub auth_type: Option<String>,
    /// Someone agreed at the agent's own server once.
    pub has_oauth_token: bool,
    /// And that still holds, or can be renewed.
    pub has_valid_oauth: bool,
    /// Until when, in ISO 8601.
    pub oauth_token_expires_at: Option<String>,
    /// Client credentials are saved.
    pub has_oauth_client_credentials: bool,
}

impl AuthStatus {
    /// True when nothing is saved, or the agent is nobody's the person belongs to: the server answers both
    /// alike (registry.md, section 7).
    pub fn is_nothing_or_not_yours(&self) -> bool {
        *self == Self::default()
    }

    /// True when client credentials are saved and a static token goes before them (registry.md, section 1).
    pub fn is_shadowed(&self) -> bool {
        self.has_oauth_client_credentials
            && matches!(self.auth_type.as_deref(), Some("bearer" | "basic"))
    }
}

/// `GET …/auth-status?org=` (registry.md, section 7).
pub fn status_request(client: &Client, agent_url: &str, organization: &str) -> Request {
    let path = with_org(agent_path(agent_url, "/auth-status"), organization);
    client.request(Method::Get, &path)
}

/// Reads all seven fields.
pub fn parse_status(response: &Response) -> Result<AuthStatus, ApiError> {
    json::read(response, |node| AuthStatus {
        has_auth: node.boolean("has_auth"),
        agent_context_id: node.opt_text("agent_context_id"),
        auth_type: node.opt_text("auth_type"),
        has_oauth_token: node.boolean("has_oauth_token"),
        has_valid_oauth: node.boolean("has_valid_oauth"),
        oauth_token_expires_at: node.opt_text("oauth_token_expires_at"),
        has_oauth_client_credentials: node.boolean("has_oauth_client_credentials"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_state_stands_for_nothing_and_for_not_yours() {
        let nothing = AuthStatus::default();
        assert!(nothing.is_nothing_or_not_yours() && !nothing.is_shadowed());
        let mut saved = AuthStatus {
            agent_context_id: Some("c1".into()),
            ..nothing
        };
        assert!(!saved.is_nothing_or_not_yours());
        saved.has_oauth_client_credentials = true;
        for (kind, shadowed) in [("bearer", true), ("basic", true), ("oauth", false)] {
            saved.auth_type = Some(kind.into());
            assert_eq!(saved.is_shadowed(), shadowed, "{kind}");
        }
    }
}
