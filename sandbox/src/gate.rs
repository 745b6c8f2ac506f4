//! Who is calling: the bearer token or the session, the rate limit and the terms.

use crate::{
    accounts::Account, answer::ApiError, limits::Allowance, registry::cookie, site, state::Sandbox,
    world::World,
};
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use serde_json::json;
use std::time::Instant;

/// The cookie of a signed-in session.
pub const SESSION_COOKIE: &str = "sandbox_session";

/// Lets a call through as the account that it was made for, and tells the rate limit in every answer.
pub async fn admit(State(sandbox): State<Sandbox>, mut request: Request, next: Next) -> Response {
    let presented;
    let allowance;
    let admitted;
    {
        let mut world = sandbox.world();
        presented = token(&world, request.headers());
        allowance = world
            .limiter
            .take(presented.as_deref().unwrap_or_default(), Instant::now());
        // A path that cannot be read names nothing.
        admitted = judge(presented.as_deref(), allowance, request.method()).and_then(|account| {
            let readable = site::percent_decoded(request.uri().path()).is_some();
            readable
                .then_some(account)
                .ok_or_else(|| ApiError::not_found("There is no such resource"))
        });
    }
    let mut response = match admitted {
        Ok(account) => {
            request.extensions_mut().insert(account);
            next.run(request).await
        }
        Err(error) => sandbox.world().settings.answer(Err(error)),
    };
    allowance.tell(response.headers_mut());
    response
}

/// The token that a request is made with. Without one of its own, a request that says it comes from the
/// console (a foreign page cannot set that header unasked) acts with the token of its session.
fn token(world: &World, headers: &HeaderMap) -> Option<String> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(value) = text("authorization") {
        let (scheme, token) = value.split_once(' ')?;
        return scheme
            .eq_ignore_ascii_case("bearer")
            .then(|| token.trim().to_owned());
    }
    if let Some(key) = text("x-scope3-api-key") {
        return Some(key.to_owned());
    }
    of_session(world, headers).map(str::to_owned)
}

/// The token of the session that a request of the console is made in.
pub fn of_session<'a>(world: &'a World, headers: &HeaderMap) -> Option<&'a str> {
    let says_so = headers.get("x-credenza").is_some_and(|mark| mark == "1");
    let session = cookie(headers, SESSION_COOKIE).filter(|_| says_so)?;
    world.sessions.get(session).map(String::as_str)
}

/// Whether the gateway adds the authorization of another service: there is none yet, and a session that is good.
pub fn gateway_adds(world: &World, headers: &HeaderMap) -> bool {
    let account = of_session(world, headers).and_then(Account::of_token);
    !headers.contains_key(header::AUTHORIZATION) && account.is_some_and(|account| !account.expired)
}

fn judge(
    token: Option<&str>,
    allowance: Allowance,
    method: &Method,
) -> Result<&'static Account, ApiError> {
    if allowance.exceeded {
        let error = ApiError::new(
            StatusCode::TOO_MANY_REQUESTS,
            "RATE_LIMITED",
            "Too many requests",
        );
        return Err(ApiError {
            retry_after: Some(allowance.reset.max(1)),
            ..error
        });
    }
    let token = token
        .ok_or_else(|| ApiError::unauthorized("Authentication is needed: send a bearer token"))?;
    let account =
        Account::of_token(token).ok_or_else(|| ApiError::unauthorized("The token is not known"))?;
    if account.expired {
        return Err(ApiError::unauthorized("The token has expired"));
    }
    if *method == Method::GET || *method == Method::HEAD {
        return Ok(account);
    }
    if !account.accepted_terms {
        return Err(ApiError::forbidden(
            "TOS_ACCEPTANCE_REQUIRED",
            "The terms of service have to be accepted before anything can be changed",
        ));
    }
    if account.needs_scope {
        let customers =
            json!([{ "id": 11, "name": "Acme Brand" }, { "id": 12, "name": "Other Company" }]);
        let error = ApiError::forbidden(
            "CUSTOMER_SCOPE_REQUIRED",
            "This key reaches several customers; choose one of them before changing anything",
        );
        return Err(ApiError {
            details: Some(Box::new(json!({ "availableCustomers": customers }))),
            ..error
        });
    }
    Ok(account)
}
