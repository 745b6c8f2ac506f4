//! What is asked of the registry, and where the answers are put.

use std::rc::Rc;

use super::Registry;
use crate::api::registry::{
    AuthStatus, account_request, agents_request, parse_account, parse_agents, parse_status,
    status_request,
};
use crate::api::{Answer, ApiError, Client, Method, Request, Response};
use crate::browser;
use crate::console::remote::Remote;
use crate::credential::{Draft, Secret};
use crate::route::Route;
use crate::text::{Message, registry as text};

/// Of how many agents the list shows what is saved; each is one request.
const LOOKED_AT: usize = 50;

impl Registry {
    /// Reads what `make` asks for, for whoever asks, and puts the answer where it belongs, unless somebody else asks by
    /// then.
    pub fn ask<T: 'static>(
        &self,
        make: impl Fn(&Client) -> Request + 'static,
        parse: fn(&Response) -> Result<T, ApiError>,
        put: impl FnOnce(Result<T, ApiError>) + 'static,
    ) {
        let put = move |answer: Answer| put(answer.read(parse));
        self.land(false, Box::new(make), Box::new(put));
    }

    /// The same for what somebody waits for, whoever asks by then: a button that was pressed.
    pub fn act<T: 'static>(
        &self,
        make: impl Fn(&Client) -> Request + 'static,
        parse: fn(&Response) -> Result<T, ApiError>,
        put: impl FnOnce(Result<T, ApiError>) + 'static,
    ) {
        let put = move |answer: Answer| put(answer.read(parse));
        self.land(true, Box::new(make), Box::new(put));
    }

    /// Sends what `make` builds. The grant is renewed before when it is due. What only reads is asked once more after
    /// a 401, when the grant could be renewed; what changes something never is.
    fn land(
        &self,
        always: bool,
        make: Box<dyn Fn(&Client) -> Request>,
        put: Box<dyn FnOnce(Answer)>,
    ) {
        let registry = *self;
        let asker = *self.asker.peek();
        browser::spawn(async move {
            registry.fresh(false).await;
            let client = registry.client();
            let before = registry.renewals.get();
            let request = make(&client);
            let reads = request.method == Method::Get;
            let mut answer = client.call(request).await;
            // Somebody may have renewed the grant since this was sent.
            let newer = registry.renewals.get() != before && registry.grant.peek().is_some();
            let renewed = answer.is_closed() && (newer || registry.fresh(true).await);
            if renewed && reads {
                let client = registry.client();
                answer = client.call(make(&client)).await;
            }
            if !always && *registry.asker.peek() != asker {
                return;
            }
            let closed = (reads || !renewed) && answer.is_closed();
            put(answer);
            if closed {
                registry.close(Some(registry.over()));
            }
        });
    }

    /// Why calls can be made no longer.
    pub(super) fn over(&self) -> Message {
        text::over(self.key.peek().is_some())
    }

    /// Reads what the page needs: who signed in, unless that is known, and then what their organisation has.
    pub fn load(&self) {
        let registry = *self;
        if self.account.peek().ready().is_some() {
            return self.load_shown();
        }
        self.account.set(Remote::Loading);
        self.ask(account_request, parse_account, move |account| {
            if let Ok(account) = &account {
                let first = account.organizations.first();
                let known = registry.organization.peek();
                let mut still = account.organizations.iter();
                if !still.any(|one| one.id == *known) {
                    let id = first.map_or_else(String::new, |one| one.id.clone());
                    registry.organization.set(id);
                }
            }
            // Without a person there may be nothing to tell; what an organisation has is asked for all the same.
            let goes_on = account.is_ok() || registry.grant.peek().is_none();
            registry.account.set(Remote::from(account).shared());
            if goes_on {
                registry.load_shown();
            }
        });
    }

    /// On an agent's page, what is saved for it, and the list for its name; else the list with what is saved.
    fn load_shown(&self) {
        let shown = self.session.route.get_untracked();
        if let Route::Agent(url) = &shown {
            self.load_status(url);
        }
        let nobodys = self.belongs_nowhere();
        if !nobodys && (shown == Route::Agents || self.agents.peek().ready().is_none()) {
            self.load_agents();
        }
    }

    /// True when whoever signed in is known and belongs to no organisation, so that there is no list.
    pub fn belongs_nowhere(&self) -> bool {
        let account = self.account.peek();
        account
            .ready()
            .is_some_and(|account| account.organizations.is_empty())
    }

    /// Reads the agents of the organisation, and for the list what is saved for the first of them.
    pub fn load_agents(&self) {
        let registry = *self;
        let organization = self.organization.get_untracked();
        if self.agents.peek().ready().is_none() {
            self.agents.set(Remote::Loading);
        }
        let make = move |client: &Client| agents_request(client, &organization);
        self.ask(make, parse_agents, move |agents| {
            if let (Ok(agents), Route::Agents) = (&agents, &*registry.session.route.peek()) {
                for agent in agents.iter().take(LOOKED_AT) {
                    registry.load_status(&agent.url);
                }
            }
            registry.agents.set(Remote::from(agents).shared());
        });
    }

    /// Reads what is saved for an agent. What is at hand stays in view until the answer is here.
    pub fn load_status(&self, url: &str) {
        let (registry, address) = (*self, url.to_owned());
        let organization = self.organization.get_untracked();
        if self.status_now(url).is_none() {
            self.put_status(url, Remote::Loading);
        }
        let of = address.clone();
        let make = move |client: &Client| status_request(client, &of, &organization);
        self.ask(make, parse_status, move |status| {
            registry.put_status(&address, Remote::from(status).shared());
        });
    }

    fn put_status(&self, url: &str, status: Remote<Rc<AuthStatus>>) {
        self.statuses.update(|all| {
            all.retain(|(known, _)| known != url);
            all.push((url.to_owned(), status));
        });
    }

    /// The same if it is here, without being told of changes.
    pub fn status_now(&self, url: &str) -> Option<Rc<AuthStatus>> {
        leptos::prelude::untrack(|| self.status(url).ready().cloned())
    }

    /// Tries a key before it is kept.
    pub async fn try_key(&self, key: &Secret) -> Result<(), ApiError> {
        let client = self.client_as(Some(key.clone()));
        let answer = client.call(account_request(&client)).await;
        answer.read(parse_account).map(|_| ())
    }

    /// From now on calls are made with this key.
    pub fn accept_key(&self, key: Secret) {
        self.grant.set(None);
        self.key_form.renew(Draft::default());
        self.key.set(Some(key));
        self.reopen();
        browser::focus_heading();
    }

    /// What is known of what is saved for an agent. Whoever asks is run again when that changes.
    pub fn status(&self, url: &str) -> Remote<Rc<AuthStatus>> {
        let all = self.statuses.read();
        let mut known = all.iter().filter(|(known, _)| known == url);
        known
            .next()
            .map_or(Remote::Unasked, |(_, status)| status.clone())
    }
}
