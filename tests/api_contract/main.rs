//! The requests and parsers against every fixture transcribed from the API documentation.

mod clients;
mod rows;
mod table;

mod fixtures;
mod typed;

mod damaged;

mod meaning;

mod destinations;
mod inventory;
mod registry;

mod secrets;

use std::collections::BTreeSet;

use credenza::api::{Method, Request};
use credenza::credential::Secret;
use serde_json::Value;

use fixtures::{client, fixture, names, pairs, recorded};
use table::{requests, responses};

#[test]
fn every_fixture_file_is_in_a_table_and_names_its_source() {
    let files: BTreeSet<String> = names().into_iter().collect();
    let answered: BTreeSet<&str> = responses().map(|row| row.0).collect();
    let asked: BTreeSet<&str> = requests().map(|row| row.0).collect();
    let tabled = answered.union(&asked).map(|name| (*name).to_owned());
    assert_eq!(files, tabled.collect());
    for file in files {
        let name = file.as_str();
        let fixture = fixture(name);
        assert!(
            fixture["source"]
                .as_str()
                .is_some_and(|source| !source.is_empty()),
            "{name}"
        );
        let tested = |part: &str, tabled: bool| {
            assert_eq!(
                fixture.get(part).is_some(),
                tabled,
                "{name}: its {part} is not looked at"
            );
        };
        tested("response", answered.contains(name));
        tested("request", asked.contains(name));
    }
}

#[test]
fn every_recorded_response_is_read() {
    for (name, parse, code) in responses() {
        let (response, _) = recorded(name);
        let read = parse(&response).map_or_else(|error| error.code(), |_| "");
        assert_eq!(read, code, "{name}: {:?}", parse(&response));
    }
}

#[test]
fn both_envelopes_say_the_same() {
    for (name, parse, _) in responses() {
        let Some(bare) = name.strip_suffix("-wrapped") else {
            continue;
        };
        if name != "list-wrapped" {
            assert_eq!(parse(&recorded(bare).0), parse(&recorded(name).0), "{name}");
        }
    }
}

/// The headers that a fixture records, in lower case. One that it does not record must not be sent.
const HEADERS: [&str; 5] = [
    "content-type",
    "x-api-key",
    "x-gw-ims-org-id",
    "x-sandbox-name",
    "x-verve-namespace",
];

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let mut named = request
        .headers
        .iter()
        .filter(|(known, _)| known.eq_ignore_ascii_case(name));
    let value = named.next().map(|(_, value)| value.expose());
    assert!(named.next().is_none(), "{name} is sent twice");
    value
}

#[test]
fn requests_are_built_as_documented() {
    for (name, build) in requests() {
        let expected = typed::request(name);
        let body = &expected["body"];
        let built = build(&client(), Secret::new(body.to_string()));
        assert_eq!(built.method.as_str(), expected["method"], "{name}");
        let path = expected["path"].as_str().expect("a path");
        assert_eq!(
            built.url,
            format!("https://gateway.example{path}"),
            "{name}"
        );
        let sent = built.body.as_ref().map(Secret::expose);
        if let Some(form) = body.as_str() {
            assert_eq!(sent.map(pairs), Some(pairs(form)), "{name}");
            // RFC 3986 leaves the sign itself to hosts, and Verve documents it encoded (inventory.md, section 3).
            let encoded = |text: &str| (text.contains('@'), text.contains("%40"));
            assert_eq!(sent.map(encoded), Some(encoded(form)), "{name}");
        } else {
            let value = |text| serde_json::from_str::<Value>(text).expect("a body is JSON");
            assert_eq!(sent.map(value).as_ref(), expected.get("body"), "{name}");
        }
        for header in HEADERS {
            let recorded = expected["headers"][header].as_str();
            assert_eq!(self::header(&built, header), recorded, "{name}: {header}");
        }
        let recorded = expected["headers"].as_object().into_iter().flatten();
        for (header, _) in recorded {
            assert!(HEADERS.contains(&header.as_str()), "{name}: {header}");
        }
        // The hand-off to another page is the one POST that the documents give no body.
        let bare = matches!(built.method, Method::Get | Method::Delete) || name == "connection";
        assert_eq!(bare, sent.is_none(), "{name}");
        // What asks for a token has none yet.
        let token = header(&built, "Authorization").is_some();
        assert_ne!(token, body.is_string(), "{name}");

        let debug = format!("{built:?} {built:#?}");
        assert!(!debug.contains("scope3_canary_token"), "{name}: {debug}");
        assert!(!debug.contains("s3cret"), "{name}: {debug}");
        for secret in secrets::of(body).iter().filter(|secret| secret.len() > 1) {
            assert!(!debug.contains(&format!("{secret:?}")), "{name}: {debug}");
        }
    }
}
