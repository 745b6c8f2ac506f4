//! The form of one source, kept while the person moves through the console.

use crate::ui::state::{State};

use crate::credential::{Service, catalog};
use crate::ui::{FormState, Phase};

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
    /// Counts what happened to the form, so that each result takes the focus once.
    pub results: State<u32>,
}

impl Kept {
    /// A fresh form for the source called `name`.
    pub fn new(name: &str) -> Self {
        let rows = catalog::rows(Service::Storefront);
        let name = State::new(name.to_owned());
        let form =
            FormState::new(rows, State::new(rows[0]), State::default(), name);
        Self {
            form,
            name,
            phase: State::default(),
            wait: State::default(),
            company: State::default(),
            results: State::default(),
        }
    }

    /// Where the form stands from now on; what stands there takes the focus.
    pub fn becomes(&self, phase: Phase) {
        self.phase.set(phase);
        self.results.update(|n| *n += 1);
    }
}
