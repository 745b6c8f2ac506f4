//! `/destinations/new`: the form for a credential configuration, and what came of it.

use std::borrow::Cow;

use leptos::prelude::on_cleanup;

use super::Destinations;
use super::access::{gate, on_asker};
use super::creating::{Made, Outcome, look_again, submit};
use super::standing::beside;
use crate::browser;
use crate::console::parts::{cancel, mono, page_head, still, time, way};
use crate::console::record::copy_button;
use crate::console::source::focus_soon;
use crate::route::Route;
use crate::text::{self, Message, destinations as words};
use crate::ui::state::on_change;
use crate::ui::tag::{div, h3, p};
use crate::ui::view::{Anchor, Draw, View};
use crate::ui::{
    FormParts, Icon, Phase, Step, Tone, button, credential_form, facts, notice, panel,
};

/// The page.
pub fn page(desk: Destinations) -> View {
    let root = Anchor::default();
    on_asker(desk, move || desk.arrive());
    on_change(desk.making.results, move || {
        focus_soon(root, "[data-result] [tabindex]");
    });
    // Whoever comes back wants to make another one.
    let outcome = desk.making.outcome;
    on_cleanup(move || {
        if matches!(&*outcome.peek(), Outcome::Made(_)) {
            outcome.set(Outcome::None);
        }
    });
    let back = (desk.session.path(&Route::Destinations), words::BACK);
    (
        page_head(Some(back), still(words::CREATE_TITLE), desk.sub(), None),
        gate(
            desk,
            Box::new(move || {
                let content = move || match desk.making.outcome.get() {
                    Outcome::Made(made) => result(desk, &made),
                    _ => form(desk),
                };
                div()
                    .attr("class", "cz-columns")
                    .child((
                        div().anchor(root).attr("class", "cz-stack").child(content),
                        beside(desk),
                    ))
                    .draw()
            }),
        ),
    )
        .draw()
}

fn form(desk: Destinations) -> View {
    let making = desk.making;
    let label = move || -> Cow<'static, str> {
        let waits = making.wait.get();
        match &*making.phase.read() {
            Phase::Submitting(Step::Sending) => words::CREATING.into(),
            Phase::Submitting(Step::Checking) => words::LOOKING.into(),
            _ if waits > 0 => text::retry_in(waits).into(),
            _ => words::CREATE.into(),
        }
    };
    let failed = move || {
        let (tone, message, more) = match making.outcome.get() {
            Outcome::Failed(message, looked) => {
                let more = if looked {
                    words::NOT_LISTED
                } else {
                    text::STILL_HERE
                };
                (Tone::Bad, message, (more, None))
            }
            Outcome::Unknown(why) => {
                let again = button(
                    "look-again",
                    "cz-button--small",
                    words::LOOK_AGAIN,
                    move || {
                        look_again(desk);
                    },
                );
                (Tone::Warn, why, (words::NOT_KNOWN_TEXT, Some(again)))
            }
            Outcome::None | Outcome::Made(_) => return View::default(),
        };
        let unknown = tone == Tone::Warn;
        let Message { title, detail } = &*message;
        let (title, detail) = if unknown {
            (words::NOT_KNOWN, text::and(title, detail))
        } else {
            (title.as_str(), detail.clone())
        };
        div()
            .attr("data-result", "")
            .attr("role", "alert")
            .child(div().attr("tabindex", "-1").child(notice(
                tone,
                title,
                &text::and(&detail, more.0),
                more.1,
            )))
            .draw()
    };
    credential_form(
        making.form,
        FormParts {
            phase: making.phase,
            top: p()
                .attr("class", "cz-muted")
                .child(words::CREATE_WHERE)
                .draw(),
            before: failed.draw(),
            submit: Box::new(label),
            action: Box::new(|| "create"),
            waits: Box::new(move || making.wait.get() > 0),
            beside: cancel(desk.session, Route::Destinations),
            on_submit: Box::new(move || submit(desk)),
        },
    )
}

fn result(desk: Destinations, made: &Made) -> View {
    let row = &made.row;
    let whose = desk.whose.get_untracked().unwrap_or_default();
    let kind = made.spec.title;
    let mut rows = vec![
        (text::NAME, words::named(&row.name).to_owned().draw()),
        (words::KIND, kind.draw()),
        (words::ORGANISATION, mono(whose.organisation.clone())),
        (words::SANDBOX, mono(whose.sandbox.clone())),
    ];
    if !row.id.is_empty() {
        rows.insert(0, (words::INSTANCE_ID, mono(row.id.clone())));
    }
    if !row.created.is_empty() {
        rows.push((words::CREATED, time(&row.created)));
    }
    let summary = text::summary(&[
        (text::SERVICE, words::NAME),
        (
            text::ENVIRONMENT,
            desk.service.label.as_deref().unwrap_or_default(),
        ),
        (words::ORGANISATION, &whose.organisation),
        (words::SANDBOX, &whose.sandbox),
        (text::NAME, &row.name),
        (words::KIND, kind),
        (words::INSTANCE_ID, &row.id),
        (words::CREATED, &row.created),
    ]);
    let (copy, said) = copy_button("copy", text::COPY_SUMMARY, move || summary.clone());
    let about = match (made.listed, row.id.is_empty()) {
        (_, true) => words::CREATED_WITHOUT_ID,
        (true, false) => words::CREATED_LISTED,
        (false, false) => words::CREATED_TEXT,
    };
    let linked = (!row.id.is_empty()).then(|| linked(&row.id));
    let open = if row.id.is_empty() {
        way(desk.session, Route::Destinations, "", words::BACK)
    } else {
        way(
            desk.session,
            Route::Destination(row.id.clone()),
            "",
            words::OPEN,
        )
    };
    let another = button("another", "", words::ANOTHER, move || {
        desk.making.forget();
        browser::focus_heading();
    });
    let rest = (
        facts(rows),
        linked,
        div()
            .attr("class", "cz-actions")
            .child((copy, open, another)),
        said,
    );
    div()
        .attr("data-result", "")
        .attr("data-service", "destinations")
        .child(panel(
            Tone::Ok,
            Icon::OK,
            words::CREATED_TITLE,
            about,
            rest.draw(),
        ))
        .draw()
}

/// The lines that link it, with a button that copies each.
pub fn linked(id: &str) -> View {
    let (for_id, for_lines) = (id.to_owned(), words::snippet(id));
    let lines = for_lines.clone();
    let (copy_id, id_said) = copy_button("copy-id", words::COPY_ID, move || for_id.clone());
    let (copy_lines, lines_said) =
        copy_button("copy-lines", words::COPY_SNIPPET, move || for_lines.clone());
    div()
        .attr("class", "cz-stack--tight")
        .child((
            h3().attr("class", "cz-field__label").child(words::SNIPPET),
            div().attr("class", "cz-lines cz-mono").child(lines),
            div()
                .attr("class", "cz-actions")
                .child((copy_id, copy_lines)),
            id_said,
            lines_said,
        ))
        .draw()
}
