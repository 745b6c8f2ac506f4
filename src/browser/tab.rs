//! A tab of its own for somebody else's page, and whether our own page is seen.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::Window;

use super::page::listen;
use super::{document, window};

/// A tab that we opened. It knows nothing of us: its `opener` is cut before it goes anywhere.
#[derive(Clone)]
pub struct Tab(Window);

/// Opens an empty tab that says `words` until it is sent on; nothing when the browser does not let us,
/// or does not let us have it. Call this in the task of the click itself.
pub fn open_tab(words: &str) -> Option<Tab> {
    let opened = window()
        .open_with_url_and_target("about:blank", "_blank")
        .ok()
        .flatten()?;
    let _ = Reflect::set(&opened, &"opener".into(), &JsValue::NULL);
    if let Some(page) = opened.document() {
        page.set_title(words);
        if let Some(body) = page.body() {
            body.set_text_content(Some(words));
        }
    }
    Some(Tab(opened))
}

impl Tab {
    /// Sends the tab to an address, which [`may_open`](crate::api::may_open) has passed. A tab that the
    /// person closed in the meantime stays closed.
    pub fn go(&self, address: &str) {
        let _ = self.0.location().replace(address);
    }

    /// Closes the tab.
    pub fn close(&self) {
        let _ = self.0.close();
    }
}

/// Leaves our own page for an address, which [`may_open`](crate::api::may_open) has passed.
pub fn leave_to(address: &str) {
    let _ = window().location().assign(address);
}

/// True while the page can be seen.
pub fn is_visible() -> bool {
    !document().hidden()
}

/// Calls `f` whenever the person comes back to the page, for the life of the page.
pub fn on_return(f: impl Fn() + Clone + 'static) {
    let again = f.clone();
    listen(&window(), "focus", move |_| again());
    listen(&document(), "visibilitychange", move |_| {
        if is_visible() {
            f();
        }
    });
}
