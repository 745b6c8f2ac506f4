//! The element for storefronts: what it draws, nothing else.

use credenza::element::storefront::SERVICES;

#[path = "widget/exports.rs"]
mod exports;

fn main() {}
