//! The part of the single-page app for the registry's agents: start, nothing else.

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {
    credenza::console::start_agents();
}
