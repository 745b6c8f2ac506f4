//! Keeps what was sent out of what is shown: server messages and excerpts of unreadable bodies.

use super::encode::decoded;
use super::error::ApiError;
use super::http::Request;
use super::json::{Json, Parsed};
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

/// The values of one request that an answer may repeat, the longest first.
#[derive(Default)]
pub(super) struct Sent(Vec<Value>);

struct Value {
    text: Secret,
    /// True for what stands under one of the request's public keys: messages may repeat it, excerpts
    /// may not.
    public: bool,
}

impl Sent {
    /// Collects the values of `request`.
    pub(super) fn of(request: &Request) -> Self {
        let mut sent = Self::default();
        for (name, value) in &request.headers {
            if *name == "Authorization" {
                let value = value.expose();
                sent.add(value.strip_prefix("Bearer ").unwrap_or(value), false);
            }
        }
        if let Some(body) = &request.body {
            match Parsed::parse(body.expose()) {
                Some(body) => sent.walk(body.root(), false, request.public_keys),
                // A form: each value as it was sent, and as it was meant.
                None => {
                    for pair in body.expose().split('&') {
                        let value = pair.split_once('=').map_or(pair, |(_, value)| value);
                        let meant = Secret::new(decoded(value));
                        if meant.expose() != value {
                            sent.add(meant.expose(), false);
                        }
                        sent.add(value, false);
                    }
                }
            }
        }
        sent
    }

    fn walk(&mut self, value: Json<'_>, public: bool, public_keys: &[&str]) {
        if let Some(text) = value.string() {
            self.add(Secret::new(text).expose(), public);
        }
        for item in value.members() {
            // Each item of a list is as public as the list.
            let public = if value.is_object() {
                public_keys.contains(&item.key().as_str())
            } else {
                public
            };
            self.walk(item, public, public_keys);
        }
    }

    /// Adds a value and its unbroken pieces.
    fn add(&mut self, text: &str, public: bool) {
        let whole = text.trim();
        self.insert(whole, public);
        let breaks = |c: char| {
            !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '~' | '+' | '/' | '='))
        };
        for piece in whole.split(breaks) {
            if piece.len() >= PIECE && piece.len() < whole.len() {
                self.insert(piece, public);
            }
            // As in a connection string: the value may come back without its name.
            let (_, value) = piece.split_once('=').unwrap_or_default();
            let value = value.trim_end_matches('=');
            if value.len() >= PIECE {
                self.insert(value, public);
            }
        }
    }

    /// Keeps the longest first, so that a value goes before its own pieces. (A library sort would cost
    /// more wasm than the whole room's cursor.)
    fn insert(&mut self, text: &str, public: bool) {
        if text.is_empty() {
            return;
        }
        let mut at = 0;
        for known in &self.0 {
            if known.text.expose().len() < text.len() {
                break;
            }
            at += 1;
        }
        let text = Secret::new(text);
        self.0.insert(at, Value { text, public });
    }

    /// A server's message, fit to be shown; nothing when nothing is left of it.
    pub(super) fn clean(&self, message: &str) -> Option<String> {
        let text = one_line(&self.blot(message, false), MESSAGE);
        (!text.is_empty()).then_some(text)
    }

    /// Takes the excerpt of an unreadable answer again, now that it is known what was sent. A parser that
    /// left it empty wants none.
    pub(super) fn hide_in(&self, mut error: ApiError, body: &str) -> ApiError {
        if let ApiError::Unreadable { excerpt: shown, .. } = &mut error
            && !shown.is_empty()
        {
            *shown = excerpt(body, self);
        }
        error
    }

    fn blot(&self, text: &str, public_too: bool) -> String {
        let mut text = text.to_owned();
        for value in &self.0 {
            if public_too || !value.public {
                text = blot_one(&text, value.text.expose());
            }
        }
        text
    }
}

/// The beginning of `body` with everything blotted out that was sent, and every text value too when
/// it looks like JSON: keys and shape are what a report needs.
pub(super) fn excerpt(body: &str, sent: &Sent) -> String {
    let mut body = sent.blot(body.trim_start(), true);
    if body.starts_with(['{', '[', '"']) {
        body = mask_texts(&body);
    }
    one_line(&body, EXCERPT)
}

fn blot_one(text: &str, value: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Letters beyond ASCII do not count: at worst a little more is blotted out.
    let mut in_word = false;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix(value) {
            let joined = in_word || after.starts_with(|c: char| c.is_ascii_alphanumeric());
            if value.len() >= WHOLE_WORD_BELOW || !joined {
                out.push_str(BLOT);
                rest = after;
                in_word = false;
                continue;
            }
        }
        out.push(c);
        in_word = c.is_ascii_alphanumeric();
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    out
}

/// Empties every JSON text that is not a key. A text that never closes counts as a value.
fn mask_texts(json: &str) -> String {
    let mut out = String::new();
    let mut rest = json;
    while let Some((before, inner)) = rest.split_once('"') {
        out.push_str(before);
        out.push('"');
        let Some((text, after)) = split_text(inner) else {
            out.push_str(BLOT);
            return out;
        };
        let is_key = after.trim_start().starts_with(':');
        out.push_str(if is_key { text } else { BLOT });
        out.push('"');
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What stands before the closing quote and what behind it.
fn split_text(inner: &str) -> Option<(&str, &str)> {
    let mut escaped = false;
    for (at, byte) in inner.bytes().enumerate() {
        if escaped {
            escaped = false;
        } else if byte == b'\\' {
            escaped = true;
        } else if byte == b'"' {
            return Some((inner.get(..at)?, inner.get(at + 1..)?));
        }
    }
    None
}

/// At most `characters` of `text`, with control characters and runs of white space as one space.
pub(crate) fn one_line(text: &str, characters: usize) -> String {
    let mut out = String::new();
    let mut count = 0;
    let mut space = false;
    for c in text.chars() {
        if c.is_whitespace() || c.is_control() {
            space = count > 0;
            continue;
        }
        for c in [' ', c].into_iter().skip(usize::from(!space)) {
            if count < characters {
                out.push(c);
                count += 1;
            }
        }
        space = false;
    }
    out
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
    fn a_list_is_as_public_as_its_key() {
        let body = r#"{"type":["first-open","second-open"],"list":["third-hidden"],"accountIdentifier":[{"x":"fourth-hidden"}]}"#;
        assert_eq!(
            sent(body).clean("first-open second-open third-hidden fourth-hidden"),
            Some("first-open second-open … …".into())
        );
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
    fn a_form_is_blotted_out_as_it_was_meant_and_as_it_was_sent() {
        let parameters = [("client_id", "ann@acme"), ("client_secret", "a+b/c d%é")];
        let sent = Sent::of(&client(token()).request_with_form("/token", &parameters));
        let clean = |text: &str| sent.clean(text).expect("some text is left");
        assert_eq!(clean("no a+b/c d%é for you"), "no … for you");
        assert_eq!(clean("no a%2Bb%2Fc%20d%25%C3%A9 for you"), "no … for you");
        assert_eq!(clean("ann@acme is not known"), "… is not known");
    }

    #[test]
    fn what_stands_behind_a_name_is_blotted_out_alone() {
        let sent = sent(
            r#"{"x":{"connectionString":"AccountName=acme-1;AccountKey=S3cr3t/k+y==;Signature=sv=1&sig=hunter2%3D22"}}"#,
        );
        let clean = |text: &str| sent.clean(text).expect("some text is left");
        assert_eq!(clean("bad key S3cr3t/k+y=="), "bad key …==");
        assert_eq!(clean("bad key S3cr3t/k+y"), "bad key …");
        assert_eq!(clean("AccountKey is too short"), "AccountKey is too short");
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
