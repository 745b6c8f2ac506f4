//! The form of one source, kept while the person moves through the console.

use std::rc::Rc;

use crate::api::ApiError;
use crate::credential::{Draft, Service, catalog};
use crate::ui::state::State;
use crate::ui::{Failure, FormState, Phase};

/// What is to be known about a registration whose answer may get lost.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    /// The account that was to be registered.
    pub identifier: String,
    /// The credentials that were there before.
    pub known: Vec<String>,
}

/// A form and where it stands. Every member is a handle that lives as long as the page.
#[derive(Clone, Copy)]
pub struct Kept {
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
    /// Counts what happened to the form, so that each result takes the focus once.
    pub results: State<u32>,
}

impl Kept {
    /// A fresh form for the source called `name`, with the values that the configuration presets.
    pub fn new(name: &str, preset: &[(String, String)]) -> Self {
        let rows = catalog::rows(Service::Storefront);
        let name = State::new(name.to_owned());
        let form = FormState::new(rows, State::new(rows[0]), State::default(), name);
        let kept = Self {
            form,
            name,
            phase: State::default(),
            wait: State::default(),
            company: State::default(),
            tried: State::default(),
            results: State::default(),
        };
        kept.refill(preset);
        kept
    }

    /// Forgets what was typed; what the configuration presets is there again.
    pub fn refill(&self, preset: &[(String, String)]) {
        let mut draft = Draft::default();
        for spec in self.form.specs {
            for (name, value) in preset {
                if let Some(field) = spec.field(name) {
                    draft.preset(spec, field, value);
                }
            }
        }
        self.form.draft.set(draft);
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
        self.results.update(|n| *n += 1);
    }
}
