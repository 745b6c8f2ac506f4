//! `GET buyer/storefronts`: a page of summaries.

use super::{query::Query, shapes};
use crate::{accounts::Account, answer::Outcome, state::Sandbox, world::World};
use axum::{
    Extension,
    extract::{RawQuery, State},
    http::StatusCode,
    response::Response,
};
use serde_json::{Value, json};

pub async fn list(
    State(sandbox): State<Sandbox>,
    Extension(caller): Extension<&'static Account>,
    RawQuery(query): RawQuery,
) -> Response {
    let world = sandbox.world();
    world
        .settings
        .answer(page(&world, caller, &query.unwrap_or_default()))
}

fn page(world: &World, caller: &'static Account, raw: &str) -> Outcome {
    let query = Query::read(raw)?;
    let wanted: Vec<_> = world
        .storefronts
        .iter()
        .filter(|storefront| query.fits(storefront))
        .collect();
    let active = world.active_agents(caller.company_id);
    let items: Vec<Value> = wanted
        .iter()
        .skip(query.offset)
        .take(query.limit)
        .map(|storefront| shapes::summary(world, caller, &active, storefront))
        .collect();
    let end = query.offset.saturating_add(items.len());
    let more = end < wanted.len();
    Ok((
        StatusCode::OK,
        json!({
            "items": items,
            "total": wanted.len(),
            "hasMore": more,
            "nextOffset": more.then_some(end),
        }),
    ))
}
