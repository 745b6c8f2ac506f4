//! Stands in for the crate of this name in Leptos' reactive graph, whose sets hold a handful of nodes each: a list that is
//! searched from its beginning is as quick there, and hash tables would weigh more than a kilobyte in every module.
//!
//! Only what Leptos 0.8 calls is here. Should it call more, the build says so; then this may go, together with the
//! `[patch]` in `Cargo.toml`, at the price of that kilobyte.

use std::collections::hash_map::RandomState;
use std::marker::PhantomData;

pub mod map;
pub mod set;

pub use map::IndexMap;
pub use set::IndexSet;

type Hasher<S> = PhantomData<fn() -> S>;
type DefaultHasher = RandomState;
