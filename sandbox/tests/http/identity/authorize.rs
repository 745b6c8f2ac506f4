//! The consent page and the way back.

use super::{FORM, RETURN, authorize, client, encoded, press, register, returned};
use crate::server::{Server, once};
use serde_json::json;

#[test]
fn the_page_is_guarded_and_shows_what_is_asked() {
    let server = Server::demo();
    let page = authorize(&server, &client(&server), &[]);
    assert_eq!(page.status, 200);
    let policy = page
        .header("content-security-policy")
        .expect("has a policy");
    assert!(
        policy.contains("form-action 'self' https://console.example;"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let html = page.text();
    for words in [
        "Console &lt;b&gt;",
        "openid profile",
        "https://registry.example/api",
        RETURN,
    ] {
        assert!(html.contains(words), "{words} in {html}");
    }
    assert!(
        !html.contains("<script") && !html.contains("style="),
        "{html}"
    );
}

#[test]
fn approving_leads_back_once_with_code_state_and_issuer() {
    let server = Server::demo();
    let page = authorize(&server, &client(&server), &[]);
    let told = press(&server, &page, "approve");
    assert_eq!(told.status, 303);
    let told = returned(&told);
    assert_eq!(told["state"], "st-1");
    assert_eq!(told["iss"], format!("http://{}/", server.auth));
    assert!(told.contains_key("code") && told.len() == 3, "{told:?}");
    assert_eq!(press(&server, &page, "approve").status, 400);
    let page = authorize(&server, &client(&server), &[]);
    assert_eq!(press(&server, &page, "perhaps").status, 400);
    assert_eq!(
        press(&server, &page, "deny").status,
        303,
        "it was not decided yet"
    );
}

#[test]
fn denying_is_told_or_strands_the_person() {
    let server = Server::demo();
    let id = client(&server);
    server.tell(
        "registry",
        &json!({"denial_description": "<img src=x onerror=alert(1)>"}),
    );
    let told = returned(&press(&server, &authorize(&server, &id, &[]), "deny"));
    assert_eq!(told["error"], "access_denied");
    assert_eq!(told["error_description"], "<img src=x onerror=alert(1)>");
    assert_eq!(
        (told["state"].as_str(), told.contains_key("code")),
        ("st-1", false)
    );
    assert_eq!(told["iss"], format!("http://{}/", server.auth));
    server.tell("registry", &json!({"denial": "stranded"}));
    let stranded = press(&server, &authorize(&server, &id, &[]), "deny");
    assert_eq!((stranded.status, stranded.header("location")), (400, None));
}

#[test]
fn what_iss_says_is_switched_for_successes_and_errors() {
    let server = Server::demo();
    let id = client(&server);
    let origin = format!("http://{}", server.auth);
    for (switch, issuer, iss) in [
        ("sent", "slash", Some(format!("{origin}/"))),
        ("sent", "plain", Some(origin.clone())),
        ("unadvertised", "slash", Some(format!("{origin}/"))),
        (
            "wrong",
            "slash",
            Some("https://issuer.elsewhere.example/".to_owned()),
        ),
        ("slash", "slash", Some(origin.clone())),
        ("slash", "plain", Some(format!("{origin}/"))),
        ("missing", "slash", None),
        ("never", "slash", None),
    ] {
        server.tell("registry", &json!({"iss": switch, "issuer": issuer}));
        for decision in ["approve", "deny"] {
            let told = returned(&press(&server, &authorize(&server, &id, &[]), decision));
            assert_eq!(
                told.get("iss"),
                iss.as_ref(),
                "{switch} {issuer} {decision}"
            );
        }
        let refused = returned(&authorize(&server, &id, &[("response_type", "token")]));
        assert_eq!(refused.get("iss"), iss.as_ref(), "{switch} {issuer}");
    }
}

#[test]
fn consent_can_be_decided_without_a_person() {
    let server = Server::demo();
    let id = client(&server);
    server.tell("registry", &json!({"consent": "approve"}));
    assert!(returned(&authorize(&server, &id, &[])).contains_key("code"));
    server.tell("registry", &json!({"consent": "deny"}));
    assert_eq!(
        returned(&authorize(&server, &id, &[]))["error"],
        "access_denied"
    );
}

#[test]
fn an_address_that_cannot_be_trusted_is_never_led_to() {
    let server = Server::demo();
    let id = client(&server);
    for (client, changes, error) in [
        ("", vec![], "invalid_request"),
        ("unknown", vec![], "invalid_client"),
        // The client is looked at before the address.
        (
            "unknown",
            vec![("redirect_uri", "https://e.example")],
            "invalid_client",
        ),
        (
            &id,
            vec![("redirect_uri", "https://e.example")],
            "invalid_request",
        ),
        (
            &id,
            vec![(
                "redirect_uri",
                "https://console.example/oauth-callback.html/",
            )],
            "invalid_request",
        ),
        // The address is looked at before everything else.
        (
            &id,
            vec![
                ("redirect_uri", "https://e.example"),
                ("response_type", "x"),
            ],
            "invalid_request",
        ),
    ] {
        let mut changes = changes;
        changes.push(("client_id", client));
        let answer = authorize(&server, client, &changes);
        assert_eq!(
            (answer.status, answer.header("location")),
            (400, None),
            "{changes:?}"
        );
        assert_eq!(answer.json()["error"], error, "{changes:?}");
    }
    // Nor is one that is given twice.
    let twice = format!(
        "/authorize?{}&redirect_uri=https://e.example",
        encoded(&[("client_id", &id), ("redirect_uri", RETURN),])
    );
    assert_eq!(once(server.auth, "GET", &twice, &[], "").status, 400);
}

#[test]
fn other_problems_are_told_to_the_client_in_order() {
    let server = Server::demo();
    let id = client(&server);
    let wrong = [
        ("response_type", "token"),
        ("code_challenge", ""),
        ("code_challenge_method", "plain"),
        ("resource", "no address"),
    ];
    for at in 0..wrong.len() {
        let told = returned(&authorize(&server, &id, &wrong[at..]));
        assert_eq!(told["error"], "invalid_request");
        let words = &told["error_description"];
        assert!(words.starts_with(wrong[at].0), "{words}");
        assert_eq!(told["state"], "st-1");
    }
    let without = returned(&authorize(
        &server,
        &id,
        &[("code_challenge_method", ""), ("state", "")],
    ));
    assert!(!without.contains_key("state"), "{without:?}");
    assert_eq!(authorize(&server, &id, &[("resource", "")]).status, 200);
}

#[test]
fn a_form_may_ask_too_and_the_only_address_may_be_left_out() {
    let server = Server::demo();
    let body =
        json!({"redirect_uris": ["http://127.0.0.1:1/cb"], "token_endpoint_auth_method": "none"});
    let answer = register(&server, &body).json();
    let id = answer["client_id"].as_str().expect("is told");
    let mut pairs = vec![
        ("client_id", id),
        ("response_type", "code"),
        ("code_challenge", "x"),
        ("code_challenge_method", "S256"),
    ];
    let page = once(server.auth, "POST", "/authorize", &[FORM], &encoded(&pairs));
    assert_eq!(page.status, 200, "{}", page.text());
    // Between loopback addresses the port may be another.
    pairs.push(("redirect_uri", "http://127.0.0.1:54321/cb"));
    let page = once(server.auth, "POST", "/authorize", &[FORM], &encoded(&pairs));
    let pressed = press(&server, &page, "approve");
    let to = pressed.header("location").expect("leads back");
    assert!(to.starts_with("http://127.0.0.1:54321/cb?code="), "{to}");
}
