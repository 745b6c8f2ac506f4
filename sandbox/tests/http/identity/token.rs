//! Codes and refresh tokens for tokens.

use super::{
    FORM, RETURN, VERIFIER, client, code, encoded, opens, redeem, refresh, register, text, token,
};
use crate::{
    connection::Answer,
    server::{Server, once},
};
use serde_json::json;

const OTHER: &str = "another-verifier-that-is-long-enough-to-be-one-0";

fn failed(answer: &Answer) -> (u16, String) {
    assert!(answer.json().get("access_token").is_none());
    (answer.status, text(answer, "error"))
}

fn dead() -> (u16, String) {
    (500, "server_error".to_owned())
}

#[test]
fn a_code_and_its_verifier_bring_tokens_that_open_the_api() {
    let server = Server::demo();
    let id = client(&server);
    let answer = redeem(&server, &id, &code(&server, &id), VERIFIER);
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let told = answer.json();
    let mut keys: Vec<_> = told.as_object().expect("is an object").keys().collect();
    keys.sort();
    assert_eq!(
        keys,
        ["access_token", "expires_in", "refresh_token", "token_type"]
    );
    assert_eq!(
        (&told["token_type"], &told["expires_in"]),
        (&json!("bearer"), &json!(900))
    );
    assert!(opens(&server, &text(&answer, "access_token")));
    assert!(!opens(&server, &text(&answer, "refresh_token")));
    // Behind the gateway it is the same endpoint.
    let pairs = [("grant_type", "refresh_token"), ("client_id", &id)];
    let body = format!(
        "{}&refresh_token={}",
        encoded(&pairs),
        text(&answer, "refresh_token")
    );
    let renewed = server.raw("POST", "/gateway/registry/token", &[FORM], &body);
    assert!(opens(&server, &text(&renewed, "access_token")));
}

#[test]
fn a_wrong_verifier_is_refused_and_a_code_works_once() {
    let server = Server::demo();
    let id = client(&server);
    let fresh = code(&server, &id);
    for wrong in [OTHER, super::CHALLENGE] {
        let told = failed(&redeem(&server, &id, &fresh, wrong));
        assert_eq!(told, (400, "invalid_grant".to_owned()));
    }
    assert_eq!(
        failed(&redeem(&server, &client(&server), &fresh, VERIFIER)),
        dead()
    );
    let elsewhere = [
        ("grant_type", "authorization_code"),
        ("client_id", &id),
        ("code", &fresh),
        ("code_verifier", VERIFIER),
        ("redirect_uri", "https://console.example/"),
    ];
    assert_eq!(failed(&token(&server, &elsewhere)), dead());
    assert_eq!(redeem(&server, &id, &fresh, VERIFIER).status, 200);
    assert_eq!(failed(&redeem(&server, &id, &fresh, VERIFIER)), dead());
    assert_eq!(
        failed(&redeem(&server, &id, "code_unknown", VERIFIER)),
        dead()
    );
}

#[test]
fn codes_can_be_expired_and_forgotten() {
    let server = Server::demo();
    let id = client(&server);
    let first = code(&server, &id);
    server.tell("registry", &json!({"code_lifetime": 0}));
    assert_eq!(failed(&redeem(&server, &id, &first, VERIFIER)), dead());
    server.tell("registry", &json!({"code_lifetime": 300}));
    let second = code(&server, &id);
    server.tell("registry", &json!({"forget": ["codes"]}));
    assert_eq!(failed(&redeem(&server, &id, &second, VERIFIER)), dead());
}

#[test]
fn refreshing_rotates_and_a_dead_token_is_a_500() {
    let server = Server::demo();
    let id = client(&server);
    let first = redeem(&server, &id, &code(&server, &id), VERIFIER);
    let old = text(&first, "refresh_token");
    assert_eq!(failed(&refresh(&server, &client(&server), &old)), dead());
    let second = refresh(&server, &id, &old);
    assert_eq!(second.status, 200);
    let new = text(&second, "refresh_token");
    assert_ne!(new, old);
    assert_ne!(text(&second, "access_token"), text(&first, "access_token"));
    assert_eq!(failed(&refresh(&server, &id, &old)), dead());
    server.tell("registry", &json!({"forget": ["refresh_tokens"]}));
    assert_eq!(failed(&refresh(&server, &id, &new)), dead());
}

#[test]
fn the_lifetime_and_the_form_of_an_answer_are_switched() {
    let server = Server::demo();
    let id = client(&server);
    let granted = |switches| {
        server.tell("registry", &switches);
        redeem(&server, &id, &code(&server, &id), VERIFIER)
    };
    let short = granted(json!({"token_lifetime": 0}));
    assert_eq!(short.json()["expires_in"], 0);
    assert!(!opens(&server, &text(&short, "access_token")));
    let silent = granted(json!({"token_lifetime": 60, "expires_in": false}));
    assert_eq!(silent.json().get("expires_in"), None);
    let access = text(&silent, "access_token");
    assert!(opens(&server, &access));
    server.tell("registry", &json!({"forget": ["access_tokens"]}));
    assert!(!opens(&server, &access));
    let odd = granted(
        json!({"token_answer": {"token_type": "mac", "refresh_token": null, "scope": "a"}}),
    );
    assert_eq!(
        (&odd.json()["token_type"], &odd.json()["scope"]),
        (&json!("mac"), &json!("a"))
    );
    assert_eq!(odd.json().get("refresh_token"), None);
    let large = granted(json!({"oversized_token": true}));
    assert!(large.body.len() > 4 << 20 && large.json()["access_token"].is_string());
}

#[test]
fn a_request_is_judged_in_the_servers_order() {
    let server = Server::demo();
    let id = client(&server);
    let client = ("client_id", id.as_str());
    for (pairs, error) in [
        (vec![("grant_type", "magic")], "invalid_request"),
        (
            vec![("grant_type", "magic"), ("client_id", "unknown")],
            "invalid_client",
        ),
        (vec![client], "invalid_request"),
        (
            vec![client, ("grant_type", "client_credentials")],
            "unsupported_grant_type",
        ),
        (
            vec![client, ("grant_type", "password")],
            "unsupported_grant_type",
        ),
        (
            vec![client, ("grant_type", "authorization_code")],
            "invalid_request",
        ),
        (
            vec![client, ("grant_type", "authorization_code"), ("code", "x")],
            "invalid_request",
        ),
        (
            vec![client, ("grant_type", "refresh_token")],
            "invalid_request",
        ),
        (
            vec![
                client,
                ("grant_type", "refresh_token"),
                ("grant_type", "refresh_token"),
            ],
            "invalid_request",
        ),
    ] {
        let told = failed(&token(&server, &pairs));
        assert_eq!(told, (400, error.to_owned()), "{pairs:?}");
    }
    // A body that does not say that it is a form has no parameters.
    let json = ("Content-Type", "application/json");
    let body = json!({"grant_type": "refresh_token", "client_id": id}).to_string();
    assert_eq!(
        failed(&once(server.auth, "POST", "/token", &[json], &body)).1,
        "invalid_request"
    );
}

#[test]
fn a_client_with_a_secret_has_to_show_it() {
    let server = Server::demo();
    let told = register(&server, &json!({"redirect_uris": [RETURN]}));
    let (id, secret) = (text(&told, "client_id"), text(&told, "client_secret"));
    let fresh = code(&server, &id);
    assert_eq!(
        failed(&redeem(&server, &id, &fresh, VERIFIER)),
        (400, "invalid_client".to_owned())
    );
    let pairs = [
        ("grant_type", "authorization_code"),
        ("client_id", &id),
        ("client_secret", &secret),
        ("code", &fresh),
        ("code_verifier", VERIFIER),
        ("redirect_uri", RETURN),
    ];
    assert_eq!(token(&server, &pairs).status, 200);
}
