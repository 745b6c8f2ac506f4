//! Every fault, seen from the other end of the wire.

use crate::{
    connection::{Connection, End},
    server::{BUYER, MAIN, Server, key},
};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const LIST: &str = "buyer/storefronts/credentials";

fn count(server: &Server) -> usize {
    server.credentials(BUYER).len()
}

#[test]
fn a_delay_is_only_that() {
    let server = Server::demo();
    server.tell(
        "faults",
        &json!({"method": "GET", "path": LIST, "fault": "delay", "delay_ms": 120}),
    );
    let begun = Instant::now();
    assert_eq!(count(&server), 3);
    assert!(begun.elapsed() >= Duration::from_millis(120));
    assert_eq!(
        server.control("GET", "faults", &Value::Null).json()["planned"],
        0
    );
}

#[test]
fn a_drop_is_half_an_answer_and_a_reset() {
    let server = Server::demo();
    server.tell("faults", &json!({"path": LIST, "fault": "drop"}));
    let answer = server.read(LIST);
    let length: usize = answer
        .header("content-length")
        .and_then(|text| text.parse().ok())
        .expect("says its length");
    assert_eq!(
        (answer.status, answer.end, answer.body.len()),
        (200, End::Reset, length / 2)
    );
    assert_eq!(server.read(LIST).end, End::Whole);
}

#[test]
fn a_dropped_registration_may_or_may_not_have_been_carried_out() {
    let server = Server::demo();
    for (after, rows) in [(false, 3), (true, 4)] {
        server.tell(
            "faults",
            &json!({"method": "POST", "path": MAIN, "fault": "drop", "after": after}),
        );
        let answer = server.register(BUYER, MAIN, &key("dropped"));
        assert_eq!(
            (answer.status, answer.end),
            (201, End::Reset),
            "after: {after}"
        );
        assert_eq!(count(&server), rows, "after: {after}");
    }
}

#[test]
fn a_drop_before_the_headers_meets_a_new_connection() {
    let server = Server::demo();
    let mut idle = Connection::open(server.console);
    idle.send("GET", "/boot.js", &[], "");
    assert_eq!(idle.receive().status, 200);
    server.tell(
        "faults",
        &json!({"method": "POST", "path": MAIN, "fault": "drop-before"}),
    );
    let closed = idle.receive();
    assert_eq!(
        (closed.status, closed.end),
        (0, End::Short),
        "an idle connection is closed at once"
    );
    let mut kept = Connection::open(server.console);
    kept.send("GET", "/boot.js", &[], "");
    assert_eq!(kept.receive().header("connection"), Some("close"));

    let answer = server.register(BUYER, MAIN, &key("gone"));
    assert_eq!((answer.status, answer.body.len()), (0, 0));
    assert_eq!(count(&server), 3);
    let mut kept = Connection::open(server.console);
    kept.send("GET", "/boot.js", &[], "");
    assert_eq!(
        kept.receive().header("connection"),
        None,
        "and connections are kept again afterwards"
    );

    server.tell(
        "faults",
        &json!({"method": "POST", "path": MAIN, "fault": "drop-before", "after": true}),
    );
    assert_eq!(server.register(BUYER, MAIN, &key("gone")).status, 0);
    assert_eq!(count(&server), 4);
}

#[test]
fn a_status_comes_in_the_envelope() {
    let server = Server::demo();
    for (status, code) in [
        (500, "INTERNAL_ERROR"),
        (503, "SERVICE_UNAVAILABLE"),
        (403, "FORBIDDEN"),
        (409, "CONFLICT"),
    ] {
        server.tell(
            "faults",
            &json!({"path": LIST, "fault": "status", "status": status}),
        );
        let answer = server.read(LIST);
        assert_eq!(
            (i64::from(answer.status), answer.error()["code"].as_str()),
            (status, Some(code))
        );
    }
    server.tell(
        "faults",
        &json!({"path": LIST, "fault": "status", "status": 429, "retry_after": 7}),
    );
    let limited = server.read(LIST);
    assert_eq!(
        (limited.status, limited.header("retry-after")),
        (429, Some("7"))
    );
    assert_eq!(
        limited.error(),
        json!({"code": "RATE_LIMITED", "message": "Too many requests"})
    );

    let error =
        json!({"code": "INVALID_STATE", "message": "The agent is not active", "field": "auth"});
    server.tell(
        "faults",
        &json!({"path": LIST, "fault": "status", "status": 400, "error": error}),
    );
    assert_eq!(server.read(LIST).error(), error);
    let body = json!({"error": "Authentication required", "message": "API key required"});
    server.tell(
        "faults",
        &json!({"path": LIST, "fault": "status", "status": 401, "body": body}),
    );
    assert_eq!(server.read(LIST).json(), body);
}

#[test]
fn html_comes_from_a_proxy() {
    let server = Server::demo();
    for (given, status) in [(json!(null), 502), (json!(504), 504), (json!(200), 200)] {
        server.tell(
            "faults",
            &json!({"path": LIST, "fault": "html", "status": given}),
        );
        let answer = server.read(LIST);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (status, Some("text/html; charset=utf-8"))
        );
        assert!(answer.text().starts_with("<html>"));
    }
}

#[test]
fn truncated_json_has_a_length_that_fits() {
    let server = Server::demo();
    let whole = server.read(LIST).text();
    server.tell("faults", &json!({"path": LIST, "fault": "truncated"}));
    let answer = server.read(LIST);
    assert_eq!((answer.status, answer.end), (200, End::Whole));
    assert_eq!(answer.text(), whole[..whole.len() / 2]);
    server.tell(
        "faults",
        &json!({"method": "POST", "path": MAIN, "fault": "truncated"}),
    );
    let posted = server.register(BUYER, MAIN, &key("a"));
    assert_eq!((posted.status, posted.end), (201, End::Whole));
    assert!(serde_json::from_slice::<Value>(&posted.body).is_err());
    assert_eq!(count(&server), 3);
}

#[test]
fn wrong_types_keep_the_structure() {
    let server = Server::demo();
    server.tell(
        "faults",
        &json!({"path": "buyer/storefronts/42", "fault": "wrong-types"}),
    );
    let data = server.read("buyer/storefronts/42").data();
    assert_eq!(
        (&data["id"], &data["name"], &data["connected"]),
        (&json!("42"), &json!(22), &json!("no"))
    );
    assert!(data["channels"][0].is_number());
}

#[test]
fn empty_is_a_success_with_nothing_in_it() {
    let server = Server::demo();
    server.tell(
        "faults",
        &json!({"path": "*", "fault": "empty", "count": 2}),
    );
    let read = server.read(LIST);
    assert_eq!(
        (read.status, read.body.len(), read.end),
        (200, 0, End::Whole)
    );
    let posted = server.register(BUYER, MAIN, &key("a"));
    assert_eq!((posted.status, posted.body.len()), (201, 0));
    assert_eq!(count(&server), 3);
}

#[test]
fn a_redirect_leads_to_a_login_page_on_the_same_origin() {
    let server = Server::demo();
    server.tell("faults", &json!({"path": LIST, "fault": "login-redirect"}));
    let answer = server.read(LIST);
    assert_eq!(
        (answer.status, answer.header("location")),
        (302, Some("/_sandbox/login"))
    );
    assert!(
        server
            .get("/_sandbox/login")
            .text()
            .contains("<h1>Sign in</h1>")
    );
}

#[test]
fn one_panic_does_not_end_the_server() {
    let server = Server::demo();
    server.tell("faults", &json!({"path": LIST, "fault": "panic"}));
    let answer = server.read(LIST);
    assert_eq!(
        (answer.status, answer.error()["code"].as_str()),
        (500, Some("INTERNAL_ERROR"))
    );
    assert_eq!(count(&server), 3);
}

#[test]
fn faults_strike_what_they_name_as_often_as_told_and_can_be_called_off() {
    let server = Server::demo();
    server.tell(
        "faults",
        &json!({"method": "POST", "path": "buyer/*/credentials", "fault": "html", "count": 2}),
    );
    assert_eq!(server.read(LIST).status, 200);
    assert_eq!(server.register(BUYER, MAIN, &key("a")).status, 502);
    assert_eq!(server.register(BUYER, MAIN, &key("a")).status, 502);
    assert_eq!(server.register(BUYER, MAIN, &key("a")).status, 201);
    server.tell(
        "faults",
        &json!({"path": "/credenza.json", "fault": "status", "count": 9}),
    );
    assert_eq!(server.get("/credenza.json").status, 500);
    assert_eq!(server.control("DELETE", "faults", &Value::Null).status, 204);
    assert_eq!(server.get("/credenza.json").status, 200);
    let odd = server.control("POST", "faults", &json!({"path": "/", "fault": "flood"}));
    assert!(
        odd.status == 400 && odd.text().contains("login-redirect"),
        "{}",
        odd.text()
    );
}
