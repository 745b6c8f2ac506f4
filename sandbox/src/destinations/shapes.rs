//! How credentials are written in answers.

use super::{
    kinds::SECRETS,
    store::Row,
    switches::{Changed, List, Secrets, Switches, Type},
};
use crate::answer::json_response;
use axum::{
    body::Body,
    http::{Method, StatusCode},
    response::Response,
};
use serde_json::{Map, Value, json};

/// One credential.
fn object(row: &Row, switches: &Switches) -> Value {
    let content = &row.content;
    let mut told = json!({
        "instanceId": row.id,
        "createdDate": row.created,
        "lastModifiedDate": row.modified,
    });
    let kind = match switches.kind {
        Type::Enum => content.kind.as_deref(),
        Type::BodyKey => Some(content.key),
        Type::Absent => None,
        Type::Unknown => Some("SOMETHING_NEW"),
    };
    if let Some(kind) = kind {
        told["type"] = json!(kind);
    }
    if let Some(name) = &content.name {
        told["name"] = json!(name);
    }
    let mut members = Map::new();
    for (name, value) in &content.members {
        let value = match switches.secrets {
            _ if !SECRETS.contains(&name.as_str()) => value.clone(),
            Secrets::Live => value.clone(),
            Secrets::Masked => json!("********"),
            Secrets::Omitted => continue,
        };
        members.insert(name.clone(), value);
    }
    told[content.key] = Value::Object(members);
    told
}

/// The answer to a list.
pub fn list(rows: &[&Row], switches: &Switches) -> Response {
    let mut told: Vec<_> = rows.iter().map(|row| object(row, switches)).collect();
    let body = match switches.list {
        List::Array => Value::Array(told),
        List::Object if told.len() == 1 => told.remove(0),
        List::Items | List::Object => json!({ "items": told }),
        List::PagesOfDoc => {
            let texts: Vec<_> = told.iter().map(Value::to_string).collect();
            let mut response = json_response(StatusCode::OK, &Value::Null);
            *response.body_mut() = Body::from(texts.join(",\n"));
            return response;
        }
    };
    json_response(StatusCode::OK, &body)
}

/// The answer about one.
pub fn one(row: &Row, switches: &Switches) -> Response {
    json_response(StatusCode::OK, &object(row, switches))
}

/// The answer to a change that was made.
pub fn changed(row: &Row, switches: &Switches, method: &Method) -> Response {
    let shape = if *method == Method::POST {
        switches.created
    } else {
        switches.updated
    };
    let told = object(row, switches);
    let body = match shape {
        Changed::Empty => return empty(switches.usual(method)),
        Changed::Object => told,
        Changed::Array => json!([told]),
        Changed::Items => json!({ "items": [told] }),
    };
    json_response(switches.usual(method), &body)
}

/// A success that says nothing.
pub fn empty(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}

/// A success, to be garbled where the real one must not come about.
pub fn example() -> Value {
    json!({
        "instanceId": "n55affa0-3747-4030-895d-1d1236bb3680",
        "createdDate": "2021-06-07T06:41:48.641943Z",
        "lastModifiedDate": "2021-06-07T06:41:48.641943Z",
        "type": "BASIC",
        "name": "yourdestination",
        "basicAuthentication": { "url": "ABCD", "username": "username", "password": "password" },
    })
}
