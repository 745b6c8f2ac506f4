//! Adapter storefronts: the hand-off to the platform's own page, where they are connected.

use super::list::STOREFRONTS;
use crate::api::client::Client;
use crate::api::encode::push_id;
use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response};
use crate::api::json;

/// `POST /storefronts/{id}/connection`, without a body (fact sheet, section 9). It changes nothing by
/// itself: what it makes is an address.
pub fn connection_request(client: &Client, storefront_id: u64) -> Request {
    let mut path = String::from(STOREFRONTS);
    push_id(&mut path, storefront_id);
    path.push_str("/connection");
    client.request(Method::Post, &path)
}

/// Reads the address of the page on which the person goes on. Check it with
/// [`may_open`](crate::api::may_open) before opening it.
pub fn parse_connection(response: &Response) -> Result<String, ApiError> {
    json::read(response, |node| node.text("connectionUrl"))
}
