//! A credential as results show it: its facts, and the summary of them that can be copied.

use leptos::prelude::untrack;

use super::attempt::Target;
use super::parts::{mono, status_pill, time};
use super::session::Session;
use crate::api::storefront::{CredentialStatus, Registration, SourceAccount, SourceStatus};
use crate::api::time::utc;
use crate::browser::{self, Give};
use crate::credential::number::digits;
use crate::text;
use crate::ui::state::State;
use crate::ui::tag::p;
use crate::ui::view::{Draw, View};
use crate::ui::{button, facts};

/// What is known of one credential.
pub struct Record {
    /// The account's name or number at the source.
    pub identifier: String,
    /// `CLIENT` or `MARKETPLACE`, when told.
    pub kind: Option<String>,
    /// Its status.
    pub status: CredentialStatus,
    /// Its id; nothing when only the storefront told of it.
    pub id: Option<String>,
    /// Who registered it; nothing when that is not recorded.
    pub by: Option<String>,
    /// When, as the server told it.
    pub since: Option<String>,
}

impl Record {
    /// Of the answer to a registration, which does not tell its kind.
    pub fn of_registration(registration: &Registration, marketplace: bool) -> Self {
        let kind = if marketplace { "MARKETPLACE" } else { "CLIENT" };
        Self {
            identifier: registration.account_identifier.clone(),
            kind: Some(kind.to_owned()),
            status: registration.status.clone(),
            id: Some(registration.id.clone()),
            by: registration.registered_by.clone(),
            since: Some(registration.created_at.clone()),
        }
    }

    /// Of an account at a source.
    pub fn of_account(account: &SourceAccount) -> Self {
        Self {
            identifier: account.account_identifier.clone(),
            kind: account.account_type.clone(),
            status: account.status.clone(),
            id: account.credential_id.clone(),
            by: account.registered_by.clone(),
            since: account.created_at.clone(),
        }
    }

    /// Its facts, in the order in which they are read. What the server does not tell is left out.
    pub fn facts(&self) -> Vec<(&'static str, View)> {
        let mut rows = vec![(text::ACCOUNT, mono(self.identifier.clone()))];
        let mut add = |name, value: Option<View>| {
            rows.extend(value.map(|value| (name, value)));
        };
        let kind = self.kind.as_deref();
        add(text::TYPE, kind.map(|kind| text::account_kind(kind).draw()));
        add(text::STATUS, Some(credential_pill(&self.status)));
        add(text::CREDENTIAL_ID, self.id.clone().map(mono));
        let known = self.id.is_some();
        let by = || self.by.as_deref().unwrap_or(text::NOT_RECORDED).draw();
        add(text::REGISTERED_BY, known.then(by));
        let since = match self.status {
            CredentialStatus::Pending => text::PENDING_SINCE,
            _ => text::REGISTERED,
        };
        add(since, self.since.as_deref().map(time));
        rows
    }

    /// Everything that a colleague may want to know of it, as lines of text. No secret is known here.
    pub fn summary(&self, session: Session, target: &Target, source: &str) -> String {
        let known = untrack(|| session.storefront(target.storefront));
        let storefront = known
            .detail
            .ready()
            .map_or_else(String::new, |detail| detail.name.clone());
        let company = session.account.with_untracked(|account| {
            let account = account.ready();
            account.map_or_else(String::new, |account| account.company.clone())
        });
        let since = self.since.as_deref().unwrap_or_default();
        let kind = self.kind.as_deref().map(text::account_kind);
        let (number, by) = (self.id.as_deref().unwrap_or_default(), self.by.as_deref());
        text::summary(&[
            (text::SERVICE, text::INTERCHANGE),
            (text::ENVIRONMENT, session.label()),
            (text::COMPANY, &company),
            (text::STOREFRONT, &storefront),
            (text::STOREFRONT_ID, &digits(target.storefront)),
            (text::SOURCE, source),
            (text::SOURCE_ID, &target.source),
            (text::ACCOUNT, &self.identifier),
            (text::TYPE, kind.unwrap_or_default()),
            (text::CREDENTIAL_ID, number),
            (text::STATUS, self.status.as_str()),
            (text::REGISTERED_BY, by.unwrap_or(text::NOT_RECORDED)),
            (
                text::REGISTERED,
                &utc(since).unwrap_or_else(|| since.to_owned()),
            ),
        ])
    }
}

/// The status of a credential, in the words and colours of a source's.
pub fn credential_pill(status: &CredentialStatus) -> View {
    match status {
        CredentialStatus::Active => status_pill(SourceStatus::Connected),
        CredentialStatus::Pending => status_pill(SourceStatus::Pending),
        CredentialStatus::Other(other) => mono(other.clone()),
    }
}

/// A button that copies what `words` gives, and the line that says whether that worked.
pub fn copy_button(
    action: &'static str,
    label: &'static str,
    words: impl Fn() -> String + 'static,
) -> (View, View) {
    boxed_copy(action, label, Box::new(words))
}

fn boxed_copy(
    action: &'static str,
    label: &'static str,
    words: Box<dyn Give<String>>,
) -> (View, View) {
    let said = State::new("");
    let copy = move || {
        let words = words.give();
        browser::spawn(async move {
            let done = browser::copy(&words).await;
            said.set(if done { text::COPIED } else { text::NOT_COPIED });
        });
    };
    let line = p()
        .attr("class", "cz-form__progress")
        .attr("role", "status")
        .child(move || said.get());
    (button(action, "", label, copy), line.draw())
}

/// Facts that change.
pub fn facts_of(record: &Record, first: Vec<(&'static str, View)>) -> View {
    let mut rows = first;
    rows.extend(record.facts());
    facts(rows)
}
