//! `/credentials` and `/credentials/{instanceId}` (destinations.md, section 3).

use super::{admit::Place, input, refusal::Refusal, shapes, store::Destinations};
use crate::{clock, state::Sandbox};
use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State},
    http::Method,
    response::Response,
};

type Outcome = Result<Response, Refusal>;

fn answer(sandbox: &Sandbox, act: impl FnOnce(&mut Destinations) -> Outcome) -> Response {
    let destinations = &mut sandbox.world().destinations;
    act(destinations).unwrap_or_else(|refusal| refusal.answer(&destinations.switches))
}

/// `GET /credentials`: those of the sandbox.
pub async fn list(
    State(sandbox): State<Sandbox>,
    Extension(Place(place)): Extension<Place>,
) -> Response {
    answer(&sandbox, |data| {
        Ok(shapes::list(&data.list(place), &data.switches))
    })
}

/// `POST /credentials`.
pub async fn create(
    State(sandbox): State<Sandbox>,
    Extension(Place(place)): Extension<Place>,
    body: Bytes,
) -> Response {
    answer(&sandbox, |data| {
        let content = input::read(&body, None)?;
        let row = data.add(place, content).clone();
        Ok(shapes::changed(&row, &data.switches, &Method::POST))
    })
}

/// `GET /credentials/{instanceId}`.
pub async fn retrieve(
    State(sandbox): State<Sandbox>,
    Extension(Place(place)): Extension<Place>,
    Path(id): Path<String>,
) -> Response {
    answer(&sandbox, |data| {
        let row = data.row(place, &id)?.clone();
        Ok(shapes::one(&row, &data.switches))
    })
}

/// `PUT /credentials/{instanceId}`: what is left out is gone.
pub async fn update(
    State(sandbox): State<Sandbox>,
    Extension(Place(place)): Extension<Place>,
    Path(id): Path<String>,
    body: Bytes,
) -> Response {
    answer(&sandbox, |data| {
        let ignores = data.switches.ignore_put;
        let row = data.row(place, &id)?;
        let content = input::read(&body, Some(&id))?;
        if !ignores {
            row.content = content;
            row.modified = clock::now_exactly();
        }
        let row = row.clone();
        Ok(shapes::changed(&row, &data.switches, &Method::PUT))
    })
}

/// `DELETE /credentials/{instanceId}`.
pub async fn delete(
    State(sandbox): State<Sandbox>,
    Extension(Place(place)): Extension<Place>,
    Path(id): Path<String>,
) -> Response {
    answer(&sandbox, |data| {
        data.remove(place, &id)?;
        Ok(shapes::empty(data.switches.usual(&Method::DELETE)))
    })
}
