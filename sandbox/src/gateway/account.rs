//! `GET accounts/current`: who the token belongs to.

use crate::{accounts::Account, state::Sandbox};
use axum::{Extension, extract::State, http::StatusCode, response::Response};
use serde_json::json;

pub async fn current(
    State(sandbox): State<Sandbox>,
    Extension(caller): Extension<&'static Account>,
) -> Response {
    let mut body = json!({
        "id": caller.company_id,
        "company": caller.company,
        "name": caller.company,
        "customerDomain": caller.domain,
    });
    // Not a required key: it is left out, not null, for callers whose role is not told.
    if let Some(role) = caller.role {
        body["role"] = json!(role);
    }
    sandbox.world().settings.answer(Ok((StatusCode::OK, body)))
}
