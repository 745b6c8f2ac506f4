//! What the session reads from the service, and where it puts it.

use super::Session;
use crate::api::storefront::{
    RegisteredCredential, account_request, capabilities_request, credentials_request,
    detail_request, parse_account, parse_capabilities, parse_credentials, parse_detail,
};
use crate::api::{Answer, ApiError, Request, Response};
use crate::browser;
use crate::console::remote::{Remote, Storefront, keep_or, wait};

impl Session {
    /// Reads the account, unless it is known. Behind a gateway nobody gave a token to check.
    pub fn load_account(&self) {
        if self
            .account
            .with_untracked(|account| account.ready().is_none())
        {
            let session = *self;
            let request = account_request(&self.client());
            self.load(request, parse_account, move |account| {
                session.account.set(account);
            });
        }
    }

    /// Reads a storefront, what its sources need, and the credentials. What is at hand stays in
    /// view until the answer is here.
    pub fn load_storefront(&self, id: u64) {
        let session = *self;
        let client = self.client();
        let update = move |f: Box<dyn FnOnce(&mut Storefront)>| {
            session.storefronts.update(|all| {
                let at = all
                    .iter()
                    .position(|(known, _)| *known == id)
                    .unwrap_or_else(|| {
                        all.push((id, Storefront::default()));
                        all.len() - 1
                    });
                f(&mut all[at].1);
            });
        };
        update(Box::new(|known| {
            wait(&mut known.detail);
            wait(&mut known.capabilities);
        }));
        self.load(detail_request(&client, id), parse_detail, move |detail| {
            update(Box::new(move |known| {
                keep_or(&mut known.detail, detail.shared());
            }));
        });
        self.load(
            capabilities_request(&client, id),
            parse_capabilities,
            move |rows| {
                update(Box::new(move |known| {
                    keep_or(&mut known.capabilities, rows.shared());
                }));
            },
        );
        self.load_credentials();
    }

    /// Reads the list of credentials.
    pub fn load_credentials(&self) {
        let credentials = self.credentials;
        let at_hand = move || credentials.peek().ready().is_some();
        if !at_hand() {
            credentials.set(Remote::Loading);
        }
        let request = credentials_request(&self.client());
        let put = self.new_list();
        self.load(request, parse_credentials, move |rows| match rows {
            Remote::Ready(rows) => put(rows),
            // An older list at hand says more than none.
            other if !at_hand() => credentials.set(other),
            _ => {}
        });
    }

    /// The list of credentials is asked for. What comes back puts it in its place, unless somebody
    /// else asks by then or it was asked for again.
    pub fn new_list(&self) -> impl FnOnce(Vec<RegisteredCredential>) + use<> {
        let session = *self;
        self.lists.bump();
        let now = move || (*session.lists.peek(), *session.asker.peek());
        let then = now();
        move |rows| {
            if now() == then {
                session.credentials.set(Remote::Ready(rows));
            }
        }
    }

    /// Sends a request and puts the answer where it belongs, unless somebody else asks by then.
    pub fn load<T: 'static>(
        &self,
        request: Request,
        parse: fn(&Response) -> Result<T, ApiError>,
        put: impl FnOnce(Remote<T>) + 'static,
    ) {
        let put = move |answer: Answer| put(Remote::from(answer.read(parse)));
        self.land(request, Box::new(put));
    }

    /// The part of [`Self::load`] that does not depend on what is read, so that it exists once.
    fn land(&self, request: Request, put: Box<dyn FnOnce(Answer)>) {
        if self.is_left() {
            return;
        }
        let session = *self;
        let asker = *self.asker.peek();
        let call = self.client().call(request);
        browser::spawn(async move {
            let answer = call.await;
            if *session.asker.peek() == asker {
                if answer.is_closed() {
                    session.closed.set(true);
                }
                put(answer);
            }
        });
    }
}
