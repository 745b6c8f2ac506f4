//! The storefront API under the gateway's prefix, which stands for the documented base up to `/api/v2`.

mod account;
mod connection;
mod credentials;
mod list;
mod query;
mod register;
mod shapes;
mod storefront;

use crate::{answer::ApiError, gate, state::Sandbox};
use axum::{
    Router,
    extract::State,
    middleware,
    response::Response,
    routing::{MethodRouter, get, post},
};

/// Every documented endpoint. Unknown paths and methods answer like the platform does: 404 in its envelope.
pub fn routes(sandbox: &Sandbox) -> Router<Sandbox> {
    let prefix = format!("{}gateway/storefront", sandbox.setup().base);
    let route = |path: &str, method: MethodRouter<Sandbox>| {
        Router::new().route(&format!("{prefix}{path}"), method.fallback(nothing_here))
    };
    Router::new()
        .merge(route("/accounts/current", get(account::current)))
        .merge(route("/buyer/storefronts", get(list::list)))
        .merge(route(
            "/buyer/storefronts/credentials",
            get(credentials::list),
        ))
        .merge(route("/buyer/storefronts/{id}", get(storefront::detail)))
        .merge(route(
            "/buyer/storefronts/{id}/capabilities",
            get(storefront::capabilities),
        ))
        .merge(route(
            "/buyer/storefronts/{id}/connection",
            post(connection::start),
        ))
        .merge(route(
            "/buyer/storefronts/{id}/sources/{source}/credentials",
            post(register::register),
        ))
        .merge(route("/{*rest}", axum::routing::any(nothing_here)))
        .layer(middleware::from_fn_with_state(sandbox.clone(), gate::admit))
}

async fn nothing_here(State(sandbox): State<Sandbox>) -> Response {
    sandbox
        .world()
        .settings
        .answer(Err(ApiError::not_found("There is no such resource")))
}
