//! Damaged answers: never a panic, never a success by accident.

use credenza::api::ApiError;
use serde_json::{Value, json};

use crate::fixtures::{answer, recorded};
use crate::table::{ALL, RESPONSES};

/// Calls `look` with `value` after each single place in it was replaced by something else.
fn each_replacement(value: &Value, look: &mut dyn FnMut(&Value)) {
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
    for (name, own, code) in RESPONSES {
        let (response, body) = recorded(name);
        each_replacement(&body, &mut |changed| {
            let changed = answer(response.status, changed.to_string());
            for parse in ALL {
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
            // The status alone decides the kind of an error; only the reason of a 403 is in the body.
            if response.status >= 400 {
                let changed = own(&changed).map_or_else(|error| error.code(), |_| "");
                assert!(
                    changed == *code || (response.status == 403 && changed == "forbidden"),
                    "{name}"
                );
            }
        });
    }
}

#[test]
fn a_body_cut_anywhere_is_never_a_success() {
    for (name, own, _) in RESPONSES {
        let (response, _) = recorded(name);
        for (cut, _) in response.body.char_indices() {
            let part = answer(response.status, &response.body[..cut]);
            let error = own(&part).expect_err(name);
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
        for parse in ALL {
            let error = parse(&answer(200, body)).expect_err("no such answer is documented");
            assert_eq!(error.code(), "unreadable");
        }
    }
}
