//! Carries out a planned fault on the request that it was planned for.

use crate::{
    answer::json_response,
    family::{Family, Place},
    faults::{Fault, Kind},
    pages,
    state::Sandbox,
    wire::{HangUp, Line},
};
use axum::{
    body::{Body, Bytes, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::Response,
};
use futures_util::stream;
use serde_json::{Value, json};

/// Lets requests through, except those for which a fault is planned. The test controls are never struck.
pub async fn strike(State(sandbox): State<Sandbox>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.starts_with("/_sandbox/") {
        return next.run(request).await;
    }
    let place = Place::of(&sandbox, path);
    let below = place.below.as_deref();
    let fault = sandbox.world().faults.take(request.method(), path, below);
    let Some(fault) = fault else {
        return next.run(request).await;
    };

    let line = request
        .extensions()
        .get::<Line>()
        .cloned()
        .unwrap_or_default();
    // Reading changes nothing, so a garbled read may well be made from the real answer.
    let harmless = matches!(*request.method(), Method::GET | Method::HEAD);
    let usual = place.usual(&sandbox, request.method());
    let example = || place.success();
    let mut ahead = Some((request, next));
    let mut real = None;
    if fault.after
        && let Some((request, next)) = ahead.take()
    {
        real = Some(next.run(request).await);
    }
    tokio::time::sleep(fault.delay).await;
    let needs_real = match fault.kind {
        Kind::Delay => true,
        Kind::Drop | Kind::Truncated | Kind::WrongTypes => harmless,
        _ => false,
    };
    if needs_real && let Some((request, next)) = ahead.take() {
        real = Some(next.run(request).await);
    }
    match fault.kind {
        Kind::Delay => real.expect("a delayed request is always carried out"),
        Kind::Drop => halved(real.unwrap_or_else(example), Some(line)).await,
        Kind::Truncated => halved(real.unwrap_or_else(example), None).await,
        Kind::WrongTypes => with_wrong_types(real.unwrap_or_else(example)).await,
        Kind::DropBefore => {
            let mut response = Response::new(Body::empty());
            response.extensions_mut().insert(HangUp);
            response
        }
        Kind::Status => with_status(&sandbox, &fault, &place),
        Kind::Html => pages::proxy_error(fault.status.unwrap_or(StatusCode::BAD_GATEWAY)),
        Kind::Empty => {
            let mut response = json_response(fault.status.unwrap_or(usual), &Value::Null);
            *response.body_mut() = Body::empty();
            response
        }
        Kind::LoginRedirect => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::FOUND;
            response.headers_mut().insert(
                header::LOCATION,
                HeaderValue::from_static("/_sandbox/login"),
            );
            response
        }
        Kind::Panic => {
            let _held = sandbox.world();
            panic!("a planned panic");
        }
    }
}

fn with_status(sandbox: &Sandbox, fault: &Fault, place: &Place) -> Response {
    let status = fault.status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = match (&fault.body, &fault.error) {
        (Some(body), _) => json_response(status, body),
        (None, Some(error)) if place.family == Family::Storefront => {
            json_response(status, &json!({ "data": null, "error": error }))
        }
        _ => place.failure(sandbox, status),
    };
    if let Some(seconds) = fault.retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// The first half of an answer: with a line, under the full length and followed by a reset; without, under
/// a length that fits.
async fn halved(response: Response, line: Option<Line>) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = whole(body).await;
    let half = bytes.slice(..bytes.len() / 2);
    parts.headers.remove(header::CONTENT_LENGTH);
    let Some(line) = line else {
        return Response::from_parts(parts, Body::from(half));
    };

    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    line.reset_at_end();
    let pieces = stream::unfold(Some(half), |piece| async move {
        match piece {
            Some(half) if !half.is_empty() => Some((Ok(half), Some(Bytes::new()))),
            _ => {
                // Gives the connection the chance to send what it has before it breaks.
                tokio::task::yield_now().await;
                Some((Err("a planned break"), None))
            }
        }
    });
    Response::from_parts(parts, Body::from_stream(pieces))
}

async fn with_wrong_types(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let bytes = whole(body).await;
    let value = serde_json::from_slice(&bytes).map_or(Value::Null, wrong);
    json_response(parts.status, &value)
}

/// Every value with a type that it must not have; the structure stays.
fn wrong(value: Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::Bool(yes) => json!(if yes { "yes" } else { "no" }),
        Value::Number(number) => json!(number.to_string()),
        Value::String(text) => json!(text.len()),
        Value::Array(items) => items.into_iter().map(wrong).collect(),
        Value::Object(map) => Value::Object(
            map.into_iter()
                .map(|(key, value)| (key, wrong(value)))
                .collect(),
        ),
    }
}

async fn whole(body: Body) -> Bytes {
    to_bytes(body, usize::MAX).await.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_type_survives() {
        let right = json!({"data": {"id": "12", "n": 3, "ok": true, "list": ["a"]}, "error": null});
        assert_eq!(
            wrong(right),
            json!({"data": {"id": 2, "n": "3", "ok": "yes", "list": [1]}, "error": null})
        );
    }
}
