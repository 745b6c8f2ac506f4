//! Reading storefronts: filters, paging, one storefront, capabilities, the adapter.

use crate::server::{BUYER, Server, key, once};
use serde_json::{Value, json};

/// The ids on a page of the list.
pub fn ids(page: &Value) -> Vec<u64> {
    page["items"]
        .as_array()
        .expect("has items")
        .iter()
        .map(|row| row["id"].as_u64().expect("has an id"))
        .collect()
}

#[test]
fn every_parameter_narrows_the_list() {
    let server = Server::demo();
    for (query, wanted) in [
        ("", vec![42, 43, 44, 45, 46, 47, 48]),
        ("?visibility=public", vec![42, 43, 44, 45, 46, 47, 48]),
        ("?visibility=private", vec![49]),
        ("?visibility=private&status=configuring", vec![49]),
        ("?status=configuring", vec![]),
        ("?name=PREMIUM", vec![42]),
        ("?name=net", vec![43]),
        ("?name=harbor%20audio", vec![43]),
        ("?channel=CTV", vec![42]),
        ("?region=de", vec![44, 48]),
        ("?publisherDomain=Orchard.example", vec![45]),
        ("?publisherDomain=orchard", vec![]),
        ("?region=DE&channel=olv&unknown=1", vec![48]),
        ("?limit=2&offset=5", vec![47, 48]),
        ("?limit=100", vec![42, 43, 44, 45, 46, 47, 48]),
        ("?offset=50", vec![]),
    ] {
        let page = server.read(&format!("buyer/storefronts{query}")).data();
        assert_eq!(ids(&page), wanted, "{query}");
    }
}

#[test]
fn pages_follow_one_another() {
    let server = Server::demo();
    let first = server.read("buyer/storefronts?limit=3").data();
    assert_eq!(
        (&first["total"], &first["hasMore"], &first["nextOffset"]),
        (&json!(7), &json!(true), &json!(3))
    );
    let last = server.read("buyer/storefronts?limit=3&offset=6").data();
    assert_eq!(
        (&last["total"], &last["hasMore"], &last["nextOffset"]),
        (&json!(7), &json!(false), &Value::Null)
    );
}

#[test]
fn every_wrong_parameter_is_told_at_once() {
    let server = Server::demo();
    let answer = server.read("buyer/storefronts?limit=101&offset=-1&status=open&visibility=all");
    assert_eq!(answer.status, 400);
    let error = answer.error();
    assert_eq!(
        (error["code"].as_str(), error["field"].as_str()),
        (Some("VALIDATION_ERROR"), Some("status"))
    );
    let paths: Vec<_> = error["details"]["issues"]
        .as_array()
        .expect("lists issues")
        .iter()
        .map(|i| &i["path"])
        .collect();
    assert_eq!(paths, ["status", "visibility", "limit", "offset"]);
    for query in ["limit=0", "limit=x", "limit=1.5", "offset=x"] {
        assert_eq!(
            server.read(&format!("buyer/storefronts?{query}")).status,
            400,
            "{query}"
        );
    }
}

#[test]
fn a_summary_has_the_documented_fields() {
    let server = Server::demo();
    let page = server.read("buyer/storefronts?name=premium").data();
    assert_eq!(
        page["items"][0],
        json!({"id": 42, "platformId": "sf_42", "name": "Premium CTV Storefront", "publisherDomain": "premiumctv.example",
            "brandName": "Premium CTV Storefront", "logoUrl": null, "displayStatus": "transacting",
            "readiness": {"canTransact": true, "effectiveStatus": "live", "blockerIds": []},
            "adapterProviderType": null, "adapterConnection": null, "channels": ["ctv"], "regions": ["US", "CA"],
            "sourceCount": 4, "connectedSourceCount": 2})
    );
    let quiet = server.read("buyer/storefronts?visibility=private").data();
    assert_eq!(quiet["items"][0]["readiness"]["effectiveStatus"], "blocked");
    assert_eq!(quiet["items"][0]["sourceCount"], 0);
    let other = server
        .call(
            "scope3_demo_other",
            "GET",
            "buyer/storefronts?name=premium",
            None,
        )
        .data();
    assert_eq!(other["items"][0]["connectedSourceCount"], 1);
}

#[test]
fn one_storefront_is_rolled_up() {
    let server = Server::demo();
    let premium = server.read("buyer/storefronts/42").data();
    assert_eq!(
        (&premium["connected"], &premium["requiresCredentials"]),
        (&json!(false), &json!(true))
    );
    assert_eq!(
        premium["customerAccounts"],
        json!([{"accountIdentifier": "acme-brand-account", "status": "ACTIVE"}])
    );
    assert!(premium.get("sources").is_none());
    assert_eq!(
        server.read("buyer/storefronts/46").data()["connected"],
        true
    );
    assert_eq!(
        server.read("buyer/storefronts/44").data()["requiresCredentials"],
        false
    );
    let radio = server.read("buyer/storefronts/43").data();
    assert_eq!(
        radio["customerAccounts"],
        json!([{"accountIdentifier": "acme-radio", "status": "PENDING"}])
    );
}

#[test]
fn unknown_and_odd_ids_are_told_apart() {
    let server = Server::demo();
    for path in [
        "buyer/storefronts/999",
        "buyer/storefronts/999/capabilities",
        "buyer/other",
        "nothing",
        "buyer/storefronts/%ff",
        "buyer/storefronts/%zz/capabilities",
    ] {
        let answer = server.read(path);
        assert_eq!(
            (answer.status, answer.error()["code"].as_str()),
            (404, Some("NOT_FOUND")),
            "{path}"
        );
    }
    for id in ["0", "x", "-1", "9007199254740992"] {
        let error = server.read(&format!("buyer/storefronts/{id}")).error();
        assert_eq!(
            (error["code"].as_str(), error["field"].as_str()),
            (Some("VALIDATION_ERROR"), Some("storefrontId"))
        );
    }
    assert_eq!(
        server
            .call(BUYER, "DELETE", "buyer/storefronts/42", None)
            .status,
        404
    );
}

#[test]
fn capabilities_tell_what_each_source_needs() {
    let server = Server::demo();
    let body = server.read("buyer/storefronts/42/capabilities").data();
    assert_eq!(body["storefrontId"], 42);
    let rows: Vec<_> = body["agents"]
        .as_array()
        .expect("is a list")
        .iter()
        .map(|r| (&r["sourceId"], &r["requiresCredentials"]))
        .collect();
    let yes = json!(true);
    let no = json!(false);
    let names = ["src_main", "src_live", "src_partner", "src_open"].map(|name| json!(name));
    assert_eq!(
        rows,
        [
            (&names[0], &yes),
            (&names[1], &yes),
            (&names[2], &yes),
            (&names[3], &no)
        ]
    );
    let main = &body["agents"][0];
    assert_eq!(
        (main["sourceName"].as_str(), main["probeStatus"].as_str()),
        (Some("Premium CTV \u{2014} Direct"), Some("reachable"))
    );
    assert_eq!(body["agents"][3]["executionType"], "MANAGED_SALES_AGENT");

    let unknown = server.read("buyer/storefronts/44/capabilities").data()["agents"][0].clone();
    assert_eq!(
        (&unknown["requiresCredentials"], &unknown["probeable"]),
        (&Value::Null, &no)
    );
    assert_eq!(
        (unknown["probeStatus"].as_str(), &unknown["capabilities"]),
        (Some("not_applicable"), &Value::Null)
    );
}

#[test]
fn the_adapter_hands_over_and_is_connected_after_consent() {
    let server = Server::demo();
    let snap = server.read("buyer/storefronts/47").data();
    assert_eq!(
        (
            snap["adapterProviderType"].as_str(),
            &snap["adapterConnection"]
        ),
        (Some("SNAP"), &Value::Null)
    );
    assert_eq!(
        server.read("buyer/storefronts/47/capabilities").data()["agents"],
        json!([])
    );
    assert_eq!(
        server
            .call(BUYER, "POST", "buyer/storefronts/42/connection", None)
            .status,
        400
    );
    assert_eq!(
        server
            .register(
                BUYER,
                "buyer/storefronts/47/sources/x/credentials",
                &key("a")
            )
            .status,
        404
    );

    let start = server.call(BUYER, "POST", "buyer/storefronts/47/connection", None);
    let start = start.data();
    assert_eq!(
        (&start["authModes"], start["preferredAuthMode"].as_str()),
        (&json!(["oauth"]), Some("oauth"))
    );
    let url = start["connectionUrl"].as_str().expect("has an address");
    let origin = format!("http://{}", server.auth);
    let page = once(
        server.auth,
        "GET",
        url.strip_prefix(&origin).expect("is on the other origin"),
        &[],
        "",
    );
    let consent = page.header("location").expect("leads on").to_owned();
    crate::consent::decide(&server, &consent, "approve");
    assert_eq!(
        server.read("buyer/storefronts/47").data()["adapterConnection"]["status"],
        "connected"
    );
    assert!(
        server
            .call("scope3_demo_other", "GET", "buyer/storefronts/47", None)
            .data()["adapterConnection"]
            .is_null()
    );
}
