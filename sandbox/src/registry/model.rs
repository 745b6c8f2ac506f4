//! The registry's nouns: organisations, the agents they hold, and what is saved for an agent.

use jiff::{SignedDuration, Timestamp};

/// An organisation that the seeded person belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Organization {
    pub id: &'static str,
    pub name: &'static str,
    pub role: &'static str,
}

/// An agent in the profile of one organisation.
#[derive(Debug, Clone, Copy)]
pub struct Agent {
    pub organization: &'static str,
    pub url: &'static str,
    pub name: &'static str,
    pub kind: &'static str,
    pub visibility: &'static str,
    /// Whether it has an authorization server that a person can be sent to.
    pub consents: bool,
}

/// A token of the agent that somebody typed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    Bearer,
    Basic,
}

impl Token {
    pub fn name(self) -> &'static str {
        match self {
            Self::Bearer => "bearer",
            Self::Basic => "basic",
        }
    }
}

/// Tokens that a person's consent at the agent brought.
#[derive(Debug, Clone, Copy)]
pub struct Consented {
    pub expires: Option<Timestamp>,
    pub refreshable: bool,
}

impl Consented {
    /// A token that can be renewed is valid; otherwise it has to be good for five more minutes.
    pub fn is_valid(&self) -> bool {
        let soon = Timestamp::now() + SignedDuration::from_mins(5);
        self.refreshable || self.expires.is_none_or(|expires| expires > soon)
    }

    pub fn expires(&self) -> Option<String> {
        self.expires.map(|expires| format!("{expires:.3}"))
    }
}

/// Where the client's identifier and secret go in the exchange.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Placement {
    Basic,
    Body,
}

/// OAuth client credentials as they were saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientCredentials {
    pub token_endpoint: String,
    pub client_id: String,
    pub client_secret: String,
    pub scope: Option<String>,
    pub resources: Vec<String>,
    pub audience: Option<String>,
    pub placement: Placement,
}

/// What one organisation saved for one agent.
#[derive(Debug, Clone)]
pub struct Context {
    pub id: String,
    pub organization: &'static str,
    /// The agent's address as it is compared.
    pub agent: String,
    pub token: Option<Token>,
    pub consented: Option<Consented>,
    /// Whether the registry registered itself at the agent's authorization server.
    pub registered: bool,
    pub client_credentials: Option<ClientCredentials>,
}

impl Context {
    /// The kind that is used: a typed token, then a consent, then client credentials (registry.md, section 1).
    pub fn kind(&self) -> Option<&'static str> {
        if let Some(token) = self.token {
            return Some(token.name());
        }
        if self.has_valid_consent() {
            return Some("oauth");
        }
        self.client_credentials
            .as_ref()
            .map(|_| "oauth_client_credentials")
    }

    pub fn has_valid_consent(&self) -> bool {
        self.consented.is_some_and(|tokens| tokens.is_valid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consent_is_valid_while_it_can_be_renewed_or_for_five_more_minutes() {
        let at = |minutes| Some(Timestamp::now() + SignedDuration::from_mins(minutes));
        for (expires, refreshable, valid) in [
            (at(-60), true, true),
            (at(4), false, false),
            (at(6), false, true),
            (None, false, true),
        ] {
            let tokens = Consented {
                expires,
                refreshable,
            };
            assert_eq!(tokens.is_valid(), valid, "{tokens:?}");
        }
    }
}
