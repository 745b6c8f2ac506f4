//! What the element's script calls, in each of its modules alike. The module has what it draws as `SERVICES`.

use credenza::element;
use js_sys::Object;
use wasm_bindgen::prelude::wasm_bindgen;

use super::SERVICES;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// A new element, of which `host` is the page's side. Returns the number by which it is meant from then on.
#[wasm_bindgen]
pub fn open(host: Object) -> usize {
    element::open(host)
}

/// What the page asks of the element `id`: see `credenza::element::tell`.
#[wasm_bindgen]
pub fn tell(id: usize, name: &str, text: &str) -> bool {
    element::tell(SERVICES, id, name, text)
}

/// The element goes.
#[wasm_bindgen]
pub fn close(id: usize) {
    element::close(id);
}
