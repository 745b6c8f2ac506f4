//! Who people sign in at, and where it departs from the standards.

/// One provider. A departure is its own named rule; none is made for everybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// What `issuer` is compared with and where the browser goes for consent, without a slash at its end.
    pub identity: String,
    /// The path of the protected resource below it.
    pub resource_path: &'static str,
    /// What is asked for, space-separated.
    pub scope: &'static str,
    /// `issuer` in the metadata has a slash behind the identity (registry.md, section 11.1).
    pub issuer_has_slash: bool,
    /// A code or refresh token that is dead is answered by 500 `server_error` (registry.md, section 11.3).
    pub dead_token_is_500: bool,
}

impl Provider {
    /// The registry, at the address that the configuration gives it. The rules cost nothing where the server
    /// keeps to the standards.
    pub fn registry(identity: &str) -> Self {
        Self {
            identity: identity.trim_end_matches('/').to_owned(),
            resource_path: "/api",
            scope: "openid profile email",
            issuer_has_slash: true,
            dead_token_is_500: true,
        }
    }

    /// The identifier of the protected resource (RFC 8707 section 2).
    pub fn resource(&self) -> String {
        [self.identity.as_str(), self.resource_path].concat()
    }

    /// True when a server may call itself that: the identity to the letter, or by the rule of the slash.
    pub fn is_issuer(&self, issuer: &str) -> bool {
        let rest = issuer.strip_prefix(&self.identity);
        rest == Some("") || (self.issuer_has_slash && rest == Some("/"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slash_is_a_rule_of_one_provider() {
        let mut provider = Provider::registry("https://id.example/");
        assert_eq!(provider.resource(), "https://id.example/api");
        assert!(provider.is_issuer("https://id.example"));
        assert!(provider.is_issuer("https://id.example/"));
        provider.issuer_has_slash = false;
        assert!(!provider.is_issuer("https://id.example/"));
        for other in [
            "https://id.example//",
            "https://ID.example",
            "https://id.example.evil",
            "",
        ] {
            assert!(!provider.is_issuer(other), "{other}");
        }
    }
}
