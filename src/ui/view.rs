//! Views whose type does not grow with their content.
//!
//! Leptos' own views carry their whole tree in their type, and every closure and combination of
//! attributes is compiled anew: this console came to 216 kB (brotli) that way, twice its budget.
//! Signals, effects and owners are Leptos' here as well; what they drive is one small type over
//! the DOM. Nothing parses markup, so Trusted Types have nothing to refuse.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsValue;
pub use web_sys::Event;
use web_sys::{Element, Node, Text};

use super::attr::IntoAttr;
use super::state::{Follow, State};
use crate::browser::{self, Give, Listener, Take};
use crate::text::wording;

crate::ui::held::hold!(Option<Element>);

/// Nodes with whatever keeps them up to date; one pointer wide. Dropping a view stops its effects
/// and listeners.
#[derive(Default)]
pub struct View(Option<Box<Kind>>);

enum Kind {
    Text(Text),
    Element(El),
    Many(Vec<View>),
    Dynamic(Dynamic),
}

/// An element, under construction and afterwards. One pointer wide: more would be copied at every step.
pub struct El(Box<Inner>);

struct Inner {
    node: Element,
    keep: Vec<Keep>,
}

/// What lives as long as its element.
#[expect(dead_code, reason = "held for their destructors")]
enum Keep {
    Effect(Follow),
    Listener(Listener),
    Child(View),
}

/// A place in the document whose nodes change.
struct Dynamic {
    /// An empty text behind the nodes, so that the place is known while there are none.
    marker: Text,
    now: Rc<RefCell<View>>,
    _effect: Follow,
}

impl View {
    fn of(kind: Kind) -> Self {
        Self(Some(Box::new(kind)))
    }

    /// Puts the nodes into `parent`, before `next` or at the end.
    pub fn mount(&self, parent: &Node, next: Option<&Node>) {
        match self.0.as_deref() {
            None => {}
            Some(Kind::Text(text)) => insert(parent, text, next),
            Some(Kind::Element(el)) => insert(parent, &el.0.node, next),
            Some(Kind::Many(views)) => views.iter().for_each(|view| view.mount(parent, next)),
            Some(Kind::Dynamic(place)) => {
                insert(parent, &place.marker, next);
                place.now.borrow().mount(parent, Some(&place.marker));
            }
        }
    }

    /// Takes the nodes out of the document.
    pub fn unmount(&self) {
        match self.0.as_deref() {
            None => {}
            Some(Kind::Text(text)) => remove(text),
            Some(Kind::Element(el)) => remove(&el.0.node),
            Some(Kind::Many(views)) => views.iter().for_each(Self::unmount),
            Some(Kind::Dynamic(place)) => {
                place.now.borrow().unmount();
                remove(&place.marker);
            }
        }
    }
}

fn insert(parent: &Node, node: &Node, next: Option<&Node>) {
    let _ = parent.insert_before(node, next);
}

fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}

impl El {
    pub(super) fn new(node: Element) -> Self {
        Self(Box::new(Inner {
            node,
            keep: Vec::new(),
        }))
    }

    /// Sets an attribute: to a text, to what a closure gives, or, for `None`, not at all.
    pub fn attr(self, name: &'static str, value: impl IntoAttr) -> Self {
        value.set(self, name)
    }

    #[inline(never)]
    pub(super) fn attr_fixed(self, name: &'static str, value: &str) -> Self {
        set_attribute(&self.0.node, name, Some(value));
        self
    }

    #[inline(never)]
    pub(super) fn attr_changing(mut self, name: &'static str, f: Changing) -> Self {
        let node = self.0.node.clone();
        let mut last = None;
        self.0.keep.push(Keep::Effect(Follow::new(move || {
            let value = f.give();
            if last.as_ref() != Some(&value) {
                set_attribute(&node, name, value.as_deref());
                last = Some(value);
            }
        })));
        self
    }

    /// Keeps a property at what a closure gives.
    pub fn prop<T: Into<JsValue>>(self, name: &'static str, f: impl Fn() -> T + 'static) -> Self {
        self.prop_boxed(name, Box::new(move || f().into()))
    }

    fn prop_boxed(mut self, name: &'static str, f: Box<dyn Give<JsValue>>) -> Self {
        let node = self.0.node.clone();
        self.0.keep.push(Keep::Effect(Follow::new(move || {
            let (key, value) = (JsValue::from_str(name), f.give());
            // Setting an equal value would move the cursor in some browsers.
            if js_sys::Reflect::get(&node, &key).ok().as_ref() != Some(&value) {
                let _ = js_sys::Reflect::set(&node, &key, &value);
            }
        })));
        self
    }

    /// Calls `f` for each event called `name`.
    pub fn on(self, name: &'static str, f: impl Fn(Event) + 'static) -> Self {
        self.on_boxed(name, Box::new(f))
    }

    #[inline(never)]
    pub(super) fn on_boxed(mut self, name: &'static str, f: Box<dyn Take<Event>>) -> Self {
        let listener = Listener::new(&self.0.node, name, f);
        self.0.keep.push(Keep::Listener(listener));
        self
    }

    /// Lets others find the element while it is there.
    pub fn anchor(self, anchor: Anchor) -> Self {
        anchor.0.set(Some(self.0.node.clone()));
        self
    }

    /// Adds children at the end.
    pub fn child(mut self, children: impl Draw) -> Self {
        children.append_to(&mut self);
        self
    }

    #[inline(never)]
    fn append_text(&mut self, text: &str) {
        insert(&self.0.node, &text_node(text), None);
    }

    #[inline(never)]
    fn append_view(&mut self, view: View) {
        view.mount(&self.0.node, None);
        // What nothing changes needs nobody to hold it.
        let still = match view.0.as_deref() {
            None | Some(Kind::Text(_)) => true,
            Some(Kind::Element(el)) => el.0.keep.is_empty(),
            Some(Kind::Many(_) | Kind::Dynamic(_)) => false,
        };
        if !still {
            self.0.keep.push(Keep::Child(view));
        }
    }
}

fn set_attribute(node: &Element, name: &str, value: Option<&str>) {
    // In somebody else's page the names of our classes are the parts that it may style.
    if name == "class" && browser::is_embedded() {
        set_attribute(node, "part", value.map(parts).as_deref());
    }
    let _ = match value {
        Some(value) if matches!(name, "aria-label" | "title") => {
            node.set_attribute(name, &wording::of(value))
        }
        Some(value) => node.set_attribute(name, value),
        None => node.remove_attribute(name),
    };
}

/// A text, in the words that the page around an element has for it.
fn text_node(text: &str) -> Text {
    browser::create_text(&wording::of(text))
}

fn parts(class: &str) -> String {
    let names = class.split(' ');
    let ours = names.filter_map(|name| name.strip_prefix("cz-"));
    ours.collect::<Vec<_>>().join(" ")
}

/// Where an element can be found once it is made. A copy is another handle to the same.
#[derive(Clone, Copy)]
pub struct Anchor(State<Option<Element>>);

impl Default for Anchor {
    fn default() -> Self {
        Self(State::new(None))
    }
}

impl Anchor {
    /// The element, if it was made and its owner still is.
    pub fn get(self) -> Option<Element> {
        self.0.try_peek().and_then(|found| (*found).clone())
    }
}

pub(super) type Changing = Box<dyn Give<Option<Cow<'static, str>>>>;

/// What can be drawn: texts, elements, several of them, and closures that give them.
pub trait Draw: Sized {
    /// Makes the nodes.
    fn draw(self) -> View;

    /// Makes the nodes at the end of `el`.
    fn append_to(self, el: &mut El) {
        el.append_view(self.draw());
    }
}

impl Draw for View {
    fn draw(self) -> View {
        self
    }
}

impl Draw for El {
    fn draw(self) -> View {
        View::of(Kind::Element(self))
    }
}

impl Draw for &str {
    fn draw(self) -> View {
        View::of(Kind::Text(text_node(self)))
    }

    fn append_to(self, el: &mut El) {
        el.append_text(self);
    }
}

impl Draw for String {
    fn draw(self) -> View {
        self.as_str().draw()
    }

    fn append_to(self, el: &mut El) {
        el.append_text(&self);
    }
}

impl Draw for Cow<'_, str> {
    fn draw(self) -> View {
        (*self).draw()
    }

    fn append_to(self, el: &mut El) {
        el.append_text(&self);
    }
}

impl Draw for () {
    fn draw(self) -> View {
        View(None)
    }
}

impl<T: Draw> Draw for Option<T> {
    fn draw(self) -> View {
        self.map_or(View(None), T::draw)
    }
}

impl<T: Draw> Draw for Vec<T> {
    fn draw(self) -> View {
        View::of(Kind::Many(self.into_iter().map(T::draw).collect()))
    }
}

impl<F: Fn() -> T + 'static, T: Draw> Draw for F {
    fn draw(self) -> View {
        dynamic(Box::new(move || self().draw()))
    }
}

macro_rules! draw_tuples {
    ($($($name:ident)+;)*) => {$(
        impl<$($name: Draw),+> Draw for ($($name,)+) {
            #[expect(non_snake_case, reason = "one name serves for the type and its value")]
            fn draw(self) -> View {
                let ($($name,)+) = self;
                View::of(Kind::Many(vec![$($name.draw()),+]))
            }

            #[expect(non_snake_case, reason = "one name serves for the type and its value")]
            fn append_to(self, el: &mut El) {
                let ($($name,)+) = self;
                $($name.append_to(el);)+
            }
        }
    )*};
}
draw_tuples! {
    A B;
    A B C;
    A B C D;
    A B C D E;
    A B C D E F;
}

/// The one effect behind every closure that gives a view.
fn dynamic(f: Box<dyn Give<View>>) -> View {
    let marker = browser::create_text("");
    let now = Rc::new(RefCell::new(View(None)));
    // Weak: the effect's task may outlive the place by a turn and must not keep its views.
    let (place, held) = (marker.clone(), Rc::downgrade(&now));
    let effect = Follow::new(move || {
        let Some(held) = held.upgrade() else { return };
        let new = f.give();
        if let Some(parent) = place.parent_node() {
            new.mount(&parent, Some(&place));
        }
        let old = held.replace(new);
        old.unmount();
    });
    View::of(Kind::Dynamic(Dynamic {
        marker,
        now,
        _effect: effect,
    }))
}

/// Draws `view` into `parent` for as long as the page lives, and starts what runs effects.
pub fn mount_forever(parent: &Element, view: impl FnOnce() -> View) {
    std::mem::forget(mount(parent, Owner::new(), view));
}

/// A view in the page. Dropping it takes its nodes away and stops whatever keeps them up to date.
pub struct Mounted {
    view: View,
    owner: Owner,
}

/// Draws `view` into `parent` under `owner`, and starts what runs effects.
pub fn mount(parent: &Element, owner: Owner, view: impl FnOnce() -> View) -> Mounted {
    // Started before when something else is in the page already.
    let _ = any_spawner::Executor::init_wasm_bindgen();
    let view = owner.with(view);
    view.mount(parent, None);
    Mounted { view, owner }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.view.unmount();
        self.view = View::default();
        self.owner.cleanup();
    }
}
