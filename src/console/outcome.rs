//! What became of a try: the panels that take the form's place, and the notices inside it.

use std::borrow::Cow;

use leptos::prelude::*;

use super::attempt::Target;
use super::awaiting::awaiting;
use super::kept::Kept;
use super::parts::{source_path, way};
use super::record::{Record, facts_of};
use super::session::Session;
use super::source::{focus_soon, is_session_failure, is_token_failure};
use crate::api::storefront::{CredentialStatus, Registration, next_needed};
use crate::api::{AccessKind, ApiError};
use crate::route::Route;
use crate::text;
use crate::ui::state::{State, on_change};
use crate::ui::tag::{a, div, span};
use crate::ui::view::{Anchor, Draw, View};
use crate::ui::{Failure, Icon, Known, Phase, Tone, button, facts, notice, panel};

/// Every result takes the focus once: the heading of the panel or of the notice.
pub fn focus_results(kept: Kept, root: Anchor, selector: &'static str) {
    on_change(kept.results, move || focus_soon(root, selector));
}

/// True while the form waits for a new access token.
pub fn wants_token(phase: &Phase) -> bool {
    matches!(phase, Phase::Failed(failure) if is_token_failure(failure))
}

/// The notice inside the form after a try that did not end in a credential that we know of.
pub fn failure(session: Session, kept: Kept, target: State<Target>) -> View {
    let Phase::Failed(failure) = kept.phase.get() else {
        return View::default();
    };
    let failure = &*failure;
    if is_token_failure(failure) {
        return ().draw();
    }
    let message = |error: &ApiError| text::api_error(error, text::INTERCHANGE);
    let (tone, title, words, action) = match failure {
        _ if is_session_failure(failure) => {
            let words = text::and(text::SESSION_ENDED_TEXT, text::STILL_HERE);
            (Tone::Warn, text::SESSION_ENDED_TITLE.into(), words, None)
        }
        Failure::Refused(error) if matches!(**error, ApiError::NotFound) => {
            let way = way(
                session,
                Route::Storefront(target.with_untracked(|t| t.storefront)),
                "cz-button--small",
                text::BACK_TO_STOREFRONT,
            );
            let words = text::SOURCE_GONE_TEXT.to_owned();
            (Tone::Bad, text::SOURCE_GONE_TITLE.into(), words, Some(way))
        }
        Failure::Refused(error) => {
            let message = message(error);
            let limited = matches!(**error, ApiError::RateLimited { .. });
            let tone = if limited { Tone::Warn } else { Tone::Bad };
            let words = text::and(&message.detail, text::STILL_HERE);
            (tone, Cow::from(message.title), words, None)
        }
        Failure::NotListed(lost) => {
            let words = text::NOT_LISTED.to_owned();
            (Tone::Bad, message(lost).title.into(), words, None)
        }
        Failure::Unchecked(lost, why) => {
            let words = text::unchecked(&message(lost), &message(why));
            (Tone::Warn, text::UNCHECKED_TITLE.into(), words, None)
        }
        Failure::OtherCompany(company, lost) => {
            let gateway = session.access_kind() == AccessKind::Gateway;
            let other = (!gateway).then(|| {
                button(
                    "forget-token",
                    "cz-button--small",
                    text::USE_ANOTHER_TOKEN,
                    move || {
                        kept.may_go_on();
                        session.forget_token();
                    },
                )
            });
            let known = match lost {
                None => text::NOTHING_WAS_SENT,
                Some(_) => text::STILL_UNKNOWN,
            };
            let title = text::other_company_title(company.as_deref(), gateway);
            let words = text::and(known, text::LOOK_AGAIN);
            (Tone::Warn, title.into(), words, other)
        }
    };
    div()
        .attr("role", "alert")
        .child(notice(tone, &title, &words, action))
        .draw()
}

/// The panel after a registration that is stored.
pub fn panel_for(session: Session, kept: Kept, target: State<Target>) -> View {
    let root = Anchor::default();
    focus_results(kept, root, "h2");
    focus_soon(root, "h2");
    let view = move || match kept.phase.get() {
        Phase::Connected(registration, known) => {
            connected(session, kept, target, &registration, known)
        }
        Phase::AwaitingConsent(registration) => awaiting(session, kept, target, &registration),
        Phase::Editing | Phase::Submitting(_) | Phase::Failed(_) => ().draw(),
    };
    div()
        .anchor(root)
        .attr("class", "cz-stack")
        .attr("data-service", "storefront")
        .attr("data-phase", move || kept.phase.read().name())
        .child(view)
        .draw()
}

fn connected(
    session: Session,
    kept: Kept,
    target: State<Target>,
    registration: &Registration,
    known: Known,
) -> View {
    let target = target.get_untracked();
    let name = kept.name.get_untracked();
    let storefront = untrack(|| session.storefront_name(target.storefront));
    let marketplace = kept.tried.with_untracked(|tried| tried.marketplace);
    let record = Record::of_registration(registration, marketplace);
    let credential = registration.id.clone();
    let here = target.clone();
    let covers = move || {
        let rows = session.credentials.read();
        let row = rows
            .ready()
            .and_then(|rows| rows.iter().find(|row| row.id == credential));
        let others = row.and_then(|row| row.sources.clone()).unwrap_or_default();
        let others: Vec<String> = others
            .into_iter()
            .filter(|pair| {
                (pair.storefront_id, pair.source_id.as_str()) != (here.storefront, &here.source)
            })
            .map(|pair| pair.source_name.unwrap_or(pair.source_id))
            .collect();
        (!others.is_empty()).then(|| {
            facts(vec![(
                text::ALSO_COVERS,
                text::joined(others.iter().map(String::as_str), ", ").draw(),
            )])
        })
    };
    let mut first = vec![(text::SOURCE, text::source_at(&name, &storefront).draw())];
    let label = session.label();
    if !label.is_empty() {
        first.push((text::ENVIRONMENT, label.draw()));
    }
    let another = move || kept.leave_result(true);
    let around = session.program.around;
    let back = way(
        session,
        Route::Storefront(target.storefront),
        "",
        text::back_to(&storefront),
    );
    let shown = facts_of(&record, first);
    let (copy, said) = (around.copy)(session, &target, &name, vec![record]);
    let rest = (
        shown,
        covers,
        div().attr("class", "cz-actions").child((
            move || (around.next)(session, kept, &target),
            back,
            copy,
            button(
                "add-account",
                "cz-button--quiet",
                text::ADD_ACCOUNT,
                another,
            ),
        )),
        said,
    );
    let words = match known {
        Known::Answered => text::fill(text::CONNECTED_TEXT, &name),
        Known::Listed => text::fill(text::LISTED_TEXT, &name),
        Known::Consented => text::fill(text::CONSENTED_TEXT, &name),
    };
    let (tone, picture, title) = if registration.status == CredentialStatus::Active {
        (Tone::Ok, Icon::OK, text::CONNECTED_TITLE)
    } else {
        (Tone::Info, Icon::INFO, text::STORED_TITLE)
    };
    panel(tone, picture, title, &words, rest.draw())
}

/// The way to the next source of the storefront that needs credentials, which keeps what was chosen and
/// nothing that was typed.
pub fn next_button(session: Session, kept: Kept, target: &Target) -> Option<View> {
    let (id, rows) = (target.storefront, session.sources(target.storefront));
    let next = next_needed(&rows, &target.source)?;
    let (source, name) = (next.row.source_id.clone(), next.row.name.clone());
    let link = a()
        .attr("class", "cz-button cz-button--primary")
        .attr("data-action", "next-source")
        .attr("href", source_path(session, id, &source))
        .child((
            text::next_source(next.number, next.of),
            span()
                .attr("class", "cz-visually-hidden")
                .child([": ", &name].concat()),
        ))
        .on("click", move |_| {
            session.kept(id, &source).choose_like(kept);
        });
    Some(link.draw())
}
