//! The open consents: which state stands for which credential, and the one-time codes.

use sha2::{Digest, Sha256};
use std::collections::HashMap;
use url::Url;

/// What a person is asked to agree to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A waiting credential, by its id.
    Credential(String),
    /// The connection of an adapter storefront.
    Adapter { company: u32, storefront: u64 },
}

#[derive(Debug)]
struct Open {
    subject: Subject,
    /// Set once the person approved.
    code: Option<String>,
}

/// The consents that were started and not finished.
#[derive(Debug)]
pub struct Consents {
    origin: String,
    open: HashMap<String, Open>,
    /// Counts on through resets, so that an address from before a reset never fits one from after it.
    made: u64,
}

impl Consents {
    pub fn new(auth_origin: &str) -> Self {
        Self {
            origin: auth_origin.to_owned(),
            open: HashMap::new(),
            made: 0,
        }
    }

    pub fn clear(&mut self) {
        self.open.clear();
    }

    /// An unguessable-looking word that repeats from run to run and never within one.
    pub fn word(&mut self, prefix: &str) -> String {
        self.made += 1;
        let hash = Sha256::digest(format!("{prefix} {}", self.made));
        format!("{prefix}_{}", crate::journal::hex(&hash[..12]))
    }

    /// Starts a consent and returns its state; an earlier one for the same credential ends.
    pub fn open_for_credential(&mut self, id: &str) -> String {
        self.open(Subject::Credential(id.to_owned()))
    }

    pub fn open(&mut self, subject: Subject) -> String {
        self.close_subject(&subject);
        let state = self.word("pending");
        self.open.insert(
            state.clone(),
            Open {
                subject,
                code: None,
            },
        );
        state
    }

    pub fn subject(&self, state: &str) -> Option<&Subject> {
        self.open
            .get(state)
            .filter(|open| open.code.is_none())
            .map(|open| &open.subject)
    }

    pub fn state_of_credential(&self, id: &str) -> Option<&str> {
        let subject = Subject::Credential(id.to_owned());
        self.open
            .iter()
            .find(|(_, open)| open.subject == subject)
            .map(|(state, _)| state.as_str())
    }

    /// The person approved: a code that the platform's callback can redeem once.
    pub fn approve(&mut self, state: &str) -> Option<String> {
        self.subject(state)?;
        let code = self.word("code");
        self.open.get_mut(state)?.code = Some(code.clone());
        Some(code)
    }

    /// Ends a consent for good.
    pub fn close(&mut self, state: &str) -> Option<Subject> {
        self.open.remove(state).map(|open| open.subject)
    }

    pub fn close_subject(&mut self, subject: &Subject) {
        self.open.retain(|_, open| open.subject != *subject);
    }

    /// What a code and its state stand for, once.
    pub fn redeem(&mut self, state: &str, code: &str) -> Option<Subject> {
        if self.open.get(state)?.code.as_deref() != Some(code) {
            return None;
        }
        self.close(state)
    }

    /// The address of the provider's consent page, with the platform's own callback in it.
    pub fn authorization_url(&self, state: &str, client: &str) -> String {
        let mut url = Url::parse(&format!("{}/provider/authorize", self.origin))
            .expect("the origin is our own");
        url.query_pairs_mut()
            .append_pair("client_id", client)
            .append_pair("response_type", "code")
            .append_pair("scope", "inventory.read mediabuy.write")
            .append_pair(
                "redirect_uri",
                &format!(
                    "{}/interchange/api/v2/storefront/oauth/callback",
                    self.origin
                ),
            )
            .append_pair("state", state);
        url.into()
    }

    /// The platform's own page that leads to an adapter's consent.
    pub fn connection_url(&self, state: &str) -> String {
        format!("{}/interchange/connections/{state}", self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_and_its_code_work_once() {
        let mut consents = Consents::new("http://127.0.0.1:9");
        let state = consents.open_for_credential("731");
        let code = consents.approve(&state).expect("is open");
        assert!(consents.approve(&state).is_none(), "approved twice");
        assert!(consents.redeem(&state, "code_other").is_none());
        assert_eq!(
            consents.redeem(&state, &code),
            Some(Subject::Credential("731".to_owned()))
        );
        assert!(consents.redeem(&state, &code).is_none());
    }

    #[test]
    fn a_new_address_ends_the_old_one_and_a_reset_never_repeats_one() {
        let mut consents = Consents::new("http://127.0.0.1:9");
        let first = consents.open_for_credential("731");
        let second = consents.open_for_credential("731");
        assert!(consents.subject(&first).is_none() && consents.subject(&second).is_some());
        consents.clear();
        assert_ne!(consents.open_for_credential("731"), first);
    }
}
