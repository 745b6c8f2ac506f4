//! The other origin: consent, callback, and what each of them leaves behind.

use crate::{
    connection::Answer,
    server::{BUYER, PODCASTS, Server, once},
};
use serde_json::{Value, json};

const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");

/// Presses a button on the consent page at `url` and follows to the page at the end.
pub fn decide(server: &Server, url: &str, decision: &str) -> Answer {
    let state = state(url);
    let body = format!("state={state}&decision={decision}");
    let pressed = once(server.auth, "POST", "/provider/decision", &[FORM], &body);
    match pressed.header("location") {
        Some(next) => once(server.auth, "GET", next, &[], ""),
        None => pressed,
    }
}

/// The state in an address.
pub fn state(url: &str) -> &str {
    url.split("state=").nth(1).expect("has a state")
}

/// What follows the origin in an address.
pub fn path(url: &str) -> &str {
    let at = url.find("/provider").expect("is a consent page");
    &url[at..]
}

fn start(server: &Server) -> (String, String) {
    let row = server
        .register(
            BUYER,
            PODCASTS,
            &json!({"accountIdentifier": "acme <b>pods</b>"}),
        )
        .data();
    let text = |value: &Value| value.as_str().expect("is a string").to_owned();
    (text(&row["id"]), text(&row["oauth"]["authorizationUrl"]))
}

/// Where the credential of this id stands.
pub fn status(server: &Server, id: &str) -> String {
    let row = server
        .credentials(BUYER)
        .into_iter()
        .find(|row| row["id"] == id)
        .expect("is listed");
    row["status"].as_str().expect("has a status").to_owned()
}

#[test]
fn the_consent_page_is_guarded_and_shows_what_is_asked() {
    let server = Server::demo();
    let (_, url) = start(&server);
    let page = once(server.auth, "GET", path(&url), &[], "");
    assert_eq!(page.status, 200);
    assert_eq!(
        page.header("cross-origin-opener-policy"),
        Some("same-origin")
    );
    let policy = page
        .header("content-security-policy")
        .expect("has a policy");
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self';") && !policy.contains("unsafe"),
        "{policy}"
    );
    let html = page.text();
    assert!(
        html.contains("acme &lt;b&gt;pods&lt;/b&gt;") && html.contains("Harbor Podcasts"),
        "{html}"
    );
    assert!(
        !html.contains("<script") && !html.contains("style=") && !html.contains("<style"),
        "{html}"
    );
    let style = once(server.auth, "GET", "/pages.css", &[], "");
    assert_eq!(
        (style.status, style.header("content-type")),
        (200, Some("text/css; charset=utf-8"))
    );
}

#[test]
fn approving_connects_and_works_once() {
    let server = Server::demo();
    let (id, url) = start(&server);
    let before = server
        .credentials(BUYER)
        .into_iter()
        .find(|row| row["id"] == id.as_str())
        .expect("is listed");
    let pressed = once(
        server.auth,
        "POST",
        "/provider/decision",
        &[FORM],
        &format!("state={}&decision=approve", state(&url)),
    );
    assert_eq!(pressed.status, 303);
    let callback = pressed.header("location").expect("leads on").to_owned();
    assert!(
        callback.starts_with("/interchange/api/v2/storefront/oauth/callback?code="),
        "{callback}"
    );
    assert_eq!(
        status(&server, &id),
        "PENDING",
        "the platform has not been told yet"
    );

    let done = once(server.auth, "GET", &callback, &[], "");
    assert!(
        done.status == 200 && done.text().contains("You can close this window"),
        "{}",
        done.text()
    );
    assert!(
        done.header("location").is_none(),
        "it does not come back to us"
    );
    assert_eq!(status(&server, &id), "ACTIVE");
    let after = server
        .credentials(BUYER)
        .into_iter()
        .find(|row| row["id"] == id.as_str())
        .expect("is listed");
    assert_eq!(before["createdAt"], after["createdAt"]);

    assert_eq!(once(server.auth, "GET", &callback, &[], "").status, 400);
    assert_eq!(once(server.auth, "GET", path(&url), &[], "").status, 400);
    assert_eq!(decide(&server, &url, "approve").status, 400);
}

#[test]
fn denying_leaves_it_waiting() {
    let server = Server::demo();
    let (id, url) = start(&server);
    let page = decide(&server, &url, "deny");
    assert!(
        page.status == 200 && page.text().contains("Nothing was connected"),
        "{}",
        page.text()
    );
    assert_eq!(status(&server, &id), "PENDING");
    assert_eq!(
        decide(&server, &url, "approve").status,
        400,
        "the address is used up"
    );
    let again = server
        .register(
            BUYER,
            PODCASTS,
            &json!({"accountIdentifier": "acme <b>pods</b>"}),
        )
        .data();
    decide(
        &server,
        again["oauth"]["authorizationUrl"]
            .as_str()
            .expect("has an address"),
        "approve",
    );
    assert_eq!(status(&server, &id), "ACTIVE");
}

#[test]
fn made_up_states_codes_and_decisions_do_nothing() {
    let server = Server::demo();
    let (id, url) = start(&server);
    assert_eq!(
        once(
            server.auth,
            "GET",
            "/provider/authorize?state=made-up",
            &[],
            ""
        )
        .status,
        400
    );
    assert_eq!(
        once(server.auth, "GET", "/provider/authorize", &[], "").status,
        400
    );
    assert_eq!(decide(&server, &url, "maybe").status, 400);
    let callback = format!(
        "/interchange/api/v2/storefront/oauth/callback?code=guess&state={}",
        state(&url)
    );
    assert_eq!(once(server.auth, "GET", &callback, &[], "").status, 400);
    assert_eq!(
        once(
            server.auth,
            "GET",
            "/interchange/connections/made-up",
            &[],
            ""
        )
        .status,
        400
    );
    assert_eq!(once(server.auth, "GET", "/", &[], "").status, 200);
    assert_eq!(once(server.auth, "GET", "/elsewhere", &[], "").status, 404);
    assert_eq!(status(&server, &id), "PENDING");
}

#[test]
fn a_test_can_play_the_person() {
    let server = Server::demo();
    let (id, _) = start(&server);
    server.tell("consent", &json!({"id": id, "outcome": "deny"}));
    assert_eq!(status(&server, &id), "PENDING");
    assert_eq!(
        server
            .control("POST", "consent", &json!({"id": id, "outcome": "approve"}))
            .status,
        404
    );
    server.tell("consent", &json!({"id": "731", "outcome": "approve"}));
    assert_eq!(status(&server, "731"), "ACTIVE");
    assert_eq!(
        server
            .control("POST", "consent", &json!({"id": "731", "outcome": "maybe"}))
            .status,
        400
    );
    assert_eq!(
        server
            .control(
                "POST",
                "consent",
                &json!({"id": "722", "outcome": "approve"})
            )
            .status,
        404
    );
}
