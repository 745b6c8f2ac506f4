//! What the recorded answers of Verve's Inventory API, and of the server of its tokens, mean to the console.

use credenza::api::Response;
use credenza::api::inventory::parse_check;
use credenza::oauth::client_credentials::{ClientToken, Moment, Refusal, parse_token, refusal};
use credenza::text::Message;
use credenza::text::inventory::step_failed;

use crate::fixtures::recorded;

fn of(name: &str) -> Response {
    recorded(&["inventory/", name].concat()).0
}

#[track_caller]
fn says(name: &str, message: &Message, title: &str, detail: &str) {
    assert_eq!(message.title, title, "{name}");
    assert!(message.detail.contains(detail), "{name}: {message:?}");
}

#[test]
fn a_status_tells_that_everything_works() {
    for name in [
        "devices",
        "devices-empty",
        "devices-lines",
        "devices-populated",
    ] {
        assert_eq!(parse_check(&of(name)), Ok(200), "{name}");
    }
}

#[test]
fn each_code_says_what_is_wrong_with_the_second_step() {
    let project = "This project is not open to the client";
    let id = "Development did not accept the project ID";
    let token = "Development did not accept the token";
    let problem = "Development has a problem (status 503)";
    for (name, title, detail) in [
        // 3, the server's own words
        ("error-namespace", id, "X-Verve-Namespace is malformed"),
        (
            "error-namespace-missing",
            id,
            "X-Verve-Namespace header is missing",
        ),
        // 5 and 7
        ("error-path", project, "Check the project ID"),
        ("error-project-unknown", project, "Check the project ID"),
        ("error-project", project, "same environment as the client"),
        // 8
        (
            "error-throttled",
            "Development asks us to slow down",
            "17 seconds",
        ),
        // 12
        (
            "error-method",
            "Development does not know this call",
            "another version",
        ),
        // 14, and something in between that has no code
        ("error-unavailable", problem, "upstream connect error"),
        ("error-text", problem, "Try again in a moment."),
        // 16
        ("error-token", token, "another environment"),
        ("error-token-missing", token, "may have ended"),
    ] {
        let error = parse_check(&of(name)).expect_err(name);
        let message = step_failed(&error, "Development", false);
        says(name, &message, title, detail);
    }
}

#[test]
fn each_name_says_what_is_wrong_with_the_first_step() {
    let (client, scope) = (
        "Not accepted by Development",
        "Development does not let this client have a token",
    );
    let sent = "Development did not accept what was sent";
    for (name, meant, title, detail) in [
        (
            "token-error-client",
            Some(Refusal::Client),
            client,
            "its own credentials",
        ),
        (
            "token-error-secret",
            Some(Refusal::Client),
            client,
            "its own credentials",
        ),
        (
            "token-error-secret-400",
            Some(Refusal::Client),
            client,
            "its own credentials",
        ),
        (
            "token-error-scope",
            Some(Refusal::Scope),
            scope,
            "the scope openid",
        ),
        (
            "token-error-unauthorized",
            Some(Refusal::Scope),
            scope,
            "Ask Verve",
        ),
        (
            "token-error-grant-type",
            Some(Refusal::Other),
            sent,
            "grant_type not supported",
        ),
        (
            "token-error-request",
            Some(Refusal::Other),
            sent,
            "grant_type missing",
        ),
        // It says nothing about the client.
        (
            "token-error-server",
            None,
            "Development has a problem (status 500)",
            "Try again in a moment.",
        ),
    ] {
        let error = parse_token(&of(name)).expect_err(name);
        assert_eq!(refusal(&error), meant, "{name}");
        let message = step_failed(&error, "Development", true);
        says(name, &message, title, detail);
    }
}

#[test]
fn a_token_lasts_as_long_as_was_told() {
    for (name, lasts) in [
        ("token", Some(43_199_000)),
        ("token-text", Some(43_199_000)),
        ("token-untold", None),
    ] {
        let tokens = parse_token(&of(name)).expect(name);
        let token = ClientToken::new(&tokens, Moment::default(), 0);
        assert_eq!(token.lasts, lasts, "{name}");
        assert_eq!(token.access.expose(), "at-canary", "{name}");
    }
}
