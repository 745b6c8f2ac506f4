//! Signing in at the registry itself, which is what the navigations of section 11.4 need.

use crate::{
    pages::{escape, page},
    provider::STYLE,
    registry::SESSION_COOKIE,
    state::Sandbox,
};
use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use std::collections::HashMap;

type Pairs = HashMap<String, String>;

/// A path on this origin; anything else leads to the start.
fn return_to(pairs: &Pairs) -> &str {
    pairs
        .get("return_to")
        .map(String::as_str)
        .filter(|path| path.starts_with('/') && !path.starts_with("//") && !path.contains('\\'))
        .unwrap_or("/")
}

/// `GET /auth/login?return_to=`.
pub async fn form(Query(query): Query<Pairs>) -> Response {
    let body = format!(
        "<p class=\"who\">Agent registry</p>\n<h1>Sign in</h1>\n<p>This page stands for the registry's own \
         sign-in.</p>\n<form method=\"post\" action=\"/auth/login\">\n\
         <input type=\"hidden\" name=\"return_to\" value=\"{}\">\n\
         <button class=\"main\">buyer@acmebrand.example</button>\n</form>",
        escape(return_to(&query))
    );
    page(StatusCode::OK, "Sign in", STYLE, &body)
}

/// `POST /auth/login`: the form above.
pub async fn sign_in(State(sandbox): State<Sandbox>, Form(form): Form<Pairs>) -> Response {
    let mut world = sandbox.world();
    let session = world.consents.word("session");
    let cookie =
        format!("{SESSION_COOKIE}={session}; HttpOnly; SameSite=Lax; Path=/; Max-Age=604800");
    world.registry.sessions.insert(session);
    let mut response = Redirect::to(return_to(&form)).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}
