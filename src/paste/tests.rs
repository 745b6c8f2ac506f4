//! What people have at hand, whole and damaged.

use super::*;
use crate::credential::{FormSpec, Service, catalog};

mod damaged;
mod filled;
mod matching;
mod sources;

/// The kind of a text, and its names and values.
#[track_caller]
fn taken(text: &str) -> (Kind, Vec<(String, String)>) {
    let pasted = read(text).unwrap_or_else(|unread| panic!("{unread:?}: {text}"));
    let pair = |(name, value): &(String, Secret)| (name.clone(), value.expose().to_owned());
    (pasted.kind, pasted.values.iter().map(pair).collect())
}

/// The same, on one line for each value.
#[track_caller]
fn listed(text: &str) -> (Kind, String) {
    let (kind, values) = taken(text);
    let lines: Vec<String> = values
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    (kind, lines.join("\n"))
}

/// The row that a text fills, what it fills there, and what it leaves over.
#[track_caller]
fn filled(service: Service, chosen: &str, text: &str) -> (&'static str, String, String) {
    let chosen = catalog::find(service, chosen).expect("row");
    filled_in(catalog::rows(service), chosen, text)
}

#[track_caller]
fn filled_in(
    specs: &'static [&'static FormSpec],
    chosen: &'static FormSpec,
    text: &str,
) -> (&'static str, String, String) {
    let pasted = read(text).unwrap_or_else(|unread| panic!("{unread:?}: {text}"));
    let Some(filling) = fill(specs, chosen, pasted) else {
        return ("", String::new(), String::new());
    };
    let mut lines = Vec::new();
    for (field, value) in &filling.fields {
        assert!(
            filling.spec.field(field.name).is_some(),
            "a field of the row"
        );
        lines.push(format!("{}={}", field.name, value.expose()));
    }
    (filling.spec.id, lines.join("\n"), filling.unused.join(", "))
}
