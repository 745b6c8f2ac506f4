//! What the console knows about the registry while it is open: who signed in, for which organisation, which agents
//! there are, what is saved for them, and what was typed. In memory only.

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use super::remote::Remote;
use super::session::Session;
use crate::api::registry::{Account, Agent, AuthStatus};
use crate::api::{Access, AccessKind, Client, ServiceConfig};
use crate::browser::{self, Channel};
use crate::credential::{Draft, FormSpec, Secret, catalog};
use crate::oauth::flow::Flow;
use crate::oauth::provider::Provider;
use crate::oauth::token::Grant;
use crate::route::Route;
use crate::text::{Message, registry as text};
use crate::ui::FormState;
use crate::ui::state::State;

pub mod agent;
pub mod agents;

mod access;
mod calls;
mod consent;
mod kept;
mod renewal;
mod saving;
mod sign_in;
mod standing;

pub use kept::Kept;

crate::ui::held::hold!(
    Remote<Rc<Vec<Agent>>>,
    Remote<Rc<Account>>,
    Vec<(String, Remote<Rc<AuthStatus>>)>,
    Door,
    Option<Grant>
);

/// Whether calls can be made, and if not, how far the sign-in is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Door {
    /// Nobody is signed in.
    #[default]
    Out,
    /// The provider's documents are read, and we register there.
    Preparing,
    /// The person is at the provider's page.
    Waiting(Rc<Waiting>),
    /// The answer is here and becomes a token.
    Exchanging,
    /// Calls can be made.
    Open,
}

/// A sign-in that waits for its answer.
#[derive(Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The provider's page.
    pub url: String,
    /// A tab of its own went there.
    pub opened: bool,
    /// What names the sign-in.
    pub hash: String,
}

/// The sign-ins that wait for their answer, and the channels on which it comes, by the hash of their state.
#[derive(Default)]
struct Awaited {
    flows: Vec<Flow>,
    channels: Vec<(String, Channel)>,
}

static KEY: &[&FormSpec] = &[&catalog::REGISTRY_ACCESS];
static AGENT: &[&FormSpec] = &[&catalog::REGISTRY_AGENT];

/// The registry's state: a handle to what lives as long as the page.
#[derive(Clone, Copy)]
pub struct Registry(&'static Inner);

impl Deref for Registry {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        self.0
    }
}

/// The members of a [`Registry`].
pub struct Inner {
    /// The console around it.
    pub session: Session,
    /// How the registry is reached.
    pub service: &'static ServiceConfig,
    /// Who people sign in at.
    pub provider: Provider,
    /// Whether calls can be made.
    pub door: State<Door>,
    /// What went wrong with the last sign-in.
    pub note: State<Option<Rc<Message>>>,
    /// What a sign-in gave.
    pub grant: State<Option<Grant>>,
    /// An organisation's key, given in place of a sign-in.
    pub key: State<Option<Secret>>,
    /// The form for that key.
    pub key_form: FormState,
    /// The form for the address of an agent.
    pub agent_form: FormState,
    /// Who signed in.
    pub account: State<Remote<Rc<Account>>>,
    /// The organisation that is worked for; empty when none is known.
    pub organization: State<String>,
    /// Its agents.
    pub agents: State<Remote<Rc<Vec<Agent>>>>,
    /// What is saved for agents, by their address.
    pub statuses: State<Vec<(String, Remote<Rc<AuthStatus>>)>>,
    /// Counts changes of who asks; an answer to an earlier asker is thrown away.
    pub asker: State<u32>,
    /// Counts the seconds that matter to what is said about a token's end.
    pub tick: State<u32>,
    /// False once the server was found not to know how to take a saved token back.
    pub takes_back: State<bool>,
    /// What is known of sign-ins that wait for their answer.
    waiting: RefCell<Awaited>,
    /// Somebody renews the grant.
    renewing: Cell<bool>,
    /// Counts how often it was renewed.
    renewals: Cell<u32>,
    /// Counts the sign-ins that were begun.
    turn: Cell<u32>,
    /// The tab leaves for a sign-in, as the person asked.
    leaving: Cell<bool>,
    kept: RefCell<Vec<Kept>>,
    /// The key that was refused last.
    refused: RefCell<Option<Secret>>,
}

impl Registry {
    /// The state of a fresh page, under the page's outermost owner.
    pub fn new(session: Session, service: &'static ServiceConfig) -> Self {
        let form = |specs: &'static [&'static FormSpec]| {
            let source = State::new(text::NAME.to_owned());
            let draft = State::new(kept::blank());
            FormState::new(specs, State::new(specs[0]), draft, source)
                .pasting(session.program.paste)
        };
        let inner = Inner {
            session,
            service,
            provider: Provider::registry(&service.identity),
            door: State::default(),
            note: State::default(),
            grant: State::default(),
            key: State::default(),
            key_form: form(KEY),
            agent_form: form(AGENT),
            account: State::default(),
            organization: State::default(),
            agents: State::default(),
            statuses: State::default(),
            asker: State::default(),
            tick: State::default(),
            takes_back: State::new(true),
            waiting: RefCell::default(),
            renewing: Cell::default(),
            renewals: Cell::default(),
            turn: Cell::default(),
            leaving: Cell::default(),
            kept: RefCell::default(),
            refused: RefCell::default(),
        };
        let registry = Self(Box::leak(Box::new(inner)));
        if service.access == AccessKind::Gateway {
            registry.door.set(Door::Open);
        }
        registry
    }

    /// The registry's name, with that of its environment.
    pub fn name(&self) -> String {
        let label = self.service.label.as_deref().unwrap_or_default();
        crate::text::with_label(text::NAME, label)
    }

    /// Takes the answer with which this tab came back from the provider, if it did.
    pub fn arrive(self) {
        sign_in::arrive(self);
    }

    /// A client for whoever asks now.
    pub fn client(&self) -> Client {
        let grant = self.grant.peek();
        let token = grant.as_ref().as_ref().map(|grant| grant.access.clone());
        self.client_as(token.or_else(|| self.key.get_untracked()))
    }

    /// A client for a token that is still to be tried.
    fn client_as(&self, token: Option<Secret>) -> Client {
        let access = match self.service.access {
            AccessKind::Gateway => Access::Gateway,
            AccessKind::Token | AccessKind::SignIn => Access::Token(token),
        };
        self.session.client_of(&self.service.api, access)
    }

    /// A client for what is public: documents, registration, and what a code or refresh token authorizes.
    fn public_client(&self) -> Client {
        self.session.client_of(&self.service.api, Access::None)
    }

    /// Another one asks from now on: what was read for the one before is forgotten.
    fn reopen(&self) {
        self.account.set(Remote::Unasked);
        self.organization.set(String::new());
        self.forget_read();
        self.note.set(None);
        self.door.set(Door::Open);
        self.asker.bump();
    }

    /// Forgets what was read for an organisation.
    fn forget_read(&self) {
        self.agents.set(Remote::Unasked);
        self.statuses.set(Vec::new());
    }

    /// Calls can be made no longer, for this reason. What was typed stays.
    pub fn close(&self, why: Option<Message>) {
        self.grant.set(None);
        self.refused.replace(self.key.get_untracked());
        self.key.set(None);
        self.door.set(Door::Out);
        self.note.set(why.map(Rc::new));
        self.asker.bump();
    }

    /// Signs out: everything that was read or typed is forgotten.
    pub fn sign_out(&self) {
        self.next_turn();
        self.close(None);
        self.refused.take();
        self.account.set(Remote::Unasked);
        self.organization.set(String::new());
        self.forget_read();
        self.waiting.take();
        for kept in self.kept.borrow().iter() {
            kept.forget();
        }
        self.agent_form.renew(kept::blank());
        browser::focus_heading();
    }

    /// Another organisation is worked for.
    pub fn choose(&self, organization: String) {
        self.organization.set(organization);
        self.forget_read();
        self.asker.bump();
    }

    /// What was begun before this counts no more.
    fn next_turn(&self) -> u32 {
        let turn = self.turn.get() + 1;
        self.turn.set(turn);
        turn
    }

    /// The name of the organisation that is worked for.
    pub fn organization_name(&self) -> Option<String> {
        let account = self.account.read();
        let known = account.ready()?.organizations.iter();
        let chosen = self.organization.read();
        let mut found = known.filter(|one| one.id == *chosen);
        found.next().map(|one| one.name.clone())
    }

    /// The forms of one agent. They outlive its page.
    pub fn kept(&self, url: &str) -> Kept {
        let known = self
            .kept
            .borrow()
            .iter()
            .find(|kept| kept.url == url)
            .copied();
        known.unwrap_or_else(|| {
            let kept = self.session.at_home(|| Kept::new(self.session, url));
            self.kept.borrow_mut().push(kept);
            kept
        })
    }

    /// The forms of the agent whose page this is.
    fn kept_here(&self) -> Option<Kept> {
        let Route::Agent(url) = self.session.route.get_untracked() else {
            return None;
        };
        Some(self.kept(&url))
    }

    /// True when something was typed that closing the page would lose.
    pub fn has_typed_text(&self) -> bool {
        if self.leaving.take() {
            return false;
        }
        let typed = |form: FormState| form.draft.with_untracked(Draft::has_typed_text);
        typed(self.key_form)
            || typed(self.agent_form)
            || self.kept.borrow().iter().any(|kept| typed(kept.form))
    }

    /// Hides every secret that is shown.
    pub fn mask(&self) {
        self.key_form.revealed.set(None);
        for kept in self.kept.borrow().iter() {
            kept.form.revealed.set(None);
        }
    }
}
