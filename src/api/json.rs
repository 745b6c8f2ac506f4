//! A cursor over JSON that knows its path, and the rule of the envelope.

use serde_json::Value;

use super::error::ApiError;
use super::http::Response;
use super::redact::{Sent, excerpt};
use super::refusal;

/// The body differs from the documents at this path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Misfit {
    /// Dotted, with indexes in brackets: `data.items[3].id`.
    pub path: String,
}

#[derive(Clone, Copy)]
enum Step {
    Key(&'static str),
    Index(usize),
}

/// One value and the way to it. The way is only spelled out when something does not fit.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    value: &'a Value,
    step: Option<Step>,
    parent: Option<&'a Node<'a>>,
}

impl<'a> Node<'a> {
    /// The top of a body.
    pub fn root(value: &'a Value) -> Self {
        Self {
            value,
            step: None,
            parent: None,
        }
    }

    /// The value under `key`. Fails when it is absent or null, or when this is no object.
    pub fn field(&'a self, key: &'static str) -> Result<Node<'a>, Misfit> {
        self.opt(key).ok_or_else(|| {
            Node {
                value: self.value,
                step: Some(Step::Key(key)),
                parent: Some(self),
            }
            .misfit()
        })
    }

    /// The value under `key`, or nothing when it is absent or null.
    pub fn opt(&'a self, key: &'static str) -> Option<Node<'a>> {
        let value = self.value.as_object()?.get(key)?;
        if value.is_null() {
            return None;
        }
        Some(Node {
            value,
            step: Some(Step::Key(key)),
            parent: Some(self),
        })
    }

    /// This text.
    pub fn string(&self) -> Result<String, Misfit> {
        self.value
            .as_str()
            .map(String::from)
            .ok_or_else(|| self.misfit())
    }

    /// This whole number, zero or above.
    pub fn integer(&self) -> Result<u64, Misfit> {
        self.value.as_u64().ok_or_else(|| self.misfit())
    }

    /// This truth value.
    pub fn boolean(&self) -> Result<bool, Misfit> {
        self.value.as_bool().ok_or_else(|| self.misfit())
    }

    /// The items of this array.
    pub fn array(&'a self) -> Result<Vec<Node<'a>>, Misfit> {
        let items = self.value.as_array().ok_or_else(|| self.misfit())?;
        Ok(items
            .iter()
            .enumerate()
            .map(|(index, value)| Node {
                value,
                step: Some(Step::Index(index)),
                parent: Some(self),
            })
            .collect())
    }

    /// An id that is text in the newer documents and a number in some answers.
    pub fn id(&self) -> Result<String, Misfit> {
        match self.value {
            Value::String(text) if !text.is_empty() => Ok(text.clone()),
            Value::Number(number) if number.is_u64() => Ok(number.to_string()),
            _ => Err(self.misfit()),
        }
    }

    /// The text under `key`, which must be there.
    pub fn text(&self, key: &'static str) -> Result<String, Misfit> {
        self.field(key)?.string()
    }

    /// The text under `key`, if there is one.
    pub fn opt_text(&self, key: &'static str) -> Result<Option<String>, Misfit> {
        self.opt(key).map(|node| node.string()).transpose()
    }

    /// The truth value under `key`, if there is one.
    pub fn opt_boolean(&self, key: &'static str) -> Result<Option<bool>, Misfit> {
        self.opt(key).map(|node| node.boolean()).transpose()
    }

    /// The texts of the array under `key`; none when it is absent or null.
    pub fn texts(&self, key: &'static str) -> Result<Vec<String>, Misfit> {
        self.opt(key)
            .map_or(Ok(Vec::new()), |node| node.list(text_of))
    }

    /// Each item of this array through `read`; the first that does not fit ends it.
    pub fn list<T>(&self, read: fn(&Node<'_>) -> Result<T, Misfit>) -> Result<Vec<T>, Misfit> {
        self.array()?.iter().map(read).collect()
    }

    /// "The documents describe something else here."
    pub fn misfit(&self) -> Misfit {
        let mut path = String::new();
        self.push_path(&mut path);
        Misfit { path }
    }

    fn push_path(&self, out: &mut String) {
        if let Some(parent) = self.parent {
            parent.push_path(out);
        }
        match self.step {
            Some(Step::Key(key)) => {
                if !out.is_empty() {
                    out.push('.');
                }
                out.push_str(key);
            }
            Some(Step::Index(index)) => {
                out.push('[');
                out.push_str(&index.to_string());
                out.push(']');
            }
            None => {}
        }
    }
}

fn text_of(node: &Node<'_>) -> Result<String, Misfit> {
    node.string()
}

/// What an answer is about: `data` of the documented envelope, or the body itself.
///
/// The documents print both. No resource here has a `data` key of its own, so an object with that
/// key is the envelope.
pub(super) fn payload(body: &Value) -> Node<'_> {
    match body.as_object().and_then(|object| object.get("data")) {
        Some(value) => Node {
            value,
            step: Some(Step::Key("data")),
            parent: None,
        },
        None => Node::root(body),
    }
}

/// Reads the payload of a successful answer with `read`. Fails with what the status says when it is
/// no success, and with [`ApiError::Unreadable`] when the body is not JSON or does not fit.
pub(super) fn read<T>(
    response: &Response,
    read: fn(&Node<'_>) -> Result<T, Misfit>,
) -> Result<T, ApiError> {
    let body = body(response)?;
    read(&payload(&body)).map_err(|misfit| unreadable(response, misfit.path))
}

fn body(response: &Response) -> Result<Value, ApiError> {
    refusal::judge(response, false, &Sent::default())?;
    serde_json::from_str(&response.body).map_err(|_| unreadable(response, String::new()))
}

/// The error for an answer that cannot be read at `path`.
pub(super) fn unreadable(response: &Response, path: String) -> ApiError {
    ApiError::Unreadable {
        status: response.status,
        path,
        excerpt: excerpt(&response.body, &Sent::default()),
    }
}
