//! The inventory behind the gateway.

mod devices;
mod faults;
mod tokens;

use crate::{connection::Answer, server::Server};

pub const DEVICES: &str = "/gateway/inventory/v1alpha/inventory/devices";
pub const TOKEN: &str = "/gateway/inventory-auth/oauth/v2/token";
pub const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
pub const NAMESPACE: &str = "project:01ABCDEFGHIJKLMNOPQRSTUVWX";
pub const SECRET: &str = "Vw3kQz8TnR5bLx2JdHs7GfPc9YmA";

/// The documented form, with the id as it is sent.
pub fn form(client: &str, secret: &str) -> String {
    format!("grant_type=client_credentials&client_id={client}&client_secret={secret}&scope=openid")
}

pub fn ask(server: &Server, body: &str) -> Answer {
    server.raw("POST", TOKEN, &[FORM], body)
}

pub fn token(server: &Server) -> String {
    let answer = ask(server, &form("demo-user%40demo-org", SECRET));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["access_token"]
        .as_str()
        .expect("has a token")
        .to_owned()
}

/// The list with a token and a namespace of choice.
pub fn devices(server: &Server, token: &str, namespace: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [
        ("Authorization", bearer.as_str()),
        ("X-Verve-Namespace", namespace),
    ];
    server.raw("POST", DEVICES, &headers, "{}")
}
