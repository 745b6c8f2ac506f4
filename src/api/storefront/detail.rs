//! One storefront, and what each of its sources needs.

use crate::api::client::Client;
use crate::api::encode::push_id;
use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response};
use crate::api::json::{self, Node};

use super::credentials::CredentialStatus;
use super::list::{Readiness, STOREFRONTS, readiness};
use super::sources::SourceAccount;

/// One storefront. Newer answers leave its sources to the capabilities; older ones embed them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StorefrontDetail {
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
    /// How an adapter storefront's connection stands, such as `connected`; nothing when there is none.
    pub adapter_status: Option<String>,
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
    /// The buyer's accounts at it, without an id because storefronts do not tell it.
    pub accounts: Vec<SourceAccount>,
}

/// `GET /storefronts/{id}`.
pub fn detail_request(client: &Client, storefront_id: u64) -> Request {
    get(client, storefront_id, "")
}

/// Reads one storefront, in either shape.
pub fn parse_detail(response: &Response) -> Result<StorefrontDetail, ApiError> {
    json::read(response, |node| StorefrontDetail {
        id: node.integer("id"),
        name: node.text("name"),
        publisher_domain: node.opt_text("publisherDomain"),
        readiness: readiness(node),
        adapter_provider_type: node.opt_text("adapterProviderType"),
        adapter_status: node
            .opt("adapterConnection")
            .and_then(|connection| connection.opt_text("status")),
        sources: node.opt_list("sources", embedded),
    })
}

fn embedded(node: &Node<'_>) -> EmbeddedSource {
    EmbeddedSource {
        source_id: node.text("sourceId"),
        name: node.opt_text("name"),
        requires_credentials: node.opt_boolean("requiresCredentials"),
        connected: node.boolean("connected"),
        accounts: node
            .opt_list("customerAccounts", account)
            .unwrap_or_default(),
    }
}

fn account(node: &Node<'_>) -> SourceAccount {
    // One generation of the documents writes the key with a capital letter.
    let status = node
        .opt_text("Status")
        .unwrap_or_else(|| node.text("status"));
    SourceAccount {
        credential_id: None,
        account_identifier: node.text("accountIdentifier"),
        account_type: None,
        status: CredentialStatus::named(status),
        registered_by: None,
        created_at: None,
    }
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
}

/// `GET /storefronts/{id}/capabilities`.
pub fn capabilities_request(client: &Client, storefront_id: u64) -> Request {
    get(client, storefront_id, "/capabilities")
}

/// Reads the rows of the sources.
pub fn parse_capabilities(response: &Response) -> Result<Vec<CapabilityRow>, ApiError> {
    json::read(response, |node| node.list("agents", capability))
}

fn capability(node: &Node<'_>) -> CapabilityRow {
    CapabilityRow {
        source_id: node.text("sourceId"),
        source_name: node.opt_text("sourceName"),
        agent_name: node.opt_text("agentName"),
        requires_credentials: node.opt_boolean("requiresCredentials"),
    }
}

fn get(client: &Client, storefront_id: u64, rest: &str) -> Request {
    let mut path = String::from(STOREFRONTS);
    push_id(&mut path, storefront_id);
    path.push_str(rest);
    client.request(Method::Get, &path)
}
