//! `/authorize` and the consent page (registry.md, section 11.3; RFC 6749, RFC 7636, RFC 9207).

use super::{grants::Asked, metadata};
use crate::{
    answer::json_response,
    pages::{escape, page},
    policy,
    provider::STYLE,
    registry::{Consent, Denial},
    state::Sandbox,
    world::World,
};
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;
use std::fmt::Write;
use url::{Host, Url};

type Pairs = Vec<(String, String)>;

/// `GET /authorize`.
pub async fn by_query(State(sandbox): State<Sandbox>, Query(pairs): Query<Pairs>) -> Response {
    start(&sandbox, &pairs)
}

/// `POST /authorize`.
pub async fn by_form(State(sandbox): State<Sandbox>, Form(pairs): Form<Pairs>) -> Response {
    start(&sandbox, &pairs)
}

/// Why there is no consent page.
enum Stop {
    /// The address to return to cannot be trusted: the person stays here.
    Here(&'static str, String),
    /// The client is told.
    There(String, Option<String>, String),
}

fn start(sandbox: &Sandbox, pairs: &Pairs) -> Response {
    let origin = &sandbox.setup().auth_origin;
    let mut world = sandbox.world();
    let asked = match read(&world, pairs) {
        Ok(asked) => asked,
        Err(Stop::Here(error, words)) => {
            let body = json!({ "error": error, "error_description": words });
            return json_response(StatusCode::BAD_REQUEST, &body);
        }
        Err(Stop::There(redirect_uri, state, words)) => {
            let told = [("error", "invalid_request"), ("error_description", &words)];
            return back(&world, origin, &redirect_uri, state.as_deref(), &told);
        }
    };
    match world.registry.switches.consent {
        Consent::Ask => {}
        Consent::Approve => return approved(&mut world, origin, asked),
        Consent::Deny => return denied(&world, origin, &asked),
    }
    let ticket = world.consents.word("sign_in");
    let response = consent_page(&world, &ticket, &asked);
    world.registry.grants.ask(ticket, asked);
    response
}

/// The server's order: client, redirect address, and then what can be told to the client.
fn read(world: &World, pairs: &Pairs) -> Result<Asked, Stop> {
    let value = |name: &str| {
        let mut found = pairs.iter().filter(|(key, _)| key == name);
        let first = found.next().map(|(_, value)| value.as_str());
        // A parameter that is repeated has no value that could be meant.
        first.filter(|_| found.next().is_none())
    };
    let here = |error, words: &str| Err(Stop::Here(error, words.to_owned()));
    let Some(id) = value("client_id") else {
        return here("invalid_request", "client_id is required");
    };
    let Some(client) = world.registry.grants.clients.get(id) else {
        return here("invalid_client", "Invalid client_id");
    };
    let redirect_uri = match (value("redirect_uri"), client.redirect_uris.as_slice()) {
        (Some(asked), known) if known.iter().any(|known| fits(asked, known)) => asked,
        (Some(_), _) => return here("invalid_request", "Unregistered redirect_uri"),
        (None, [only]) if !pairs.iter().any(|(key, _)| key == "redirect_uri") => only,
        (None, _) => {
            let words = "redirect_uri must be given once when several are registered";
            return here("invalid_request", words);
        }
    };
    let state = value("state").map(str::to_owned);
    let there = |words: &str| {
        let words = words.to_owned();
        Err(Stop::There(redirect_uri.to_owned(), state.clone(), words))
    };
    if value("response_type") != Some("code") {
        return there("response_type must be code");
    }
    let Some(challenge) = value("code_challenge") else {
        return there("code_challenge is required");
    };
    if value("code_challenge_method") != Some("S256") {
        return there("code_challenge_method must be S256");
    }
    // Stored and not enforced; several are allowed (RFC 8707, section 2).
    let mut resources = pairs.iter().filter(|(key, _)| key == "resource");
    if resources.clone().any(|(_, url)| Url::parse(url).is_err()) {
        return there("resource must be a URL");
    }
    Ok(Asked {
        client: id.to_owned(),
        redirect_uri: redirect_uri.to_owned(),
        challenge: challenge.to_owned(),
        scope: value("scope").map(str::to_owned),
        resource: resources.next().map(|(_, url)| url.clone()),
        state,
    })
}

/// Exactly the same text; between loopback addresses the port alone may differ.
fn fits(asked: &str, known: &str) -> bool {
    if asked == known {
        return true;
    }
    let (Ok(mut asked), Ok(known)) = (Url::parse(asked), Url::parse(known)) else {
        return false;
    };
    let loopback = match known.host() {
        Some(Host::Ipv4(address)) => address.octets() == [127, 0, 0, 1],
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    loopback && asked.set_port(known.port()).is_ok() && asked == known
}

fn consent_page(world: &World, ticket: &str, asked: &Asked) -> Response {
    let client = world.registry.grants.clients.get(&asked.client);
    let name = client
        .and_then(|client| client.name.as_deref())
        .unwrap_or("A program without a name");
    let facts = [
        ("Returns to", Some(&asked.redirect_uri)),
        ("Asks for", asked.scope.as_ref()),
        ("For use at", asked.resource.as_ref()),
    ];
    let mut rows = String::new();
    for (name, value) in facts {
        if let Some(value) = value {
            let _ = write!(rows, "<dt>{name}</dt><dd>{}</dd>", escape(value));
        }
    }
    let body = format!(
        "<p class=\"who\">Agent registry</p>\n<h1>Sign in to {name}?</h1>\n<dl>{rows}</dl>\n\
         <p>You are buyer@acmebrand.example. It will act with your name at the registry.</p>\n\
         <form method=\"post\" action=\"/authorize/decision\">\n\
         <input type=\"hidden\" name=\"ticket\" value=\"{ticket}\">\n\
         <button class=\"main\" name=\"decision\" value=\"approve\">Approve</button>\n\
         <button name=\"decision\" value=\"deny\">Deny</button>\n</form>\n\
         <p class=\"quiet\">Not sure? Close this window; nobody is signed in until you approve.</p>",
        name = escape(name),
        ticket = escape(ticket),
    );
    let mut response = page(StatusCode::OK, "Sign in", STYLE, &body);
    policy::guard(
        &mut response,
        &policy::of_a_form_that_leads_to(&asked.redirect_uri),
    );
    response
}

/// `POST /authorize/decision`: the two buttons.
pub async fn decide(State(sandbox): State<Sandbox>, Form(pairs): Form<Pairs>) -> Response {
    let typed = |name: &str| {
        let found = pairs.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    let origin = &sandbox.setup().auth_origin;
    let mut world = sandbox.world();
    let decision = typed("decision");
    if !matches!(decision, "approve" | "deny") {
        let body =
            "<h1>Choose Approve or Deny</h1>\n<p>Go back and press one of the two buttons.</p>";
        return page(StatusCode::BAD_REQUEST, "Choose one", STYLE, body);
    }
    match world.registry.grants.decided(typed("ticket")) {
        None => {
            let body = "<h1>This sign-in is over</h1>\n<p>Start again from where you came from, then close this \
                        window.</p>";
            page(StatusCode::BAD_REQUEST, "Start again", STYLE, body)
        }
        Some(asked) if decision == "approve" => approved(&mut world, origin, asked),
        Some(asked) => denied(&world, origin, &asked),
    }
}

fn approved(world: &mut World, origin: &str, asked: Asked) -> Response {
    let code = world.consents.word("code");
    let state = asked.state.as_deref();
    let response = back(
        world,
        origin,
        &asked.redirect_uri,
        state,
        &[("code", &code)],
    );
    world.registry.grants.add_code(code, asked);
    response
}

fn denied(world: &World, origin: &str, asked: &Asked) -> Response {
    let switches = &world.registry.switches;
    if switches.denial == Denial::Stranded {
        let body = json!({ "error": "Authorization code is required" });
        return json_response(StatusCode::BAD_REQUEST, &body);
    }
    let told = [
        ("error", "access_denied"),
        ("error_description", switches.denial_description.as_str()),
    ];
    back(
        world,
        origin,
        &asked.redirect_uri,
        asked.state.as_deref(),
        &told,
    )
}

/// Leads back to the client. Errors name their issuer like successes do (RFC 9207, section 2).
fn back(
    world: &World,
    origin: &str,
    redirect_uri: &str,
    state: Option<&str>,
    told: &[(&str, &str)],
) -> Response {
    let Ok(mut url) = Url::parse(redirect_uri) else {
        unreachable!("an address that does not parse is not registered");
    };
    {
        let mut query = url.query_pairs_mut();
        query.extend_pairs(told);
        if let Some(state) = state {
            query.append_pair("state", state);
        }
        if let Some(iss) = metadata::iss(&world.registry, origin) {
            query.append_pair("iss", &iss);
        }
    }
    Redirect::to(url.as_str()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn redirect_addresses_are_compared_as_text() {
        for (asked, known, fine) in [
            ("https://a.example/cb", "https://a.example/cb", true),
            ("https://a.example/cb/", "https://a.example/cb", false),
            ("https://a.example/cb?x", "https://a.example/cb", false),
            ("https://a.example:8443/cb", "https://a.example/cb", false),
            ("http://127.0.0.1:1/cb", "http://127.0.0.1:2/cb", true),
            ("http://localhost/cb", "http://localhost:2/cb", true),
            ("http://[::1]:1/cb", "http://[::1]/cb", true),
            ("http://localhost:2/cb", "http://127.0.0.1:2/cb", false),
            ("http://127.0.0.1:1/cb/", "http://127.0.0.1:2/cb", false),
            ("http://127.0.0.2:1/cb", "http://127.0.0.2:2/cb", false),
            ("https://127.0.0.1:1/cb", "http://127.0.0.1:2/cb", false),
        ] {
            assert_eq!(fits(asked, known), fine, "{asked} {known}");
        }
    }
}
