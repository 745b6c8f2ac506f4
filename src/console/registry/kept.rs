//! The form of one agent, kept while the person moves through the console.

use std::ops::Deref;

use crate::api::is_loopback;
use crate::browser;
use crate::console::session::Session;
use crate::credential::{Draft, catalog};
use crate::text::Message;
use crate::ui::state::State;
use crate::ui::{FormState, Phase, Tone};

crate::ui::held::hold!(Vec<Told>, Option<Part>, Option<(String, bool)>);

/// One thing that came of a try.
#[derive(Clone, Debug)]
pub struct Told {
    /// How it went.
    pub tone: Tone,
    /// In words.
    pub message: Message,
    /// The agent is not the organisation's: there is something to do about that.
    pub forbidden: bool,
}

/// What may be taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The static token.
    Token,
    /// The consent at the agent's own server.
    Consent,
}

/// A form without a word in it. Loopback hosts are fit for it only while our own page is on one.
pub fn blank() -> Draft {
    let mut draft = Draft::default();
    draft.on_loopback = is_loopback(&browser::origin());
    draft
}

/// A form and where it stands: a handle to what lives as long as the page.
#[derive(Clone, Copy)]
pub struct Kept(&'static Inner);

impl Deref for Kept {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        self.0
    }
}

/// The members of a [`Kept`].
pub struct Inner {
    /// The agent's address.
    pub url: String,
    /// The form.
    pub form: FormState,
    /// Where it stands.
    pub phase: State<Phase>,
    /// Seconds until the server takes another try.
    pub wait: State<u32>,
    /// True while the form is shown although something is saved.
    pub open: State<bool>,
    /// What came of the last try.
    pub told: State<Vec<Told>>,
    /// What the person is asked about before it is taken back.
    pub asked: State<Option<Part>>,
    /// What was typed is saved, and stays only until it was found to work.
    pub saved: State<bool>,
    /// A value that was saved names a variable of the registry's own environment.
    pub refers: State<bool>,
    /// The page for consent at the agent's own server, once it is known, and whether a tab went there.
    pub consent: State<Option<(String, bool)>>,
    /// Counts what happened, so that each result takes the focus once.
    pub results: State<u32>,
}

impl Kept {
    /// A fresh form.
    pub(super) fn new(session: Session, url: &str) -> Self {
        let rows = session.rows(catalog::REGISTRY);
        let source = State::new(url.to_owned());
        let form = FormState {
            host: session.host,
            ..FormState::new(rows, State::new(rows[0]), State::new(blank()), source)
        };
        let inner = Inner {
            url: url.to_owned(),
            form: form.pasting(session.program.paste),
            phase: State::default(),
            wait: State::default(),
            open: State::default(),
            told: State::default(),
            asked: State::default(),
            saved: State::default(),
            refers: State::default(),
            consent: State::default(),
            results: State::default(),
        };
        Self(Box::leak(Box::new(inner)))
    }

    /// Forgets what was typed and what came of it.
    pub fn forget(&self) {
        self.forget_typed();
        self.told.set(Vec::new());
        self.consent.set(None);
        self.phase.set(Phase::Editing);
    }

    /// Forgets what was typed; the form is closed where something is saved.
    pub fn forget_typed(&self) {
        self.form.renew(blank());
        self.saved.set(false);
        self.open.set(false);
    }

    /// Says what came of a try, below what was said before.
    pub fn tell(&self, tone: Tone, message: Message) {
        self.say(Told {
            tone,
            message,
            forbidden: false,
        });
    }

    /// The same for what may be forbidden.
    pub fn say(&self, told: Told) {
        self.told.update(|all| all.push(told));
        self.results.bump();
    }
}
