//! A cursor over JSON that can name the path of what does not fit, and the rule of the envelope.

mod scan;
mod value;

use std::cell::Cell;

pub(crate) use value::{Json, Parsed};

use super::error::ApiError;
use super::http::Response;
use super::redact::{Sent, excerpt};
use super::refusal;
use crate::credential::number::digits;

/// The body differs from the documents under `key` of the object at `at`, or, with an empty key, at
/// that very value. The path is only spelled out when it is shown.
#[derive(Clone, Copy)]
struct Misfit {
    at: usize,
    key: &'static str,
}

/// One value of an answer.
///
/// Reading never stops half-way: what does not fit is noted, the first of it is told by [`read`], and
/// until then an empty value stands in its place. A parser is a plain list of fields that way.
#[derive(Clone, Copy)]
pub(crate) struct Node<'a> {
    json: Json<'a>,
    first: &'a Cell<Option<Misfit>>,
}

impl<'a> Node<'a> {
    /// The text under `key`, which must be there.
    pub fn text(&self, key: &'static str) -> String {
        self.must(key, self.opt_text(key))
    }

    /// The text under `key`, if there is one.
    pub fn opt_text(&self, key: &'static str) -> Option<String> {
        let value = self.get(key)?;
        self.fits(key, value.string())
    }

    /// The whole number, zero or above, under `key`, which must be there.
    pub fn integer(&self, key: &'static str) -> u64 {
        self.must(key, self.opt_integer(key))
    }

    /// The whole number under `key`, if there is one.
    pub fn opt_integer(&self, key: &'static str) -> Option<u64> {
        let value = self.get(key)?;
        self.fits(key, value.integer())
    }

    /// The truth value under `key`, which must be there.
    pub fn boolean(&self, key: &'static str) -> bool {
        self.must(key, self.opt_boolean(key))
    }

    /// The truth value under `key`, if there is one.
    pub fn opt_boolean(&self, key: &'static str) -> Option<bool> {
        let value = self.get(key)?;
        self.fits(key, value.boolean())
    }

    /// The id under `key`, which must be there: text in the newer documents, a number in some answers.
    pub fn id(&self, key: &'static str) -> String {
        let value = self.get(key).unwrap_or(Json::NULL);
        let id = match value.string() {
            Some(text) => Some(text).filter(|text| !text.is_empty()),
            None => value.integer().map(digits),
        };
        self.must(key, id)
    }

    /// The text under `key`, or the number as it is written; nothing when it is neither.
    pub fn plain(&self, key: &'static str) -> Option<String> {
        let value = self.get(key)?;
        let number = value.number().map(str::to_owned);
        number.or_else(|| value.string())
    }

    /// The names and texts of the object under `key`; what is no text is passed over.
    pub fn pairs(&self, key: &'static str) -> Vec<(String, String)> {
        let value = self.get(key).filter(|value| value.is_object());
        let members = value.unwrap_or(Json::NULL).members();
        let pairs = members.filter_map(|member| Some((member.key(), member.string()?)));
        pairs.collect()
    }

    /// The object under `key`, if there is one.
    pub fn opt(&self, key: &'static str) -> Option<Node<'a>> {
        let json = self.get(key)?;
        Some(Node { json, ..*self })
    }

    /// Each item of the array under `key`, which must be there, through `read`; an empty key stands
    /// for this value itself.
    pub fn list<T>(&self, key: &'static str, read: fn(&Node<'_>) -> T) -> Vec<T> {
        self.must(key, self.opt_list(key, read))
    }

    /// The same when the array may be absent.
    pub fn opt_list<T>(&self, key: &'static str, read: fn(&Node<'_>) -> T) -> Option<Vec<T>> {
        let mut list = Vec::new();
        for json in self.items(key)? {
            // After something did not fit nothing of it will be used.
            if self.first.get().is_some() {
                break;
            }
            list.push(read(&Node { json, ..*self }));
        }
        Some(list)
    }

    /// The texts of the array under `key`; none when it is absent or null.
    pub fn texts(&self, key: &'static str) -> Vec<String> {
        self.opt_list(key, text_of).unwrap_or_default()
    }

    fn items(&self, key: &'static str) -> Option<value::Members<'a>> {
        let array = if key.is_empty() {
            self.json
        } else {
            self.get(key)?
        };
        self.fits(key, array.is_array().then(|| array.members()))
    }

    /// The value itself.
    pub const fn json(&self) -> Json<'a> {
        self.json
    }

    /// The value under `key`; nothing when it is absent or null, or when this is no object.
    fn get(&self, key: &str) -> Option<Json<'a>> {
        self.json.get(key).filter(|value| !value.is_null())
    }

    fn must<T: Default>(&self, key: &'static str, value: Option<T>) -> T {
        self.fits(key, value).unwrap_or_default()
    }

    /// Passes `value` on, and notes when there is none.
    fn fits<T>(&self, key: &'static str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.misfit(key);
        }
        value
    }

    /// Notes that the value under `key` is none that a parser can use.
    pub fn misfit(&self, key: &'static str) {
        if self.first.get().is_none() {
            let at = self.json.at();
            self.first.set(Some(Misfit { at, key }));
        }
    }
}

impl Misfit {
    /// The dotted path, with indexes in brackets: `data.items[3].id`.
    fn path(self, body: Json<'_>) -> String {
        let mut path = String::new();
        let mut here = body;
        while here.at() != self.at {
            // The first member that does not end before the place is the one that holds it.
            let mut members = here.members().enumerate();
            let Some((index, member)) = members.find(|(_, member)| member.end() > self.at) else {
                break;
            };
            if here.is_array() {
                path.push('[');
                path.push_str(&digits(index));
                path.push(']');
            } else {
                push_dot(&mut path);
                member.push_key(&mut path);
            }
            here = member;
        }
        if !self.key.is_empty() {
            push_dot(&mut path);
            path.push_str(self.key);
        }
        path
    }
}

fn text_of(node: &Node<'_>) -> String {
    node.must("", node.json.string())
}

fn push_dot(path: &mut String) {
    if !path.is_empty() {
        path.push('.');
    }
}

/// Reads the payload of a successful answer with `read`: `data` of the documented envelope, or the body
/// itself. (The documents print both. No resource here has a `data` key of its own, so an object with
/// that key is the envelope.) Fails with what the status says when it is no success, and with
/// [`ApiError::Unreadable`] when the body is not JSON or does not fit.
pub(crate) fn read<T>(response: &Response, read: fn(&Node<'_>) -> T) -> Result<T, ApiError> {
    refusal::judge(response, false, &Sent::default())?;
    let Some(parsed) = Parsed::parse(&response.body) else {
        return Err(unreadable(response, String::new()));
    };
    let body = parsed.root();
    let first = Cell::new(None);
    let value = read(&Node {
        json: body.get("data").unwrap_or(body),
        first: &first,
    });
    match first.get() {
        None => Ok(value),
        Some(misfit) => Err(unreadable(response, misfit.path(body))),
    }
}

/// The error for an answer that cannot be read at `path`.
pub(crate) fn unreadable(response: &Response, path: String) -> ApiError {
    ApiError::Unreadable {
        status: response.status,
        path,
        excerpt: excerpt(&response.body, &Sent::default()),
    }
}

#[cfg(test)]
mod tests;
