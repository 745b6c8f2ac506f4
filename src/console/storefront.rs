//! `/storefronts/:id`: the sources of one storefront, and how things stand with each.

use super::access::{gate, on_asker};
use super::adapter::{self, Hand};
use super::attempt::Target;
use super::parts::{
    empty, link_button, load_error, mono, page_head, part, readiness_pill, skeleton_rows,
    source_path, status_pill, time,
};
use super::session::{Remote, Session, Storefront};
use super::status::start_again;
use crate::api::ApiError;
use crate::api::storefront::{
    CredentialStatus, SourceAccount, SourceRow, SourceStatus, StorefrontDetail,
};
use crate::route::Route;
use crate::text;
use crate::ui::state::{Derived, State};
use crate::ui::tag::{a, div, li, p, span, ul};
use crate::ui::view::{Draw, View};
use crate::ui::{Tone, button, notice};

/// The page.
pub fn page(session: Session, id: u64) -> View {
    on_asker(session, move || session.load_storefront(id));
    let hand = State::default();
    let detail = move |f: fn(&StorefrontDetail) -> String| {
        session
            .storefront(id)
            .detail
            .ready()
            .map(|detail| f(detail))
    };
    let back = (session.path(&Route::Storefronts), text::STOREFRONTS);
    let beside = move || {
        let known = session.storefront(id);
        let ready = known
            .detail
            .ready()
            .and_then(|detail| detail.readiness.as_ref());
        ready.map(|ready| readiness_pill(&ready.effective_status))
    };
    (
        page_head(
            Some(back),
            Derived::new(move || {
                detail(|d| d.name.clone()).unwrap_or_else(|| text::storefront_title(id))
            }),
            Derived::new(move || {
                detail(|d| d.publisher_domain.clone().unwrap_or_default()).unwrap_or_default()
            }),
            Some(div().child(beside).draw()),
        ),
        gate(
            session,
            Box::new(move || (move || body(session, id, &session.storefront(id), hand)).draw()),
        ),
    )
        .draw()
}

fn body(session: Session, id: u64, known: &Storefront, hand: State<Hand>) -> View {
    let again = move || session.load_storefront(id);
    let detail = match &known.detail {
        Remote::Unasked | Remote::Loading => return skeleton_rows("cz-row cz-row--source"),
        Remote::Failed(error) if matches!(**error, ApiError::NotFound) => {
            let back = session.path(&Route::Storefronts);
            return empty(
                text::STOREFRONT_GONE_TITLE,
                text::STOREFRONT_GONE_TEXT,
                Some(link_button("", back, text::TO_STOREFRONTS)),
            );
        }
        Remote::Failed(error) => return load_error(error, again),
        Remote::Ready(detail) => detail,
    };
    if detail.adapter_provider_type.is_some() {
        return adapter::panel_for(session, id, hand);
    }
    let credentials = session.credentials.read();
    let parts = [
        (
            known
                .capabilities
                .failed()
                .filter(|_| detail.sources.is_none()),
            text::NEEDS_UNREAD,
        ),
        (credentials.failed(), text::CREDENTIALS_UNREAD),
    ];
    let missing: Vec<View> = parts
        .into_iter()
        .filter_map(|(error, title)| {
            let message = text::api_error(error?, text::INTERCHANGE);
            let words = words!("{} {}", message.title, text::SOME_UNKNOWN);
            let retry = button("retry", "cz-button--small", text::TRY_AGAIN, again);
            Some(notice(Tone::Warn, title, &words, Some(retry)))
        })
        .collect();
    let rows = session.sources(id);
    let waits = rows.is_empty() && matches!(known.capabilities, Remote::Loading | Remote::Unasked)
        || matches!(*credentials, Remote::Loading | Remote::Unasked);
    let list = if waits {
        skeleton_rows("cz-row cz-row--source")
    } else if rows.is_empty() {
        let complete = missing.is_empty();
        let title = if complete {
            text::NO_SOURCES_TITLE
        } else {
            text::SOURCES_UNREAD
        };
        empty(title, text::NO_SOURCES_TEXT, None)
    } else {
        let rows = rows
            .iter()
            .map(|row| source_row(session, id, row))
            .collect::<Vec<_>>();
        ul().attr("class", "cz-rows")
            .attr("role", "list")
            .child(rows)
            .draw()
    };
    let count = (!waits && !rows.is_empty()).then(|| text::source_count(&rows));
    let count = p()
        .attr("class", "cz-live")
        .attr("role", "status")
        .child(count)
        .draw();
    (
        (!missing.is_empty()).then(|| div().attr("role", "alert").child(missing)),
        part(text::SOURCES, count, list),
    )
        .draw()
}

fn source_row(session: Session, id: u64, row: &SourceRow) -> View {
    let label = match row.status {
        SourceStatus::Connected | SourceStatus::Pending => Some((text::LOOK, "cz-button--small")),
        SourceStatus::Unknown => Some((text::CONNECT, "cz-button--small")),
        SourceStatus::NeedsCredentials => {
            Some((text::CONNECT, "cz-button--small cz-button--primary"))
        }
        SourceStatus::NoneNeeded => None,
    };
    let label = label.filter(|_| crate::api::is_addressable(&row.source_id));
    let href = source_path(session, id, &row.source_id);
    let action = label.map(|(words, class)| {
        a().attr("class", ["cz-button ", class].concat())
            .attr("href", href)
            .child((
                words,
                span()
                    .attr("class", "cz-visually-hidden")
                    .child(words!(": {}", row.name)),
            ))
    });
    li().attr("class", "cz-row cz-row--source")
        .attr("data-source-id", row.source_id.clone())
        .attr("data-status", row.status.code())
        .child((
            div().child((
                p().attr("class", "cz-row__title").child(row.name.clone()),
                p().attr("class", "cz-row__meta cz-mono")
                    .child(row.source_id.clone()),
            )),
            div().child(status_pill(row.status)),
            accounts(session, id, row),
            div().attr("class", "cz-row__end").child(action),
        ))
        .draw()
}

/// The accounts that cover a source: of which kind, by whom, since when.
fn accounts(session: Session, id: u64, row: &SourceRow) -> View {
    if row.accounts.is_empty() {
        return p()
            .attr("class", "cz-accounts cz-muted")
            .child(text::NO_ACCOUNT)
            .draw();
    }
    let target = Target {
        storefront: id,
        source: row.source_id.clone(),
    };
    let one = |account: &SourceAccount| {
        let kind = account.account_type.as_deref().map(text::account_type);
        let kind = kind.map(|kind| span().attr("class", "cz-accounts__kind").child(kind));
        // What only the storefront told has neither.
        let since = account.created_at.as_deref().map(|since| {
            let pending = account.status == CredentialStatus::Pending;
            let words = if pending { text::SINCE } else { text::ON };
            let by = account.registered_by.as_deref();
            p().attr("class", "cz-accounts__meta").child((
                text::registered_by(by),
                words,
                time(since),
            ))
        });
        li().child((
            mono(account.account_identifier.clone()),
            " ",
            kind,
            since,
            start_again(session, &target, account),
        ))
    };
    ul().attr("class", "cz-accounts")
        .attr("role", "list")
        .attr("aria-label", text::ACCOUNTS)
        .child(row.accounts.iter().map(one).collect::<Vec<_>>())
        .draw()
}
