//! What a client's id and secret open: a credential of destinations, and the inventory.

use super::Service;
use super::status::{Standing, code, say, watch, watch_end, watch_failure};
use crate::api::{ApiError, Settings};
use crate::browser::{self, Host};
use crate::console::destinations::creating::Outcome;
use crate::console::destinations::kept::Next;
use crate::console::destinations::{Destinations, new, one};
use crate::console::inventory::{self, Inventory, Stood};
use crate::console::keeper::Keeper;
use crate::console::program::Program;
use crate::console::remote::Remote;
use crate::console::{Session, around};
use crate::credential::catalog;
use crate::route::Route;
use crate::text::{destinations, inventory as words};
use crate::ui::state::{State, on_change};
use crate::ui::view::View;
use crate::ui::{FormState, Tone};

/// All that the module draws.
pub static SERVICES: &[Service] = &[
    Service {
        name: "destinations",
        program: &DESTINATIONS,
        rows: catalog::DESTINATIONS,
        route: |settings: &Settings| {
            Ok(match settings.get("instanceId") {
                "" => Route::NewDestination,
                id => Route::Destination(id.to_owned()),
            })
        },
        form: form_of_destination,
        reset: |session| {
            let Some(desk) = session.destinations() else {
                return;
            };
            match one_of(session, desk) {
                Some(kept) => {
                    if let Some(record) = kept.record.peek().ready() {
                        kept.fill(record);
                    }
                }
                None => desk.making.forget(),
            }
        },
        forget: |session| {
            if let Some(desk) = session.destinations() {
                desk.sign_out();
            }
        },
        begin: super::begin,
    },
    Service {
        name: "inventory",
        program: &INVENTORY,
        rows: catalog::INVENTORY,
        route: |_| Ok(Route::Inventory),
        form: |session| session.inventory().map(|inventory| inventory.form),
        reset: |session| {
            if let Some(inventory) = session.inventory() {
                inventory.reset();
            }
        },
        forget: |session| {
            if let Some(inventory) = session.inventory() {
                inventory.forget();
                inventory.reset();
            }
        },
        begin: super::begin,
    },
];

static DESTINATIONS: Program = Program::of_element(
    page_of_destination,
    |_| {},
    |session| {
        if let Some(desk) = session.destinations() {
            desk.mask();
        }
    },
    &around::NONE,
);

static INVENTORY: Program = Program::of_element(
    page_of_inventory,
    |_| {},
    |session| {
        if let Some(inventory) = session.inventory() {
            inventory.mask();
        }
    },
    &around::NONE,
);

type Kept = crate::console::destinations::Kept;

/// What is kept of the credential that the element is for, if it is for one that there is.
fn one_of(session: Session, desk: Destinations) -> Option<Kept> {
    match session.route.get_untracked() {
        Route::Destination(id) => Some(desk.kept(&id)),
        _ => None,
    }
}

fn form_of_destination(session: Session) -> Option<FormState> {
    let desk = session.destinations()?;
    Some(one_of(session, desk).map_or(desk.making.form, |kept| kept.form))
}

fn page_of_destination(session: Session, route: &Route) -> Option<View> {
    let (desk, host) = (session.destinations()?, session.host?);
    keep(host, "destinations", desk.keeper);
    Some(if let Route::Destination(id) = route {
        watch_one(host, desk, desk.kept(id));
        one::page(desk, id)
    } else {
        watch_new(host, desk);
        new::page(desk)
    })
}

/// A credential that is to be made: it is connected once it is.
fn watch_new(host: Host, desk: Destinations) {
    let standing = move || match &*desk.making.outcome.read() {
        Outcome::Made(of) => Some(made(&of.row.id, &of.row.name)),
        _ if desk.whose.read().is_none() => {
            let waits = host.gives_token();
            (!waits).then(|| stands("unknown", "", ""))
        }
        _ => Some(stands("needs_credentials", "", "")),
    };
    watch(host, "destinations", standing);
    on_change(desk.making.results, move || {
        let (code, why) = match &*desk.making.outcome.peek() {
            Outcome::Failed(why, true) => ("not_stored", why.clone()),
            Outcome::Failed(why, false) => ("refused", why.clone()),
            Outcome::Unknown(why) => ("outcome_unknown", why.clone()),
            Outcome::None | Outcome::Made(_) => return,
        };
        host.fail(code, &why.whole(), true);
    });
}

/// One that there is.
fn watch_one(host: Host, desk: Destinations, kept: Kept) {
    let saves = State::new(0_u32);
    on_change(kept.results, move || {
        if matches!(&*kept.told.peek(), Some(told) if told.next == Next::Summary) {
            saves.bump();
        }
    });
    let standing = move || {
        if kept.deleted.get() {
            return Some(stands("needs_credentials", "", ""));
        }
        match &*kept.record.read() {
            Remote::Ready(record) => Some(Standing {
                saves: saves.get(),
                ..stands("connected", &kept.id, &record.row.name)
            }),
            Remote::Failed(_) => Some(stands("unknown", &kept.id, "")),
            Remote::Unasked | Remote::Loading => {
                let asked = desk.whose.read().is_none() && !host.gives_token();
                asked.then(|| stands("unknown", &kept.id, ""))
            }
        }
    };
    watch(host, "destinations", standing);
    watch_failure(host, destinations::NAME, move || {
        kept.record.read().failed().cloned()
    });
    on_change(kept.results, move || {
        if let Some(told) = &*kept.told.peek()
            && told.tone != Tone::Ok
        {
            host.fail("not_saved", &told.message.whole(), true);
        }
    });
}

fn page_of_inventory(session: Session, _: &Route) -> Option<View> {
    let (inventory, host) = (session.inventory()?, session.host?);
    let standing = move || {
        let connected = inventory.connected.read();
        let works = !matches!(inventory.check.read().devices, Stood::Failed(..));
        Some(match &*connected {
            Some(who) if works => made(&who.client, &who.project),
            Some(who) => stands("unknown", &who.client, &who.project),
            None => stands("needs_credentials", "", ""),
        })
    };
    watch(host, "inventory", standing);
    on_change(inventory.results, move || tell_check(host, inventory));
    keep(host, "inventory", inventory.keeper);
    Some(inventory::page(inventory))
}

fn tell_check(host: Host, inventory: Inventory) {
    let check = inventory.check.peek();
    if let Stood::Failed(error, _) = &check.token {
        let code = match **error {
            // Here it is the client that is not known, not a session that is over.
            ApiError::Unauthorized => error.code(),
            _ => code(error),
        };
        host.fail(code, &say(error, words::NAME), error.retryable());
    } else if let Stood::Failed(error, _) = &check.devices {
        host.fail(error.code(), &say(error, words::NAME), error.retryable());
    }
}

/// Tells when a token ends that could not be renewed.
fn keep(host: Host, service: &'static str, keeper: Keeper) {
    watch_end(host, service, 120_000, move || {
        let left = keeper.left()?;
        keeper.failure.read().as_ref().as_ref()?;
        Some(browser::now() + left)
    });
}

fn stands(status: &'static str, id: &str, account: &str) -> Standing {
    Standing {
        status,
        id: id.to_owned(),
        account: account.to_owned(),
        here: false,
        saves: 0,
    }
}

/// The same for what came about here, just now.
fn made(id: &str, account: &str) -> Standing {
    Standing {
        here: true,
        ..stands("connected", id, account)
    }
}
