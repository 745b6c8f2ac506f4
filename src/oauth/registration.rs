//! A client that registers itself (RFC 7591), as one that can keep no secret.

use crate::api::json::{self, Parsed};
use crate::api::{ApiError, Client, Method, Request, Response};
use crate::credential::{Form, object};

/// What the server made of the registration. A secret or a registration token in its answer is not even
/// read: a page can keep neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// Who we are to this server.
    pub client_id: String,
    redirect_uris: Vec<String>,
    method: Option<String>,
}

impl Registered {
    /// True when the server holds the client to what was asked for: this redirect address, and no secret.
    /// What it does not repeat is as it was sent (RFC 7591 section 3.2.1).
    pub fn serves(&self, redirect_uri: &str) -> bool {
        let known = self.redirect_uris.is_empty()
            || self.redirect_uris.iter().any(|known| known == redirect_uri);
        known && self.method.as_deref().is_none_or(|method| method == "none")
    }
}

/// Registers `name` with one redirect address, at the path that the metadata told.
pub fn registration_request(
    client: &Client,
    registration_path: &str,
    redirect_uri: &str,
    name: &str,
) -> Request {
    let body = object(&[
        ("client_name", name, Form::Text),
        ("redirect_uris", redirect_uri, Form::List),
        ("token_endpoint_auth_method", "none", Form::Text),
        (
            "grant_types",
            "authorization_code refresh_token",
            Form::List,
        ),
        ("response_types", "code", Form::List),
    ]);
    let public = &["client_name", "redirect_uris"];
    client.request_with_body(Method::Post, registration_path, body, public)
}

/// Reads what the server made of it.
pub fn parse_registration(response: &Response) -> Result<Registered, ApiError> {
    json::read(response, |node| Registered {
        client_id: node.id("client_id"),
        redirect_uris: node.texts("redirect_uris"),
        method: node.opt_text("token_endpoint_auth_method"),
    })
}

/// What is kept of a registration between visits: nothing of it is secret.
pub fn remember(issuer: &str, redirect_uri: &str, client_id: &str) -> String {
    let members = [
        ("issuer", issuer, Form::Text),
        ("redirect_uri", redirect_uri, Form::Text),
        ("client_id", client_id, Form::Text),
    ];
    object(&members).expose().to_owned()
}

/// The `client_id` that was kept, if it is one of this issuer and for this redirect address.
pub fn recall(kept: &str, issuer: &str, redirect_uri: &str) -> Option<String> {
    let kept = Parsed::parse(kept)?;
    let text = |name| kept.root().at_key(name).string().unwrap_or_default();
    let fits = text("issuer") == issuer && text("redirect_uri") == redirect_uri;
    Some(text("client_id")).filter(|client_id| fits && !client_id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::Secret;
    use crate::oauth::testing::{CALLBACK, answer, client};

    #[test]
    fn d52_a_browser_registers_without_a_secret_and_uses_what_comes_back() {
        let request = registration_request(&client(), "/register", CALLBACK, "Credenza");
        assert_eq!(
            request.url,
            "https://console.example/gateway/registry/register"
        );
        let body = request.body.as_ref().map_or("", Secret::expose);
        let body: serde_json::Value = serde_json::from_str(body).expect("JSON");
        assert_eq!(
            body,
            serde_json::json!({
                "client_name": "Credenza",
                "redirect_uris": [CALLBACK],
                "token_endpoint_auth_method": "none",
                "grant_types": ["authorization_code", "refresh_token"],
                "response_types": ["code"]
            })
        );
        let of = |rest: &str| {
            let body = [
                r#"{"client_id":"c-1","client_secret":"hunter2","registration_access_token":"hunter2""#,
                rest,
                "}",
            ];
            parse_registration(&answer(201, &body.concat())).expect("registered")
        };
        let plain = of("");
        assert_eq!(plain.client_id, "c-1");
        assert!(plain.serves(CALLBACK) && !format!("{plain:?}").contains("hunter2"));
        assert!(of(r#","redirect_uris":["https://console.example/oauth-callback.html"],"token_endpoint_auth_method":"none""#).serves(CALLBACK));
        assert!(!of(r#","redirect_uris":["https://console.example/"]"#).serves(CALLBACK));
        assert!(!of(r#","token_endpoint_auth_method":"client_secret_basic""#).serves(CALLBACK));
    }

    #[test]
    fn a_registration_is_kept_for_one_issuer_and_one_address() {
        let kept = remember("https://id.example/", CALLBACK, "c-1");
        let of = |issuer, redirect| recall(&kept, issuer, redirect);
        assert_eq!(of("https://id.example/", CALLBACK).as_deref(), Some("c-1"));
        assert_eq!(of("https://id.example", CALLBACK), None);
        assert_eq!(of("https://id.example/", "https://console.example/"), None);
        for kept in ["", "{}", "[", r#"{"client_id":"c-1"}"#] {
            assert_eq!(recall(kept, "https://id.example/", CALLBACK), None);
        }
    }

    #[test]
    fn a_refused_registration_says_why() {
        let refused = answer(
            400,
            r#"{"error":"invalid_client_metadata","error_description":"redirect_uris: not a URL"}"#,
        );
        let Err(ApiError::Rejected { code, message, .. }) = parse_registration(&refused) else {
            panic!("a 400 is a refusal")
        };
        assert_eq!(code, "invalid_client_metadata");
        assert_eq!(message.as_deref(), Some("redirect_uris: not a URL"));
    }
}
