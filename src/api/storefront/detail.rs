//! One storefront, and what each of its sources needs.

use crate::api::client::Client;
use crate::api::encode::push_id;
use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response};
use crate::api::json::{self, Misfit, Node};

use super::credentials::CredentialStatus;
use super::list::{Readiness, STOREFRONTS, readiness};

/// One storefront. Newer answers roll the connection up; older ones embed the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorefrontDetail {
    /// Its id.
    pub id: u64,
    /// Its name.
    pub name: String,
    /// The publisher's domain.
    pub publisher_domain: Option<String>,
    /// The brand's name.
    pub brand_name: Option<String>,
    /// Whether business can be done; older answers do not tell.
    pub readiness: Option<Readiness>,
    /// Set for an adapter storefront, which is connected by a hand-off instead of a form.
    pub adapter_provider_type: Option<String>,
    /// Rolled up: every source that the buyer needs is connected.
    pub connected: Option<bool>,
    /// Rolled up: the buyer must register credentials before doing business.
    pub requires_credentials: Option<bool>,
    /// Rolled up: the buyer's accounts over all sources.
    pub customer_accounts: Vec<CustomerAccount>,
    /// The sources of the older shape; nothing in the newer one.
    pub sources: Option<Vec<EmbeddedSource>>,
}

/// One source inside the older shape of a storefront.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmbeddedSource {
    /// Its id within the storefront.
    pub source_id: String,
    /// Its name.
    pub name: Option<String>,
    /// Whether credentials must be registered; nothing when that is unknown.
    pub requires_credentials: Option<bool>,
    /// Whether it can be used.
    pub connected: bool,
    /// The buyer's accounts at it.
    pub customer_accounts: Vec<CustomerAccount>,
}

/// An account of the buyer, as storefronts tell it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerAccount {
    /// The name or number at the source.
    pub account_identifier: String,
    /// Its status.
    pub status: CredentialStatus,
}

/// `GET /storefronts/{id}`.
pub fn detail_request(client: &Client, storefront_id: u64) -> Request {
    let mut path = String::from(STOREFRONTS);
    push_id(&mut path, storefront_id);
    client.request(Method::Get, &path)
}

/// Reads one storefront, in either shape.
pub fn parse_detail(response: &Response) -> Result<StorefrontDetail, ApiError> {
    json::read(response, |node: &Node<'_>| {
        let sources = node.opt("sources").map(|sources| sources.list(embedded));
        Ok(StorefrontDetail {
            id: node.field("id")?.integer()?,
            name: node.text("name")?,
            publisher_domain: node.opt_text("publisherDomain")?,
            brand_name: node.opt_text("brandName")?,
            readiness: readiness(node)?,
            adapter_provider_type: node.opt_text("adapterProviderType")?,
            connected: node.opt_boolean("connected")?,
            requires_credentials: node.opt_boolean("requiresCredentials")?,
            customer_accounts: customer_accounts(node)?,
            sources: sources.transpose()?,
        })
    })
}

fn embedded(node: &Node<'_>) -> Result<EmbeddedSource, Misfit> {
    Ok(EmbeddedSource {
        source_id: node.text("sourceId")?,
        name: node.opt_text("name")?,
        requires_credentials: node.opt_boolean("requiresCredentials")?,
        connected: node.field("connected")?.boolean()?,
        customer_accounts: customer_accounts(node)?,
    })
}

fn customer_accounts(node: &Node<'_>) -> Result<Vec<CustomerAccount>, Misfit> {
    node.opt("customerAccounts")
        .map_or(Ok(Vec::new()), |accounts| {
            accounts.list(|account| {
                // One generation of the documents writes the key with a capital letter.
                let status = match account.opt("Status") {
                    Some(status) => status.string()?,
                    None => account.text("status")?,
                };
                Ok(CustomerAccount {
                    account_identifier: account.text("accountIdentifier")?,
                    status: CredentialStatus::named(&status),
                })
            })
        })
}

/// What the platform knows about one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CapabilityRow {
    /// Its id within the storefront.
    pub source_id: String,
    /// Its name.
    pub source_name: Option<String>,
    /// The agent behind it.
    pub agent_name: Option<String>,
    /// Whether credentials must be registered; nothing when that is unknown, from which nothing follows.
    pub requires_credentials: Option<bool>,
    /// False when nobody can ask the source; that does not make it unreachable.
    pub probeable: bool,
    /// `reachable`, `unreachable`, `not_applicable` or `unavailable`.
    pub probe_status: String,
    /// What the platform has to say about the source.
    pub message: Option<String>,
}

/// `GET /storefronts/{id}/capabilities`.
pub fn capabilities_request(client: &Client, storefront_id: u64) -> Request {
    let mut path = String::from(STOREFRONTS);
    push_id(&mut path, storefront_id);
    path.push_str("/capabilities");
    client.request(Method::Get, &path)
}

/// Reads the rows of the sources.
pub fn parse_capabilities(response: &Response) -> Result<Vec<CapabilityRow>, ApiError> {
    json::read(response, |node: &Node<'_>| {
        node.field("agents")?.list(|row| {
            Ok(CapabilityRow {
                source_id: row.text("sourceId")?,
                source_name: row.opt_text("sourceName")?,
                agent_name: row.opt_text("agentName")?,
                requires_credentials: row.opt_boolean("requiresCredentials")?,
                probeable: row.field("probeable")?.boolean()?,
                probe_status: row.text("probeStatus")?,
                message: row.opt_text("message")?,
            })
        })
    })
}
