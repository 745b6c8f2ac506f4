//! Finding storefronts: the list with its filters and pages.

use crate::api::client::Client;
use crate::api::encode::push_query;
use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response};
use crate::api::json::{self, Node};
use crate::credential::number::digits;

/// The path of the list; everything about storefronts stands under it.
pub(super) const STOREFRONTS: &str = "/buyer/storefronts";
/// The most that one page may hold.
const MAX_LIMIT: u16 = 100;

/// Whose storefronts are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Visibility {
    /// Those of the marketplace; the server's default.
    #[default]
    Public,
    /// All that belong to the caller's own organisation, listed or not.
    Private,
}

/// The documented values of the list's `status` parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusFilter {
    /// Being set up.
    Configuring,
    /// In business.
    Transacting,
    /// Put away.
    Archived,
    /// Neither.
    Neutral,
    /// Stopped for a while.
    Paused,
}

impl StatusFilter {
    /// All of them, in the order of the documents.
    pub const ALL: [Self; 5] = [
        Self::Configuring,
        Self::Transacting,
        Self::Archived,
        Self::Neutral,
        Self::Paused,
    ];

    /// The value on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Configuring => "configuring",
            Self::Transacting => "transacting",
            Self::Archived => "archived",
            Self::Neutral => "neutral",
            Self::Paused => "paused",
        }
    }

    /// The filter with this value on the wire.
    pub fn named(value: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|filter| filter.as_str() == value)
    }
}

/// What to list. Empty texts, zeros and the default visibility are not sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListQuery {
    /// Part of the name, in any case.
    pub name: String,
    /// Only this status.
    pub status: Option<StatusFilter>,
    /// Only this channel.
    pub channel: String,
    /// Only this region.
    pub region: String,
    /// Public or private ones; never both in one call.
    pub visibility: Visibility,
    /// Only this publisher domain.
    pub publisher_domain: String,
    /// 1 to 100 rows; 0 for the server's own page size (20).
    pub limit: u16,
    /// How many rows to skip; from [`Page::next_offset`].
    pub offset: u64,
}

/// `GET /storefronts`.
pub fn list_request(client: &Client, query: &ListQuery) -> Request {
    let number = |n: u64| if n == 0 { String::new() } else { digits(n) };
    let mut path = String::from(STOREFRONTS);
    push_query(&mut path, "name", &query.name);
    push_query(
        &mut path,
        "status",
        query.status.map_or("", StatusFilter::as_str),
    );
    push_query(&mut path, "channel", &query.channel);
    push_query(&mut path, "region", &query.region);
    if query.visibility == Visibility::Private {
        push_query(&mut path, "visibility", "private");
    }
    push_query(&mut path, "publisherDomain", &query.publisher_domain);
    push_query(
        &mut path,
        "limit",
        &number(query.limit.min(MAX_LIMIT).into()),
    );
    push_query(&mut path, "offset", &number(query.offset));
    client.request(Method::Get, &path)
}

/// One page of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The rows.
    pub items: Vec<StorefrontSummary>,
    /// How many there are in all.
    pub total: u64,
    /// True when another page follows.
    pub has_more: bool,
    /// The offset of that page.
    pub next_offset: Option<u64>,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorefrontSummary {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// The publisher's domain.
    pub publisher_domain: Option<String>,
    /// Whether business can be done; older answers do not tell.
    pub readiness: Option<Readiness>,
    /// Set for an adapter storefront, which is connected by a hand-off instead of a form.
    pub adapter_provider_type: Option<String>,
    /// What it offers.
    pub channels: Vec<String>,
    /// How many sources it has; older answers do not tell.
    pub source_count: Option<u64>,
    /// How many of them can be used, by credentials or without needing any.
    pub connected_source_count: Option<u64>,
}

/// Whether a storefront can do business; it says nothing about credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Readiness {
    /// `archived`, `paused`, `blocked` or `live`.
    pub effective_status: String,
}

/// Reads one page. The paging stands inside the payload here.
pub fn parse_list(response: &Response) -> Result<Page, ApiError> {
    json::read(response, |node| Page {
        items: node.list("items", summary),
        total: node.integer("total"),
        has_more: node.boolean("hasMore"),
        next_offset: node.opt_integer("nextOffset"),
    })
}

fn summary(node: &Node<'_>) -> StorefrontSummary {
    StorefrontSummary {
        id: node.integer("id"),
        name: node.text("name"),
        publisher_domain: node.opt_text("publisherDomain"),
        readiness: readiness(node),
        adapter_provider_type: node.opt_text("adapterProviderType"),
        channels: node.texts("channels"),
        source_count: node.opt_integer("sourceCount"),
        connected_source_count: node.opt_integer("connectedSourceCount"),
    }
}

/// The `readiness` block of `node`.
pub(super) fn readiness(node: &Node<'_>) -> Option<Readiness> {
    let effective_status = node.opt("readiness")?.text("effectiveStatus");
    Some(Readiness { effective_status })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::testing::{client, token};

    #[test]
    fn only_what_was_asked_for_is_sent() {
        let url = |query: &ListQuery| list_request(&client(token()), query).url;
        assert_eq!(
            url(&ListQuery::default()),
            "https://a.example/api/buyer/storefronts"
        );
        let query = ListQuery {
            name: "a&b c".into(),
            status: Some(StatusFilter::Paused),
            visibility: Visibility::Private,
            limit: 1000,
            offset: 40,
            ..ListQuery::default()
        };
        assert_eq!(
            url(&query),
            "https://a.example/api/buyer/storefronts?name=a%26b%20c&status=paused&visibility=private&limit=100&offset=40"
        );
    }

    #[test]
    fn filters_are_found_by_their_wire_names() {
        for filter in StatusFilter::ALL {
            assert_eq!(StatusFilter::named(filter.as_str()), Some(filter));
        }
        assert_eq!(StatusFilter::named("live"), None);
    }
}
