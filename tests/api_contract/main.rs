//! The requests and parsers against every fixture transcribed from the API documentation.

mod rows;
mod table;

mod fixtures;

mod damaged;

mod meaning;

mod registry;

use std::collections::BTreeSet;

use credenza::api::Method;
use credenza::credential::Secret;
use serde_json::Value;

use fixtures::{client, fixture, names, recorded};
use table::{REQUESTS, RESPONSES};

#[test]
fn every_fixture_file_is_in_a_table_and_names_its_source() {
    let files: BTreeSet<String> = names().into_iter().collect();
    let tabled = RESPONSES
        .iter()
        .map(|row| row.0)
        .chain(REQUESTS.iter().map(|row| row.0));
    let tabled: BTreeSet<String> = tabled.map(str::to_owned).collect();
    assert_eq!(files, tabled);
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
        tested("response", RESPONSES.iter().any(|row| row.0 == name));
        tested("request", REQUESTS.iter().any(|row| row.0 == name));
    }
}

#[test]
fn every_recorded_response_is_read() {
    for (name, parse, code) in RESPONSES {
        let (response, _) = recorded(name);
        let read = parse(&response).map_or_else(|error| error.code(), |_| "");
        assert_eq!(read, *code, "{name}: {:?}", parse(&response));
    }
}

#[test]
fn both_envelopes_say_the_same() {
    for (name, parse, _) in RESPONSES {
        let Some(bare) = name.strip_suffix("-wrapped") else {
            continue;
        };
        if *name != "list-wrapped" {
            assert_eq!(parse(&recorded(bare).0), parse(&recorded(name).0), "{name}");
        }
    }
}

#[test]
fn requests_are_built_as_documented() {
    for (name, build) in REQUESTS {
        let expected = &fixture(name)["request"];
        let body = &expected["body"];
        let built = build(&client(), Secret::new(body.to_string()));
        assert_eq!(built.method.as_str(), expected["method"], "{name}");
        let path = expected["path"].as_str().expect("a path");
        assert_eq!(
            built.url,
            format!("https://gateway.example{path}"),
            "{name}"
        );
        let sent = built
            .body
            .as_ref()
            .map(|text| serde_json::from_str::<Value>(text.expose()).expect("a body is JSON"));
        assert_eq!(sent.as_ref(), expected.get("body"), "{name}");
        let typed = built
            .headers
            .iter()
            .find(|(header, _)| *header == "Content-Type");
        assert_eq!(
            typed.map(|(_, value)| value.expose()),
            expected["headers"]["content-type"].as_str(),
            "{name}"
        );
        // The hand-off to another page is the one POST that the documents give no body.
        let bare = matches!(built.method, Method::Get | Method::Delete) || *name == "connection";
        assert_eq!(bare, sent.is_none(), "{name}");

        let debug = format!("{built:?} {built:#?}");
        assert!(!debug.contains("scope3_canary_token"), "{name}: {debug}");
        assert!(!debug.contains("s3cret"), "{name}: {debug}");
        for key in ["token", "password", "privateKey", "username"] {
            if let Some(secret) = body["auth"][key].as_str().filter(|secret| secret.len() > 1) {
                assert!(!debug.contains(&format!("{secret:?}")), "{name}: {debug}");
            }
        }
    }
}
