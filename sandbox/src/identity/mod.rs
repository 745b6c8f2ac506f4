//! The registry's authorization server (registry.md, section 11): metadata, registration, consent and tokens.
//!
//! It stands on the second port. Its pieces that a page may call from anywhere are behind the gateway too.

mod agents;
mod authorize;
mod clients;
mod grants;
mod metadata;
mod session;
mod token;

pub use agents::{CLIENT as DEMO_CLIENT, SECRET as DEMO_SECRET, TOKEN_ENDPOINT};
pub use grants::{Grants, signed_looking};

use crate::{registry, state::Sandbox};
use axum::{
    Router,
    body::to_bytes,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{any, get, post},
};
use serde_json::json;
use url::Url;

/// The two documents about the resource. The one for the API is closed to other origins, as documented.
pub fn resource_documents(prefix: &str) -> Router<Sandbox> {
    let well_known = format!("{prefix}/.well-known/oauth-protected-resource");
    let closed = get(metadata::api)
        .options(async || registry::options("GET, HEAD"))
        .fallback(registry::nothing_here);
    Router::new()
        .route(&format!("{well_known}/api"), closed)
        .merge(open(
            &format!("{well_known}/mcp"),
            Method::GET,
            get(metadata::mcp),
        ))
}

/// What any page may call, whatever its origin (registry.md, section 1).
pub fn pieces(prefix: &str) -> Router<Sandbox> {
    let server = format!("{prefix}/.well-known/oauth-authorization-server");
    Router::new()
        .merge(open(&server, Method::GET, get(metadata::server)))
        .merge(open(
            &format!("{prefix}/register"),
            Method::POST,
            post(clients::register),
        ))
        .merge(open(
            &format!("{prefix}/token"),
            Method::POST,
            post(token::token),
        ))
}

/// What a person is led to, and the token endpoint that stands for the agents' own.
pub fn pages() -> Router<Sandbox> {
    Router::new()
        .route(
            "/authorize",
            get(authorize::by_query).post(authorize::by_form),
        )
        .route("/authorize/decision", post(authorize::decide))
        .route("/auth/login", get(session::form).post(session::sign_in))
        .route(TOKEN_ENDPOINT, any(agents::token))
}

fn open(
    path: &str,
    method: Method,
    handler: axum::routing::MethodRouter<Sandbox>,
) -> Router<Sandbox> {
    let handler = handler
        .fallback(not_allowed)
        .layer(middleware::from_fn(move |request, next| {
            let method = method.clone();
            with_any_origin(method, request, next)
        }));
    Router::new().route(path, handler)
}

/// Lets every origin in, without credentials.
async fn with_any_origin(method: Method, request: Request, next: Next) -> Response {
    let mut response = if *request.method() == Method::OPTIONS {
        preflight(request.headers())
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    if response.status() == StatusCode::METHOD_NOT_ALLOWED
        && let Ok(allow) = HeaderValue::from_str(method.as_str())
    {
        response.headers_mut().insert(header::ALLOW, allow);
    }
    response
}

fn preflight(asked: &HeaderMap) -> Response {
    let mut response = StatusCode::NO_CONTENT.into_response();
    let headers = response.headers_mut();
    headers.insert(
        header::ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET,HEAD,PUT,PATCH,POST,DELETE"),
    );
    headers.insert(
        header::VARY,
        HeaderValue::from_static("Access-Control-Request-Headers"),
    );
    if let Some(names) = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    response
}

async fn not_allowed(method: Method) -> Response {
    let words = format!("The method {method} is not allowed for this endpoint");
    let body = json!({ "error": "method_not_allowed", "error_description": words });
    crate::answer::json_response(StatusCode::METHOD_NOT_ALLOWED, &body)
}

/// Behind the gateway, with `--issuer`: everything that is not the registry's own goes to the other server.
pub async fn forward(State(sandbox): State<Sandbox>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let prefix = registry::prefix(&sandbox);
    let rest = parts
        .uri
        .path_and_query()
        .and_then(|all| all.as_str().strip_prefix(&prefix))
        .unwrap_or("/");
    // The path stands as it came; a path that looks like an address must not become one.
    let to = sandbox.setup().issuer.as_deref().and_then(|issuer| {
        let origin = Url::parse(issuer).ok()?.origin().ascii_serialization();
        Url::parse(&format!("{origin}{rest}")).ok()
    });
    // Its length was judged when it was written down.
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let answer = match to {
        Some(url) => registry::http::send(&url, parts, bytes).await,
        None => Err("the address cannot be asked".to_owned()),
    };
    registry::http::passed_on(answer)
}
