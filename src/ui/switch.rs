//! Draws a field that is on or off.

use super::form_state::{FormState, Offer};
use super::tag::{div, input, label, p};
use super::view::{Draw, View};
use crate::credential::{FieldSpec, FormSpec};
use crate::text;

/// On or off, where the page offers it.
pub fn switch(
    form: FormState,
    spec: &'static FormSpec,
    field: &'static FieldSpec,
    id: String,
) -> View {
    let view = move || {
        let offer = form.offer.get();
        (offer != Offer::No).then(|| {
            let hint = words!("{}-hint", id);
            let on = move || {
                form.draft
                    .with(|draft| !draft.get(spec, field).text.is_empty())
            };
            div().attr("class", "cz-switch").child((
                input()
                    .attr("class", "cz-switch__input")
                    .attr("type", "checkbox")
                    .attr("role", "switch")
                    .attr("id", id.clone())
                    .attr("name", field.name)
                    .attr("aria-describedby", hint.clone())
                    .prop("checked", on)
                    .on("change", move |_| {
                        let now = form
                            .draft
                            .with_untracked(|draft| !draft.get(spec, field).text.is_empty());
                        form.typed(
                            field,
                            if now {
                                String::new()
                            } else {
                                "true".to_owned()
                            },
                        );
                    }),
                label()
                    .attr("class", "cz-switch__label")
                    .attr("for", id.clone())
                    .child(text::fill(field.label, &form.source.read())),
                p().attr("class", "cz-switch__hint")
                    .attr("id", hint)
                    .child((
                        field.hint,
                        (offer == Offer::Unsure).then(|| [" ", text::ROLE_UNREAD].concat()),
                    )),
            ))
        })
    };
    view.draw()
}
