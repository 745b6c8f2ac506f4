//! `/destinations/:instanceId`: what is saved of one credential configuration, the form that replaces it, and the way to
//! delete it.

use super::Destinations;
use super::access::{gate, on_asker};
use super::kept::{Kept, Next};
use super::new::linked;
use super::saving::{delete, save, take_newer};
use super::standing::beside;
use super::update::form;
use crate::api::ApiError;
use crate::api::destinations::Record;
use crate::browser;
use crate::console::parts::{
    empty, load_error_with, mono, page_head, part, skeleton_rows, time, way,
};
use crate::console::record::copy_button;
use crate::console::remote::Remote;
use crate::console::source::focus_soon;
use crate::route::Route;
use crate::text::{self, destinations as words};
use crate::ui::state::{Derived, on_change};
use crate::ui::tag::{details, div, p, summary};
use crate::ui::view::{Anchor, Draw, View};
use crate::ui::{Icon, Tone, button, facts, notice, panel};

/// The page.
pub fn page(desk: Destinations, id: &str) -> View {
    let kept = desk.kept(id);
    let root = Anchor::default();
    on_asker(desk, move || {
        desk.tried.take();
        if !*kept.deleted.peek() {
            kept.load(desk);
        }
    });
    on_change(kept.results, move || {
        focus_soon(root, "[data-result] [tabindex]");
    });
    let title = Derived::new(move || match kept.record.read().ready() {
        Some(record) => words::named(&record.row.name).to_owned(),
        None => kept.id.clone(),
    });
    let back = (desk.session.path(&Route::Destinations), words::BACK);
    let gone = Derived::new(move || kept.deleted.get());
    (
        page_head(Some(back), title, desk.sub(), None),
        gate(
            desk,
            Box::new(move || {
                let content = move || {
                    if gone.get() {
                        deleted(desk, kept)
                    } else {
                        content(desk, kept)
                    }
                };
                div()
                    .attr("class", "cz-columns")
                    .child((
                        div()
                            .anchor(root)
                            .attr("class", "cz-stack")
                            .attr("data-service", "destinations")
                            .child(content),
                        beside(desk),
                    ))
                    .draw()
            }),
        ),
    )
        .draw()
}

fn content(desk: Destinations, kept: Kept) -> View {
    // Empty for a type that is not known here; nothing while nothing was read.
    let known = Derived::new(move || {
        let record = kept.record.read();
        let record = record.ready()?;
        Some(record.spec.map_or("", |spec| spec.id))
    });
    (
        part(
            words::SAVED,
            ().draw(),
            div()
                .attr("class", "cz-stack--tight")
                .child(move || saved(desk, kept))
                .draw(),
        ),
        div()
            .attr("data-result", "")
            .attr("role", "status")
            .child(move || told(desk, kept)),
        move || {
            known.read();
            form(desk, kept)
        },
    )
        .draw()
}

fn saved(desk: Destinations, kept: Kept) -> View {
    match &*kept.record.read() {
        Remote::Unasked | Remote::Loading => (
            p().attr("class", "cz-visually-hidden")
                .attr("role", "status")
                .child(words::READING),
            skeleton_rows("cz-row cz-row--destination"),
        )
            .draw(),
        Remote::Failed(error) if matches!(**error, ApiError::NotFound) => {
            let back = way(desk.session, Route::Destinations, "", words::BACK);
            empty(words::GONE, "", Some(back))
        }
        Remote::Failed(error) => load_error_with(words::failed_of(error), move || kept.load(desk)),
        Remote::Ready(record) => (in_words(record), actions(desk, kept, record)).draw(),
    }
}

fn in_words(record: &Record) -> View {
    let row = &record.row;
    let mut rows = vec![
        (words::INSTANCE_ID, mono(row.id.clone())),
        (words::KIND, words::kind(record.spec, &row.kind).draw()),
    ];
    for (field, value) in &record.shown {
        rows.push((field.label, mono(value.clone())));
    }
    for field in &record.stored {
        rows.push((field.label, words::STORED.draw()));
    }
    for (label, at) in [
        (words::CREATED, &row.created),
        (words::MODIFIED, &row.modified),
    ] {
        let value = if at.is_empty() {
            words::NOT_TOLD.draw()
        } else {
            time(at)
        };
        rows.push((label, value));
    }
    facts(rows)
}

fn actions(desk: Destinations, kept: Kept, record: &Record) -> View {
    let name = record.row.name.clone();
    let ask = button(
        "delete",
        "cz-button--small cz-button--danger",
        words::DELETE,
        move || {
            kept.asked.set(true);
        },
    );
    (
        details().attr("class", "cz-details").child((
            summary()
                .attr("class", "cz-details__summary")
                .child(words::SNIPPET),
            div()
                .attr("class", "cz-details__body")
                .child(linked(&record.row.id)),
        )),
        div().attr("class", "cz-actions").child(ask),
        move || question(desk, kept, &name),
    )
        .draw()
}

/// Asks before it is deleted.
fn question(desk: Destinations, kept: Kept, name: &str) -> View {
    if !kept.asked.get() {
        return View::default();
    }
    let whose = desk.whose.get_untracked().unwrap_or_default();
    let choice = (
        button(
            "confirm",
            "cz-button--small cz-button--danger",
            words::DELETE_NOW,
            move || {
                delete(desk, kept);
                browser::focus_heading();
            },
        ),
        button("go-back", "cz-button--small", words::KEEP, move || {
            kept.asked.set(false);
            browser::focus_heading();
        }),
    );
    let place = words::whose(&whose.organisation, &whose.sandbox);
    let text = text::and(&place, words::DELETE_TEXT);
    div()
        .attr("role", "alert")
        .child(notice(
            Tone::Warn,
            &words::asks_delete(name),
            &text,
            Some(choice.draw()),
        ))
        .draw()
}

/// What came of the last try.
fn told(desk: Destinations, kept: Kept) -> View {
    let Some(told) = kept.told.get() else {
        return View::default();
    };
    let small = "cz-button--small";
    let mut line = None;
    let next = match told.next {
        Next::Nothing => None,
        Next::Choose => Some(
            (
                button("take-newer", small, words::TAKE_NEWER, move || {
                    take_newer(kept);
                }),
                button("save-anyway", small, words::SAVE_ANYWAY, move || {
                    save(desk, kept, true);
                }),
            )
                .draw(),
        ),
        Next::Read => Some(button("retry", small, text::TRY_AGAIN, move || {
            kept.told.set(None);
            kept.load(desk);
            browser::focus_heading();
        })),
        Next::Summary => {
            let summary = summary_of(desk, kept);
            let (copy, said) = copy_button("copy", text::COPY_SUMMARY, move || summary.clone());
            line = Some(said);
            Some(copy)
        }
    };
    let message = &told.message;
    div()
        .attr("tabindex", "-1")
        .child((
            notice(told.tone, &message.title, &message.detail, next),
            line,
        ))
        .draw()
}

/// Everything that a colleague may want to know of it, as lines of text. No secret is known here.
fn summary_of(desk: Destinations, kept: Kept) -> String {
    let whose = desk.whose.get_untracked().unwrap_or_default();
    let record = kept.record.peek();
    let record = record.ready();
    let row = record.map(|record| record.row.clone()).unwrap_or_default();
    let kind = record.map_or_else(String::new, |one| words::kind(one.spec, &row.kind));
    let moved = kept.moved.get_untracked();
    text::summary(&[
        (text::SERVICE, words::NAME),
        (
            text::ENVIRONMENT,
            desk.service.label.as_deref().unwrap_or_default(),
        ),
        (words::ORGANISATION, &whose.organisation),
        (words::SANDBOX, &whose.sandbox),
        (text::NAME, &row.name),
        (words::KIND, &kind),
        (words::INSTANCE_ID, &kept.id),
        (words::BEFORE, &moved.0),
        (words::AFTER, &moved.1),
    ])
}

/// It was deleted here.
fn deleted(desk: Destinations, kept: Kept) -> View {
    let record = kept.record.peek();
    let name = record
        .ready()
        .map(|one| one.row.name.clone())
        .unwrap_or_default();
    let whose = desk.whose.get_untracked().unwrap_or_default();
    let summary = [words::DELETED, "\n", &summary_of(desk, kept)].concat();
    let (copy, said) = copy_button("copy", text::COPY_SUMMARY, move || summary.clone());
    let rest = (
        facts(vec![
            (text::NAME, words::named(&name).to_owned().draw()),
            (words::INSTANCE_ID, mono(kept.id.clone())),
            (words::ORGANISATION, mono(whose.organisation)),
            (words::SANDBOX, mono(whose.sandbox)),
        ]),
        div().attr("class", "cz-actions").child((
            way(desk.session, Route::Destinations, "", words::BACK),
            copy,
        )),
        said,
    );
    div()
        .attr("data-result", "")
        .child(panel(Tone::Ok, Icon::OK, words::DELETED, "", rest.draw()))
        .draw()
}
