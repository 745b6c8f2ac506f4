//! Faults, resets and mistakes in switches.

use super::{NAMESPACE, SECRET, ask, devices, form, token};
use crate::server::Server;
use serde_json::{Value, json};

const PATH: &str = "inventory/v1alpha/inventory/devices";
const TOKEN: &str = "inventory-auth/oauth/v2/token";

#[test]
fn a_status_comes_in_the_words_of_the_api() {
    let server = Server::demo();
    let token = token(&server);
    for (status, code) in [
        (400, 3),
        (401, 16),
        (403, 7),
        (404, 5),
        (409, 6),
        (418, 2),
        (429, 8),
        (500, 13),
        (503, 14),
    ] {
        server.tell(
            "faults",
            &json!({"path": PATH, "fault": "status", "status": status, "retry_after": 9}),
        );
        let answer = devices(&server, &token, NAMESPACE);
        assert_eq!(
            (answer.status, answer.json()["code"].as_u64()),
            (status, Some(code))
        );
        assert_eq!(answer.header("retry-after"), Some("9"));
    }
    server.tell("faults", &json!({"path": "inventory/*", "fault": "panic"}));
    let answer = devices(&server, &token, NAMESPACE);
    assert_eq!(
        (answer.status, answer.json()["code"].as_u64()),
        (500, Some(13))
    );
    for (status, error) in [
        (400, "invalid_request"),
        (401, "invalid_client"),
        (500, "server_error"),
    ] {
        server.tell(
            "faults",
            &json!({"path": TOKEN, "fault": "status", "status": status}),
        );
        let answer = ask(&server, &form("demo-user%40demo-org", SECRET));
        assert_eq!(
            (answer.status, answer.json()["error"].as_str()),
            (status, Some(error))
        );
    }
    assert_eq!(devices(&server, &token, NAMESPACE).status, 200);
}

#[test]
fn answers_are_garbled_in_their_own_shapes() {
    let server = Server::demo();
    let token = token(&server);
    let struck = |fault: &str| {
        server.tell("faults", &json!({"path": PATH, "fault": fault}));
        devices(&server, &token, NAMESPACE)
    };
    assert!(struck("wrong-types").json()["devices"][0]["metadata"]["id"].is_number());
    assert!(serde_json::from_slice::<Value>(&struck("truncated").body).is_err());
    assert_eq!(struck("html").status, 502);
    let empty = struck("empty");
    assert_eq!((empty.status, empty.body.len()), (200, 0));
    assert_eq!(
        struck("login-redirect").header("location"),
        Some("/_sandbox/login")
    );
    server.tell("faults", &json!({"path": TOKEN, "fault": "wrong-types"}));
    let garbled = ask(&server, &form("demo-user%40demo-org", SECRET)).json();
    assert_eq!(
        (&garbled["access_token"], &garbled["expires_in"]),
        (&json!(5), &json!("43199"))
    );
}

#[test]
fn a_reset_forgets_tokens_and_switches_and_mistakes_are_named() {
    let server = Server::demo();
    let before = token(&server);
    server.tell(
        "inventory",
        &json!({"devices": "lines", "foreign_project": 404}),
    );
    server.tell("reset", &json!({"inventory": {"devices": "empty"}}));
    assert_eq!(devices(&server, &before, NAMESPACE).status, 401);
    assert_eq!(devices(&server, &token(&server), NAMESPACE).body.len(), 0);
    server.tell("reset", &json!({}));
    let fresh = token(&server);
    assert_eq!(devices(&server, &fresh, NAMESPACE).text(), "{}");
    assert_eq!(
        devices(&server, &fresh, "project:01ABCDEFGHIJKLMNOPQRSTUVWY").status,
        403
    );
    for (body, word) in [
        (json!({"device": "lines"}), "device"),
        (json!({"devices": "all"}), "all"),
        (
            json!({"devices": "lines", "forget": ["sessions"]}),
            "sessions",
        ),
    ] {
        let answer = server.control("POST", "inventory", &body);
        assert_eq!(answer.status, 400, "{body}");
        let told = answer.json()["error"].take();
        assert!(
            told.as_str().is_some_and(|text| text.contains(word)),
            "{told}"
        );
    }
    let reset = server.control("POST", "reset", &json!({"inventory": {"device": "lines"}}));
    assert_eq!(reset.status, 400);
    assert_eq!(devices(&server, &token(&server), NAMESPACE).text(), "{}");
}
