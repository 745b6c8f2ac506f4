//! What a person types so that the body of a fixture goes out, and that body where the documents leave something out.

use credenza::credential::{Auth, Credential, Draft, FieldKind, FormSpec, Place, Secret, validate};
use serde_json::{Value, json};

use crate::fixtures::{fixture, pairs};

/// The key that stands where the documents print an ellipsis.
const KEY: &str = include_str!("../fixtures/keys/p256.pem");
/// The one that stands where they print a word in the place of an SSH key.
const SSH_KEY: &str = include_str!("../fixtures/keys/openssh.pem");

/// What the documents leave out, filled in. Where they print a word in the place of a key, an address or an account
/// key, no person could send it: it would not pass the checks of the form.
fn completed(name: &str, value: &str) -> Option<String> {
    Some(match (name, value) {
        ("privateKey", "…") => KEY.trim_end().to_owned(),
        ("sshKey", "s3cret ssh key") => SSH_KEY.to_owned(),
        // An account key has 64 bytes.
        ("connectionString", _) => {
            value.replace("s3cret==", &["s3cret".repeat(14), "sA==".into()].concat())
        }
        (_, "https://…") | ("url", "ABCD") => "https://idp.example/token".to_owned(),
        (_, "…") => name.to_owned(),
        _ => return None,
    })
}

fn complete(value: &mut Value) {
    for (name, value) in value.as_object_mut().into_iter().flatten() {
        match value.as_str().and_then(|text| completed(name, text)) {
            Some(text) => *value = Value::from(text),
            None => complete(value),
        }
    }
}

/// The request of a fixture as we send it.
pub fn request(name: &str) -> Value {
    let mut request = fixture(name)["request"].take();
    let body = &mut request["body"];
    complete(body);
    let members = body.as_object_mut();
    match (name, members) {
        // Whether a PUT replaces everything is not documented. If it does, one without a name would lose it.
        ("destinations/replace-least", Some(members)) => {
            members.insert("type".into(), json!("BASIC"));
            members.insert("name".into(), json!("yourdestination"));
        }
        // What the service alone sets is not sent back.
        ("destinations/replace", Some(members)) => {
            for own in ["instanceId", "createdDate", "lastModifiedDate"] {
                members.remove(own).expect("the documents print it");
            }
        }
        // One document sends an empty object here and another nothing. We do as the first.
        ("inventory/devices-bare", None) => {
            return fixture("inventory/devices")["request"].take();
        }
        _ => {}
    }
    if request["body"].is_null() {
        request.as_object_mut().expect("an object").remove("body");
    }
    request
}

/// One value of a form by its name.
pub fn of_form(body: &Value, name: &str) -> String {
    let mut pairs = pairs(body.as_str().expect("a form")).into_iter();
    let found = pairs.find(|(known, _)| known == name);
    found.unwrap_or_else(|| panic!("no {name}")).1
}

/// The credential of a person who types what stands in `body` into the form `spec`.
pub fn typed(spec: &'static FormSpec, body: &Value) -> Credential {
    let inner = match spec.auth {
        Auth::Named { key, .. } => &body[key],
        Auth::Members(_) | Auth::Absent => &body["auth"],
    };
    let mut draft = Draft::default();
    for field in spec.fields {
        let holder = match field.place {
            Place::Auth => inner,
            Place::Root => body,
        };
        let text = match &holder[field.name] {
            Value::String(text) => text.clone(),
            Value::Bool(truth) => truth.to_string(),
            Value::Array(texts) => {
                let texts: Vec<_> = texts.iter().filter_map(Value::as_str).collect();
                texts.join("  ")
            }
            _ => continue,
        };
        let odd = matches!(field.kind, FieldKind::Token) && text.contains(' ');
        draft.set(spec, field, Secret::new(text));
        if odd {
            // Some of the values have a space, which the form asks about.
            draft.keep_as_is(spec, field);
        }
    }
    validate(spec, &draft).unwrap_or_else(|errors| panic!("{} refuses: {errors:?}", spec.id))
}
