//! Registration of clients.

use super::{FORM, authorize, client, register};
use crate::server::{Server, once};
use serde_json::json;

#[test]
fn a_public_client_gets_an_id_and_no_secret() {
    let server = Server::demo();
    let body = json!({"redirect_uris": ["https://a.example/cb"], "token_endpoint_auth_method": "none",
        "client_name": "A", "unknown": 1});
    let answer = register(&server, &body);
    assert_eq!(answer.status, 201);
    let told = answer.json();
    assert_eq!(told["client_id"].as_str().map(str::len), Some(36));
    assert!(told["client_id_issued_at"].is_u64());
    assert_eq!(told["redirect_uris"], json!(["https://a.example/cb"]));
    assert_eq!(
        (told.get("client_secret"), told.get("unknown")),
        (None, None)
    );
    assert_ne!(
        told["client_id"],
        register(&server, &body).json()["client_id"]
    );
    let gateway = server.raw(
        "POST",
        "/gateway/registry/register",
        &[("Content-Type", "application/json")],
        &body.to_string(),
    );
    assert_eq!(gateway.status, 201);
}

#[test]
fn any_other_client_gets_a_secret_that_ends() {
    let server = Server::demo();
    let told = register(&server, &json!({"redirect_uris": ["https://a.example/cb"]})).json();
    assert!(told["client_secret"].is_string());
    let lasts = told["client_secret_expires_at"].as_i64().expect("is told")
        - told["client_id_issued_at"].as_i64().expect("is told");
    assert_eq!(lasts, 30 * 24 * 60 * 60);
}

#[test]
fn what_cannot_be_registered_is_refused() {
    let server = Server::demo();
    for body in [
        json!({}),
        json!([]),
        json!({"redirect_uris": "https://a.example"}),
        json!({"redirect_uris": [1]}),
        json!({"redirect_uris": ["not an address"]}),
        json!({"redirect_uris": ["javascript:alert(1)"]}),
        json!({"redirect_uris": ["data:text/html,x"]}),
        json!({"redirect_uris": ["vbscript:x"]}),
        json!({"redirect_uris": ["https://a.example"], "client_name": 1}),
    ] {
        let answer = register(&server, &body);
        assert_eq!(answer.status, 400, "{body}");
        assert_eq!(answer.json()["error"], "invalid_client_metadata", "{body}");
    }
    for fine in [
        "http://a.example/cb",
        "app.example:/cb",
        "http://127.0.0.1:1/cb",
    ] {
        let body = json!({"redirect_uris": [fine], "token_endpoint_auth_method": "none"});
        assert_eq!(register(&server, &body).status, 201, "{fine}");
    }
    let empty = once(server.auth, "POST", "/register", &[FORM], "");
    assert_eq!(empty.status, 400);
}

#[test]
fn registration_can_be_refused_and_clients_forgotten() {
    let server = Server::demo();
    let id = client(&server);
    server.tell("registry", &json!({"registration_refused": true}));
    let body =
        json!({"redirect_uris": ["https://a.example/cb"], "token_endpoint_auth_method": "none"});
    assert_eq!(
        register(&server, &body).json()["error"],
        "invalid_client_metadata"
    );
    assert_eq!(
        authorize(&server, &id, &[]).status,
        200,
        "a known client is no matter of that"
    );
    server.tell(
        "registry",
        &json!({"registration_refused": false, "forget": ["clients"]}),
    );
    let answer = authorize(&server, &id, &[]);
    assert_eq!(
        (answer.status, answer.json()["error"].as_str()),
        (400, Some("invalid_client"))
    );
    let token = super::redeem(&server, &id, "code", super::VERIFIER);
    assert_eq!(
        (token.status, token.json()["error"].as_str()),
        (400, Some("invalid_client"))
    );
    assert_eq!(register(&server, &body).status, 201);
}
