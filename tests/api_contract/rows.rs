//! Each row of the catalog against the recorded bodies: what the documents show is typed into the form, and what
//! comes out is what they show.

use std::collections::BTreeSet;

use credenza::credential::{Draft, Place, Secret, Service, catalog, validate};
use serde_json::Value;

use crate::fixtures::fixture;

/// Which row of which service sends the body of which fixture.
const ROWS: &[(Service, &str, &str)] = &[
    (Service::Storefront, "api_key", "register-api-key"),
    (Service::Storefront, "api_key", "register-bearer"),
    (Service::Storefront, "api_key", "register-marketplace"),
    (Service::Storefront, "basic", "register-basic"),
    (Service::Storefront, "jwt", "register-jwt"),
    (Service::Storefront, "oauth", "register-oauth"),
    (Service::Storefront, "none", "register-none"),
    (
        Service::Registry,
        "oauth_client_credentials",
        "registry/save",
    ),
    (
        Service::Registry,
        "oauth_client_credentials",
        "registry/save-least",
    ),
    (Service::Registry, "static", "registry/connect-bearer"),
    (Service::Registry, "static", "registry/connect-basic"),
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
    for (service, row, name) in ROWS {
        let mut expected = fixture(name)["request"]["body"].clone();
        let auth = expected.get_mut("auth").and_then(Value::as_object_mut);
        for (member, value) in auth.into_iter().flatten() {
            *value = completed(member, value);
        }
        let spec = catalog::rows(*service)
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
                Value::Array(texts) => {
                    let texts: Vec<_> = texts.iter().filter_map(Value::as_str).collect();
                    texts.join("  ")
                }
                _ => continue,
            };
            draft.set(spec, field, Secret::new(text));
        }
        // Whose credential it is stands beside the form.
        if let Some(body) = expected.as_object_mut() {
            body.remove("organization_id");
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
    for service in [Service::Storefront, Service::Registry] {
        let rows = catalog::rows(service).iter().map(|spec| spec.id);
        let tabled = ROWS.iter().filter(|row| row.0 == service).map(|row| row.1);
        assert_eq!(
            rows.collect::<BTreeSet<_>>(),
            tabled.collect::<BTreeSet<_>>()
        );
    }
}
