//! `POST buyer/storefronts/{id}/connection`: the hand-off of an adapter storefront.

use super::storefront::find;
use crate::{
    accounts::Account,
    answer::{ApiError, Outcome},
    consents::Subject,
    state::Sandbox,
    world::World,
};
use axum::{
    Extension,
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use serde_json::{Value, json};

pub async fn start(
    State(sandbox): State<Sandbox>,
    Extension(caller): Extension<&'static Account>,
    Path(id): Path<String>,
) -> Response {
    let mut world = sandbox.world();
    let outcome = hand_off(&mut world, caller, &id);
    world.settings.answer(outcome)
}

fn hand_off(world: &mut World, caller: &Account, id: &str) -> Outcome {
    let storefront = find(world, id)?;
    let Some(adapter) = storefront.adapter else {
        let message = "This storefront is not a connectable adapter storefront";
        return Err(ApiError::new(
            StatusCode::BAD_REQUEST,
            "BAD_REQUEST",
            message,
        ));
    };
    let (id, name) = (storefront.id, storefront.name.clone());
    let linked = world.connections.contains(&(caller.company_id, id));
    let state = world.consents.open(Subject::Adapter {
        company: caller.company_id,
        storefront: id,
    });
    Ok((
        StatusCode::OK,
        json!({
            "connectionUrl": world.consents.connection_url(&state),
            "authModes": ["oauth"],
            "preferredAuthMode": "oauth",
            "storefront": { "id": id, "name": name, "adapterProviderType": adapter },
            "connection": if linked { json!({ "status": "connected" }) } else { Value::Null },
        }),
    ))
}
