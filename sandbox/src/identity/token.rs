//! `POST /token`: a code or a refresh token for tokens (registry.md, section 11.3).

use super::grants::challenge;
use crate::{answer::json_response, registry::with_members, state::Sandbox, world::World};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use serde_json::{Value, json};
use std::time::Duration;
use url::form_urlencoded;

/// More than any reader of a token answer should take.
const OVERSIZED: usize = 4 << 20;

struct Failure(StatusCode, &'static str, &'static str);

const fn refused(error: &'static str, words: &'static str) -> Failure {
    Failure(StatusCode::BAD_REQUEST, error, words)
}

/// The server trips over what it does not know any more, and says no more than this.
const TRIPPED: Failure = Failure(
    StatusCode::INTERNAL_SERVER_ERROR,
    "server_error",
    "Internal Server Error",
);

/// `POST /token`.
pub async fn token(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    let is_form = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    let form: Vec<(String, String)> = if is_form {
        form_urlencoded::parse(&body).into_owned().collect()
    } else {
        Vec::new()
    };
    match decide(&mut sandbox.world(), &form) {
        Ok(answer) => json_response(StatusCode::OK, &answer),
        Err(Failure(status, error, words)) => json_response(
            status,
            &json!({ "error": error, "error_description": words }),
        ),
    }
}

fn decide(world: &mut World, form: &[(String, String)]) -> Result<Value, Failure> {
    let value = |name: &str| {
        let mut found = form.iter().filter(|(key, _)| key == name);
        let first = found.next().map(|(_, value)| value.as_str());
        first.filter(|text| !text.is_empty() && found.next().is_none())
    };
    let missing = || refused("invalid_request", "A parameter is missing or repeated");
    let client_id = value("client_id").ok_or_else(missing)?;
    let grants = &world.registry.grants;
    let client = grants
        .clients
        .get(client_id)
        .ok_or(refused("invalid_client", "Invalid client_id"))?;
    if client.secret.is_some() && client.secret.as_deref() != value("client_secret") {
        return Err(refused("invalid_client", "Invalid client_secret"));
    }
    match value("grant_type").ok_or_else(missing)? {
        "authorization_code" => {
            let (code, verifier) = value("code")
                .zip(value("code_verifier"))
                .ok_or_else(missing)?;
            let lifetime = Duration::from_secs(world.registry.switches.code_lifetime);
            let asked = grants.code(code, client_id, lifetime).ok_or(TRIPPED)?;
            if asked.challenge != challenge(verifier) {
                let words = "code_verifier does not match the challenge";
                return Err(refused("invalid_grant", words));
            }
            if value("redirect_uri") != Some(asked.redirect_uri.as_str()) {
                return Err(TRIPPED);
            }
            world.registry.grants.use_up(code);
        }
        "refresh_token" => {
            let refresh = value("refresh_token").ok_or_else(missing)?;
            if !world.registry.grants.rotate(refresh, client_id) {
                return Err(TRIPPED);
            }
        }
        _ => {
            let words = "The grant type is not supported by this authorization server.";
            return Err(refused("unsupported_grant_type", words));
        }
    }
    Ok(granted(world, client_id))
}

fn granted(world: &mut World, client: &str) -> Value {
    let made_of = world.consents.word("grant");
    let registry = &mut world.registry;
    let switches = &registry.switches;
    let lifetime = Duration::from_secs(switches.token_lifetime);
    let (access, refresh) = registry.grants.grant(&made_of, client, lifetime);
    let mut answer = json!({
        "access_token": access,
        "token_type": "bearer",
        "refresh_token": refresh,
    });
    if switches.expires_in {
        answer["expires_in"] = switches.token_lifetime.into();
    }
    if switches.oversized_token {
        answer["padding"] = "x".repeat(OVERSIZED).into();
    }
    with_members(answer, &switches.token_answer)
}
