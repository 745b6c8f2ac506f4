//! What a provider tells about itself: RFC 8414 for the authorization server, RFC 9728 for the resource.

use super::provider::Provider;
use crate::api::json;
use crate::api::{ApiError, Client, Method, Request, Response, may_open, origin_of};

/// The metadata of an authorization server, as received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerMetadata {
    /// Who it says it is.
    pub issuer: String,
    /// Where people agree.
    pub authorization_endpoint: String,
    /// Where codes become tokens.
    pub token_endpoint: String,
    /// Where clients register themselves (RFC 7591).
    pub registration_endpoint: Option<String>,
    /// Every answer to a person's consent names the issuer (RFC 9207 section 3).
    pub tells_issuer: bool,
}

/// The metadata of a protected resource, as received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceMetadata {
    /// What it says it is.
    pub resource: String,
    /// Who gives out tokens for it.
    pub authorization_servers: Vec<String>,
}

/// A server whose metadata passed every check. The paths lie below the identity's origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its issuer, as the metadata has it.
    pub issuer: String,
    /// The page on which people agree.
    pub authorization_endpoint: String,
    /// Where codes become tokens.
    pub token_path: String,
    /// Where clients register themselves, if it lets them.
    pub registration_path: Option<String>,
    /// An answer without `iss` is refused.
    pub tells_issuer: bool,
}

/// Why the documents of a provider are not used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Untrusted {
    /// `resource` is not the one that was asked for (RFC 9728 section 3.3).
    Resource,
    /// The resource takes tokens of others only.
    NotItsServer,
    /// `issuer` is not the one that was asked for (RFC 8414 section 3.3).
    Issuer,
    /// An endpoint is no https address, or has a fragment.
    Endpoint,
    /// An endpoint for our own calls lies elsewhere than the identity.
    Elsewhere,
}

impl Untrusted {
    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Resource => "wrong_resource",
            Self::NotItsServer => "not_its_server",
            Self::Issuer => "wrong_metadata_issuer",
            Self::Endpoint => "bad_endpoint",
            Self::Elsewhere => "endpoint_elsewhere",
        }
    }
}

/// The name of a server's document.
pub const SERVER: &str = "/.well-known/oauth-authorization-server";
/// The name of a resource's document.
pub const RESOURCE: &str = "/.well-known/oauth-protected-resource";
/// The name that `OpenID` Connect gives a server's document; it stands behind the path.
pub const OPENID: &str = "/.well-known/openid-configuration";

/// The path of a document: its name stands between the host and the path of the identifier (RFC 8414
/// section 3.1, RFC 9728 section 3.1), or behind the path when that is the older way.
pub fn well_known(identifier: &str, name: &str) -> String {
    let origin = origin_of(identifier).unwrap_or_default();
    let path = identifier.get(origin.len()..).unwrap_or_default();
    let path = path.trim_end_matches('/');
    let parts = if name == OPENID {
        [path, name]
    } else {
        [name, path]
    };
    parts.concat()
}

/// Asks for the document of this name about `identifier`. The client's base stands for its origin.
pub fn document_request(client: &Client, identifier: &str, name: &str) -> Request {
    client.request(Method::Get, &well_known(identifier, name))
}

/// Reads the metadata of an authorization server.
pub fn parse_server(response: &Response) -> Result<ServerMetadata, ApiError> {
    json::read(response, |node| ServerMetadata {
        issuer: node.text("issuer"),
        authorization_endpoint: node.text("authorization_endpoint"),
        token_endpoint: node.text("token_endpoint"),
        registration_endpoint: node.opt_text("registration_endpoint"),
        tells_issuer: node.opt_boolean("authorization_response_iss_parameter_supported")
            == Some(true),
    })
}

/// Reads the metadata of a protected resource.
pub fn parse_resource(response: &Response) -> Result<ResourceMetadata, ApiError> {
    json::read(response, |node| ResourceMetadata {
        resource: node.text("resource"),
        authorization_servers: node.texts("authorization_servers"),
    })
}

/// Compares both documents with who was configured, for a page of `own_origin`. Nothing of them is used
/// unless everything fits.
pub fn check(
    provider: &Provider,
    own_origin: &str,
    resource: &ResourceMetadata,
    server: ServerMetadata,
) -> Result<Server, Untrusted> {
    if resource.resource != provider.resource() {
        return Err(Untrusted::Resource);
    }
    let mut servers = resource.authorization_servers.iter();
    if !servers.any(|server| provider.is_issuer(server)) {
        return Err(Untrusted::NotItsServer);
    }
    if !provider.is_issuer(&server.issuer) {
        return Err(Untrusted::Issuer);
    }
    let opens = |url: &str| may_open(url, own_origin) && !url.contains('#');
    let path = |url: &str| {
        if !opens(url) {
            Err(Untrusted::Endpoint)
        } else if origin_of(url) == origin_of(&provider.identity) {
            let origin = origin_of(url).unwrap_or_default();
            Ok(url.get(origin.len()..).unwrap_or_default().to_owned())
        } else {
            Err(Untrusted::Elsewhere)
        }
    };
    if !opens(&server.authorization_endpoint) {
        return Err(Untrusted::Endpoint);
    }
    let registration = server.registration_endpoint.as_deref();
    Ok(Server {
        token_path: path(&server.token_endpoint)?,
        registration_path: registration.map(path).transpose()?,
        issuer: server.issuer,
        authorization_endpoint: server.authorization_endpoint,
        tells_issuer: server.tells_issuer,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::testing::{answer, client, provider, server};

    const HERE: &str = "https://console.example";

    fn metadata() -> ServerMetadata {
        ServerMetadata {
            issuer: "https://id.example/".into(),
            authorization_endpoint: "https://id.example/authorize".into(),
            token_endpoint: "https://id.example/token".into(),
            registration_endpoint: Some("https://id.example/register".into()),
            tells_issuer: false,
        }
    }

    fn resource() -> ResourceMetadata {
        ResourceMetadata {
            resource: "https://id.example/api".into(),
            authorization_servers: vec![
                "https://other.example".into(),
                "https://id.example".into(),
            ],
        }
    }

    fn checked(server: ServerMetadata) -> Result<Server, Untrusted> {
        check(&provider(), HERE, &resource(), server)
    }

    #[test]
    fn d47_names_stand_between_host_and_path() {
        let of = |identifier| well_known(identifier, SERVER);
        assert_eq!(
            of("https://h.example"),
            "/.well-known/oauth-authorization-server"
        );
        assert_eq!(
            of("https://h.example/"),
            "/.well-known/oauth-authorization-server"
        );
        assert_eq!(
            of("https://h.example/p/q/"),
            "/.well-known/oauth-authorization-server/p/q"
        );
        assert_eq!(
            well_known("https://h.example/p", OPENID),
            "/p/.well-known/openid-configuration"
        );
        let request = document_request(&client(), "https://id.example/api", RESOURCE);
        assert_eq!(
            request.url,
            "https://console.example/gateway/registry/.well-known/oauth-protected-resource/api"
        );
    }

    #[test]
    fn documents_are_read_as_the_registry_prints_them() {
        let text = r#"{"issuer":"https://id.example/","authorization_endpoint":"https://id.example/authorize",
            "response_types_supported":["code"],"code_challenge_methods_supported":["S256"],
            "token_endpoint":"https://id.example/token","token_endpoint_auth_methods_supported":["client_secret_post","none"],
            "grant_types_supported":["authorization_code","refresh_token"],"scopes_supported":["openid","profile","email"],
            "registration_endpoint":"https://id.example/register"}"#;
        assert_eq!(parse_server(&answer(200, text)), Ok(metadata()));
        assert_eq!(checked(metadata()), Ok(server()));
        let text = r#"{"resource":"https://id.example/api","authorization_servers":["https://id.example"],
            "bearer_methods_supported":["header"],"scopes_supported":["openid","profile","email"]}"#;
        let resource = parse_resource(&answer(200, text)).expect("as printed");
        assert!(check(&provider(), HERE, &resource, metadata()).is_ok());
    }

    #[test]
    fn d10_a_server_that_tells_no_method_gets_a_challenge_all_the_same() {
        let text = r#"{"issuer":"https://id.example","authorization_endpoint":"https://id.example/a","token_endpoint":"https://id.example/t"}"#;
        let server = parse_server(&answer(200, text)).expect("little is needed");
        assert_eq!(
            (server.registration_endpoint.as_ref(), server.tells_issuer),
            (None, false)
        );
        assert_eq!(
            checked(server).map(|server| server.token_path),
            Ok("/t".into())
        );
    }

    #[test]
    fn d48_a_document_of_another_issuer_is_not_used() {
        for issuer in [
            "https://evil.example",
            "https://id.example/x",
            "https://ID.example",
            "",
        ] {
            let server = ServerMetadata {
                issuer: issuer.into(),
                ..metadata()
            };
            assert_eq!(checked(server), Err(Untrusted::Issuer), "{issuer}");
        }
    }

    #[test]
    fn d49_endpoints_are_https_and_our_calls_stay_at_the_identity() {
        for (endpoint, problem) in [
            ("http://id.example/token", Untrusted::Endpoint),
            ("javascript:alert(1)", Untrusted::Endpoint),
            ("/token", Untrusted::Endpoint),
            ("https://id.example/token#x", Untrusted::Endpoint),
            ("https://evil.example/token", Untrusted::Elsewhere),
            ("https://id.example:8443/token", Untrusted::Elsewhere),
        ] {
            let token = ServerMetadata {
                token_endpoint: endpoint.into(),
                ..metadata()
            };
            assert_eq!(checked(token), Err(problem), "{endpoint}");
            let registration = ServerMetadata {
                registration_endpoint: Some(endpoint.into()),
                ..metadata()
            };
            assert_eq!(checked(registration), Err(problem), "{endpoint}");
        }
        // A person goes there and sees where they are; no call of ours does.
        let authorization = |endpoint: &str| ServerMetadata {
            authorization_endpoint: endpoint.into(),
            ..metadata()
        };
        assert!(checked(authorization("https://login.example/authorize")).is_ok());
        assert_eq!(
            checked(authorization("javascript:alert(1)")),
            Err(Untrusted::Endpoint)
        );
    }

    #[test]
    fn d50_a_document_of_another_resource_is_not_used() {
        for other in [
            "https://id.example/api/",
            "https://id.example",
            "https://evil.example/api",
        ] {
            let resource = ResourceMetadata {
                resource: other.into(),
                ..resource()
            };
            let checked = check(&provider(), HERE, &resource, metadata());
            assert_eq!(checked, Err(Untrusted::Resource), "{other}");
        }
    }

    #[test]
    fn d51_of_several_servers_the_configured_one_is_taken() {
        let mut resource = resource();
        assert!(check(&provider(), HERE, &resource, metadata()).is_ok());
        resource.authorization_servers.truncate(1);
        let checked = check(&provider(), HERE, &resource, metadata());
        assert_eq!(checked, Err(Untrusted::NotItsServer));
    }
}
