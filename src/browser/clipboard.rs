//! Copying text on a person's request.

use wasm_bindgen_futures::JsFuture;

use super::window;

/// Puts `text` on the clipboard. False when the browser refuses or has no clipboard to offer, as on
/// a page without https.
pub async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    let has = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|c| c.is_object());
    has && JsFuture::from(navigator.clipboard().write_text(text))
        .await
        .is_ok()
}
