//! A grant that stays good: renewed ahead of its end, by one request at a time.

use super::{Door, Registry};
use crate::browser;
use crate::oauth::token::{Grant, is_over, parse_tokens, refresh_request};

/// How often the end of a token is looked at, in milliseconds.
const LOOK: i32 = 5000;

impl Registry {
    /// A sign-in succeeded.
    pub(super) fn accept(&self, grant: Grant) {
        let registry = *self;
        self.grant.set(Some(grant));
        self.key.set(None);
        self.reopen();
        let turn = self.next_turn();
        browser::spawn(async move {
            while registry.turn.get() == turn && registry.grant.peek().is_some() {
                browser::sleep(LOOK).await;
                registry.tick.bump();
                let over = || {
                    let grant = registry.grant.peek();
                    let end = grant.as_ref().as_ref().and_then(|grant| grant.expires_at);
                    end.is_some_and(|end| browser::now() >= end)
                };
                registry.fresh(false).await;
                // A network that is away for a while does not end a sign-in before its time.
                if over() {
                    registry.close(Some(registry.over()));
                }
            }
        });
    }

    /// Renews the grant when it is due, or `at_once`; whoever comes while somebody renews waits for that. True when
    /// there is a grant that was not found to be over.
    pub(super) async fn fresh(&self, at_once: bool) -> bool {
        if self.renewing.get() {
            while self.renewing.get() {
                browser::sleep(20).await;
            }
            return self.grant.peek().is_some();
        }
        let grant = self.grant.get_untracked();
        let Some(grant) = grant.filter(|_| matches!(&*self.door.peek(), Door::Open)) else {
            return false;
        };
        if !at_once && !grant.is_due(browser::now()) {
            return true;
        }
        let client = self.public_client();
        let Some(request) = refresh_request(&client, &grant) else {
            return false;
        };
        self.renewing.set(true);
        let answer = client.call(request).await.read(parse_tokens);
        self.renewing.set(false);
        // Whoever signed out in the meantime stays out.
        if self.grant.peek().is_none() {
            return false;
        }
        match answer {
            Ok(tokens) => {
                self.renewals.set(self.renewals.get() + 1);
                self.grant.set(Some(grant.renewed(tokens, browser::now())));
                true
            }
            Err(error) if is_over(&self.provider, &error) => {
                self.close(Some(self.over()));
                false
            }
            Err(_) => false,
        }
    }
}
