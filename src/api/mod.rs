//! What goes over the wire: plain requests and responses, one error type, one file per service. Pure.
//!
//! Every endpoint is a pair: `x_request(&Client, ..) -> Request` and `parse_x(&Response) -> Result<_,
//! ApiError>`. Neither does IO; [`Client::call`] joins them through a `fn` that the edge provides, so a
//! test passes another function. Bodies are read with a small reader and cursor of our own instead of
//! derived types: the documents disagree on shapes, and the two cost far less wasm.

mod http;

mod client;

mod error;

mod refusal;

mod envelope;

mod redact;

pub(crate) mod json;

pub(crate) mod encode;

mod address;

mod config;

pub mod time;

pub mod storefront;

pub mod destinations;

pub mod inventory;

pub mod registry;

#[cfg(test)]
mod testing;

pub use address::{is_loopback, may_open, origin_of};
pub use client::{Access, Answer, Call, Client, DEFAULT_TIMEOUT_MS};
pub use config::{AccessKind, Config, ConfigError, ConfigProblem, ServiceConfig, Settings};
pub use encode::is_addressable;
pub use error::{ApiError, FieldProblem, ForbiddenReason};
pub use http::{
    Cookies, LocalBoxFuture, Method, READ_HEADERS, Request, Response, Transport, TransportError,
};
pub(crate) use redact::one_line;
