//! A person's consent at an agent (registry.md, section 11.4): the pages, the state and the end of it.

use super::{
    call::{Call, Caller, cookie, signed_in},
    model::{Consented, Context},
    refusal::{Outcome, Refusal, json},
    store::Registry,
};
use crate::{
    pages::{escape, page},
    provider::STYLE,
    state::Sandbox,
    world::World,
};
use axum::{
    Extension, Form, Router,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::collections::HashMap;
use url::{Url, form_urlencoded};

const STATE_COOKIE: &str = "adcp_oauth_state";
type Pairs = HashMap<String, String>;

/// The pages on the second port: the start, the agent's own consent page, and the way back.
pub fn pages() -> Router<Sandbox> {
    Router::new()
        .route("/api/oauth/agent/start", get(start))
        .route("/api/oauth/agent/callback", get(callback))
        .route("/oauth-complete.html", get(complete))
        .route("/demo/agent/authorize", get(ask))
        .route("/demo/agent/decision", post(decide))
}

/// The context at the end of a path, with the caller's right to it.
fn context<'a>(registry: &'a mut Registry, call: &Call) -> Result<&'a mut Context, Refusal> {
    let path = call.path.strip_suffix("/status").unwrap_or(&call.path);
    let id = path.rsplit('/').next().unwrap_or_default();
    let context = registry.context_by_id(id)?;
    match call.caller {
        Caller::User => Ok(context),
        Caller::Key => Err(Refusal::new(StatusCode::FORBIDDEN, "Access denied")),
    }
}

/// `GET /api/oauth/agent/{id}/status`.
pub async fn status(State(sandbox): State<Sandbox>, Extension(call): Extension<Call>) -> Response {
    json(told(&mut sandbox.world().registry, &call))
}

fn told(registry: &mut Registry, call: &Call) -> Outcome {
    let context = context(registry, call)?.clone();
    let supports = registry
        .agent(&context.agent)
        .is_some_and(|agent| agent.consents);
    Ok(json!({
        "supportsOAuth": supports,
        "hasOAuthClient": context.registered,
        "hasOAuthTokens": context.consented.is_some(),
        "hasValidTokens": context.has_valid_consent(),
        "tokenExpiresAt": context.consented.and_then(|tokens| tokens.expires()),
    }))
}

/// `DELETE /api/oauth/agent/{id}`: the consent's tokens and the registered client, nothing else.
pub async fn remove(State(sandbox): State<Sandbox>, Extension(call): Extension<Call>) -> Response {
    let mut world = sandbox.world();
    json(context(&mut world.registry, &call).map(|context| {
        context.consented = None;
        context.registered = false;
        json!({ "success": true })
    }))
}

/// `GET /api/oauth/agent/start`: a navigation, so a session and no bearer token lets a person in.
async fn start(
    State(sandbox): State<Sandbox>,
    headers: HeaderMap,
    Query(query): Query<Pairs>,
) -> Response {
    started(&mut sandbox.world(), &headers, &query).unwrap_or_else(|refusal| json(Err(refusal)))
}

fn started(world: &mut World, headers: &HeaderMap, query: &Pairs) -> Result<Response, Refusal> {
    signed_in(&world.registry, headers)?;
    let id = query
        .get("agent_context_id")
        .ok_or_else(|| Refusal::bad_request("agent_context_id is required"))?;
    let context = world.registry.context_by_id(id)?.clone();
    let agent = world.registry.agent(&context.agent);
    if agent.is_none_or(|agent| !agent.consents) {
        return Ok(ended(&[
            ("success", "false"),
            ("error", "The agent does not say where people agree"),
            ("code", "protected_resource_metadata_error"),
        ]));
    }
    let return_to = query
        .get("return_to")
        .filter(|path| path.starts_with('/') && !path.starts_with("//"))
        .cloned();
    let state = world.consents.word("agent");
    world
        .registry
        .consents
        .insert(state.clone(), (context.id, return_to));
    let mut response = found(&format!("/demo/agent/authorize?state={state}"));
    let cookie = format!("{STATE_COOKIE}={state}; HttpOnly; SameSite=Lax; Path=/; Max-Age=600");
    set_cookie(&mut response, &cookie);
    Ok(response)
}

/// The agent's own consent page.
async fn ask(State(sandbox): State<Sandbox>, Query(query): Query<Pairs>) -> Response {
    let state = query.get("state").map_or("", String::as_str);
    let world = sandbox.world();
    let registry = &world.registry;
    let asked = registry.consents.get(state).and_then(|(id, _)| {
        let context = registry.contexts.iter().find(|row| row.id == *id)?;
        registry.agent(&context.agent)
    });
    let Some(agent) = asked else {
        return over();
    };
    let body = format!(
        "<p class=\"who\">{name}</p>\n<h1>Allow the registry to use your account?</h1>\n\
         <dl><dt>Agent</dt><dd>{url}</dd></dl>\n\
         <p>The registry will be able to call this agent for you.</p>\n\
         <form method=\"post\" action=\"/demo/agent/decision\">\n\
         <input type=\"hidden\" name=\"state\" value=\"{state}\">\n\
         <button class=\"main\" name=\"decision\" value=\"approve\">Approve</button>\n\
         <button name=\"decision\" value=\"deny\">Deny</button>\n</form>\n\
         <p class=\"quiet\">Not sure? Close this window; nothing is connected until you approve.</p>",
        name = escape(agent.name),
        url = escape(agent.url),
        state = escape(state),
    );
    page(StatusCode::OK, "Allow access", STYLE, &body)
}

async fn decide(State(sandbox): State<Sandbox>, Form(form): Form<Pairs>) -> Response {
    let typed = |key| form.get(key).map_or("", String::as_str);
    let state = typed("state");
    let mut world = sandbox.world();
    if !world.registry.consents.contains_key(state) {
        return over();
    }
    let (key, value) = match typed("decision") {
        "approve" => ("code", world.consents.word("code")),
        _ => ("error", "access_denied".to_owned()),
    };
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair(key, &value)
        .append_pair("state", state)
        .finish();
    Redirect::to(&format!("/api/oauth/agent/callback?{query}")).into_response()
}

/// `GET /api/oauth/agent/callback`: the same browser's cookie, the state, then the outcome.
async fn callback(
    State(sandbox): State<Sandbox>,
    headers: HeaderMap,
    Query(query): Query<Pairs>,
) -> Response {
    let failed =
        |words: &str, code: &str| ended(&[("success", "false"), ("error", words), ("code", code)]);
    let mut world = sandbox.world();
    let state = query.get("state").map_or("", String::as_str);
    let Some(kept) = cookie(&headers, STATE_COOKIE) else {
        return failed("This browser did not start this", "state_cookie_missing");
    };
    if kept != state {
        return failed("Another sign-in was started since", "state_mismatch");
    }
    let registry = &mut world.registry;
    let Some((id, return_to)) = registry.consents.remove(state) else {
        return failed("This sign-in is over", "invalid_or_expired_flow");
    };
    if let Some(error) = query.get("error") {
        return failed(error, "oauth_error");
    }
    let Ok(context) = registry.context_by_id(&id) else {
        return failed("The agent is gone", "agent_vanished");
    };
    context.registered = true;
    context.consented = Some(Consented {
        expires: Some(Timestamp::now() + SignedDuration::from_hours(1)),
        refreshable: true,
    });
    let host = Url::parse(&context.agent)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default();
    let mut told = vec![("success", "true"), ("agent", host.as_str())];
    if let Some(path) = &return_to {
        told.push(("return_to", path));
    }
    ended(&told)
}

/// The page where it ends. It leads nowhere and tells nobody.
async fn complete(Query(query): Query<Pairs>) -> Response {
    let told = |key: &str| query.get(key).map_or("", String::as_str);
    let body = if told("success") == "true" {
        format!(
            "<p class=\"who\">Registry</p>\n<h1>{} is connected</h1>\n<p>You can close this window.</p>",
            escape(told("agent"))
        )
    } else {
        format!(
            "<p class=\"who\">Registry</p>\n<h1>Nothing was connected</h1>\n<dl><dt>Reason</dt><dd>{}</dd>\
             <dt>Code</dt><dd>{}</dd></dl>\n<p>You can close this window and start again.</p>",
            escape(told("error")),
            escape(told("code"))
        )
    };
    page(StatusCode::OK, "Finished", STYLE, &body)
}

fn ended(told: &[(&str, &str)]) -> Response {
    let mut response = found(&format!(
        "/oauth-complete.html?{}",
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(told)
            .finish()
    ));
    set_cookie(
        &mut response,
        &format!("{STATE_COOKIE}=; Path=/; Max-Age=0"),
    );
    response
}

/// A 302, as the server's framework answers.
fn found(to: &str) -> Response {
    let mut response = StatusCode::FOUND.into_response();
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

fn set_cookie(response: &mut Response, cookie: &str) {
    if let Ok(cookie) = HeaderValue::from_str(cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
}

fn over() -> Response {
    let body = "<h1>This sign-in is over</h1>\n<p>Start again from where you came from, then close this window.</p>";
    page(StatusCode::BAD_REQUEST, "Start again", STYLE, body)
}
