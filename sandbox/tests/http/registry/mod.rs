//! The agent registry behind the gateway.

mod access;
mod connect;
mod exchange;
mod faults;
mod interactive;
mod order;
mod paths;
mod status;

use crate::{connection::Answer, server::Server};
use serde_json::{Value, json};

pub const USER: &str = "aao_demo_user";
pub const KEY: &str = "sk_aao_demo_acme";
pub const ACME: &str = "org_acme";
pub const NORTHWIND: &str = "org_northwind";
/// Nothing is saved for it.
pub const SALES: &str = "https://sales.streamhaus.example";
/// Client credentials are saved for it.
pub const SIGNALS: &str = "https://signals.meridian.example/mcp";
/// A typed token shadows client credentials.
pub const SHADOWED: &str = "https://buying.tidewater.example";
/// A person agreed there.
pub const CONSENTED: &str = "https://creative.atelier.example/mcp";
/// People can agree there, and nobody did.
pub const OPEN: &str = "https://portal.lakeside.example";
/// Both organisations hold it.
pub const SHARED: &str = "https://ads.commons.example/mcp";
pub const WITH_PERCENT: &str = "https://agent.quarry.example/a%2Fb";

/// A call below the registry's prefix.
pub fn call(server: &Server, token: &str, method: &str, path: &str, body: &Value) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Type", "application/json"),
    ];
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let path = format!("/gateway/registry/{path}");
    server.raw(method, &path, &headers, &body)
}

pub fn put(server: &Server, path: &str, body: &Value) -> Answer {
    call(server, USER, "PUT", path, body)
}

pub fn get(server: &Server, path: &str) -> Answer {
    call(server, USER, "GET", path, &Value::Null)
}

/// An agent's part of the API, its address encoded as often as told.
pub fn encoded(times: u32, agent: &str, rest: &str) -> String {
    let mut text = agent.to_owned();
    for _ in 0..times {
        text = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    }
    format!("api/registry/agents/{text}/{rest}")
}

/// The same, encoded twice, which is exact whatever the address is.
pub fn of(agent: &str, rest: &str) -> String {
    encoded(2, agent, rest)
}

pub fn status(server: &Server, agent: &str) -> Value {
    let answer = get(server, &of(agent, &format!("auth-status?org={ACME}")));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// Client credentials at the second port's token endpoint, with changes.
pub fn credentials(server: &Server, changes: &Value) -> Value {
    let mut body = json!({
        "token_endpoint": format!("http://{}/demo/token", server.auth),
        "client_id": "demo-client",
        "client_secret": "demo-secret",
        "organization_id": ACME,
    });
    for (key, value) in changes.as_object().expect("is an object") {
        body[key] = value.clone();
    }
    body
}

pub fn error(answer: &Answer) -> (u16, String) {
    let error = answer.json()["error"].as_str().map(str::to_owned);
    (answer.status, error.expect("is told"))
}
