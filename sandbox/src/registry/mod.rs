//! The agent registry (registry.md): who somebody is, which agents they hold, and the credentials saved for them.
//!
//! On the console's port it stands below the gateway's prefix, which stands for the documented origin. On the
//! second port it stands at the root, as the origin itself.

mod address;
mod call;
mod connect;
mod exchange;
mod input;
mod interactive;
mod me;
mod model;
mod refusal;
mod save;
mod seed;
mod status;
mod store;
mod switches;

pub mod example;
pub mod http;

pub use call::{DEMO_KEY, DEMO_USER, SESSION_COOKIE, cookie};
pub use refusal::{nothing_here, options};
pub use store::Registry;
pub use switches::{Consent, Denial, Iss, Issuer, Switches, with_members};

use crate::{identity, state::Sandbox};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    handler::Handler,
    middleware,
    routing::{MethodRouter, any, delete, get, post, put},
};
use call::{admit, admit_counted};

/// The path of the registry's prefix on the console's port, without a slash at its end.
pub fn prefix(sandbox: &Sandbox) -> String {
    format!("{}gateway/registry", sandbox.setup().base)
}

/// What follows the prefix in a path of the registry, on either port; `None` for a path of something else.
pub fn below<'a>(sandbox: &Sandbox, path: &'a str) -> Option<&'a str> {
    let own = [
        "/api/",
        "/.well-known/",
        "/authorize",
        "/token",
        "/register",
    ];
    match path.strip_prefix(prefix(sandbox).as_str()) {
        Some(rest) => rest.strip_prefix('/'),
        None => own
            .iter()
            .any(|start| path.starts_with(start))
            .then(|| &path[1..]),
    }
}

/// What the gateway leads to: the API and, unless another server plays that part, the OAuth pieces.
pub fn gateway(sandbox: &Sandbox) -> Router<Sandbox> {
    let prefix = prefix(sandbox);
    let routes = api(sandbox, &prefix).merge(identity::resource_documents(&prefix));
    let routes = if sandbox.setup().issuer.is_some() {
        routes
            .route(&format!("{prefix}/api/{{*rest}}"), any(nothing_here))
            .route(&format!("{prefix}/{{*rest}}"), any(identity::forward))
    } else {
        routes
            .merge(identity::pieces(&prefix))
            .route(&format!("{prefix}/{{*rest}}"), any(nothing_here))
    };
    routes
        .route(&prefix, any(nothing_here))
        .route(&format!("{prefix}/"), any(nothing_here))
        .layer(DefaultBodyLimit::disable())
}

/// The same on the second port, with the pages that a person is led to.
pub fn origin(sandbox: &Sandbox) -> Router<Sandbox> {
    api(sandbox, "")
        .merge(identity::resource_documents(""))
        .merge(identity::pieces(""))
        .merge(identity::pages())
        .merge(interactive::pages())
        .layer(DefaultBodyLimit::disable())
}

/// The documented endpoints. Unknown paths and methods meet the framework's own page.
fn api(sandbox: &Sandbox, prefix: &str) -> Router<Sandbox> {
    let route = |path: &str, allow: &'static str, methods: MethodRouter<Sandbox>| {
        let methods = methods
            .options(async move || options(allow))
            .fallback(nothing_here);
        Router::new().route(&format!("{prefix}{path}"), methods)
    };
    let usual = || middleware::from_fn_with_state(sandbox.clone(), admit);
    let counted = || middleware::from_fn_with_state(sandbox.clone(), admit_counted);
    let newer = || middleware::from_fn_with_state(sandbox.clone(), connect::if_it_is_known);
    let agent = "/api/registry/agents/{agent}";
    Router::new()
        .merge(route(
            "/api/me",
            "GET, HEAD",
            get(me::me).route_layer(usual()),
        ))
        .merge(route(
            "/api/me/agents",
            "GET, HEAD",
            get(me::agents).route_layer(usual()),
        ))
        .merge(route(
            &format!("{agent}/auth-status"),
            "GET, HEAD",
            get(status::auth_status).route_layer(usual()),
        ))
        .merge(route(
            &format!("{agent}/oauth-client-credentials"),
            "PUT",
            put(save::save).route_layer(counted()),
        ))
        .merge(route(
            &format!("{agent}/oauth-client-credentials/test"),
            "POST",
            post(exchange::test).route_layer(counted()),
        ))
        .merge(route(
            &format!("{agent}/connect"),
            "PUT",
            put(connect::connect.layer(counted()))
                .delete(connect::disconnect.layer(usual()).layer(newer())),
        ))
        .merge(route(
            "/api/oauth/agent/{context}/status",
            "GET, HEAD",
            get(interactive::status).route_layer(usual()),
        ))
        .merge(route(
            "/api/oauth/agent/{context}",
            "DELETE",
            delete(interactive::remove).route_layer(usual()),
        ))
}
