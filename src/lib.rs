//! Credential forms for four documented APIs, in the browser.
//!
//! One sentence holds the whole: a table of facts ([`credential::catalog`]), pure functions over it
//! (validate a draft, build a request, judge a response), and one thin edge that touches the world.

pub mod credential;

pub mod api;

pub mod text;

pub mod route;

pub mod browser;

pub mod ui;

pub mod console;
