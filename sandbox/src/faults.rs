//! Which requests are to go wrong, how, and how often.

use axum::http::{Method, StatusCode};
use serde_json::Value;
use std::time::Duration;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The answer comes late.
    Delay,
    /// Status line, headers and half of the body, then a TCP reset.
    Drop,
    /// The connection is closed before the headers.
    DropBefore,
    /// An error with a status of choice.
    Status,
    /// A proxy's error page.
    Html,
    /// JSON cut in half, with a length that fits.
    Truncated,
    /// Numbers where strings belong, and the other way round.
    WrongTypes,
    /// Success with no body.
    Empty,
    /// A redirect to a login page.
    LoginRedirect,
    /// The handler panics while it holds the data.
    Panic,
}

/// One planned fault.
#[derive(Debug, Clone)]
pub struct Fault {
    pub kind: Kind,
    pub status: Option<StatusCode>,
    pub delay: Duration,
    pub retry_after: Option<u64>,
    /// The request is carried out first and only its answer suffers.
    pub after: bool,
    /// An `error` object to answer with instead of the standard one.
    pub error: Option<Value>,
    /// A whole body to answer with, outside the envelope.
    pub body: Option<Value>,
    method: Option<Method>,
    path: String,
    left: u64,
}

impl Fault {
    /// Reads the body of `POST /_sandbox/faults`; an error names the key.
    pub fn read(body: &Value) -> Result<Self, String> {
        let kind = match text(body, "fault")?.as_deref() {
            Some("delay") => Kind::Delay,
            Some("drop") => Kind::Drop,
            Some("drop-before") => Kind::DropBefore,
            Some("status") => Kind::Status,
            Some("html") => Kind::Html,
            Some("truncated") => Kind::Truncated,
            Some("wrong-types") => Kind::WrongTypes,
            Some("empty") => Kind::Empty,
            Some("login-redirect") => Kind::LoginRedirect,
            Some("panic") => Kind::Panic,
            other => {
                return Err(format!(
                    "fault is one of delay, drop, drop-before, status, html, truncated, wrong-types, empty, \
                     login-redirect, panic; not {other:?}."
                ));
            }
        };
        let status = match number(body, "status")? {
            None => None,
            Some(number) => Some(
                u16::try_from(number)
                    .ok()
                    .and_then(|code| StatusCode::from_u16(code).ok())
                    .filter(|code| code.as_u16() >= 200)
                    .ok_or("status is an HTTP status of 200 or more.")?,
            ),
        };
        let method = match text(body, "method")?.as_deref() {
            None | Some("*") => None,
            Some(name) => Some(
                name.to_ascii_uppercase()
                    .parse()
                    .map_err(|_| format!("method is an HTTP method, not {name:?}."))?,
            ),
        };
        let left = number(body, "count")?.unwrap_or(1);
        if left == 0 {
            return Err("count is 1 or more.".to_owned());
        }
        Ok(Self {
            kind,
            status,
            delay: Duration::from_millis(number(body, "delay_ms")?.unwrap_or(0)),
            retry_after: number(body, "retry_after")?,
            after: body.get("after").and_then(Value::as_bool).unwrap_or(false),
            error: body.get("error").cloned(),
            body: body.get("body").cloned(),
            method,
            path: text(body, "path")?
                .ok_or("path is missing: below the gateway's prefix, or the full path.")?,
            left,
        })
    }

    fn fits(&self, method: &Method, path: &str, below_gateway: Option<&str>) -> bool {
        let pattern = self.path.as_str();
        let relative = pattern.strip_prefix('/').unwrap_or(pattern);
        self.method.as_ref().is_none_or(|wanted| wanted == method)
            && (matches(pattern, path)
                || below_gateway.is_some_and(|below| matches(relative, below)))
    }
}

/// The planned faults, in the order in which they were given.
#[derive(Debug, Default)]
pub struct Faults(Vec<Fault>);

impl Faults {
    pub fn add(&mut self, fault: Fault) {
        self.0.push(fault);
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Whether some request is going to meet a connection that closes without an answer.
    pub fn will_hang_up(&self) -> bool {
        self.0.iter().any(|fault| fault.kind == Kind::DropBefore)
    }

    /// Uses up one strike of the first fault that fits. `path` is the raw path, `below_gateway` what follows
    /// the gateway's prefix.
    pub fn take(
        &mut self,
        method: &Method,
        path: &str,
        below_gateway: Option<&str>,
    ) -> Option<Fault> {
        let index = self
            .0
            .iter()
            .position(|fault| fault.fits(method, path, below_gateway))?;
        self.0[index].left -= 1;
        if self.0[index].left == 0 {
            Some(self.0.remove(index))
        } else {
            Some(self.0[index].clone())
        }
    }
}

/// Whether `pattern`, in which `*` stands for anything, fits the whole of `text`.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, tail)) => text.strip_prefix(head).is_some_and(|rest| {
            rest.char_indices().any(|(i, _)| matches(tail, &rest[i..])) || matches(tail, "")
        }),
    }
}

fn text(body: &Value, key: &str) -> Result<Option<String>, String> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => Err(format!("{key} takes a string.")),
    }
}

fn number(body: &Value, key: &str) -> Result<Option<u64>, String> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value
            .as_u64()
            .map(Some)
            .ok_or_else(|| format!("{key} takes a whole number from 0 up.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn paths_fit_below_the_gateway_in_full_and_with_stars() {
        for (pattern, fits) in [
            ("buyer/storefronts", true),
            ("/buyer/storefronts", true),
            ("/x/gateway/storefront/buyer/storefronts", true),
            ("buyer/*", true),
            ("*", true),
            ("*/storefronts", true),
            ("buyer/storefronts*", true),
            ("buyer/storefront", false),
            ("buyer/storefronts/*", false),
        ] {
            let fault = Fault::read(&json!({"fault": "empty", "path": pattern})).expect("is read");
            let path = "/x/gateway/storefront/buyer/storefronts";
            assert_eq!(
                fault.fits(&Method::GET, path, Some("buyer/storefronts")),
                fits,
                "{pattern}"
            );
        }
    }

    #[test]
    fn strikes_as_often_as_told() {
        let mut faults = Faults::default();
        faults.add(
            Fault::read(&json!({"method": "post", "path": "/a", "fault": "html", "count": 2}))
                .expect("reads"),
        );
        assert!(faults.take(&Method::GET, "/a", None).is_none());
        assert!(faults.take(&Method::POST, "/a", None).is_some());
        assert!(faults.take(&Method::POST, "/a", None).is_some());
        assert!(faults.take(&Method::POST, "/a", None).is_none());
    }

    #[test]
    fn mistakes_are_named() {
        for (body, word) in [
            (json!({"path": "/"}), "fault"),
            (json!({"fault": "drop"}), "path"),
            (json!({"fault": "drop", "path": "/", "count": 0}), "count"),
            (
                json!({"fault": "status", "path": "/", "status": 99}),
                "status",
            ),
            (
                json!({"fault": "delay", "path": "/", "delay_ms": "1"}),
                "delay_ms",
            ),
        ] {
            assert!(
                Fault::read(&body).expect_err("is refused").contains(word),
                "{body}"
            );
        }
    }
}
