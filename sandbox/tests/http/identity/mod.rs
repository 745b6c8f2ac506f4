//! The registry's authorization server on the second port, and what stands for it behind the gateway.

mod authorize;
mod issuer;
mod metadata;
mod register;
mod token;

use crate::{
    connection::Answer,
    server::{Server, once},
};
use serde_json::{Value, json};
use std::collections::HashMap;
use url::{Url, form_urlencoded};

pub const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
pub const RETURN: &str = "https://console.example/oauth-callback.html";
/// The pair of RFC 7636, appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub fn register(server: &Server, body: &Value) -> Answer {
    let kind = ("Content-Type", "application/json");
    once(server.auth, "POST", "/register", &[kind], &body.to_string())
}

/// A public client that returns to [`RETURN`].
pub fn client(server: &Server) -> String {
    let body = json!({
        "client_name": "Console <b>",
        "redirect_uris": [RETURN],
        "token_endpoint_auth_method": "none",
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
    });
    let answer = register(server, &body);
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()["client_id"]
        .as_str()
        .expect("is told")
        .to_owned()
}

pub fn encoded(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// A right authorization request, with pairs changed, added or, where they are empty, left out.
pub fn authorize(server: &Server, client: &str, changes: &[(&str, &str)]) -> Answer {
    let mut pairs = vec![
        ("response_type", "code"),
        ("client_id", client),
        ("redirect_uri", RETURN),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("state", "st-1"),
        ("scope", "openid profile"),
        ("resource", "https://registry.example/api"),
    ];
    for (key, value) in changes {
        pairs.retain(|(known, _)| known != key);
        if !value.is_empty() {
            pairs.push((key, value));
        }
    }
    let path = format!("/authorize?{}", encoded(&pairs));
    once(server.auth, "GET", &path, &[], "")
}

/// Presses a button on a consent page.
pub fn press(server: &Server, page: &Answer, decision: &str) -> Answer {
    let html = page.text();
    let ticket = html
        .split("name=\"ticket\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_else(|| panic!("no ticket in {html}"));
    let body = format!("ticket={ticket}&decision={decision}");
    once(server.auth, "POST", "/authorize/decision", &[FORM], &body)
}

/// The pairs with which the browser is led back to the client.
pub fn returned(answer: &Answer) -> HashMap<String, String> {
    let to = answer
        .header("location")
        .unwrap_or_else(|| panic!("{}: {}", answer.status, answer.text()));
    let (address, _) = to.split_once('?').expect("has a query");
    assert_eq!(address, RETURN);
    let url = Url::parse(to).expect("is an address");
    url.query_pairs().into_owned().collect()
}

/// A fresh code for this client.
pub fn code(server: &Server, client: &str) -> String {
    let pressed = press(server, &authorize(server, client, &[]), "approve");
    returned(&pressed)["code"].clone()
}

/// A token request.
pub fn token(server: &Server, pairs: &[(&str, &str)]) -> Answer {
    once(server.auth, "POST", "/token", &[FORM], &encoded(pairs))
}

pub fn redeem(server: &Server, client: &str, code: &str, verifier: &str) -> Answer {
    let pairs = [
        ("grant_type", "authorization_code"),
        ("client_id", client),
        ("code", code),
        ("code_verifier", verifier),
        ("redirect_uri", RETURN),
    ];
    token(server, &pairs)
}

pub fn refresh(server: &Server, client: &str, refresh: &str) -> Answer {
    let pairs = [
        ("grant_type", "refresh_token"),
        ("client_id", client),
        ("refresh_token", refresh),
    ];
    token(server, &pairs)
}

pub fn text(answer: &Answer, key: &str) -> String {
    let body = answer.json();
    let found = body[key].as_str().map(str::to_owned);
    found.unwrap_or_else(|| panic!("no {key} in {body}"))
}

/// Whether an access token opens `/api/me`.
pub fn opens(server: &Server, access: &str) -> bool {
    crate::registry::call(server, access, "GET", "api/me", &Value::Null).status == 200
}
