//! Who carries the session's calls, and what goes along with them.

use super::Session;
use crate::api::{Access, AccessKind, Client};
use crate::browser::Host;
use crate::credential::Secret;

impl Session {
    /// A client of the storefront service for whoever asks now.
    pub fn client(&self) -> Client {
        self.client_as(self.token.get_untracked())
    }

    /// A client for a token that is still to be tried.
    pub fn client_as(&self, token: Option<Secret>) -> Client {
        let access = match self.access_kind() {
            AccessKind::Gateway => Access::Gateway,
            AccessKind::Token | AccessKind::SignIn => Access::Token(token),
        };
        let api = self.service().map_or("", |service| &service.api);
        self.client_of(api, access)
    }

    /// A client of the API at `base`. What the page around an element wants to go along goes along.
    pub fn client_of(&self, base: &str, access: Access) -> Client {
        let client = Client::new(base, access, self.program.send);
        match self.host {
            Some(host) => client.with(host.headers()),
            None => client,
        }
    }

    /// Counts the pages around the element: what was begun for one of them is not for the next, nor for none.
    pub fn stay(&self) -> Option<u32> {
        self.host.map(Host::stay)
    }

    /// True when the element was taken out of the page: nothing more is to be asked.
    pub(super) fn is_left(&self) -> bool {
        self.host.is_some_and(|host| !host.is_there())
    }

    /// The page around the element, where it is the one that gives the token for a service that is accessed so.
    pub fn gives_token(&self, access: AccessKind) -> Option<Host> {
        let gives = |host: &Host| access == AccessKind::Token && host.gives_token();
        self.host.filter(gives)
    }
}
