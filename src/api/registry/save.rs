//! Saving what an agent wants, and taking back what can be taken back.

use super::{SAVE_TIMEOUT_MS, agent_path, bare_request, with_org};
use crate::api::client::Client;
use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response};
use crate::api::json;
use crate::credential::{Credential, Form};

/// Keys of the bodies that hold no secret: a server message may repeat their values.
const PUBLIC_KEYS: &[&str] = &[
    "token_endpoint",
    "client_id",
    "scope",
    "resource",
    "audience",
    "auth_method",
    "auth_type",
    "organization_id",
];

/// What a save answers: whatever else it says, it was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// Something is saved now that can be used.
    pub has_auth: bool,
    /// What interactive consent is asked for with.
    pub agent_context_id: Option<String>,
    /// How the agent was found after the save; nothing when nobody looked.
    pub refresh: Option<Probe>,
}

/// How the registry found the agent with what was just saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Probe {
    /// It answered.
    pub online: Option<bool>,
    /// How many tools it offers.
    pub tools_count: Option<u64>,
    /// How fast it answered.
    pub response_time_ms: Option<u64>,
    /// It wants consent that nobody has given.
    pub oauth_required: bool,
    /// What went wrong, in the server's words.
    pub error: Option<String>,
}

fn put(client: &Client, path: &str, organization: &str, credential: &Credential) -> Request {
    let body = credential.body_with(&[("organization_id", organization, Form::Text)]);
    let mut request = client.request_with_body(Method::Put, path, body, PUBLIC_KEYS);
    request.timeout_ms = SAVE_TIMEOUT_MS;
    request
}

/// `PUT …/oauth-client-credentials` (registry.md, section 4). It replaces everything that was saved.
pub fn save_request(
    client: &Client,
    agent_url: &str,
    organization: &str,
    credential: &Credential,
) -> Request {
    let path = agent_path(agent_url, "/oauth-client-credentials");
    put(client, &path, organization, credential)
}

/// `PUT …/connect` with a static token (registry.md, section 6).
pub fn connect_request(
    client: &Client,
    agent_url: &str,
    organization: &str,
    credential: &Credential,
) -> Request {
    put(
        client,
        &agent_path(agent_url, "/connect"),
        organization,
        credential,
    )
}

/// `PUT …/connect` without a token: it makes what interactive consent is asked for with.
pub fn prepare_request(client: &Client, agent_url: &str, organization: &str) -> Request {
    let path = agent_path(agent_url, "/connect");
    bare_request(client, Method::Put, &path, organization)
}

/// Reads the answer to any of the three.
pub fn parse_saved(response: &Response) -> Result<Saved, ApiError> {
    json::read(response, |node| Saved {
        has_auth: node.boolean("has_auth"),
        agent_context_id: node.opt_text("agent_context_id"),
        refresh: node.opt("refresh").map(|probe| Probe {
            online: probe.opt_boolean("online"),
            tools_count: probe.opt_integer("tools_count"),
            response_time_ms: probe.opt_integer("response_time_ms"),
            oauth_required: probe.opt_boolean("oauth_required") == Some(true),
            error: probe.opt_text("error"),
        }),
    })
}

/// `DELETE …/connect?org=` takes the static token back where the server knows how. Where it does not, the
/// answer is a 404 or 405, see [`is_unknown_here`] (registry.md, section 6).
pub fn disconnect_request(client: &Client, agent_url: &str, organization: &str) -> Request {
    let path = with_org(agent_path(agent_url, "/connect"), organization);
    client.request(Method::Delete, &path)
}

/// True when the server does not know how to do what was asked.
pub const fn is_unknown_here(error: &ApiError) -> bool {
    matches!(
        error,
        ApiError::NotFound | ApiError::Refused { status: 405, .. }
    )
}

/// Reads whether something was taken back: an answer without a body, or one that says `success` (registry.md,
/// sections 6 and 11.4).
pub fn parse_taken_back(response: &Response) -> Result<(), ApiError> {
    if response.status == 204 {
        return Ok(());
    }
    json::read(response, |node| {
        if !node.boolean("success") {
            node.misfit("success");
        }
    })
}

/// The field that a refusal without `field` is about, by how its fixed sentences begin (registry.md,
/// sections 4, 6 and 7).
pub fn field_named(message: &str) -> Option<&'static str> {
    let known = [
        ("auth_token", "auth_token"),
        ("Auth ", "auth_token"),
        ("auth_type", "auth_type"),
        ("organization_id", "organization_id"),
        ("org ", "organization_id"),
        ("agent URL", "agent_url"),
    ];
    let mut message = message;
    for word in ["Invalid ", "Basic "] {
        message = message.strip_prefix(word).unwrap_or(message);
    }
    for (words, field) in known {
        if message.starts_with(words) {
            return Some(field);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_without_a_field_is_about_one_all_the_same() {
        for (message, field) in [
            (
                "Auth token contains invalid characters (NUL, CR, or LF)",
                "auth_token",
            ),
            ("auth_token exceeds maximum length", "auth_token"),
            ("Invalid auth_type. Valid types: bearer, basic", "auth_type"),
            (
                "Basic auth_token must be \"username:password\"",
                "auth_token",
            ),
            (
                "organization_id must be a non-empty organization ID",
                "organization_id",
            ),
            ("org must be a non-empty organization ID", "organization_id"),
            ("Invalid agent URL", "agent_url"),
        ] {
            assert_eq!(field_named(message), Some(field), "{message}");
        }
        assert_eq!(field_named("Malformed request body"), None);
    }
}
