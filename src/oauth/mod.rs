//! Signing in with OAuth 2.1 as a public client in a browser: the facts of one flow and the functions over
//! them. Pure: time and chance are arguments.
//!
//! A [`Flow`](flow::Flow) is what is known between the click and the answer. [`callback::check`] judges the
//! answer, and only it makes a [`Granted`](callback::Granted), without which nothing reaches a token
//! endpoint. What comes back becomes a [`Grant`](token::Grant).

pub mod callback;
pub mod client_credentials;
pub mod discovery;
pub mod flow;
pub mod pkce;
pub mod provider;
pub mod record;
pub mod registration;
pub mod token;
pub mod used;

#[cfg(test)]
mod testing;
