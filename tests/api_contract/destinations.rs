//! What the recorded answers of Adobe's Destination SDK, and of the server of its tokens, mean to the console.

use credenza::api::destinations::{Record, field_of, parse_created, parse_list, parse_record};
use credenza::api::{ApiError, Response};
use credenza::credential::{FieldSpec, Problem};
use credenza::oauth::client_credentials::{ClientToken, Moment, Refusal, parse_token, refusal};
use credenza::text::destinations::{
    ID_NOT_ACCEPTED, SCOPE_REFUSED, SECRET_NOT_ACCEPTED, TOKEN_NOT_ACCEPTED, access_failed, failed,
    failed_of, token_failed,
};

use crate::fixtures::recorded;

fn of(name: &str) -> Response {
    recorded(&["destinations/", name].concat()).0
}

fn names<'a>(fields: impl Iterator<Item = &'a &'static FieldSpec>) -> Vec<&'static str> {
    fields.map(|field| field.name).collect()
}

/// The one that most of the documents print.
#[track_caller]
fn is_the_sample(record: &Record) {
    let row = &record.row;
    assert_eq!(
        [&row.id, &row.name, &row.kind, &row.created, &row.modified],
        [
            "n55affa0-3747-4030-895d-1d1236bb3680",
            "yourdestination",
            "OAUTH2_USER_CREDENTIAL",
            "2021-06-07T06:41:48.641943Z",
            "2021-06-07T06:41:48.641943Z",
        ]
    );
    let spec = record.spec.expect("its object is known");
    assert_eq!(spec.id, "oauth2_user_credential");
    let shown = record.shown.iter();
    let shown: Vec<_> = shown
        .map(|(field, value)| (field.name, value.as_str()))
        .collect();
    assert_eq!(
        shown,
        [
            ("clientId", "ABCDEFGHIJKL"),
            ("url", "ABCD"),
            ("username", "username")
        ]
    );
    assert_eq!(
        names(record.stored.iter()),
        ["clientSecret", "header", "password"]
    );
    assert_eq!(record.strange, [""; 0]);
    assert_eq!(record.identifier(), "ABCDEFGHIJKL");
    assert_eq!(record.kind_to_send(), "OAUTH2_USER_CREDENTIAL");
}

#[test]
fn every_shape_of_a_list_has_the_same_rows() {
    let read = |name| parse_list(&of(name)).expect(name);
    for (name, ids) in [
        ("list", &["n55affa0-3747-4030-895d-1d1236bb3680"][..]),
        (
            "list-array",
            &[
                "n55affa0-3747-4030-895d-1d1236bb3680",
                "n55affa0-3747-4030-895d-1d1236bb3681",
            ],
        ),
        ("list-object", &["n55affa0-3747-4030-895d-1d1236bb3680"]),
        ("list-empty", &[]),
    ] {
        let list = read(name);
        let found: Vec<_> = list.iter().map(|record| record.row.id.as_str()).collect();
        assert_eq!(found, ids, "{name}");
        if let Some(first) = list.first() {
            is_the_sample(first);
        }
    }
    let Err(ApiError::Unreadable { path, excerpt, .. }) = parse_list(&of("list-pages")) else {
        panic!("as it is printed it is no JSON")
    };
    assert_eq!(path, "");
    assert!(
        excerpt.starts_with("{\"instanceId\":\"…\",\"createdDate\":\"…\""),
        "{excerpt}"
    );
}

#[test]
fn the_object_says_what_a_credential_is() {
    // The object's row, what is seen, what is stored, what is not known, what tells it apart, and the type of a save.
    let known = ["clientSecret", "header", "password"];
    for (name, row, shown, stored, strange, identifier, kind) in [
        (
            "one-basic-under-s3",
            "s3",
            0,
            &[][..],
            &["password", "url", "username"][..],
            "",
            "S3",
        ),
        (
            "one-body-key-type",
            "s3",
            1,
            &["secretKey"],
            &[],
            "string",
            "S3",
        ),
        (
            "one-masked",
            "oauth2_user_credential",
            3,
            &known,
            &[],
            "ABCDEFGHIJKL",
            "OAUTH2_USER_CREDENTIAL",
        ),
        (
            "one-omitted",
            "oauth2_user_credential",
            3,
            &[],
            &[],
            "ABCDEFGHIJKL",
            "OAUTH2_USER_CREDENTIAL",
        ),
        // What the service said and is not known here goes back as it came.
        (
            "one-unknown-type",
            "oauth2_user_credential",
            3,
            &known,
            &[],
            "ABCDEFGHIJKL",
            "SOMETHING_NEW",
        ),
    ] {
        let record = parse_record(&of(name)).expect(name);
        assert_eq!(record.spec.map(|spec| spec.id), Some(row), "{name}");
        assert_eq!(record.row.name, "yourdestination", "{name}");
        assert_eq!(record.row.modified, "2021-06-07T06:41:48.641943Z", "{name}");
        assert_eq!(record.shown.len(), shown, "{name}");
        assert_eq!(names(record.stored.iter()), stored, "{name}");
        assert_eq!(record.strange, strange, "{name}");
        assert_eq!(record.identifier(), identifier, "{name}");
        assert_eq!(record.kind_to_send(), kind, "{name}");
    }
    is_the_sample(&parse_record(&of("one")).expect("one"));
}

#[test]
fn what_was_made_is_told_in_every_shape_or_not_at_all() {
    for name in ["created", "created-201", "created-array", "created-items"] {
        let made = parse_created(&of(name)).expect(name);
        is_the_sample(&made.expect(name));
    }
    assert!(matches!(parse_created(&of("created-empty")), Ok(None)));
    // The answer to a change is one as well, and may be read.
    is_the_sample(&parse_record(&of("replace")).expect("replaced"));
}

#[test]
fn each_refusal_names_the_header_or_the_permission() {
    let platform = "Destination Authoring";
    for (name, field, title, detail) in [
        (
            "error-token-missing",
            Some("accessToken"),
            "got no access token",
            "Authorization",
        ),
        (
            "error-key-missing",
            Some("apiKey"),
            "got no API key",
            "x-api-key",
        ),
        (
            "error-key",
            Some("apiKey"),
            "does not know this API key",
            "x-api-key",
        ),
        (
            "error-organization-missing",
            Some("imsOrgId"),
            "got no organisation ID",
            "x-gw-ims-org-id",
        ),
        (
            "error-profile",
            Some("imsOrgId"),
            "not for this organisation",
            "x-gw-ims-org-id",
        ),
        (
            "error-region",
            Some("imsOrgId"),
            "does not know this organisation",
            "product profile",
        ),
        (
            "error-token",
            Some("accessToken"),
            "did not accept the access token",
            "Sign in again",
        ),
        (
            "error-token-integer",
            Some("accessToken"),
            "did not accept the access token",
            "Sign in again",
        ),
        ("error-hygiene", None, "does not let you do this", platform),
        ("error-service", None, "does not let you do this", platform),
        ("error-text", None, "does not let you do this", platform),
        (
            "error-not-found",
            None,
            "found nothing there",
            "the organisation and the sandbox",
        ),
        (
            "error-content-type",
            None,
            "did not accept what was sent",
            "A valid content-type must be specified",
        ),
        (
            "error-service-chain",
            None,
            "did not accept what was sent",
            "The credentials configuration is not valid",
        ),
        (
            "error-flow",
            None,
            "did not accept what was sent",
            "The request is malformed",
        ),
        (
            "error-segmentation",
            None,
            "did not accept what was sent",
            "BadRequestError",
        ),
        (
            "error-registry",
            None,
            "did not accept what was sent",
            "Input values validation error",
        ),
        (
            "error-throttled",
            None,
            "asks us to slow down",
            "17 seconds",
        ),
        (
            "error-identity-throttled",
            None,
            "asks us to slow down",
            "in a minute",
        ),
        (
            "error-profile-throttled",
            None,
            "asks us to slow down",
            "Try again",
        ),
        (
            "error-empty",
            None,
            "has a problem (status 500)",
            "Try again",
        ),
    ] {
        let error = parse_list(&of(name)).expect_err(name);
        let message = failed(&error);
        assert!(message.title.contains(title), "{name}: {message:?}");
        assert!(message.detail.contains(detail), "{name}: {message:?}");
        let (at, _) = access_failed(&error);
        assert_eq!(at.as_ref().map(|(field, _)| *field), field, "{name}");
        if field == Some("accessToken") {
            let said = at.map(|(_, problem)| problem);
            let words = Problem::Server(TOKEN_NOT_ACCEPTED.to_owned());
            assert_eq!(said, Some(words), "{name}");
        }
    }
    assert_eq!(field_of("429050"), None);
    // Of one credential it is known which one is gone.
    let error = parse_list(&of("error-not-found")).expect_err("not found");
    let gone = failed_of(&error);
    assert!(gone.title.contains("does not exist any more"), "{gone:?}");
    assert!(gone.detail.contains("choose from the list"), "{gone:?}");
}

#[test]
fn what_led_to_a_refusal_is_told_in_every_envelope() {
    for (name, said) in [
        (
            "error-service-chain",
            &["basicAuthentication.username is missing"][..],
        ),
        ("error-segmentation", &["The request is malformed"]),
        ("error-flow", &["basicAuthentication.username is missing"]),
        ("error-registry", &["The value cannot be used"]),
        ("error-content-type", &[]),
        ("error-organization-missing", &[]),
    ] {
        let Err(ApiError::Rejected { field_errors, .. }) = parse_created(&of(name)) else {
            panic!("{name} is a refusal")
        };
        let found: Vec<_> = field_errors
            .iter()
            .map(|problem| problem.message.as_str())
            .collect();
        assert_eq!(found, said, "{name}");
        // Their paths are not documented, so that their words go to the summary.
        assert!(
            field_errors.iter().all(|problem| problem.path.is_empty()),
            "{name}"
        );
    }
}

#[test]
fn a_token_lasts_as_long_as_was_told_in_either_unit() {
    for (name, lasts) in [
        ("ims-token", Some(86_399_000)),
        ("ims-token-milliseconds", Some(86_399_992)),
        ("ims-token-text", Some(86_399_000)),
        ("ims-token-untold", None),
    ] {
        let tokens = parse_token(&of(name)).expect(name);
        let token = ClientToken::new(&tokens, Moment::default(), 0);
        assert_eq!(token.lasts, lasts, "{name}");
        assert_eq!(token.access.expose(), "at-canary", "{name}");
    }
}

#[test]
fn a_refused_token_is_told_at_the_field_that_is_wrong() {
    let error = |name| parse_token(&of(name)).expect_err(name);
    for (name, meant, field, words) in [
        (
            "ims-error-client",
            Refusal::Client,
            Some("apiKey"),
            ID_NOT_ACCEPTED,
        ),
        (
            "ims-error-secret",
            Refusal::Client,
            Some("clientSecret"),
            SECRET_NOT_ACCEPTED,
        ),
        (
            "ims-error-secret-400",
            Refusal::Client,
            Some("clientSecret"),
            SECRET_NOT_ACCEPTED,
        ),
        ("ims-error-scope", Refusal::Scope, None, SCOPE_REFUSED),
    ] {
        let error = error(name);
        assert_eq!(refusal(&error), Some(meant), "{name}");
        let (at, message) = token_failed(&error);
        assert_eq!(at.as_ref().map(|(field, _)| *field), field, "{name}");
        let said = match at {
            Some((_, Problem::Server(said))) => said,
            _ => message.title,
        };
        assert_eq!(said, words, "{name}");
    }
}
