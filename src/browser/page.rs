//! The page: its address, its history, its title, its links.

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BeforeUnloadEvent, Element, Event, EventTarget, MouseEvent};

use super::{Take, document, here, window};
use crate::credential::seek::behind_last;

/// The path below which this deployment lives, with a slash at its end. The build writes it on the
/// script element that starts the module.
pub fn base() -> String {
    if let Some(base) = here::base() {
        return base;
    }
    let script = document()
        .query_selector("script[data-base]")
        .ok()
        .flatten();
    script
        .and_then(|script| script.get_attribute("data-base"))
        .unwrap_or_else(|| "/".to_owned())
}

/// Scheme, host and port of the page.
pub fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// The whole address of the page.
pub fn address() -> String {
    window().location().href().unwrap_or_default()
}

/// The path of the address.
pub fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// The folder of the address, with a slash at its end.
pub fn folder() -> String {
    let mut path = path();
    path.truncate(path.len() - behind_last(&path, b'/').len());
    path
}

/// The query string of the address.
pub fn search() -> String {
    window().location().search().unwrap_or_default()
}

/// How the programs of one page tell each other, and `static/boot.js`, that the address is another.
const ROUTE: &str = "credenza-route";

/// Adds an address to the history without loading it, and says so.
pub fn push(address: &str) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(address));
    }
    if let Ok(event) = Event::new(ROUTE) {
        let _ = window().dispatch_event(&event);
    }
}

/// Puts another address in the place of this one.
pub fn replace(address: &str) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// Sets the page's title.
pub fn set_title(title: &str) {
    if !here::is_embedded() {
        document().set_title(title);
    }
}

/// Shows the page light or dark; `None` follows the system.
pub fn set_theme(theme: Option<&str>) {
    if let Some(root) = document().document_element() {
        let _ = match theme {
            Some(theme) => root.set_attribute("data-theme", theme),
            None => root.remove_attribute("data-theme"),
        };
    }
}

/// False when the browser knows that there is no network. True promises nothing.
pub fn is_online() -> bool {
    window().navigator().on_line()
}

/// Calls `f` whenever the browser goes online or offline, for the life of the page.
pub fn on_connection_change(f: impl Fn(bool) + Clone + 'static) {
    for name in ["online", "offline"] {
        let f = f.clone();
        listen(&window(), name, move |_| f(is_online()));
    }
}

/// Calls `f` when the address is another one: the person went back or forth in the history, or somebody called
/// [`push`]. For the life of the page.
pub fn on_arrival(f: impl Fn() + Clone + 'static) {
    for name in ["popstate", ROUTE] {
        let f = f.clone();
        listen(&window(), name, move |_| f());
    }
}

/// Calls `f` when the page is shown again from the browser's memory, for the life of the page.
pub fn on_page_show(f: impl Fn() + 'static) {
    listen(&window(), "pageshow", move |_| f());
}

/// Takes away what the page showed until now.
pub fn clear_body() {
    if let Some(body) = document().body() {
        body.set_text_content(None);
    }
}

/// Calls `f` with the path and query of each plainly clicked link that leads into this deployment,
/// for the life of the page. When `f` returns true, the browser does not follow the link itself.
pub fn on_link(f: impl Fn(&str, &str) -> bool + 'static) {
    let (base, origin) = (base(), origin());
    listen(&document(), "click", move |event| {
        let Some(click) = event.dyn_ref::<MouseEvent>() else {
            return;
        };
        let modified = click.ctrl_key() || click.meta_key() || click.shift_key() || click.alt_key();
        if modified || click.button() != 0 || click.default_prevented() {
            return;
        }
        let target = click
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let Some(link) = target.and_then(|target| target.closest("a[href]").ok().flatten()) else {
            return;
        };
        if link.has_attribute("target") || link.has_attribute("download") {
            return;
        }
        // A link tells the parts of its own address.
        let part = |name: &str| {
            let part = js_sys::Reflect::get(&link, &name.into());
            part.ok()
                .and_then(|part| part.as_string())
                .unwrap_or_default()
        };
        let path = part("pathname");
        let ours = part("origin") == origin && path.starts_with(&base);
        if ours && part("hash").is_empty() && f(&path, &part("search")) {
            event.prevent_default();
        }
    });
}

/// Makes the browser ask before the page is closed or reloaded while `f` is true.
pub fn ask_before_unload(f: impl Fn() -> bool + 'static) {
    listen(&window(), "beforeunload", move |event| {
        if f() {
            event.prevent_default();
            // Older browsers ask only when this is set.
            if let Some(event) = event.dyn_ref::<BeforeUnloadEvent>() {
                event.set_return_value("unsaved");
            }
        }
    });
}

pub(super) fn listen(target: &EventTarget, name: &str, f: impl Fn(Event) + 'static) {
    listen_boxed(target, name, Box::new(f));
}

fn listen_boxed(target: &EventTarget, name: &str, f: Box<dyn Take<Event>>) {
    let callback = Closure::<dyn Fn(Event)>::new(move |event| f.take(event));
    let _ = target.add_event_listener_with_callback(name, callback.as_ref().unchecked_ref());
    // The page's own listeners live as long as the page.
    callback.forget();
}
