//! What the console knows while it is open: who asks, what was read, what was typed. In memory only.

use std::cell::OnceCell;
use std::ops::Deref;

use leptos::prelude::*;

use super::destinations::Destinations;
use super::inventory::Inventory;
use super::kept::Kept;
use super::program::Program;
use super::registry::Registry;
pub use super::remote::{Remote, Storefront};
use crate::api::storefront::{Account, RegisteredCredential};
use crate::api::{AccessKind, Config, ServiceConfig};
use crate::browser::{self, Host};
use crate::credential::{Draft, FormSpec, Secret, catalog};
use crate::route::{Query, Route};
use crate::text;
use crate::ui::state::State;
use crate::ui::{FormState, Offer, Phase};

crate::ui::held::hold!(
    Query,
    Route,
    Vec<(u64, Storefront)>,
    Vec<(u64, String, Kept)>,
    Remote<Account>,
    Remote<Vec<RegisteredCredential>>
);

mod calls;
mod known;
mod reading;

/// Whether calls can be made, and if not, what is needed first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// Calls can be made.
    Open,
    /// No token was given yet.
    TokenNeeded,
    /// The token was refused.
    TokenRefused,
    /// The gateway's session has ended.
    SessionEnded,
}

/// The console's state: a handle to what lives as long as the page. (One pointer wide, because it is
/// handed to nearly every view.)
#[derive(Clone, Copy)]
pub struct Session(&'static Inner);

impl Deref for Session {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        self.0
    }
}

/// The members of a [`Session`].
pub struct Inner {
    owner: Owner,
    /// Whose pages are shown.
    pub program: &'static Program,
    /// What the deployment is configured to do.
    pub config: Config,
    base: String,
    /// The page around the element whose session this is; nothing in the console.
    pub host: Option<Host>,
    /// The ways to authenticate that are offered, where that are not all.
    specs: Option<&'static [&'static FormSpec]>,
    /// The page that is shown.
    pub route: State<Route>,
    /// The query of its address.
    pub query: State<Query>,
    /// Whether the browser is online.
    pub online: State<bool>,
    /// Counts the changes of the window's size.
    pub resized: State<u32>,
    /// Our own access token.
    pub token: State<Option<Secret>>,
    /// The form for our own access token.
    pub token_form: FormState,
    /// The account behind the token or the gateway.
    pub account: State<Remote<Account>>,
    /// The credentials of the company.
    pub credentials: State<Remote<Vec<RegisteredCredential>>>,
    /// What is known about storefronts, by id.
    pub storefronts: State<Vec<(u64, Storefront)>>,
    /// True after a call was answered by 401 or, behind a gateway, by the end of the session.
    closed: State<bool>,
    /// Counts changes of who asks; an answer to an earlier asker is thrown away.
    pub asker: State<u32>,
    /// Counts how often the list of credentials was asked for.
    lists: State<u32>,
    kept: State<Vec<(u64, String, Kept)>>,
    registry: OnceCell<Registry>,
    destinations: OnceCell<Destinations>,
    inventory: OnceCell<Inventory>,
}

/// Where a session lives.
pub struct Place {
    /// The path below which the deployment lives.
    pub base: String,
    /// The page that is shown first.
    pub route: Route,
    /// The query of its address.
    pub query: Query,
    /// The page around the element, if it is one's.
    pub host: Option<Host>,
    /// The ways to authenticate that are offered; all, when nothing is said.
    pub specs: Option<&'static [&'static FormSpec]>,
}

static ACCESS: &[&FormSpec] = &[&catalog::INTERCHANGE_ACCESS];

impl Session {
    /// The state of a fresh page. Must be called under the page's outermost owner.
    pub fn new(config: Config, program: &'static Program) -> Self {
        let base = browser::base();
        let place = Place {
            route: Route::parse(&base, &browser::path()),
            query: Query::parse(&browser::search()),
            base,
            host: None,
            specs: None,
        };
        Self::at(place, config, program)
    }

    /// The same for another place than the address of the page.
    pub fn at(place: Place, config: Config, program: &'static Program) -> Self {
        let form = FormState::new(
            ACCESS,
            State::new(ACCESS[0]),
            State::default(),
            State::new(text::INTERCHANGE.to_owned()),
        );
        let inner = Inner {
            owner: Owner::current().unwrap_or_default(),
            program,
            config,
            base: place.base,
            host: place.host,
            specs: place.specs,
            route: State::new(place.route),
            query: State::new(place.query),
            online: State::new(browser::is_online()),
            resized: State::default(),
            token: State::default(),
            token_form: form.pasting(program.paste),
            account: State::default(),
            credentials: State::default(),
            storefronts: State::default(),
            closed: State::default(),
            asker: State::default(),
            lists: State::default(),
            kept: State::default(),
            registry: OnceCell::new(),
            destinations: OnceCell::new(),
            inventory: OnceCell::new(),
        };
        Self(Box::leak(Box::new(inner)))
    }

    /// The path of a page in this deployment.
    pub fn path(&self, route: &Route) -> String {
        route.path(&self.base)
    }

    /// The page of a path in this deployment.
    pub fn route_of(&self, path: &str) -> Route {
        Route::parse(&self.base, path)
    }

    /// The configuration of the storefront service, when it is offered.
    pub fn service(&self) -> Option<&'static ServiceConfig> {
        self.0.config.storefront.as_ref()
    }

    /// True while the address is one of the program's.
    pub fn owns(&self, route: &Route) -> bool {
        let path = browser::path();
        let below = path.strip_prefix(&self.base).unwrap_or_default();
        let step = below.split('/').next().unwrap_or_default();
        self.program.owns(route, step)
    }

    /// The configuration of destinations, when they are offered.
    pub fn destinations_service(&self) -> Option<&'static ServiceConfig> {
        self.0.config.destinations.as_ref()
    }

    /// The configuration of the inventory, when it is offered.
    pub fn inventory_service(&self) -> Option<&'static ServiceConfig> {
        self.0.config.inventory.as_ref()
    }

    /// Destinations, when they are offered.
    pub fn destinations(&self) -> Option<Destinations> {
        let service = self.destinations_service()?;
        let make = || self.at_home(|| Destinations::new(*self, service));
        Some(*self.destinations.get_or_init(make))
    }

    /// The inventory, when it is offered.
    pub fn inventory(&self) -> Option<Inventory> {
        let service = self.inventory_service()?;
        let make = || self.at_home(|| Inventory::new(*self, service));
        Some(*self.inventory.get_or_init(make))
    }

    /// The registry, when it is offered.
    pub fn registry(&self) -> Option<Registry> {
        let service = self.0.config.registry.as_ref()?;
        let make = || self.at_home(|| Registry::new(*self, service));
        Some(*self.registry.get_or_init(make))
    }

    /// What `f` makes under the page's outermost owner, so that it lives as long as the page.
    pub fn at_home<T>(&self, f: impl FnOnce() -> T) -> T {
        self.owner.with(f)
    }

    /// The environment's name; empty when the configuration gives none.
    pub fn label(&self) -> &'static str {
        self.service()
            .and_then(|service| service.label.as_deref())
            .unwrap_or_default()
    }

    /// Values for fields that anyone may see.
    pub fn preset(&self) -> &'static [(String, String)] {
        self.service().map_or(&[], |service| &service.preset)
    }

    /// Whether whoever asks may create marketplace accounts, as far as that is known. Behind a gateway
    /// the role that is told is the key's, so the host has to say it.
    pub fn offer(&self) -> Offer {
        if self.access_kind() == AccessKind::Gateway {
            let admin = self.service().is_some_and(|service| service.admin);
            return if admin { Offer::Yes } else { Offer::No };
        }
        match &*self.account.read() {
            Remote::Ready(account) => match account.role.as_deref() {
                Some("ADMIN" | "SUPER_ADMIN") => Offer::Yes,
                Some(_) => Offer::No,
                None => Offer::Unsure,
            },
            Remote::Failed(_) => Offer::Unsure,
            Remote::Unasked | Remote::Loading => Offer::No,
        }
    }

    /// Shows another page, as following a link does. An element has no address to change.
    pub fn go(&self, route: Route) {
        if self.host.is_some() {
            self.route.set(route);
            browser::focus_heading();
            return;
        }
        browser::push(&self.path(&route));
        browser::scroll_to_top();
    }

    /// Every form that was touched.
    pub fn all_kept(&self) -> Vec<(u64, String, Kept)> {
        self.kept.get_untracked()
    }

    /// Who authorizes our calls.
    pub fn access_kind(&self) -> AccessKind {
        self.service()
            .map_or(AccessKind::Token, |service| service.access)
    }

    /// Whether calls can be made.
    pub fn door(&self) -> Door {
        match (self.access_kind(), self.closed.get()) {
            (AccessKind::Gateway, true) => Door::SessionEnded,
            (AccessKind::Gateway, false) => Door::Open,
            _ if self.token.read().is_none() => Door::TokenNeeded,
            (_, false) => Door::Open,
            (_, true) => Door::TokenRefused,
        }
    }

    /// The same, without being told of changes.
    pub fn door_now(&self) -> Door {
        untrack(|| self.door())
    }

    /// Somebody else may ask now. What was read for another company is forgotten, and its results go.
    pub fn changed_account(&self, account: Remote<Account>) {
        let company = |account: &Remote<Account>| account.ready().map(|account| account.id);
        let same = company(&account).is_some()
            && self
                .account
                .with_untracked(|known| company(known) == company(&account));
        if !same {
            self.forget_read();
        }
        self.account.set(account);
    }

    /// Forgets what was read, and the results that stand in the place of forms.
    fn forget_read(&self) {
        self.credentials.set(Remote::Unasked);
        self.storefronts.set(Vec::new());
        for (_, _, kept) in self.kept.peek().iter() {
            kept.adding.set(false);
            if !kept.phase.peek().shows_form() {
                kept.phase.set(Phase::Editing);
            }
        }
    }

    /// From now on calls are made with this token. What was read for another company is forgotten.
    pub fn accept(&self, token: Secret, account: Remote<Account>) {
        self.changed_account(account);
        self.token_form.renew(Draft::default());
        // Forms elsewhere that wait for a token wait no longer.
        for (_, _, kept) in self.kept.peek().iter() {
            kept.token_is_here();
        }
        self.token.set(Some(token));
        self.reopen();
    }

    /// Forgets our own token and everything that was read with it.
    pub fn forget_token(&self) {
        self.token.set(None);
        self.sign_in_again();
    }

    /// The person says to be signed in again, perhaps for another company: everything is read anew.
    pub fn sign_in_again(&self) {
        self.account.set(Remote::Unasked);
        self.forget_read();
        self.reopen();
    }

    /// Calls can be made again: a new token, or a session that the person renewed elsewhere.
    pub fn reopen(&self) {
        self.closed.set(false);
        self.asker.bump();
    }

    /// The ways to authenticate that are offered of `all`.
    pub fn rows(&self, all: &'static [&'static FormSpec]) -> &'static [&'static FormSpec] {
        self.specs.unwrap_or(all)
    }

    /// The form of one source. It outlives its page, so that what was typed survives moving about.
    pub fn kept(&self, id: u64, source: &str) -> Kept {
        let found = self.kept.with_untracked(|all| {
            let same = |(known, name, _): &&(u64, String, Kept)| *known == id && name == source;
            all.iter().find(same).map(|(_, _, kept)| *kept)
        });
        found.unwrap_or_else(|| {
            let kept = self.at_home(|| Kept::new(*self, source));
            self.kept
                .update(|all| all.push((id, source.to_owned(), kept)));
            kept
        })
    }

    /// True when something was typed that closing the page would lose.
    pub fn has_typed_text(&self) -> bool {
        self.token_form.draft.with_untracked(Draft::has_typed_text)
            || self.kept.with_untracked(|all| {
                all.iter()
                    .any(|(_, _, kept)| kept.form.draft.with_untracked(Draft::has_typed_text))
            })
    }

    /// Hides every secret that is shown.
    pub fn mask(&self) {
        self.kept.with_untracked(|all| {
            for (_, _, kept) in all {
                kept.form.revealed.set(None);
            }
        });
    }
}
