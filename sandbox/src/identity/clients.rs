//! `POST /register`: anybody may register a client (registry.md, section 11.2; RFC 7591).

use super::grants::Client;
use crate::{answer::json_response, clock, state::Sandbox, world::World};
use axum::{body::Bytes, extract::State, http::StatusCode, response::Response};
use serde_json::{Map, Value, json};
use url::Url;

/// What comes back of the metadata that was sent.
const KEPT: [&str; 13] = [
    "redirect_uris",
    "token_endpoint_auth_method",
    "grant_types",
    "response_types",
    "client_name",
    "client_uri",
    "logo_uri",
    "scope",
    "contacts",
    "tos_uri",
    "policy_uri",
    "software_id",
    "software_version",
];
const THIRTY_DAYS: i64 = 30 * 24 * 60 * 60;

/// `POST /register`.
pub async fn register(State(sandbox): State<Sandbox>, body: Bytes) -> Response {
    let mut world = sandbox.world();
    match registered(&mut world, &body) {
        Ok(told) => json_response(StatusCode::CREATED, &Value::Object(told)),
        Err(words) => json_response(
            StatusCode::BAD_REQUEST,
            &json!({ "error": "invalid_client_metadata", "error_description": words }),
        ),
    }
}

fn registered(world: &mut World, body: &[u8]) -> Result<Map<String, Value>, String> {
    if world.registry.switches.registration_refused {
        return Err("Clients are not registered at the moment".to_owned());
    }
    let sent: Map<String, Value> =
        serde_json::from_slice(body).map_err(|_| "The body is not a JSON object")?;
    let redirect_uris = redirect_uris(&sent)?;
    for name in ["client_name", "token_endpoint_auth_method", "scope"] {
        if sent.get(name).is_some_and(|value| !value.is_string()) {
            return Err(format!("{name}: expected a string"));
        }
    }
    let text = |name: &str| sent.get(name).and_then(Value::as_str).map(str::to_owned);
    let public = text("token_endpoint_auth_method").as_deref() == Some("none");
    let secret = (!public).then(|| world.consents.word("secret"));
    let client_id = uuid(&world.consents.word("client"));
    let now = clock::seconds();
    let mut told: Map<_, _> = sent
        .iter()
        .filter(|(key, _)| KEPT.contains(&key.as_str()))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect();
    told.insert("client_id".to_owned(), json!(client_id));
    told.insert("client_id_issued_at".to_owned(), json!(now));
    if let Some(secret) = &secret {
        told.insert("client_secret".to_owned(), json!(secret));
        told.insert(
            "client_secret_expires_at".to_owned(),
            json!(now + THIRTY_DAYS),
        );
    }
    let client = Client {
        name: text("client_name"),
        redirect_uris,
        secret,
    };
    world.registry.grants.clients.insert(client_id, client);
    Ok(told)
}

/// Any scheme but those that would run as a script.
fn redirect_uris(sent: &Map<String, Value>) -> Result<Vec<String>, String> {
    let list = sent
        .get("redirect_uris")
        .and_then(Value::as_array)
        .ok_or("redirect_uris: expected an array")?;
    let mut uris = Vec::new();
    for item in list {
        let text = item.as_str().ok_or("redirect_uris: expected strings")?;
        let url = Url::parse(text).map_err(|_| "redirect_uris: URL must be parseable")?;
        if matches!(url.scheme(), "javascript" | "data" | "vbscript") {
            return Err("redirect_uris: URL cannot use this scheme".to_owned());
        }
        uris.push(text.to_owned());
    }
    Ok(uris)
}

/// The hexadecimal end of a word in the form of a UUID.
fn uuid(word: &str) -> String {
    let hash = word.rsplit('_').next().unwrap_or_default();
    crate::journal::uuid(&format!("{hash:0<32}"))
}
