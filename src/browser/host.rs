//! The page around an element, as the element's script hands it over: what it is told, and what it is asked for.

use std::cell::RefCell;

use js_sys::{Array, Function, Object, Promise, Reflect};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

use crate::credential::Secret;

/// The page around one element. A copy is another handle to the same; once it was let go, it hears nothing and gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Host(usize);

thread_local! {
    static HOSTS: RefCell<Vec<(Option<Object>, u32)>> = const { RefCell::new(Vec::new()) };
    static NAMES: RefCell<Vec<&'static str>> = const { RefCell::new(Vec::new()) };
}

/// What an event tells; nothing of it is secret. What is absent is left out.
#[derive(Debug, Default)]
pub struct Detail<'a> {
    /// Which service it is.
    pub service: Option<&'a str>,
    /// The credential's id.
    pub id: Option<&'a str>,
    /// The account that it is for.
    pub account_identifier: Option<&'a str>,
    /// How things stand.
    pub status: Option<&'a str>,
    /// Whether what is typed passes every check.
    pub valid: Option<bool>,
    /// The stable name of what went wrong.
    pub code: Option<&'a str>,
    /// What the person reads of it.
    pub message: Option<&'a str>,
    /// Whether trying again may help.
    pub retryable: Option<bool>,
    /// When something ends, as ISO 8601.
    pub expires_at: Option<&'a str>,
}

// By hand, as a map: for the names of a derived one, the library keeps a table of its own.
impl Serialize for Detail<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        for (name, text) in [
            ("service", self.service),
            ("id", self.id),
            ("accountIdentifier", self.account_identifier),
            ("status", self.status),
            ("code", self.code),
            ("message", self.message),
            ("expiresAt", self.expires_at),
        ] {
            if let Some(text) = text {
                map.serialize_entry(name, text)?;
            }
        }
        for (name, is) in [("valid", self.valid), ("retryable", self.retryable)] {
            if let Some(is) = is {
                map.serialize_entry(name, &is)?;
            }
        }
        map.end()
    }
}

/// Headers that the element sets itself, or that a browser keeps for itself. Compared in lower case.
const OWN: [&str; 9] = [
    "accept",
    "authorization",
    "content-type",
    "cookie",
    "x-api-key",
    "x-credenza",
    "x-gw-ims-org-id",
    "x-sandbox-name",
    "x-verve-namespace",
];

impl Host {
    /// A place for one element; [`Self::take`] puts it there.
    pub fn new() -> Self {
        HOSTS.with_borrow_mut(|hosts| {
            hosts.push((None, 0));
            Self(hosts.len() - 1)
        })
    }

    /// From now on this is the page around it. `None` lets the page go, so that nothing holds the element.
    pub fn take(self, object: Option<Object>) {
        HOSTS.with_borrow_mut(|hosts| {
            let stay = hosts[self.0].1 + 1;
            hosts[self.0] = (object, stay);
        });
    }

    /// Counts how often that changed.
    pub fn stay(self) -> u32 {
        HOSTS.with_borrow(|hosts| hosts[self.0].1)
    }

    /// True while there is a page around it.
    pub fn is_there(self) -> bool {
        HOSTS.with_borrow(|hosts| hosts[self.0].0.is_some())
    }

    fn get(self, name: &str) -> Option<JsValue> {
        let object = HOSTS.with_borrow(|hosts| hosts[self.0].0.clone())?;
        Reflect::get(&object, &name.into()).ok()
    }

    fn call(self, name: &str, first: &JsValue, second: &JsValue) -> Option<JsValue> {
        let function: Function = self.get(name)?.dyn_into().ok()?;
        function.call2(&JsValue::UNDEFINED, first, second).ok()
    }

    /// Where the element draws.
    pub fn root(self) -> Option<Element> {
        self.get("root")?.dyn_into().ok()
    }

    /// Raises the event `credenza-NAME` on the element. False when somebody prevents what it announces.
    pub fn tell(self, name: &str, detail: &Detail<'_>) -> bool {
        let objects = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
        let detail = detail.serialize(&objects).unwrap_or_default();
        let went = self.call("tell", &name.into(), &detail);
        went.is_none_or(|went| went.is_truthy())
    }

    /// Raises the event for something that did not work: its stable name, what the person reads, and whether trying again
    /// may help.
    pub fn fail(self, code: &str, message: &str, retryable: bool) {
        let detail = Detail {
            code: Some(code),
            message: Some(message),
            retryable: Some(retryable),
            ..Detail::default()
        };
        self.tell("error", &detail);
    }

    /// Whether the page lets what passed every check be sent.
    pub fn lets_send(self) -> bool {
        self.tell("before-submit", &Detail::default())
    }

    /// Whether the page stands in a frame of a page of another origin, where a sign-in in a tab cannot come back.
    pub fn is_framed(self) -> bool {
        self.get("framed").is_some_and(|framed| framed.is_truthy())
    }

    /// Whether the page gives the token that authorizes our calls.
    pub fn gives_token(self) -> bool {
        self.get("token").is_some_and(|token| token.is_function())
    }

    /// Asks the page for a token, for the `reason` `first` or `unauthorized`. Nothing when it has none to give.
    pub async fn token(self, reason: &str) -> Option<Secret> {
        let answer = self.call("token", &reason.into(), &JsValue::UNDEFINED)?;
        let token = JsFuture::from(Promise::resolve(&answer)).await.ok()?;
        let token = token.as_string()?;
        let token = token.trim();
        (!token.is_empty()).then(|| Secret::new(token))
    }

    /// Headers that the page wants to go along with each call; none of our own is among them.
    pub fn headers(self) -> Vec<(&'static str, Secret)> {
        let mut headers = Vec::new();
        let given = self.call("headers", &JsValue::UNDEFINED, &JsValue::UNDEFINED);
        let Some(given) = given.and_then(|given| given.dyn_into::<Object>().ok()) else {
            return headers;
        };
        for pair in Object::entries(&given).iter() {
            let pair = Array::from(&pair);
            if let (Some(name), Some(value)) = (pair.get(0).as_string(), pair.get(1).as_string()) {
                let name = name.to_ascii_lowercase();
                if !OWN.contains(&name.as_str()) {
                    headers.push((known(name), Secret::new(value)));
                }
            }
        }
        headers
    }
}

impl Default for Host {
    fn default() -> Self {
        Self::new()
    }
}

/// The name as a text that stays: a page uses a few of them, again and again.
fn known(name: String) -> &'static str {
    NAMES.with_borrow_mut(|names| {
        if let Some(known) = names.iter().find(|known| **known == name) {
            return *known;
        }
        let name: &'static str = Box::leak(name.into_boxed_str());
        names.push(name);
        name
    })
}
