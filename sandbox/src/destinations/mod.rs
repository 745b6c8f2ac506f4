//! The credentials of destinations (destinations.md), and the server that gives tokens for them.
//!
//! Both stand below the gateway's prefix: `destinations` for `https://platform.adobe.io/data/core/activation/authoring`
//! and `ims` for `https://ims-na1.adobelogin.com`.

mod admit;
mod credentials;
mod ims;
mod input;
mod kinds;
mod refusal;
mod seed;
mod shapes;
mod store;
mod switches;

pub use admit::{DEMO_CLIENT, DEMO_ORG, DEMO_SANDBOX, DEMO_SECRET, DEMO_TOKEN};
pub use refusal::failure;
pub use shapes::example;
pub use store::Destinations;
pub use switches::Switches;

use crate::state::Sandbox;
use axum::{
    Router,
    http::StatusCode,
    middleware,
    routing::{any, get, post},
};
use refusal::{nothing_here, wrong_method};

/// The documented endpoints. What is not documented is asked about like everything else, and is not there.
pub fn routes(sandbox: &Sandbox) -> Router<Sandbox> {
    let prefix = format!("{}gateway/destinations", sandbox.setup().base);
    let all = get(credentials::list)
        .post(credentials::create)
        .fallback(wrong_method);
    let one = get(credentials::retrieve)
        .put(credentials::update)
        .delete(credentials::delete)
        .fallback(wrong_method);
    let admit = middleware::from_fn_with_state(sandbox.clone(), admit::admit);
    let api = Router::new()
        .route(&format!("{prefix}/credentials"), all)
        .route(&format!("{prefix}/credentials/{{id}}"), one)
        .route(&format!("{prefix}/{{*rest}}"), any(nothing_here))
        .route(&format!("{prefix}/"), any(nothing_here))
        .route(&prefix, any(nothing_here))
        .layer(admit);
    let ims = format!("{}gateway/ims", sandbox.setup().base);
    api.route(
        &format!("{ims}/ims/token/v3"),
        post(ims::token).fallback(StatusCode::METHOD_NOT_ALLOWED),
    )
    .route(
        &format!("{ims}/{{*rest}}"),
        any(async || (StatusCode::NOT_FOUND, "There is nothing here\n")),
    )
}
