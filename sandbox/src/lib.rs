//! A native stand-in for the APIs that the console talks to.
//!
//! It is written from the published documentation of those APIs and shares no type with the client, so that
//! one misread name cannot pass on both sides. Everything is in memory, seeded and repeatable.

pub mod args;
pub mod greeting;
pub mod state;
pub mod wire;

mod accounts;
mod answer;
mod clock;
mod consents;
mod control;
mod destinations;
mod family;
mod faults;
mod gate;
mod gateway;
mod identity;
mod inventory;
mod journal;
mod limits;
mod login;
mod model;
mod pages;
mod policy;
mod provider;
mod registration;
mod registry;
mod reload;
mod seed;
mod settings;
mod site;
mod strike;
mod tokens;
mod world;

pub use settings::Scenario;

use axum::{Router, middleware};
use state::Sandbox;
use tower_http::catch_panic::CatchPanicLayer;

/// The router of the console's port: the built site, the gateway and the test controls.
pub fn app(sandbox: &Sandbox) -> Router {
    let routes = Router::new()
        .merge(gateway::routes(sandbox))
        .merge(registry::gateway(sandbox))
        .merge(destinations::routes(sandbox))
        .merge(inventory::routes(sandbox))
        .merge(control::routes())
        .merge(site::routes(sandbox))
        .fallback(site::serve);
    with_shared_layers(routes, sandbox)
}

/// The router of the second port: the providers' consent pages, the platform's own callback page, and the origin
/// of the registry with its authorization server.
pub fn auth_app(sandbox: &Sandbox) -> Router {
    let routes = provider::routes().merge(registry::origin(sandbox));
    with_shared_layers(routes, sandbox)
}

/// Outermost first: a panic becomes an answer (in the words of whose handler it was), a request is written down, a
/// fault strikes.
fn with_shared_layers(routes: Router<Sandbox>, sandbox: &Sandbox) -> Router {
    routes
        .layer(middleware::from_fn_with_state(
            sandbox.clone(),
            strike::strike,
        ))
        .layer(middleware::from_fn_with_state(
            sandbox.clone(),
            journal::record,
        ))
        .layer(CatchPanicLayer::custom(answer::after_panic))
        .layer(middleware::from_fn_with_state(
            sandbox.clone(),
            family::in_its_own_words,
        ))
        .with_state(sandbox.clone())
}
