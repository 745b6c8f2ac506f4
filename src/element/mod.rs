//! `<credenza-connect>`: the forms of one credential in somebody else's page. Its script, `shim.js`, hands over what the
//! page sets, and raises the events that are told here.

use std::cell::RefCell;

use leptos::prelude::Owner;

use crate::api::Settings;
use crate::browser::{self, Detail, Element, Host, Listener, PageObject};
use crate::console::{Place, Program, Session};
use crate::credential::{FormSpec, Problem, validate};
use crate::route::Route;
use crate::text::{self, Message, element as words};
use crate::ui::state::{Derived, effect, on_change};
use crate::ui::tag::div;
use crate::ui::view::{Draw, Mounted, mount};
use crate::ui::{FormState, Tone, notice};

pub mod clients;
pub mod key;
pub mod registry;
pub mod storefront;

mod choice;
mod status;

/// How one service is shown in an element.
pub struct Service {
    /// Its name.
    pub name: &'static str,
    /// Its pages.
    pub program: &'static Program,
    /// Its ways to authenticate.
    pub rows: &'static [&'static FormSpec],
    /// Which page the attributes ask for; else the name of the attribute that is missing.
    pub route: fn(&Settings) -> Result<Route, &'static str>,
    /// The form that is shown for a session, if the configuration has the service.
    pub form: fn(Session) -> Option<FormState>,
    /// Forgets what was typed into it.
    pub reset: fn(Session),
    /// Forgets everything that was read or typed.
    pub forget: fn(Session),
    /// Called once, before the first element of the module is drawn.
    pub begin: fn(),
}

/// One element.
struct Slot {
    object: PageObject,
    /// What it is set to, and the session for that.
    now: Option<(String, &'static Service, Session)>,
    shown: Option<Shown>,
}

/// What is drawn of an element, dropped in this order.
struct Shown {
    _listeners: Vec<Listener>,
    _view: Mounted,
    root: Element,
}

impl Drop for Shown {
    fn drop(&mut self) {
        browser::leave(&self.root);
    }
}

/// All elements of the module, and the sessions that none has at the moment: sessions are never freed, so that the next
/// element that is set to the same takes one of these.
#[derive(Default)]
struct All {
    slots: Vec<Option<Slot>>,
    free: Vec<(String, Session)>,
    begun: bool,
}

thread_local! {
    static ALL: RefCell<All> = RefCell::default();
}

/// A new element, of which `object` is the page's side: `root`, `tell`, `token`, `headers` and `script`. Returns its number.
pub fn open(object: PageObject) -> usize {
    browser::embed();
    browser::use_script(&object);
    let slot = Some(Slot {
        object,
        now: None,
        shown: None,
    });
    ALL.with_borrow_mut(|all| {
        let free = all.slots.iter().position(Option::is_none);
        let at = free.unwrap_or_else(|| {
            all.slots.push(None);
            all.slots.len() - 1
        });
        all.slots[at] = slot;
        at
    })
}

/// What the page asks of an element: `set` with its settings, `words` and `locale` for what it says, `reset`,
/// `report`, and `keys` when what reads private keys is there, or with the code of why it is not.
/// False when a report finds something that is wrong, or the settings cannot be used.
pub fn tell(services: &'static [Service], id: usize, name: &str, text: &str) -> bool {
    match name {
        "set" => set(services, id, text),
        "locale" => {
            browser::set_locale(text);
            redraw(id)
        }
        "words" => match Settings::words(text) {
            Ok(words) => {
                text::wording::set(words);
                redraw(id)
            }
            Err(_) => false,
        },
        _ => match (name, now(id)) {
            ("reset", Some((service, session))) => {
                (service.reset)(session);
                true
            }
            ("keys", Some((service, session))) => {
                if let Some(form) = (service.form)(session) {
                    key::came(session, form, text);
                }
                true
            }
            ("report", Some((service, session))) => {
                (service.form)(session).is_none_or(|form| form.checked().is_some())
            }
            _ => false,
        },
    }
}

/// The element goes: nothing holds it any more, and what was typed is forgotten.
pub fn close(id: usize) {
    let slot = ALL.with_borrow_mut(|all| all.slots.get_mut(id).and_then(Option::take));
    if let Some(mut slot) = slot {
        release(&mut slot);
    }
}

fn now(id: usize) -> Option<(&'static Service, Session)> {
    ALL.with_borrow(|all| {
        let slot = all.slots.get(id)?.as_ref()?;
        let (_, service, session) = slot.now.as_ref()?;
        Some((*service, *session))
    })
}

fn release(slot: &mut Slot) {
    slot.shown = None;
    if let Some((key, service, session)) = slot.now.take() {
        if let Some(host) = session.host {
            host.take(None);
        }
        (service.forget)(session);
        ALL.with_borrow_mut(|all| all.free.push((key, session)));
    }
}

/// Every session that an element has.
pub fn sessions() -> Vec<Session> {
    ALL.with_borrow(|all| {
        let slots = all.slots.iter().flatten();
        let now = slots.filter_map(|slot| slot.now.as_ref());
        now.map(|(_, _, session)| *session).collect()
    })
}

/// Draws the element anew when it is set to something else.
fn set(services: &'static [Service], id: usize, text: &str) -> bool {
    // Nothing here may find the slot half changed.
    let taken = ALL.with_borrow_mut(|all| all.slots.get_mut(id).and_then(Option::take));
    let Some(mut slot) = taken else {
        return false;
    };
    if slot.now.as_ref().is_none_or(|(key, ..)| key != text) {
        release(&mut slot);
        match prepare(services, &slot.object, text) {
            Ok((service, session)) => show(&mut slot, text, service, session),
            Err(message) => refuse(&mut slot, message),
        }
    }
    let fits = slot.now.is_some();
    ALL.with_borrow_mut(|all| all.slots[id] = Some(slot));
    fits
}

/// The session for what an element is set to: one that was used for the same before, or a fresh one.
fn prepare(
    services: &'static [Service],
    object: &PageObject,
    text: &str,
) -> Result<(&'static Service, Session), Message> {
    let folder = browser::folder();
    let settings = Settings::parse(text, &browser::origin(), &folder);
    let settings = settings.map_err(|error| words::configuration(&error))?;
    let name = settings.get("service");
    let service = services.iter().find(|service| service.name == name);
    let service = service.ok_or_else(|| words::not_set_up("service"))?;
    let route = (service.route)(&settings).map_err(words::not_set_up)?;
    let wanted = settings.get("authType");
    let specs = choice::rows(service.rows, wanted).ok_or_else(|| words::not_set_up("auth-type"))?;
    browser::set_base(settings.base.clone());
    let free = ALL.with_borrow_mut(|all| {
        let at = all.free.iter().position(|(key, _)| key == text)?;
        Some(all.free.swap_remove(at).1)
    });
    let host = free.and_then(|session| session.host).unwrap_or_default();
    // Whether the page gives a token decides what is made.
    host.take(Some(object.clone()));
    let session = free.unwrap_or_else(|| {
        if ALL.with_borrow_mut(|all| !std::mem::replace(&mut all.begun, true)) {
            (service.begin)();
        }
        let place = Place {
            base: settings.base.clone(),
            route: route.clone(),
            query: choice::query(&settings),
            host: Some(host),
            specs: Some(specs),
        };
        let session = Owner::new().with(|| Session::at(place, settings.config, service.program));
        (service.program.begin)(session);
        session
    });
    session.route.set(route);
    (service.form)(session)
        .map(|_| (service, session))
        .ok_or_else(|| words::not_set_up("config"))
}

/// Draws what is drawn once more, in other words; what was typed stays.
fn redraw(id: usize) -> bool {
    let taken = ALL.with_borrow_mut(|all| all.slots.get_mut(id).and_then(Option::take));
    let Some(mut slot) = taken else {
        return false;
    };
    // What stands there in the place of a form that cannot be used stays.
    if let Some((text, service, session)) = slot.now.take() {
        slot.shown = None;
        show(&mut slot, &text, service, session);
    }
    ALL.with_borrow_mut(|all| all.slots[id] = Some(slot));
    true
}

fn show(slot: &mut Slot, text: &str, service: &'static Service, session: Session) {
    let Some(host) = session.host else {
        return;
    };
    let Some(root) = host.root() else {
        return;
    };
    let program = service.program;
    let view = mount(&root, Owner::new(), move || {
        watch(service, session, host);
        let page = Derived::new(move || session.route.get());
        let page = move || (program.page)(session, &page.read()).unwrap_or_default();
        div().attr("class", "cz-page").child(page).draw()
    });
    let here = root.clone();
    let listen = |name| {
        let here = here.clone();
        Listener::new(&root, name, Box::new(move |_| browser::visit(&here)))
    };
    slot.shown = Some(Shown {
        _listeners: vec![listen("focusin"), listen("pointerdown")],
        _view: view,
        root: root.clone(),
    });
    slot.now = Some((text.to_owned(), service, session));
}

/// Tells the page whether what is typed would pass, and what the service did not take.
fn watch(service: &'static Service, session: Session, host: Host) {
    let Some(form) = (service.form)(session) else {
        return;
    };
    let valid = Derived::new(move || {
        let spec = form.spec.get();
        form.draft.with(|draft| validate(spec, draft).is_ok())
    });
    effect(move || {
        let detail = Detail {
            valid: Some(valid.get()),
            ..Detail::default()
        };
        host.tell("change", &detail);
    });
    on_change(form.reports, move || {
        let errors = form.errors.peek();
        let from_service =
            |error: &&crate::credential::FieldError| matches!(error.problem, Problem::Server(_));
        let general = form.general.peek();
        let field = errors.iter().find(from_service);
        let said = match (field.map(|error| &error.problem), general.first()) {
            (Some(Problem::Server(words)), _) | (_, Some(words)) => words.clone(),
            _ => return,
        };
        host.fail("rejected", &said, false);
    });
}

/// Draws why the element cannot be used as it is set, and tells the page.
fn refuse(slot: &mut Slot, message: Message) {
    thread_local! {
        static HOST: Host = Host::new();
    }
    let host = HOST.with(|host| *host);
    host.take(Some(slot.object.clone()));
    if let Some(root) = host.root() {
        host.fail("configuration", &message.whole(), false);
        let view = mount(&root, Owner::new(), move || {
            let Message { title, detail } = &message;
            div()
                .attr("role", "alert")
                .child(notice(Tone::Bad, title, detail, None))
                .draw()
        });
        slot.shown = Some(Shown {
            _listeners: Vec::new(),
            _view: view,
            root: root.clone(),
        });
    }
    host.take(None);
}

/// What every module listens for in the page, for its life.
fn begin() {
    browser::on_connection_change(|online| {
        for session in sessions() {
            session.online.set(online);
        }
    });
    browser::on_page_show(|| {
        for session in sessions() {
            (session.program.mask)(session);
        }
    });
}
