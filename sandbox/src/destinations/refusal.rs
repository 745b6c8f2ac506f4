//! How the API refuses: the gateway in front has one envelope, the service behind it another (destinations.md,
//! section 6).

use super::{
    DEMO_ORG,
    switches::{Code, Errors, Switches},
};
use crate::{answer::json_response, clock, pages, state::Sandbox};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::{Value, json};

/// Who refuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Gateway,
    Service,
    /// The service, in the shorter form that is documented for a wrong `Content-Type`.
    Placeholder,
}

/// A call that comes to nothing.
#[derive(Debug, Clone)]
pub struct Refusal {
    status: StatusCode,
    by: By,
    /// Digits; the first three are the status.
    code: &'static str,
    title: &'static str,
    detail: String,
    /// What was found, one entry for each problem.
    chain: Vec<String>,
    retry_after: Option<u64>,
}

impl Refusal {
    /// The gateway's; `code` begins with the status.
    pub fn of_gateway(code: &'static str, message: &str) -> Self {
        let status = code.get(..3).and_then(|digits| digits.parse().ok());
        Self {
            status: StatusCode::from_u16(status.unwrap_or(500))
                .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            by: By::Gateway,
            code,
            title: "Forbidden",
            detail: message.to_owned(),
            chain: Vec::new(),
            retry_after: None,
        }
    }

    pub fn too_many(seconds: u64) -> Self {
        Self {
            retry_after: Some(seconds.max(1)),
            title: "TooManyRequests",
            ..Self::of_gateway("429050", "Too many requests")
        }
    }

    /// The service's own.
    pub fn of_service(status: StatusCode, detail: impl Into<String>) -> Self {
        let (code, title) = match status.as_u16() {
            400 => ("400000", "BadRequestError"),
            401 => ("401000", "Unauthorized"),
            403 => ("403000", "Insufficient permissions"),
            404 => ("404000", "Resource not found"),
            405 => ("405000", "Method not allowed"),
            409 => ("409000", "Conflict"),
            413 => ("413000", "Payload too large"),
            422 => ("422000", "Unprocessable"),
            429 => ("429000", "RequestRateTooLarge"),
            503 => ("503000", "Service unavailable"),
            _ => ("500000", "Internal server error"),
        };
        let detail = detail.into();
        Self {
            status,
            by: By::Service,
            code,
            title,
            chain: vec![detail.clone()],
            detail,
            retry_after: None,
        }
    }

    /// A body that does not fit, with everything that is wrong about it.
    pub fn of_body(problems: Vec<String>) -> Self {
        Self {
            chain: problems,
            ..Self::of_service(
                StatusCode::BAD_REQUEST,
                "The credentials configuration is not valid",
            )
        }
    }

    pub fn content_type() -> Self {
        Self {
            by: By::Placeholder,
            ..Self::of_service(
                StatusCode::BAD_REQUEST,
                "A valid content-type must be specified",
            )
        }
    }

    pub fn not_found() -> Self {
        Self::of_service(
            StatusCode::NOT_FOUND,
            "Resource not found. Verify that you are using the correct credential configuration ID",
        )
    }

    /// The answer, in the words that are spoken at the moment.
    pub fn answer(&self, switches: &Switches) -> Response {
        let status = self.status;
        let mut response = match (switches.errors, self.by) {
            (Errors::Own, By::Gateway) | (Errors::Gateway, _) => {
                json_response(status, &self.gateway(switches.error_code))
            }
            (Errors::Own, By::Placeholder) => json_response(status, &self.placeholder()),
            (Errors::Own | Errors::Service, _) => json_response(status, &self.service()),
            (Errors::Flow, _) => {
                let details = self.chain.join("; ");
                let body = json!({ "errorMessage": self.detail, "errorDetails": details });
                json_response(status, &body)
            }
            (Errors::Segmentation, _) => json_response(status, &self.segmentation()),
            (Errors::Text, _) => of_kind(status, "text/plain; charset=utf-8", self.detail.clone()),
            (Errors::Html, _) => pages::proxy_error(status),
            (Errors::Empty, _) => of_kind(status, "text/plain; charset=utf-8", String::new()),
        };
        if let Some(seconds) = self.retry_after {
            let seconds = HeaderValue::from(seconds);
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }

    fn gateway(&self, code: Code) -> Value {
        let code = match code {
            Code::Text => json!(self.code),
            Code::Number => json!(self.code.parse::<u32>().unwrap_or_default()),
        };
        json!({ "error_code": code, "message": self.detail })
    }

    /// No document tells the prefix of this service's codes; the form is that of its siblings.
    fn service(&self) -> Value {
        let code = format!("DSTSDK-{}-{}", &self.code[3..], self.status.as_u16());
        let entry = |message: &String| {
            json!({
                "serviceId": "DSTSDK",
                "errorCode": code,
                "invokingServiceId": "DSTSDK",
                "errorMessage": message,
                "unixTimeStampMs": clock::milliseconds(),
            })
        };
        json!({
            "type": format!("https://ns.adobe.com/aep/errors/{code}"),
            "status": self.status.as_u16(),
            "title": self.title,
            "detail": self.detail,
            "report": {
                "tenantInfo": { "imsOrgId": DEMO_ORG },
                "additionalContext": null,
                "errorChain": self.chain.iter().map(entry).collect::<Vec<_>>(),
            },
        })
    }

    fn placeholder(&self) -> Value {
        json!({
            "type": "/placeholder/type/uri",
            "status": self.status.as_u16(),
            "title": self.title,
            "detail": self.detail,
        })
    }

    fn segmentation(&self) -> Value {
        let status = self.status.as_u16().to_string();
        let found = json!([{ "code": self.code, "message": self.detail }]);
        json!({
            "requestId": "4da8ef34-0000-4000-8000-5a0f4fc6b7d2",
            "errors": { status: found },
            "type": "/placeholder/type/uri",
            "title": self.title,
            "status": self.status.as_u16(),
        })
    }
}

/// A failure with a status of choice.
pub fn failure(switches: &Switches, status: StatusCode) -> Response {
    let refusal = match status.as_u16() {
        401 => Refusal::of_gateway("401013", "Oauth token is not valid"),
        403 => Refusal::of_gateway("403025", "Profile is not valid"),
        429 => Refusal {
            retry_after: None,
            ..Refusal::too_many(1)
        },
        _ => Refusal::of_service(status, "The sandbox was told to answer this way"),
    };
    refusal.answer(switches)
}

/// A path that no document has.
pub async fn nothing_here(State(sandbox): State<Sandbox>) -> Response {
    Refusal::of_service(StatusCode::NOT_FOUND, "There is no such resource")
        .answer(&sandbox.world().destinations.switches)
}

/// A path that is there, by another method.
pub async fn wrong_method(State(sandbox): State<Sandbox>) -> Response {
    Refusal::of_service(StatusCode::METHOD_NOT_ALLOWED, "There is no such method")
        .answer(&sandbox.world().destinations.switches)
}

fn of_kind(status: StatusCode, kind: &'static str, text: String) -> Response {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
