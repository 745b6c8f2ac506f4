//! Success and error envelopes.

use crate::settings::Settings;
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::{Value, json};
use std::any::Any;

/// One problem in a request: where it is and what it is.
#[derive(Debug, Clone)]
pub struct Issue {
    pub path: Vec<String>,
    pub message: String,
}

impl Issue {
    /// `path` is dotted, such as `auth.token`.
    pub fn new(path: &str, message: impl Into<String>) -> Self {
        Self {
            path: path.split('.').map(str::to_owned).collect(),
            message: message.into(),
        }
    }
}

/// An error as the API tells it.
#[derive(Debug, Clone)]
pub struct ApiError {
    pub status: StatusCode,
    pub code: &'static str,
    pub message: String,
    pub field: Option<String>,
    pub issues: Vec<Issue>,
    pub details: Option<Box<Value>>,
    /// Seconds for the header `Retry-After`.
    pub retry_after: Option<u64>,
}

impl ApiError {
    pub fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            code,
            message: message.into(),
            field: None,
            issues: Vec::new(),
            details: None,
            retry_after: None,
        }
    }

    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", message)
    }

    pub fn unauthorized(message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "UNAUTHORIZED", message)
    }

    pub fn forbidden(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, message)
    }

    /// All problems of a request at once; `field` names the first.
    pub fn validation(issues: Vec<Issue>) -> Self {
        let first = issues.first();
        let message = match first {
            Some(issue) => format!("{}: {}", issue.path.join("."), issue.message),
            None => "The request did not pass validation".to_owned(),
        };
        let field = first.map(|issue| issue.path.join("."));
        Self {
            field,
            issues,
            ..Self::new(StatusCode::BAD_REQUEST, "VALIDATION_ERROR", message)
        }
    }

    fn body(&self, paths_as_array: bool) -> Value {
        let mut error = json!({ "code": self.code, "message": self.message });
        if let Some(field) = &self.field {
            error["field"] = json!(field);
        }
        if let Some(details) = &self.details {
            error["details"] = *details.clone();
        }
        if !self.issues.is_empty() {
            let issue = |issue: &Issue| {
                let path = if paths_as_array {
                    json!(issue.path)
                } else {
                    json!(issue.path.join("."))
                };
                json!({ "path": path, "message": issue.message })
            };
            error["details"]["issues"] = self.issues.iter().map(issue).collect();
        }
        json!({ "data": null, "error": error })
    }
}

/// A handler's outcome, before it is put into an envelope.
pub type Outcome = Result<(StatusCode, Value), ApiError>;

impl Settings {
    /// Puts an outcome into the envelope that is spoken at the moment. Errors are always wrapped.
    pub fn answer(self, outcome: Outcome) -> Response {
        match outcome {
            Ok((status, data)) if self.bare => json_response(status, &data),
            Ok((status, data)) => json_response(status, &json!({ "data": data, "error": null })),
            Err(error) => {
                let mut response = json_response(error.status, &error.body(self.paths_as_array));
                if let Some(seconds) = error.retry_after {
                    response
                        .headers_mut()
                        .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
                }
                response
            }
        }
    }
}

/// A JSON answer that no cache keeps.
pub fn json_response(status: StatusCode, body: &Value) -> Response {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    response
}

/// The documented code that goes with a status.
pub fn code_of(status: StatusCode) -> &'static str {
    match status.as_u16() {
        400 => "BAD_REQUEST",
        401 => "UNAUTHORIZED",
        402 => "CREDIT_LIMIT_EXCEEDED",
        403 => "FORBIDDEN",
        404 => "NOT_FOUND",
        409 => "CONFLICT",
        422 => "VALIDATION_ERROR",
        429 => "RATE_LIMITED",
        501 => "NOT_IMPLEMENTED",
        503 => "SERVICE_UNAVAILABLE",
        _ => "INTERNAL_ERROR",
    }
}

/// Marks an answer that stands for a handler's panic.
#[derive(Debug, Clone, Copy)]
pub struct Panicked;

/// The answer to a request whose handler panicked; the server goes on.
pub fn after_panic(_payload: Box<dyn Any + Send + 'static>) -> Response {
    let error =
        json!({ "code": "INTERNAL_ERROR", "message": "Something went wrong on the server" });
    let mut response = json_response(
        StatusCode::INTERNAL_SERVER_ERROR,
        &json!({ "data": null, "error": error }),
    );
    response.extensions_mut().insert(Panicked);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_dotted_or_arrays() {
        let error = ApiError::validation(vec![
            Issue::new("auth.token", "is missing"),
            Issue::new("limit", "is high"),
        ]);
        let dotted = error.body(false);
        assert_eq!(dotted["error"]["field"], "auth.token");
        assert_eq!(
            dotted["error"]["details"]["issues"][0]["path"],
            "auth.token"
        );
        let array = error.body(true);
        assert_eq!(
            array["error"]["details"]["issues"][0]["path"],
            json!(["auth", "token"])
        );
        assert_eq!(
            array["error"]["details"]["issues"][1]["path"],
            json!(["limit"])
        );
    }
}
