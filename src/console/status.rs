//! What a source that has accounts opens on: how things stand, and the ways on from there.

use super::attempt::Target;
use super::consent::{self, Waiting};
use super::kept::Kept;
use super::parts::way;
use super::record::{Record, facts_of};
use super::session::Session;
use crate::api::storefront::{CredentialStatus, SourceAccount, SourceRow, SourceStatus};
use crate::route::Route;
use crate::text;
use crate::ui::state::{Derived, State};
use crate::ui::tag::{div, li, ul};
use crate::ui::view::{Draw, View};
use crate::ui::{Icon, Tone, button, panel};

/// The panel. `row` is the source as it is known at the moment.
pub fn panel_for(
    session: Session,
    kept: Kept,
    target: State<Target>,
    row: Derived<Option<SourceRow>>,
) -> View {
    let view = move || row.get().map(|row| status(session, kept, target, &row));
    div()
        .attr("class", "cz-stack")
        .attr("data-service", "storefront")
        .attr("data-phase", "status")
        .child(view)
        .draw()
}

fn status(session: Session, kept: Kept, target: State<Target>, row: &SourceRow) -> View {
    let target = target.get_untracked();
    let connected = row.status == SourceStatus::Connected;
    let mut records = Vec::new();
    let one = |account: &SourceAccount| {
        let record = Record::of_account(account);
        let again = start_again(session, &target, account);
        let shown = facts_of(&record, Vec::new());
        records.push(record);
        li().attr("class", "cz-stack--tight").child((shown, again))
    };
    let accounts = row.accounts.iter().map(one).collect::<Vec<_>>();
    let another = move || kept.leave_result(true);
    let around = session.program.around;
    let (copy, said) = (around.copy)(session, &target, &row.name, records);
    let back = way(
        session,
        Route::Storefront(target.storefront),
        "cz-button--quiet",
        text::BACK_TO_STOREFRONT,
    );
    let rest = (
        ul().attr("class", "cz-stack")
            .attr("role", "list")
            .attr("aria-label", text::ACCOUNTS)
            .child(accounts),
        div().attr("class", "cz-actions").child((
            move || (around.next)(session, kept, &target),
            button("add-account", "", text::ADD_ACCOUNT, another),
            copy,
            back,
        )),
        said,
    );
    let (tone, picture, title, words) = if connected {
        (
            Tone::Ok,
            Icon::OK,
            text::CONNECTED_TITLE,
            text::IS_CONNECTED,
        )
    } else {
        (
            Tone::Info,
            Icon::WAIT,
            text::STATUS_PENDING,
            text::IS_PENDING,
        )
    };
    panel(
        tone,
        picture,
        title,
        &text::fill(words, &row.name),
        rest.draw(),
    )
}

/// The button that starts consent again for an account that waits, with the credential's own row.
pub fn start_again(session: Session, target: &Target, account: &SourceAccount) -> Option<View> {
    let id = account.credential_id.clone()?;
    let target = target.clone();
    let press = move || {
        if let Some(row) = session.listed(&id) {
            let target = target.clone();
            consent::start_again(session, Waiting { target, row });
        }
    };
    let label = text::start_again(&account.account_identifier);
    (account.status == CredentialStatus::Pending).then(|| again_button(label, press))
}

/// The button itself; `label` is its whole name.
pub fn again_button(label: String, press: impl Fn() + 'static) -> View {
    let words = crate::ui::tag::span()
        .attr("aria-hidden", "true")
        .child(text::START_AGAIN);
    let name = crate::ui::tag::span()
        .attr("class", "cz-visually-hidden")
        .child(label);
    div()
        .child(button(
            "start-again",
            "cz-button--small",
            (words, name),
            press,
        ))
        .draw()
}
