//! Stands in for the crate of this name in this workspace.
//!
//! Leptos depends on `server_fn`, which depends on that crate to stream the bodies of server
//! functions. Nothing here calls a server function, but the crate's exported classes are kept
//! in every module all the same: 4.8 kB of wasm and 0.9 kB of JavaScript, compressed. Only the names
//! that `server_fn` needs in order to compile stand here; whoever reaches one stops with a message.

use futures_util::stream::{Stream, empty};
use wasm_bindgen::JsValue;

/// The one type that `server_fn` names.
#[derive(Debug)]
pub struct ReadableStream(());

const WHY: &str = "server functions are not part of this build; see vendor/wasm-streams";

impl ReadableStream {
    /// Never called: nothing here streams a request.
    pub fn from_stream(_: impl Stream<Item = Result<JsValue, JsValue>> + 'static) -> Self {
        panic!("{WHY}")
    }

    /// Never called: nothing here streams a request.
    pub fn into_raw(self) -> web_sys::ReadableStream {
        panic!("{WHY}")
    }

    /// Never called: nothing here streams an answer.
    pub fn from_raw(_: web_sys::ReadableStream) -> Self {
        panic!("{WHY}")
    }

    /// Never called: nothing here streams an answer.
    pub fn into_stream(self) -> impl Stream<Item = Result<JsValue, JsValue>> {
        empty()
    }
}
