//! What became of a try: the panels that take the form's place, and the notices inside it.

use leptos::prelude::*;

use super::attempt::{self, Target};
use super::kept::Kept;
use super::parts::{link_button, mono, status_pill, time};
use super::session::Session;
use super::source::{focus_soon, is_session_failure, is_token_failure};
use crate::api::storefront::{CredentialStatus, Registration, SourceStatus};
use crate::api::{AccessKind, ApiError, may_open, origin_of};
use crate::browser;
use crate::route::Route;
use crate::text;
use crate::ui::state::{State, on_change};
use crate::ui::tag::{a, div, p, span};
use crate::ui::view::{Anchor, Draw, View};
use crate::ui::{Failure, Icon, Known, Phase, Tone, button, facts, icon, notice, panel};

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
    let (tone, title, words, action) = match failure {
        _ if is_session_failure(failure) => {
            let (title, words) = (text::SESSION_ENDED_TITLE, text::SESSION_ENDED_TEXT);
            (
                Tone::Warn,
                title.to_owned(),
                text::and(words, text::STILL_HERE),
                None,
            )
        }
        Failure::Refused(error) if matches!(**error, ApiError::NotFound) => {
            let way = link_button(
                "cz-button--small",
                session.path(&Route::Storefront(target.with_untracked(|t| t.storefront))),
                text::BACK_TO_STOREFRONT,
            );
            let (title, words) = (text::SOURCE_GONE_TITLE, text::SOURCE_GONE_TEXT);
            (Tone::Bad, title.to_owned(), words.to_owned(), Some(way))
        }
        Failure::Refused(error) => {
            let message = text::api_error(error, text::INTERCHANGE);
            let limited = matches!(**error, ApiError::RateLimited { .. });
            let tone = if limited { Tone::Warn } else { Tone::Bad };
            (
                tone,
                message.title,
                text::and(&message.detail, text::STILL_HERE),
                None,
            )
        }
        Failure::NotListed(lost) => {
            let message = text::api_error(lost, text::INTERCHANGE);
            (Tone::Bad, message.title, text::NOT_LISTED.to_owned(), None)
        }
        Failure::Unchecked(lost, why) => {
            let lost = text::api_error(lost, text::INTERCHANGE);
            let why = text::api_error(why, text::INTERCHANGE);
            (
                Tone::Warn,
                text::UNCHECKED_TITLE.to_owned(),
                text::unchecked(&lost, &why),
                None,
            )
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
            let known = lost.is_none();
            let words = if known {
                text::NOTHING_WAS_SENT
            } else {
                text::STILL_UNKNOWN
            };
            (
                Tone::Warn,
                text::other_company_title(company.as_deref(), gateway),
                text::and(words, text::LOOK_AGAIN),
                other,
            )
        }
    };
    div()
        .attr("role", "alert")
        .child(notice(tone, title, words, action))
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
        Phase::AwaitingConsent(registration) => awaiting(session, kept, &registration),
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
    let id = target.with_untracked(|target| target.storefront);
    let name = kept.name.get_untracked();
    let known_storefront = untrack(|| session.storefront(id));
    let storefront = known_storefront
        .detail
        .ready()
        .map_or_else(|| text::storefront_title(id), |detail| detail.name.clone());
    let by = registration
        .registered_by
        .clone()
        .unwrap_or_else(|| text::NOT_RECORDED.to_owned());
    let credential = registration.id.clone();
    let here = target.with_untracked(|target| target.source.clone());
    let covers = move || {
        let rows = session.credentials.read();
        let row = rows
            .ready()
            .and_then(|rows| rows.iter().find(|row| row.id == credential));
        let others = row.and_then(|row| row.sources.clone()).unwrap_or_default();
        let others: Vec<String> = others
            .into_iter()
            .filter(|pair| (pair.storefront_id, pair.source_id.as_str()) != (id, here.as_str()))
            .map(|pair| pair.source_name.unwrap_or(pair.source_id))
            .collect();
        (!others.is_empty()).then(|| {
            facts(vec![(
                text::ALSO_COVERS.to_owned(),
                text::joined(others.iter().map(String::as_str), ", ").draw(),
            )])
        })
    };
    let active = registration.status == CredentialStatus::Active;
    let status = if active {
        status_pill(SourceStatus::Connected)
    } else {
        mono(registration.status.as_str().to_owned())
    };
    let rows = vec![
        (
            text::SOURCE.to_owned(),
            text::source_at(&name, &storefront).draw(),
        ),
        (
            text::ACCOUNT.to_owned(),
            mono(registration.account_identifier.clone()),
        ),
        (text::STATUS.to_owned(), status),
        (
            text::CREDENTIAL_ID.to_owned(),
            mono(registration.id.clone()),
        ),
        (text::REGISTERED_BY.to_owned(), by.clone().draw()),
        (text::REGISTERED.to_owned(), time(&registration.created_at)),
        (text::ENVIRONMENT.to_owned(), session.label().draw()),
    ];
    let company = session.account.with_untracked(|account| {
        account
            .ready()
            .map(|account| account.company.clone())
            .unwrap_or_default()
    });
    let summary = text::summary(&[
        (text::SERVICE, text::INTERCHANGE),
        (text::ENVIRONMENT, &session.label()),
        (text::COMPANY, &company),
        (text::STOREFRONT, &storefront),
        (text::SOURCE, &name),
        (
            text::SOURCE_ID,
            &target.with_untracked(|target| target.source.clone()),
        ),
        (text::ACCOUNT, &registration.account_identifier),
        (text::CREDENTIAL_ID, &registration.id),
        (text::STATUS, registration.status.as_str()),
        (text::REGISTERED_BY, &by),
        (
            text::REGISTERED,
            &browser::utc_time(&registration.created_at)
                .unwrap_or_else(|| registration.created_at.clone()),
        ),
    ]);
    let said = State::new("");
    let copy = move || {
        let summary = summary.clone();
        browser::spawn(async move {
            let done = browser::copy(&summary).await;
            said.set(if done { text::COPIED } else { text::NOT_COPIED });
        });
    };
    let another = move || kept.becomes(Phase::Editing);
    let rest = (
        facts(rows),
        covers,
        div().attr("class", "cz-actions").child((
            link_button(
                "cz-button--primary",
                session.path(&Route::Storefront(id)),
                text::back_to(&storefront),
            ),
            button("copy", "", text::COPY_SUMMARY, copy),
            button(
                "add-account",
                "cz-button--quiet",
                text::ADD_ACCOUNT,
                another,
            ),
        )),
        p().attr("class", "cz-form__progress")
            .attr("role", "status")
            .child(move || said.get()),
    );
    let words = match known {
        Known::Answered => text::fill(text::CONNECTED_TEXT, &name),
        Known::Listed => text::fill(text::LISTED_TEXT, &name),
    };
    let (tone, picture, title) = if active {
        (Tone::Ok, Icon::OK, text::CONNECTED_TITLE)
    } else {
        (Tone::Info, Icon::INFO, text::STORED_TITLE)
    };
    panel(tone, picture, title.to_owned(), words, rest.draw())
}

fn awaiting(session: Session, kept: Kept, registration: &Registration) -> View {
    let name = kept.name.get_untracked();
    let said = State::new(String::new());
    let busy = State::new(false);
    let id = registration.id.clone();
    let check = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let id = id.clone();
        browser::spawn(async move {
            let words = attempt::consent_given(session, kept, id).await;
            said.set(words);
            busy.set(false);
        });
    };
    let address = registration
        .oauth
        .as_ref()
        .map(|oauth| oauth.authorization_url.clone());
    let address = address.filter(|address| may_open(address, &browser::origin()));
    let refused = registration.oauth.is_some() && address.is_none();
    let host = address.as_deref().and_then(origin_of).map(str::to_owned);
    let mut rows = vec![
        (
            text::ACCOUNT.to_owned(),
            mono(registration.account_identifier.clone()),
        ),
        (text::STATUS.to_owned(), status_pill(SourceStatus::Pending)),
        (
            text::CREDENTIAL_ID.to_owned(),
            mono(registration.id.clone()),
        ),
    ];
    if let Some(host) = host {
        rows.insert(0, (text::OPENS.to_owned(), mono(host)));
    }
    let open = address.map(|address| {
        a().attr("class", "cz-button cz-button--primary")
            .attr("href", address)
            .attr("target", "_blank")
            .attr("rel", "noopener noreferrer")
            .child((
                text::OPEN_CONSENT,
                icon(Icon::OUT),
                span()
                    .attr("class", "cz-visually-hidden")
                    .child(text::NEW_TAB),
            ))
    });
    let stop = move || kept.becomes(Phase::Editing);
    let rest = (
        facts(rows),
        refused.then(|| {
            notice(
                Tone::Bad,
                text::ADDRESS_REFUSED.to_owned(),
                text::ADDRESS_REFUSED_TEXT.to_owned(),
                None,
            )
        }),
        div().attr("class", "cz-actions").child((
            open,
            button(
                "check-now",
                "",
                move || {
                    if busy.get() {
                        text::CHECKING
                    } else {
                        text::CHECK_NOW
                    }
                },
                check,
            ),
            button("stop-waiting", "cz-button--quiet", text::STOP_WAITING, stop),
        )),
        p().attr("class", "cz-form__progress")
            .attr("role", "status")
            .child(move || said.get()),
    );
    panel(
        Tone::Info,
        Icon::WAIT,
        text::STATUS_PENDING.to_owned(),
        text::fill(text::CONSENT_TEXT, &name),
        rest.draw(),
    )
}
