//! Tokens for a service account.

use super::{NAMESPACE, SECRET, TOKEN, ask, devices, form, token};
use crate::server::Server;
use serde_json::{Value, json};

const CLIENT: &str = "demo-user%40demo-org";

#[test]
fn a_service_account_gets_a_token_that_works() {
    let server = Server::demo();
    let answer = ask(&server, &form(CLIENT, SECRET));
    let mut told = answer.json();
    let token = told["access_token"].take();
    assert_eq!(answer.status, 200);
    assert_eq!(
        told,
        json!({"access_token": null, "token_type": "Bearer", "expires_in": 43_199, "scope": "openid"})
    );
    let token = token.as_str().expect("has a token");
    assert_eq!(token.split('.').count(), 3);
    assert_eq!(devices(&server, token, NAMESPACE).status, 200);
    let log = server.requests();
    assert_eq!(log[0]["raw"], form(CLIENT, "***"));
    assert_eq!(log[0]["body"]["client_id"], "demo-user@demo-org");
    assert_eq!(log[1]["headers"]["x-verve-namespace"], NAMESPACE);
    assert_eq!(log[1]["raw"], Value::Null);
    let text = Value::Array(log.clone()).to_string();
    assert!(!text.contains(SECRET) && !text.contains(token));
}

#[test]
fn refusals_are_those_of_the_standard() {
    let server = Server::demo();
    let right = form(CLIENT, SECRET);
    for (body, status, error) in [
        (form("nobody%40demo-org", SECRET), 401, "invalid_client"),
        (form(CLIENT, "wrong"), 401, "invalid_client"),
        (form("demo-user@demo-org", SECRET), 400, "invalid_request"),
        (
            right.replace("scope=openid", "scope=profile"),
            400,
            "invalid_scope",
        ),
        (right.replace("&scope=openid", ""), 400, "invalid_scope"),
        (
            right.replace("client_credentials", "password"),
            400,
            "unsupported_grant_type",
        ),
        (right.replace("grant_type", "grant"), 400, "invalid_request"),
        (format!("{right}&client_id=x"), 401, "invalid_client"),
    ] {
        let answer = ask(&server, &body);
        assert_eq!(
            (answer.status, answer.json()["error"].as_str()),
            (status, Some(error)),
            "{body}"
        );
        assert!(answer.json()["error_description"].is_string());
    }
    server.tell("inventory", &json!({"token_refusal": 400}));
    assert_eq!(ask(&server, &form(CLIENT, "wrong")).status, 400);
    let json = ("Content-Type", "application/json");
    assert_eq!(
        server.raw("POST", TOKEN, &[json], "{}").json()["error"],
        "invalid_request"
    );
    assert_eq!(server.get(TOKEN).status, 405);
    assert_eq!(
        server.get("/gateway/inventory-auth/oauth/token").status,
        404
    );
}

#[test]
fn a_lifetime_is_told_as_it_was_switched_and_honoured() {
    let server = Server::demo();
    for (word, told) in [
        ("absent", Value::Null),
        ("zero", json!(0)),
        ("text", json!("43199")),
        ("seconds", json!(43_199)),
    ] {
        server.tell("inventory", &json!({ "expires_in": word }));
        assert_eq!(
            ask(&server, &form(CLIENT, SECRET)).json()["expires_in"],
            told,
            "{word}"
        );
    }
    let good = token(&server);
    server.tell("inventory", &json!({"token_lifetime": 0}));
    let ended = token(&server);
    assert_eq!(devices(&server, &ended, NAMESPACE).status, 401);
    assert_eq!(devices(&server, &good, NAMESPACE).status, 200);
    server.tell(
        "inventory",
        &json!({"forget": ["tokens"], "token_lifetime": 120}),
    );
    assert_eq!(
        devices(&server, &good, NAMESPACE).status,
        401,
        "all of them have ended"
    );
    assert_eq!(
        ask(&server, &form(CLIENT, SECRET)).json()["expires_in"],
        120
    );
    assert_eq!(devices(&server, &token(&server), NAMESPACE).status, 200);
}
