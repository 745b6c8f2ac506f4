//! The sign-in page that stands for a portal's own, for access through the gateway.

use crate::{
    accounts::{ACCOUNTS, Account},
    gate::SESSION_COOKIE,
    pages::{escape, page},
    state::Sandbox,
};
use axum::{
    Form,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use std::{collections::HashMap, fmt::Write};

/// The path of the stylesheet on the console's port.
pub const STYLE: &str = "/_sandbox/pages.css";

/// `GET /_sandbox/login`: a person chooses whom to be.
pub async fn form() -> Response {
    let mut buttons = String::new();
    for account in ACCOUNTS.iter().filter(|account| !account.expired) {
        let (token, user) = (escape(account.token), escape(account.user));
        let _ = writeln!(
            buttons,
            "<button name=\"as\" value=\"{token}\">{user}</button>"
        );
    }
    let body = format!(
        "<p class=\"who\">Portal</p>\n<h1>Sign in</h1>\n<p>This page stands for your organisation's sign-in. Choose \
         whom to be.</p>\n<form class=\"stack\" method=\"post\" action=\"/_sandbox/login\">\n{buttons}</form>"
    );
    page(StatusCode::OK, "Sign in", STYLE, &body)
}

/// `POST /_sandbox/login`: the form above.
pub async fn sign_in(
    State(sandbox): State<Sandbox>,
    Form(form): Form<HashMap<String, String>>,
) -> Response {
    let Some(cookie) = form
        .get("as")
        .and_then(|token| start_session(&sandbox, token))
    else {
        return page(
            StatusCode::BAD_REQUEST,
            "Sign in",
            STYLE,
            "<h1>Nobody has that name</h1>",
        );
    };
    let body = "<p class=\"who\">Portal</p>\n<h1>You are signed in</h1>\n<p>Close this tab and go on where you were.</p>";
    let mut response = page(StatusCode::OK, "Signed in", STYLE, body);
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    response
}

/// Starts a session that acts with `token` and returns its cookie; `None` for a token that nobody has.
pub fn start_session(sandbox: &Sandbox, token: &str) -> Option<HeaderValue> {
    Account::of_token(token)?;
    let mut world = sandbox.world();
    let id = world.consents.word("session");
    let cookie = format!("{SESSION_COOKIE}={id}; HttpOnly; SameSite=Lax; Path=/");
    world.sessions.insert(id, token.to_owned());
    HeaderValue::from_str(&cookie).ok()
}
