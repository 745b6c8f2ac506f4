//! The second port: another origin that plays the providers' consent pages and the platform's own callback.

use crate::{
    clock,
    consents::Subject,
    pages::{escape, page, style},
    state::Sandbox,
    world::World,
};
use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use std::{collections::HashMap, fmt::Write};

/// The path of the stylesheet on the second port.
pub const STYLE: &str = "/pages.css";
type Pairs = HashMap<String, String>;

/// Consent page, its two buttons, the hosted callback and the adapter hand-off.
pub fn routes() -> Router<Sandbox> {
    Router::new()
        .route("/", get(about))
        .route(STYLE, get(style))
        // Browsers ask for it unbidden, and a 404 would stand in their console.
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .route("/provider/authorize", get(authorize))
        .route("/provider/decision", post(decide))
        .route("/interchange/connections/{state}", get(hand_off))
        .route(
            "/interchange/api/v2/storefront/oauth/callback",
            get(callback),
        )
        .fallback(async || {
            page(
                StatusCode::NOT_FOUND,
                "Nothing here",
                STYLE,
                "<h1>There is no page here</h1>",
            )
        })
}

async fn about() -> Response {
    let body = "<h1>The sandbox's other origin</h1>\n<p>This address plays the providers at which people sign in and \
                agree. Open it from the console by connecting a source such as Harbor Podcasts.</p>";
    page(StatusCode::OK, "Sandbox providers", STYLE, body)
}

async fn authorize(State(sandbox): State<Sandbox>, Query(query): Query<Pairs>) -> Response {
    let state = query.get("state").map_or("", String::as_str);
    let world = sandbox.world();
    let Some((provider, rows)) = world
        .consents
        .subject(state)
        .and_then(|subject| described(&world, subject))
    else {
        return used_up();
    };
    let rows = rows.iter().fold(String::new(), |mut html, (name, value)| {
        let _ = write!(html, "<dt>{}</dt><dd>{}</dd>", escape(name), escape(value));
        html
    });
    let body = format!(
        "<p class=\"who\">{provider}</p>\n<h1>Allow Interchange to use your account?</h1>\n<dl>{rows}</dl>\n\
         <p>Interchange will be able to read inventory and place media buys for you.</p>\n\
         <form method=\"post\" action=\"/provider/decision\">\n\
         <input type=\"hidden\" name=\"state\" value=\"{state}\">\n\
         <button class=\"main\" name=\"decision\" value=\"approve\">Approve</button>\n\
         <button name=\"decision\" value=\"deny\">Deny</button>\n</form>\n\
         <p class=\"quiet\">Not sure? Close this window; nothing is connected until you approve.</p>",
        provider = escape(&provider),
        state = escape(state),
    );
    page(StatusCode::OK, "Allow access", STYLE, &body)
}

async fn decide(State(sandbox): State<Sandbox>, Form(form): Form<Pairs>) -> Response {
    let typed = |key| form.get(key).map_or("", String::as_str);
    let ticket = typed("state");
    let mut world = sandbox.world();
    if world.consents.subject(ticket).is_none() {
        return used_up();
    }
    let answer = match typed("decision") {
        "approve" => world.consents.approve(ticket).map(|code| ("code", code)),
        "deny" => Some(("error", "access_denied".to_owned())),
        _ => None,
    };
    let Some((key, value)) = answer else {
        let body =
            "<h1>Choose Approve or Deny</h1>\n<p>Go back and press one of the two buttons.</p>";
        return page(StatusCode::BAD_REQUEST, "Choose one", STYLE, body);
    };
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair(key, &value)
        .append_pair("state", ticket)
        .finish();
    Redirect::to(&format!(
        "/interchange/api/v2/storefront/oauth/callback?{query}"
    ))
    .into_response()
}

/// The platform's own page. It never leads back to whoever opened the consent.
async fn callback(State(sandbox): State<Sandbox>, Query(query): Query<Pairs>) -> Response {
    let value = |key| query.get(key).map_or("", String::as_str);
    let mut world = sandbox.world();
    if query.contains_key("error") {
        return match world.consents.close(value("state")) {
            None => used_up(),
            Some(_) => page(
                StatusCode::OK,
                "Not connected",
                STYLE,
                "<p class=\"who\">Interchange</p>\n<h1>Nothing was connected</h1>\n<p>Access was denied at the \
                 provider. You can close this window and start again whenever you like.</p>",
            ),
        };
    }
    let done = match world.consents.redeem(value("state"), value("code")) {
        None => false,
        Some(Subject::Credential(id)) => world.activate(&id),
        Some(Subject::Adapter {
            company,
            storefront,
        }) => {
            world.connections.insert((company, storefront));
            true
        }
    };
    if !done {
        return used_up();
    }
    let body = format!(
        "<p class=\"who\">Interchange</p>\n<h1>Your account is connected</h1>\n<p>You can close this window.</p>\n\
         <p class=\"quiet\">{}</p>",
        clock::now()
    );
    page(StatusCode::OK, "Connected", STYLE, &body)
}

/// The platform's browser hand-off for adapter storefronts: on to the provider's consent page.
async fn hand_off(State(sandbox): State<Sandbox>, Path(state): Path<String>) -> Response {
    let world = sandbox.world();
    if world.consents.subject(&state).is_none() {
        return used_up();
    }
    Redirect::to(
        &world
            .consents
            .authorization_url(&state, "interchange-adapter"),
    )
    .into_response()
}

fn used_up() -> Response {
    let body = "<h1>This address has been used or replaced</h1>\n<p>Each address works once. Start again from where \
                you came from to get a new one, then close this window.</p>";
    page(StatusCode::BAD_REQUEST, "Start again", STYLE, body)
}

/// Who asks, and the facts that the person sees before agreeing.
fn described(world: &World, subject: &Subject) -> Option<(String, Vec<(&'static str, String)>)> {
    match subject {
        Subject::Adapter { storefront, .. } => {
            let storefront = world.storefront(*storefront)?;
            Some((
                storefront.name.clone(),
                vec![("Storefront", storefront.name.clone())],
            ))
        }
        Subject::Credential(id) => {
            let row = world.credentials.iter().find(|row| row.id == *id)?;
            let agent = world.agents.get(&row.agent)?;
            let names: Vec<_> = world
                .storefronts
                .iter()
                .flat_map(|storefront| &storefront.sources)
                .filter(|source| source.agent == row.agent)
                .map(|source| source.name.as_str())
                .collect();
            let facts = vec![
                ("Source", names.join(", ")),
                ("Account", row.identifier.clone()),
            ];
            Some((agent.name.clone(), facts))
        }
    }
}
