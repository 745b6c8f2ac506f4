//! The form that replaces a credential configuration.

use std::borrow::Cow;

use super::Destinations;
use super::kept::Kept;
use super::saving::save;
use crate::text::{self, destinations as words};
use crate::ui::tag::{div, h2, p};
use crate::ui::view::{Draw, View};
use crate::ui::{FormParts, Tone, button, credential_form, notice};

/// The form; a word about it where there is none; nothing while nothing is known.
pub fn form(desk: Destinations, kept: Kept) -> View {
    let record = kept.record.peek();
    let Some(record) = record.ready() else {
        return View::default();
    };
    let Some(spec) = record.spec else {
        return notice(
            Tone::Info,
            words::STRANGE_KIND,
            words::STRANGE_KIND_TEXT,
            None,
        );
    };
    let label = move || -> Cow<'static, str> {
        if kept.phase.read().is_busy() {
            kept.doing.get().into()
        } else if kept.wait.get() > 0 {
            text::retry_in(kept.wait.get()).into()
        } else {
            words::SAVE.into()
        }
    };
    let strange = move || {
        let record = kept.record.read();
        let names = record.ready().map(|one| words::strange(&one.strange));
        let names = names.filter(|names| !names.is_empty())?;
        Some(notice(Tone::Warn, words::STRANGE_NAMES, &names, None))
    };
    let top = div().child((
        h2().attr("class", "cz-form__title").child(words::UPDATE),
        p().child(words::UPDATE_TEXT),
    ));
    let undo = move || {
        let typed = kept.form.draft.read().has_typed_text();
        typed.then(|| {
            button("cancel", "cz-button--quiet", text::CANCEL, move || {
                super::saving::take_newer(kept);
            })
        })
    };
    credential_form(
        kept.form_of(spec),
        FormParts {
            phase: kept.phase,
            top: top.draw(),
            before: strange.draw(),
            submit: Box::new(label),
            action: Box::new(|| "save"),
            waits: Box::new(move || kept.wait.get() > 0),
            beside: undo.draw(),
            on_submit: Box::new(move || save(desk, kept, false)),
        },
    )
}
