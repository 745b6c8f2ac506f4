//! A token endpoint that stands for an agent's own. What it answers depends on the client's names, so that every
//! outcome of a test can be met.

use crate::{answer::json_response, pages::proxy_error, wire::HangUp};
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use base64ct::{Base64, Encoding};
use serde_json::json;
use std::collections::HashMap;
use url::form_urlencoded;

/// Its path on the second port.
pub const TOKEN_ENDPOINT: &str = "/demo/token";
/// A client that gets a token.
pub const CLIENT: &str = "demo-client";
/// The secret of every client of this endpoint.
pub const SECRET: &str = "demo-secret";

/// Clients that are refused with the error of their name.
const REFUSED: [&str; 9] = [
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "unauthorized_client",
    "unsupported_grant_type",
    "invalid_scope",
    "invalid_target",
    "server_error",
    "temporarily_unavailable",
];

/// `POST /demo/token`.
pub async fn token(method: Method, headers: HeaderMap, body: Bytes) -> Response {
    let form: HashMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
    if method != Method::POST {
        return proxy_error(StatusCode::METHOD_NOT_ALLOWED);
    }
    let typed = |name: &str| form.get(name).cloned().unwrap_or_default();
    if typed("grant_type") != "client_credentials" {
        return refused(
            StatusCode::BAD_REQUEST,
            "unsupported_grant_type",
            "Another grant",
        );
    }
    let basic = basic(&headers);
    let in_header = basic.is_some();
    let (id, secret) = basic.unwrap_or_else(|| (typed("client_id"), typed("client_secret")));
    if secret != SECRET {
        return refused(
            StatusCode::UNAUTHORIZED,
            "invalid_client",
            "The client or its secret is not known",
        );
    }
    match id.as_str() {
        CLIENT => granted(),
        // These know one placement, and an error of theirs is not JSON.
        "basic-only" if in_header => granted(),
        "body-only" if !in_header => granted(),
        "basic-only" | "body-only" => proxy_error(StatusCode::UNAUTHORIZED),
        "not-found" => proxy_error(StatusCode::NOT_FOUND),
        "not-allowed" => proxy_error(StatusCode::METHOD_NOT_ALLOWED),
        "bad-gateway" => proxy_error(StatusCode::BAD_GATEWAY),
        "not-json" => proxy_error(StatusCode::OK),
        "no-token" => json_response(StatusCode::OK, &json!({ "token_type": "bearer" })),
        "redirect" => {
            let mut response = json_response(StatusCode::FOUND, &json!({}));
            let to = HeaderValue::from_static("/");
            response.headers_mut().insert(header::LOCATION, to);
            response
        }
        "hang-up" => {
            let mut response = Response::new(Body::empty());
            response.extensions_mut().insert(HangUp);
            response
        }
        "long-words" => refused(
            StatusCode::BAD_REQUEST,
            "invalid_request",
            &format!("<img src=x onerror=alert(1)>\u{7}{}", "long ".repeat(60)),
        ),
        known if REFUSED.contains(&known) => refused(
            StatusCode::BAD_REQUEST,
            known,
            "The sandbox refuses this client",
        ),
        _ => refused(
            StatusCode::UNAUTHORIZED,
            "invalid_client",
            "The client or its secret is not known",
        ),
    }
}

fn granted() -> Response {
    let body = json!({ "access_token": "demo", "token_type": "bearer", "expires_in": 3600 });
    json_response(StatusCode::OK, &body)
}

fn refused(status: StatusCode, error: &str, words: &str) -> Response {
    json_response(
        status,
        &json!({ "error": error, "error_description": words }),
    )
}

/// The two names out of the header; each is encoded as in a form (RFC 6749, section 2.3.1).
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let pair = Base64::decode_vec(value.strip_prefix("Basic ")?).ok()?;
    let pair = String::from_utf8(pair).ok()?;
    let (id, secret) = pair.split_once(':')?;
    let decoded = |text: &str| {
        let form = format!("x={text}");
        let mut read = form_urlencoded::parse(form.as_bytes());
        read.next().map(|(_, value)| value.into_owned())
    };
    Some((decoded(id)?, decoded(secret)?))
}
