//! Who is asking.

use crate::api::client::Client;
use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response};
use crate::api::json;

/// The account that the access belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: u64,
    /// The company.
    pub company: String,
    /// `ADMIN`, `MEMBER` or `SUPER_ADMIN`; the documents do not promise it.
    pub role: Option<String>,
}

/// `GET /accounts/current`. It stands beside the buyer paths, not under them.
pub fn account_request(client: &Client) -> Request {
    client.request(Method::Get, "/accounts/current")
}

/// Reads the account.
pub fn parse_account(response: &Response) -> Result<Account, ApiError> {
    json::read(response, |node| Account {
        id: node.integer("id"),
        company: node.text("company"),
        role: node.opt_text("role"),
    })
}
