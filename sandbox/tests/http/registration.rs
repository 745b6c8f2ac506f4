//! Registering credentials, with every check.

use crate::server::{ADMIN, BUYER, MAIN, NO_ROLE, PODCASTS, SUPER, Server, key};
use serde_json::{Value, json};

fn at(storefront: u32, source: &str) -> String {
    format!("buyer/storefronts/{storefront}/sources/{source}/credentials")
}

fn jwt() -> Value {
    json!({"type": "jwt", "privateKey": "-----BEGIN", "issuer": "i", "subject": "s", "keyId": "k", "scope": "x",
        "tokenEndpointUrl": "https://a.example/token", "audienceUrl": "https://a.example", "algorithm": "RS256"})
}

#[test]
fn a_key_connects_at_once() {
    let server = Server::demo();
    let answer = server.register(BUYER, MAIN, &key("acme-main"));
    assert_eq!(answer.status, 201);
    let row = answer.data();
    let mut keys: Vec<_> = row
        .as_object()
        .expect("is an object")
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "accountIdentifier",
            "createdAt",
            "id",
            "registeredBy",
            "status"
        ]
    );
    assert_eq!(
        (row["id"].as_str(), row["status"].as_str()),
        (Some("801"), Some("ACTIVE"))
    );
    assert!(!answer.text().contains("k-123"), "no secret comes back");

    let listed = server
        .credentials(BUYER)
        .into_iter()
        .find(|other| other["id"] == row["id"])
        .expect("is listed");
    assert_eq!(
        (listed["accountType"].as_str(), &listed["createdAt"]),
        (Some("CLIENT"), &row["createdAt"])
    );
    assert_eq!(
        listed["sources"],
        json!([{"storefrontId": 42, "storefrontName": "Premium CTV Storefront", "sourceId": "src_main",
            "sourceName": "Premium CTV \u{2014} Direct"}])
    );
    assert_eq!(
        server.read("buyer/storefronts?name=premium").data()["items"][0]["connectedSourceCount"],
        3
    );
}

#[test]
fn every_kind_of_source_takes_its_own() {
    let server = Server::demo();
    let basic = json!({"type": "basic", "username": "u", "password": ""});
    for (index, (path, auth)) in [
        (MAIN.to_owned(), json!({"type": "bearer", "token": "t"})),
        (MAIN.to_owned(), json!({"type": "apikey", "token": "t"})),
        (MAIN.to_owned(), json!({"type": "api_key", "token": "t"})),
        (at(42, "src_partner"), basic.clone()),
        (at(48, "src_jwt"), jwt()),
        (at(44, "src_news"), json!({})),
    ]
    .into_iter()
    .enumerate()
    {
        let body = json!({"accountIdentifier": format!("a{index}"), "auth": auth});
        let answer = server.register(BUYER, &path, &body);
        assert_eq!(
            (answer.status, answer.data()["status"].as_str()),
            (201, Some("ACTIVE")),
            "{path} {body}"
        );
    }
    assert_eq!(
        server
            .register(
                BUYER,
                &at(44, "src_news"),
                &json!({"accountIdentifier": "none"})
            )
            .status,
        201
    );

    for (path, auth, field) in [
        (MAIN.to_owned(), basic, "auth.type"),
        (MAIN.to_owned(), jwt(), "auth.type"),
        (MAIN.to_owned(), json!({}), "auth"),
        (
            at(42, "src_partner"),
            json!({"type": "api_key", "token": "t"}),
            "auth.type",
        ),
        (
            at(48, "src_jwt"),
            json!({"type": "bearer", "token": "t"}),
            "auth.type",
        ),
        (
            at(44, "src_news"),
            json!({"type": "bearer", "token": "t"}),
            "auth.type",
        ),
    ] {
        let answer = server.register(
            BUYER,
            &path,
            &json!({"accountIdentifier": "b", "auth": auth}),
        );
        let error = answer.error();
        assert_eq!(
            (answer.status, error["code"].as_str()),
            (400, Some("VALIDATION_ERROR")),
            "{path}"
        );
        assert_eq!(
            (
                error["field"].as_str(),
                error["details"]["issues"][0]["path"].as_str()
            ),
            (Some(field), Some(field))
        );
    }
    let without = server.register(BUYER, MAIN, &json!({"accountIdentifier": "b"}));
    assert_eq!(without.error()["field"], "auth");
}

#[test]
fn every_problem_is_told_at_once() {
    let server = Server::demo();
    let mut auth = jwt();
    auth["tokenEndpointUrl"] = json!("not a url");
    auth["algorithm"] = json!("HS256");
    auth["issuer"] = json!("");
    let body = json!({"accountIdentifier": "x".repeat(256), "auth": auth, "marketplaceAccount": 1});
    let answer = server.register(BUYER, &at(48, "src_jwt"), &body);
    assert_eq!(answer.status, 400);
    let error = answer.error();
    let issues = error["details"]["issues"].as_array().expect("lists issues");
    let paths: Vec<_> = issues
        .iter()
        .map(|issue| issue["path"].as_str().expect("is dotted"))
        .collect();
    let wanted = [
        "accountIdentifier",
        "auth.issuer",
        "auth.tokenEndpointUrl",
        "auth.algorithm",
        "marketplaceAccount",
    ];
    assert_eq!(paths, wanted);
    assert_eq!(error["field"], "accountIdentifier");
    assert!(issues.iter().all(|issue| issue["message"].is_string()));
}

#[test]
fn bodies_that_are_not_json_are_refused() {
    let server = Server::demo();
    let path = format!("/gateway/storefront/{MAIN}");
    let bearer = ("Authorization", "Bearer scope3_demo_buyer");
    for (kind, body) in [
        ("application/json", "{\"accountIdentifier\":"),
        ("text/plain", "{}"),
        ("application/json", ""),
    ] {
        let answer = server.raw("POST", &path, &[bearer, ("Content-Type", kind)], body);
        assert_eq!(
            (answer.status, answer.error()["code"].as_str()),
            (400, Some("BAD_REQUEST")),
            "{kind} {body}"
        );
    }
    assert_eq!(
        server.register(BUYER, MAIN, &json!([])).error()["code"],
        "VALIDATION_ERROR"
    );
}

#[test]
fn what_is_not_there_or_needs_nothing() {
    let server = Server::demo();
    for path in [at(42, "src_none"), at(43, "src_main"), at(999, "src_main")] {
        let answer = server.register(BUYER, &path, &key("a"));
        assert_eq!(
            (answer.status, answer.error()["code"].as_str()),
            (404, Some("NOT_FOUND")),
            "{path}"
        );
    }
    let open = server.register(BUYER, &at(42, "src_open"), &key("a"));
    assert_eq!(
        (open.status, open.error()["code"].as_str()),
        (400, Some("BAD_REQUEST"))
    );
    let odd = server.register(
        BUYER,
        "buyer/storefronts/0/sources/src_main/credentials",
        &json!({}),
    );
    let issues = odd.error()["details"]["issues"].clone();
    assert_eq!(
        (issues[0]["path"].as_str(), issues[1]["path"].as_str()),
        (Some("storefrontId"), Some("accountIdentifier"))
    );
}

#[test]
fn one_registration_covers_every_source_of_its_agent() {
    let server = Server::demo();
    assert_eq!(
        server
            .register(BUYER, &at(45, "src_app"), &key("acme-orchard"))
            .status,
        201
    );
    let row = server
        .credentials(BUYER)
        .into_iter()
        .find(|row| row["accountIdentifier"] == "acme-orchard")
        .expect("is listed");
    let names: Vec<_> = row["sources"]
        .as_array()
        .expect("is a list")
        .iter()
        .map(|s| s["sourceId"].as_str())
        .collect();
    assert_eq!(names, [Some("src_web"), Some("src_app"), Some("src_store")]);
    assert_eq!(
        server.read("buyer/storefronts/45").data()["connected"],
        true
    );
    // The identifier is taken at all of them now.
    assert_eq!(
        server
            .register(BUYER, &at(45, "src_web"), &key("acme-orchard"))
            .status,
        409
    );
    let three = server
        .credentials(BUYER)
        .into_iter()
        .find(|row| row["id"] == "745")
        .expect("is seeded");
    assert_eq!(three["sources"].as_array().map(Vec::len), Some(3));
}

#[test]
fn an_identifier_is_registered_once_for_each_company() {
    let server = Server::demo();
    assert_eq!(server.register(BUYER, MAIN, &key("same")).status, 201);
    let again = server.register(BUYER, MAIN, &key("same"));
    let error = again.error();
    assert_eq!(
        (again.status, error["code"].as_str()),
        (409, Some("CONFLICT"))
    );
    assert_eq!(error["field"], "accountIdentifier");
    assert_eq!(server.register(BUYER, MAIN, &key("another")).status, 201);
    assert_eq!(
        server
            .register("scope3_demo_other", MAIN, &key("same"))
            .status,
        201
    );
    assert_eq!(server.credentials("scope3_demo_other").len(), 1);
}

#[test]
fn marketplace_accounts_are_for_admins() {
    let server = Server::demo();
    let mut body = key("shared");
    body["marketplaceAccount"] = json!(true);
    for token in [BUYER, NO_ROLE] {
        let answer = server.register(token, MAIN, &body);
        assert_eq!(
            (answer.status, answer.error()["code"].as_str()),
            (403, Some("FORBIDDEN"))
        );
    }
    assert_eq!(server.register(ADMIN, MAIN, &body).status, 201);
    body["accountIdentifier"] = json!("shared by another");
    assert_eq!(server.register(SUPER, MAIN, &body).status, 201);
    let kinds = |token| {
        server
            .credentials(token)
            .iter()
            .filter(|row| row["accountType"] == "MARKETPLACE")
            .count()
    };
    assert_eq!((kinds(ADMIN), kinds(SUPER)), (3, 3));
    assert_eq!((kinds(BUYER), kinds(NO_ROLE)), (0, 0));
}

#[test]
fn an_oauth_source_waits_for_consent_whatever_was_sent() {
    let server = Server::demo();
    for (index, body) in [
        json!({"accountIdentifier": "p0"}),
        json!({"accountIdentifier": "p1", "auth": {}}),
        json!({"accountIdentifier": "p2", "auth": {"type": "bearer", "token": "t"}}),
    ]
    .iter()
    .enumerate()
    {
        let answer = server.register(BUYER, PODCASTS, body);
        let row = answer.data();
        assert_eq!(
            (answer.status, row["status"].as_str()),
            (201, Some("PENDING")),
            "{index}"
        );
        let oauth = &row["oauth"];
        assert_eq!(
            (oauth["storefrontId"].as_u64(), oauth["sourceId"].as_str()),
            (Some(43), Some("src_podcasts"))
        );
        assert_eq!(oauth["sourceName"], "Harbor Podcasts");
        let url = oauth["authorizationUrl"].as_str().expect("has an address");
        assert!(
            url.starts_with(&format!("http://{}/provider/authorize?", server.auth)),
            "{url}"
        );
        assert!(url.contains("redirect_uri=http%3A%2F%2F127.0.0.1"), "{url}");
    }
}
