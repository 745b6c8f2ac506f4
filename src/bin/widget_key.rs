//! What reads private keys for the element for storefronts, nothing else.
#![cfg_attr(target_arch = "wasm32", no_main)]

use credenza::element::key;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// What the text of a private key is, as a text: see `credenza::element::key`. Neither of them stays in memory.
#[wasm_bindgen]
pub fn read(text: String) -> JsValue {
    JsValue::from_str(key::tell(text).expose())
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
