//! The channel on which the callback page hands over an answer: see the top of `static/oauth-callback.js`.

use std::rc::Rc;

use js_sys::{Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

use super::storage::named;

/// An open channel; it closes with its last owner.
#[derive(Clone)]
pub struct Channel(Rc<Open>);

struct Open {
    channel: BroadcastChannel,
    _hear: Closure<dyn Fn(MessageEvent)>,
}

impl Channel {
    /// Calls `f` with the query of every answer to the sign-in whose state has this hash. A channel is reached by
    /// pages of our own origin only. Nothing where the browser has no channels.
    pub fn open(hash: &str, f: impl Fn(String) + 'static) -> Option<Self> {
        let channel = BroadcastChannel::new(&named(hash)).ok()?;
        let hear = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            let text = |name: &str| {
                let value = Reflect::get(&event.data(), &name.into());
                value.ok().and_then(|value| value.as_string())
            };
            if text("type").as_deref() == Some("credenza-callback") {
                f(text("query").unwrap_or_default());
            }
        });
        channel.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        Some(Self(Rc::new(Open {
            channel,
            _hear: hear,
        })))
    }

    /// Tells the callback page how it went: `connected`, `refused`, `failed`, or any other word for "I have it".
    pub fn tell(&self, outcome: &str) {
        let message = Object::new();
        for (name, value) in [("type", "credenza-ack"), ("outcome", outcome)] {
            let _ = Reflect::set(&message, &name.into(), &value.into());
        }
        let _ = self.0.channel.post_message(&JsValue::from(message));
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}
