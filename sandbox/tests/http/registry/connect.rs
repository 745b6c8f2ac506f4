//! Typed tokens, and the place that is made for a consent.

use super::{ACME, SALES, SHADOWED, SIGNALS, USER, call, error, of, put, status};
use crate::server::Server;
use serde_json::{Value, json};

#[test]
fn a_token_is_saved_and_an_empty_body_only_makes_the_place() {
    let server = Server::demo();
    let empty = put(&server, &of(SALES, "connect"), &json!({})).json();
    assert_eq!(empty["has_auth"], false);
    assert_eq!(empty.get("refresh"), None);
    assert_eq!(
        status(&server, SALES)["agent_context_id"],
        empty["agent_context_id"]
    );
    let body = json!({"auth_token": "t-123", "organization_id": ACME});
    let saved = put(&server, &of(SALES, "connect"), &body).json();
    assert_eq!(
        (&saved["has_auth"], &saved["refresh"]["online"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(status(&server, SALES)["auth_type"], "bearer");
    // The empty text clears nothing, and client credentials do not count here.
    let kept = put(&server, &of(SALES, "connect"), &json!({"auth_token": ""})).json();
    assert_eq!(
        (&kept["has_auth"], kept.get("refresh")),
        (&json!(true), None)
    );
    let other = put(&server, &of(SIGNALS, "connect"), &json!({})).json();
    assert_eq!(other["has_auth"], false);
}

#[test]
fn a_connect_is_judged_in_the_servers_order() {
    let server = Server::demo();
    let connect = |agent: &str, body: &Value| error(&put(&server, &of(agent, "connect"), body));
    let odd = json!({"auth_token": 1, "organization_id": ""});
    assert_eq!(connect("https://10.0.0.1", &odd).1, "Invalid agent URL");
    assert_eq!(
        connect(SALES, &Value::Null),
        (500, "Failed to connect agent".to_owned())
    );
    assert_eq!(
        connect(SALES, &odd),
        (400, "auth_token must be a string".to_owned())
    );
    let odd = json!({"auth_token": "x", "organization_id": 1});
    let words = "organization_id must be a non-empty organization ID";
    assert_eq!(
        connect("https://unknown.example", &odd),
        (400, words.to_owned())
    );
    let (status, _) = connect("https://unknown.example", &json!({"auth_token": "x"}));
    assert_eq!(status, 403);
}

#[test]
fn disconnecting_is_known_only_where_it_is_switched_on() {
    let server = Server::demo();
    let delete = |path: &str, token: &str| call(&server, token, "DELETE", path, &Value::Null);
    let path = of(SHADOWED, "connect?org=org_acme");
    let unknown = delete(&path, "nobody");
    assert_eq!(unknown.status, 404);
    assert!(unknown.text().contains("Cannot DELETE"));

    server.tell("registry", &json!({"connect_delete": true}));
    assert_eq!(delete(&path, "nobody").status, 401);
    assert_eq!(delete(&of(SHADOWED, "connect?org="), USER).status, 400);
    assert_eq!(
        delete(&of("https://unknown.example", "connect"), USER).status,
        403
    );
    for _ in 0..2 {
        assert_eq!(delete(&path, USER).status, 204);
        assert_eq!(
            status(&server, SHADOWED)["auth_type"],
            "oauth_client_credentials"
        );
    }
    // Nothing is stored, and nothing is made.
    assert_eq!(delete(&of(SALES, "connect"), USER).status, 204);
    assert_eq!(status(&server, SALES)["agent_context_id"], Value::Null);
}
