//! Each row of the catalog against the recorded bodies: what the documents show is typed into the form, and what
//! comes out is what they show.

use std::collections::BTreeSet;

use credenza::credential::{Draft, Place, Secret, Service, catalog, validate};
use serde_json::Value;

use crate::fixtures::fixture;

/// Which row sends the body of which fixture.
const ROWS: &[(&str, &str)] = &[
    ("api_key", "register-api-key"),
    ("api_key", "register-bearer"),
    ("api_key", "register-marketplace"),
    ("basic", "register-basic"),
    ("jwt", "register-jwt"),
    ("oauth", "register-oauth"),
    ("none", "register-none"),
];

/// The key that stands where the documents print an ellipsis.
const KEY: &str = include_str!("../fixtures/keys/p256.pem");

/// What the documents leave out, filled in.
fn completed(name: &str, value: &Value) -> Value {
    match (name, value.as_str()) {
        ("privateKey", Some("…")) => Value::from(KEY.trim_end()),
        (_, Some("https://…")) => Value::from("https://idp.example/token"),
        (_, Some("…")) => Value::from(name),
        _ => value.clone(),
    }
}

#[test]
fn every_row_sends_the_body_of_its_fixture() {
    for (row, name) in ROWS {
        let mut expected = fixture(name)["request"]["body"].clone();
        let auth = expected.get_mut("auth").and_then(Value::as_object_mut);
        for (member, value) in auth.into_iter().flatten() {
            *value = completed(member, value);
        }
        let spec = catalog::rows(Service::Storefront)
            .iter()
            .find(|spec| spec.id == *row)
            .unwrap_or_else(|| panic!("{row}: no such row"));
        let mut draft = Draft::default();
        for field in spec.fields {
            let value = match field.place {
                Place::Auth => &expected["auth"][field.name],
                Place::Root => &expected[field.name],
            };
            let text = match value {
                Value::String(text) => text.clone(),
                Value::Bool(truth) => truth.to_string(),
                _ => continue,
            };
            draft.set(spec, field, Secret::new(text));
        }
        let credential = validate(spec, &draft)
            .unwrap_or_else(|errors| panic!("{row} refuses {name}: {errors:?}"));
        let body: Value = serde_json::from_str(credential.body().expose()).expect("a body is JSON");
        // The key goes out in one canonical form, whose last line may or may not end.
        let trimmed = |mut body: Value| {
            if let Some(key) = body.pointer_mut("/auth/privateKey") {
                *key = Value::from(key.as_str().map(str::trim_end));
            }
            body
        };
        assert_eq!(trimmed(body), trimmed(expected), "{row}, {name}");
    }
}

#[test]
fn every_row_has_a_fixture() {
    let rows: BTreeSet<&str> = catalog::rows(Service::Storefront)
        .iter()
        .map(|spec| spec.id)
        .collect();
    let tabled: BTreeSet<&str> = ROWS.iter().map(|(row, _)| *row).collect();
    assert_eq!(rows, tabled);
}
