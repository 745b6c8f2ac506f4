//! How the API refuses: the status of a remote call as JSON (inventory.md, section 8).

use super::switches::{Errors, Switches};
use crate::{answer::json_response, pages, state::Sandbox};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::json;

/// A call that comes to nothing.
#[derive(Debug, Clone, Copy)]
pub struct Refusal {
    pub status: StatusCode,
    /// The code of the remote call.
    pub code: u8,
    pub message: &'static str,
}

impl Refusal {
    /// One whose status follows from its code.
    pub fn new(code: u8, message: &'static str) -> Self {
        let status = match code {
            3 | 9 | 11 => StatusCode::BAD_REQUEST,
            5 => StatusCode::NOT_FOUND,
            6 | 10 => StatusCode::CONFLICT,
            7 => StatusCode::FORBIDDEN,
            8 => StatusCode::TOO_MANY_REQUESTS,
            12 => StatusCode::NOT_IMPLEMENTED,
            14 => StatusCode::SERVICE_UNAVAILABLE,
            16 => StatusCode::UNAUTHORIZED,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self {
            status,
            code,
            message,
        }
    }

    /// The answer, in the form that is used at the moment.
    pub fn answer(self, switches: &Switches) -> Response {
        let mut response = match switches.errors {
            Errors::Own => {
                let body = json!({ "code": self.code, "message": self.message, "details": [] });
                json_response(self.status, &body)
            }
            Errors::Html => pages::proxy_error(self.status),
            Errors::Text => plain(self.status, self.message),
            Errors::Empty => plain(self.status, ""),
        };
        if self.code == 16 {
            let message = HeaderValue::from_static(self.message);
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, message);
        }
        response
    }
}

/// A failure with a status of choice.
pub fn failure(switches: &Switches, status: StatusCode) -> Response {
    let code = match status.as_u16() {
        400 => 3,
        401 => 16,
        403 => 7,
        404 => 5,
        409 => 6,
        429 => 8,
        499 => 1,
        501 => 12,
        503 => 14,
        504 => 4,
        500 => 13,
        _ => 2,
    };
    let refusal = Refusal::new(code, "The sandbox was told to answer this way");
    Refusal { status, ..refusal }.answer(switches)
}

/// A path that nothing stands for.
pub async fn nothing_here(State(sandbox): State<Sandbox>) -> Response {
    Refusal::new(5, "Not Found").answer(&sandbox.world().inventory.switches)
}

/// A path that is there, by another method.
pub async fn wrong_method(State(sandbox): State<Sandbox>) -> Response {
    Refusal::new(12, "Method Not Allowed").answer(&sandbox.world().inventory.switches)
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/plain; charset=utf-8"),
    );
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
