//! `GET buyer/storefronts/{id}` and its capabilities.

use super::shapes;
use crate::{
    accounts::Account,
    answer::{ApiError, Issue},
    model::Storefront,
    state::Sandbox,
    world::World,
};
use axum::{
    Extension,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde_json::json;

/// The largest integer that JSON numbers carry everywhere.
const MAX_ID: u64 = 9_007_199_254_740_991;

/// Reads the id in a path; the issue names the parameter.
pub fn storefront_id(text: &str) -> Result<u64, Issue> {
    let number = text.parse().ok().filter(|id| (1..=MAX_ID).contains(id));
    number.ok_or_else(|| {
        Issue::new(
            "storefrontId",
            format!("Expected an integer from 1 to {MAX_ID}"),
        )
    })
}

pub fn find<'a>(world: &'a World, id: &str) -> Result<&'a Storefront, ApiError> {
    let id = storefront_id(id).map_err(|issue| ApiError::validation(vec![issue]))?;
    world.storefront(id).ok_or_else(missing)
}

pub fn missing() -> ApiError {
    ApiError::not_found("The storefront does not exist or is not visible to you")
}

pub async fn detail(
    State(sandbox): State<Sandbox>,
    Extension(caller): Extension<&'static Account>,
    Path(id): Path<String>,
) -> Response {
    let world = sandbox.world();
    let found = find(&world, &id);
    world.settings.answer(
        found.map(|storefront| (StatusCode::OK, shapes::detail(&world, caller, storefront))),
    )
}

pub async fn capabilities(State(sandbox): State<Sandbox>, Path(id): Path<String>) -> Response {
    let world = sandbox.world();
    let body = |storefront: &Storefront| {
        let rows: Vec<_> = storefront
            .sources
            .iter()
            .map(|source| shapes::capability(&world, source))
            .collect();
        (
            StatusCode::OK,
            json!({ "storefrontId": storefront.id, "agents": rows }),
        )
    };
    world.settings.answer(find(&world, &id).map(body))
}
