//! What is asked of Adobe, and where the answers are put.

use std::rc::Rc;

use super::Destinations;
use crate::api::destinations::{Record, list_request, parse_list};
use crate::api::{AccessKind, Answer, ApiError, Client, Method, Request, Response};
use crate::browser;
use crate::console::remote::{Remote, keep_or, wait};
use crate::text::{Message, destinations as words};

impl Destinations {
    /// Sends what `make` builds. The token is renewed before when it is due. What only reads is asked once more after a
    /// 401, when a new token could be had; what changes something never is.
    pub async fn send<T: 'static>(
        self,
        make: impl Fn(&Client) -> Request + 'static,
        parse: fn(&Response) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let answer = self.carry(Box::new(make)).await;
        answer.read(parse)
    }

    async fn carry(self, make: Box<dyn Fn(&Client) -> Request>) -> Answer {
        self.keeper.fresh().await;
        let client = self.client();
        let request = make(&client);
        let reads = request.method == Method::Get;
        let mut answer = client.call(request).await;
        let renewed = answer.is_closed() && self.keeper.renew().await;
        if renewed && reads {
            let client = self.client();
            answer = client.call(make(&client)).await;
        }
        if answer.is_closed() && (reads || !renewed) {
            self.close(Some(self.over()));
        }
        answer
    }

    /// Why a call failed. A 401 after which calls can still be made was met by a token that has another in its place now.
    pub fn failed(self, error: &ApiError) -> Message {
        self.failed_with(error, words::failed)
    }

    /// The same for one credential.
    pub fn failed_of(self, error: &ApiError) -> Message {
        self.failed_with(error, words::failed_of)
    }

    fn failed_with(self, error: &ApiError, words_of: fn(&ApiError) -> Message) -> Message {
        if matches!(error, ApiError::Unauthorized) && self.whose.peek().is_some() {
            return Message::of(words::RENEWED, words::RENEWED_TEXT);
        }
        words_of(error)
    }

    /// Why nobody can ask any more.
    pub(super) fn over(self) -> Message {
        let (title, detail) = if self.service.access == AccessKind::Gateway {
            (
                crate::text::SESSION_ENDED_TITLE,
                crate::text::SESSION_ENDED_TEXT,
            )
        } else {
            (words::SIGN_IN_OVER, words::SIGN_IN_OVER_TEXT)
        };
        Message::of(title, detail)
    }

    /// Reads the list for a page that was opened, unless it was read a moment ago to try the access.
    pub fn arrive(self) {
        if self.tried.take() != Some(self.asker.get_untracked()) {
            self.load();
        }
    }

    /// Reads the list; what is at hand stays in view until the answer is here.
    pub fn load(self) {
        self.all.update(wait);
        let asker = *self.asker.peek();
        browser::spawn(async move {
            let list = self.send(list_request, parse_list).await;
            if *self.asker.peek() == asker {
                self.put(list);
            }
        });
    }

    /// Puts a list in the place of what is known.
    pub fn put(self, list: Result<Vec<Record>, ApiError>) {
        let list = Remote::from(list).shared();
        self.all.update(|known| keep_or(known, list));
    }

    /// The list, if it is here, without being told of changes.
    pub fn listed(self) -> Option<Rc<Vec<Record>>> {
        self.all.peek().ready().cloned()
    }
}
