//! What is judged before a handler runs, in the server's order: body, CSRF, path, rate limit, caller.

use super::{
    address::{agent_in, is_external},
    refusal::{Refusal, json},
    store::Registry,
};
use crate::{site::percent_decoded, state::Sandbox};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use serde_json::Value;
use std::time::Instant;

/// A token of the seeded person, printed at the start.
pub const DEMO_USER: &str = "aao_demo_user";
/// A key of the organisation Acme Brand, printed at the start.
pub const DEMO_KEY: &str = "sk_aao_demo_acme";
/// The cookie of somebody who signed in at the registry itself.
pub const SESSION_COOKIE: &str = "wos-session";

/// Whoever calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// The seeded person.
    User,
    /// An organisation key: a made-up user who belongs to no organisation (registry.md, section 1).
    Key,
}

/// A call that was let through.
#[derive(Debug, Clone)]
pub struct Call {
    pub caller: Caller,
    /// The `encodedUrl` of the path, decoded once; empty where the path has none.
    agent: String,
    /// The path as it came.
    pub path: String,
    /// The body, when it says that it is JSON.
    pub body: Option<Value>,
    pub query: Vec<(String, String)>,
}

impl Call {
    /// The agent's address, which the handlers decode once more (registry.md, section 3). `broken` is what the
    /// route answers when that cannot be done.
    pub fn agent_url(&self, own: &str, broken: &str) -> Result<String, Refusal> {
        let url = percent_decoded(&self.agent)
            .ok_or_else(|| Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, broken))?;
        if is_external(&url, own) {
            Ok(url)
        } else {
            Err(Refusal::bad_request("Invalid agent URL"))
        }
    }

    /// `organization_id` of the body.
    pub fn organization(&self) -> Result<Option<&str>, Refusal> {
        match self
            .body
            .as_ref()
            .and_then(|body| body.get("organization_id"))
        {
            None => Ok(None),
            Some(value) => value
                .as_str()
                .filter(|id| names(id))
                .map(Some)
                .ok_or_else(|| {
                    Refusal::bad_request("organization_id must be a non-empty organization ID")
                }),
        }
    }

    /// `org` of the query. Other ways to write one, such as `org[]`, are refused.
    pub fn org(&self) -> Result<Option<&str>, Refusal> {
        let bad = || Refusal::bad_request("org must be a non-empty organization ID");
        let odd = |key: &str| key.starts_with("org[") || key.starts_with("org.");
        if self.query.iter().any(|(key, _)| odd(key)) {
            return Err(bad());
        }
        let mut named = self.query.iter().filter(|(key, _)| key == "org");
        match (named.next(), named.next()) {
            (None, _) => Ok(None),
            (Some((_, id)), None) if names(id) => Ok(Some(id)),
            _ => Err(bad()),
        }
    }

    /// The organisation in whose name this caller acts for an agent.
    pub fn owner(
        &self,
        registry: &Registry,
        agent: &str,
        organization: Option<&str>,
    ) -> Option<&'static str> {
        match self.caller {
            Caller::User => registry.owner(agent, organization),
            Caller::Key => None,
        }
    }
}

/// Lengths are counted as JavaScript does.
fn names(id: &str) -> bool {
    !id.is_empty() && id.encode_utf16().count() <= 255 && id.trim() == id
}

/// Lets a call through to a handler that is not counted.
pub async fn admit(State(sandbox): State<Sandbox>, request: Request, next: Next) -> Response {
    let (request, judged) = judge(request).await;
    let admitted = judged.and_then(|call| known(&sandbox, request.headers(), call));
    go_on(request, next, admitted).await
}

/// Lets a call through to a handler of the shared bucket. It is counted before anybody asks who calls, so that
/// failed calls count as well (registry.md, section 10).
pub async fn admit_counted(
    State(sandbox): State<Sandbox>,
    request: Request,
    next: Next,
) -> Response {
    let (request, judged) = judge(request).await;
    let judged = match judged {
        Ok(call) => call,
        Err(refusal) => return json(Err(refusal)),
    };
    let allowance = sandbox
        .world()
        .registry
        .limiter
        .take("everybody behind this address", Instant::now());
    let mut response = if allowance.exceeded {
        json(Err(Refusal::too_many(allowance.reset)))
    } else {
        let admitted = known(&sandbox, request.headers(), judged);
        go_on(request, next, admitted).await
    };
    let headers = response.headers_mut();
    allowance.tell(headers);
    let policy = format!("{};w=3600", allowance.limit);
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert("ratelimit-policy", policy);
    }
    response
}

async fn go_on(mut request: Request, next: Next, admitted: Result<Call, Refusal>) -> Response {
    match admitted {
        Ok(call) => {
            request.extensions_mut().insert(call);
            next.run(request).await
        }
        Err(refusal) => json(Err(refusal)),
    }
}

/// Everything that needs no data: the body's JSON, CSRF and the path.
async fn judge(request: Request) -> (Request, Result<Call, Refusal>) {
    let (parts, body) = request.into_parts();
    // Its length was judged when it was written down.
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let says_json = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.to_ascii_lowercase().starts_with("application/json"));
    let read = if says_json && !bytes.is_empty() {
        match serde_json::from_slice::<Value>(&bytes) {
            Ok(body) if body.is_object() || body.is_array() => Ok(Some(body)),
            _ => {
                let mut refusal = Refusal::bad_request("Malformed request body");
                refusal.body["type"] = "entity.parse.failed".into();
                Err(refusal)
            }
        }
    } else {
        Ok(None)
    };
    let path = parts.uri.path();
    let agent = match agent_in(path) {
        Some(Err(part)) => Err(Refusal::bad_request(format!(
            "Failed to decode param '{part}'"
        ))),
        Some(Ok(agent)) => Ok(agent),
        None => Ok(String::new()),
    };
    let query = parts.uri.query().unwrap_or_default().as_bytes();
    let call = read.and_then(|body| {
        if !path.contains("/api/oauth/") {
            guard_against_forgery(&parts.method, &parts.headers)?;
        }
        Ok(Call {
            caller: Caller::User,
            agent: agent?,
            path: path.to_owned(),
            body,
            query: url::form_urlencoded::parse(query).into_owned().collect(),
        })
    });
    (Request::from_parts(parts, Body::from(bytes)), call)
}

/// A change without `Authorization` has to echo a cookie (registry.md, section 2).
fn guard_against_forgery(method: &Method, headers: &HeaderMap) -> Result<(), Refusal> {
    let reading = matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    if reading || headers.contains_key(header::AUTHORIZATION) {
        return Ok(());
    }
    let echoed = headers.get("x-csrf-token").and_then(|v| v.to_str().ok());
    let reason = match cookie(headers, "csrf-token") {
        None => "cookie_expired",
        Some(cookie) if echoed == Some(cookie) => return Ok(()),
        Some(_) => "token_mismatch",
    };
    let mut refusal = Refusal::new(StatusCode::FORBIDDEN, "CSRF validation failed");
    refusal.body["reason"] = reason.into();
    refusal.body["token"] = "csrf_demo".into();
    refusal.header = Some(("x-csrf-retry", HeaderValue::from_static("true")));
    Err(refusal)
}

fn known(sandbox: &Sandbox, headers: &HeaderMap, call: Call) -> Result<Call, Refusal> {
    let foreign = sandbox.setup().issuer.is_some();
    let caller = caller(&sandbox.world().registry, headers, foreign);
    let caller = caller.ok_or_else(Refusal::signed_out)?;
    Ok(Call { caller, ..call })
}

/// A bearer token or, without one that is known, a session. With another authorization server (`foreign`) the
/// sandbox cannot tell its tokens from others, and each is the seeded person's.
fn caller(registry: &Registry, headers: &HeaderMap, foreign: bool) -> Option<Caller> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim());
    if let Some(token) = bearer.filter(|token| !token.is_empty()) {
        if token.starts_with("sk_") {
            return (token == DEMO_KEY).then_some(Caller::Key);
        }
        if foreign || token == DEMO_USER || registry.grants.knows(token) {
            return Some(Caller::User);
        }
    }
    cookie(headers, SESSION_COOKIE)
        .is_some_and(|session| registry.sessions.contains(session))
        .then_some(Caller::User)
}

/// The value of a cookie.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// The same person and the same rules, for the pages that are no part of `/api`.
pub fn signed_in(registry: &Registry, headers: &HeaderMap) -> Result<(), Refusal> {
    match caller(registry, headers, false) {
        Some(Caller::User) => Ok(()),
        Some(Caller::Key) => Err(Refusal::new(StatusCode::FORBIDDEN, "Access denied")),
        None => Err(Refusal::signed_out()),
    }
}
