//! The log of what came over the wire, with secrets as fingerprints.

use crate::{
    answer::{ApiError, code_of},
    clock,
    family::{Family, Place},
    state::Sandbox,
};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::Response,
};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use url::form_urlencoded;

/// More than any documented request needs.
const MOST_BYTES: usize = 1 << 20;
/// The registry's documented limit.
const MOST_AT_REGISTRY: usize = 10 << 20;
/// A body that is somewhat too long is still read: an answer before its end would break the connection.
const MOST_READ: usize = 32 << 20;
const SECRET_KEYS: [&str; 22] = [
    "token",
    "password",
    "privateKey",
    "accessToken",
    "refreshToken",
    "clientSecret",
    "access_token",
    "refresh_token",
    "client_secret",
    "auth_token",
    "code",
    "code_verifier",
    "ticket",
    // Of the credentials of destinations.
    "secretKey",
    "sshKey",
    "servicePrincipalKey",
    "connectionString",
    "apiKey",
    "apiSecret",
    "tokenSecret",
    "developerToken",
    "header",
];

/// One request as it is told by `GET /_sandbox/requests`.
pub type Entry = Value;

/// Writes every request down before it is handled. The test controls are not logged.
pub async fn record(State(sandbox): State<Sandbox>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/_sandbox/") {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let place = Place::of(&sandbox, parts.uri.path());
    let most = if place.family == Family::Registry {
        MOST_AT_REGISTRY
    } else {
        MOST_BYTES
    };
    let bytes = to_bytes(body, MOST_READ)
        .await
        .ok()
        .filter(|bytes| bytes.len() <= most);
    let Some(bytes) = bytes else {
        let status = StatusCode::PAYLOAD_TOO_LARGE;
        if place.family != Family::Storefront {
            return place.failure(&sandbox, status);
        }
        let code = code_of(StatusCode::BAD_REQUEST);
        let error = ApiError::new(status, code, "The body is longer than 1 MiB");
        return sandbox.world().settings.answer(Err(error));
    };
    let entry = json!({
        "at": clock::now(),
        "method": parts.method.as_str(),
        // The path as it came: nothing is decoded or tidied.
        "path": parts.uri.path(),
        "query": parts.uri.query().unwrap_or_default(),
        "headers": headers(&parts.headers),
        "body": content(&parts.headers, &bytes),
        "raw": raw(&parts.headers, &bytes),
    });
    sandbox.world().journal.push(entry);

    let mut response = next
        .run(Request::from_parts(parts, Body::from(bytes)))
        .await;
    // A browser repeats a request by itself when a reused connection dies before the headers. So that the
    // fault is met on a new connection, none is kept while one is planned.
    if sandbox.world().faults.will_hang_up() {
        response
            .headers_mut()
            .insert(header::CONNECTION, HeaderValue::from_static("close"));
    }
    response
}

/// What stands for a secret: enough to recognise it, not to use it. The length is in bytes.
pub fn fingerprint(secret: &str) -> Value {
    json!({ "sha256": hex(&Sha256::digest(secret)), "length": secret.len() })
}

/// Hexadecimal digits, at least 30, in the form of a random UUID.
pub fn uuid(hash: &str) -> String {
    format!(
        "{}-{}-4{}-a{}-{}",
        &hash[..8],
        &hash[8..12],
        &hash[12..15],
        &hash[15..18],
        &hash[18..30]
    )
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

fn headers(headers: &HeaderMap) -> Value {
    let mut told = Map::new();
    for name in headers.keys() {
        let values: Vec<_> = headers
            .get_all(name)
            .iter()
            .map(|v| String::from_utf8_lossy(v.as_bytes()))
            .collect();
        let value = values.join(", ");
        let value = match name.as_str() {
            "authorization" => authorization(&value),
            "cookie" => cookies(&value),
            "x-scope3-api-key" => fingerprint(&value),
            _ => json!(value),
        };
        told.insert(name.as_str().to_owned(), value);
    }
    Value::Object(told)
}

fn authorization(value: &str) -> Value {
    let (scheme, token) = value.split_once(' ').unwrap_or(("", value));
    let mut told = fingerprint(token);
    told["scheme"] = json!(scheme);
    told
}

fn cookies(value: &str) -> Value {
    let pairs = value
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='));
    Value::Object(
        pairs
            .map(|(name, value)| (name.to_owned(), fingerprint(value)))
            .collect(),
    )
}

fn content(headers: &HeaderMap, bytes: &[u8]) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    if is_form(headers) {
        return redacted(form(bytes));
    }
    match serde_json::from_slice(bytes) {
        Ok(body) => redacted(body),
        // Nobody knows where a secret stands in something that is not JSON.
        Err(_) => json!({ "sha256": hex(&Sha256::digest(bytes)), "length": bytes.len() }),
    }
}

fn is_form(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| {
        kind.as_bytes()
            .starts_with(b"application/x-www-form-urlencoded")
    })
}

/// A form as it came, byte for byte, with `***` for the value of a secret. `null` for everything else.
fn raw(headers: &HeaderMap, bytes: &[u8]) -> Value {
    if !is_form(headers) {
        return Value::Null;
    }
    let told = |pair: &str| {
        let (name, _) = pair.split_once('=')?;
        let (read, _) = form_urlencoded::parse(name.as_bytes()).next()?;
        SECRET_KEYS
            .contains(&read.as_ref())
            .then(|| format!("{name}=***"))
    };
    let text = String::from_utf8_lossy(bytes);
    let pairs: Vec<_> = text
        .split('&')
        .map(|pair| told(pair).unwrap_or_else(|| pair.to_owned()))
        .collect();
    json!(pairs.join("&"))
}

/// A form as an object; a name that is repeated has a list.
fn form(bytes: &[u8]) -> Value {
    let mut told = Map::new();
    for (name, value) in form_urlencoded::parse(bytes) {
        match told.get_mut(name.as_ref()) {
            None => {
                told.insert(name.into_owned(), json!(value));
            }
            Some(Value::Array(values)) => values.push(json!(value)),
            Some(first) => *first = json!([first.take(), value]),
        }
    }
    Value::Object(told)
}

/// Replaces the value of every secret's key, however deep it stands.
fn redacted(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let pair = |(key, value): (String, Value)| {
                let value = match value {
                    Value::String(secret) if SECRET_KEYS.contains(&key.as_str()) => {
                        fingerprint(&secret)
                    }
                    Value::Array(secrets) if SECRET_KEYS.contains(&key.as_str()) => secrets
                        .iter()
                        .map(|secret| fingerprint(secret.as_str().unwrap_or_default()))
                        .collect(),
                    other => redacted(other),
                };
                (key, value)
            };
            Value::Object(map.into_iter().map(pair).collect())
        }
        Value::Array(items) => items.into_iter().map(redacted).collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_become_fingerprints() {
        let body = br#"{"accountIdentifier":"a","auth":{"type":"api_key","token":"abc"}}"#;
        let none = HeaderMap::new();
        let told = content(&none, body);
        assert_eq!(told["accountIdentifier"], "a");
        assert_eq!(told["auth"]["token"]["length"], 3);
        assert_eq!(
            told["auth"]["token"]["sha256"],
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(content(&none, b"token=abc")["length"], 9);
        let mut form = HeaderMap::new();
        form.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        let told = content(
            &form,
            b"code=a%20b&resource=x&resource=y&code_verifier=v&code_verifier=w",
        );
        assert_eq!(told["code"], fingerprint("a b"));
        let as_it_came = raw(
            &form,
            b"client_id=a%40b&client_secret=x+y&clien%74_secret=z&client_secret",
        );
        assert_eq!(
            as_it_came,
            "client_id=a%40b&client_secret=***&clien%74_secret=***&client_secret"
        );
        assert_eq!(raw(&none, b"client_secret=x"), Value::Null);
        assert_eq!(told["resource"], json!(["x", "y"]));
        assert_eq!(told["code_verifier"][1], fingerprint("w"));
        assert_eq!(authorization("Bearer abc")["scheme"], "Bearer");
        assert_eq!(cookies("a=abc; b=x")["a"], fingerprint("abc"));
    }
}
