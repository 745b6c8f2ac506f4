//! Registering a credential for one source.

use crate::api::client::Client;
use crate::api::encode::{push_encoded, push_id};
use crate::api::error::ApiError;
use crate::api::http::{Method, Request, Response};
use crate::api::json::{self, Node};
use crate::credential::Secret;

use super::credentials::CredentialStatus;
use super::list::STOREFRONTS;

/// Keys of the body that hold no secret: a server message may repeat their values.
const PUBLIC_KEYS: &[&str] = &["accountIdentifier", "type"];

/// What a registration made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The credential's id.
    pub id: String,
    /// The account's name or number at the source.
    pub account_identifier: String,
    /// Active at once, or pending until consent is given.
    pub status: CredentialStatus,
    /// Who registered it.
    pub registered_by: Option<String>,
    /// When, in ISO 8601.
    pub created_at: String,
    /// Where consent is given; only for sources that want it.
    pub oauth: Option<OAuthInfo>,
}

/// Where consent is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthInfo {
    /// The provider's page. Check it with [`may_open`](crate::api::may_open) before opening it.
    pub authorization_url: String,
}

/// `POST /storefronts/{id}/sources/{sourceId}/credentials` with `body`, which a checked credential
/// makes. The source's id may hold any character, but see
/// [`is_addressable`](crate::api::is_addressable).
pub fn register_request(
    client: &Client,
    storefront_id: u64,
    source_id: &str,
    body: Secret,
) -> Request {
    let mut path = String::from(STOREFRONTS);
    push_id(&mut path, storefront_id);
    path.push_str("/sources/");
    push_encoded(&mut path, source_id);
    path.push_str("/credentials");
    client.request_with_body(Method::Post, &path, body, PUBLIC_KEYS)
}

/// Reads what was registered.
pub fn parse_register(response: &Response) -> Result<Registration, ApiError> {
    json::read(response, |node| Registration {
        id: node.id("id"),
        account_identifier: node.text("accountIdentifier"),
        status: CredentialStatus::named(node.text("status")),
        registered_by: node.opt_text("registeredBy"),
        created_at: node.text("createdAt"),
        oauth: oauth(node),
    })
}

/// The `oauth` block of `node`.
pub(super) fn oauth(node: &Node<'_>) -> Option<OAuthInfo> {
    let authorization_url = node.opt("oauth")?.text("authorizationUrl");
    Some(OAuthInfo { authorization_url })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::testing::{client, header, response, token};

    #[test]
    fn an_odd_source_id_stays_in_its_segment() {
        let request = register_request(&client(token()), 42, "a/b%2F c?x", Secret::new("{}"));
        assert_eq!(
            request.url,
            "https://a.example/api/buyer/storefronts/42/sources/a%2Fb%252F%20c%3Fx/credentials"
        );
        assert_eq!(header(&request, "Content-Type"), Some("application/json"));
        assert_eq!(request.body.as_ref().map(Secret::expose), Some("{}"));
    }

    #[test]
    fn what_does_not_fit_is_named_by_path() {
        let check = |body: &str, expected: &str| match parse_register(&response(201, body)) {
            Err(ApiError::Unreadable {
                status: 201, path, ..
            }) => assert_eq!(path, expected, "{body}"),
            other => panic!("{body} was read as {other:?}"),
        };
        check("", "");
        check("null", "id");
        check(r#"{"data":null,"error":null}"#, "data.id");
        check(r#"{"data":{"id":""}}"#, "data.id");
        check(r#"{"id":1.5}"#, "id");
        check(r#"{"id":1,"accountIdentifier":null}"#, "accountIdentifier");
        check(
            r#"{"data":{"id":"1","accountIdentifier":"a","status":"PENDING","createdAt":"","oauth":{"authorizationUrl":7}}}"#,
            "data.oauth.authorizationUrl",
        );
    }
}
