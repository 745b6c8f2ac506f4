//! Time: waiting, and how an instant reads where the person is.

use js_sys::{Date, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::window;

/// Resolves after `ms` milliseconds.
pub async fn sleep(ms: i32) {
    let promise = Promise::new(&mut |resolve: Function, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    let _ = JsFuture::from(promise).await;
}

/// An ISO 8601 instant in the person's time zone and language, with its offset; `None` when it
/// cannot be read as an instant.
pub fn local_time(iso: &str) -> Option<String> {
    let date = read(iso)?;
    let options = Object::new();
    let parts = [
        ("year", "numeric"),
        ("month", "short"),
        ("day", "numeric"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("timeZoneName", "shortOffset"),
    ];
    for (name, value) in parts {
        Reflect::set(&options, &name.into(), &value.into()).ok()?;
    }
    let format = Reflect::get(&date, &"toLocaleString".into()).ok()?;
    let text = format
        .dyn_into::<Function>()
        .ok()?
        .call2(&date, &JsValue::UNDEFINED, &options);
    text.ok()?.as_string()
}

/// An ISO 8601 instant in UTC, as copied texts carry it; `None` when it cannot be read.
pub fn utc_time(iso: &str) -> Option<String> {
    Some(read(iso)?.to_iso_string().into())
}

fn read(iso: &str) -> Option<Date> {
    let date = Date::new(&iso.into());
    date.get_time().is_finite().then_some(date)
}
