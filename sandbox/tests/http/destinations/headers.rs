//! What the gateway and the service ask of the headers, and what a portal in front adds.

use super::{BASIC, CLIENT, HEADERS, PREFIX, TOKEN, call, get, rows, switch, with};
use crate::{connection::Answer, server::Server};
use serde_json::{Value, json};

fn list(server: &Server, headers: &[(&str, &str)]) -> Answer {
    server.raw("GET", &format!("{PREFIX}credentials"), headers, "")
}

#[test]
fn each_header_is_asked_for_in_the_words_of_the_documents() {
    let server = Server::demo();
    for (name, value, status, code, message) in [
        (
            "Authorization",
            None,
            403,
            "403010",
            "Oauth token is missing.",
        ),
        (
            "Authorization",
            Some("Bearer x"),
            401,
            "401013",
            "Oauth token is not valid",
        ),
        (
            "Authorization",
            Some("Basic eA=="),
            401,
            "401013",
            "Oauth token is not valid",
        ),
        ("x-api-key", None, 403, "403000", "Api Key is required"),
        (
            "x-api-key",
            Some("other"),
            403,
            "403003",
            "Api Key is invalid",
        ),
        ("x-gw-ims-org-id", None, 400, "400003", "Missing header"),
        (
            "x-gw-ims-org-id",
            Some("AC3428435BF324E90A49402A@AdobeOrg"),
            403,
            "403025",
            "Profile is not valid",
        ),
        (
            "x-gw-ims-org-id",
            Some("7A1C428F5DE324E90A49402B"),
            403,
            "403027",
            "User region is missing",
        ),
        (
            "x-gw-ims-org-id",
            Some("7a1c@adobeorg"),
            403,
            "403027",
            "User region is missing",
        ),
    ] {
        let answer = list(&server, &with(name, value));
        let told = json!({"error_code": code, "message": message});
        assert_eq!(
            (answer.status, answer.json()),
            (status, told),
            "{name}: {value:?}"
        );
    }
    assert_eq!(list(&server, &HEADERS).status, 200);
}

#[test]
fn a_sandbox_has_to_be_named_and_to_be_there() {
    let server = Server::demo();
    for (value, status) in [(None, 400), (Some("nowhere"), 403), (Some("Prod"), 403)] {
        let answer = list(&server, &with("x-sandbox-name", value));
        assert_eq!(answer.status, status, "{value:?}");
        let told = answer.json();
        assert_eq!(told["status"], status);
        assert!(
            told["detail"]
                .as_str()
                .is_some_and(|words| words.contains("x-sandbox-name")),
            "{told}"
        );
        assert!(
            told["type"]
                .as_str()
                .is_some_and(|kind| kind.starts_with("https://ns.adobe.com/aep/errors/"))
        );
        assert_eq!(
            told["report"]["errorChain"][0]["errorMessage"],
            told["detail"]
        );
    }
    let empty = list(&server, &with("x-sandbox-name", Some("acme-dev")));
    assert_eq!(empty.json(), json!({"items": []}));
    // What is in one sandbox is not in another.
    let path = format!("{PREFIX}{BASIC}");
    let elsewhere = server.raw("GET", &path, &with("x-sandbox-name", Some("acme-dev")), "");
    assert_eq!((elsewhere.status, get(&server, BASIC).status), (404, 200));
}

#[test]
fn a_body_has_to_say_that_it_is_json() {
    let server = Server::demo();
    let body = super::basic("a").to_string();
    for (method, path) in [("POST", "credentials"), ("PUT", BASIC)] {
        for kind in [None, Some("text/plain"), Some("application/jsonx")] {
            let answer = server.raw(
                method,
                &format!("{PREFIX}{path}"),
                &with("Content-Type", kind),
                &body,
            );
            let told = json!({"type": "/placeholder/type/uri", "status": 400, "title": "BadRequestError",
                "detail": "A valid content-type must be specified"});
            assert_eq!(
                (answer.status, answer.json()),
                (400, told),
                "{method} {kind:?}"
            );
        }
    }
    let with_charset = with("Content-Type", Some("application/json; charset=utf-8"));
    let answer = server.raw(
        "POST",
        &format!("{PREFIX}credentials"),
        &with_charset,
        &body,
    );
    assert_eq!(answer.status, 200);
    // Without a body there is nothing to say.
    let bare = with("Content-Type", None);
    assert_eq!(
        server
            .raw("DELETE", &format!("{PREFIX}{BASIC}"), &bare, "")
            .status,
        200
    );
}

#[test]
fn calls_are_counted_when_it_is_asked_for() {
    let server = Server::demo();
    switch(&server, &json!({"per_minute": 2}));
    let statuses = [0; 3].map(|_| get(&server, "credentials").status);
    assert_eq!(statuses, [200, 200, 429]);
    let answer = get(&server, "credentials");
    assert_eq!(
        answer.json(),
        json!({"error_code": "429050", "message": "Too many requests"})
    );
    let wait: u64 = answer
        .header("retry-after")
        .and_then(|text| text.parse().ok())
        .expect("tells the wait");
    assert!((1..=60).contains(&wait), "{wait}");
    switch(&server, &json!({"per_minute": 3}));
    assert_eq!(get(&server, "credentials").status, 200);
}

#[test]
fn without_the_permission_nothing_is_done() {
    let server = Server::demo();
    switch(&server, &json!({"permission": false}));
    let before = super::post(&server, &super::basic("a"));
    assert_eq!(before.status, 403);
    assert!(
        before.json()["detail"]
            .as_str()
            .is_some_and(|words| words.contains("Destination Authoring"))
    );
    switch(&server, &json!({"permission": true}));
    assert_eq!(rows(&server).len(), 9);
}

#[test]
fn a_portal_adds_token_and_key_for_a_session() {
    let server = Server::demo();
    let answer = server.control("POST", "session", &json!({"as": "scope3_demo_buyer"}));
    let cookie = answer
        .header("set-cookie")
        .and_then(|text| text.split(';').next())
        .expect("has a cookie");
    let rest = [HEADERS[2], HEADERS[3]];
    let asked = |more: &[(&str, &str)]| list(&server, &[&rest, more].concat());
    let signed_in = [("Cookie", cookie), ("X-Credenza", "1")];
    assert_eq!(asked(&signed_in).status, 200);
    assert_eq!(
        asked(&signed_in[..1]).json()["error_code"],
        "403010",
        "a foreign page has no mark"
    );
    assert_eq!(
        asked(&signed_in[1..]).status,
        401,
        "the portal answers itself where nobody is signed in"
    );
    assert_eq!(
        asked(&[&signed_in[..], &[("x-api-key", "other")]].concat()).json()["error_code"],
        "403003"
    );
    assert_eq!(
        asked(&[&signed_in[..], &[("x-api-key", CLIENT)]].concat()).status,
        200
    );
    // What the browser brings along is looked at, not replaced.
    let own = [
        &signed_in[..],
        &[("Authorization", "Bearer x"), ("x-api-key", CLIENT)],
    ]
    .concat();
    assert_eq!(asked(&own).json()["error_code"], "401013");
    // The organisation and the sandbox are the console's to say.
    let without = server.raw("GET", &format!("{PREFIX}credentials"), &signed_in, "");
    assert_eq!(without.json()["error_code"], "400003");
    assert_eq!(
        server.control("DELETE", "session", &Value::Null).status,
        204
    );
    assert_eq!(asked(&signed_in).status, 401);
}

#[test]
fn what_is_not_documented_is_not_there() {
    let server = Server::demo();
    for (method, path, status) in [
        ("GET", "destinations", 404),
        ("GET", "credentials/", 404),
        ("GET", "credentials/a/b", 404),
        ("PATCH", BASIC, 405),
        ("POST", BASIC, 405),
        ("DELETE", "credentials", 405),
        ("GET", "credentials/%zz", 404),
    ] {
        let answer = call(&server, method, path, &Value::Null);
        assert_eq!(
            (answer.status, answer.json()["status"].as_u64()),
            (status, Some(u64::from(status))),
            "{path}"
        );
    }
    assert_eq!(
        server
            .raw("GET", "/gateway/destinations", &HEADERS, "")
            .status,
        404
    );
    let under = Server::with(|setup| setup.base = "/tools/credenza/".to_owned());
    let path = "/tools/credenza/gateway/destinations/credentials";
    assert_eq!(under.raw("GET", path, &HEADERS, "").status, 200);
}

#[test]
fn the_log_keeps_no_secret() {
    let server = Server::demo();
    let body = json!({"name": "a", "azureConnectionStringAuthentication": {"connectionString": "s3cret-canary"}});
    super::post(&server, &body);
    for (key, members) in [
        ("s3Authentication", ["accessId", "secretKey"]),
        ("sshAuthentication", ["username", "sshKey"]),
        ("azureAuthentication", ["tenant", "servicePrincipalKey"]),
        ("oauth1Authentication", ["apiSecret", "tokenSecret"]),
        (
            "oauth2ClientAuthentication",
            ["clientSecret", "developerToken"],
        ),
        (
            "oauth2RefreshTokenAuthentication",
            ["refreshToken", "header"],
        ),
    ] {
        let [first, second] = members;
        super::post(
            &server,
            &json!({key: {first: "plain", second: "s3cret-canary"}}),
        );
    }
    let log = server.requests();
    assert_eq!(log[1]["body"]["s3Authentication"]["accessId"], "plain");
    assert_eq!(
        log[1]["body"]["s3Authentication"]["secretKey"]["length"],
        13
    );
    assert_eq!(log[0]["headers"]["authorization"]["length"], TOKEN.len());
    assert_eq!(log[0]["headers"]["x-api-key"], CLIENT);
    assert!(!Value::Array(log).to_string().contains("canary"));
}
