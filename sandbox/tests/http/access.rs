//! Tokens, sessions, roles, terms and the rate limit.

use crate::server::{ADMIN, BUYER, MAIN, NO_ROLE, SUPER, Server, key};
use serde_json::{Value, json};

#[test]
fn accounts_tell_company_and_role() {
    let server = Server::demo();
    let current = |token| server.call(token, "GET", "accounts/current", None).data();
    let buyer = current(BUYER);
    assert_eq!(
        (buyer["id"].as_u64(), buyer["company"].as_str()),
        (Some(11), Some("Acme Brand"))
    );
    assert_eq!(buyer["role"], "MEMBER");
    assert_eq!(current(ADMIN)["role"], "ADMIN");
    let highest = current(SUPER);
    assert_eq!(
        (highest["role"].as_str(), &highest["company"]),
        (Some("SUPER_ADMIN"), &buyer["company"])
    );
    assert!(current(NO_ROLE).get("role").is_none());
    assert_eq!(current("scope3_demo_other")["company"], "Other Company");
}

#[test]
fn tokens_that_are_missing_unknown_or_expired_are_401() {
    let server = Server::demo();
    let path = "/gateway/storefront/accounts/current";
    let basic = ("Authorization", "Basic scope3_demo_buyer");
    for headers in [
        vec![],
        vec![basic],
        vec![("Authorization", "Bearer nobody")],
        vec![("Authorization", "Bearer scope3_demo_expired")],
    ] {
        let answer = server.raw("GET", path, &headers, "");
        assert_eq!(
            (answer.status, answer.error()["code"].as_str()),
            (401, Some("UNAUTHORIZED")),
            "{headers:?}"
        );
    }
    assert_eq!(
        server
            .raw("GET", path, &[("X-Scope3-Api-Key", BUYER)], "")
            .status,
        200
    );
}

#[test]
fn terms_and_scope_stop_writes_alone() {
    let server = Server::demo();
    for (token, code) in [
        ("scope3_demo_noterms", "TOS_ACCEPTANCE_REQUIRED"),
        ("scope3_demo_scope", "CUSTOMER_SCOPE_REQUIRED"),
    ] {
        assert_eq!(
            server.call(token, "GET", "buyer/storefronts", None).status,
            200
        );
        let answer = server.register(token, MAIN, &key("a"));
        assert_eq!(
            (answer.status, answer.error()["code"].as_str()),
            (403, Some(code))
        );
        assert_eq!(
            server
                .call(token, "POST", "buyer/storefronts/47/connection", None)
                .status,
            403
        );
    }
    let error = server
        .register("scope3_demo_scope", MAIN, &key("a"))
        .error();
    let choices = json!([{"id": 11, "name": "Acme Brand"}, {"id": 12, "name": "Other Company"}]);
    assert_eq!(error["details"]["availableCustomers"], choices);
}

#[test]
fn the_limit_is_100_a_minute_for_each_token() {
    let server = Server::demo();
    let first = server.read("accounts/current");
    assert_eq!(
        (
            first.header("ratelimit-limit"),
            first.header("ratelimit-remaining")
        ),
        (Some("100"), Some("99"))
    );
    assert!(
        first
            .header("ratelimit-reset")
            .and_then(|text| text.parse::<u32>().ok())
            .is_some_and(|s| s <= 60)
    );
    for _ in 0..99 {
        assert_eq!(server.read("accounts/current").status, 200);
    }
    let over = server.read("accounts/current");
    assert_eq!(
        (over.status, over.error()["code"].as_str()),
        (429, Some("RATE_LIMITED"))
    );
    assert_eq!(over.header("ratelimit-remaining"), Some("0"));
    assert!(
        over.header("retry-after")
            .and_then(|text| text.parse::<u32>().ok())
            .is_some_and(|s| (1..=60).contains(&s))
    );
    assert_eq!(
        server.call(ADMIN, "GET", "accounts/current", None).status,
        200
    );
    server.tell("limits", &json!({"per_minute": 5000}));
    let raised = server.read("accounts/current");
    assert_eq!(
        (raised.status, raised.header("ratelimit-limit")),
        (200, Some("5000"))
    );
}

#[test]
fn a_session_acts_for_its_token_until_it_ends() {
    let server = Server::demo();
    let started = server.control("POST", "session", &json!({"as": BUYER}));
    let cookie = started
        .header("set-cookie")
        .expect("sets a cookie")
        .to_owned();
    assert!(
        cookie.starts_with("sandbox_session=")
            && cookie.ends_with("; HttpOnly; SameSite=Lax; Path=/"),
        "{cookie}"
    );
    let cookie = cookie.split(';').next().expect("has a value").to_owned();
    let with = |headers: &[(&str, &str)]| {
        server.raw("GET", "/gateway/storefront/accounts/current", headers, "")
    };
    let ours = ("X-Credenza", "1");
    assert_eq!(
        with(&[ours, ("Cookie", &format!("other=1; {cookie}"))]).data()["company"],
        "Acme Brand"
    );
    assert_eq!(
        with(&[("Cookie", &cookie)]).status,
        401,
        "a foreign page could send this"
    );
    assert_eq!(with(&[ours]).status, 401);
    assert_eq!(
        with(&[ours, ("Cookie", "sandbox_session=made-up")]).status,
        401
    );
    assert_eq!(
        server.control("DELETE", "session", &Value::Null).status,
        204
    );
    assert_eq!(with(&[ours, ("Cookie", &cookie)]).status, 401);
    assert_eq!(
        server
            .control("POST", "session", &json!({"as": "nobody"}))
            .status,
        400
    );
}

#[test]
fn a_session_has_the_rights_of_its_token() {
    let server = Server::demo();
    let register = |token: &str, identifier: &str| {
        let started = server.control("POST", "session", &json!({"as": token}));
        let cookie = started
            .header("set-cookie")
            .and_then(|text| text.split(';').next())
            .expect("sets a cookie")
            .to_owned();
        let headers = [
            ("X-Credenza", "1"),
            ("Cookie", cookie.as_str()),
            ("Content-Type", "application/json"),
        ];
        let mut body = key(identifier);
        body["marketplaceAccount"] = json!(true);
        let path = format!("/gateway/storefront/{MAIN}");
        server.raw("POST", &path, &headers, &body.to_string())
    };
    for token in [BUYER, NO_ROLE] {
        let refused = register(token, "shared");
        assert_eq!(
            (refused.status, refused.error()["code"].as_str()),
            (403, Some("FORBIDDEN")),
            "{token}"
        );
    }
    for (token, user) in [
        (ADMIN, "admin@acmebrand.example"),
        (SUPER, "super@acmebrand.example"),
    ] {
        let created = register(token, token);
        assert_eq!(created.status, 201, "{token}");
        let rows = server.credentials(ADMIN);
        let row = rows
            .iter()
            .find(|row| row["id"] == created.data()["id"])
            .expect("is listed");
        assert_eq!(
            (row["accountType"].as_str(), row["registeredBy"].as_str()),
            (Some("MARKETPLACE"), Some(user))
        );
    }
}

#[test]
fn the_sign_in_page_starts_a_session() {
    let server = Server::demo();
    let page = server.get("/_sandbox/login");
    assert_eq!(
        page.header("content-type"),
        Some("text/html; charset=utf-8")
    );
    assert!(page.text().contains("value=\"scope3_demo_buyer\""));
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let signed_in = server.raw("POST", "/_sandbox/login", &form, "as=scope3_demo_buyer");
    let cookie = signed_in
        .header("set-cookie")
        .and_then(|text| text.split(';').next())
        .expect("sets a cookie")
        .to_owned();
    let headers = [("X-Credenza", "1"), ("Cookie", cookie.as_str())];
    assert_eq!(
        server
            .raw("GET", "/gateway/storefront/accounts/current", &headers, "")
            .status,
        200
    );
    assert_eq!(
        server
            .raw("POST", "/_sandbox/login", &form, "as=nobody")
            .status,
        400
    );
    assert_eq!(server.get("/_sandbox/pages.css").status, 200);
}
