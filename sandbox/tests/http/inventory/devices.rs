//! The list of devices: who may ask, for which project, and what comes back.

use super::{DEVICES, NAMESPACE, devices, token};
use crate::{connection::Answer, server::Server};
use serde_json::{Value, json};

fn told(answer: &Answer) -> (u16, Option<u64>) {
    let body = answer.json();
    assert!(
        body["message"].is_string() && body["details"] == json!([]),
        "{body}"
    );
    (answer.status, body["code"].as_u64())
}

#[test]
fn a_list_has_four_shapes() {
    let server = Server::demo();
    let token = token(&server);
    let list = |shape: &str| {
        server.tell("inventory", &json!({ "devices": shape }));
        let answer = devices(&server, &token, NAMESPACE);
        assert_eq!(answer.status, 200);
        answer
    };
    assert_eq!(devices(&server, &token, NAMESPACE).text(), "{}");
    assert_eq!(list("empty").body.len(), 0);
    assert_eq!(list("object").text(), "{}");
    assert_eq!(
        list("populated").json()["devices"].as_array().map(Vec::len),
        Some(2)
    );
    let text = list("lines").text();
    let lines: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("is JSON"))
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1]["result"]["metadata"]["id"], "externalid:screen-b");
}

#[test]
fn a_body_may_be_absent_and_has_to_be_readable() {
    let server = Server::demo();
    let bearer = format!("Bearer {}", token(&server));
    let headers = [
        ("Authorization", bearer.as_str()),
        ("X-Verve-Namespace", NAMESPACE),
    ];
    for (body, status) in [("", 200), ("{}", 200), ("{", 400), ("[]", 400)] {
        assert_eq!(
            server.raw("POST", DEVICES, &headers, body).status,
            status,
            "{body}"
        );
    }
}

#[test]
fn token_then_namespace_then_project() {
    let server = Server::demo();
    let token = token(&server);
    let bearer = format!("Bearer {token}");
    for headers in [
        vec![("X-Verve-Namespace", NAMESPACE)],
        vec![
            ("X-Verve-Namespace", NAMESPACE),
            ("Authorization", "Bearer x"),
        ],
        vec![
            ("X-Verve-Namespace", NAMESPACE),
            ("Authorization", "Basic eA=="),
        ],
        // Somebody else's tokens are none here.
        vec![
            ("X-Verve-Namespace", NAMESPACE),
            ("Authorization", "Bearer ims_demo_access_token"),
        ],
    ] {
        let answer = server.raw("POST", DEVICES, &headers, "{}");
        assert_eq!(told(&answer), (401, Some(16)), "{headers:?}");
        assert_eq!(
            answer.header("www-authenticate"),
            answer.json()["message"].as_str()
        );
    }
    let missing = server.raw("POST", DEVICES, &[("Authorization", &bearer)], "{}");
    assert_eq!(told(&missing), (400, Some(3)));
    for namespace in [
        "",
        "01ABCDEFGHIJKLMNOPQRSTUVWX",
        "project:",
        "project:01abc",
        "tenant:01ABCDEFGHIJKLMNOPQRSTUVWX",
    ] {
        assert_eq!(
            told(&devices(&server, &token, namespace)),
            (400, Some(3)),
            "{namespace}"
        );
    }
    let foreign = "project:01ABCDEFGHIJKLMNOPQRSTUVWY";
    assert_eq!(told(&devices(&server, &token, foreign)), (403, Some(7)));
    server.tell("inventory", &json!({"foreign_project": 404}));
    assert_eq!(told(&devices(&server, &token, foreign)), (404, Some(5)));
}

#[test]
fn what_is_not_documented_is_not_there() {
    let server = Server::demo();
    assert_eq!(told(&server.get(DEVICES)), (501, Some(12)));
    for path in [
        "/gateway/inventory/v1alpha/inventory",
        "/gateway/inventory/v1alpha/inventory/devices/x",
    ] {
        assert_eq!(
            told(&server.raw("POST", path, &[], "")),
            (404, Some(5)),
            "{path}"
        );
    }
}

#[test]
fn errors_come_in_other_forms_too() {
    let server = Server::demo();
    for (form, kind) in [
        ("text", "text/plain"),
        ("html", "text/html"),
        ("empty", "text/plain"),
    ] {
        server.tell("inventory", &json!({ "errors": form }));
        let answer = devices(&server, "x", NAMESPACE);
        assert_eq!(
            (answer.status, answer.body.is_empty()),
            (401, form == "empty")
        );
        assert!(
            answer
                .header("content-type")
                .is_some_and(|told| told.starts_with(kind))
        );
        assert!(serde_json::from_slice::<Value>(&answer.body).is_err());
    }
}

#[test]
fn a_portal_adds_the_token_for_a_session() {
    let server = Server::demo();
    let session = |token: &str| {
        let answer = server.control("POST", "session", &json!({ "as": token }));
        let cookie = answer
            .header("set-cookie")
            .and_then(|text| text.split(';').next());
        cookie.expect("has a cookie").to_owned()
    };
    let asked = |cookie: &str, more: &[(&str, &str)]| {
        let own = [("Cookie", cookie), ("X-Verve-Namespace", NAMESPACE)];
        server
            .raw("POST", DEVICES, &[&own, more].concat(), "{}")
            .status
    };
    let mark = ("X-Credenza", "1");
    let cookie = session("scope3_demo_buyer");
    assert_eq!(asked(&cookie, &[mark]), 200);
    assert_eq!(asked(&cookie, &[]), 401);
    assert_eq!(asked(&cookie, &[mark, ("Authorization", "Bearer x")]), 401);
    assert_eq!(asked(&session("scope3_demo_expired"), &[mark]), 401);
    let other = [("Cookie", cookie.as_str()), mark];
    assert_eq!(
        server.raw("POST", DEVICES, &other, "{}").status,
        400,
        "the namespace is the console's to say"
    );
}
