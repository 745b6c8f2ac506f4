//! The request log, resets, and the stream that reloads pages.

use crate::{
    connection::Connection,
    server::{BUYER, MAIN, Server, key, once},
};
use serde_json::{Value, json};

/// SHA-256 of `k-123`.
const KEY_HASH: &str = "3605a9e4358da4302f8acea41f0f52cef85d0e3f727c7b020fc7305aec8d56b4";

#[test]
fn requests_are_told_with_fingerprints_for_secrets() {
    let server = Server::demo();
    let path = "/gateway/storefront/buyer/storefronts/42/sources/src%5Fmain/credentials";
    let headers = [
        ("Authorization", "Bearer scope3_demo_buyer"),
        ("Content-Type", "application/json"),
        ("Cookie", "sandbox_session=abc; theme=dark"),
    ];
    let body = json!({"accountIdentifier": "a", "auth": {"type": "api_key", "token": "k-123"}})
        .to_string();
    assert_eq!(
        server
            .raw("POST", &format!("{path}?x=%20y"), &headers, &body)
            .status,
        201
    );
    let log = server.requests();
    assert_eq!(log.len(), 1);
    let entry = &log[0];
    assert_eq!(
        (entry["method"].as_str(), entry["path"].as_str()),
        (Some("POST"), Some(path))
    );
    assert_eq!(entry["query"], "x=%20y");
    assert!(
        entry["at"]
            .as_str()
            .is_some_and(|at| at.ends_with('Z') && at.len() == 24),
        "{entry}"
    );
    let bearer = &entry["headers"]["authorization"];
    assert_eq!(
        (bearer["scheme"].as_str(), bearer["length"].as_u64()),
        (Some("Bearer"), Some(17))
    );
    assert_eq!(entry["headers"]["cookie"]["sandbox_session"]["length"], 3);
    assert_eq!(entry["headers"]["content-type"], "application/json");
    assert_eq!(entry["body"]["accountIdentifier"], "a");
    assert_eq!(
        entry["body"]["auth"]["token"],
        json!({"sha256": KEY_HASH, "length": 5})
    );
    let text = entry.to_string();
    for secret in ["k-123", "scope3_demo_buyer", "abc;", "dark"] {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

#[test]
fn passwords_and_private_keys_are_secrets_too() {
    let server = Server::demo();
    let basic = json!({"accountIdentifier": "a", "auth": {"type": "basic", "username": "u", "password": "hunter2"}});
    server.register(BUYER, MAIN, &basic);
    let jwt = json!({"accountIdentifier": "a", "auth": {"type": "jwt", "privateKey": "hunter3"}});
    server.register(BUYER, MAIN, &jwt);
    let log = server.requests();
    assert_eq!(log[0]["body"]["auth"]["password"]["length"], 7);
    assert_eq!(log[0]["body"]["auth"]["username"], "u");
    assert_eq!(log[1]["body"]["auth"]["privateKey"]["length"], 7);
    assert!(!json!(log).to_string().contains("hunter"));
}

#[test]
fn the_log_has_every_port_and_no_controls_and_can_be_cleared() {
    let server = Server::demo();
    server.get("/storefronts");
    once(
        server.auth,
        "GET",
        "/provider/authorize?state=x",
        &[("Referer", "http://a.example/")],
        "",
    );
    server.control("GET", "faults", &Value::Null);
    let log = server.requests();
    let paths: Vec<_> = log
        .iter()
        .map(|entry| entry["path"].as_str().expect("has a path"))
        .collect();
    assert_eq!(paths, ["/storefronts", "/provider/authorize"]);
    assert_eq!(log[1]["headers"]["referer"], "http://a.example/");
    assert_eq!(log[0]["body"], Value::Null);
    assert_eq!(
        server.control("DELETE", "requests", &Value::Null).status,
        204
    );
    assert!(server.requests().is_empty());
}

#[test]
fn a_struck_request_is_told_as_well() {
    let server = Server::demo();
    server.tell("faults", &json!({"path": MAIN, "fault": "drop-before"}));
    server.register(BUYER, MAIN, &key("a"));
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn too_long_a_body_is_refused() {
    let server = Server::demo();
    let answer = server.register(BUYER, MAIN, &key(&"x".repeat(1_100_000)));
    assert_eq!(answer.status, 413);
}

#[test]
fn a_reset_puts_everything_back() {
    let server = Server::demo();
    let session = server.control("POST", "session", &json!({"as": BUYER}));
    let cookie = session
        .header("set-cookie")
        .and_then(|text| text.split(';').next())
        .expect("is set")
        .to_owned();
    server.register(BUYER, MAIN, &key("a"));
    server.tell("limits", &json!({"per_minute": 7}));
    server.tell(
        "faults",
        &json!({"path": "*", "fault": "html", "count": 100}),
    );
    server.tell("reset", &json!({"scenario": "demo"}));
    assert!(server.requests().is_empty());
    let answer = server.read("buyer/storefronts/credentials");
    assert_eq!(
        (answer.status, answer.header("ratelimit-remaining")),
        (200, Some("99"))
    );
    assert_eq!(answer.data().as_array().map(Vec::len), Some(3));
    let headers = [("X-Credenza", "1"), ("Cookie", cookie.as_str())];
    assert_eq!(
        server
            .raw("GET", "/gateway/storefront/accounts/current", &headers, "")
            .status,
        401
    );

    server.tell("reset", &json!({"scenario": "empty", "per_minute": 500}));
    let empty = server.read("buyer/storefronts");
    assert_eq!(
        (&empty.data()["total"], empty.header("ratelimit-limit")),
        (&json!(0), Some("500"))
    );
    assert_eq!(
        server
            .control("POST", "reset", &json!({"scenario": "nightly"}))
            .status,
        400
    );
    server.tell("reset", &Value::Null);
    assert_eq!(
        server.read("buyer/storefronts").data()["total"],
        7,
        "the scenario of the start"
    );
}

#[test]
fn a_control_that_says_nothing_of_json_is_refused() {
    let server = Server::demo();
    let foreign = server.raw(
        "POST",
        "/_sandbox/reset",
        &[("Content-Type", "text/plain")],
        "{}",
    );
    assert_eq!(foreign.status, 415);
    let odd = server.raw(
        "POST",
        "/_sandbox/limits",
        &[("Content-Type", "application/json")],
        "{",
    );
    assert_eq!(odd.status, 400);
    assert_eq!(server.control("POST", "limits", &json!({})).status, 400);
}

#[test]
fn pages_reload_when_the_site_was_built_anew() {
    let server = Server::with(|setup| setup.watch = true);
    assert_eq!(
        server.get("/storefronts").header("server-timing"),
        Some("reload;desc=\"/_sandbox/reload\"")
    );
    let mut stream = Connection::open(server.console);
    stream.send("GET", "/_sandbox/reload", &[], "");
    let head = stream.read_until("retry: 1000");
    assert!(head.contains("content-type: text/event-stream"), "{head}");
    let index = std::fs::File::options()
        .append(true)
        .open(server.site.join("index.html"))
        .expect("is there");
    let later = std::time::SystemTime::now() + std::time::Duration::from_mins(1);
    index.set_modified(later).expect("takes a time");
    stream.read_until("event: reload");

    let still = Server::demo();
    assert_eq!(still.get("/_sandbox/reload").status, 404);
    assert_eq!(still.get("/").header("server-timing"), None);
}
