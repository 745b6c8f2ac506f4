//! One tab at a time.

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;

use super::storage::named;
use super::window;

/// Runs `f` while no other tab of this deployment holds the lock `name`. A browser without locks runs it at once.
pub async fn under_lock(name: &str, f: impl FnOnce() + 'static) {
    let get = |from: &wasm_bindgen::JsValue, name: &str| Reflect::get(from, &name.into()).ok();
    let locks = get(&window().navigator(), "locks");
    let request = locks.as_ref().and_then(|locks| get(locks, "request"));
    let request = request.and_then(|request| request.dyn_into::<Function>().ok());
    let (Some(locks), Some(request)) = (locks, request) else {
        return f();
    };
    let held = Closure::once(f);
    let done = request.call2(&locks, &named(name).into(), held.as_ref());
    if let Some(promise) = done.ok().and_then(|done| done.dyn_into::<Promise>().ok()) {
        let _ = JsFuture::from(promise).await;
    }
}
