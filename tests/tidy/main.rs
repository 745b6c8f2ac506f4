//! Rules of this repository that no compiler holds. Each failure says what to do.

mod documents;
mod files;
mod rooms;
mod source;
mod styles;
mod words;
