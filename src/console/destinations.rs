//! What the console knows about Adobe's Destination SDK while it is open: who asks, for which organisation and sandbox,
//! which credentials there are, and what was typed. In memory only.

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use super::keeper::Keeper;
use super::preset::preset;
use super::remote::Remote;
use super::session::Session;
use crate::api::destinations::{Record, Whose};
use crate::api::{Access, AccessKind, Client, ServiceConfig};
use crate::browser::{self, Host};
use crate::credential::{Draft, FormSpec, Secret, catalog};
use crate::text::{Message, destinations as words};
use crate::ui::state::{Derived, State};
use crate::ui::{FormState, Phase};

pub mod list;
pub mod new;
pub mod one;

mod access;
mod calls;
pub mod creating;
pub mod kept;
mod saving;
mod standing;
mod update;

pub use kept::Kept;

crate::ui::held::hold!(Remote<Rc<Vec<Record>>>, Option<Whose>);

/// The state of destinations: a handle to what lives as long as the page.
#[derive(Clone, Copy)]
pub struct Destinations(&'static Inner);

impl Deref for Destinations {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        self.0
    }
}

/// The members of [`Destinations`].
pub struct Inner {
    /// The console around it.
    pub session: Session,
    /// How the service is reached.
    pub service: &'static ServiceConfig,
    /// The form for our own access.
    pub access_form: FormState,
    /// Where that form stands.
    pub access_phase: State<Phase>,
    /// Whose data is asked for; nothing while nobody can ask.
    pub whose: State<Option<Whose>>,
    /// Why nobody can ask any more.
    pub note: State<Option<Rc<Message>>>,
    /// A token that the person gave.
    pub given: State<Option<Secret>>,
    /// A token that Adobe gave for a client's secret.
    pub keeper: Keeper,
    /// The credentials.
    pub all: State<Remote<Rc<Vec<Record>>>>,
    /// Counts changes of who asks; an answer to an earlier asker is thrown away.
    pub asker: State<u32>,
    /// The form for a new credential.
    pub making: creating::Making,
    kept: RefCell<Vec<Kept>>,
    /// Whose data it was before nobody could ask.
    last: RefCell<Option<Whose>>,
    /// The asker whose access was tried by reading the list, which is not read again at once.
    tried: Cell<Option<u32>>,
    /// The token that was refused last.
    refused: RefCell<Option<Secret>>,
}

impl Destinations {
    /// The state of a fresh page, under the page's outermost owner.
    pub fn new(session: Session, service: &'static ServiceConfig) -> Self {
        let gateway = service.access == AccessKind::Gateway;
        let hosted = session.gives_token(service.access).is_some();
        let rows: &'static [&'static FormSpec] = if gateway || hosted {
            catalog::ADOBE_GATEWAY
        } else {
            catalog::ADOBE_ACCESS
        };
        let access_form = FormState::new(
            rows,
            State::new(rows[0]),
            State::new(preset(service, rows)),
            State::new(words::NAME.to_owned()),
        )
        .pasting(session.program.paste);
        let desk = Self(Box::leak(Box::new(Inner {
            session,
            service,
            access_form,
            access_phase: State::default(),
            whose: State::default(),
            note: State::default(),
            given: State::default(),
            keeper: Keeper::new(),
            all: State::default(),
            asker: State::default(),
            making: creating::Making::new(session, service),
            kept: RefCell::default(),
            last: RefCell::default(),
            tried: Cell::default(),
            refused: RefCell::default(),
        })));
        // Nothing is left to be asked for.
        if gateway && let Some(whose) = desk.preset_whose() {
            desk.whose.set(Some(whose));
        }
        desk
    }

    /// The page around the element, where it gives the token.
    fn hosted(self) -> Option<Host> {
        self.session.gives_token(self.service.access)
    }

    /// Whose data it is by the configuration alone.
    fn preset_whose(self) -> Option<Whose> {
        let of = |name: &str| {
            let known = self.service.preset.iter();
            let mut found = known.filter(|(key, _)| key == name);
            found.next().map(|(_, value)| value.clone())
        };
        Some(Whose {
            organisation: of("imsOrgId")?,
            sandbox: of("sandboxName")?,
            key: of("apiKey").unwrap_or_default(),
        })
    }

    /// The service's page title, with the name of the environment.
    pub fn title(&self) -> String {
        let label = self.service.label.as_deref().unwrap_or_default();
        crate::text::with_label(words::DESTINATIONS, label)
    }

    /// A line that names organisation and sandbox; empty while nobody can ask.
    pub fn sub(&self) -> Derived<String> {
        let whose = self.whose;
        Derived::new(move || {
            let whose = whose.read();
            let whose = whose.as_ref().as_ref();
            whose.map_or_else(String::new, |whose| {
                words::whose(&whose.organisation, &whose.sandbox)
            })
        })
    }

    /// A client for whoever asks now.
    pub fn client(&self) -> Client {
        let token = self.keeper.access().or_else(|| self.given.get_untracked());
        let whose = self.whose.get_untracked().unwrap_or_default();
        self.client_as(token, &whose)
    }

    /// A client for access that is still to be tried.
    fn client_as(&self, token: Option<Secret>, whose: &Whose) -> Client {
        let access = match self.service.access {
            AccessKind::Gateway => Access::Gateway,
            AccessKind::Token | AccessKind::SignIn => Access::Token(token),
        };
        let client = self.session.client_of(&self.service.api, access);
        client.with(whose.headers())
    }

    /// It is asked for this from now on. What was read and typed for another organisation or sandbox goes.
    fn open(self, whose: Whose) {
        let last = self.last.take();
        let same = last.is_none_or(|last| {
            (&last.organisation, &last.sandbox) == (&whose.organisation, &whose.sandbox)
        });
        self.all.set(Remote::Unasked);
        if !same {
            self.making.forget();
            self.forget_kept();
        }
        self.note.set(None);
        self.whose.set(Some(whose));
        self.asker.bump();
    }

    /// Nobody can ask any more, for this reason. What was typed stays.
    fn close(&self, why: Option<Message>) {
        if let Some(whose) = self.whose.get_untracked() {
            self.last.replace(Some(whose));
        }
        self.keeper.forget();
        self.refused.replace(self.given.get_untracked());
        self.given.set(None);
        self.whose.set(None);
        self.note.set(why.map(Rc::new));
        self.asker.bump();
    }

    /// Everything that was read or typed is forgotten.
    pub fn sign_out(self) {
        self.close(None);
        self.last.take();
        self.refused.take();
        self.all.set(Remote::Unasked);
        let form = self.access_form;
        form.renew(preset(self.service, form.specs));
        self.making.forget();
        self.forget_kept();
        browser::focus_heading();
    }

    fn forget_kept(self) {
        for kept in self.kept.borrow().iter() {
            kept.forget();
        }
    }

    /// What is kept of one credential. It outlives its page.
    pub fn kept(&self, id: &str) -> Kept {
        let known = self
            .kept
            .borrow()
            .iter()
            .find(|kept| kept.id == id)
            .copied();
        known.unwrap_or_else(|| {
            let kept = self.session.at_home(|| Kept::new(*self, id));
            self.kept.borrow_mut().push(kept);
            kept
        })
    }

    /// True when something was typed that closing the page would lose.
    pub fn has_typed_text(&self) -> bool {
        let typed = |form: FormState| form.draft.with_untracked(Draft::has_typed_text);
        typed(self.access_form)
            || typed(self.making.form)
            || self.kept.borrow().iter().any(|kept| typed(kept.form))
    }

    /// Hides every secret that is shown.
    pub fn mask(&self) {
        for form in [self.access_form, self.making.form] {
            form.revealed.set(None);
        }
        for kept in self.kept.borrow().iter() {
            kept.form.revealed.set(None);
        }
    }
}
