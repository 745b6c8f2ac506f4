//! What the session knows of storefronts and their sources.

use super::Session;
use crate::api::storefront::{RegisteredCredential, SourceRow, source_rows};
use crate::console::remote::Storefront;
use crate::text;

impl Session {
    /// What is known about a storefront.
    pub fn storefront(&self, id: u64) -> Storefront {
        let all = self.storefronts.read();
        let found = all.iter().find(|(known, _)| *known == id);
        found
            .map(|(_, storefront)| storefront.clone())
            .unwrap_or_default()
    }

    /// A storefront's name; its number while the name is not known.
    pub fn storefront_name(&self, id: u64) -> String {
        let known = self.storefront(id);
        let detail = known.detail.ready();
        detail.map_or_else(|| text::storefront_title(id), |detail| detail.name.clone())
    }

    /// Its name and domain in one line; empty while they are not known.
    pub fn storefront_line(&self, id: u64) -> String {
        let known = self.storefront(id);
        let Some(detail) = known.detail.ready() else {
            return String::new();
        };
        let domain = detail.publisher_domain.as_deref().unwrap_or_default();
        text::joined([detail.name.as_str(), domain].into_iter(), " · ")
    }

    /// The row of the list with this id, if it was read and has one.
    pub fn listed(&self, id: &str) -> Option<RegisteredCredential> {
        self.credentials.with_untracked(|rows| {
            let rows = rows.ready().map(Vec::as_slice).unwrap_or_default();
            rows.iter().find(|row| row.id == id).cloned()
        })
    }

    /// The sources of a storefront with their status, as far as they are known.
    pub fn sources(&self, id: u64) -> Vec<SourceRow> {
        let known = self.storefront(id);
        let credentials = self.credentials.read();
        let Some(detail) = known.detail.ready() else {
            return Vec::new();
        };
        let rows = known.capabilities.ready().map(|rows| rows.as_slice());
        source_rows(detail, rows, credentials.ready().map(Vec::as_slice))
    }
}
