//! The credentials of destinations behind the gateway.

mod bodies;
mod faults;
mod headers;
mod refusals;
mod shapes;
mod tokens;

use crate::{connection::Answer, server::Server};
use serde_json::{Value, json};

pub const PREFIX: &str = "/gateway/destinations/";
pub const CLIENT: &str = "4c9d7e21f0b84a63958e1c2da7f3b605";
pub const SECRET: &str = "p8e-Xq4vT2mLw9RkZs7BdJ1hNcYf5UgA";
pub const TOKEN: &str = "ims_demo_access_token";
pub const ORG: &str = "7A1C428F5DE324E90A49402B@AdobeOrg";
/// The one of `BASIC`.
pub const BASIC: &str = "credentials/n55affa0-3747-4030-895d-1d1236bb3680";

/// The headers of a call that is let through, each with its value.
pub const HEADERS: [(&str, &str); 5] = [
    ("Authorization", "Bearer ims_demo_access_token"),
    ("x-api-key", CLIENT),
    ("x-gw-ims-org-id", ORG),
    ("x-sandbox-name", "prod"),
    ("Content-Type", "application/json"),
];

/// These headers with one changed, or left out where there is no value.
pub fn with<'a>(name: &str, value: Option<&'a str>) -> Vec<(&'static str, &'a str)> {
    let changed = HEADERS.iter().map(|(known, usual)| {
        let value = if *known == name { value } else { Some(*usual) };
        value.map(|value| (*known, value))
    });
    changed.flatten().collect()
}

/// A call as it should be; `null` is no body.
pub fn call(server: &Server, method: &str, path: &str, body: &Value) -> Answer {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    server.raw(method, &format!("{PREFIX}{path}"), &HEADERS, &body)
}

pub fn get(server: &Server, path: &str) -> Answer {
    call(server, "GET", path, &Value::Null)
}

pub fn post(server: &Server, body: &Value) -> Answer {
    call(server, "POST", "credentials", body)
}

/// The rows of the list in its usual shape.
pub fn rows(server: &Server) -> Vec<Value> {
    let answer = get(server, "credentials");
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["items"]
        .as_array()
        .expect("has items")
        .clone()
}

pub fn switch(server: &Server, switches: &Value) {
    server.tell("destinations", switches);
}

/// A body that is taken.
pub fn basic(name: &str) -> Value {
    json!({
        "type": "BASIC",
        "name": name,
        "basicAuthentication": { "username": "u", "password": "hunter2" },
    })
}

/// What the service says is wrong, one entry for each problem.
pub fn problems(answer: &Answer) -> Vec<String> {
    let chain = answer.json()["report"]["errorChain"].take();
    let entries = chain.as_array().expect("has a chain").iter();
    entries
        .map(|entry| {
            entry["errorMessage"]
                .as_str()
                .expect("has words")
                .to_owned()
        })
        .collect()
}
