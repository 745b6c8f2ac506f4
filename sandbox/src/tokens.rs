//! Access tokens that a client got for its id and secret, and how an answer tells how long one is good.

use crate::{identity::signed_looking, settings::one_of};
use axum::{
    body::Bytes,
    http::{HeaderMap, header},
};
use serde_json::{Value, json};
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};
use url::form_urlencoded;

/// How `expires_in` is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    Seconds,
    Milliseconds,
    Absent,
    Zero,
    /// The seconds as a text.
    Text,
}

impl Told {
    /// Reads the switch `expires_in`.
    pub fn change(&mut self, body: &Value) -> Result<(), String> {
        let choices = [
            ("seconds", Self::Seconds),
            ("milliseconds", Self::Milliseconds),
            ("absent", Self::Absent),
            ("zero", Self::Zero),
            ("text", Self::Text),
        ];
        one_of(body, "expires_in", &choices, self)
    }

    /// Puts the lifetime into a token answer.
    pub fn tell(self, seconds: u64, answer: &mut Value) {
        answer["expires_in"] = match self {
            Self::Absent => return,
            Self::Seconds => json!(seconds),
            Self::Milliseconds => json!(seconds.saturating_mul(1000)),
            Self::Zero => json!(0),
            Self::Text => json!(seconds.to_string()),
        };
    }
}

/// The tokens of one service.
#[derive(Debug, Default)]
pub struct Tokens {
    /// Token to its client and the moment of its end; `None` for one that does not end.
    known: HashMap<String, (String, Option<Instant>)>,
    made: u64,
}

impl Tokens {
    /// Makes a token for a client.
    pub fn grant(&mut self, service: &str, client: &str, lifetime: Duration) -> String {
        self.made += 1;
        let token = signed_looking(&format!("{service} {}", self.made), client);
        let end = Instant::now().checked_add(lifetime);
        self.known.insert(token.clone(), (client.to_owned(), end));
        token
    }

    /// Adds a token that was handed out before and does not end by itself.
    pub fn add(&mut self, token: &str, client: &str) {
        self.known
            .insert(token.to_owned(), (client.to_owned(), None));
    }

    /// The client of a token that is still good.
    pub fn client(&self, token: &str) -> Option<&str> {
        let (client, end) = self.known.get(token)?;
        end.is_none_or(|end| Instant::now() < end)
            .then_some(client.as_str())
    }

    /// Ends tokens, as `forget` of the controls names them.
    pub fn forget(&mut self, kinds: Option<&Value>) -> Result<(), String> {
        let kinds = match kinds {
            None => return Ok(()),
            Some(kinds) => kinds.as_array().ok_or("forget takes a list of words.")?,
        };
        for kind in kinds {
            if kind != "tokens" {
                return Err(format!("forget names tokens, not {kind}."));
            }
            self.known.clear();
        }
        Ok(())
    }
}

/// The fields of a form that was sent as one.
#[derive(Debug)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// `None` for a body that does not say that it is a form.
    pub fn read(headers: &HeaderMap, body: &Bytes) -> Option<Self> {
        headers
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .filter(|kind| kind.starts_with("application/x-www-form-urlencoded"))?;
        Some(Self(form_urlencoded::parse(body).into_owned().collect()))
    }

    /// A field that is there once and not empty.
    pub fn one(&self, name: &str) -> Option<&str> {
        let mut found = self.0.iter().filter(|(key, _)| key == name);
        let (_, value) = found.next()?;
        (!value.is_empty() && found.next().is_none()).then_some(value)
    }
}

/// The token of an `Authorization` header; of a header of another kind, a text that is no token.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?;
    let parts = value.to_str().ok().and_then(|value| value.split_once(' '));
    let token = parts.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    Some(token.map_or("", |(_, token)| token.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_end_and_are_forgotten() {
        let mut tokens = Tokens::default();
        let token = tokens.grant("a", "me", Duration::from_mins(1));
        let ended = tokens.grant("a", "me", Duration::ZERO);
        tokens.add("by hand", "me");
        assert_eq!(tokens.client(&token), Some("me"));
        assert_eq!((tokens.client(&ended), ended == token), (None, false));
        assert!(tokens.forget(Some(&json!(["codes"]))).is_err());
        assert!(tokens.forget(Some(&json!("tokens"))).is_err());
        assert_eq!(tokens.client("by hand"), Some("me"));
        tokens.forget(Some(&json!(["tokens"]))).expect("is read");
        assert_eq!(
            (tokens.client(&token), tokens.client("by hand")),
            (None, None)
        );
    }

    #[test]
    fn a_lifetime_is_told_in_five_ways() {
        for (word, told) in [
            ("seconds", json!(60)),
            ("milliseconds", json!(60_000)),
            ("absent", Value::Null),
            ("zero", json!(0)),
            ("text", json!("60")),
        ] {
            let (mut how, mut answer) = (Told::Seconds, json!({}));
            how.change(&json!({ "expires_in": word })).expect("is read");
            how.tell(60, &mut answer);
            assert_eq!(answer["expires_in"], told, "{word}");
            assert_eq!(answer.get("expires_in").is_none(), word == "absent");
        }
    }
}
