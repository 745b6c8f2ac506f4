//! The two envelopes, the two shapes of a storefront, and the older rows.

use crate::server::{BUYER, MAIN, PODCASTS, Server, key};
use serde_json::{Value, json};

#[test]
fn the_demo_is_wrapped() {
    let body = Server::demo().read("accounts/current").json();
    assert_eq!(body["data"]["company"], "Acme Brand");
    assert_eq!(body.get("error"), Some(&Value::Null));
}

#[test]
fn old_shapes_are_bare_with_sources_and_old_rows() {
    let server = Server::demo();
    server.tell("reset", &json!({"scenario": "old-shapes"}));
    let premium = server.read("buyer/storefronts/42").json();
    assert_eq!(
        (premium["id"].as_u64(), premium["status"].as_str()),
        (Some(42), Some("ACTIVE"))
    );
    assert!(premium.get("readiness").is_none() && premium.get("connected").is_none());
    let sources = premium["sources"].as_array().expect("embeds its sources");
    assert_eq!(
        sources[1],
        json!({"sourceId": "src_live", "name": "Premium CTV \u{2014} Live Sports", "requiresCredentials": true,
            "connected": true, "supportedCampaignTypes": ["discovery"], "protocol": "MCP",
            "customerAccounts": [{"accountIdentifier": "acme-brand-account", "status": "ACTIVE"}]})
    );
    assert_eq!(
        (&sources[3]["requiresCredentials"], &sources[3]["connected"]),
        (&json!(false), &json!(true))
    );

    let rows = server.read("buyer/storefronts/credentials").json();
    let row = &rows[0];
    assert_eq!(
        (row["id"].as_str(), row["status"].as_str()),
        (Some("722"), Some("ACTIVE"))
    );
    for gone in ["accountType", "updatedAt", "sources"] {
        assert!(row.get(gone).is_none(), "{gone}");
    }
    let waiting = &rows[1];
    assert_eq!(
        (
            waiting["id"].as_str(),
            waiting["oauth"]["agentName"].as_str()
        ),
        (Some("731"), Some("Harbor Radio"))
    );
    assert!(
        waiting["oauth"]["authorizationUrl"]
            .as_str()
            .is_some_and(|url| url.starts_with("http://127.0.0.1:"))
    );

    let created = server.register(BUYER, PODCASTS, &json!({"accountIdentifier": "p"}));
    assert_eq!(created.status, 201);
    assert_eq!(created.json()["oauth"]["agentId"], "5");
    assert!(created.json()["oauth"].get("sourceId").is_none());
    assert_eq!(
        server.register(BUYER, MAIN, &json!({})).error()["code"],
        "VALIDATION_ERROR"
    );
}

#[test]
fn envelope_and_detail_are_set_apart() {
    let server = Server::demo();
    server.tell(
        "reset",
        &json!({"scenario": "old-shapes", "envelope": "wrapped", "detail": "sources"}),
    );
    assert!(server.read("buyer/storefronts/42").data()["sources"].is_array());
    server.tell(
        "reset",
        &json!({"scenario": "old-shapes", "envelope": "bare", "detail": "rolled-up"}),
    );
    let body = server.read("buyer/storefronts/42").json();
    assert!(body.get("sources").is_none() && body["readiness"].is_object());
    let rows = server.read("buyer/storefronts/credentials").json();
    assert_eq!(rows[0]["sources"][0]["sourceId"], "src_live");
    let created = server.register(BUYER, MAIN, &key("a"));
    assert_eq!(created.json()["status"], "ACTIVE");
}

#[test]
fn issue_paths_may_be_arrays() {
    let server = Server::demo();
    let body = json!({"accountIdentifier": "a", "auth": {"type": "basic"}});
    let path = |server: &Server| {
        server.register(BUYER, MAIN, &body).error()["details"]["issues"][0]["path"].clone()
    };
    assert_eq!(path(&server), "auth.username");
    server.tell("reset", &json!({"issue_paths": "array"}));
    assert_eq!(path(&server), json!(["auth", "username"]));
}
