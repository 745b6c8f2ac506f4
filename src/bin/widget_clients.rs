//! The element for destinations and inventory: what it draws, nothing else.

use credenza::element::clients::SERVICES;

#[path = "widget/exports.rs"]
mod exports;

fn main() {}
