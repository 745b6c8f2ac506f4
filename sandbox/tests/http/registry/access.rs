//! Who is let in, whose agents they see, and what other origins may do.

use super::{ACME, KEY, NORTHWIND, SALES, SHARED, USER, call, credentials, error, get, of, put};
use crate::server::{Server, once};
use serde_json::{Value, json};

const LOGIN: &str = "Authentication required";

#[test]
fn whoever_is_not_known_is_asked_to_sign_in() {
    let server = Server::demo();
    let me = "/gateway/registry/api/me";
    for authorization in [
        "Bearer nobody",
        "Bearer sk_unknown",
        "Bearer ",
        "Basic aao_demo_user",
        "aao_demo_user",
    ] {
        let answer = server.raw("GET", me, &[("Authorization", authorization)], "");
        assert_eq!(error(&answer), (401, LOGIN.to_owned()), "{authorization}");
        assert_eq!(answer.json()["login_url"], "/auth/login");
        assert_eq!(answer.header("www-authenticate"), None);
    }
    assert_eq!(server.get(me).status, 401);
    let put = call(&server, "nobody", "PUT", &of(SALES, "connect"), &json!({}));
    assert_eq!(put.status, 401);
}

#[test]
fn a_change_without_authorization_has_to_echo_a_cookie() {
    let server = Server::demo();
    let path = format!("/gateway/registry/{}", of(SALES, "connect"));
    let reason = |headers: &[(&str, &str)]| {
        let answer = server.raw("PUT", &path, headers, "");
        assert_eq!(error(&answer).1, "CSRF validation failed");
        assert_eq!(
            (answer.status, answer.header("x-csrf-retry")),
            (403, Some("true"))
        );
        answer.json()["reason"]
            .as_str()
            .expect("is told")
            .to_owned()
    };
    assert_eq!(reason(&[]), "cookie_expired");
    assert_eq!(reason(&[("Cookie", "csrf-token=a")]), "token_mismatch");
    let echoed = [("Cookie", "x=1; csrf-token=a"), ("X-CSRF-Token", "a")];
    assert_eq!(error(&server.raw("PUT", &path, &echoed, "")).1, LOGIN);
    // These are exempt by their path.
    let exempt = "/gateway/registry/api/oauth/agent/x";
    assert_eq!(server.raw("DELETE", exempt, &[], "").status, 401);
}

#[test]
fn a_person_has_organisations_and_each_has_its_agents() {
    let server = Server::demo();
    let me = get(&server, "api/me").json();
    assert_eq!(me["user"]["email"], "buyer@acmebrand.example");
    let ids: Vec<_> = me["organizations"]
        .as_array()
        .expect("is a list")
        .iter()
        .map(|row| row["id"].as_str().expect("has an id"))
        .collect();
    assert_eq!(ids, [ACME, NORTHWIND]);

    let urls = |query: &str| -> Vec<String> {
        let agents = get(&server, &format!("api/me/agents{query}")).json();
        let rows = agents["agents"].as_array().expect("is a list").clone();
        rows.iter()
            .map(|row| row["url"].as_str().expect("has a URL").to_owned())
            .collect()
    };
    let first = urls("");
    assert_eq!(first, urls("?org=org_acme"));
    let second = urls("?org=org_northwind");
    assert!(first.contains(&SALES.to_owned()) && !second.contains(&SALES.to_owned()));
    assert!(first.contains(&SHARED.to_owned()) && second.contains(&SHARED.to_owned()));
    let foreign = get(&server, "api/me/agents?org=org_other");
    assert_eq!(error(&foreign), (403, "Not authorized".to_owned()));
    for query in [
        "?org=",
        "?org[]=org_acme",
        "?org.x=1",
        "?org=a&org=b",
        "?org=%20a",
    ] {
        let answer = get(&server, &format!("api/me/agents{query}"));
        let words = "org must be a non-empty organization ID".to_owned();
        assert_eq!(error(&answer), (400, words), "{query}");
    }
}

#[test]
fn an_organisation_key_reaches_nothing_of_the_persons() {
    let server = Server::demo();
    let me = || call(&server, KEY, "GET", "api/me", &Value::Null);
    assert_eq!(me().status, 401);
    server.tell("registry", &json!({"me_for_keys": true}));
    assert_eq!(me().json()["organizations"], json!([]));
    let agents = call(&server, KEY, "GET", "api/me/agents", &Value::Null);
    let words = "No organization associated with this account";
    assert_eq!(error(&agents), (400, words.to_owned()));
    let save = of(SALES, "oauth-client-credentials");
    let saved = call(
        &server,
        KEY,
        "PUT",
        &save,
        &credentials(&server, &json!({})),
    );
    assert_eq!(saved.status, 403);
    let status = of(super::SIGNALS, "auth-status?org=org_acme");
    let told = call(&server, KEY, "GET", &status, &Value::Null).json();
    assert_eq!(
        (&told["has_auth"], &told["auth_type"]),
        (&json!(false), &Value::Null)
    );
}

#[test]
fn where_nothing_is_a_page_says_so() {
    let server = Server::demo();
    for (method, path) in [
        ("GET", "api/unknown"),
        ("GET", ""),
        ("POST", "api/me"),
        ("POST", "token/x"),
        ("GET", "authorize"),
        ("DELETE", "api/registry/agents/x/connect"),
        ("GET", "api/registry/agents/%E0%A4%A/unknown"),
    ] {
        let answer = call(&server, USER, method, path, &Value::Null);
        assert_eq!(answer.status, 404, "{method} {path}");
        assert_eq!(
            answer.header("content-type"),
            Some("text/html; charset=utf-8")
        );
        assert!(
            answer.text().contains(&format!("Cannot {method} ")),
            "{path}"
        );
    }
}

#[test]
fn other_origins_reach_the_oauth_pieces_and_nothing_else() {
    let server = Server::demo();
    let origin = ("Origin", "https://elsewhere.example");
    let asks = ("Access-Control-Request-Headers", "content-type");
    let open = [
        ".well-known/oauth-authorization-server",
        ".well-known/oauth-protected-resource/mcp",
        "token",
        "register",
    ];
    let closed = [
        ".well-known/oauth-protected-resource/api".to_owned(),
        "api/me".to_owned(),
        "api/me/agents".to_owned(),
        of(SALES, "auth-status"),
        of(SALES, "connect"),
        of(SALES, "oauth-client-credentials"),
        of(SALES, "oauth-client-credentials/test"),
        "api/oauth/agent/x/status".to_owned(),
        "api/oauth/agent/x".to_owned(),
    ];
    for (to, prefix) in [(server.console, "/gateway/registry/"), (server.auth, "/")] {
        for path in open {
            let path = format!("{prefix}{path}");
            let preflight = once(to, "OPTIONS", &path, &[origin, asks], "");
            assert_eq!(preflight.status, 204, "{path}");
            assert_eq!(preflight.header("access-control-allow-origin"), Some("*"));
            assert_eq!(
                preflight.header("access-control-allow-headers"),
                Some("content-type")
            );
            assert_eq!(preflight.header("access-control-allow-credentials"), None);
            let wrong = once(to, "DELETE", &path, &[origin], "");
            assert_eq!(wrong.status, 405, "{path}");
            for method in ["GET", "POST"] {
                let answer = once(to, method, &path, &[origin], "");
                assert_eq!(
                    answer.header("access-control-allow-origin"),
                    Some("*"),
                    "{path}"
                );
            }
        }
        for path in &closed {
            let path = format!("{prefix}{path}");
            let preflight = once(to, "OPTIONS", &path, &[origin, asks], "");
            assert_eq!(preflight.status, 200, "{path}");
            assert!(preflight.header("allow").is_some(), "{path}");
            for method in ["OPTIONS", "GET", "PUT", "POST", "DELETE"] {
                let answer = once(to, method, &path, &[origin], "");
                let lets_in = answer
                    .headers
                    .iter()
                    .any(|(name, _)| name.starts_with("access-"));
                assert!(!lets_in, "{method} {path}");
            }
        }
    }
    let navigated = once(server.auth, "GET", "/authorize", &[origin], "");
    assert_eq!(navigated.header("access-control-allow-origin"), None);
}

#[test]
fn only_the_named_organisation_is_changed_and_two_without_a_name_are_refused() {
    let server = Server::demo();
    let save = of(SHARED, "oauth-client-credentials");
    for (named, status) in [
        (Value::Null, 403),
        (json!("org_other"), 403),
        (json!(NORTHWIND), 200),
    ] {
        let mut body = credentials(&server, &json!({"organization_id": named}));
        if named.is_null() {
            body.as_object_mut()
                .expect("is an object")
                .remove("organization_id");
        }
        let answer = put(&server, &save, &body);
        assert_eq!(answer.status, status, "{named}");
    }
    let has = |query: &str| {
        let answer = get(&server, &of(SHARED, &format!("auth-status{query}")));
        answer.json()["has_auth"].clone()
    };
    assert_eq!(has(""), false, "two hold it");
    assert_eq!(has("?org=org_acme"), false);
    assert_eq!(has("?org=org_northwind"), true);
    assert_eq!(has("?org=org_other"), false);
}
