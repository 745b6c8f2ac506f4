//! The programs that share the console's page. Each is a module of its own, so that nobody loads the pages of a
//! service that they do not open; each draws the whole page while the address is one of its own, and keeps what it
//! knows while it is not. `static/boot.js` loads the one that an address belongs to.

use super::around::{self, Around};
use super::parts::{self, Ways};
use super::session::Session;
use super::{
    consent, credentials, destinations as sdk, inventory as verve, list, overview, registry,
    settings, source, storefront,
};
use crate::api::Transport;
use crate::browser;
use crate::route::Route;
use crate::ui::view::View;
use crate::ui::{COMMON, EVERY, Paste};

/// Whose addresses a program has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Addresses {
    /// Storefronts, and whatever belongs to no service.
    Storefronts,
    /// Agents.
    Agents,
    /// Destinations and inventory.
    Clients,
    /// None: an element has no address.
    Nobodys,
}

/// What one program does.
pub struct Program {
    addresses: Addresses,
    /// The page of an address; nothing when there is none here.
    pub page: fn(Session, &Route) -> Option<View>,
    /// Called once, before the first page is drawn.
    pub begin: fn(Session),
    /// True when something was typed that closing the page would lose.
    pub has_typed_text: fn(Session) -> bool,
    /// Hides every secret that is shown.
    pub mask: fn(Session),
    /// How it leads elsewhere.
    pub ways: &'static Ways,
    /// Carries requests.
    pub send: Transport,
    /// How forms are filled from a text in one piece, where they are.
    pub paste: Option<&'static Paste>,
    /// The same for forms that have a place for what only lists of credentials hold.
    pub paste_every: Option<&'static Paste>,
    /// What stands around the form of a source.
    pub around: &'static Around,
}

impl Program {
    /// A program of elements with these pages: it has no address and leaves nothing to the page around it.
    pub const fn of_element(
        page: fn(Session, &Route) -> Option<View>,
        begin: fn(Session),
        mask: fn(Session),
        around: &'static Around,
    ) -> Self {
        Self {
            addresses: Addresses::Nobodys,
            page,
            begin,
            has_typed_text: |_| false,
            mask,
            ways: &parts::BUTTONS,
            send: browser::send_by_script,
            paste: None,
            paste_every: None,
            around,
        }
    }

    /// True when an address is one of this program's. Where there is no page, the program that `static/boot.js` starts
    /// for the address says so: `step` is the first of its path.
    pub fn owns(&self, route: &Route, step: &str) -> bool {
        let of = match route {
            Route::Agents | Route::Agent(_) => Addresses::Agents,
            Route::Destinations
            | Route::NewDestination
            | Route::Destination(_)
            | Route::Inventory => Addresses::Clients,
            Route::Nowhere => match step {
                "agents" => Addresses::Agents,
                "destinations" | "inventory" => Addresses::Clients,
                _ => Addresses::Storefronts,
            },
            Route::Overview
            | Route::Storefronts
            | Route::Storefront(_)
            | Route::Source(..)
            | Route::Credentials
            | Route::Settings => Addresses::Storefronts,
        };
        of == self.addresses
    }
}

/// The storefronts, and everything that belongs to no service.
pub static STOREFRONTS: Program = Program {
    addresses: Addresses::Storefronts,
    page: |session, route| {
        Some(match route {
            Route::Overview => overview::page(session),
            Route::Storefronts => list::page(session),
            Route::Storefront(id) => storefront::page(session, *id),
            Route::Source(id, source) => source::page(session, *id, source),
            Route::Credentials => credentials::page(session),
            Route::Settings => settings::page(session),
            _ => return None,
        })
    },
    begin: |session| browser::on_return(move || consent::look_at_all(session)),
    has_typed_text: |session| session.has_typed_text(),
    mask: |session| session.mask(),
    ways: &parts::LINKS,
    send: browser::send,
    paste: Some(&COMMON),
    paste_every: None,
    around: &around::CONSOLE,
};

/// The agents of the registry.
pub static AGENTS: Program = Program {
    addresses: Addresses::Agents,
    page: |session, route| {
        let registry = session.registry()?;
        Some(match route {
            Route::Agents => registry::agents::page(registry),
            Route::Agent(url) => registry::agent::page(registry, url),
            _ => return None,
        })
    },
    begin: |session| {
        if let Some(registry) = session.registry() {
            registry.arrive();
        }
    },
    has_typed_text: |session| {
        session
            .registry()
            .is_some_and(|registry| registry.has_typed_text())
    },
    mask: |session| {
        if let Some(registry) = session.registry() {
            registry.mask();
        }
    },
    ways: &parts::LINKS,
    send: browser::send,
    paste: Some(&COMMON),
    paste_every: None,
    around: &around::NONE,
};

/// What a client's id and secret open: destinations and inventory.
pub static CLIENTS: Program = Program {
    addresses: Addresses::Clients,
    page: |session, route| {
        Some(match route {
            Route::Destinations => sdk::list::page(session.destinations()?),
            Route::NewDestination => sdk::new::page(session.destinations()?),
            Route::Destination(id) => sdk::one::page(session.destinations()?, id),
            Route::Inventory => verve::page(session.inventory()?),
            _ => return None,
        })
    },
    begin: |_| {},
    has_typed_text: |session| {
        session
            .destinations()
            .is_some_and(|desk| desk.has_typed_text())
            || session
                .inventory()
                .is_some_and(|desk| desk.has_typed_text())
    },
    mask: |session| {
        if let Some(desk) = session.destinations() {
            desk.mask();
        }
        if let Some(desk) = session.inventory() {
            desk.mask();
        }
    },
    ways: &parts::LINKS,
    send: browser::send,
    paste: Some(&COMMON),
    paste_every: Some(&EVERY),
    around: &around::NONE,
};
