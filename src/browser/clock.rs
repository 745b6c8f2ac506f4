//! Time: waiting, and how an instant reads where the person is.

use std::cell::RefCell;

use js_sys::Intl::DateTimeFormat;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{here, window};

/// The present instant, in milliseconds since 1970-01-01 UTC, by the device's clock.
#[expect(
    clippy::disallowed_methods,
    clippy::cast_possible_truncation,
    reason = "this is the one place that reads the clock, and its value is a whole number"
)]
pub fn now() -> i64 {
    js_sys::Date::now() as i64
}

/// Milliseconds since the page was opened, by a clock that nobody sets. It may stand still while the device sleeps.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the fraction of a millisecond is not needed"
)]
pub fn steady() -> i64 {
    window().performance().map_or(0, |clock| clock.now() as i64)
}

/// Resolves after `ms` milliseconds.
pub async fn sleep(ms: i32) {
    let promise = Promise::new(&mut |resolve: Function, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    });
    let _ = JsFuture::from(promise).await;
}

/// An instant, in milliseconds since 1970-01-01 UTC, in the person's time zone and language, with
/// its offset.
pub fn local_time(millis: i64) -> String {
    thread_local! {
        // Making it takes far longer than using it.
        static FORMAT: RefCell<Option<(String, Option<Function>)>> = const { RefCell::new(None) };
    }
    let locale = here::locale();
    #[expect(
        clippy::cast_precision_loss,
        reason = "a date of JavaScript is such a number"
    )]
    let millis = JsValue::from_f64(millis as f64);
    let text = FORMAT.with_borrow_mut(|kept| {
        if kept.as_ref().is_none_or(|(of, _)| *of != locale) {
            *kept = Some((locale.clone(), format(&locale)));
        }
        let format = kept.as_ref()?.1.as_ref()?;
        format.call1(&JsValue::UNDEFINED, &millis).ok()
    });
    text.and_then(|text| text.as_string()).unwrap_or_default()
}

/// The function of an `Intl.DateTimeFormat` that writes an instant.
fn format(locale: &str) -> Option<Function> {
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
    let locales = Array::new();
    // The element's script passes on only what is a language: any other name would throw.
    if !locale.is_empty() {
        locales.push(&locale.into());
    }
    let format = DateTimeFormat::new(&locales, &options);
    Reflect::get(&format, &"format".into())
        .ok()?
        .dyn_into()
        .ok()
}

/// An instant, in milliseconds since 1970-01-01 UTC, as ISO 8601 writes it.
pub fn iso(millis: i64) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a date of JavaScript is such a number"
    )]
    let date = js_sys::Date::new(&JsValue::from_f64(millis as f64));
    date.to_iso_string().into()
}

/// Resolves when the browser has nothing better to do; where it does not tell, a moment later.
pub async fn idle() {
    let ask = Reflect::get(&window(), &"requestIdleCallback".into());
    let ask = ask.ok().and_then(|ask| ask.dyn_into::<Function>().ok());
    let Some(ask) = ask else {
        return sleep(50).await;
    };
    let promise = Promise::new(&mut |resolve: Function, _| {
        let _ = ask.call1(&window(), &resolve);
    });
    let _ = JsFuture::from(promise).await;
}

/// The text in lower case, by the browser's own tables: the library's would weigh more than the table of
/// credentials.
pub fn lower_case(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}
