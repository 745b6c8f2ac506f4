//! Helpers of this room's own tests: answers, and a transport that plays one and keeps what it was sent.

use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::http::{LocalBoxFuture, Request, Response, TransportError};
use super::{Access, Client};
use crate::credential::Secret;

/// A JSON answer.
pub(super) fn response(status: u16, body: &str) -> Response {
    Response {
        status,
        headers: vec![("content-type", "application/json".into())],
        body: body.into(),
        redirected: false,
    }
}

thread_local! {
    static ANSWER: RefCell<Option<Result<Response, TransportError>>> = const { RefCell::new(None) };
    static SENT: RefCell<Vec<Request>> = const { RefCell::new(Vec::new()) };
}

/// The next call of [`client`] on this thread is answered with this.
pub(super) fn answer(with: Result<Response, TransportError>) {
    ANSWER.set(Some(with));
}

/// What was sent on this thread since the last look.
pub(super) fn sent() -> Vec<Request> {
    SENT.take()
}

/// A client whose transport plays [`answer`].
pub(super) fn client(access: Access) -> Client {
    Client::new(
        "https://a.example/api/",
        access,
        |request| -> LocalBoxFuture<_> {
            SENT.with_borrow_mut(|sent| sent.push(request));
            let answer = ANSWER.take().expect("a test says what is answered");
            Box::pin(std::future::ready(answer))
        },
    )
}

/// Access by the token `scope3_ours_123`.
pub(super) fn token() -> Access {
    Access::Token(Some(Secret::new("scope3_ours_123")))
}

/// The result of a future that waits for nothing.
#[track_caller]
pub(super) fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing here waits"),
    }
}

/// The value of the header `name` of `request`.
pub(super) fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    let found = request.headers.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| value.expose())
}
