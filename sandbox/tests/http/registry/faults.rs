//! Faults strike the registry in its own shapes.

use super::{SALES, USER, call, error, get, of, put, status};
use crate::{connection::End, server::Server};
use serde_json::{Value, json};

#[test]
fn a_status_comes_in_the_registrys_own_words() {
    let server = Server::demo();
    let connect = of(SALES, "connect");
    for (told, words) in [
        (401, "Authentication required"),
        (403, "You do not have permission to modify this agent"),
        (413, "Request body too large"),
        (429, "Too many requests"),
        (500, "Internal server error"),
        (503, "Service temporarily unavailable"),
    ] {
        let fault = json!({"path": "api/registry/agents/*/connect", "method": "PUT", "fault": "status",
            "status": told, "retry_after": 7});
        server.tell("faults", &fault);
        let answer = put(&server, &connect, &json!({}));
        assert_eq!(error(&answer), (told, words.to_owned()));
        assert_eq!(answer.header("retry-after"), Some("7"));
    }
    server.tell(
        "faults",
        &json!({"path": "token", "fault": "status", "status": 429}),
    );
    let answer = call(&server, USER, "POST", "token", &Value::Null);
    assert_eq!(error(&answer), (429, "too_many_requests".to_owned()));
    server.tell("faults", &json!({"path": "api/me", "fault": "panic"}));
    let answer = get(&server, "api/me");
    assert_eq!(error(&answer), (500, "Internal server error".to_owned()));
    assert_eq!(get(&server, "api/me").status, 200, "it goes on");
    // On the second port the same pattern fits the same endpoint.
    server.tell("faults", &json!({"path": "register", "fault": "html"}));
    let answer = crate::server::once(server.auth, "POST", "/register", &[], "");
    assert_eq!(answer.status, 502);
}

#[test]
fn garbled_answers_have_the_registrys_shapes() {
    let server = Server::demo();
    let connect = of(SALES, "connect");
    server.tell(
        "faults",
        &json!({"path": "*/connect", "fault": "wrong-types"}),
    );
    let answer = put(&server, &connect, &json!({})).json();
    assert_eq!(
        (&answer["connected"], &answer["agent_context_id"]),
        (&json!("yes"), &json!(36))
    );
    assert_eq!(
        status(&server, SALES)["agent_context_id"],
        Value::Null,
        "it was not carried out"
    );
    server.tell("faults", &json!({"path": "*/connect", "fault": "empty"}));
    let answer = put(&server, &connect, &json!({}));
    assert_eq!((answer.status, answer.body.len()), (200, 0));
    server.tell("faults", &json!({"path": "register", "fault": "empty"}));
    assert_eq!(
        call(&server, USER, "POST", "register", &json!({})).status,
        201
    );
    server.tell(
        "faults",
        &json!({"path": "*/connect", "fault": "drop", "after": true}),
    );
    assert_eq!(put(&server, &connect, &json!({})).end, End::Reset);
    assert_ne!(
        status(&server, SALES)["agent_context_id"],
        Value::Null,
        "it was carried out"
    );
    server.tell("faults", &json!({"path": "api/me", "fault": "truncated"}));
    assert!(serde_json::from_slice::<Value>(&get(&server, "api/me").body).is_err());
}

#[test]
fn the_log_keeps_no_secret_of_the_registry() {
    let server = Server::demo();
    let body = super::credentials(&server, &json!({"client_secret": "s3cret-canary"}));
    put(&server, &of(SALES, "oauth-client-credentials"), &body);
    put(
        &server,
        &of(SALES, "connect"),
        &json!({"auth_token": "t0ken-canary"}),
    );
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let sent = "grant_type=authorization_code&code=c0de-canary&code_verifier=v3rifier-canary\
                &client_id=7&refresh_token=r3fresh-canary";
    server.raw("POST", "/gateway/registry/token", &[form], sent);
    let log = server.requests();
    let token = log.last().expect("is logged");
    assert_eq!(token["body"]["grant_type"], "authorization_code");
    assert_eq!(token["body"]["code"]["length"], 11);
    assert!(!Value::Array(log).to_string().contains("canary"));
}
