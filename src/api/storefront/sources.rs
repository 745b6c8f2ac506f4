//! The sources of a storefront with their status, joined from the three answers that tell of them.
//!
//! No endpoint says "connected" per source any more: the capabilities tell what a source needs, the
//! credentials tell what covers it, and older answers embed both in the storefront. A status that
//! depends on an answer that could not be loaded is unknown, never a guess.

use super::credentials::{CredentialStatus, RegisteredCredential};
use super::detail::{CapabilityRow, EmbeddedSource, StorefrontDetail};

/// How things stand with one source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceStatus {
    /// An active credential covers it.
    Connected,
    /// It wants credentials and none is active or waiting.
    NeedsCredentials,
    /// It can be used without credentials, and none can be registered.
    NoneNeeded,
    /// A credential waits for consent.
    Pending,
    /// The platform does not know, or could not be asked.
    Unknown,
}

impl SourceStatus {
    /// The stable name, as rows carry it in `data-status`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::NeedsCredentials => "needs_credentials",
            Self::NoneNeeded => "none_needed",
            Self::Pending => "pending",
            Self::Unknown => "unknown",
        }
    }
}

/// One source as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRow {
    /// Its id within the storefront.
    pub source_id: String,
    /// Its name, or its id where no answer names it.
    pub name: String,
    /// How things stand.
    pub status: SourceStatus,
    /// The accounts that cover it, whatever their status.
    pub accounts: Vec<SourceAccount>,
}

/// An account that covers a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceAccount {
    /// The credential's id; nothing when only the storefront itself told of the account.
    pub credential_id: Option<String>,
    /// The account's name or number at the source.
    pub account_identifier: String,
    /// `CLIENT` or `MARKETPLACE`, when told.
    pub account_type: Option<String>,
    /// Its status.
    pub status: CredentialStatus,
    /// Who registered it, when told.
    pub registered_by: Option<String>,
    /// When, in ISO 8601, when told.
    pub created_at: Option<String>,
}

/// Joins what is known. `None` stands for an answer that could not be loaded.
///
/// The order is that of the capabilities, then of the embedded sources. When neither is there, the
/// sources that credentials cover are all that can be named.
pub fn source_rows(
    detail: &StorefrontDetail,
    capabilities: Option<&[CapabilityRow]>,
    credentials: Option<&[RegisteredCredential]>,
) -> Vec<SourceRow> {
    let mut join = Join {
        storefront_id: detail.id,
        credentials,
        rows: Vec::new(),
    };
    let embedded = detail.sources.as_deref().unwrap_or_default();
    for row in capabilities.unwrap_or_default() {
        let old = embedded
            .iter()
            .find(|source| source.source_id == row.source_id);
        join.add(&row.source_id, Some(row), old, None);
    }
    for source in embedded {
        join.add(&source.source_id, None, Some(source), None);
    }
    if capabilities.is_none() && detail.sources.is_none() {
        for row in credentials.unwrap_or_default() {
            for pair in row.sources.as_deref().unwrap_or_default() {
                if pair.storefront_id == detail.id {
                    join.add(&pair.source_id, None, None, pair.source_name.as_ref());
                }
            }
        }
    }
    join.rows
}

/// The next source that needs credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next<'a> {
    /// Its row.
    pub row: &'a SourceRow,
    /// Its place among those that want credentials: one more than are done.
    pub number: usize,
    /// How many want credentials, done or not.
    pub of: usize,
}

/// The source to go on with after the one called `after`, which counts as done: the next one in the
/// order of `rows` that needs credentials, from the beginning again when there is none below.
pub fn next_needed<'a>(rows: &'a [SourceRow], after: &str) -> Option<Next<'a>> {
    let needs =
        |row: &&SourceRow| row.status == SourceStatus::NeedsCredentials && row.source_id != after;
    let here = rows.iter().position(|row| row.source_id == after);
    let below = rows.iter().skip(here.map_or(0, |at| at + 1));
    let row = below.chain(rows).find(needs)?;
    let wants = |row: &&SourceRow| {
        matches!(
            row.status,
            SourceStatus::NeedsCredentials | SourceStatus::Connected | SourceStatus::Pending
        )
    };
    let of = rows.iter().filter(wants).count();
    let number = of - rows.iter().filter(needs).count() + 1;
    Some(Next { row, number, of })
}

struct Join<'a> {
    storefront_id: u64,
    credentials: Option<&'a [RegisteredCredential]>,
    rows: Vec<SourceRow>,
}

impl Join<'_> {
    /// Adds the row of one source, unless it is there.
    fn add(
        &mut self,
        source_id: &String,
        capability: Option<&CapabilityRow>,
        embedded: Option<&EmbeddedSource>,
        last_name: Option<&String>,
    ) {
        if self.rows.iter().any(|row| row.source_id == *source_id) {
            return;
        }
        let name = capability
            .and_then(|row| row.source_name.as_ref())
            .or_else(|| embedded?.name.as_ref())
            .or_else(|| capability?.agent_name.as_ref())
            .or(last_name)
            .unwrap_or(source_id);
        let accounts = self.accounts(source_id, embedded);
        self.rows.push(SourceRow {
            source_id: source_id.clone(),
            name: name.clone(),
            status: self.status(capability, embedded, &accounts),
            accounts,
        });
    }

    /// What the credentials list says, and beyond that what only the storefront says.
    fn accounts(&self, source_id: &str, embedded: Option<&EmbeddedSource>) -> Vec<SourceAccount> {
        let mut accounts: Vec<SourceAccount> = Vec::new();
        for row in self.credentials.unwrap_or_default() {
            if row.covers(self.storefront_id, source_id) == Some(true) {
                accounts.push(SourceAccount {
                    credential_id: Some(row.id.clone()),
                    account_identifier: row.account_identifier.clone(),
                    account_type: row.account_type.clone(),
                    status: row.status.clone(),
                    registered_by: row.registered_by.clone(),
                    created_at: Some(row.created_at.clone()),
                });
            }
        }
        for told in embedded.map_or(&[][..], |source| &source.accounts) {
            let same = |known: &SourceAccount| known.account_identifier == told.account_identifier;
            if !accounts.iter().any(same) {
                accounts.push(told.clone());
            }
        }
        accounts
    }

    fn status(
        &self,
        capability: Option<&CapabilityRow>,
        embedded: Option<&EmbeddedSource>,
        accounts: &[SourceAccount],
    ) -> SourceStatus {
        // A capability row that says "unknown" outweighs nothing that the storefront itself knows.
        let requires = capability
            .and_then(|row| row.requires_credentials)
            .or_else(|| embedded?.requires_credentials);
        if requires == Some(false) {
            return SourceStatus::NoneNeeded;
        }
        let mut connected = embedded.is_some_and(|source| source.connected);
        let mut pending = false;
        for account in accounts {
            match account.status {
                // An account that only the storefront told of connects nothing: its `connected` does.
                CredentialStatus::Active => connected |= account.credential_id.is_some(),
                CredentialStatus::Pending => pending = true,
                CredentialStatus::Other(_) => {}
            }
        }
        if connected {
            SourceStatus::Connected
        } else if pending {
            SourceStatus::Pending
        } else if requires == Some(true) && (embedded.is_some() || self.coverage_is_known()) {
            SourceStatus::NeedsCredentials
        } else {
            SourceStatus::Unknown
        }
    }

    /// True when "nothing covers it" can be told: the list is there and every row that could matter
    /// tells its sources.
    fn coverage_is_known(&self) -> bool {
        self.credentials
            .is_some_and(|rows| rows.iter().all(|row| row.sources.is_some()))
    }
}

#[cfg(test)]
mod tests;
