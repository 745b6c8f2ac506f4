//! Clients, authorizations on their way, codes and tokens.

use base64ct::{Base64UrlUnpadded, Encoding};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

/// How long a person may take.
const PENDING: Duration = Duration::from_mins(10);

/// A registered client.
#[derive(Debug, Clone)]
pub struct Client {
    pub name: Option<String>,
    pub redirect_uris: Vec<String>,
    /// `None` for a public client.
    pub secret: Option<String>,
}

/// What an authorization request asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    pub client: String,
    pub redirect_uri: String,
    pub state: Option<String>,
    pub challenge: String,
    pub scope: Option<String>,
    pub resource: Option<String>,
}

/// Everything that was registered and granted. It ends with a reset.
#[derive(Debug, Default)]
pub struct Grants {
    pub clients: HashMap<String, Client>,
    asked: HashMap<String, (Asked, Instant)>,
    codes: HashMap<String, (Asked, Instant)>,
    /// Access token to the moment of its end.
    access: HashMap<String, Instant>,
    /// Refresh token to client.
    refresh: HashMap<String, String>,
}

impl Grants {
    /// Keeps a request until the person decided.
    pub fn ask(&mut self, ticket: String, asked: Asked) {
        self.asked.insert(ticket, (asked, Instant::now()));
    }

    pub fn asked(&self, ticket: &str) -> Option<&Asked> {
        self.asked
            .get(ticket)
            .filter(|(_, at)| at.elapsed() < PENDING)
            .map(|(asked, _)| asked)
    }

    /// Ends a request; it is decided once.
    pub fn decided(&mut self, ticket: &str) -> Option<Asked> {
        self.asked(ticket)?;
        self.asked.remove(ticket).map(|(asked, _)| asked)
    }

    pub fn add_code(&mut self, code: String, asked: Asked) {
        self.codes.insert(code, (asked, Instant::now()));
    }

    /// What a code stands for, when it is this client's, unused and younger than `lifetime`.
    pub fn code(&self, code: &str, client: &str, lifetime: Duration) -> Option<&Asked> {
        self.codes
            .get(code)
            .filter(|(asked, at)| asked.client == client && at.elapsed() < lifetime)
            .map(|(asked, _)| asked)
    }

    pub fn use_up(&mut self, code: &str) {
        self.codes.remove(code);
    }

    /// Adds a pair of tokens made from `word`, and returns (access, refresh).
    pub fn grant(&mut self, word: &str, client: &str, lifetime: Duration) -> (String, String) {
        let access = signed_looking(word, client);
        let refresh = format!("refresh_{word}");
        self.access
            .insert(access.clone(), Instant::now() + lifetime);
        self.refresh.insert(refresh.clone(), client.to_owned());
        (access, refresh)
    }

    /// Uses up a refresh token of this client. False when it is dead or somebody else's.
    pub fn rotate(&mut self, refresh: &str, client: &str) -> bool {
        let fits = self.refresh.get(refresh).is_some_and(|of| of == client);
        fits && self.refresh.remove(refresh).is_some()
    }

    /// Whether an access token is one of ours and still good.
    pub fn knows(&self, access: &str) -> bool {
        self.access
            .get(access)
            .is_some_and(|end| Instant::now() < *end)
    }

    /// Forgets kinds of things, as `forget` of the controls names them.
    pub fn forget(&mut self, kinds: Option<&Value>) -> Result<(), String> {
        let kinds = match kinds {
            None => return Ok(()),
            Some(kinds) => kinds.as_array().ok_or("forget takes a list of words.")?,
        };
        for kind in kinds {
            match kind.as_str() {
                Some("clients") => self.clients.clear(),
                Some("codes") => self.codes.clear(),
                Some("access_tokens") => self.access.clear(),
                Some("refresh_tokens") => self.refresh.clear(),
                _ => {
                    return Err(format!(
                        "forget names clients, codes, access_tokens or refresh_tokens, not {kind}."
                    ));
                }
            }
        }
        Ok(())
    }
}

/// Base64url of the SHA-256 of a verifier (RFC 7636, section 4.2).
pub fn challenge(verifier: &str) -> String {
    Base64UrlUnpadded::encode_string(&Sha256::digest(verifier))
}

/// Three segments, as the real tokens have. Nobody may look into them: the sandbox knows them by heart.
pub fn signed_looking(word: &str, client: &str) -> String {
    let head = json!({ "alg": "RS256", "typ": "JWT" }).to_string();
    let claims = json!({ "sub": "user_demo", "client_id": client, "jti": word }).to_string();
    let segment = |bytes: &[u8]| Base64UrlUnpadded::encode_string(bytes);
    format!(
        "{}.{}.{}",
        segment(head.as_bytes()),
        segment(claims.as_bytes()),
        segment(&Sha256::digest(word))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_of_the_rfc() {
        // RFC 7636, appendix B.
        assert_eq!(
            challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"),
            "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        );
    }

    #[test]
    fn a_refresh_token_works_once_and_for_its_client() {
        let mut grants = Grants::default();
        let (access, refresh) = grants.grant("w", "a", Duration::from_mins(1));
        assert!(grants.knows(&access) && access.split('.').count() == 3);
        assert!(!grants.rotate(&refresh, "b"));
        assert!(grants.rotate(&refresh, "a"));
        assert!(!grants.rotate(&refresh, "a"));
        let (ended, _) = grants.grant("x", "a", Duration::ZERO);
        assert!(!grants.knows(&ended));
    }
}
