//! Reads the fixtures: what was recorded, as plain requests and responses.

use std::fs;
use std::path::PathBuf;

use credenza::api::{Access, Client, READ_HEADERS, Response, TransportError};
use credenza::credential::Secret;
use serde_json::Value;

/// The fixtures of the storefront service go by their bare names, those of the others by the names of their folders
/// and theirs.
pub fn names() -> Vec<String> {
    let mut names = Vec::new();
    for (folder, prefix) in [
        ("storefront", ""),
        ("registry", "registry/"),
        ("destinations", "destinations/"),
        ("inventory", "inventory/"),
    ] {
        for entry in fs::read_dir(directory().join(folder)).expect("the fixtures are there") {
            let name = entry.expect("a directory entry").file_name();
            let name = name.into_string().expect("UTF-8");
            let name = name.strip_suffix(".json").expect("a JSON file");
            names.push([prefix, name].concat());
        }
    }
    names
}

fn directory() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

pub fn fixture(name: &str) -> Value {
    let folder = if name.contains('/') { "" } else { "storefront" };
    let path = directory().join(folder).join(name);
    let text = fs::read_to_string(path.with_extension("json"))
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

pub fn answer(status: u16, body: impl Into<String>) -> Response {
    Response {
        status,
        body: body.into(),
        ..Response::default()
    }
}

/// The status and headers of a fixture's response, with its body as text and as a value, which is null where it is
/// none.
pub fn recorded(name: &str) -> (Response, Value) {
    let fixture = fixture(name);
    let recorded = &fixture["response"];
    let status = recorded["status"]
        .as_u64()
        .and_then(|status| u16::try_from(status).ok());
    let sent = recorded["headers"].as_object().expect("headers");
    let value = |name| sent.get(name).map(|value| (name, value));
    let headers = READ_HEADERS
        .into_iter()
        .filter_map(value)
        .map(|(name, value)| {
            let value = value.as_str().expect("a header is a text");
            (name, value.to_owned())
        });
    let (text, value) = match recorded["text"].as_str() {
        Some(text) => (text.to_owned(), Value::Null),
        None => (recorded["body"].to_string(), recorded["body"].clone()),
    };
    let response = Response {
        headers: headers.collect(),
        ..answer(status.expect("a status"), text)
    };
    (response, value)
}

/// The names and values of a form, in their order.
pub fn pairs(form: &str) -> Vec<(String, String)> {
    let pairs = form.split('&').map(|pair| {
        let (name, value) = pair.split_once('=').expect("a name and a value");
        (decoded(name), decoded(value))
    });
    pairs.collect()
}

fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut bytes = parts
        .next()
        .unwrap_or_default()
        .replace('+', " ")
        .into_bytes();
    for part in parts {
        let (digits, rest) = part.split_at_checked(2).expect("two digits");
        bytes.push(u8::from_str_radix(digits, 16).expect("two digits"));
        bytes.extend(rest.replace('+', " ").bytes());
    }
    String::from_utf8(bytes).expect("UTF-8")
}

pub fn client() -> Client {
    Client::new(
        "https://gateway.example",
        Access::Token(Some(Secret::new("scope3_canary_token"))),
        |_| Box::pin(std::future::ready(Err(TransportError::Offline))),
    )
}
