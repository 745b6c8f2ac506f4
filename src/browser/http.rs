//! One request, one answer: the pure [`Request`] becomes a `fetch` and comes back as a
//! [`Response`] or as what went wrong on the way.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_net::http::RequestBuilder;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache, RequestCredentials, RequestRedirect, ResponseType};

use super::window;
use crate::api::{Cookies, LocalBoxFuture, Method, Request, Response, TransportError};
use crate::credential::Secret;

thread_local! {
    static SCRIPT: RefCell<JsValue> = const { RefCell::new(JsValue::UNDEFINED) };
}

/// From now on [`send_by_script`] and [`ask_keys`] use the functions `send` and `keys` of the element's script.
pub fn use_script(page: &Object) {
    SCRIPT.replace(Reflect::get(page, &"script".into()).unwrap_or_default());
}

/// What a function of the element's script gives for these values.
fn ask(name: &str, given: &Array) -> Option<JsValue> {
    let script = SCRIPT.with_borrow(Clone::clone);
    let function: Function = Reflect::get(&script, &name.into()).ok()?.dyn_into().ok()?;
    function.apply(&JsValue::UNDEFINED, given).ok()
}

/// What the module that reads private keys tells of a text; nothing while there is none. An empty text has it loaded.
pub fn ask_keys(text: &str) -> Option<Secret> {
    let told = ask("keys", &Array::of1(&text.into()))?;
    told.as_string().map(Secret::new)
}

/// The same as [`send`] for an element, whose script has to be small together with its module: the script does what the
/// libraries do for the console.
pub fn send_by_script(request: Request) -> LocalBoxFuture<Result<Response, TransportError>> {
    let method = match request.method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
    };
    let cookies = match request.cookies {
        Cookies::Omit => "omit",
        Cookies::SameOrigin => "same-origin",
    };
    let headers = Array::new();
    for (name, value) in &request.headers {
        headers.push(&Array::of2(&(*name).into(), &value.expose().into()));
    }
    let body = request.body.as_ref();
    let body = body.map_or(JsValue::UNDEFINED, |body| body.expose().into());
    let given = Array::of5(
        &request.url.as_str().into(),
        &method.into(),
        &headers,
        &body,
        &cookies.into(),
    );
    given.push(&f64::from(request.timeout_ms).into());
    let wanted = Array::new();
    for name in crate::api::READ_HEADERS {
        wanted.push(&name.into());
    }
    given.push(&wanted);
    let sent = ask("send", &given).and_then(|answer| answer.dyn_into::<Promise>().ok());
    Box::pin(async move {
        let answer = match sent {
            Some(sent) => JsFuture::from(sent).await.ok(),
            None => None,
        };
        answered(&Array::from(&answer.unwrap_or_default()))
    })
}

/// The status, the body and the wanted headers; or, in the place of the status, a word for what went wrong.
fn answered(answer: &Array) -> Result<Response, TransportError> {
    let status = answer.get(0);
    let Some(number) = status.as_f64() else {
        return match status.as_string().as_deref() {
            Some("redirected") => Ok(Response {
                redirected: true,
                ..Response::default()
            }),
            Some("offline") => Err(TransportError::Offline),
            Some("late") => Err(TransportError::TimedOut),
            Some("interrupted") => Err(TransportError::Interrupted),
            _ => Err(TransportError::Network),
        };
    };
    let mut headers = Vec::new();
    for (at, name) in (2..).zip(crate::api::READ_HEADERS) {
        headers.extend(answer.get(at).as_string().map(|value| (name, value)));
    }
    Ok(Response {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a status has three digits"
        )]
        status: number as u16,
        headers,
        body: answer.get(1).as_string().unwrap_or_default(),
        redirected: false,
    })
}

/// Sends a request once. Redirects are not followed (they are reported), nothing is cached, and
/// the request is given up after its own time limit.
pub fn send(request: Request) -> LocalBoxFuture<Result<Response, TransportError>> {
    Box::pin(async move {
        // Only before sending is it certain that nothing left the device.
        if !super::is_online() {
            return Err(TransportError::Offline);
        }
        let Ok(controller) = AbortController::new() else {
            return Err(TransportError::Network);
        };
        let timer = Timer::start(controller.clone(), request.timeout_ms);
        match fetch(&request, &controller).await {
            Err(_) if timer.fired.get() => Err(TransportError::TimedOut),
            outcome => outcome,
        }
    })
}

async fn fetch(
    request: &Request,
    controller: &AbortController,
) -> Result<Response, TransportError> {
    let mut builder = RequestBuilder::new(&request.url)
        .method(match request.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
            Method::Put => gloo_net::http::Method::PUT,
            Method::Delete => gloo_net::http::Method::DELETE,
        })
        .cache(RequestCache::NoStore)
        .redirect(RequestRedirect::Manual)
        .credentials(match request.cookies {
            Cookies::Omit => RequestCredentials::Omit,
            Cookies::SameOrigin => RequestCredentials::SameOrigin,
        })
        .abort_signal(Some(&controller.signal()));
    for (name, value) in &request.headers {
        builder = builder.header(name, value.expose());
    }
    let sent = match &request.body {
        Some(body) => builder.body(body.expose()),
        None => builder.build(),
    };
    let sent = sent.map_err(|_| TransportError::Network)?;
    let answer = sent.send().await.map_err(|_| TransportError::Network)?;
    if answer.type_() == ResponseType::Opaqueredirect {
        return Ok(Response {
            redirected: true,
            ..Response::default()
        });
    }
    let (status, sent) = (answer.status(), answer.headers());
    let mut headers = Vec::new();
    for name in crate::api::READ_HEADERS {
        headers.extend(sent.get(name).map(|value| (name, value)));
    }
    // As bytes, because a text of some megabytes would be copied through one of JavaScript's.
    let body = answer.binary().await;
    let body = body.map_err(|_| TransportError::Interrupted)?;
    Ok(Response {
        status,
        headers,
        body: decode(body),
        redirected: false,
    })
}

/// The text of an answer, without a byte order mark. What is no UTF-8 is read as Latin-1: only old pages of
/// proxies are.
fn decode(bytes: Vec<u8>) -> String {
    let mut text = String::from_utf8(bytes).unwrap_or_else(|error| {
        let bytes = error.as_bytes().iter();
        bytes.map(|byte| char::from(*byte)).collect()
    });
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    text
}

/// Aborts a request after its time limit, unless it is dropped before.
struct Timer {
    handle: i32,
    fired: Rc<Cell<bool>>,
    _callback: Closure<dyn FnMut()>,
}

impl Timer {
    fn start(controller: AbortController, ms: u32) -> Self {
        let fired = Rc::new(Cell::new(false));
        let flag = Rc::clone(&fired);
        let callback = Closure::<dyn FnMut()>::new(move || {
            flag.set(true);
            controller.abort();
        });
        let handle = window().set_timeout_with_callback_and_timeout_and_arguments_0(
            callback.as_ref().unchecked_ref(),
            i32::try_from(ms).unwrap_or(i32::MAX),
        );
        Self {
            handle: handle.unwrap_or_default(),
            fired,
            _callback: callback,
        }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        window().clear_timeout_with_handle(self.handle);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_a_text_whatever_they_are() {
        for (bytes, text) in [
            (&b"{\"a\":\"\xc3\xa9\"}"[..], "{\"a\":\"\u{e9}\"}"),
            (b"\xef\xbb\xbf{}", "{}"),
            (b"\xef\xbb\xbf", ""),
            (b"Nicht m\xf6glich", "Nicht m\u{f6}glich"),
            (b"", ""),
        ] {
            assert_eq!(decode(bytes.to_vec()), text);
        }
    }
}
