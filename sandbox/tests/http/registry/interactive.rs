//! A person's consent at an agent, from the start to its removal.

use super::{ACME, CONSENTED, KEY, OPEN, SALES, USER, call, error, get, of, put, status};
use crate::{
    connection::Answer,
    server::{Server, once},
};
use serde_json::{Value, json};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

fn context(server: &Server, agent: &str) -> String {
    let body = json!({"organization_id": ACME});
    let answer = put(server, &of(agent, "connect"), &body).json();
    answer["agent_context_id"]
        .as_str()
        .expect("is told")
        .to_owned()
}

/// The pair in front of a cookie's attributes.
fn cookie(answer: &Answer) -> String {
    let told = answer.header("set-cookie").expect("sets a cookie");
    told.split(';').next().expect("has a pair").to_owned()
}

fn session(server: &Server) -> String {
    let answer = once(
        server.auth,
        "POST",
        "/auth/login",
        &[FORM],
        "return_to=%2Fx",
    );
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, Some("/x"))
    );
    cookie(&answer)
}

fn location(answer: &Answer) -> String {
    answer.header("location").expect("leads on").to_owned()
}

/// Starts and presses a button; the answer is where the browser is led, and the cookie of the start.
fn decided(server: &Server, start: &str, decision: &str) -> (String, String) {
    let session = session(server);
    let started = once(server.auth, "GET", start, &[("Cookie", &session)], "");
    assert_eq!(started.status, 302, "{}", started.text());
    let asks = location(&started);
    let page = once(server.auth, "GET", &asks, &[], "");
    assert!(
        page.status == 200 && page.text().contains("Lakeside Portal"),
        "{}",
        page.text()
    );
    let (_, state) = asks.split_once("state=").expect("has a state");
    let body = format!("state={state}&decision={decision}");
    let pressed = once(server.auth, "POST", "/demo/agent/decision", &[FORM], &body);
    (location(&pressed), cookie(&started))
}

#[test]
fn approving_brings_tokens_and_removing_takes_them() {
    let server = Server::demo();
    let id = context(&server, OPEN);
    let look = || get(&server, &format!("api/oauth/agent/{id}/status")).json();
    let nothing = json!({"supportsOAuth": true, "hasOAuthClient": false, "hasOAuthTokens": false,
        "hasValidTokens": false, "tokenExpiresAt": null});
    assert_eq!(look(), nothing);
    let start = format!("/api/oauth/agent/start?agent_context_id={id}&return_to=%2Fdashboard");
    let (callback, cookie) = decided(&server, &start, "approve");
    let done = once(server.auth, "GET", &callback, &[("Cookie", &cookie)], "");
    let finished = location(&done);
    assert_eq!(
        finished,
        "/oauth-complete.html?success=true&agent=portal.lakeside.example&return_to=%2Fdashboard"
    );
    assert!(
        once(server.auth, "GET", &finished, &[], "")
            .text()
            .contains("is connected")
    );
    let told = look();
    assert_eq!(
        (&told["hasValidTokens"], &told["hasOAuthClient"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(status(&server, OPEN)["auth_type"], "oauth");
    let again = once(server.auth, "GET", &callback, &[("Cookie", &cookie)], "");
    assert!(location(&again).contains("code=invalid_or_expired_flow"));

    let path = format!("api/oauth/agent/{id}");
    let removed = call(&server, USER, "DELETE", &path, &Value::Null);
    assert_eq!(
        (removed.status, removed.json()),
        (200, json!({"success": true}))
    );
    assert_eq!(look(), nothing);
    assert_eq!(status(&server, OPEN)["has_auth"], false);
}

#[test]
fn what_ends_without_tokens_says_why() {
    let server = Server::demo();
    let id = context(&server, OPEN);
    let start = format!("/api/oauth/agent/start?agent_context_id={id}");
    let end = |path: &str, headers: &[(&str, &str)]| {
        location(&once(server.auth, "GET", path, headers, ""))
    };
    let (callback, cookie) = decided(&server, &start, "deny");
    assert!(end(&callback, &[]).contains("code=state_cookie_missing"));
    let other = [("Cookie", "adcp_oauth_state=other")];
    assert!(end(&callback, &other).contains("code=state_mismatch"));
    let told = end(&callback, &[("Cookie", &cookie)]);
    assert!(
        told.contains("error=access_denied&code=oauth_error"),
        "{told}"
    );
    assert_eq!(status(&server, OPEN)["has_auth"], false);
    let plain = context(&server, SALES);
    let start = format!("/api/oauth/agent/start?agent_context_id={plain}");
    let told = end(&start, &[("Cookie", &session(&server))]);
    assert!(
        told.contains("code=protected_resource_metadata_error"),
        "{told}"
    );
}

#[test]
fn the_start_is_for_a_session_and_a_known_context() {
    let server = Server::demo();
    let session = session(&server);
    let with = [("Cookie", session.as_str())];
    let start = |query: &str, headers: &[(&str, &str)]| {
        error(&once(
            server.auth,
            "GET",
            &format!("/api/oauth/agent/start{query}"),
            headers,
            "",
        ))
        .0
    };
    let unknown = "00000000-0000-4000-a000-00000000000f";
    assert_eq!(start("", &[]), 401);
    assert_eq!(start("", &with), 400);
    assert_eq!(start("?agent_context_id=7", &with), 400);
    assert_eq!(start(&format!("?agent_context_id={unknown}"), &with), 404);
    let login = once(
        server.auth,
        "GET",
        "/auth/login?return_to=https://e.example",
        &[],
        "",
    );
    assert!(
        login.text().contains("name=\"return_to\" value=\"/\""),
        "{}",
        login.text()
    );
}

#[test]
fn a_context_is_named_by_a_uuid_and_belongs_to_a_person() {
    let server = Server::demo();
    let id = context(&server, CONSENTED);
    for (method, end) in [("GET", "/status"), ("DELETE", "")] {
        let ask = |token: &str, id: &str| {
            error(&call(
                &server,
                token,
                method,
                &format!("api/oauth/agent/{id}{end}"),
                &Value::Null,
            ))
        };
        assert_eq!(ask("nobody", &id).0, 401);
        assert_eq!(
            ask(USER, "seven"),
            (400, "Invalid agent_context_id format".to_owned())
        );
        let unknown = "00000000-0000-4000-a000-00000000000f";
        assert_eq!(
            ask(USER, unknown),
            (404, "Agent context not found".to_owned())
        );
        assert_eq!(ask(KEY, &id), (403, "Access denied".to_owned()));
    }
}
