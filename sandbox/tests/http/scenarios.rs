//! What the scenarios besides the demo begin with.

use crate::{
    server::{ADMIN, BUYER, NO_ROLE, SUPER, Server, key},
    storefronts::ids,
};
use sandbox::Scenario;
use serde_json::{Value, json};

#[test]
fn empty_has_nothing() {
    let server = Server::with(|setup| setup.scenario = Scenario::Empty);
    let page = server.read("buyer/storefronts").data();
    assert_eq!(
        (&page["total"], &page["items"], &page["hasMore"]),
        (&json!(0), &json!([]), &json!(false))
    );
    assert!(server.credentials(ADMIN).is_empty());
}

#[test]
fn large_is_large_and_always_the_same() {
    let server = Server::with(|setup| setup.scenario = Scenario::Large);
    let public = server.read("buyer/storefronts?limit=100").data();
    let private = server.read("buyer/storefronts?visibility=private").data();
    assert_eq!(
        public["total"]
            .as_u64()
            .zip(private["total"].as_u64())
            .map(|(a, b)| a + b),
        Some(500)
    );
    assert_eq!(public["items"].as_array().map(Vec::len), Some(100));
    let rows = server.credentials(ADMIN);
    assert_eq!(rows.len(), 10_000);
    assert_eq!(server.credentials(SUPER), rows);
    // One in nine is a marketplace account, which is an admin's business.
    let seen = server.credentials(BUYER);
    assert_eq!(seen.len(), 8_889);
    assert!(seen.iter().all(|row| row["accountType"] == "CLIENT"));
    assert_eq!(server.credentials(NO_ROLE), seen);
    assert!(
        rows.iter().any(|row| row["sources"] == json!([])),
        "left-over rows are kept"
    );
    assert!(rows.iter().any(|row| row["status"] == "PENDING"));
    let first = &rows[0];
    assert_eq!(
        (first["id"].as_str(), first["accountIdentifier"].as_str()),
        (Some("10001"), Some("=SUM(A1:A9)"))
    );
    assert_eq!(first["createdAt"], "2025-01-01T00:00:00.000Z");
    assert!(rows.iter().any(|row| row["registeredBy"].is_null()));
    server.tell("reset", &json!({}));
    assert_eq!(server.credentials(ADMIN), rows);
}

#[test]
fn twelve_has_a_storefront_of_twelve_and_one_of_four_kinds() {
    let server = Server::with(|setup| setup.scenario = Scenario::Twelve);
    let page = server.read("buyer/storefronts").data();
    assert_eq!(ids(&page), [60, 61]);
    let rivers = &page["items"][0];
    assert_eq!(
        (rivers["name"].as_str(), rivers["publisherDomain"].as_str()),
        (Some("Twelve Rivers Media"), Some("twelverivers.example"))
    );
    assert_eq!(rivers["channels"], json!(["ctv"]));
    let counts = |row: &Value| {
        (
            row["sourceCount"].clone(),
            row["connectedSourceCount"].clone(),
        )
    };
    assert_eq!(counts(rivers), (json!(12), json!(0)));
    assert_eq!(counts(&page["items"][1]), (json!(4), json!(0)));
    assert!(server.credentials(ADMIN).is_empty());

    let sources = |id: u32| -> Vec<String> {
        let path = format!("buyer/storefronts/{id}/capabilities");
        let body = server.read(&path).data();
        let rows = body["agents"].as_array().expect("is a list");
        assert!(rows.iter().all(|row| row["requiresCredentials"] == true));
        let id = |row: &Value| row["sourceId"].as_str().expect("has an id").to_owned();
        rows.iter().map(id).collect()
    };
    let wanted: Vec<_> = (1..=12).map(|number| format!("src_{number:02}")).collect();
    assert_eq!(sources(60), wanted);
    for (number, source) in wanted.iter().enumerate() {
        let path = format!("buyer/storefronts/60/sources/{source}/credentials");
        let row = server.register(BUYER, &path, &key("acme")).data();
        let id = (901 + number).to_string();
        assert_eq!(
            (row["id"].as_str(), row["status"].as_str()),
            (Some(id.as_str()), Some("ACTIVE"))
        );
    }
    assert!(
        server
            .credentials(BUYER)
            .iter()
            .all(|row| row["sources"].as_array().map(Vec::len) == Some(1)),
        "each source has an agent of its own"
    );

    let jwt = json!({"type": "jwt", "privateKey": "-----BEGIN", "issuer": "i", "subject": "s", "keyId": "k",
        "scope": "x", "tokenEndpointUrl": "https://a.example/token", "audienceUrl": "https://a.example"});
    let basic = json!({"type": "basic", "username": "u", "password": "p"});
    let kinds = [
        ("src_consent", json!({}), "PENDING"),
        ("src_signed", jwt, "ACTIVE"),
        ("src_password", basic, "ACTIVE"),
        ("src_nothing", json!({}), "ACTIVE"),
    ];
    assert_eq!(sources(61), kinds.each_ref().map(|(source, ..)| *source));
    for (source, auth, status) in kinds {
        let path = format!("buyer/storefronts/61/sources/{source}/credentials");
        let body = json!({"accountIdentifier": "acme", "auth": auth});
        let answer = server.register(BUYER, &path, &body);
        assert_eq!(
            (answer.status, answer.data()["status"].as_str()),
            (201, Some(status)),
            "{source}"
        );
        if source != "src_consent" {
            let refused = server.register(BUYER, &path, &key("by a key")).status;
            assert_eq!(refused, 400, "{source} takes no key");
        }
    }
}
