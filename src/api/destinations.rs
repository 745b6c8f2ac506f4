//! Adobe's Destination SDK: the endpoints of credential configurations (destinations.md, section 3), and the token
//! that is needed for them (section 7).

mod record;

pub use record::{Record, Row, parse_created, parse_list, parse_record};

use super::client::Client;
use super::encode::push_encoded;
use super::error::ApiError;
use super::http::{Method, Request, Response};
use super::refusal;
use crate::api::redact::Sent;
use crate::credential::{Auth, Credential, Form, Secret};

/// Keys of a body that hold no secret: a server message may repeat their values.
const PUBLIC_KEYS: &[&str] = &[
    "type",
    "name",
    "url",
    "username",
    "accessId",
    "tenant",
    "servicePrincipalId",
    "clientId",
    "userId",
    "expiration",
];

/// Where tokens are given out, below the address of Adobe's identity service (section 7).
pub const TOKEN_PATH: &str = "/ims/token/v3";
/// What a token for Experience Platform must be good for.
pub const TOKEN_SCOPE: &str =
    "openid,session,AdobeID,read_organizations,additional_info.projectedProductContext";

/// Whose data a call is about (section 1).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whose {
    /// The organisation, with `@AdobeOrg` at its end.
    pub organisation: String,
    /// The client id that the token was made for; empty where a gateway adds it.
    pub key: String,
    /// The sandbox.
    pub sandbox: String,
}

impl Whose {
    /// The headers that say so.
    pub fn headers(&self) -> Vec<(&'static str, Secret)> {
        let mut headers = Vec::new();
        for (name, value) in [
            ("x-api-key", &self.key),
            ("x-gw-ims-org-id", &self.organisation),
            ("x-sandbox-name", &self.sandbox),
        ] {
            if !value.is_empty() {
                headers.push((name, Secret::new(value.as_str())));
            }
        }
        headers
    }
}

/// `/credentials`, or one of them. Ids are opaque texts.
fn path(id: &str) -> String {
    let mut path = String::from("/credentials");
    if !id.is_empty() {
        path.push('/');
        push_encoded(&mut path, id);
    }
    path
}

/// `GET /credentials`.
pub fn list_request(client: &Client) -> Request {
    client.request(Method::Get, &path(""))
}

/// `GET /credentials/{instanceId}`.
pub fn record_request(client: &Client, id: &str) -> Request {
    client.request(Method::Get, &path(id))
}

/// `POST /credentials`: `type` where the documents give one, `name`, and the one object of this kind.
pub fn create_request(client: &Client, credential: &Credential) -> Request {
    let kind = match credential.spec().auth {
        Auth::Named { kind, .. } => kind,
        Auth::Members(_) | Auth::Absent => "",
    };
    write(client, Method::Post, "", credential, kind)
}

/// `PUT /credentials/{instanceId}`: the same, in the place of all that was there. `kind` is the `type` to send, see
/// [`Record::kind_to_send`].
pub fn update_request(client: &Client, id: &str, credential: &Credential, kind: &str) -> Request {
    write(client, Method::Put, id, credential, kind)
}

fn write(
    client: &Client,
    method: Method,
    id: &str,
    credential: &Credential,
    kind: &str,
) -> Request {
    let body = credential.body_with(&[("type", kind, Form::Text)]);
    client.request_with_body(method, &path(id), body, PUBLIC_KEYS)
}

/// `DELETE /credentials/{instanceId}`.
pub fn delete_request(client: &Client, id: &str) -> Request {
    client.request(Method::Delete, &path(id))
}

/// An answer whose status tells everything: 200 and 204 alike, whatever stands in the body.
pub fn parse_done(response: &Response) -> Result<(), ApiError> {
    refusal::judge(response, false, &Sent::default())?;
    // A page in the place of an answer comes from somebody else.
    if response.is_html() {
        return Err(super::json::unreadable(response, String::new()));
    }
    Ok(())
}

/// The field of our own access that a refusal is about, by the code of Adobe's gateway (section 6a).
pub fn field_of(code: &str) -> Option<&'static str> {
    Some(match code {
        "403010" | "401013" => "accessToken",
        "403000" | "403003" => "apiKey",
        "400003" | "403025" | "403027" => "imsOrgId",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Access;
    use crate::api::testing::{client, header, response};

    #[test]
    fn an_id_stays_in_its_segment() {
        let client = client(Access::None);
        let request = record_request(&client, "n55/aff %");
        assert!(request.url.ends_with("/credentials/n55%2Faff%20%25"));
        assert!(list_request(&client).url.ends_with("/credentials"));
    }

    #[test]
    fn what_is_not_known_is_not_sent() {
        let mut whose = Whose {
            organisation: "acme@AdobeOrg".into(),
            key: "k".into(),
            sandbox: "prod".into(),
        };
        let request = list_request(&client(Access::None).with(whose.headers()));
        for (name, value) in [
            ("x-api-key", "k"),
            ("x-gw-ims-org-id", "acme@AdobeOrg"),
            ("x-sandbox-name", "prod"),
        ] {
            assert_eq!(header(&request, name), Some(value));
        }
        whose.key.clear();
        assert_eq!(whose.headers().len(), 2);
    }

    #[test]
    fn a_status_is_enough_but_a_page_is_not() {
        for (status, body) in [(200, ""), (204, ""), (200, "{}"), (202, "gone")] {
            assert_eq!(
                parse_done(&response(status, body)),
                Ok(()),
                "{status} {body}"
            );
        }
        for (status, body) in [(200, "<html>"), (404, ""), (500, "")] {
            assert!(
                parse_done(&response(status, body)).is_err(),
                "{status} {body}"
            );
        }
    }
}
