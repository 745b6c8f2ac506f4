//! `POST …/oauth-client-credentials/test`: what is saved is exchanged for a token, which is dropped
//! (registry.md, section 5).

use super::{
    address::canonical,
    call::Call,
    http,
    input::REFERENCE,
    model::{ClientCredentials, Placement},
    refusal::{Outcome, Refusal, json},
    store::Registry,
};
use crate::{
    identity::{DEMO_CLIENT, DEMO_SECRET},
    state::Sandbox,
};
use axum::{
    Extension,
    body::Bytes,
    extract::State,
    http::{Request, StatusCode, header},
    response::Response,
};
use base64ct::{Base64, Encoding};
use serde_json::{Value, json};
use std::time::Instant;
use url::{Host, Url, form_urlencoded};

const FAILED: &str = "Failed to test OAuth client credentials";

/// `POST …/oauth-client-credentials/test`. The data is not held while the exchange runs.
pub async fn test(State(sandbox): State<Sandbox>, Extension(call): Extension<Call>) -> Response {
    let own = &sandbox.setup().auth_origin;
    let saved = saved(&sandbox.world().registry, &call, own);
    json(match saved {
        Ok(credentials) => exchanged(&credentials, own).await,
        Err(refusal) => Err(refusal),
    })
}

fn saved(registry: &Registry, call: &Call, own: &str) -> Result<ClientCredentials, Refusal> {
    let url = call.agent_url(own, FAILED)?;
    let organization = call.organization()?;
    let owner = call.owner(registry, &url, organization);
    let (agent, owner) = canonical(&url).zip(owner).ok_or_else(|| {
        let words = "You do not have permission to test this agent";
        Refusal::new(StatusCode::FORBIDDEN, words)
    })?;
    let credentials = registry
        .context(&agent, owner)
        .and_then(|context| context.client_credentials.clone());
    let mut credentials = credentials.ok_or_else(|| {
        Refusal::new(
            StatusCode::NOT_FOUND,
            "No client-credentials config saved for this agent. Save credentials first, then test.",
        )
    })?;
    for text in [&mut credentials.client_id, &mut credentials.client_secret] {
        *text = resolved(text)?;
    }
    Ok(credentials)
}

/// What a reference stands for. A variable that is not set is the server's failure and not the exchange's.
fn resolved(text: &str) -> Result<String, Refusal> {
    match text.strip_prefix(REFERENCE) {
        None => Ok(text.to_owned()),
        Some("ADCP_OAUTH_DEMO_ID") => Ok(DEMO_CLIENT.to_owned()),
        Some("ADCP_OAUTH_DEMO_SECRET") => Ok(DEMO_SECRET.to_owned()),
        Some(_) => Err(Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, FAILED)),
    }
}

async fn exchanged(credentials: &ClientCredentials, own: &str) -> Outcome {
    let begun = Instant::now();
    let error = match refused_address(&credentials.token_endpoint, own) {
        Err(words) => Some(told("malformed", words)),
        Ok(url) => {
            let (parts, body) = request(credentials);
            match http::send(&url, parts, body).await {
                Err(words) => Some(told("network", &words)),
                Ok(answer) => judged(answer.status(), answer.body()),
            }
        }
    };
    let latency = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(match error {
        None => json!({ "ok": true, "latency_ms": latency }),
        Some(error) => json!({ "ok": false, "latency_ms": latency, "error": error }),
    })
}

/// The address, or why it is refused before anything is sent.
fn refused_address(text: &str, own: &str) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "token_endpoint is not a URL")?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err("token_endpoint must not carry a user name or a password");
    }
    let is_own = url.origin().ascii_serialization() == own;
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    if url.scheme() == "http" && !is_own && !loopback {
        return Err("token_endpoint must be HTTPS");
    }
    if loopback && !is_own {
        return Err("token_endpoint is a private address");
    }
    Ok(url)
}

/// The documented form, with the client's names where they were asked for.
fn request(credentials: &ClientCredentials) -> (axum::http::request::Parts, Bytes) {
    let (id, secret) = (&credentials.client_id, &credentials.client_secret);
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("grant_type", "client_credentials");
    if credentials.placement == Placement::Body {
        form.append_pair("client_id", id)
            .append_pair("client_secret", secret);
    }
    if let Some(scope) = &credentials.scope {
        form.append_pair("scope", scope);
    }
    for resource in &credentials.resources {
        form.append_pair("resource", resource);
    }
    if let Some(audience) = &credentials.audience {
        form.append_pair("audience", audience);
    }
    let mut request = Request::post("/")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::ACCEPT, "application/json");
    if credentials.placement == Placement::Basic {
        let encoded =
            |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
        let pair = format!("{}:{}", encoded(id), encoded(secret));
        let value = format!("Basic {}", Base64::encode_string(pair.as_bytes()));
        request = request.header(header::AUTHORIZATION, value);
    }
    let (parts, ()) = request
        .body(())
        .expect("encoded words make a request")
        .into_parts();
    (parts, Bytes::from(form.finish()))
}

/// What an answer means; `None` for a token.
fn judged(status: StatusCode, body: &[u8]) -> Option<Value> {
    let read: Value = serde_json::from_slice(body).unwrap_or_default();
    let text = |key: &str| read.get(key).and_then(Value::as_str);
    let mut error = if status.is_redirection() {
        told(
            "network",
            "the token endpoint redirects, which is not followed",
        )
    } else if status.is_success() {
        if text("access_token").is_some_and(|token| !token.is_empty()) {
            return None;
        }
        told("malformed", "the answer has no access_token")
    } else if let Some(code) = text("error") {
        let mut error = told("oauth", &plain(code));
        error["oauth_error"] = plain(code).into();
        if let Some(words) = text("error_description") {
            error["oauth_error_description"] = plain(words).into();
        }
        error
    } else {
        let words = format!(
            "the token endpoint answered {} without an error",
            status.as_u16()
        );
        told("malformed", &words)
    };
    error["http_status"] = status.as_u16().into();
    Some(error)
}

fn told(kind: &str, words: &str) -> Value {
    json!({ "kind": kind, "message": format!("Client credentials exchange failed: {words}") })
}

/// Foreign words without control characters, cut at 200.
fn plain(text: &str) -> String {
    let clean: Vec<char> = text.chars().filter(|c| !c.is_control()).collect();
    if clean.len() <= 200 {
        return clean.into_iter().collect();
    }
    clean.into_iter().take(200).chain(['\u{2026}']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_by_their_kind() {
        let kind = |status: u16, body: &str| {
            let status = StatusCode::from_u16(status).expect("is a status");
            judged(status, body.as_bytes()).map(|error| error["kind"].clone())
        };
        assert_eq!(kind(200, r#"{"access_token":"t"}"#), None);
        for (status, body, wanted) in [
            (200, r#"{"access_token":""}"#, "malformed"),
            (200, "<html>", "malformed"),
            (404, "<html>", "malformed"),
            (500, r#"{"error":{"code":1}}"#, "malformed"),
            (401, r#"{"error":"invalid_client"}"#, "oauth"),
            (302, "", "network"),
        ] {
            assert_eq!(kind(status, body), Some(json!(wanted)), "{status} {body}");
        }
    }

    #[test]
    fn addresses_are_refused_before_anything_is_sent() {
        let own = "http://127.0.0.1:9080";
        for (url, fine) in [
            ("http://127.0.0.1:9080/token", true),
            ("https://auth.example/token", true),
            ("http://auth.example/token", false),
            ("https://user:word@auth.example/token", false),
            ("https://user@auth.example/token", false),
            ("http://127.0.0.1:9081/token", false),
            ("https://localhost/token", false),
            ("token", false),
        ] {
            assert_eq!(refused_address(url, own).is_ok(), fine, "{url}");
        }
    }

    #[test]
    fn foreign_words_are_cut_and_cleaned() {
        assert_eq!(plain("a\u{7}b\n"), "ab");
        let long = plain(&"é".repeat(201));
        assert_eq!(
            (long.chars().count(), long.ends_with('\u{2026}')),
            (201, true)
        );
    }
}
