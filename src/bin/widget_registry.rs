//! The element for the agents of the registry: what it draws, nothing else.

use credenza::element::registry::SERVICES;

#[path = "widget/exports.rs"]
mod exports;

fn main() {}
