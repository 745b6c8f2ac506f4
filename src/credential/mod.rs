//! The vocabulary of credential forms: what a form asks, what was typed, what was checked. Pure.
//!
//! A [`FormSpec`] is a row of [`catalog`]. What a person types is a [`Draft`]; [`validate`] is the
//! only way from a draft to a [`Credential`], and only a credential can be sent.

mod algorithm;
pub mod number;
mod secret;
pub mod seek;
mod spec;

pub mod catalog;
pub mod clean;
mod destinations;
mod draft;
mod inventory;
pub mod pem;
mod registry;
mod url;
mod validate;
mod write;

pub use algorithm::Algorithm;
pub use draft::{Draft, Entry, Stored};
pub use secret::Secret;
pub use spec::{
    Auth, Choice, FieldKind, FieldSpec, FormSpec, Place, Rule, Service, Told, Warning, silent,
};
pub use url::{host_of, is_loopback_host};
pub use validate::{Credential, FieldError, Problem, validate};
pub use write::{Form, Member, object};
