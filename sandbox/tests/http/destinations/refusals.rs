//! Refusals in every envelope that services of the platform are known to use.

use super::{PREFIX, get, post, switch, with};
use crate::{connection::Answer, server::Server};
use serde_json::{Value, json};

/// One refusal of the gateway and one of the service.
fn both(server: &Server, errors: &str) -> [Answer; 2] {
    switch(server, &json!({ "errors": errors }));
    let path = format!("{PREFIX}credentials");
    let headers = with("Authorization", Some("Bearer x"));
    [
        server.raw("GET", &path, &headers, ""),
        get(server, "credentials/none"),
    ]
}

#[test]
fn each_family_of_errors_can_be_spoken() {
    let server = Server::demo();
    let [gateway, service] = both(&server, "own");
    assert_eq!(gateway.json()["error_code"], "401013");
    assert_eq!(service.json()["title"], "Resource not found");
    let [gateway, service] = both(&server, "gateway");
    assert_eq!(gateway.json()["error_code"], "401013");
    assert_eq!(service.json()["error_code"], "404000");
    let [gateway, service] = both(&server, "service");
    assert_eq!(
        (gateway.status, &gateway.json()["status"]),
        (401, &json!(401))
    );
    assert!(service.json()["report"].is_object());
    let [gateway, service] = both(&server, "flow");
    assert_eq!(gateway.json()["errorMessage"], "Oauth token is not valid");
    assert!(service.json()["errorDetails"].is_string());
    let [gateway, service] = both(&server, "segmentation");
    assert_eq!(gateway.json()["errors"]["401"][0]["code"], "401013");
    let told = service.json();
    assert_eq!(told["errors"]["404"].as_array().map(Vec::len), Some(1));
    for key in ["requestId", "type", "title", "status"] {
        assert!(!told[key].is_null(), "{key} in {told}");
    }
    for answer in both(&server, "text") {
        assert!(
            answer
                .header("content-type")
                .is_some_and(|kind| kind.starts_with("text/plain"))
        );
        assert!(!answer.body.is_empty() && serde_json::from_slice::<Value>(&answer.body).is_err());
    }
    for answer in both(&server, "html") {
        assert!(
            answer
                .header("content-type")
                .is_some_and(|kind| kind.starts_with("text/html"))
        );
    }
    for (answer, status) in both(&server, "empty").iter().zip([401, 404]) {
        assert_eq!((answer.status, answer.body.len()), (status, 0));
    }
}

#[test]
fn a_code_is_a_string_or_a_number() {
    let server = Server::demo();
    switch(&server, &json!({"error_code": "integer"}));
    let [gateway, _] = both(&server, "own");
    assert_eq!(gateway.json()["error_code"], 401_013);
    switch(&server, &json!({"error_code": "string"}));
    let [gateway, _] = both(&server, "own");
    assert_eq!(gateway.json()["error_code"], "401013");
}

#[test]
fn the_problems_of_a_body_are_told_in_other_words_too() {
    let server = Server::demo();
    switch(&server, &json!({"errors": "flow"}));
    let answer = post(&server, &json!({"sshAuthentication": {}}));
    let details = answer.json()["errorDetails"].take();
    let both = "sshAuthentication.username is missing; sshAuthentication.sshKey is missing";
    assert_eq!((answer.status, details), (400, json!(both)));
}
