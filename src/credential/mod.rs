//! The vocabulary of credential forms: what a form is, what was typed, what was checked. Pure.

mod secret;

pub use secret::Secret;
