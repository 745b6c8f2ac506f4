//! Draws a whole form: where the secret goes, what was wrong, what the person holds, the fields.

use std::borrow::Cow;

use super::field::{field, unique_id};
use super::form_state::FormState;
use super::icon::{Icon, icon};
use super::phase::Phase;
use super::state::{Derived, State, effect, on_change};
use super::tag::{
    a, button, details, div, fieldset, form as html_form, h2, input, label, legend, li, p, span,
    summary, ul,
};
use super::view::{Anchor, Draw, View};
use crate::browser::{self, Give};
use crate::credential::{FieldKind, FieldSpec, FormSpec, Stored};
use crate::text;

crate::ui::held::hold!(Vec<(Option<&'static str>, String)>);

/// What a page puts into and around a form.
pub struct FormParts {
    /// Where the form stands.
    pub phase: State<Phase>,
    /// Stands above everything: a title, or where the secret goes.
    pub top: View,
    /// Stands before the button: what the person should know before sending.
    pub before: View,
    /// The words on the button.
    pub submit: Box<dyn Give<Cow<'static, str>>>,
    /// The button's `data-action`.
    pub action: Box<dyn Give<&'static str>>,
    /// Stands beside the button: the way out.
    pub beside: View,
    /// True while the button must wait, as after too many requests.
    pub waits: Box<dyn Give<bool>>,
    /// Called when the person submits; checking is up to the callee.
    pub on_submit: Box<dyn Give<()>>,
}

/// Draws `state` with `parts` around it.
pub fn credential_form(state: FormState, parts: FormParts) -> View {
    let FormParts {
        phase,
        top,
        before,
        submit,
        action,
        waits,
        beside,
        on_submit,
    } = parts;
    let id = State::new(unique_id());
    let busy = Derived::new(move || phase.read().is_busy());
    let fields = move || {
        let spec = state.spec.get();
        let draw = |f: &'static FieldSpec| field(state, spec, f, &id.get_untracked(), busy);
        let (aside, main): (Vec<_>, Vec<_>) = spec.fields.iter().partition(|f| f.aside);
        let main: Vec<View> = main.into_iter().map(draw).collect();
        let aside = (!aside.is_empty()).then(|| more_options(state, spec, &aside, draw));
        (main, aside)
    };
    html_form()
        .anchor(state.root)
        .attr("class", "cz-form")
        .attr("method", "post")
        .attr("novalidate", "")
        .attr("aria-busy", move || busy.get().then_some("true"))
        .attr(
            "data-service",
            state.specs.first().map(|spec| spec.service.name()),
        )
        .attr("data-auth", move || state.spec.get().id)
        .attr("data-phase", move || phase.read().name())
        .on("submit", move |event| {
            event.prevent_default();
            on_submit.give();
        })
        .child((
            (error_summary(state, id), top),
            state
                .paste
                .map(|paste| (paste.draw)(state, &id.get_untracked(), busy)),
            (state.specs.len() > 1).then(|| chooser(state, &id.get_untracked())),
            fields,
            div().attr("class", "cz-form__end").child((
                before,
                div().attr("class", "cz-actions").child((
                    button()
                        .attr("type", "submit")
                        .attr("class", "cz-button cz-button--primary")
                        .attr("data-action", move || action.give())
                        .attr("aria-disabled", move || {
                            (busy.get() || waits.give()).then_some("true")
                        })
                        .attr("aria-busy", move || busy.get().then_some("true"))
                        .child(move || submit.give()),
                    beside,
                )),
            )),
        ))
        .draw()
}

/// Everything that is wrong, at the top, with links to the fields. Takes the focus when it appears.
fn error_summary(state: FormState, id: State<String>) -> View {
    let root = Anchor::default();
    let lines = Derived::new(move || {
        let spec = state.spec.get();
        let fields = spec
            .fields
            .iter()
            .filter_map(|f| Some((Some(f.name), state.message(f)?)));
        let general = state.general.get().into_iter().map(|words| (None, words));
        general
            .chain(fields)
            .collect::<Vec<(Option<&'static str>, String)>>()
    });
    // The summary is filled in the same turn; it can take the focus in the next.
    on_change(state.reports, move || {
        browser::spawn(async move {
            browser::sleep(0).await;
            if let Some(root) = root.get() {
                browser::focus(&root);
            }
        });
    });
    let link = move |(name, words): (Option<&'static str>, String)| {
        let Some(name) = name else {
            return li().child(words).draw();
        };
        let href = id.with_untracked(|id| words!("#{}-{}", id, name));
        li().child(
            a().attr("href", href)
                .child(words)
                .on("click", move |event| {
                    event.prevent_default();
                    if let Some(root) = state.root.get() {
                        browser::focus_control(&root, name);
                    }
                }),
        )
        .draw()
    };
    div()
        .anchor(root)
        .attr("class", "cz-summary")
        .attr("data-tone", "bad")
        .attr("tabindex", "-1")
        .attr("hidden", move || lines.read().is_empty().then_some(""))
        .child(div().attr("role", "alert").child(move || {
            let lines = lines.get();
            (!lines.is_empty()).then(|| {
                (
                    h2().attr("class", "cz-summary__title")
                        .child((icon(Icon::BAD), text::SUMMARY_TITLE)),
                    ul().attr("class", "cz-summary__list")
                        .attr("role", "list")
                        .child(lines.into_iter().map(link).collect::<Vec<_>>()),
                )
            })
        }))
        .draw()
}

/// "What do you have?": the ways to authenticate, worded by what the person holds.
fn chooser(state: FormState, id: &str) -> View {
    let name = words!("{}-way", id);
    let card = |spec: &'static FormSpec| {
        let id = words!("{}-way-{}", id, spec.id);
        let hint = words!("{}-hint", id);
        div().attr("class", "cz-choice").child((
            input()
                .attr("class", "cz-choice__input")
                .attr("type", "radio")
                .attr("id", id.clone())
                .attr("name", name.clone())
                .attr("value", spec.id)
                .attr("aria-describedby", hint.clone())
                .prop("checked", move || state.spec.get().id == spec.id)
                .on("change", move |_| state.choose(spec)),
            label()
                .attr("class", "cz-choice__label")
                .attr("for", id)
                .child(spec.title),
            p().attr("class", "cz-choice__hint")
                .attr("id", hint)
                .child(move || text::fill(spec.hint, &state.source.read())),
        ))
    };
    fieldset()
        .attr("class", "cz-choices")
        .child((
            legend()
                .attr("class", "cz-choices__legend")
                .child(text::CHOOSER_LEGEND),
            p().attr("class", "cz-field__hint")
                .child(text::chooser_hint(state.specs.first().copied())),
            div().attr("class", "cz-choices__list").child(
                state
                    .specs
                    .iter()
                    .map(|spec| card(spec))
                    .collect::<Vec<_>>(),
            ),
        ))
        .draw()
}

/// The fields that most people leave as they are; the closed line shows what they are set to.
fn more_options(
    state: FormState,
    spec: &'static FormSpec,
    fields: &[&'static FieldSpec],
    draw: impl Fn(&'static FieldSpec) -> View,
) -> View {
    let shown: Vec<&'static FieldSpec> = fields.to_vec();
    let values = move || {
        let draft = state.draft.read();
        let label = |f: &&'static FieldSpec| match f.kind {
            FieldKind::Choice(choices) => {
                let entry = draft.get(spec, f);
                let choice = choices
                    .iter()
                    .find(|choice| choice.value == entry.text.expose());
                choice
                    .filter(|choice| !choice.value.is_empty())
                    .map(|choice| words!("{}: {}", f.label, choice.label))
            }
            _ => None,
        };
        let labels: Vec<String> = shown.iter().filter_map(label).collect();
        text::joined(labels.iter().map(String::as_str), ", ")
    };
    let names: Vec<&'static FieldSpec> = fields.to_vec();
    // What has to be seen is; it is the person who folds it up again.
    let open = State::new(false);
    effect(move || {
        let errors = state.errors.read();
        let draft = state.draft.read();
        let seen = names.iter().any(|field| {
            let stored = draft.get(spec, field).stored != Stored::Nothing;
            stored || errors.iter().any(|error| error.field == field.name)
        });
        if seen && !*open.peek() {
            open.set(true);
        }
    });
    details()
        .attr("class", "cz-details")
        .attr("open", move || open.get().then_some(""))
        .child((
            summary().attr("class", "cz-details__summary").child((
                text::MORE_OPTIONS,
                " ",
                span().attr("class", "cz-details__value").child(values),
            )),
            div()
                .attr("class", "cz-details__body")
                .child(fields.iter().map(|f| draw(f)).collect::<Vec<_>>()),
        ))
        .draw()
}
