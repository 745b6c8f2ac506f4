//! What the registry's recorded answers mean to the console.

use credenza::api::registry::{self as rg, AuthStatus};
use credenza::api::{ApiError, Response};
use credenza::oauth::{discovery, provider::Provider, registration, token};
use serde_json::json;

use crate::fixtures::{answer, recorded};

fn of(name: &str) -> Response {
    recorded(&["registry/", name].concat()).0
}

#[test]
fn who_is_signed_in_and_what_they_have() {
    let me = rg::parse_account(&of("me")).expect("an account");
    assert_eq!(me.email.as_deref(), Some("ann@example.com"));
    let organizations: Vec<_> = me
        .organizations
        .iter()
        .map(|one| (one.id.as_str(), one.is_personal))
        .collect();
    assert_eq!(organizations, [("org_01", false), ("org_02", true)]);
    let agents = rg::parse_agents(&of("agents")).expect("agents");
    assert_eq!(
        (agents[0].url.as_str(), agents[0].name.as_deref()),
        ("https://sales.example/mcp", Some("Sales"))
    );
    assert_eq!(
        (agents[1].kind.as_deref(), &agents[1].name),
        (Some("signals"), &None)
    );
}

#[test]
fn all_seven_fields_of_a_status_are_read() {
    let status = rg::parse_status(&of("status")).expect("a status");
    assert_eq!(
        status,
        AuthStatus {
            has_auth: true,
            agent_context_id: Some("5e0c1f2a-0000-4000-8000-000000000001".into()),
            auth_type: Some("bearer".into()),
            has_oauth_token: true,
            has_valid_oauth: true,
            oauth_token_expires_at: Some("2026-09-01T10:00:00.000Z".into()),
            has_oauth_client_credentials: true,
        }
    );
    assert!(status.is_shadowed());
    let nothing = rg::parse_status(&of("status-nothing")).expect("a status");
    assert!(nothing.is_nothing_or_not_yours());
}

#[test]
fn a_save_is_a_save_whatever_the_look_at_the_agent_says() {
    let saved = |name| rg::parse_saved(&of(name)).expect("saved");
    let probe = saved("save").refresh.expect("someone looked");
    assert_eq!(
        (probe.online, probe.tools_count, probe.response_time_ms),
        (Some(true), Some(12), Some(340))
    );
    assert_eq!(saved("save-least").refresh, None);
    let offline = saved("save-offline").refresh.expect("someone looked");
    assert_eq!(
        (offline.online, offline.error.as_deref()),
        (Some(false), Some("connect timeout"))
    );
    assert!(!saved("connect-nothing").has_auth);
}

#[test]
fn a_try_is_told_by_its_cause() {
    let code = |name| {
        let tried = rg::parse_test(&of(name)).expect("tried");
        tried.error.map_or("", |error| error.code())
    };
    assert_eq!(code("test-ok"), "");
    assert_eq!(code("test-oauth"), "invalid_client");
    assert_eq!(code("test-malformed"), "not_the_endpoint");
    assert_eq!(code("test-network"), "network");
}

#[test]
fn every_code_of_a_refusal_lands_on_its_field() {
    for (code, field) in [
        ("missing_field", "token_endpoint"),
        ("missing_field", "client_id"),
        ("missing_field", "client_secret"),
        ("invalid_url", "token_endpoint"),
        ("field_too_long", "client_id"),
        ("field_too_long", "client_secret"),
        ("field_too_long", "scope"),
        ("field_too_long", "resource"),
        ("field_too_long", "audience"),
        ("invalid_env_reference", "client_id"),
        ("invalid_env_reference", "client_secret"),
        ("invalid_field_type", "scope"),
        ("invalid_field_type", "resource"),
        ("invalid_field_type", "audience"),
        ("invalid_auth_method_value", "auth_method"),
        ("array_too_few", "resource"),
        ("array_too_many", "resource"),
        ("aggregate_too_long", "resource"),
        ("invalid_blob_shape", "oauth_client_credentials"),
    ] {
        let body = json!({"error": "Said by the server.", "code": code, "field": field});
        let refused = rg::parse_saved(&answer(400, body.to_string()));
        let Err(ApiError::Rejected {
            code: read,
            field_errors,
            ..
        }) = refused
        else {
            panic!("a 400 is a refusal: {refused:?}");
        };
        assert_eq!(read, code);
        let problems: Vec<_> = field_errors
            .iter()
            .map(|one| (one.path.as_str(), one.message.as_str()))
            .collect();
        assert_eq!(problems, [(field, "Said by the server.")]);
    }
}

#[test]
fn refusals_say_what_the_page_needs() {
    let error = |name| rg::parse_saved(&of(name)).expect_err("no success");
    let ApiError::Rejected {
        code,
        message,
        field_errors,
        ..
    } = error("error-agent-url")
    else {
        panic!("a 400 is a refusal")
    };
    assert_eq!((code.as_str(), field_errors.len()), ("", 0));
    assert_eq!(
        rg::field_named(&message.unwrap_or_default()),
        Some("agent_url")
    );
    for (name, words) in [
        (
            "error-permission",
            "You do not have permission to modify this agent",
        ),
        ("error-suspended", "Account suspended"),
    ] {
        let ApiError::Forbidden { message, .. } = error(name) else {
            panic!("a 403 is forbidden")
        };
        assert_eq!(message.as_deref(), Some(words));
    }
    // The header tells how long, not the text.
    assert_eq!(
        error("error-rate-limited"),
        ApiError::RateLimited {
            retry_after: Some(1234)
        }
    );
    assert_eq!(
        error("error-save-failed"),
        ApiError::Server {
            status: 500,
            message: Some("Failed to save OAuth client credentials".into())
        }
    );
}

#[test]
fn a_token_is_taken_back_only_where_the_server_knows_how() {
    let of = |status, body| rg::parse_taken_back(&answer(status, body));
    assert_eq!(of(204, ""), Ok(()));
    assert_eq!(of(200, r#"{"success":true}"#), Ok(()));
    // What is no documented answer says nothing about what is saved.
    for body in ["", "<!doctype html>", "{}", r#"{"success":false}"#] {
        let error = of(200, body).expect_err(body);
        assert_eq!(error.code(), "unreadable", "{body}");
    }
    let unknown = |status| of(status, "").is_err_and(|error| rg::is_unknown_here(&error));
    assert!(unknown(404) && unknown(405));
    assert!(!unknown(403) && !unknown(401) && !unknown(500));
}

#[test]
fn the_registrys_own_documents_pass_with_its_named_rules_alone() {
    let server = discovery::parse_server(&of("metadata-server")).expect("a document");
    let resource = discovery::parse_resource(&of("metadata-resource")).expect("a document");
    let mut provider = Provider::registry("https://agenticadvertising.org");
    let here = "https://console.example";
    let checked = discovery::check(&provider, here, &resource, server.clone()).expect("trusted");
    assert_eq!(
        (
            checked.token_path.as_str(),
            checked.registration_path.as_deref()
        ),
        ("/token", Some("/register"))
    );
    provider.issuer_has_slash = false;
    assert!(discovery::check(&provider, here, &resource, server).is_err());

    let registered = registration::parse_registration(&of("registered")).expect("registered");
    assert!(registered.serves("https://console.example/oauth-callback.html"));
    let dead = token::parse_tokens(&of("tokens-dead")).expect_err("dead");
    let refused = token::parse_tokens(&of("tokens-refused")).expect_err("refused");
    assert!(token::is_over(&provider, &dead) && token::is_over(&provider, &refused));
}
