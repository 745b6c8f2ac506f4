//! Making nodes. Views are made of these and of nothing that parses markup.

use js_sys::Reflect;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, Text};

use super::{Take, document};

/// A new HTML element. `tag` is a name of ours, never a value from outside.
pub fn create(tag: &'static str) -> Element {
    document()
        .create_element(tag)
        .expect("our tag names are valid")
}

/// A new SVG element.
pub fn create_svg(tag: &'static str) -> Element {
    let namespace = Some("http://www.w3.org/2000/svg");
    document()
        .create_element_ns(namespace, tag)
        .expect("our tag names are valid")
}

/// A new text node.
pub fn create_text(text: &str) -> Text {
    document().create_text_node(text)
}

/// The page's body.
pub fn body() -> Element {
    document().body().expect("a page has a body").into()
}

/// True for an `input` event of a text that came in one piece: pasted, or dropped.
pub fn is_paste(event: &Event) -> bool {
    let kind = Reflect::get(event, &"inputType".into()).ok();
    let kind = kind.and_then(|kind| kind.as_string()).unwrap_or_default();
    matches!(kind.as_str(), "insertFromPaste" | "insertFromDrop")
}

/// What was typed into or chosen in the control that an event came from.
pub fn typed_value(event: &Event) -> String {
    let value = event
        .target()
        .and_then(|target| Reflect::get(&target, &"value".into()).ok());
    value
        .and_then(|value| value.as_string())
        .unwrap_or_default()
}

/// Calls a function for each event until it is dropped.
pub struct Listener {
    target: Element,
    name: &'static str,
    callback: Closure<dyn Fn(Event)>,
}

impl Listener {
    /// Listens for `name` on `target`.
    pub fn new(target: &Element, name: &'static str, f: Box<dyn Take<Event>>) -> Self {
        let callback = Closure::<dyn Fn(Event)>::new(move |event| f.take(event));
        let function = callback.as_ref().unchecked_ref();
        let _ = target.add_event_listener_with_callback(name, function);
        Self {
            target: target.clone(),
            name,
            callback,
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let function = self.callback.as_ref().unchecked_ref();
        let _ = self
            .target
            .remove_event_listener_with_callback(self.name, function);
    }
}
