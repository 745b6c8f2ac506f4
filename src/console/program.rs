//! The programs that share the console's page. Each is a module of its own, so that nobody loads the pages of a
//! service that they do not open; each draws the whole page while the address is one of its own, and keeps what it
//! knows while it is not. `static/boot.js` loads the one that an address belongs to.

use std::cell::OnceCell;

use super::destinations::Destinations;
use super::inventory::Inventory;
use super::session::Session;
use super::{
    consent, credentials, destinations as sdk, inventory as verve, list, overview, registry,
    settings, source, storefront,
};
use crate::browser;
use crate::route::Route;
use crate::ui::view::View;

/// Whose addresses a program has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Addresses {
    /// Storefronts, and whatever belongs to no service.
    Storefronts,
    /// Agents.
    Agents,
    /// Destinations and inventory.
    Clients,
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
}

impl Program {
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
};

thread_local! {
    /// What the program of clients keeps: nobody else needs to know of it.
    static DESTINATIONS: OnceCell<Option<Destinations>> = const { OnceCell::new() };
    static INVENTORY: OnceCell<Option<Inventory>> = const { OnceCell::new() };
}

fn destinations(session: Session) -> Option<Destinations> {
    let service = session.destinations_service()?;
    let make = || Some(session.at_home(|| Destinations::new(session, service)));
    DESTINATIONS.with(|cell| *cell.get_or_init(make))
}

fn inventory(session: Session) -> Option<Inventory> {
    let service = session.inventory_service()?;
    let make = || Some(session.at_home(|| Inventory::new(service)));
    INVENTORY.with(|cell| *cell.get_or_init(make))
}

/// What a client's id and secret open: destinations and inventory.
pub static CLIENTS: Program = Program {
    addresses: Addresses::Clients,
    page: |session, route| {
        Some(match route {
            Route::Destinations => sdk::list::page(destinations(session)?),
            Route::NewDestination => sdk::new::page(destinations(session)?),
            Route::Destination(id) => sdk::one::page(destinations(session)?, id),
            Route::Inventory => verve::page(inventory(session)?),
            _ => return None,
        })
    },
    begin: |_| {},
    has_typed_text: |session| {
        destinations(session).is_some_and(|desk| desk.has_typed_text())
            || inventory(session).is_some_and(|desk| desk.has_typed_text())
    },
    mask: |session| {
        if let Some(desk) = destinations(session) {
            desk.mask();
        }
        if let Some(desk) = inventory(session) {
            desk.mask();
        }
    },
};
