//! The inventory (inventory.md): a list of devices, and the server that gives tokens for it.
//!
//! Both stand below the gateway's prefix: `inventory` for `https://api.dev.retailmedia.verve.com` and `inventory-auth`
//! for `https://auth.dev.retailmedia.verve.com`.

mod devices;
mod refusal;
mod store;
mod switches;
mod token;

pub use devices::example;
pub use refusal::failure;
pub use store::{DEMO_CLIENT, DEMO_PROJECT, DEMO_SECRET, Inventory};
pub use switches::Switches;

use crate::state::Sandbox;
use axum::{
    Router,
    http::StatusCode,
    routing::{any, post},
};
use refusal::{nothing_here, wrong_method};

/// The two documented endpoints, and nothing else.
pub fn routes(sandbox: &Sandbox) -> Router<Sandbox> {
    let prefix = format!("{}gateway/inventory", sandbox.setup().base);
    let auth = format!("{}gateway/inventory-auth", sandbox.setup().base);
    Router::new()
        .route(
            &format!("{prefix}/v1alpha/inventory/devices"),
            post(devices::list).fallback(wrong_method),
        )
        .route(&format!("{prefix}/{{*rest}}"), any(nothing_here))
        .route(
            &format!("{auth}/oauth/v2/token"),
            post(token::token).fallback(StatusCode::METHOD_NOT_ALLOWED),
        )
        .route(
            &format!("{auth}/{{*rest}}"),
            any(async || (StatusCode::NOT_FOUND, "404 page not found\n")),
        )
}
