//! What is kept over a trip to the provider, and what of it is believed afterwards.

use super::*;
use crate::credential::{Service, catalog};
use crate::oauth::testing::flow;

fn spec() -> &'static FormSpec {
    catalog::find(Service::Storefront, "basic").expect("the catalog has this row")
}

fn record() -> FlowRecord {
    let mut draft = Draft::default();
    for (name, text) in [
        ("accountIdentifier", "acme \"t\""),
        ("username", "id-1"),
        ("password", "hunter2"),
    ] {
        draft.set(
            spec(),
            spec().field(name).expect("field"),
            Secret::new(text),
        );
    }
    FlowRecord::new(flow(1)).with(spec(), &draft)
}

#[test]
fn d43_no_typed_secret_is_part_of_it() {
    let text = record().text();
    assert!(text.expose().contains("id-1") && !text.expose().contains("hunter2"));
    let mut forged = record();
    forged.draft.push(("password".into(), "forged".into()));
    let mut draft = Draft::default();
    forged.restore(spec(), &mut draft);
    let secret = spec().field("password").expect("field");
    assert!(draft.get(spec(), secret).text.is_empty());
    let id = spec().field("username").expect("field");
    assert_eq!(draft.get(spec(), id).text.expose(), "id-1");
}

#[test]
fn what_is_stored_comes_back_as_it_was() {
    let mut record = record();
    // An empty value is as good as none.
    record.draft.retain(|(_, text)| !text.is_empty());
    record.flow.tells_issuer = true;
    let plain = FlowRecord::new(flow(1));
    assert_eq!(FlowRecord::read(plain.text().expose()), Some(plain));
    assert_eq!(FlowRecord::read(record.text().expose()), Some(record));
}

#[test]
fn the_callback_page_finds_what_it_reads() {
    let text = record().text();
    let json: serde_json::Value = serde_json::from_str(text.expose()).expect("JSON");
    assert_eq!(json["mode"], "redirect");
    assert_eq!(json["expires"], flow(1).created_at + 600_000);
    assert_eq!(json["path"], "/agents/x?y=1");
}

#[test]
fn d33_a_record_that_leads_elsewhere_is_not_used() {
    for path in [
        "//evil.example",
        "/\\evil.example",
        "https://evil.example",
        "",
        "agents",
        "/a\nb",
    ] {
        let mut record = record();
        record.flow.set(Part::Return, path.into());
        assert_eq!(FlowRecord::read(record.text().expose()), None, "{path}");
    }
    let mut elsewhere = record();
    elsewhere.flow.set(Part::TokenPath, "//evil.example".into());
    let read = FlowRecord::read(elsewhere.text().expose()).expect("a path below the base");
    let url = crate::oauth::testing::client()
        .request(crate::api::Method::Post, read.flow.get(Part::TokenPath))
        .url;
    assert!(
        url.starts_with("https://console.example/gateway/registry/"),
        "{url}"
    );
}

#[test]
fn damaged_records_are_none() {
    let text = record().text();
    for (cut, _) in text.expose().char_indices() {
        assert_eq!(FlowRecord::read(&text.expose()[..cut]), None, "{cut}");
    }
    let other = text.expose().replace("\"redirect\"", "\"window\"");
    assert_eq!(FlowRecord::read(&other), None);
}
