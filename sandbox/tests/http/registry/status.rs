//! The seven fields of a status, and which kind wins.

use super::{ACME, CONSENTED, SALES, SHADOWED, SIGNALS, of, put, status};
use crate::server::Server;
use serde_json::{Value, json};

#[test]
fn every_kind_has_its_status_and_all_seven_fields() {
    let server = Server::demo();
    let keys = [
        "agent_context_id",
        "auth_type",
        "has_auth",
        "has_oauth_client_credentials",
        "has_oauth_token",
        "has_valid_oauth",
        "oauth_token_expires_at",
    ];
    for (agent, has, kind, with_client) in [
        (SALES, false, Value::Null, false),
        (SIGNALS, true, json!("oauth_client_credentials"), true),
        (SHADOWED, true, json!("bearer"), true),
        (CONSENTED, true, json!("oauth"), false),
        ("https://unknown.example", false, Value::Null, false),
    ] {
        let told = status(&server, agent);
        let mut names: Vec<_> = told.as_object().expect("is an object").keys().collect();
        names.sort();
        assert_eq!(names, keys);
        assert_eq!(told["has_auth"], has, "{agent}");
        assert_eq!(told["auth_type"], kind, "{agent}");
        assert_eq!(told["has_oauth_client_credentials"], with_client, "{agent}");
        assert_eq!(told["agent_context_id"].is_null(), !has, "{agent}");
        assert_eq!(told["has_valid_oauth"], agent == CONSENTED);
        assert_eq!(
            told["oauth_token_expires_at"].is_string(),
            agent == CONSENTED
        );
    }
}

#[test]
fn a_typed_token_wins_over_a_consent_and_that_over_client_credentials() {
    let server = Server::demo();
    let save = super::credentials(&server, &json!({}));
    put(&server, &of(CONSENTED, "oauth-client-credentials"), &save);
    assert_eq!(status(&server, CONSENTED)["auth_type"], "oauth");
    let typed = json!({"auth_token": "a:b", "auth_type": "basic", "organization_id": ACME});
    put(&server, &of(CONSENTED, "connect"), &typed);
    let told = status(&server, CONSENTED);
    assert_eq!(told["auth_type"], "basic");
    assert_eq!(told["has_oauth_client_credentials"], true);
    assert_eq!(told["has_valid_oauth"], true);
}
