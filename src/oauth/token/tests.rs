//! What is asked of a token endpoint, and what may come back.

use super::*;
use crate::api::{Cookies, Method};
use crate::oauth::callback::check;
use crate::oauth::testing::{CALLBACK, START, answer, client, flow, provider};

fn granted() -> Granted {
    let query = ["state=", flow(1).get(Part::State), "&code=c%2F1"].concat();
    check(&mut [flow(1)], CALLBACK, CALLBACK, &query, START).expect("granted")
}

fn tokens(rest: &str) -> Result<Tokens, ApiError> {
    let body = [r#"{"token_type":"bearer","access_token":"at-1""#, rest, "}"].concat();
    parse_tokens(&answer(200, &body))
}

fn grant(rest: &str) -> Grant {
    Grant::new(granted(), tokens(rest).expect("tokens"), START)
}

#[track_caller]
fn body(request: &Request) -> &str {
    assert_eq!(request.method, Method::Post);
    assert_eq!(
        request.url,
        "https://console.example/gateway/registry/token"
    );
    let kind = request
        .headers
        .iter()
        .find(|(name, _)| *name == "Content-Type");
    assert_eq!(
        kind.map(|(_, kind)| kind.expose()),
        Some("application/x-www-form-urlencoded")
    );
    request.body.as_ref().map_or("", Secret::expose)
}

#[test]
fn d38_the_exchange_is_a_form_without_a_secret() {
    let request = exchange_request(&client(), &granted());
    let flow = flow(1);
    let verifier = flow.get(Part::Verifier);
    let expected = [
        "grant_type=authorization_code&code=c%2F1",
        "&redirect_uri=https%3A%2F%2Fconsole.example%2Foauth-callback.html&code_verifier=",
        verifier,
        "&client_id=client-1&resource=https%3A%2F%2Fid.example%2Fapi",
    ];
    assert_eq!(body(&request), expected.concat());
    assert!(!format!("{request:?}").contains(verifier));
}

#[test]
fn d02_there_are_two_grants_and_no_password_is_one() {
    let exchange = exchange_request(&client(), &granted());
    let refresh = refresh_request(&client(), &grant(r#","refresh_token":"rt-1""#)).expect("one");
    assert!(body(&exchange).starts_with("grant_type=authorization_code&"));
    assert!(body(&refresh).starts_with("grant_type=refresh_token&"));
}

#[test]
fn d11_both_legs_carry_the_same_redirect_address() {
    let there = flow(1).authorization_url("https://id.example/authorize", CALLBACK, &[]);
    let there = there.expect("an https address");
    let back = exchange_request(&client(), &granted());
    let of = |text: &str| {
        let (_, rest) = text.split_once("&redirect_uri=").expect("it is there");
        rest.split('&').next().map(str::to_owned)
    };
    assert_eq!(of(&there), of(body(&back)));
}

#[test]
fn d46_calls_to_the_token_endpoint_carry_no_cookie_and_end() {
    let request = exchange_request(&client(), &granted());
    assert_eq!(
        (request.cookies, request.timeout_ms),
        (Cookies::Omit, 30_000)
    );
    let authorizes = |(name, _): &(&str, Secret)| *name == "Authorization";
    assert!(!request.headers.iter().any(authorizes));
}

#[test]
fn d35_no_token_stands_in_an_address() {
    let request = exchange_request(&client(), &granted());
    assert!(!request.url.contains(['?', '#']));
    let refresh = refresh_request(&client(), &grant(r#","refresh_token":"rt-1""#)).expect("one");
    assert!(!refresh.url.contains("rt-1"));
}

#[test]
fn d39_only_a_bearer_token_of_some_length_is_one() {
    assert!(tokens("").is_ok());
    for (body, path) in [
        (r#"{"access_token":"hunter2-token"}"#, "token_type"),
        (
            r#"{"access_token":"hunter2-token","token_type":"mac"}"#,
            "token_type",
        ),
        (r#"{"token_type":"Bearer"}"#, "access_token"),
        (
            r#"{"token_type":"Bearer","access_token":""}"#,
            "access_token",
        ),
        (
            r#"{"token_type":"Bearer","access_token":7}"#,
            "access_token",
        ),
        ("access_token=hunter2-token&token_type=bearer", ""),
        ("<html>hunter2-token", ""),
        (r#"{"token_type":"Bearer","access_token":"hunter2-tok"#, ""),
    ] {
        let error = parse_tokens(&answer(200, body)).expect_err(body);
        assert_eq!(
            error,
            ApiError::Unreadable {
                status: 200,
                path: path.into(),
                excerpt: String::new()
            }
        );
    }
    let large = [r#","x":""#, &"y".repeat(LONGEST), "\""].concat();
    assert_eq!(
        tokens(&large).map_err(|error| error.code()),
        Err("unreadable")
    );
}

#[test]
fn d40_a_scope_that_is_not_told_is_the_one_asked_for() {
    let all = grant("");
    assert_eq!(
        (all.scope.as_str(), all.lacks().len()),
        ("openid profile email", 0)
    );
    let part = grant(r#","scope":"openid email extra""#);
    assert_eq!(
        (part.scope.as_str(), part.lacks()),
        ("openid email extra", vec!["profile"])
    );
    assert_eq!(
        grant(r#","scope":"""#).lacks(),
        ["openid", "profile", "email"]
    );
}

#[test]
fn d41_lifetimes_are_numbers_or_texts_of_one_and_otherwise_unknown() {
    for (value, seconds) in [
        ("3600", Some(3600)),
        ("\"3600\"", Some(3600)),
        ("3599.9", Some(3599)),
        ("0", Some(0)),
        ("-1", None),
        ("\"-1\"", None),
        ("\"NaN\"", None),
        ("\"+5\"", None),
        ("\"\"", None),
        ("1e3", None),
        ("99999999999999999999", None),
        ("true", None),
        ("null", None),
        ("[]", None),
    ] {
        let read = tokens(&[",\"expires_in\":", value].concat()).expect("tokens all the same");
        assert_eq!(read.expires_in, seconds, "{value}");
    }
    let hour = grant(r#","expires_in":3600"#);
    assert_eq!(hour.expires_at, Some(START + 3_600_000));
    assert_eq!(hour.renew_at, Some(START + 3_540_000));
    assert_eq!(grant(r#","expires_in":60"#).renew_at, Some(START + 30_000));
    assert_eq!(grant("").expires_at, None);
    let long = grant(r#","expires_in":9223372036854775807"#);
    assert_eq!(long.expires_at, Some(i64::MAX));
}

#[test]
fn d42_a_new_refresh_token_takes_the_old_ones_place() {
    let first = grant(r#","refresh_token":"rt-1","expires_in":100,"scope":"openid""#);
    assert!(!first.is_due(START + 49_999) && first.is_due(START + 50_000));
    let request = refresh_request(&client(), &first).expect("there is one to ask with");
    assert_eq!(
        body(&request),
        "grant_type=refresh_token&refresh_token=rt-1&client_id=client-1&resource=https%3A%2F%2Fid.example%2Fapi"
    );
    let second = first.renewed(
        tokens(r#","refresh_token":"rt-2""#).expect("tokens"),
        START + 50_000,
    );
    let request = refresh_request(&client(), &second).expect("the newer one");
    assert!(body(&request).contains("=rt-2&"));
    assert_eq!(
        (second.scope.as_str(), second.issuer()),
        ("openid", "https://id.example/")
    );
    let third = second.renewed(tokens("").expect("tokens"), START);
    let request = refresh_request(&client(), &third).expect("the old one stays");
    assert!(body(&request).contains("=rt-2&"));
    assert!(refresh_request(&client(), &grant("")).is_none());
    assert!(
        !grant(r#","expires_in":1"#).is_due(START + 5000),
        "nothing to renew it with"
    );
}

#[test]
fn a_dead_refresh_token_is_known_by_a_rule_of_the_provider() {
    let error = |status, body| parse_tokens(&answer(status, body)).expect_err("no tokens");
    let dead = error(500, r#"{"error":"server_error"}"#);
    let mut provider = provider();
    assert!(is_over(&provider, &dead));
    assert!(!is_over(&provider, &error(500, "<html>")));
    assert!(!is_over(
        &provider,
        &error(503, r#"{"error":"server_error"}"#)
    ));
    assert!(!is_over(&provider, &ApiError::Network));
    provider.dead_token_is_500 = false;
    assert!(!is_over(&provider, &dead));
    let refused = error(
        400,
        r#"{"error":"invalid_grant","error_description":"used before"}"#,
    );
    assert!(is_over(&provider, &refused) && is_over(&provider, &error(401, "")));
    let ApiError::Rejected { code, message, .. } = refused else {
        panic!("a 400 is a refusal")
    };
    assert_eq!(
        (code.as_str(), message.as_deref()),
        ("invalid_grant", Some("used before"))
    );
}

#[test]
fn d15_a_target_that_is_refused_has_its_own_code() {
    let refused = parse_tokens(&answer(400, r#"{"error":"invalid_target"}"#));
    let Err(ApiError::Rejected { code, .. }) = refused else {
        panic!("a 400 is a refusal: {refused:?}")
    };
    assert_eq!(code, "invalid_target");
}

#[test]
fn d57_nothing_shows_a_token() {
    let grant = grant(r#","refresh_token":"rt-1""#);
    let shown = format!("{grant:?} {:?}", tokens(r#","refresh_token":"rt-1""#));
    assert!(
        !shown.contains("at-1") && !shown.contains("rt-1"),
        "{shown}"
    );
}
