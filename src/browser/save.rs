//! Handing the person a file.

use js_sys::Array;
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlElement, Url};

use super::{create, sleep, spawn};

/// Lets the browser save `text` as a file called `name`, where it saves its downloads.
pub fn save_file(name: &str, kind: &str, text: &str) {
    let parts = Array::of1(&JsValue::from_str(text));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let Ok(blob) = Blob::new_with_str_sequence_and_options(&parts, &options) else {
        return;
    };
    let Ok(address) = Url::create_object_url_with_blob(&blob) else {
        return;
    };
    let link = create("a");
    let _ = link.set_attribute("href", &address);
    let _ = link.set_attribute("download", name);
    if let Some(link) = link.dyn_ref::<HtmlElement>() {
        link.click();
    }
    // The browser takes the content in its own time.
    spawn(async move {
        sleep(10_000).await;
        let _ = Url::revoke_object_url(&address);
    });
}
