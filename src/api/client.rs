//! A base address, what authorizes our calls, and the function that sends them.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use super::encode::push_encoded;
use super::error::ApiError;
use super::http::{Cookies, LocalBoxFuture, Method, Request, Response, Transport, TransportError};
use super::redact::Sent;
use super::refusal;
use crate::credential::Secret;

/// How long one call may take: 30 seconds.
pub const DEFAULT_TIMEOUT_MS: u32 = 30_000;

/// What authorizes our own calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// A bearer token that the person gave and that is kept in memory; `None` until it was given.
    Token(Option<Secret>),
    /// A same-origin gateway adds the authorization; its session cookie decides who asks.
    Gateway,
    /// Nothing authorizes: public documents.
    None,
}

/// Builds and sends the requests of one service. Cheap to clone and fit for a context.
#[derive(Clone, Debug)]
pub struct Client {
    /// The absolute address that stands for the documented base, without a slash at its end.
    pub base: String,
    /// What authorizes the calls.
    pub access: Access,
    /// Headers that go along with every call, such as whose data is meant.
    pub also: Vec<(&'static str, Secret)>,
    /// Carries a request.
    pub send: Transport,
}

impl Client {
    /// A client for the documented paths under `base`; a slash at its end is dropped.
    pub fn new(base: impl Into<String>, access: Access, send: Transport) -> Self {
        let mut base = base.into();
        base.truncate(base.trim_end_matches('/').len());
        let also = Vec::new();
        Self {
            base,
            access,
            also,
            send,
        }
    }

    /// The same client with these headers too on every call.
    pub fn with(mut self, also: Vec<(&'static str, Secret)>) -> Self {
        self.also.extend(also);
        self
    }

    /// A request for `path` (which begins with a slash and is encoded already), with the headers of
    /// this client's access, the default timeout, and no body.
    pub fn request(&self, method: Method, path: &str) -> Request {
        let mut headers = vec![("Accept", Secret::new("application/json"))];
        let mut cookies = Cookies::Omit;
        match &self.access {
            Access::Token(Some(token)) => {
                let mut value = String::with_capacity("Bearer ".len() + token.expose().len());
                value.push_str("Bearer ");
                value.push_str(token.expose());
                headers.push(("Authorization", Secret::new(value)));
            }
            Access::Gateway => {
                // A header that no form and no foreign page can send: the gateway refuses calls
                // without it, so that the cookie alone moves nothing.
                headers.push(("X-Credenza", Secret::new("1")));
                cookies = Cookies::SameOrigin;
            }
            Access::Token(None) | Access::None => {}
        }
        headers.extend(self.also.iter().cloned());
        let mut url = self.base.clone();
        url.push_str(path);
        Request {
            method,
            url,
            headers,
            body: None,
            cookies,
            timeout_ms: DEFAULT_TIMEOUT_MS,
            public_keys: &[],
        }
    }

    /// The same with a JSON body. `public_keys` as in [`Request`].
    pub fn request_with_body(
        &self,
        method: Method,
        path: &str,
        body: Secret,
        public_keys: &'static [&'static str],
    ) -> Request {
        let mut request = self.request(method, path);
        request
            .headers
            .push(("Content-Type", Secret::new("application/json")));
        request.body = Some(body);
        request.public_keys = public_keys;
        request
    }

    /// A POST with these names and values as a form (`application/x-www-form-urlencoded`); one with an empty value is
    /// left out.
    pub fn request_with_form(&self, path: &str, parameters: &[(&str, &str)]) -> Request {
        let mut room = 0;
        for (name, value) in parameters {
            room += name.len() + 3 * value.len() + 2;
        }
        // Room enough for any encoding, so that the buffer does not move and leave a copy behind.
        let mut body = String::with_capacity(room);
        for (name, value) in parameters {
            if value.is_empty() {
                continue;
            }
            if !body.is_empty() {
                body.push('&');
            }
            body.push_str(name);
            body.push('=');
            push_encoded(&mut body, value);
        }
        let mut request = self.request(Method::Post, path);
        let kind = Secret::new("application/x-www-form-urlencoded");
        request.headers.push(("Content-Type", kind));
        request.body = Some(Secret::new(body));
        request
    }

    /// Sends `request` once; read the answer with [`Answer::read`]. Never repeats it.
    pub fn call(&self, request: Request) -> Call {
        Call {
            sent: Sent::of(&request),
            gateway: self.access == Access::Gateway,
            answer: (self.send)(request),
        }
    }
}

/// A call on its way; await it. (Written by hand and without a type of what is read: an `async fn`
/// would be compiled with all of its state for each of them.)
pub struct Call {
    sent: Sent,
    gateway: bool,
    answer: LocalBoxFuture<Result<Response, TransportError>>,
}

/// What came back, judged by its status.
pub struct Answer {
    sent: Sent,
    response: Result<Response, ApiError>,
}

impl Future for Call {
    type Output = Answer;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Answer> {
        let Poll::Ready(answer) = self.answer.as_mut().poll(context) else {
            return Poll::Pending;
        };
        let sent = std::mem::take(&mut self.sent);
        let response = match answer {
            Ok(response) => refusal::judge(&response, self.gateway, &sent).map(|()| response),
            Err(error) => Err(error.into()),
        };
        Poll::Ready(Answer { sent, response })
    }
}

impl Answer {
    /// Reads the answer with `parse`. Fails with what the transport, the status or the body says; no
    /// value that was sent, except under the request's public keys, is repeated in the error.
    pub fn read<T>(self, parse: fn(&Response) -> Result<T, ApiError>) -> Result<T, ApiError> {
        let response = self.response?;
        let read = parse(&response);
        read.map_err(|error| self.sent.hide_in(error, &response.body))
    }

    /// The status of a success; 0 for anything else.
    pub fn status(&self) -> u16 {
        self.response.as_ref().map_or(0, |response| response.status)
    }

    /// True when whoever asks may not, or no longer.
    pub const fn is_closed(&self) -> bool {
        matches!(
            self.response,
            Err(ApiError::Unauthorized | ApiError::SessionEnded)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::http::TransportError;
    use crate::api::storefront::{
        account_request, parse_account, parse_register, register_request,
    };
    use crate::api::testing::{answer, client, header, now, response, sent, token};

    #[test]
    fn a_token_goes_into_its_header_and_no_cookie_along() {
        let request = client(token()).request(Method::Get, "/x");
        assert_eq!(request.url, "https://a.example/api/x");
        assert_eq!(
            header(&request, "Authorization"),
            Some("Bearer scope3_ours_123")
        );
        assert_eq!(header(&request, "Accept"), Some("application/json"));
        assert_eq!(header(&request, "X-Credenza"), None);
        assert_eq!(
            (request.cookies, request.timeout_ms),
            (Cookies::Omit, 30_000)
        );
    }

    #[test]
    fn a_gateway_gets_our_mark_and_its_cookie_but_no_token() {
        let request = client(Access::Gateway).request(Method::Get, "/x");
        assert_eq!(header(&request, "X-Credenza"), Some("1"));
        assert_eq!(header(&request, "Authorization"), None);
        assert_eq!(request.cookies, Cookies::SameOrigin);
    }

    #[test]
    fn without_a_token_nothing_authorizes() {
        for access in [Access::Token(None), Access::None] {
            let request = client(access).request(Method::Get, "/x");
            assert_eq!(header(&request, "Authorization"), None);
            assert_eq!((request.headers.len(), request.cookies), (1, Cookies::Omit));
        }
    }

    #[test]
    fn a_form_is_encoded_and_headers_go_along() {
        let client = client(Access::None).with(vec![("x-sandbox-name", Secret::new("prod"))]);
        let parameters = [("client_id", "a@b"), ("empty", ""), ("scope", "x,y z")];
        let request = client.request_with_form("/token", &parameters);
        assert_eq!(header(&request, "x-sandbox-name"), Some("prod"));
        let kind = Some("application/x-www-form-urlencoded");
        assert_eq!(header(&request, "Content-Type"), kind);
        let body = request.body.expect("a form");
        assert_eq!(body.expose(), "client_id=a%40b&scope=x%2Cy%20z");
    }

    #[test]
    fn debug_of_client_and_request_shows_no_token() {
        let client = client(token());
        let request = register_request(&client, 42, "src", Secret::new(r#"{"auth":"hunter2"}"#));
        let shown = format!("{client:?} {request:#?}");
        assert!(
            !shown.contains("scope3_ours_123") && !shown.contains("hunter2"),
            "{shown}"
        );
    }

    #[test]
    fn a_call_sends_once_whatever_happens() {
        let account = r#"{"data":{"id":11,"company":"Acme Brand","name":"US"},"error":null}"#;
        let client = client(token());
        let call = || now(client.call(account_request(&client))).read(parse_account);

        answer(Ok(response(200, account)));
        assert_eq!(
            call().map(|account| account.company),
            Ok("Acme Brand".into())
        );
        assert_eq!(sent().len(), 1);
        for (failure, code) in [
            (TransportError::Offline, "offline"),
            (TransportError::TimedOut, "timed_out"),
            (TransportError::Network, "network"),
            (TransportError::Interrupted, "interrupted"),
        ] {
            answer(Err(failure));
            assert_eq!(call().map_err(|error| error.code()), Err(code));
            assert_eq!(sent().len(), 1, "{code}");
        }
        answer(Ok(response(503, "")));
        assert_eq!(call().map_err(|error| error.code()), Err("server"));
        assert_eq!(sent().len(), 1);
    }

    #[test]
    fn nothing_that_was_sent_comes_back_in_an_error() {
        let body =
            r#"{"accountIdentifier":"acme-1","auth":{"type":"api_key","token":"hunter2-secret"}}"#;
        let echoes = [
            (
                400,
                r#"{"error":{"code":"X","message":"acme-1 sent hunter2-secret by scope3_ours_123"}}"#,
            ),
            (
                400,
                r#"{"error":{"details":{"issues":[{"path":"auth","message":"hunter2-secret"}]}}}"#,
            ),
            (403, r#"{"error":"hunter2-secret"}"#),
            (409, r#"{"message":"hunter2-secret"}"#),
            (418, r#"{"message":"hunter2-secret"}"#),
            (500, r#"{"message":"hunter2-secret"}"#),
            (
                201,
                r#"{"id":"1","accountIdentifier":"acme-1","auth":{"token":"hunter2-secret"}}"#,
            ),
            (201, "hunter2-secret acme-1 and some plain text"),
            (201, r#"{"id":"1","auth":"hunter2-secr"#),
        ];
        for (status, echo) in echoes {
            let client = client(token());
            let request = register_request(&client, 42, "src", Secret::new(body));
            answer(Ok(response(status, echo)));
            let answer = now(client.call(request));
            let error = answer
                .read(parse_register)
                .expect_err("nothing here is good");
            let shown = format!("{error:?}");
            assert!(
                !shown.contains("hunter2") && !shown.contains("scope3_ours"),
                "{shown}"
            );
            if let ApiError::Rejected {
                message: Some(message),
                ..
            } = &error
            {
                assert!(message.starts_with("acme-1 sent …"), "{message}");
            }
            if let ApiError::Unreadable { excerpt, .. } = &error {
                assert!(!excerpt.contains("acme-1"), "{excerpt}");
            }
        }
    }
}
