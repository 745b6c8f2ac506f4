//! The panel while consent is awaited at a provider.

use std::borrow::Cow;
use std::rc::Rc;

use super::access::session_ended;
use super::attempt::Target;
use super::consent::{self, Consent, Opened, Waiting};
use super::kept::Kept;
use super::parts::{mono, new_tab_link};
use super::record::{Record, copy_button, facts_of};
use super::session::Session;
use crate::api::storefront::{RegisteredCredential, Registration};
use crate::api::{ApiError, origin_of};
use crate::browser;
use crate::text;
use crate::ui::state::{Derived, State};
use crate::ui::tag::{details, div, p, summary};
use crate::ui::view::{Draw, View};
use crate::ui::{Icon, Phase, Tone, button, notice, panel};

crate::ui::held::hold!((Opened, bool));

/// Where consent is given, whether it was, and every way on from here.
pub fn awaiting(
    session: Session,
    kept: Kept,
    target: State<Target>,
    registration: &Registration,
) -> View {
    let name = kept.name.get_untracked();
    let target = target.get_untracked();
    let marketplace = kept.tried.with_untracked(|tried| tried.marketplace);
    let record = Record::of_registration(registration, marketplace);
    let address = consent::address(registration);
    let refused = registration.oauth.is_some() && address.is_none();
    let first = address
        .as_deref()
        .and_then(origin_of)
        .map(|host| (text::OPENS, mono(host.to_owned())));
    let now = move || kept.consent.read();
    let opened = Derived::new(move || (now().opened, now().asking));
    let has_address = address.is_some();
    let about_tab = move || match opened.get() {
        (_, true) => Some(tab_notice(Tone::Info, "", text::ASKING_AGAIN)),
        (Opened::Yes, _) if has_address => Some(tab_notice(Tone::Info, "", text::TAB_OPENED)),
        (Opened::No, _) if has_address => Some(tab_notice(
            Tone::Warn,
            text::TAB_BLOCKED,
            text::TAB_BLOCKED_TEXT,
        )),
        _ if !has_address && !refused => Some(tab_notice(Tone::Info, "", text::NO_ADDRESS)),
        _ => None,
    };
    let id = registration.id.clone();
    let check = move || consent::look(session, kept, id.clone(), true);
    let (shown, at) = (registration.clone(), target.clone());
    let again = move || {
        let row = as_row(session, &shown, marketplace);
        let target = at.clone();
        consent::start_again(session, Waiting { target, row });
    };
    let stop = move || kept.leave_result(false);
    let shown = facts_of(&record, first.into_iter().collect());
    let (copy, copied) = (session.program.around.copy)(session, &target, &name, vec![record]);
    let stuck = Derived::new(move || now().failed.is_some());
    let check_words = move || match (kept.wait.get(), now().checking) {
        (0, true) => text::CHECKING.into(),
        (0, false) => text::CHECK_NOW.into(),
        (seconds, _) => Cow::from(text::check_in(seconds)),
    };
    let rest = (
        shown,
        (
            refused
                .then(|| tab_notice(Tone::Bad, text::ADDRESS_REFUSED, text::ADDRESS_REFUSED_TEXT)),
            div().attr("role", "status").child(about_tab),
            address.map(|address| ways_there(kept, address)),
        ),
        div().attr("class", "cz-actions").child((
            button("check-now", "", check_words, check),
            button("start-again", "", text::START_AGAIN, again),
            copy,
            button("stop-waiting", "cz-button--quiet", text::STOP_WAITING, stop),
        )),
        div().attr("class", "cz-stack--tight").child((
            p().attr("class", "cz-form__progress")
                .attr("role", "status")
                .child(move || said(&now()).draw()),
            copied,
            p().attr("class", "cz-muted cz-form__progress")
                .child(text::STAYS_PENDING),
        )),
        move || stuck.get().then(|| mends(session, kept)),
    );
    panel(
        Tone::Info,
        Icon::WAIT,
        text::STATUS_PENDING,
        &text::fill(text::CONSENT_TEXT, &name),
        rest.draw(),
    )
}

/// What the last look told, and whether there will be another.
fn said(now: &Consent) -> &str {
    match (now.said.as_str(), now.watching) {
        ("", true) => text::LOOKING,
        (said, _) => said,
    }
}

fn tab_notice(tone: Tone, title: &str, words: &str) -> View {
    notice(tone, title, words, None)
}

/// The page in a tab of its own, its address to carry elsewhere, and, last, in this very tab.
fn ways_there(kept: Kept, address: String) -> View {
    let here = address.clone();
    let to_copy = address.clone();
    let (copy, copied) = copy_button("copy-address", text::COPY_ADDRESS, move || to_copy.clone());
    let primary = move || {
        let opened = kept.consent.read().opened == Opened::Yes;
        ["cz-button", if opened { "" } else { " cz-button--primary" }].concat()
    };
    let open = new_tab_link(address, text::OPEN_CONSENT, Some(Icon::OUT)).attr("class", primary);
    (
        div().attr("class", "cz-actions").child((open, copy)),
        copied,
        details().attr("class", "cz-details").child((
            summary()
                .attr("class", "cz-details__summary")
                .child(text::OTHER_WAYS),
            div()
                .attr("class", "cz-details__body cz-stack--tight")
                .child((
                    p().child(text::ANOTHER_PERSON),
                    p().child(text::SAME_TAB_TEXT),
                    div().attr("class", "cz-actions").child(button(
                        "same-tab",
                        "cz-button--small",
                        text::SAME_TAB,
                        move || browser::leave_to(&here),
                    )),
                )),
        )),
    )
        .draw()
}

/// What only the person can mend: a token that is not accepted any more, a session that has ended.
fn mends(session: Session, kept: Kept) -> View {
    let look = move || {
        kept.consent.update(|consent| consent.failed = None);
        if let Phase::AwaitingConsent(of) = kept.phase.get_untracked() {
            consent::look(session, kept, of.id.clone(), true);
        }
    };
    match kept.consent.peek().failed.as_deref() {
        Some(ApiError::SessionEnded) => session_ended(look),
        _ => (session.program.around.token)(session, text::TOKEN_REFUSED, Rc::new(look)),
    }
}

/// The row of the list, or what it would say.
fn as_row(
    session: Session,
    registration: &Registration,
    marketplace: bool,
) -> RegisteredCredential {
    let listed = session.listed(&registration.id);
    listed.unwrap_or_else(|| RegisteredCredential {
        id: registration.id.clone(),
        account_identifier: registration.account_identifier.clone(),
        account_type: marketplace.then(|| "MARKETPLACE".to_owned()),
        status: registration.status.clone(),
        registered_by: registration.registered_by.clone(),
        created_at: registration.created_at.clone(),
        updated_at: None,
        sources: None,
        oauth: None,
    })
}
