//! Draws one field: label, hint, control, error, note, warning, tied together for everyone.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::form_state::FormState;
use super::icon::{Icon, icon};
use super::notice::button as action;
use super::remark::Remarks;
use super::state::{Derived, State};
use super::switch::switch;
use super::tag::{button, div, fieldset, input, label, legend, p, span, textarea};
use super::view::{Draw, El, View};
use crate::browser;
use crate::credential::number::digits;
use crate::credential::{Choice, FieldKind, FieldSpec, FormSpec, Problem, Rule, Stored};
use crate::text;

crate::ui::held::hold!((String, String, String, String));

/// A prefix for ids that no other form on the page has.
pub fn unique_id() -> String {
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    words!("cz{}", digits(NEXT.fetch_add(1, Ordering::Relaxed)))
}

/// One field of the chosen way. The match is exhaustive: a new kind must be drawn to compile.
pub fn field(
    form: FormState,
    spec: &'static FormSpec,
    field: &'static FieldSpec,
    id: &str,
    busy: Derived<bool>,
) -> View {
    let id = words!("{}-{}", id, field.name);
    match field.kind {
        FieldKind::Text | FieldKind::Prefixed(_) => line(form, spec, field, id, busy, None),
        FieldKind::Token | FieldKind::Password | FieldKind::PrivateKey(_) | FieldKind::Lines(_) => {
            let shown = move || form.revealed.get() == Some(field.name);
            line(form, spec, field, id, busy, Some(Derived::new(shown)))
        }
        FieldKind::Choice(choices) => choice(form, spec, field, choices, id),
        FieldKind::Switch => switch(form, spec, field, id),
    }
}

/// A line of text, or several for a private key; `reveal` is there for a secret, and true while its
/// text is shown.
fn line(
    form: FormState,
    spec: &'static FormSpec,
    field: &'static FieldSpec,
    id: String,
    busy: Derived<bool>,
    reveal: Option<Derived<bool>>,
) -> View {
    let message = Derived::new(move || form.message(field));
    let has_hint = !field.hint.is_empty();
    let ids = State::new((
        words!("{}-hint", id),
        words!("{}-error", id),
        words!("{}-note", id),
        words!("{}-stored", id),
    ));
    let remarks = Remarks::new(form, spec, field);
    let stored = remarks.stored();
    let described = move || {
        ids.with_untracked(|(hint, error, note, held)| {
            let mut all = String::new();
            for (there, id) in [
                (has_hint, hint),
                (message.read().is_some(), error),
                (stored.get() != Stored::Nothing, held),
                (!remarks.is_empty(), note),
            ] {
                if there {
                    all.push_str(if all.is_empty() { "" } else { " " });
                    all.push_str(id);
                }
            }
            (!all.is_empty()).then_some(all)
        })
    };
    let secret = field.kind.is_secret();
    let hides = move || matches!(reveal, Some(shown) if !shown.get());
    let several = field.kind.has_lines();
    let control = if several {
        // A control of several lines has no type that masks; the style sheet does it.
        textarea()
            .attr(
                "class",
                move || if hides() { KEY_CLASS } else { KEY_SHOWN_CLASS },
            )
            .attr("rows", "5")
            .attr("wrap", "off")
    } else {
        input()
            .attr("class", if secret { SECRET_CLASS } else { "cz-input" })
            .attr("type", move || if hides() { "password" } else { "text" })
    };
    let control = control
        .attr("id", id.clone())
        .attr("name", field.name)
        .attr("autocomplete", field.autocomplete)
        .attr("autocapitalize", "off")
        .attr("autocorrect", "off")
        .attr("spellcheck", "false")
        .attr(
            "aria-required",
            field.rules.contains(&Rule::Required).then_some("true"),
        )
        .attr("aria-invalid", move || {
            message.read().is_some().then_some("true")
        })
        .attr("aria-describedby", described)
        .attr("readonly", move || {
            (busy.get() || stored.get() == Stored::Removed).then_some("")
        })
        .attr("data-private", secret.then_some(""))
        .attr("data-dd-privacy", secret.then_some("mask"))
        .attr("data-sentry-mask", secret.then_some(""))
        .prop("value", move || {
            form.draft
                .with(|draft| draft.get(spec, field).text.expose().to_owned())
        })
        .on("input", move |event| {
            form.typed(field, browser::typed_value(&event));
        })
        .on("change", move |_| {
            // What is said about a cleaned value moves what stands below it. A click that made the
            // field lose the focus must find its button where it was.
            browser::spawn(async move {
                browser::sleep(AFTER_CLICK).await;
                form.left(field);
            });
        });
    let file = several.then(|| file_row(form, field, &id));
    let place = div().attr("class", "cz-field");
    let place = if several {
        takes_files(place, form, field)
    } else {
        place
    };
    place
        .child((
            label()
                .attr("class", "cz-field__label")
                .attr("for", id)
                .child(move || text::fill(field.label, &form.source.read())),
            has_hint.then(|| {
                p().attr("class", "cz-field__hint")
                    .attr("id", ids.with_untracked(|ids| ids.0.clone()))
                    .child(move || text::fill(field.hint, &form.source.read()))
            }),
            (
                move || {
                    message.get().map(|words| {
                        error(form, field, words, ids.with_untracked(|ids| ids.1.clone()))
                    })
                },
                secret.then(|| {
                    (form.stored_line)(
                        remarks,
                        stored,
                        State::new(ids.with_untracked(|ids| ids.3.clone())),
                    )
                }),
            ),
            div().attr("class", "cz-field__control").child((
                control,
                reveal.map(|shown| reveal_button(form, field, shown)),
            )),
            file,
            div()
                .attr("id", ids.with_untracked(|ids| ids.2.clone()))
                .child(remarks.view()),
        ))
        .draw()
}

/// How long a click takes from press to release, at most, in milliseconds.
const AFTER_CLICK: i32 = 300;

/// The same for a private key, which is masked by the style sheet.
const KEY_CLASS: &str = "cz-input cz-input--secret cz-input--masked ph-no-capture fs-exclude";
/// The same while it is shown.
const KEY_SHOWN_CLASS: &str = "cz-input cz-input--secret ph-no-capture fs-exclude";

/// The names by which session recorders and analytics know what to leave out, besides the
/// `data-` attributes.
const SECRET_CLASS: &str = "cz-input cz-input--secret ph-no-capture fs-exclude";

fn reveal_button(form: FormState, field: &'static FieldSpec, shown: Derived<bool>) -> View {
    button()
        .attr("type", "button")
        .attr("class", "cz-input__reveal")
        .attr("data-action", "reveal")
        .attr("aria-label", move || {
            text::reveal(shown.get(), &text::fill(field.label, &form.source.read()))
        })
        .on("click", move |_| {
            let hide = *form.revealed.peek() == Some(field.name);
            form.revealed.set((!hide).then_some(field.name));
        })
        .child(move || text::reveal_short(shown.get()))
        .draw()
}

/// The message of a field. Unusual characters in a token come with the choice that they need.
fn error(form: FormState, field: &'static FieldSpec, words: String, id: String) -> View {
    let hidden = || {
        span()
            .attr("class", "cz-visually-hidden")
            .child(text::ERROR_PREFIX)
    };
    let suspicious = form.errors.with_untracked(|errors| {
        errors
            .iter()
            .any(|e| e.field == field.name && matches!(e.problem, Problem::Suspicious(_)))
    });
    let line = p()
        .attr("class", "cz-field__error")
        .attr("id", id)
        .child((icon(Icon::BAD), span().child((hidden(), words))));
    if !suspicious {
        return line.draw();
    }
    let decide = move |drop| {
        move || {
            form.decide(field, drop);
            if let Some(root) = form.root.get() {
                browser::focus_control(&root, field.name);
            }
        }
    };
    (
        line,
        div().attr("class", "cz-actions cz-actions--tight").child((
            action(
                "remove-characters",
                "cz-button--small",
                text::REMOVE_CHARACTERS,
                decide(true),
            ),
            action(
                "keep-characters",
                "cz-button--small",
                text::KEEP_CHARACTERS,
                decide(false),
            ),
        )),
    )
        .draw()
}

/// A field that takes a file which is dropped on it.
fn takes_files(place: El, form: FormState, field: &'static FieldSpec) -> El {
    place
        .on("dragover", |event| {
            if browser::has_files(&event) {
                event.prevent_default();
            }
        })
        .on("drop", move |event| {
            if browser::has_files(&event) {
                event.prevent_default();
                form.take_file(field, browser::chosen_file(&event));
            }
        })
}

/// Chooses a file by button; its name is shown, never what is in it.
fn file_row(form: FormState, field: &'static FieldSpec, id: &str) -> View {
    let id = words!("{}-file", id);
    let name = move || {
        let files = form.files.read();
        let of = files.iter().find(|(name, _)| *name == field.name);
        of.map(|(_, file)| text::from_file(file))
    };
    div()
        .attr("class", "cz-file")
        .child((
            input()
                .attr("class", "cz-file__input cz-visually-hidden")
                .attr("id", id.clone())
                .attr("type", "file")
                .attr("accept", ".pem,.key,.p8,.pk8,.txt")
                .on("change", move |event| {
                    form.take_file(field, browser::chosen_file(&event));
                }),
            label()
                .attr("class", "cz-button cz-button--small")
                .attr("for", id)
                .child(text::CHOOSE_FILE),
            span()
                .attr("class", "cz-file__name")
                .attr("role", "status")
                .child(name),
        ))
        .draw()
}

/// One of a few values.
fn choice(
    form: FormState,
    spec: &'static FormSpec,
    field: &'static FieldSpec,
    choices: &'static [Choice],
    id: String,
) -> View {
    let option = |choice: &'static Choice| {
        let id = words!("{}-{}", id, choice.value);
        let chosen = move || {
            form.draft
                .with(|draft| draft.get(spec, field).text.expose() == choice.value)
        };
        div().attr("class", "cz-radio").child((
            input()
                .attr("class", "cz-radio__input")
                .attr("type", "radio")
                .attr("id", id.clone())
                .attr("name", field.name)
                .attr("value", choice.value)
                .prop("checked", chosen)
                .on("change", move |_| {
                    form.typed(field, choice.value.to_owned());
                }),
            label()
                .attr("class", "cz-radio__label")
                .attr("for", id)
                .child(choice.label),
        ))
    };
    fieldset()
        .attr("class", "cz-field")
        .child((
            legend().attr("class", "cz-field__label").child(field.label),
            p().attr("class", "cz-field__hint")
                .child(move || text::fill(field.hint, &form.source.read())),
            choices.iter().map(option).collect::<Vec<_>>(),
        ))
        .draw()
}
