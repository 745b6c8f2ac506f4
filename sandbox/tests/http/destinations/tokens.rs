//! Tokens for an id and a secret, and what becomes of them.

use super::{CLIENT, PREFIX, SECRET, TOKEN, get, switch, with};
use crate::{connection::Answer, server::Server};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const SCOPES: &str =
    "openid,session,AdobeID,read_organizations,additional_info.projectedProductContext";

fn ask(server: &Server, body: &str) -> Answer {
    server.raw("POST", "/gateway/ims/ims/token/v3", &[FORM], body)
}

fn form(client: &str, secret: &str, scope: &str) -> String {
    format!("grant_type=client_credentials&client_id={client}&client_secret={secret}&scope={scope}")
}

fn token(server: &Server) -> String {
    let answer = ask(server, &form(CLIENT, SECRET, SCOPES));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["access_token"]
        .as_str()
        .expect("has a token")
        .to_owned()
}

fn list(server: &Server, token: &str) -> u16 {
    let bearer = format!("Bearer {token}");
    let path = format!("{PREFIX}credentials");
    server
        .raw("GET", &path, &with("Authorization", Some(&bearer)), "")
        .status
}

#[test]
fn a_client_gets_a_token_that_works() {
    let server = Server::demo();
    let answer = ask(&server, &form(CLIENT, SECRET, SCOPES));
    let told = answer.json();
    assert_eq!(
        (answer.status, &told["token_type"], &told["expires_in"]),
        (200, &json!("bearer"), &json!(86_399))
    );
    let first = told["access_token"].as_str().expect("has a token");
    assert_eq!(list(&server, first), 200);
    let second = token(&server);
    assert!(second != first && list(&server, &second) == 200 && list(&server, first) == 200);
    assert_eq!(
        ask(&server, &form(CLIENT, SECRET, "openid%2CAdobeID")).status,
        200
    );
    let log = server.requests();
    let entry = &log[0];
    assert_eq!(entry["body"]["client_id"], CLIENT);
    assert_eq!(entry["body"]["client_secret"]["length"], SECRET.len());
    assert_eq!(entry["raw"], form(CLIENT, "***", SCOPES));
    assert!(!Value::Array(log).to_string().contains(SECRET));
}

#[test]
fn refusals_say_which_parameter_it_is() {
    let server = Server::demo();
    let right = form(CLIENT, SECRET, SCOPES);
    for (body, status, error, word) in [
        (
            form("nobody", SECRET, SCOPES),
            401,
            "invalid_client",
            "invalid client_id parameter",
        ),
        (
            form(CLIENT, "wrong", SCOPES),
            401,
            "invalid_client",
            "invalid client_secret parameter",
        ),
        (
            form(CLIENT, "", SCOPES),
            401,
            "invalid_client",
            "invalid client_secret parameter",
        ),
        (form(CLIENT, SECRET, ""), 400, "invalid_scope", "scope"),
        (
            form(CLIENT, SECRET, "openid,everything"),
            400,
            "invalid_scope",
            "scope",
        ),
        (
            form(CLIENT, SECRET, "openid+session"),
            400,
            "invalid_scope",
            "scope",
        ),
        (
            right.replace("client_credentials", "password"),
            400,
            "unsupported_grant_type",
            "grant_type",
        ),
        (
            right.replace("grant_type", "grant"),
            400,
            "invalid_request",
            "grant_type",
        ),
        (String::new(), 400, "invalid_request", "grant_type"),
    ] {
        let answer = ask(&server, &body);
        let told = answer.json();
        assert_eq!(
            (answer.status, told["error"].as_str()),
            (status, Some(error)),
            "{body}"
        );
        assert!(
            told["error_description"]
                .as_str()
                .is_some_and(|words| words.contains(word)),
            "{told}"
        );
    }
    switch(&server, &json!({"token_refusal": 400}));
    assert_eq!(ask(&server, &form(CLIENT, "wrong", SCOPES)).status, 400);
    let path = "/gateway/ims/ims/token/v3";
    let json = ("Content-Type", "application/json");
    assert_eq!(
        server.raw("POST", path, &[json], "{}").json()["error"],
        "invalid_request"
    );
    // The secret must not stand in an address.
    assert_eq!(
        server
            .raw("POST", &format!("{path}?{right}"), &[FORM], "")
            .status,
        400
    );
    assert_eq!(server.get(path).status, 405);
    assert_eq!(server.get("/gateway/ims/ims/token/v2").status, 404);
}

#[test]
fn a_token_ends_when_its_time_is_over_or_all_are_forgotten() {
    let server = Server::demo();
    switch(&server, &json!({"token_lifetime": 1}));
    let short = token(&server);
    assert_eq!(list(&server, &short), 200);
    let start = Instant::now();
    while list(&server, &short) == 200 && start.elapsed() < Duration::from_secs(5) {
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(list(&server, &short), 401);
    switch(&server, &json!({"token_lifetime": 0}));
    assert_eq!(list(&server, &token(&server)), 401);
    switch(&server, &json!({"token_lifetime": 60}));
    let longer = token(&server);
    assert_eq!((list(&server, &longer), list(&server, TOKEN)), (200, 200));
    switch(&server, &json!({"forget": ["tokens"]}));
    assert_eq!((list(&server, &longer), list(&server, TOKEN)), (401, 401));
    assert_eq!(list(&server, &token(&server)), 200);
}

#[test]
fn a_lifetime_is_told_as_it_was_switched() {
    let server = Server::demo();
    for (word, told) in [
        ("milliseconds", json!(86_399_000)),
        ("absent", Value::Null),
        ("zero", json!(0)),
        ("text", json!("86399")),
        ("seconds", json!(86_399)),
    ] {
        switch(&server, &json!({ "expires_in": word }));
        let answer = ask(&server, &form(CLIENT, SECRET, SCOPES)).json();
        assert_eq!(answer["expires_in"], told, "{word}");
        assert_eq!(answer.get("expires_in").is_some(), word != "absent");
    }
    switch(&server, &json!({"token_lifetime": 300}));
    assert_eq!(
        ask(&server, &form(CLIENT, SECRET, SCOPES)).json()["expires_in"],
        300
    );
}

#[test]
fn too_many_tokens_are_too_many() {
    let server = Server::demo();
    switch(&server, &json!({"tokens_per_minute": 1}));
    let first = token(&server);
    let answer = ask(&server, &form(CLIENT, SECRET, SCOPES));
    assert_eq!(
        (answer.status, answer.json()["error"].as_str()),
        (429, Some("too_many_requests"))
    );
    assert!(
        answer
            .header("retry-after")
            .is_some_and(|wait| wait.parse().is_ok_and(|wait: u64| wait > 0))
    );
    assert_eq!(list(&server, &first), 200, "the one that is there goes on");
    assert_eq!(
        ask(&server, &form(CLIENT, "wrong", SCOPES)).status,
        401,
        "a wrong secret is told first"
    );
    assert_eq!(get(&server, "credentials").status, 200);
}
