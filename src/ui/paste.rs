//! Fills a form from what the person has: a body, a command, a file. It is read here and nowhere else, and nothing of it
//! is shown again but the names of fields.

use super::form_state::FormState;
use super::notice::{Tone, button, notice};
use super::state::{Derived, State};
use super::tag::{details, div, input, label, p, summary, textarea};
use super::view::{Anchor, Draw, View};
use crate::browser::{self, ChosenFile};
use crate::credential::{FieldSpec, FormSpec, Secret};
use crate::paste::{self, Kind, Unread};
use crate::text;

crate::ui::held::hold!(Secret);

/// What came of reading something.
#[derive(Clone, Debug)]
pub enum Pasted {
    /// Fields were filled.
    Filled {
        /// From what.
        kind: Kind,
        /// Which.
        fields: Vec<&'static FieldSpec>,
        /// Names in it that fit no field.
        unused: Vec<String>,
        /// What stood in them before.
        before: Vec<Secret>,
        /// The rows before and after.
        rows: [&'static FormSpec; 2],
    },
    /// That was taken back.
    Undone,
    /// It was read, and nothing in it fits a field of this form.
    Nothing(Kind),
    /// It could not be read.
    Unread(Unread),
    /// A file that could not be read at all.
    File(&'static str),
}

/// How a form is filled from a text in one piece. A program that has none carries no reader.
#[derive(Debug)]
pub struct Paste {
    /// Draws the control.
    pub draw: fn(FormState, &str, Derived<bool>) -> View,
    /// Takes a text apart.
    reads: fn(&str) -> Result<paste::Pasted, Unread>,
}

/// What every service's forms read.
pub static COMMON: Paste = Paste {
    draw: paste_box,
    reads: paste::read_common,
};

/// The same with what only lists of credentials have a place for: files of AWS, connection strings.
pub static EVERY: Paste = Paste {
    draw: paste_box,
    reads: paste::read,
};

impl FormState {
    /// Reads a text and fills what it can.
    pub fn fill_from(&self, text: &Secret) {
        let Some(paste) = self.paste else {
            return;
        };
        let told = match (paste.reads)(text.expose()) {
            Err(why) => Pasted::Unread(why),
            Ok(read) => self.take(read),
        };
        self.pasted.set(Some(told));
    }

    fn take(&self, read: paste::Pasted) -> Pasted {
        let spec = self.spec.get_untracked();
        let kind = read.kind;
        let Some(filling) = paste::fill(self.specs, spec, read) else {
            return Pasted::Nothing(kind);
        };
        let rows = [spec, filling.spec];
        if filling.spec.id != spec.id {
            self.choose(filling.spec);
        }
        // What is shown is the secret that stood there.
        self.revealed.set(None);
        let (mut fields, mut before) = (Vec::new(), Vec::new());
        for (field, value) in filling.fields {
            let entry = self
                .draft
                .with_untracked(|draft| draft.get(filling.spec, field));
            before.push(entry.text);
            self.typed(field, value.expose().to_owned());
            self.left(field);
            fields.push(field);
        }
        Pasted::Filled {
            kind,
            fields,
            unused: filling.unused,
            before,
            rows,
        }
    }

    /// Puts back what stood in the fields that were filled.
    fn unfill(&self) {
        if let Some(Pasted::Filled {
            fields,
            before,
            rows: [row, filled],
            ..
        }) = &*self.pasted.peek()
        {
            for (field, text) in fields.iter().zip(before) {
                self.draft
                    .update(|draft| draft.set(filled, field, text.clone()));
            }
            if self.spec.peek().id == filled.id {
                self.spec.set(row);
            }
            self.notes.set(Vec::new());
            self.files.set(Vec::new());
            self.quiet();
        }
        self.pasted.set(Some(Pasted::Undone));
    }

    /// The same with a file.
    fn fill_from_file(self, file: Option<ChosenFile>, busy: Derived<bool>) {
        let Some(file) = file.filter(|_| !is_busy(busy)) else {
            return;
        };
        browser::spawn(async move {
            let text = if file.too_large {
                Err(text::PASTE_FILE_TOO_LARGE)
            } else {
                file.text().await.ok_or(text::FILE_UNREAD)
            };
            // The form may be gone by then.
            if self.spec.try_peek().is_none() || is_busy(busy) {
                return;
            }
            match text {
                Ok(text) => self.fill_from(&text),
                Err(words) => self.pasted.set(Some(Pasted::File(words))),
            }
        });
    }
}

/// The control, folded until somebody wants it.
pub fn paste_box(form: FormState, id: &str, busy: Derived<bool>) -> View {
    let text = State::new(Secret::default());
    let (id, file) = (words!("{}-paste", id), words!("{}-paste-file", id));
    let hint = words!("{}-hint", id);
    let take = move || {
        let typed = text.get_untracked();
        text.set(Secret::default());
        if !is_busy(busy) {
            form.fill_from(&typed);
        }
    };
    let area = Anchor::default();
    let control = textarea()
        .anchor(area)
        .attr(
            "class",
            "cz-input cz-input--secret cz-input--masked ph-no-capture fs-exclude",
        )
        .attr("id", id.clone())
        .attr("rows", "3")
        .attr("autocomplete", "off")
        .attr("autocapitalize", "off")
        .attr("autocorrect", "off")
        .attr("spellcheck", "false")
        .attr("aria-describedby", hint.clone())
        .attr("data-private", "")
        .attr("data-dd-privacy", "mask")
        .attr("data-sentry-mask", "")
        .prop("value", move || text.read().expose().to_owned())
        .on("input", move |event| {
            text.set(Secret::new(browser::typed_value(&event)));
            // What comes in one piece is whole.
            if browser::is_paste(&event) {
                take();
            }
        });
    let opened = State::new(false);
    details()
        .attr("class", "cz-details cz-paste")
        .attr("open", move || opened.get().then_some(""))
        .on("dragover", |event| {
            if browser::has_files(&event) {
                event.prevent_default();
            }
        })
        .on("drop", move |event| {
            if browser::has_files(&event) {
                event.prevent_default();
                // What comes of it stands inside.
                browser::spawn(async move {
                    // It may have been folded up by hand, which nobody is told of.
                    opened.set(false);
                    browser::sleep(0).await;
                    opened.set(true);
                });
                form.fill_from_file(browser::chosen_file(&event), busy);
            }
        })
        .child((
            summary()
                .attr("class", "cz-details__summary")
                .child(text::PASTE_TITLE),
            div().attr("class", "cz-details__body").child((
                div().attr("class", "cz-field").child((
                    label()
                        .attr("class", "cz-field__label")
                        .attr("for", id)
                        .child(text::PASTE_LABEL),
                    p().attr("class", "cz-field__hint")
                        .attr("id", hint)
                        .child(text::PASTE_HINT),
                    div().attr("class", "cz-field__control").child(control),
                    div().attr("class", "cz-file").child((
                        button("fill", "cz-button--small", text::PASTE_FILL, take),
                        input()
                            .attr("class", "cz-file__input cz-visually-hidden")
                            .attr("id", file.clone())
                            .attr("type", "file")
                            .on("change", move |event| {
                                form.fill_from_file(browser::chosen_file(&event), busy);
                            }),
                        label()
                            .attr("class", "cz-button cz-button--small")
                            .attr("for", file)
                            .child(text::PASTE_FILE),
                    )),
                )),
                div()
                    .attr("role", "status")
                    .child(move || told(form, busy, area)),
            )),
        ))
        .draw()
}

/// What came of it.
fn told(form: FormState, busy: Derived<bool>, area: Anchor) -> View {
    let Some(told) = form.pasted.get() else {
        return View::default();
    };
    match told {
        Pasted::Filled {
            kind,
            fields,
            unused,
            ..
        } => {
            let source = form.source.read();
            let labels: Vec<String> = fields
                .iter()
                .map(|field| text::fill(field.label, &source))
                .collect();
            let undo = button("unfill", "cz-button--small", text::PASTE_UNDO, move || {
                if is_busy(busy) {
                    return;
                }
                form.unfill();
                if let Some(area) = area.get() {
                    browser::focus(&area);
                }
            });
            let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
            let filled = text::paste_filled(kind, &labels);
            notice(Tone::Ok, &filled, &not_used(&unused), Some(undo))
        }
        Pasted::Nothing(kind) => notice(
            Tone::Warn,
            &text::paste_fits_nothing(kind),
            text::PASTE_FITS_NOTHING,
            None,
        ),
        Pasted::Undone => p().child(text::PASTE_UNDONE).draw(),
        Pasted::Unread(why) => notice(
            Tone::Warn,
            text::PASTE_UNREAD,
            text::paste_unread(why),
            None,
        ),
        Pasted::File(words) => notice(Tone::Warn, text::PASTE_UNREAD, words, None),
    }
}

/// The names that fit no field.
fn not_used(names: &[String]) -> String {
    if names.is_empty() {
        String::new()
    } else {
        text::paste_unused(names)
    }
}

/// What is being sent must not change.
fn is_busy(busy: Derived<bool>) -> bool {
    leptos::prelude::untrack(|| busy.get())
}
