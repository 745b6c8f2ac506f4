//! The edge: the only room that reaches the window, the document, storage, time and the network.
//!
//! Each function wraps one capability of the browser once. What comes back is plain data, and what
//! JavaScript hands over is never trusted to have a shape.

use std::pin::Pin;

pub use js_sys::Object as PageObject;
pub use web_sys::Element;

mod act;
mod chance;
mod channel;
mod clipboard;
mod clock;
mod dom;
mod element;
mod file;
mod focus;
mod here;
mod host;
mod http;
mod line;
mod lock;
mod page;
mod save;
mod storage;
mod tab;

pub use act::{Give, Take};
pub use chance::{chance, is_secure};
pub use channel::Channel;
pub use clipboard::copy;
pub use clock::{idle, iso, local_time, lower_case, now, sleep, steady};
pub use dom::{Listener, body, create, create_svg, create_text, is_paste, typed_value};
pub use element::{
    close_dialog, has_focus, height_of, on_resize, scroll_back, scroll_of, set_style, show_dialog,
};
pub use file::{ChosenFile, chosen_file, has_files, ignore_stray_files};
pub use focus::{
    focus, focus_after_navigation, focus_control, focus_first, focus_heading, focus_main,
    is_focused, scroll_to_top,
};
pub use here::{embed, is_embedded, leave, set_base, set_locale, visit};
pub use host::{Detail, Host};
pub use http::{ask_keys, send, send_by_script, use_script};
pub use line::{Line, row_of, show_whole};
pub use lock::under_lock;
pub use page::{
    address, ask_before_unload, base, clear_body, folder, is_online, on_arrival,
    on_connection_change, on_link, on_page_show, origin, path, push, replace, search, set_theme,
    set_title,
};
pub use save::save_file;
pub use storage::{Store, load_theme, save_theme};
pub use tab::{Tab, is_visible, leave_to, on_return, open_tab};

/// Runs a future to its end, whoever is on the screen by then.
pub fn spawn(future: impl Future<Output = ()> + 'static) {
    spawn_boxed(Box::pin(future));
}

/// The part of [`spawn`] that does not depend on what is run, so that it exists once.
fn spawn_boxed(future: Pin<Box<dyn Future<Output = ()>>>) {
    wasm_bindgen_futures::spawn_local(future);
}

/// The window that this page lives in.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reaches the window"
)]
fn window() -> web_sys::Window {
    web_sys::window().expect("the module runs in a page, not in a worker")
}

/// The document of that window.
fn document() -> web_sys::Document {
    window().document().expect("a page has a document")
}
