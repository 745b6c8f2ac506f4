//! The part of the single-page app for destinations and inventory: start, nothing else.

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    credenza::console::start_clients();
}
