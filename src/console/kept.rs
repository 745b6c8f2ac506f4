//! The form of one source, kept while the person moves through the console.

use std::ops::Deref;
use std::rc::Rc;

use super::consent::Consent;
use super::session::Session;
use crate::api::ApiError;
use crate::browser::{self, Tab};
use crate::credential::{Draft, FormSpec};
use crate::ui::state::State;
use crate::ui::{Failure, FormState, Offer, Phase};

crate::ui::held::hold!(Consent, Tried, Option<Tab>);

/// The name of the switch for marketplace accounts on the wire.
pub const MARKETPLACE: &str = "marketplaceAccount";

/// What is to be known about a registration whose answer may get lost.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    /// The account that was to be registered.
    pub identifier: String,
    /// The credentials that were there before.
    pub known: Vec<String>,
    /// It was to be a marketplace account.
    pub marketplace: bool,
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
    /// The form.
    pub form: FormState,
    /// The name of the source, for its labels.
    pub name: State<String>,
    /// Where it stands.
    pub phase: State<Phase>,
    /// Seconds until the server takes another try.
    pub wait: State<u32>,
    /// The company that the form was filled for.
    pub company: State<Option<u64>>,
    /// What the last registration was about, for finding out what became of it.
    pub tried: State<Tried>,
    /// True while the form is shown although the source has accounts already.
    pub adding: State<bool>,
    /// True while the person is asked whether a marketplace account is meant.
    pub confirming: State<bool>,
    /// The tab that was opened for the provider's page and is not there yet.
    pub tab: State<Option<Tab>>,
    /// What is known while consent is awaited.
    pub consent: State<Consent>,
    /// Counts the times that waiting for consent began; whoever looked for an earlier one stops.
    pub watch: State<u32>,
    /// Counts what happened to the form, so that each result takes the focus once.
    pub results: State<u32>,
}

impl Kept {
    /// A fresh form for the source called `name`, with the values that the configuration presets.
    pub fn new(session: Session, name: &str) -> Self {
        let rows = session.rows(session.program.around.rows);
        let name = State::new(name.to_owned());
        let form = FormState::new(rows, State::new(rows[0]), State::default(), name);
        let form = form.pasting(session.program.paste);
        let inner = Inner {
            form,
            name,
            phase: State::default(),
            wait: State::default(),
            company: State::default(),
            tried: State::default(),
            adding: State::default(),
            confirming: State::default(),
            tab: State::default(),
            consent: State::default(),
            watch: State::default(),
            results: State::default(),
        };
        let kept = Self(Box::leak(Box::new(inner)));
        kept.refill(session.preset());
        kept
    }

    /// Forgets what was typed; what was chosen stays, and what the configuration presets is there
    /// again.
    pub fn refill(&self, preset: &[(String, String)]) {
        let mut draft = Draft::default();
        draft.choose_like(&self.form.draft.peek(), *self.form.spec.peek());
        for spec in self.form.specs {
            for (name, value) in preset {
                if let Some(field) = spec.field(name) {
                    draft.preset(spec, field, value);
                }
            }
        }
        self.form.renew(draft);
    }

    /// True when the form is about to make a marketplace account. Whoever asks is run again when that
    /// changes.
    pub fn is_marketplace(&self) -> bool {
        let spec: &FormSpec = *self.form.spec.read();
        let on = |field| !self.form.draft.read().get(spec, field).text.is_empty();
        *self.form.offer.read() != Offer::No && spec.field(MARKETPLACE).is_some_and(on)
    }

    /// The account's name or number, as it was typed.
    pub fn identifier(&self) -> String {
        let spec: &FormSpec = *self.form.spec.peek();
        let typed = |field| self.form.draft.peek().get(spec, field).text;
        spec.field("accountIdentifier")
            .map_or_else(String::new, |field| typed(field).expose().to_owned())
    }

    /// Takes over what was chosen in the form of another source; nothing that was typed.
    pub fn choose_like(&self, other: Self) {
        let spec = other.form.spec.get_untracked();
        self.form.spec.set(spec);
        let chosen = other.form.draft.get_untracked();
        self.form
            .draft
            .update(|draft| draft.choose_like(&chosen, spec));
    }

    /// The last try did not end in a credential that we know of.
    pub fn failed(&self, failure: Failure) {
        self.becomes(Phase::Failed(Rc::new(failure)));
    }

    /// A new access token is here: a form that was refused for want of one may go on.
    pub fn token_is_here(&self) {
        let Phase::Failed(failure) = self.phase.get_untracked() else {
            return;
        };
        if matches!(failure.last(), Some(ApiError::Unauthorized)) {
            self.may_go_on();
        }
    }

    /// What stopped the form is mended. What is not known of an earlier try stays unknown.
    pub fn may_go_on(&self) {
        let Phase::Failed(failure) = self.phase.get_untracked() else {
            return;
        };
        match failure.lost() {
            Some(lost) => self.failed(Failure::Unchecked(lost.clone(), lost.clone())),
            None => self.phase.set(Phase::Editing),
        }
    }

    /// Where the form stands from now on; what stands there takes the focus.
    pub fn becomes(&self, phase: Phase) {
        self.phase.set(phase);
        self.results.bump();
    }

    /// The person turns away from a result: to the form, to be `adding` another account, or to how the
    /// source stands. What was pressed goes with the result, so the page's heading takes the focus.
    pub fn leave_result(&self, adding: bool) {
        self.adding.set(adding);
        self.becomes(Phase::Editing);
        browser::focus_heading();
    }
}
