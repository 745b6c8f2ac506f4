//! Trying what is saved: the registry asks the token endpoint for a token and throws it away.

use super::{agent_path, bare_request};
use crate::api::client::Client;
use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response};
use crate::api::json::{self, Node};

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// How long the token endpoint took.
    pub latency_ms: Option<u64>,
    /// Why there was no token; nothing when there was one.
    pub error: Option<TryError>,
}

/// Why there was no token. Texts are to be shown as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TryError {
    /// `oauth`, `malformed` or `network`.
    pub kind: String,
    /// What the registry says about it.
    pub message: String,
    /// The code of the token endpoint (RFC 6749 section 5.2).
    pub oauth_error: Option<String>,
    /// Its words.
    pub oauth_error_description: Option<String>,
    /// The status of its answer.
    pub http_status: Option<u64>,
}

impl TryError {
    /// The stable name of what to do about it. `malformed` is told apart by its cause (registry.md,
    /// section 5).
    pub fn code(&self) -> &'static str {
        let known = [
            "invalid_client",
            "invalid_scope",
            "unauthorized_client",
            "invalid_request",
            "invalid_grant",
            "invalid_target",
            "unsupported_grant_type",
        ];
        match (self.kind.as_str(), self.http_status) {
            ("oauth", _) => {
                let told = self.oauth_error.as_deref().unwrap_or_default();
                let mut codes = known.into_iter();
                codes.find(|code| *code == told).unwrap_or("oauth")
            }
            ("malformed", Some(404 | 405)) => "not_the_endpoint",
            ("malformed", Some(200..300)) => "no_access_token",
            ("malformed", Some(_)) => "no_json_error",
            ("malformed", None) => "address_refused",
            ("network", _) => "network",
            _ => "unknown",
        }
    }
}

/// `POST …/oauth-client-credentials/test` (registry.md, section 5). What was not saved cannot be tried.
pub fn test_request(client: &Client, agent_url: &str, organization: &str) -> Request {
    let path = agent_path(agent_url, "/oauth-client-credentials/test");
    bare_request(client, Method::Post, &path, organization)
}

/// Reads what came of it. A 404 says that nothing is saved.
pub fn parse_test(response: &Response) -> Result<Tried, ApiError> {
    json::read(response, |node| {
        let mut error = None;
        if !node.boolean("ok") {
            error = node.opt("error").as_ref().map(try_error);
            // Neither a token nor a reason is no answer.
            if error.is_none() {
                node.misfit("error");
            }
        }
        Tried {
            latency_ms: node.opt_integer("latency_ms"),
            error,
        }
    })
}

fn try_error(node: &Node<'_>) -> TryError {
    TryError {
        kind: node.text("kind"),
        message: node.text("message"),
        oauth_error: node.opt_text("oauth_error"),
        oauth_error_description: node.opt_text("oauth_error_description"),
        http_status: node.opt_integer("http_status"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::testing::response;

    fn code(kind: &str, status: Option<u64>, oauth: Option<&str>) -> &'static str {
        TryError {
            kind: kind.into(),
            message: String::new(),
            oauth_error: oauth.map(Into::into),
            oauth_error_description: None,
            http_status: status,
        }
        .code()
    }

    #[test]
    fn every_cause_has_its_own_code() {
        assert_eq!(
            code("oauth", Some(401), Some("invalid_client")),
            "invalid_client"
        );
        assert_eq!(code("oauth", Some(400), Some("vendor_7")), "oauth");
        assert_eq!(code("network", Some(302), None), "network");
        assert_eq!(code("malformed", Some(404), None), "not_the_endpoint");
        assert_eq!(code("malformed", Some(405), None), "not_the_endpoint");
        assert_eq!(code("malformed", Some(500), None), "no_json_error");
        assert_eq!(code("malformed", Some(200), None), "no_access_token");
        assert_eq!(code("malformed", None, None), "address_refused");
        assert_eq!(code("weather", None, None), "unknown");
    }

    #[test]
    fn a_failure_without_a_reason_is_no_answer() {
        let of = |body: &str| parse_test(&response(200, body)).map_err(|error| error.code());
        assert_eq!(of(r#"{"ok":false}"#), Err("unreadable"));
        assert_eq!(
            of(r#"{"ok":false,"error":{"kind":"oauth"}}"#),
            Err("unreadable")
        );
        let tried = of(r#"{"ok":true,"latency_ms":312}"#).expect("a token");
        assert_eq!((tried.latency_ms, tried.error), (Some(312), None));
    }
}
