//! Helpers of this room's own tests: a server, a flow, a client and an answer.

use super::discovery::Server;
use super::flow::Flow;
use super::provider::Provider;
use crate::api::{Access, Client, Response, TransportError};

pub(super) const IDENTITY: &str = "https://id.example";
pub(super) const CALLBACK: &str = "https://console.example/oauth-callback.html";
/// When [`flow`] began.
pub(super) const START: i64 = 1_700_000_000_000;

pub(super) fn provider() -> Provider {
    Provider::registry(IDENTITY)
}

pub(super) fn server() -> Server {
    Server {
        issuer: "https://id.example/".into(),
        authorization_endpoint: "https://id.example/authorize".into(),
        token_path: "/token".into(),
        registration_path: Some("/register".into()),
        tells_issuer: false,
    }
}

/// A flow whose state and verifier follow from `chance`.
pub(super) fn flow(chance: u8) -> Flow {
    let chance = [[chance; 32], [chance + 100; 32]];
    Flow::begin(
        &provider(),
        &server(),
        "client-1",
        CALLBACK,
        "/agents/x?y=1",
        &chance,
        START,
    )
}

pub(super) fn client() -> Client {
    let api = "https://console.example/gateway/registry";
    Client::new(api, Access::None, |_| {
        Box::pin(std::future::ready(Err(TransportError::Offline)))
    })
}

pub(super) fn answer(status: u16, body: &str) -> Response {
    Response {
        status,
        body: body.into(),
        ..Response::default()
    }
}
