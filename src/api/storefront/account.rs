//! Who is asking, and the hand-off of adapter storefronts.

use crate::api::client::Client;
use crate::api::encode::push_id;
use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response};
use crate::api::json::{self, Node};

use super::list::STOREFRONTS;

/// The account that the access belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: u64,
    /// The company.
    pub company: String,
    /// The account's name.
    pub name: String,
    /// `ADMIN`, `MEMBER` or `SUPER_ADMIN`; the documents do not promise it.
    pub role: Option<String>,
}

/// `GET /accounts/current`. It stands beside the buyer paths, not under them.
pub fn account_request(client: &Client) -> Request {
    client.request(Method::Get, "/accounts/current")
}

/// Reads the account.
pub fn parse_account(response: &Response) -> Result<Account, ApiError> {
    json::read(response, |node: &Node<'_>| {
        Ok(Account {
            id: node.field("id")?.integer()?,
            company: node.text("company")?,
            name: node.text("name")?,
            role: node.opt_text("role")?,
        })
    })
}

/// Where an adapter storefront is connected: a hand-off in the browser, not a form of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// The platform's own page. Check it with [`may_open`](crate::api::may_open) before opening it.
    pub connection_url: String,
    /// `oauth` or `bearer`, when told.
    pub preferred_auth_mode: Option<String>,
}

/// `POST /storefronts/{id}/connection`, without a body.
pub fn connection_request(client: &Client, storefront_id: u64) -> Request {
    let mut path = String::from(STOREFRONTS);
    push_id(&mut path, storefront_id);
    path.push_str("/connection");
    client.request(Method::Post, &path)
}

/// Reads the hand-off.
pub fn parse_connection(response: &Response) -> Result<Connection, ApiError> {
    json::read(response, |node: &Node<'_>| {
        Ok(Connection {
            connection_url: node.text("connectionUrl")?,
            preferred_auth_mode: node.opt_text("preferredAuthMode")?,
        })
    })
}
