//! Files that a person chooses or drops.

use js_sys::Reflect;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, File};

use super::page::listen;
use super::window;
use crate::credential::Secret;

/// The largest file that is read, in bytes. Keys are a few thousand bytes long.
const LIMIT: f64 = 65_536.0;

/// A file as it was chosen.
pub struct ChosenFile {
    /// Its name, without its folder.
    pub name: String,
    /// True when it is larger than 64 KiB; then it is not read.
    pub too_large: bool,
    file: File,
}

impl ChosenFile {
    /// What is in it, as text; nothing when the browser does not let us read it.
    pub async fn text(&self) -> Option<Secret> {
        let text = JsFuture::from(self.file.text()).await.ok()?;
        text.as_string().map(Secret::new)
    }
}

/// The first file of an event: chosen in a control of the type `file`, or dropped. The control is
/// emptied, so that the same file can be chosen again.
pub fn chosen_file(event: &Event) -> Option<ChosenFile> {
    let get = |from: &JsValue, name: &str| Reflect::get(from, &name.into()).ok();
    let dropped = get(event, "dataTransfer").filter(JsValue::is_object);
    let target = event.target()?;
    let holder = dropped.unwrap_or_else(|| target.clone().into());
    let file: File = get(&get(&holder, "files")?, "0")?.dyn_into().ok()?;
    let chosen = ChosenFile {
        name: file.name(),
        too_large: file.size() > LIMIT,
        file,
    };
    if event.type_() == "change" {
        let _ = Reflect::set(&target, &"value".into(), &"".into());
    }
    Some(chosen)
}

/// Keeps the browser from leaving the page for a file that was dropped beside its field.
pub fn ignore_stray_files() {
    for name in ["dragover", "drop"] {
        listen(&window(), name, |event| {
            // Text that is dragged into a field goes its usual way.
            if !event.default_prevented() && has_files(&event) {
                event.prevent_default();
            }
        });
    }
}

/// True for a drag that carries files; while it is under way, their names are not told yet.
pub fn has_files(event: &Event) -> bool {
    let types = Reflect::get(event, &"dataTransfer".into())
        .and_then(|data| Reflect::get(&data, &"types".into()));
    types.is_ok_and(|types| {
        js_sys::Array::from(&types)
            .iter()
            .any(|kind| kind == JsValue::from_str("Files"))
    })
}
