//! `POST /oauth/v2/token`: the id and the secret of a service account for a token (inventory.md, section 3).

use super::store::{DEMO_CLIENT, DEMO_SECRET, Inventory};
use crate::{answer::json_response, state::Sandbox, tokens::Form};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde_json::{Value, json};
use std::time::Duration;

struct Failure(u16, &'static str, &'static str);

/// `POST /oauth/v2/token`.
pub async fn token(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    let form = Form::read(&headers, &body);
    // The documents ask for `%40`; a field that came otherwise was not encoded at all.
    let form = form.filter(|_| !body.contains(&b'@'));
    let decided = decide(&mut sandbox.world().inventory, form.as_ref());
    match decided {
        Ok(answer) => json_response(StatusCode::OK, &answer),
        Err(Failure(status, error, words)) => json_response(
            StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST),
            &json!({ "error": error, "error_description": words }),
        ),
    }
}

fn decide(inventory: &mut Inventory, form: Option<&Form>) -> Result<Value, Failure> {
    let switches = &inventory.switches;
    let form = form.ok_or(Failure(400, "invalid_request", "error parsing form"))?;
    match form.one("grant_type") {
        Some("client_credentials") => {}
        None => return Err(Failure(400, "invalid_request", "grant_type missing")),
        Some(_) => {
            let words = "grant_type not supported";
            return Err(Failure(400, "unsupported_grant_type", words));
        }
    }
    if form.one("client_id") != Some(DEMO_CLIENT) {
        return Err(Failure(
            switches.token_refusal,
            "invalid_client",
            "client not found",
        ));
    }
    if form.one("client_secret") != Some(DEMO_SECRET) {
        return Err(Failure(
            switches.token_refusal,
            "invalid_client",
            "invalid secret",
        ));
    }
    let scopes = form.one("scope").unwrap_or_default();
    if scopes.split(' ').all(|scope| scope != "openid") {
        return Err(Failure(400, "invalid_scope", "scope openid missing"));
    }
    let (told, seconds) = (switches.expires_in, switches.token_lifetime);
    let lifetime = Duration::from_secs(seconds);
    let token = inventory.tokens.grant("inventory", DEMO_CLIENT, lifetime);
    let mut answer = json!({ "access_token": token, "token_type": "Bearer", "scope": "openid" });
    told.tell(seconds, &mut answer);
    Ok(answer)
}
