//! Damaged answers: never a panic, never a success by accident.

use credenza::api::ApiError;
use serde_json::{Value, json};

use crate::clients::{self, BY_STATUS};
use crate::fixtures::{answer, recorded};
use crate::table::{READING, all, responses};

/// Calls `look` with `value` after each single place in it was replaced by something else.
pub fn each_replacement(value: &Value, look: &mut dyn FnMut(&Value)) {
    fn pointers(value: &Value, at: String, out: &mut Vec<String>) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    pointers(item, format!("{at}/{index}"), out);
                }
            }
            Value::Object(fields) => {
                for (key, item) in fields {
                    pointers(item, format!("{at}/{key}"), out);
                }
            }
            _ => {}
        }
        out.push(at);
    }
    let mut places = Vec::new();
    pointers(value, String::new(), &mut places);
    for place in places {
        for other in [
            json!(null),
            json!(-1.5),
            json!("<b>"),
            json!([7, null]),
            json!({"id": {}}),
        ] {
            let mut changed = value.clone();
            *changed
                .pointer_mut(&place)
                .expect("a place of the same value") = other;
            look(&changed);
        }
    }
}

#[test]
fn wrong_types_are_an_answer_or_an_error_and_never_a_panic() {
    for (name, own, code) in responses() {
        let (response, body) = recorded(name);
        each_replacement(&body, &mut |changed| {
            let changed = answer(response.status, changed.to_string());
            for parse in all() {
                let result = parse(&changed);
                match (&result, response.status) {
                    (Ok(_), status) => {
                        assert!(status < 300, "{name}: {status} was read as a success");
                    }
                    (Err(ApiError::Unreadable { excerpt, .. }), status) => {
                        assert!(status < 300, "{name}");
                        assert!(excerpt.chars().count() <= 120, "{name}: {excerpt}");
                        assert!(!excerpt.contains("acme"), "{name} shows a value: {excerpt}");
                    }
                    (Err(_), status) => assert!(status >= 400, "{name}: {result:?}"),
                }
            }
            // The status alone decides the kind of an error; only the reason of a 403, and whether a 401 is about the
            // client, is in the body.
            let status = response.status;
            if status >= 400 {
                let changed = own(&changed).map_or_else(|error| error.code(), |_| "");
                let by_status = match status {
                    401 => "unauthorized",
                    403 => "forbidden",
                    _ => code,
                };
                assert!(changed == code || changed == by_status, "{name}");
            }
        });
    }
}

/// The fixtures whose status says enough: what was deleted, changed or checked.
fn is_told_by_status(name: &str) -> bool {
    let names = [
        "destinations/delete",
        "destinations/replace",
        "inventory/devices",
    ];
    names.iter().any(|known| name.starts_with(known))
}

#[test]
fn a_body_cut_anywhere_is_never_a_success() {
    for (name, own, _) in responses() {
        let (response, _) = recorded(name);
        for (cut, _) in response.body.char_indices() {
            let part = &response.body[..cut];
            let read = own(&answer(response.status, part));
            let made_without_a_word = cut == 0 && name.starts_with("destinations/created");
            if is_told_by_status(name) || made_without_a_word {
                assert!(read.is_ok(), "{name}: {read:?}");
                continue;
            }
            // Of the one that is no JSON, the first row alone is.
            if serde_json::from_str::<Value>(part).is_ok() {
                assert_eq!(name, "destinations/list-pages");
                continue;
            }
            let error = read.expect_err(name);
            if response.status < 300 {
                assert_eq!(
                    (error.code(), error.outcome_unknown()),
                    ("unreadable", true),
                    "{name}"
                );
            }
        }
    }
}

#[test]
fn pages_and_nonsense_are_unreadable() {
    let deep = "[".repeat(100_000);
    for body in [
        "",
        " ",
        "<!doctype html><title>Sign in</title>",
        "\u{feff}{}",
        "{\"data\":",
        &deep,
        "NaN",
        "\"x",
    ] {
        for parse in READING.into_iter().chain(clients::READING) {
            let error = parse(&answer(200, body)).expect_err("no such answer is documented");
            assert_eq!(error.code(), "unreadable");
        }
        // Where the status says enough, nothing is needed; but a page comes from somebody else.
        let page = body.starts_with('<');
        let read = BY_STATUS.map(|parse| parse(&answer(200, body)).is_ok());
        assert_eq!(read, [body.trim().is_empty(), !page, !page], "{body:.20}");
    }
}
