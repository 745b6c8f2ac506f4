//! Faults strike the destinations and their token server in their own shapes.

use super::{BASIC, CLIENT, SECRET, basic, call, get, post, rows, switch};
use crate::{connection::End, server::Server};
use serde_json::{Value, json};

#[test]
fn a_status_comes_in_the_words_of_the_api() {
    let server = Server::demo();
    let struck = |status: u16| {
        let fault = json!({"path": "destinations/credentials*", "fault": "status", "status": status, "retry_after": 7});
        server.tell("faults", &fault);
        get(&server, "credentials")
    };
    for (status, code) in [(401, "401013"), (403, "403025"), (429, "429050")] {
        let answer = struck(status);
        assert_eq!(
            (answer.status, answer.json()["error_code"].as_str()),
            (status, Some(code))
        );
        assert_eq!(answer.header("retry-after"), Some("7"));
    }
    for status in [400, 404, 409, 500, 503] {
        let answer = struck(status);
        assert_eq!(
            (answer.status, &answer.json()["status"]),
            (status, &json!(status))
        );
    }
    switch(&server, &json!({"errors": "flow"}));
    assert!(struck(500).json()["errorMessage"].is_string());
    switch(&server, &json!({"errors": "own"}));
    server.tell(
        "faults",
        &json!({"path": "*/credentials", "fault": "status", "body": {"odd": true}}),
    );
    assert_eq!(get(&server, "credentials").json(), json!({"odd": true}));
    server.tell(
        "faults",
        &json!({"path": "destinations/credentials", "fault": "panic"}),
    );
    let answer = get(&server, "credentials");
    assert_eq!(
        (answer.status, answer.json()["status"].as_u64()),
        (500, Some(500))
    );
    assert_eq!(get(&server, "credentials").status, 200, "it goes on");
    let long = basic(&"x".repeat(1 << 20));
    assert_eq!(post(&server, &long).json()["status"], 413);
}

#[test]
fn answers_are_garbled_in_their_own_shapes() {
    let server = Server::demo();
    let plan = |fault: Value| server.tell("faults", &fault);
    let path = "destinations/credentials*";
    plan(json!({"path": path, "fault": "wrong-types"}));
    let listed = get(&server, "credentials").json();
    assert_eq!(
        listed["items"][0]["instanceId"], 36,
        "it is made from the real one"
    );
    plan(json!({"path": path, "method": "POST", "fault": "wrong-types"}));
    let made = post(&server, &basic("a")).json();
    assert!(
        made["basicAuthentication"]["password"].is_number(),
        "{made}"
    );
    plan(json!({"path": path, "method": "PUT", "fault": "truncated"}));
    let cut = call(&server, "PUT", BASIC, &basic("b"));
    assert!(cut.status == 200 && serde_json::from_slice::<Value>(&cut.body).is_err());
    assert_ne!(
        get(&server, BASIC).json()["name"],
        "b",
        "it was not carried out"
    );
    plan(json!({"path": path, "fault": "truncated"}));
    assert!(serde_json::from_slice::<Value>(&get(&server, "credentials").body).is_err());
    plan(json!({"path": path, "fault": "html"}));
    assert_eq!(get(&server, "credentials").status, 502);
    plan(json!({"path": path, "fault": "login-redirect"}));
    let away = get(&server, BASIC);
    assert_eq!(
        (away.status, away.header("location")),
        (302, Some("/_sandbox/login"))
    );
    plan(json!({"path": path, "fault": "drop-before"}));
    assert_eq!(get(&server, "credentials").status, 0);
    plan(json!({"path": path, "method": "POST", "fault": "drop", "after": true}));
    assert_eq!(post(&server, &basic("c")).end, End::Reset);
    assert_eq!(rows(&server).len(), 10, "it was carried out");
}

#[test]
fn an_empty_success_has_the_status_of_the_call() {
    let server = Server::demo();
    let empty = |method: &str, path: &str| {
        server.tell(
            "faults",
            &json!({"path": "destinations/*", "fault": "empty"}),
        );
        let answer = call(&server, method, path, &basic("a"));
        assert_eq!(answer.body.len(), 0);
        answer.status
    };
    let statuses = || {
        [
            empty("POST", "credentials"),
            empty("PUT", BASIC),
            empty("DELETE", BASIC),
        ]
    };
    assert_eq!(statuses(), [200, 200, 200]);
    switch(&server, &json!({"created_status": 201, "deleted": 204}));
    assert_eq!(statuses(), [201, 200, 204]);
    assert_eq!(rows(&server).len(), 9, "nothing was carried out");
}

#[test]
fn the_token_server_is_struck_as_well() {
    let server = Server::demo();
    let ask = |fault: Value| {
        server.tell("faults", &fault);
        let form = ("Content-Type", "application/x-www-form-urlencoded");
        let body = format!(
            "grant_type=client_credentials&client_id={CLIENT}&client_secret={SECRET}&scope=openid"
        );
        server.raw("POST", "/gateway/ims/ims/token/v3", &[form], &body)
    };
    let path = "ims/ims/token/v3";
    for (status, error) in [
        (400, "invalid_request"),
        (401, "invalid_client"),
        (429, "too_many_requests"),
        (503, "server_error"),
    ] {
        let answer = ask(json!({"path": path, "fault": "status", "status": status}));
        assert_eq!(
            (answer.status, answer.json()["error"].as_str()),
            (status, Some(error))
        );
    }
    let garbled = ask(json!({"path": path, "fault": "wrong-types"})).json();
    assert_eq!(
        (&garbled["access_token"], &garbled["expires_in"]),
        (&json!(5), &json!("86399"))
    );
    let empty = ask(json!({"path": path, "fault": "empty"}));
    assert_eq!((empty.status, empty.body.len()), (200, 0));
    assert_eq!(ask(json!({"path": path, "fault": "html"})).status, 502);
    assert_eq!(
        ask(json!({"path": path, "fault": "panic"})).json()["error"],
        "server_error"
    );
}
