//! Whether this module draws elements in somebody else's page, and what then stands in for the page's own facts.

use std::cell::{Cell, RefCell};

use web_sys::Element;

thread_local! {
    static EMBEDDED: Cell<bool> = const { Cell::new(false) };
    static ROOT: RefCell<Option<Element>> = const { RefCell::new(None) };
    static BASE: RefCell<Option<String>> = const { RefCell::new(None) };
    static LOCALE: RefCell<String> = const { RefCell::new(String::new()) };
}

/// From now on this module draws elements, not the page.
pub fn embed() {
    EMBEDDED.set(true);
}

/// True when this module draws elements in somebody else's page.
pub fn is_embedded() -> bool {
    EMBEDDED.get()
}

/// The person uses the element that is drawn in `root`.
pub fn visit(root: &Element) {
    ROOT.replace(Some(root.clone()));
}

/// The element that is drawn in `root` goes.
pub fn leave(root: &Element) {
    ROOT.with_borrow_mut(|now| {
        if now.as_ref() == Some(root) {
            *now = None;
        }
    });
}

/// Where the element is drawn that the person used last.
pub(super) fn root() -> Option<Element> {
    ROOT.with_borrow(Clone::clone)
}

/// The path below which the page for sign-ins lies; it stands in for the console's own.
pub fn set_base(base: String) {
    BASE.replace(Some(base));
}

pub(super) fn base() -> Option<String> {
    BASE.with_borrow(Clone::clone)
}

/// The language in which instants are written; empty for the browser's own.
pub fn set_locale(locale: &str) {
    LOCALE.replace(locale.to_owned());
}

pub(super) fn locale() -> String {
    LOCALE.with_borrow(Clone::clone)
}
