//! What an element can do besides holding nodes: dialogs, sizes, scrolling, a place of its own.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlDialogElement, HtmlElement};

use super::page::listen;
use super::window;

/// Shows a `dialog` above the page. The browser keeps the focus inside, and gives it back at the end.
pub fn show_dialog(element: &Element) {
    if let Some(dialog) = element.dyn_ref::<HtmlDialogElement>()
        && !dialog.open()
    {
        let _ = dialog.show_modal();
    }
}

/// Closes a `dialog`.
pub fn close_dialog(element: &Element) {
    if let Some(dialog) = element.dyn_ref::<HtmlDialogElement>() {
        dialog.close();
    }
}

/// Sets one property of an element's own style, which a strict policy lets scripts do.
pub fn set_style(element: &Element, property: &str, value: &str) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.style().set_property(property, value);
    }
}

/// How far an element is scrolled and how much of it can be seen, in CSS pixels.
pub fn scroll_of(element: &Element) -> (f64, f64) {
    (
        f64::from(element.scroll_top()),
        f64::from(element.client_height()),
    )
}

/// Scrolls an element back to its beginning.
pub fn scroll_back(element: &Element) {
    element.set_scroll_top(0);
}

/// The height of an element in CSS pixels; 0 when it is not in the page.
pub fn height_of(element: &Element) -> f64 {
    element.get_bounding_client_rect().height()
}

/// True when the focus is on the element or inside it.
pub fn has_focus(element: &Element) -> bool {
    element.matches(":focus-within").unwrap_or_default()
}

/// Calls `f` whenever the window changes its size, for the life of the page.
pub fn on_resize(f: impl Fn() + 'static) {
    listen(&window(), "resize", move |_| f());
}
