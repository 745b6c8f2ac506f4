//! Tests of what was saved: each outcome, met over a real connection.

use super::{ACME, KEY, SALES, SIGNALS, USER, call, credentials, error, of, put};
use crate::server::Server;
use serde_json::{Value, json};

const TEST: &str = "oauth-client-credentials/test";

/// Saves with these changes and tests.
fn tried(server: &Server, changes: &Value) -> Value {
    let body = credentials(server, changes);
    let saved = put(server, &of(SALES, "oauth-client-credentials"), &body);
    assert_eq!(saved.status, 200, "{changes}: {}", saved.text());
    let answer = call(
        server,
        USER,
        "POST",
        &of(SALES, TEST),
        &json!({"organization_id": ACME}),
    );
    assert_eq!(answer.status, 200, "{changes}: {}", answer.text());
    let told = answer.json();
    assert!(told["latency_ms"].is_u64(), "{told}");
    told
}

#[test]
fn what_is_saved_decides_the_outcome() {
    let server = Server::demo();
    server.tell("registry", &json!({"per_hour": 1000}));
    for id in ["demo-client", "basic-only", "$ENV:ADCP_OAUTH_DEMO_ID"] {
        let told = tried(&server, &json!({"client_id": id}));
        assert_eq!(
            (&told["ok"], told.get("error")),
            (&json!(true), None),
            "{id}"
        );
    }
    for changes in [
        json!({"client_id": "body-only", "auth_method": "body"}),
        json!({"client_secret": "$ENV:ADCP_OAUTH_DEMO_SECRET"}),
    ] {
        assert_eq!(tried(&server, &changes)["ok"], true, "{changes}");
    }
    for (changes, kind, code, status) in [
        (
            json!({"client_secret": "typo"}),
            "oauth",
            json!("invalid_client"),
            json!(401),
        ),
        (
            json!({"client_id": "nobody"}),
            "oauth",
            json!("invalid_client"),
            json!(401),
        ),
        (
            json!({"client_id": "invalid_client"}),
            "oauth",
            json!("invalid_client"),
            json!(400),
        ),
        (
            json!({"client_id": "invalid_scope"}),
            "oauth",
            json!("invalid_scope"),
            json!(400),
        ),
        (
            json!({"client_id": "invalid_request"}),
            "oauth",
            json!("invalid_request"),
            json!(400),
        ),
        (
            json!({"client_id": "invalid_grant"}),
            "oauth",
            json!("invalid_grant"),
            json!(400),
        ),
        (
            json!({"client_id": "invalid_target"}),
            "oauth",
            json!("invalid_target"),
            json!(400),
        ),
        (
            json!({"client_id": "unauthorized_client"}),
            "oauth",
            json!("unauthorized_client"),
            json!(400),
        ),
        (
            json!({"client_id": "not-found"}),
            "malformed",
            Value::Null,
            json!(404),
        ),
        (
            json!({"client_id": "not-allowed"}),
            "malformed",
            Value::Null,
            json!(405),
        ),
        (
            json!({"client_id": "bad-gateway"}),
            "malformed",
            Value::Null,
            json!(502),
        ),
        (
            json!({"client_id": "body-only"}),
            "malformed",
            Value::Null,
            json!(401),
        ),
        (
            json!({"client_id": "no-token"}),
            "malformed",
            Value::Null,
            json!(200),
        ),
        (
            json!({"client_id": "not-json"}),
            "malformed",
            Value::Null,
            json!(200),
        ),
        (
            json!({"client_id": "redirect"}),
            "network",
            Value::Null,
            json!(302),
        ),
        (
            json!({"client_id": "hang-up"}),
            "network",
            Value::Null,
            Value::Null,
        ),
        (
            json!({"token_endpoint": "http://auth.example/token"}),
            "malformed",
            Value::Null,
            Value::Null,
        ),
        (
            json!({"token_endpoint": "https://u:p@auth.example/token"}),
            "malformed",
            Value::Null,
            Value::Null,
        ),
        (
            json!({"token_endpoint": "https://auth.example/token"}),
            "network",
            Value::Null,
            Value::Null,
        ),
    ] {
        let told = tried(&server, &changes);
        let error = &told["error"];
        assert_eq!(told["ok"], false, "{changes}");
        assert_eq!(
            (&error["kind"], &error["oauth_error"]),
            (&json!(kind), &code),
            "{changes}"
        );
        assert_eq!(error["http_status"], status, "{changes}");
        assert!(error["message"].is_string(), "{changes}");
    }
}

#[test]
fn foreign_words_are_told_as_they_are_without_control_characters() {
    let server = Server::demo();
    let told = tried(&server, &json!({"client_id": "long-words"}));
    let words = told["error"]["oauth_error_description"]
        .as_str()
        .expect("is told");
    assert!(
        words.starts_with("<img src=x onerror=alert(1)>long"),
        "{words}"
    );
    assert_eq!(words.chars().count(), 201);
}

#[test]
fn a_test_is_judged_in_the_servers_order() {
    let server = Server::demo();
    let test = |token: &str, agent: &str, body: &Value| {
        error(&call(&server, token, "POST", &of(agent, TEST), body))
    };
    let odd = json!({"organization_id": ""});
    assert_eq!(test("nobody", "https://10.0.0.1", &odd).0, 401);
    assert_eq!(test(USER, "https://10.0.0.1", &odd).1, "Invalid agent URL");
    assert_eq!(test(USER, "https://unknown.example", &odd).0, 400);
    let words = "You do not have permission to test this agent".to_owned();
    assert_eq!(
        test(USER, "https://unknown.example", &Value::Null),
        (403, words.clone())
    );
    assert_eq!(test(KEY, SIGNALS, &Value::Null), (403, words));
    assert_eq!(test(USER, SALES, &Value::Null).0, 404);
    let unset = credentials(&server, &json!({"client_secret": "$ENV:ADCP_OAUTH_UNSET"}));
    put(&server, &of(SALES, "oauth-client-credentials"), &unset);
    let words = "Failed to test OAuth client credentials".to_owned();
    assert_eq!(test(USER, SALES, &Value::Null), (500, words));
}

#[test]
fn a_fault_at_the_token_endpoint_is_met_by_the_test() {
    let server = Server::demo();
    let seeded = || call(&server, USER, "POST", &of(SIGNALS, TEST), &Value::Null).json();
    assert_eq!(seeded()["ok"], true);
    server.tell(
        "faults",
        &json!({"path": "/demo/token", "fault": "drop-before"}),
    );
    assert_eq!(seeded()["error"]["kind"], "network");
    server.tell(
        "faults",
        &json!({"path": "/demo/token", "fault": "html", "status": 503}),
    );
    assert_eq!(seeded()["error"]["http_status"], 503);
    server.tell(
        "faults",
        &json!({"path": "/demo/token", "fault": "delay", "delay_ms": 120}),
    );
    assert!(seeded()["latency_ms"].as_u64().expect("is told") >= 120);
}
