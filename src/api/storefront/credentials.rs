//! The credentials that a company has registered, and which sources each of them covers.

use crate::api::client::Client;
use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response};
use crate::api::json::{self, Node};

use super::register::{OAuthInfo, oauth};

/// The status of a credential. The documents leave the set open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CredentialStatus {
    /// `ACTIVE`: in use. It does not say that the source has accepted the secret.
    Active,
    /// `PENDING`: waits for consent at the provider.
    Pending,
    /// Any other value, as received.
    Other(String),
}

impl CredentialStatus {
    /// The status with this value on the wire.
    pub fn named(value: String) -> Self {
        match value.as_str() {
            "ACTIVE" => Self::Active,
            "PENDING" => Self::Pending,
            _ => Self::Other(value),
        }
    }

    /// The value on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "ACTIVE",
            Self::Pending => "PENDING",
            Self::Other(value) => value,
        }
    }
}

/// One registered credential. Secrets are never returned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredCredential {
    /// Its id.
    pub id: String,
    /// The account's name or number at the source.
    pub account_identifier: String,
    /// `CLIENT` or `MARKETPLACE`; older answers do not tell.
    pub account_type: Option<String>,
    /// Its status.
    pub status: CredentialStatus,
    /// Who registered it.
    pub registered_by: Option<String>,
    /// When, in ISO 8601.
    pub created_at: String,
    /// When it changed last, in ISO 8601; older answers do not tell.
    pub updated_at: Option<String>,
    /// What it covers: empty when nothing is left that it covers, `None` when the (older) answer does
    /// not tell.
    pub sources: Option<Vec<CoveredSource>>,
    /// Where consent is given, when the (older) answer repeats it.
    pub oauth: Option<OAuthInfo>,
}

/// A source that a credential covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoveredSource {
    /// The storefront's id.
    pub storefront_id: u64,
    /// The storefront's name.
    pub storefront_name: Option<String>,
    /// The source's id within it.
    pub source_id: String,
    /// The source's name.
    pub source_name: Option<String>,
}

impl RegisteredCredential {
    /// Whether this credential covers the source; nothing when its row does not tell.
    pub fn covers(&self, storefront_id: u64, source_id: &str) -> Option<bool> {
        for pair in self.sources.as_ref()? {
            if pair.storefront_id == storefront_id && pair.source_id == source_id {
                return Some(true);
            }
        }
        Some(false)
    }
}

/// The credential that a registration with this identifier at this source would have made: what to
/// look for after a call whose outcome is unknown. A row that does not tell its sources counts by its
/// identifier alone.
/// Rows whose ids were `known_before` the call are not its doing.
pub fn matching<'a>(
    credentials: &'a [RegisteredCredential],
    storefront_id: u64,
    source_id: &str,
    account_identifier: &str,
    known_before: &[String],
) -> Option<&'a RegisteredCredential> {
    let mut untold = None;
    for row in credentials {
        if row.account_identifier == account_identifier && !known_before.contains(&row.id) {
            match row.covers(storefront_id, source_id) {
                Some(true) => return Some(row),
                None if untold.is_none() => untold = Some(row),
                _ => {}
            }
        }
    }
    untold
}

/// `GET /storefronts/credentials`. The list is not paged.
pub fn credentials_request(client: &Client) -> Request {
    client.request(Method::Get, "/buyer/storefronts/credentials")
}

/// Reads the list, in the newer shape and in the one that lacked type, change and sources.
pub fn parse_credentials(response: &Response) -> Result<Vec<RegisteredCredential>, ApiError> {
    json::read(response, |node| node.list("", credential))
}

fn credential(node: &Node<'_>) -> RegisteredCredential {
    RegisteredCredential {
        id: node.id("id"),
        account_identifier: node.text("accountIdentifier"),
        account_type: node.opt_text("accountType"),
        status: CredentialStatus::named(node.text("status")),
        registered_by: node.opt_text("registeredBy"),
        created_at: node.text("createdAt"),
        updated_at: node.opt_text("updatedAt"),
        sources: node.opt_list("sources", covered),
        oauth: oauth(node),
    }
}

fn covered(node: &Node<'_>) -> CoveredSource {
    CoveredSource {
        storefront_id: node.integer("storefrontId"),
        storefront_name: node.opt_text("storefrontName"),
        source_id: node.text("sourceId"),
        source_name: node.opt_text("sourceName"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::testing::response;

    fn rows(body: &str) -> Vec<RegisteredCredential> {
        parse_credentials(&response(200, body)).expect("a readable list")
    }

    #[test]
    fn a_match_must_cover_the_source_unless_rows_do_not_tell() {
        let told = rows(
            r#"[{"id":"1","accountIdentifier":"a","status":"ACTIVE","createdAt":"","sources":[]},
                {"id":"2","accountIdentifier":"b","status":"ACTIVE","createdAt":"","sources":[{"storefrontId":42,"sourceId":"s"}]},
                {"id":"3","accountIdentifier":"a","status":"ACTIVE","createdAt":"","sources":[{"storefrontId":42,"sourceId":"s"}]}]"#,
        );
        let id = |rows: &[_], source, account| {
            matching(rows, 42, source, account, &[]).map(|row| row.id.clone())
        };
        assert_eq!(id(&told, "s", "a").as_deref(), Some("3"));
        assert_eq!(id(&told, "other", "a"), None);
        assert_eq!(id(&told, "s", "c"), None);
        let untold = rows(r#"[{"id":"4","accountIdentifier":"a","status":"X","createdAt":""}]"#);
        assert_eq!(id(&untold, "s", "a").as_deref(), Some("4"));
        assert_eq!(untold[0].status, CredentialStatus::Other("X".into()));
    }
}
