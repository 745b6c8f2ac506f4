//! The element for destinations and inventory: what it draws, nothing else.
#![cfg_attr(target_arch = "wasm32", no_main)]

use credenza::element::clients::SERVICES;

#[path = "widget/exports.rs"]
mod exports;

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
