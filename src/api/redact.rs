//! Keeps what was sent out of what is shown: server messages and excerpts of unreadable bodies.

use serde_json::Value;

use super::error::ApiError;
use super::http::Request;
use crate::credential::Secret;

/// What stands where a value was.
const BLOT: &str = "…";
/// Below this length a value is blotted out only where it stands alone, so that a one-letter
/// password does not tear every word apart.
const WHOLE_WORD_BELOW: usize = 6;
/// A server may repeat a value escaped or line by line: unbroken pieces from this length on are
/// blotted out by themselves.
const PIECE: usize = 8;
/// The longest excerpt and the longest message, in characters.
const EXCERPT: usize = 120;
const MESSAGE: usize = 400;

/// The values of one request that an answer may repeat.
#[derive(Default)]
pub(super) struct Sent {
    /// Everything, for excerpts.
    all: Vec<Secret>,
    /// Everything but what stands under the request's public keys, for messages.
    hidden: Vec<Secret>,
}

impl Sent {
    /// Collects the values of `request`.
    pub(super) fn of(request: &Request) -> Self {
        let mut sent = Self::default();
        for (name, value) in &request.headers {
            if *name == "Authorization" {
                let token = value
                    .expose()
                    .split_once(' ')
                    .map_or(value.expose(), |(_, rest)| rest);
                sent.add(token, false);
            }
        }
        if let Some(body) = &request.body {
            match serde_json::from_str(body.expose()) {
                Ok(value) => sent.walk(&value, false, request.public_keys),
                Err(_) => sent.add(body.expose(), false),
            }
        }
        sent
    }

    fn walk(&mut self, value: &Value, public: bool, public_keys: &[&str]) {
        match value {
            Value::String(text) => self.add(text, public),
            Value::Array(items) => {
                for item in items {
                    self.walk(item, public, public_keys);
                }
            }
            Value::Object(fields) => {
                for (key, item) in fields {
                    self.walk(item, public_keys.contains(&key.as_str()), public_keys);
                }
            }
            _ => {}
        }
    }

    fn add(&mut self, text: &str, public: bool) {
        let whole = text.trim();
        let breaks = |c: char| !(c.is_ascii_alphanumeric() || "_-.~+/=".contains(c));
        let pieces = whole.split(breaks).filter(|piece| piece.len() >= PIECE);
        for value in std::iter::once(whole)
            .chain(pieces)
            .filter(|value| !value.is_empty())
        {
            insert(&mut self.all, value);
            if !public {
                insert(&mut self.hidden, value);
            }
        }
    }

    /// A server's message, fit to be shown; nothing when nothing is left of it.
    pub(super) fn clean(&self, message: &str) -> Option<String> {
        let text = cut(one_line(&blot(message, &self.hidden)), MESSAGE);
        (!text.is_empty()).then_some(text)
    }

    /// Takes the excerpt of an unreadable answer again, now that it is known what was sent.
    pub(super) fn hide_in(&self, mut error: ApiError, body: &str) -> ApiError {
        if let ApiError::Unreadable { excerpt: shown, .. } = &mut error {
            *shown = excerpt(body, self);
        }
        error
    }
}

/// The beginning of `body` with everything blotted out that was sent, and every text value too when
/// it looks like JSON: keys and shape are what a report needs.
pub(super) fn excerpt(body: &str, sent: &Sent) -> String {
    let body = blot(body.trim_start(), &sent.all);
    let shape = if body.starts_with(['{', '[', '"']) {
        mask_texts(&body)
    } else {
        body
    };
    cut(one_line(&shape), EXCERPT)
}

/// Keeps the longest first, so that a value goes before its own pieces. (A library sort would cost
/// more wasm than the whole room's cursor.)
fn insert(values: &mut Vec<Secret>, value: &str) {
    let shorter = |known: &Secret| known.expose().len() < value.len();
    let at = values.iter().position(shorter).unwrap_or(values.len());
    values.insert(at, Secret::new(value));
}

fn blot(text: &str, values: &[Secret]) -> String {
    let mut text = text.to_owned();
    for value in values {
        text = blot_one(&text, value.expose());
    }
    text
}

fn blot_one(text: &str, value: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(value) {
        let (before, after) = (&rest[..at], &rest[at + value.len()..]);
        let last = before
            .chars()
            .next_back()
            .or_else(|| out.chars().next_back());
        let joined = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let inside_word = joined(last) || joined(after.chars().next());
        out.push_str(before);
        out.push_str(if value.len() < WHOLE_WORD_BELOW && inside_word {
            value
        } else {
            BLOT
        });
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Empties every JSON text that is not a key. A text that never closes counts as a value.
fn mask_texts(json: &str) -> String {
    let mut out = String::new();
    let mut rest = json;
    while let Some(start) = rest.find('"') {
        out.push_str(&rest[..start]);
        let inner = &rest[start + 1..];
        let Some(end) = end_of_text(inner) else {
            out.push('"');
            out.push_str(BLOT);
            return out;
        };
        rest = &inner[end + 1..];
        let is_key = rest.trim_start().starts_with(':');
        out.push('"');
        out.push_str(if is_key { &inner[..end] } else { BLOT });
        out.push('"');
    }
    out.push_str(rest);
    out
}

fn end_of_text(inner: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at),
            _ => {}
        }
    }
    None
}

/// Control characters and runs of white space become one space.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

fn cut(mut text: String, characters: usize) -> String {
    if let Some((at, _)) = text.char_indices().nth(characters) {
        text.truncate(at);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Method;
    use crate::api::testing::{client, token};

    fn sent(body: &str) -> Sent {
        let body = Secret::new(body);
        let public = &["accountIdentifier", "type"];
        Sent::of(&client(token()).request_with_body(Method::Post, "/x", body, public))
    }

    #[test]
    fn messages_lose_secrets_and_keep_public_values() {
        let sent = sent(
            r#"{"accountIdentifier":"acme","auth":{"type":"basic","username":"u","password":"p4ss word-with-tail"}}"#,
        );
        let clean = |text: &str| sent.clean(text).expect("some text is left");
        assert_eq!(
            clean("acme: basic auth for u failed"),
            "acme: basic auth for … failed"
        );
        assert_eq!(clean("unusual user"), "unusual user");
        assert_eq!(clean("got p4ss word-with-tail"), "got …");
        assert_eq!(clean("got p4ss%20word-with-tail"), "got p4ss%20…");
        assert_eq!(
            clean("Bearer scope3_ours_123\n\u{7}refused"),
            "Bearer … refused"
        );
        assert_eq!(sent.clean(" \n "), None);
    }

    #[test]
    fn excerpts_keep_the_shape_only() {
        let sent = sent(r#"{"accountIdentifier":"acme-1","auth":{"token":"he\"llo-token"}}"#);
        let body = r#"{"id": 7, "token": "he\"llo-token", "list": ["x", true], "open": "acme"#;
        assert_eq!(
            excerpt(body, &sent),
            r#"{"id": 7, "token": "…", "list": ["…", true], "open": "…"#
        );
        assert_eq!(
            excerpt("<p>no acme-1\n here</p>", &sent),
            "<p>no … here</p>"
        );
        assert_eq!(excerpt(&"ü".repeat(500), &sent).chars().count(), 120);
    }

    #[test]
    fn a_private_key_is_blotted_out_line_by_line() {
        let sent = sent(
            r#"{"auth":{"privateKey":"-----BEGIN X-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQ\n-----END X-----"}}"#,
        );
        let shown = excerpt("<pre>MIIEvQIBADANBg<br>kqhkiG9w0BAQ</pre>", &sent);
        assert_eq!(shown, "<pre>…<br>…</pre>");
    }
}
