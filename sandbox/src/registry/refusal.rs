//! How the registry answers: plain JSON, errors without an envelope, and HTML where nothing is.

use crate::{answer::json_response, pages::escape};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::Value;

/// An error as the registry tells it (registry.md, section 10).
#[derive(Debug, Clone)]
pub struct Refusal {
    pub status: StatusCode,
    pub body: Value,
    pub header: Option<(&'static str, HeaderValue)>,
}

impl Refusal {
    pub fn new(status: StatusCode, error: impl Into<String>) -> Self {
        let error = error.into();
        let body = serde_json::json!({ "error": error });
        Self {
            status,
            body,
            header: None,
        }
    }

    pub fn bad_request(error: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, error)
    }

    /// A 400 of the credential form: the code and the field are for programs.
    pub fn of_field(field: &str, code: &str, error: impl Into<String>) -> Self {
        let mut refusal = Self::bad_request(error);
        refusal.body["code"] = code.into();
        refusal.body["field"] = field.into();
        refusal
    }

    /// Nobody is signed in. There is no `WWW-Authenticate` on `/api` (registry.md, section 2).
    pub fn signed_out() -> Self {
        let mut refusal = Self::new(StatusCode::UNAUTHORIZED, "Authentication required");
        refusal.body["message"] = "Please log in to access this resource".into();
        refusal.body["login_url"] = "/auth/login".into();
        refusal
    }

    /// The body tells an hour whatever is true; the real wait stands in `Retry-After`.
    pub fn too_many(seconds: u64) -> Self {
        let mut refusal = Self::new(StatusCode::TOO_MANY_REQUESTS, "Too many requests");
        refusal.body["message"] =
            "Brand submission rate limit exceeded. Please try again later.".into();
        refusal.body["retryAfter"] = 3600.into();
        refusal.header = Some(("retry-after", HeaderValue::from(seconds)));
        refusal
    }
}

/// A handler's outcome.
pub type Outcome = Result<Value, Refusal>;

/// The answer to an outcome; success is 200.
pub fn json(outcome: Outcome) -> Response {
    match outcome {
        Ok(body) => json_response(StatusCode::OK, &body),
        Err(refusal) => {
            let mut response = json_response(refusal.status, &refusal.body);
            if let Some((name, value)) = refusal.header {
                response.headers_mut().insert(name, value);
            }
            response
        }
    }
}

/// What the server's framework answers where it has no route: a page, not JSON (registry.md, section 10).
pub async fn nothing_here(request: Request) -> Response {
    let line = format!("Cannot {} {}", request.method(), request.uri().path());
    let html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Error</title>\n</head>\n\
         <body>\n<pre>{}</pre>\n</body>\n</html>\n",
        escape(&line)
    );
    let mut response = Response::new(Body::from(html));
    *response.status_mut() = StatusCode::NOT_FOUND;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/html; charset=utf-8"),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'"),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

/// A preflight of the API: the methods, and nothing that would let another origin in (registry.md, section 1).
pub fn options(allow: &'static str) -> Response {
    let mut response = Response::new(Body::from(allow));
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, HeaderValue::from_static(allow));
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    response
}
