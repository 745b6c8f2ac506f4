//! Which name goes to which field, and which values are none.

use super::*;
use crate::credential::{Auth, FieldKind, FieldSpec, Place, silent};

#[test]
fn of_two_variables_that_end_alike_neither_is_used() {
    let env =
        "ACME_CLIENT_ID=a\nOTHER_CLIENT_ID=b\nACME_CLIENT_SECRET=s\nTOKEN_URL=https://a.example";
    assert_eq!(
        filled(Service::Registry, "oauth_client_credentials", env),
        (
            "oauth_client_credentials",
            "token_endpoint=https://a.example\nclient_secret=s".to_owned(),
            "ACME_CLIENT_ID, OTHER_CLIENT_ID".to_owned()
        )
    );
    // One that is the whole name is meant.
    let (_, fields, unused) = filled(
        Service::Registry,
        "static",
        "ACME_CLIENT_ID=a\nCLIENT_ID=b\nCLIENT_SECRET=s",
    );
    assert_eq!(
        (fields.as_str(), unused.as_str()),
        ("client_id=b\nclient_secret=s", "ACME_CLIENT_ID")
    );
}

static ODD: &[&FormSpec] = &[&FormSpec {
    service: Service::Registry,
    id: "odd",
    aliases: &[],
    title: "",
    hint: "",
    help: "",
    auth: Auth::Absent,
    fields: &[FieldSpec {
        name: "my_password",
        label: "",
        noun: "",
        hint: "",
        kind: FieldKind::Text,
        place: Place::Root,
        rules: &[],
        warnings: &[],
        tells: silent,
        autocomplete: "off",
        aside: false,
    }],
}];

#[test]
fn a_secret_goes_into_no_field_that_shows_it() {
    // A name that a field has, and that ends like a secret: no catalog has such a field, and if one came it would
    // stay empty.
    for spec in catalog::all() {
        for field in spec.fields.iter().filter(|field| !field.kind.is_secret()) {
            assert!(
                !names::sounds_secret(&names::squashed(field.name)),
                "{}",
                field.name
            );
            for name in names::aliases(&names::squashed(field.name)).split(' ') {
                assert!(!names::sounds_secret(name), "{}: {name}", field.name);
            }
        }
    }
    assert_eq!(filled_in(ODD, ODD[0], "{\"my_password\": \"s\"}").0, "");
}

#[test]
fn a_text_of_places_alone_fills_nothing() {
    let text = r#"{"username": "{USER}", "password": "<password>"}"#;
    assert_eq!(filled(Service::Storefront, "basic", text).0, "");
    let (row, fields, unused) =
        filled(Service::Storefront, "basic", &text.replace("{USER}", "ann"));
    assert_eq!(
        (row, fields.as_str(), unused.as_str()),
        ("basic", "username=ann", "password")
    );
}

#[test]
fn places_for_a_value_are_no_values() {
    for place in [
        "",
        "string",
        "***",
        "****1234",
        "ab***",
        "{ACCESS_TOKEN}",
        "<token>",
        "${TOKEN}",
        "$TOKEN",
        "$(pass)",
        "[redacted]",
        "%TOKEN%",
        "\u{2026}",
        "...",
        "\u{2022}\u{2022}\u{2022}",
        "xxxxxxxx",
        "{{token}}",
    ] {
        assert!(names::is_placeholder(place), "{place}");
    }
    for value in [
        "a",
        "strings",
        "*",
        "xx",
        "$ENV:ADCP_OAUTH_ID",
        "$1$abc",
        "a{b}",
        "p%",
        "%%",
        "<3",
        "1.2",
    ] {
        assert_eq!(names::is_placeholder(value), value == "*", "{value}");
    }
}

#[test]
fn what_is_left_over_is_named_shortly() {
    let mut body = String::from("{\"username\": \"u\", \"password\": \"p\"");
    for at in 0..50 {
        body.push_str(
            &[
                ", \"",
                &at.to_string(),
                "\\u0007",
                &"part_".repeat(16),
                "\": \"v\"",
            ]
            .concat(),
        );
    }
    body.push('}');
    let chosen = catalog::find(Service::Storefront, "basic").expect("row");
    let filling = fill(catalog::STOREFRONT, chosen, read(&body).expect("JSON")).expect("filled");
    assert_eq!(filling.unused.len(), 20);
    assert!(
        filling
            .unused
            .iter()
            .all(|name| name.chars().count() == 60 && !name.contains('\u{7}'))
    );
}

#[test]
fn what_may_be_a_value_is_not_named() {
    let secret = "c4n4ryZm9vYmFyYmF6cXV4";
    let chosen = catalog::find(Service::Storefront, "basic").expect("row");
    for text in [
        &[secret, "=="].concat(),
        &["abcdefghij\n", secret, "="].concat(),
        &["a=1&", secret, "=="].concat(),
        &["curl -d '", secret, "==' https://a.example"].concat(),
        &["USERNAME=u\nPASSWORD=p\n", secret, "=x"].concat(),
        &["{\"username\":\"u\",\"password\":\"p\",\"", secret, "\":1}"].concat(),
        &["USERNAME=u\nPASSWORD=p\n", &"x".repeat(33), "=x"].concat(),
    ] {
        let Ok(read) = read(text) else { continue };
        let names = read.values.iter().map(|(name, _)| name.clone());
        let names: Vec<String> = names.collect();
        let unused = fill(catalog::STOREFRONT, chosen, read).map(|filling| filling.unused);
        let told = unused.unwrap_or(names).join(" ");
        assert!(
            !told.contains(secret) && !told.contains("xxx"),
            "{text}: {told}"
        );
    }
}

#[test]
fn the_file_of_the_adobe_console_fills_our_own_access() {
    let text = r#"{"CLIENT_SECRETS": ["p8e-s"], "ORG_ID": "AC34@AdobeOrg", "CLIENT_ID": "e053", "SCOPES": ["openid", "AdobeID"]}"#;
    let (row, fields, unused) = filled_in(catalog::ADOBE_ACCESS, catalog::ADOBE_ACCESS[1], text);
    let expected = "imsOrgId=AC34@AdobeOrg\napiKey=e053\nclientSecret=p8e-s";
    assert_eq!(
        (row, fields.as_str(), unused.as_str()),
        ("adobe_client", expected, "SCOPES")
    );
}

#[test]
fn names_are_read_in_any_writing() {
    for text in [
        r#"{"s3Authentication": {"accessId": "a", "secretKey": "s"}}"#,
        r#"{"s3_authentication": {"access_id": "a", "secret_key": "s"}}"#,
        r#"{"S3-Authentication": {"ACCESS-ID": "a", "SECRET-KEY": "s"}}"#,
    ] {
        let (row, fields, _) = filled(Service::Destinations, "basic", text);
        assert_eq!(
            (row, fields.as_str()),
            ("s3", "accessId=a\nsecretKey=s"),
            "{text}"
        );
    }
}
