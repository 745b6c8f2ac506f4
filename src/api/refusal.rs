//! Judges a response by its status.

use super::envelope::Envelope;
use super::error::ApiError;
use super::http::Response;
use super::json::unreadable;
use super::redact::Sent;
use crate::credential::number::number;

/// Passes a 2xx answer on; anything else becomes the error that its status and body tell.
///
/// With `gateway` access a 401, a redirect, and a page where data was due mean that the session is
/// over, because the gateway's own login answered instead of the service.
pub(super) fn judge(response: &Response, gateway: bool, sent: &Sent) -> Result<(), ApiError> {
    let status = response.status;
    if response.redirected || status < 200 || (300..400).contains(&status) {
        return Err(if gateway && (response.redirected || status >= 300) {
            ApiError::SessionEnded
        } else {
            unreadable(response, String::new())
        });
    }
    if status < 300 {
        return if gateway && response.is_html() {
            Err(ApiError::SessionEnded)
        } else {
            Ok(())
        };
    }
    if status == 401 && gateway {
        return Err(ApiError::SessionEnded);
    }
    if status == 404 {
        return Err(ApiError::NotFound);
    }
    if status == 429 {
        let retry_after = retry_after(response);
        return Err(ApiError::RateLimited { retry_after });
    }
    let envelope = Envelope::read(&response.body, sent);
    // A token endpoint speaks of the client that asks, and not of a token that it was sent (RFC 6749 section 5.2).
    if status == 401 && envelope.code != "invalid_client" {
        return Err(ApiError::Unauthorized);
    }
    let message = envelope.message.clone();
    Err(match status {
        400 | 401 | 422 => ApiError::Rejected {
            status,
            field_errors: envelope.field_errors(sent),
            code: envelope.code,
            message,
        },
        403 => ApiError::Forbidden {
            reason: envelope.forbidden_reason(sent),
            code: envelope.code,
            message,
        },
        409 => ApiError::Conflict { message },
        400..500 => ApiError::Refused { status, message },
        _ => ApiError::Server { status, message },
    })
}

/// Seconds from `Retry-After`, else from `RateLimit-Reset`. A date in `Retry-After` is passed over:
/// the service documents seconds, and this room has no clock.
fn retry_after(response: &Response) -> Option<u32> {
    let seconds = |name| {
        let told = number(response.header(name)?.trim())?;
        u32::try_from(told).ok()
    };
    seconds("retry-after").or_else(|| seconds("ratelimit-reset"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::testing::response;

    fn judged(response: &Response, gateway: bool) -> Result<(), ApiError> {
        judge(response, gateway, &Sent::default())
    }

    #[track_caller]
    fn check(response: &Response, by_token: &str, by_gateway: &str) {
        for (gateway, expected) in [(false, by_token), (true, by_gateway)] {
            let code = judged(response, gateway).map_or_else(|error| error.code(), |()| "ok");
            assert_eq!(code, expected, "gateway: {gateway}");
        }
    }

    #[test]
    fn a_session_ends_behind_a_gateway_only() {
        let page = Response {
            headers: vec![("content-type", "text/html".into())],
            ..response(200, "<html>Sign in</html>")
        };
        let redirect = Response {
            redirected: true,
            ..Response::default()
        };
        check(&response(200, "{}"), "ok", "ok");
        check(&response(401, ""), "unauthorized", "session_ended");
        check(&redirect, "unreadable", "session_ended");
        check(&response(302, ""), "unreadable", "session_ended");
        // With a token a page is no verdict yet: the parser finds that it is no JSON.
        check(&page, "ok", "session_ended");
        // A status of 4xx or 5xx tells more than the page that comes with it.
        check(
            &Response {
                status: 502,
                ..page.clone()
            },
            "server",
            "server",
        );
        check(
            &Response {
                status: 403,
                ..page
            },
            "forbidden",
            "forbidden",
        );
    }

    #[test]
    fn a_status_is_enough_without_a_body() {
        for (status, code) in [
            (400, "rejected"),
            (402, "payment_required"),
            (403, "forbidden"),
            (404, "not_found"),
            (405, "refused"),
            (409, "conflict"),
            (422, "rejected"),
            (429, "rate_limited"),
            (500, "server"),
            (599, "server"),
            (0, "unreadable"),
            (199, "unreadable"),
        ] {
            for body in [
                "",
                "<html>",
                "null",
                "[]",
                "7",
                "{\"error\":null}",
                "{\"error\":{\"code\":7}}",
            ] {
                let error = judged(&response(status, body), false).expect_err("no success");
                assert_eq!(error.code(), code, "{status} {body}");
            }
        }
    }

    #[test]
    fn a_401_of_a_token_endpoint_keeps_what_it_says_of_the_client() {
        let body =
            r#"{"error":"invalid_client","error_description":"invalid client_id parameter"}"#;
        check(&response(401, body), "rejected", "session_ended");
        let error = judged(&response(401, body), false).expect_err("a 401");
        let ApiError::Rejected { code, message, .. } = error else {
            panic!("it is about the client")
        };
        assert_eq!(code, "invalid_client");
        assert_eq!(message.as_deref(), Some("invalid client_id parameter"));
        let other = r#"{"error":"invalid_token"}"#;
        check(&response(401, other), "unauthorized", "session_ended");
    }

    #[test]
    fn waiting_is_told_in_seconds_or_not_at_all() {
        let wait = |headers: &[(&'static str, &str)]| {
            let headers = headers.iter().map(|(name, value)| (*name, (*value).into()));
            retry_after(&Response {
                headers: headers.collect(),
                ..Response::default()
            })
        };
        assert_eq!(
            wait(&[("retry-after", " 17 "), ("ratelimit-reset", "42")]),
            Some(17)
        );
        assert_eq!(
            wait(&[
                ("retry-after", "Mon, 23 Nov 2026 06:00:00 GMT"),
                ("ratelimit-reset", "42")
            ]),
            Some(42)
        );
        assert_eq!(wait(&[("retry-after", "-1")]), None);
        assert_eq!(wait(&[("retry-after", "99999999999999")]), None);
        assert_eq!(wait(&[]), None);
    }

    #[test]
    fn long_and_broken_messages_are_made_fit_to_show() {
        let body = format!(
            r#"{{"error":{{"code":"bad code!<b>","message":"a\n\u0007b{}"}}}}"#,
            "x".repeat(999)
        );
        let ApiError::Rejected { code, message, .. } =
            judged(&response(400, &body), false).expect_err("a 400")
        else {
            panic!("a 400 is a rejection")
        };
        let message = message.expect("there was one");
        assert_eq!((code.as_str(), message.chars().count()), ("", 400));
        assert!(message.starts_with("a bx"), "{message}");
    }

    #[test]
    fn only_what_may_have_been_carried_out_is_uncertain() {
        let of = |status| judged(&response(status, ""), false).expect_err("no success");
        for status in [500, 502, 503, 504, 408] {
            assert!(of(status).outcome_unknown(), "{status}");
        }
        for status in [400, 401, 402, 403, 404, 409, 422, 429] {
            assert!(!of(status).outcome_unknown(), "{status}");
        }
        assert!(ApiError::TimedOut.outcome_unknown() && ApiError::Interrupted.outcome_unknown());
        assert!(!ApiError::Offline.outcome_unknown() && !ApiError::SessionEnded.outcome_unknown());
        assert!(of(503).retryable() && of(429).retryable() && ApiError::Offline.retryable());
        assert!(!of(501).retryable() && !of(400).retryable() && !of(409).retryable());
    }
}
