//! The documents by which a client finds its way (registry.md, section 11.1; RFC 8414, RFC 9728).

use crate::{
    answer::json_response,
    registry::{Iss, Issuer, Registry, with_members},
    state::Sandbox,
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::{Value, json};

const SCOPES: [&str; 3] = ["openid", "profile", "email"];
/// The issuer of a server that nobody asked.
pub const ANOTHER: &str = "https://issuer.elsewhere.example/";

/// The issuer that the metadata names.
pub fn issuer(registry: &Registry, origin: &str) -> String {
    match registry.switches.issuer {
        Issuer::Slash => format!("{origin}/"),
        Issuer::Plain => origin.to_owned(),
        Issuer::Wrong => ANOTHER.to_owned(),
    }
}

/// The `iss` of an authorization answer, when there is one (RFC 9207).
pub fn iss(registry: &Registry, origin: &str) -> Option<String> {
    let right = issuer(registry, origin);
    match registry.switches.iss {
        Iss::Sent | Iss::Unadvertised => Some(right),
        Iss::Wrong => Some(ANOTHER.to_owned()),
        Iss::Slash => Some(match right.strip_suffix('/') {
            Some(plain) => plain.to_owned(),
            None => format!("{right}/"),
        }),
        Iss::Missing | Iss::Never => None,
    }
}

/// `GET /.well-known/oauth-authorization-server`.
pub async fn server(State(sandbox): State<Sandbox>) -> Response {
    let origin = &sandbox.setup().auth_origin;
    let world = sandbox.world();
    let mut document = json!({
        "issuer": issuer(&world.registry, origin),
        "authorization_endpoint": format!("{origin}/authorize"),
        "response_types_supported": ["code"],
        "code_challenge_methods_supported": ["S256"],
        "token_endpoint": format!("{origin}/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_post", "none"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "scopes_supported": SCOPES,
        "registration_endpoint": format!("{origin}/register"),
    });
    let switches = &world.registry.switches;
    if !matches!(switches.iss, Iss::Unadvertised | Iss::Never) {
        document["authorization_response_iss_parameter_supported"] = true.into();
    }
    json_response(StatusCode::OK, &with_members(document, &switches.metadata))
}

/// `GET /.well-known/oauth-protected-resource/api`: its authorization server has no slash at the end.
pub async fn api(State(sandbox): State<Sandbox>) -> Response {
    resource(&sandbox, "api", "")
}

/// `GET /.well-known/oauth-protected-resource/mcp`: here it has one.
pub async fn mcp(State(sandbox): State<Sandbox>) -> Response {
    resource(&sandbox, "mcp", "/")
}

/// The other authorization server takes the origin's place as a whole, since a client compares both with one
/// identity.
fn resource(sandbox: &Sandbox, name: &str, slash: &str) -> Response {
    let identity = sandbox.setup().identity();
    let servers: Value = match &sandbox.setup().issuer {
        Some(issuer) => json!([issuer]),
        None => json!([format!("{identity}{slash}")]),
    };
    let document = json!({
        "resource": format!("{identity}/{name}"),
        "authorization_servers": servers,
        "bearer_methods_supported": ["header"],
        "scopes_supported": SCOPES,
    });
    let world = sandbox.world();
    let document = with_members(document, &world.registry.switches.resource_metadata);
    let mut response = json_response(StatusCode::OK, &document);
    response.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=3600"),
    );
    response
}
