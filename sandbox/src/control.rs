//! The test controls under `/_sandbox`, which exist in the sandbox alone.

use crate::{
    answer::json_response,
    consents::Subject,
    faults::{Fault, Kind},
    limits::Limiter,
    login, pages, reload,
    settings::Settings,
    state::Sandbox,
    world::Switchboard,
};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::Response,
    routing::{any, get, post},
};
use serde_json::{Value, json};

/// The controls. They are never logged and never struck by a fault.
pub fn routes() -> Router<Sandbox> {
    Router::new()
        .route(
            "/_sandbox/faults",
            post(add_fault).get(count_faults).delete(clear_faults),
        )
        .route("/_sandbox/requests", get(requests).delete(clear_requests))
        .route("/_sandbox/reset", post(reset))
        .route("/_sandbox/limits", post(limits))
        .route("/_sandbox/registry", post(registry))
        .route("/_sandbox/destinations", post(destinations))
        .route("/_sandbox/inventory", post(inventory))
        .route(
            "/_sandbox/session",
            post(start_session).delete(end_sessions),
        )
        .route("/_sandbox/consent", post(consent))
        .route("/_sandbox/login", get(login::form).post(login::sign_in))
        .route(login::STYLE, get(pages::style))
        .route("/_sandbox/reload", get(reload::events))
        .route(
            "/_sandbox/{*rest}",
            any(async || refused(StatusCode::NOT_FOUND, "There is no such control")),
        )
}

async fn add_fault(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    with_body(&headers, &body, |body| {
        let fault = Fault::read(body)?;
        let hangs_up = fault.kind == Kind::DropBefore;
        sandbox.world().faults.add(fault);
        if hangs_up {
            sandbox.retire_connections();
        }
        Ok(empty(StatusCode::NO_CONTENT))
    })
}

async fn count_faults(State(sandbox): State<Sandbox>) -> Response {
    json_response(
        StatusCode::OK,
        &json!({ "planned": sandbox.world().faults.len() }),
    )
}

async fn clear_faults(State(sandbox): State<Sandbox>) -> Response {
    sandbox.world().faults.clear();
    empty(StatusCode::NO_CONTENT)
}

async fn requests(State(sandbox): State<Sandbox>) -> Response {
    json_response(
        StatusCode::OK,
        &Value::Array(sandbox.world().journal.clone()),
    )
}

async fn clear_requests(State(sandbox): State<Sandbox>) -> Response {
    sandbox.world().journal.clear();
    empty(StatusCode::NO_CONTENT)
}

async fn reset(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    with_body(&headers, &body, |body| {
        let settings = Settings::from_reset(body, sandbox.setup().scenario)?;
        let per_minute = per_minute(body)?;
        let switches = Switchboard::from_reset(body)?;
        let mut world = sandbox.world();
        world.reset(settings, switches);
        if let Some(per_minute) = per_minute {
            world.limiter = Limiter::new(per_minute);
        }
        Ok(empty(StatusCode::NO_CONTENT))
    })
}

async fn limits(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    with_body(&headers, &body, |body| {
        let per_minute = per_minute(body)?.ok_or("per_minute is missing.")?;
        sandbox.world().limiter = Limiter::new(per_minute);
        Ok(empty(StatusCode::NO_CONTENT))
    })
}

/// Changes switches of the registry, and forgets what it is told to.
async fn registry(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    with_body(&headers, &body, |body| {
        sandbox.world().registry.switch(body)?;
        Ok(empty(StatusCode::NO_CONTENT))
    })
}

/// The same for the credentials of destinations, where `touch` is somebody else's change.
async fn destinations(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    with_body(&headers, &body, |body| {
        sandbox.world().destinations.switch(body)?;
        Ok(empty(StatusCode::NO_CONTENT))
    })
}

/// The same for the inventory.
async fn inventory(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    with_body(&headers, &body, |body| {
        sandbox.world().inventory.switch(body)?;
        Ok(empty(StatusCode::NO_CONTENT))
    })
}

async fn start_session(
    State(sandbox): State<Sandbox>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    with_body(&headers, &body, |body| {
        let token = body
            .get("as")
            .and_then(Value::as_str)
            .ok_or("as is missing: the token to act with.")?;
        let cookie =
            login::start_session(&sandbox, token).ok_or("as is not a token of the sandbox.")?;
        let mut response = empty(StatusCode::NO_CONTENT);
        response.headers_mut().insert(header::SET_COOKIE, cookie);
        Ok(response)
    })
}

async fn end_sessions(State(sandbox): State<Sandbox>) -> Response {
    sandbox.world().sessions.clear();
    empty(StatusCode::NO_CONTENT)
}

/// Plays the person at the provider.
async fn consent(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    with_body(&headers, &body, |body| {
        let id = body
            .get("id")
            .and_then(Value::as_str)
            .ok_or("id is missing: the credential's, as a string.")?;
        let outcome = body
            .get("outcome")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let mut world = sandbox.world();
        let waiting = world.consents.state_of_credential(id).is_some();
        match outcome {
            "approve" if waiting => world.activate(id),
            "deny" if waiting => true,
            "approve" | "deny" => {
                return Ok(refused(
                    StatusCode::NOT_FOUND,
                    "No credential of that id waits for consent",
                ));
            }
            _ => return Err("outcome is approve or deny.".to_owned()),
        };
        world
            .consents
            .close_subject(&Subject::Credential(id.to_owned()));
        Ok(empty(StatusCode::NO_CONTENT))
    })
}

fn per_minute(body: &Value) -> Result<Option<u32>, String> {
    match body.get("per_minute") {
        None => Ok(None),
        Some(value) => {
            let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
            number
                .map(Some)
                .ok_or_else(|| "per_minute is a whole number.".to_owned())
        }
    }
}

/// Reads a JSON body, an empty one as `{}`. Anything else must say that it is JSON, which a foreign page
/// cannot do without being asked about first.
fn with_body(
    headers: &HeaderMap,
    body: &Bytes,
    act: impl FnOnce(&Value) -> Result<Response, String>,
) -> Response {
    if body.is_empty() {
        return act(&json!({}))
            .unwrap_or_else(|message| refused(StatusCode::BAD_REQUEST, &message));
    }
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    if !kind.starts_with("application/json") {
        return refused(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "The body has to be application/json.",
        );
    }
    match serde_json::from_slice(body) {
        Ok(body) => act(&body).unwrap_or_else(|message| refused(StatusCode::BAD_REQUEST, &message)),
        Err(error) => refused(
            StatusCode::BAD_REQUEST,
            &format!("The body is not JSON: {error}"),
        ),
    }
}

fn refused(status: StatusCode, message: &str) -> Response {
    json_response(status, &json!({ "error": message }))
}

fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
