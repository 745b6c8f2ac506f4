//! `POST /ims/token/v3`: the id and the secret of a client for a token (destinations.md, section 7).
//!
//! The documented server takes the parameters in the query as well. This one does not: a secret has no business in
//! an address.

use super::{DEMO_CLIENT, DEMO_SECRET, store::Destinations};
use crate::{answer::json_response, state::Sandbox, tokens::Form};
use axum::{
    body::Bytes,
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// The scopes that a credential for the platform has.
const SCOPES: [&str; 5] = [
    "openid",
    "session",
    "AdobeID",
    "read_organizations",
    "additional_info.projectedProductContext",
];

struct Failure {
    status: u16,
    error: &'static str,
    words: &'static str,
    retry_after: Option<u64>,
}

const fn refused(status: u16, error: &'static str, words: &'static str) -> Failure {
    Failure {
        status,
        error,
        words,
        retry_after: None,
    }
}

/// `POST /ims/token/v3`.
pub async fn token(State(sandbox): State<Sandbox>, headers: HeaderMap, body: Bytes) -> Response {
    let form = Form::read(&headers, &body);
    let decided = decide(&mut sandbox.world().destinations, form.as_ref());
    let failure = match decided {
        Ok(answer) => return json_response(StatusCode::OK, &answer),
        Err(failure) => failure,
    };
    let status = StatusCode::from_u16(failure.status).unwrap_or(StatusCode::BAD_REQUEST);
    let body = json!({ "error": failure.error, "error_description": failure.words });
    let mut response = json_response(status, &body);
    if let Some(seconds) = failure.retry_after {
        let seconds = HeaderValue::from(seconds);
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    response
}

fn decide(destinations: &mut Destinations, form: Option<&Form>) -> Result<Value, Failure> {
    let form = form.ok_or(refused(400, "invalid_request", "the parameters are a form"))?;
    let switches = &destinations.switches;
    let bad_client = |words| refused(switches.token_refusal, "invalid_client", words);
    match form.one("grant_type") {
        Some("client_credentials") => {}
        None => {
            return Err(refused(
                400,
                "invalid_request",
                "missing grant_type parameter",
            ));
        }
        Some(_) => {
            let words = "invalid grant_type parameter";
            return Err(refused(400, "unsupported_grant_type", words));
        }
    }
    if form.one("client_id") != Some(DEMO_CLIENT) {
        return Err(bad_client("invalid client_id parameter"));
    }
    if form.one("client_secret") != Some(DEMO_SECRET) {
        return Err(bad_client("invalid client_secret parameter"));
    }
    let scope = form.one("scope").unwrap_or_default();
    if !scope.split(',').all(|one| SCOPES.contains(&one.trim())) {
        return Err(refused(400, "invalid_scope", "invalid scope parameter"));
    }
    let allowance = destinations.token_limiter.take(DEMO_CLIENT, Instant::now());
    if allowance.exceeded {
        let words = "too many access tokens were asked for";
        return Err(Failure {
            retry_after: Some(allowance.reset.max(1)),
            ..refused(429, "too_many_requests", words)
        });
    }
    let (told, seconds) = (switches.expires_in, switches.token_lifetime);
    let lifetime = Duration::from_secs(seconds);
    let token = destinations.tokens.grant("ims", DEMO_CLIENT, lifetime);
    let mut answer = json!({ "access_token": token, "token_type": "bearer" });
    told.tell(seconds, &mut answer);
    Ok(answer)
}
