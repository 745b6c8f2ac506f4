//! A request and a response as plain data, and the one function type that carries them.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use crate::credential::Secret;

/// The methods that the documented endpoints use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates; never sent a second time by itself.
    Post,
    /// Replaces.
    Put,
    /// Removes.
    Delete,
}

impl Method {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// Which cookies go along, in the words of `fetch`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookies {
    /// None: the request authorizes itself, or needs no authorization.
    Omit,
    /// Those of our own origin: the gateway's session decides.
    SameOrigin,
}

/// One request, ready to send. Its `Debug` shows no header value and no body.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The absolute address. It never holds a secret.
    pub url: String,
    /// Names as documented, values secret because one of them is the authorization.
    pub headers: Vec<(&'static str, Secret)>,
    /// JSON text, or nothing.
    pub body: Option<Secret>,
    /// Which cookies go along.
    pub cookies: Cookies,
    /// Milliseconds until the request counts as timed out.
    pub timeout_ms: u32,
    /// Keys of the body whose values may be shown again when the server's message repeats them;
    /// every other value of the body is blotted out of messages.
    pub public_keys: &'static [&'static str],
}

/// The headers of an answer that are read, in lower case.
pub const READ_HEADERS: [&str; 3] = ["content-type", "retry-after", "ratelimit-reset"];

/// One response. Its `Debug` shows no body, because a body may repeat what was sent.
#[derive(Clone, Default)]
pub struct Response {
    /// The status; 0 for an opaque redirect.
    pub status: u16,
    /// Those of [`READ_HEADERS`] that came, with their values as received.
    pub headers: Vec<(&'static str, String)>,
    /// The whole body as text.
    pub body: String,
    /// True for an opaque redirect, which the transport does not follow.
    pub redirected: bool,
}

impl Response {
    /// The first value of the header `name` (in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }

    /// True for a page where data was due: by its type, or because it begins like markup.
    pub fn is_html(&self) -> bool {
        self.header("content-type")
            .and_then(|kind| kind.get(.."text/html".len()))
            .is_some_and(|kind| kind.eq_ignore_ascii_case("text/html"))
            || self.body.trim_start().starts_with('<')
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("body_bytes", &self.body.len())
            .field("redirected", &self.redirected)
            .finish_non_exhaustive()
    }
}

/// Why there is no response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The device is offline and nothing was sent. Report this only when nothing left the device.
    Offline,
    /// No whole answer within the request's timeout.
    TimedOut,
    /// The connection failed before an answer began; the request may have arrived all the same.
    Network,
    /// The answer began and broke off.
    Interrupted,
}

/// A boxed future that stays on its thread, as everything in a browser does.
pub type LocalBoxFuture<T> = Pin<Box<dyn Future<Output = T>>>;

/// Carries one request and returns its response. A plain `fn` is `Copy + Send + Sync`, so a
/// [`Client`](super::Client) fits into a context, and a test passes another function.
pub type Transport = fn(Request) -> LocalBoxFuture<Result<Response, TransportError>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_neither_headers_nor_bodies() {
        let request = Request {
            method: Method::Post,
            url: "https://api.example/x".into(),
            headers: vec![("Authorization", Secret::new("Bearer hunter2"))],
            body: Some(Secret::new(r#"{"token":"hunter2"}"#)),
            cookies: Cookies::Omit,
            timeout_ms: 1,
            public_keys: &[],
        };
        let response = Response {
            status: 200,
            body: "hunter2".into(),
            ..Response::default()
        };
        let shown = format!("{request:?} {request:#?} {response:?}");
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("https://api.example/x") && shown.contains("body_bytes: 7"));
    }

    #[test]
    fn html_is_known_by_type_or_by_sight() {
        let typed = Response {
            headers: vec![("content-type", "text/HTML; charset=utf-8".into())],
            ..Response::default()
        };
        let bare = Response {
            body: "\n <!doctype html>".into(),
            ..Response::default()
        };
        let json = Response {
            body: "{\"a\":\"<b>\"}".into(),
            ..Response::default()
        };
        assert!(typed.is_html() && bare.is_html() && !json.is_html());
    }
}
