//! What a form on the screen holds, and what happens to it between two key presses.

use super::state::State;
use super::view::Anchor;
use crate::api::FieldProblem;
use crate::credential::clean::{Note, clean, without_suspicious};
use crate::credential::{
    Credential, Draft, FieldError, FieldKind, FieldSpec, FormSpec, Problem, Secret, validate,
};
use crate::text;

/// One form on the screen. Cheap to copy: every member is a handle.
#[derive(Clone, Copy)]
pub struct FormState {
    /// The ways to choose from.
    pub specs: &'static [&'static FormSpec],
    /// The chosen way.
    pub spec: State<&'static FormSpec>,
    /// What was typed.
    pub draft: State<Draft>,
    /// What stands in for `{source}` in labels.
    pub source: State<String>,
    /// The errors that are shown: of fields, in their order.
    pub errors: State<Vec<FieldError>>,
    /// The errors that are shown: of no field.
    pub general: State<Vec<String>>,
    /// What cleaning dropped, by field.
    pub notes: State<Vec<(&'static str, Vec<Note>)>>,
    /// The secret field whose text is shown, if any.
    pub revealed: State<Option<&'static str>>,
    /// Counts the reports of errors, so that each report takes the focus once.
    pub reports: State<u32>,
    /// The form's own element, below which ids and names are looked up.
    pub root: Anchor,
}

impl FormState {
    /// A form over `specs` that keeps its draft and its chosen way in the given signals.
    pub fn new(
        specs: &'static [&'static FormSpec],
        spec: State<&'static FormSpec>,
        draft: State<Draft>,
        source: State<String>,
    ) -> Self {
        Self {
            specs,
            spec,
            draft,
            source,
            errors: State::default(),
            general: State::default(),
            notes: State::default(),
            revealed: State::default(),
            reports: State::default(),
            root: Anchor::default(),
        }
    }

    /// Another way was chosen: what was typed stays, what was said about it goes.
    pub fn choose(&self, spec: &'static FormSpec) {
        self.spec.set(spec);
        self.quiet();
    }

    /// The person typed. An error that this mends is taken away; no new one appears.
    pub fn typed(&self, field: &'static FieldSpec, text: String) {
        let spec = self.spec.get_untracked();
        self.draft
            .update(|draft| draft.set(spec, field, Secret::new(text)));
        self.notes
            .update(|notes| notes.retain(|(name, _)| *name != field.name));
        self.recheck(field.name);
    }

    /// The person left a field: what cannot be meant is dropped, and said.
    pub fn left(&self, field: &'static FieldSpec) {
        // Said a moment later; the form may be gone by then.
        let Some(spec) = self.spec.try_peek() else {
            return;
        };
        let spec = *spec;
        let entry = self.draft.with_untracked(|draft| draft.get(spec, field));
        let (value, notes) = clean(field.kind, &entry.text);
        if value != entry.text {
            self.draft.update(|draft| draft.set(spec, field, value));
            self.notes.update(|all| {
                all.retain(|(name, _)| *name != field.name);
                all.push((field.name, notes));
            });
        }
    }

    /// The person decided about unusual characters in a token: drop them, or keep them.
    pub fn decide(&self, field: &'static FieldSpec, drop: bool) {
        let spec = self.spec.get_untracked();
        self.draft.update(|draft| {
            if drop {
                let text = without_suspicious(draft.get(spec, field).text.expose());
                draft.set(spec, field, text);
            } else {
                draft.keep_as_is(spec, field);
            }
        });
        self.recheck(field.name);
    }

    /// Checks the whole form. On errors they are shown and the summary takes the focus.
    pub fn check(&self) -> Option<Credential> {
        let spec = self.spec.get_untracked();
        self.revealed.set(None);
        for field in spec.fields {
            self.left(field);
        }
        match self.draft.with_untracked(|draft| validate(spec, draft)) {
            Ok(credential) => {
                self.quiet();
                Some(credential)
            }
            Err(errors) => {
                self.report(errors, Vec::new());
                None
            }
        }
    }

    /// Shows what the server said: on the fields it named, the rest in the summary.
    pub fn refuse(&self, problems: &[FieldProblem], message: Option<&String>) {
        let spec = self.spec.get_untracked();
        let (mut errors, mut general) = (Vec::new(), Vec::new());
        for problem in problems {
            let name = problem.path.rsplit('.').next().unwrap_or_default();
            let words = match (problem.message.as_str(), message) {
                ("", Some(message)) => message.clone(),
                ("", None) => text::REFUSED_WITHOUT_WORDS.to_owned(),
                (words, _) => words.to_owned(),
            };
            match spec
                .field(name)
                .filter(|field| !matches!(field.kind, FieldKind::Choice(_)))
            {
                Some(field) => {
                    if !errors.iter().any(|e: &FieldError| e.field == field.name) {
                        errors.push(FieldError {
                            field: field.name,
                            problem: Problem::Server(words),
                        });
                    }
                }
                None => general.push(words),
            }
        }
        if problems.is_empty() {
            general.push(
                message
                    .cloned()
                    .unwrap_or_else(|| text::REFUSED_WITHOUT_WORDS.to_owned()),
            );
        }
        let of = |name| errors.iter().find(|error| error.field == name).cloned();
        let errors = spec
            .fields
            .iter()
            .filter_map(|field| of(field.name))
            .collect();
        general.dedup();
        self.report(errors, general);
    }

    /// The message that is shown for a field, if there is one.
    pub fn message(&self, field: &'static FieldSpec) -> Option<String> {
        let errors = self.errors.read();
        let error = errors.iter().find(|error| error.field == field.name)?;
        Some(text::field_error(
            field,
            &error.problem,
            &self.source.read(),
        ))
    }

    /// Takes away everything that was said about the form.
    pub fn quiet(&self) {
        self.errors.set(Vec::new());
        self.general.set(Vec::new());
    }

    /// Shows these errors, in place of all earlier ones; the summary takes the focus.
    pub fn report(&self, errors: Vec<FieldError>, general: Vec<String>) {
        self.errors.set(errors);
        self.general.set(general);
        self.reports.update(|n| *n += 1);
    }

    /// Keeps only those shown errors that still hold; what the server said about `changed` goes.
    fn recheck(&self, changed: &'static str) {
        if self.errors.with_untracked(Vec::is_empty) && self.general.with_untracked(Vec::is_empty) {
            return;
        }
        let spec = self.spec.get_untracked();
        let now = self
            .draft
            .with_untracked(|draft| validate(spec, draft))
            .err()
            .unwrap_or_default();
        self.errors.update(|shown| {
            shown.retain_mut(|error| {
                if error.field != changed {
                    return true;
                }
                // The words follow the value: a count or a position may have changed.
                let same = now
                    .iter()
                    .find(|new| new.field == changed && new.problem.code() == error.problem.code());
                same.inspect(|new| error.problem = new.problem.clone())
                    .is_some()
            });
        });
    }
}
