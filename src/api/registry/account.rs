//! Who is signed in, their organisations, and the agents of one of them.

use super::with_org;
use crate::api::client::Client;
use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response};
use crate::api::json::{self, Node};

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Their address.
    pub email: Option<String>,
    /// What they belong to.
    pub organizations: Vec<Organization>,
}

/// One organisation of whoever is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organization {
    /// What is sent as `organization_id` or `org`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The person's role in it.
    pub role: Option<String>,
    /// Whether it stands for the person alone.
    pub is_personal: bool,
}

/// One registered agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// Its address, which is also its name in every path.
    pub url: String,
    /// Its name.
    pub name: Option<String>,
    /// What it does: `sales`, `buying`, …
    pub kind: Option<String>,
    /// Who sees it: `private`, `members_only` or `public`.
    pub visibility: Option<String>,
}

/// `GET /api/me` (registry.md, section 8).
pub fn account_request(client: &Client) -> Request {
    client.request(Method::Get, "/api/me")
}

/// Reads the account.
pub fn parse_account(response: &Response) -> Result<Account, ApiError> {
    json::read(response, |node| Account {
        email: node.opt("user").and_then(|user| user.opt_text("email")),
        organizations: node.list("organizations", organization),
    })
}

fn organization(node: &Node<'_>) -> Organization {
    Organization {
        id: node.id("id"),
        name: node.text("name"),
        role: node.opt_text("role"),
        is_personal: node.opt_boolean("is_personal") == Some(true),
    }
}

/// `GET /api/me/agents?org=`; without an organisation the server takes the first one.
pub fn agents_request(client: &Client, organization: &str) -> Request {
    client.request(
        Method::Get,
        &with_org("/api/me/agents".into(), organization),
    )
}

/// Reads the agents.
pub fn parse_agents(response: &Response) -> Result<Vec<Agent>, ApiError> {
    json::read(response, |node| node.list("agents", agent))
}

fn agent(node: &Node<'_>) -> Agent {
    Agent {
        url: node.text("url"),
        name: node.opt_text("name"),
        kind: node.opt_text("type"),
        visibility: node.opt_text("visibility"),
    }
}
