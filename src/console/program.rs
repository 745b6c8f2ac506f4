//! The programs that share the console's page. Each is a module of its own, so that nobody loads the pages of a
//! service that they do not open; each draws the whole page while the address is one of its own, and keeps what it
//! knows while it is not. `static/boot.js` loads the one that an address belongs to.

use super::session::Session;
use super::{consent, credentials, list, overview, registry, settings, source, storefront};
use crate::browser;
use crate::route::Route;
use crate::ui::view::View;

/// What one program does.
pub struct Program {
    /// The addresses are those of agents.
    agents: bool,
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
    /// True when an address is one of this program's.
    pub const fn owns(&self, route: &Route) -> bool {
        self.agents == matches!(route, Route::Agents | Route::Agent(_))
    }
}

/// The storefronts, and everything that belongs to no service.
pub static STOREFRONTS: Program = Program {
    agents: false,
    page: |session, route| {
        Some(match route {
            Route::Overview => overview::page(session),
            Route::Storefronts => list::page(session),
            Route::Storefront(id) => storefront::page(session, *id),
            Route::Source(id, source) => source::page(session, *id, source),
            Route::Credentials => credentials::page(session),
            Route::Settings => settings::page(session),
            Route::Agents | Route::Agent(_) | Route::Nowhere => return None,
        })
    },
    begin: |session| browser::on_return(move || consent::look_at_all(session)),
    has_typed_text: |session| session.has_typed_text(),
    mask: |session| session.mask(),
};

/// The agents of the registry.
pub static AGENTS: Program = Program {
    agents: true,
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
