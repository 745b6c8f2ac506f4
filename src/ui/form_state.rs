//! What a form on the screen holds, and what happens to it between two key presses.

use super::paste::{Paste, Pasted};
use super::remark::Remarks;
use super::state::{Derived, State};
use super::view::{Anchor, View};
use crate::api::FieldProblem;
use crate::browser::{self, ChosenFile, Host};
use crate::credential::clean::{Note, clean, without_suspicious};
use crate::credential::pem::KeyKind;
use crate::credential::seek::behind_last;
use crate::credential::{
    Algorithm, Credential, Draft, FieldError, FieldKind, FieldSpec, FormSpec, Problem, Rule,
    Secret, Stored, validate,
};
use crate::text;

crate::ui::held::hold!(
    &'static FormSpec,
    Draft,
    Offer,
    Vec<FieldError>,
    Vec<(&'static str, Vec<Note>)>,
    Vec<(&'static str, String)>,
    Option<Pasted>,
);

/// Whether a form offers its switch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Offer {
    /// No: it is not drawn, and off.
    #[default]
    No,
    /// It is not known whether the person may use it; the server decides.
    Unsure,
    /// Yes.
    Yes,
}

/// Draws what is said of a secret that the service holds, below the control for it; the last is the id of the line.
pub type StoredLine = fn(Remarks, Derived<Stored>, State<String>) -> View;

/// One form on the screen. Cheap to copy.
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
    /// The names of files that values came from, by field.
    pub files: State<Vec<(&'static str, String)>>,
    /// What is said of a secret that the service holds, in forms that may say it.
    pub stored_line: StoredLine,
    /// How the form is filled from a text in one piece, where it is at all.
    pub paste: Option<&'static Paste>,
    /// The page around the element, which may keep the form from being sent; nothing elsewhere.
    pub host: Option<Host>,
    /// What came of filling the form from a text.
    pub pasted: State<Option<Pasted>>,
    /// Whether switches are offered.
    pub offer: State<Offer>,
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
            files: State::default(),
            stored_line: |_, _, _| View::default(),
            paste: None,
            host: None,
            pasted: State::default(),
            offer: State::default(),
            revealed: State::default(),
            reports: State::default(),
            root: Anchor::default(),
        }
    }

    /// The same, filled from a pasted text as well.
    pub fn pasting(self, paste: Option<&'static Paste>) -> Self {
        Self { paste, ..self }
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
        if field.kind.has_lines() {
            self.files
                .update(|files| files.retain(|(name, _)| *name != field.name));
        }
        self.recheck(field.name);
    }

    /// The person chose a file or dropped one: what is in it is typed for them and judged at once.
    pub fn take_file(&self, field: &'static FieldSpec, file: Option<ChosenFile>) {
        let (form, Some(file)) = (*self, file) else {
            return;
        };
        browser::spawn(async move {
            let text = if file.too_large {
                Err(text::FILE_TOO_LARGE)
            } else {
                file.text().await.ok_or(text::FILE_UNREAD)
            };
            // The form may be gone by then.
            if form.spec.try_peek().is_none() {
                return;
            }
            match text {
                Ok(text) => {
                    form.typed(field, text.expose().to_owned());
                    form.files
                        .update(|files| files.push((field.name, file.name)));
                    form.left(field);
                    form.judge(field);
                }
                Err(words) => form.say_at(field, Some(Problem::Server(words.to_owned()))),
            }
        });
    }

    /// Says what is wrong with one field, and with no other.
    pub fn judge(&self, field: &'static FieldSpec) {
        let spec = self.spec.get_untracked();
        let errors = self.draft.with_untracked(|draft| validate(spec, draft));
        let mut errors = errors.err().unwrap_or_default().into_iter();
        let found = errors.find(|error| error.field == field.name);
        // What reads keys judges it when it comes.
        let problem = found.map(|error| error.problem);
        self.say_at(
            field,
            problem.filter(|problem| *problem != Problem::KeyUnread),
        );
    }

    /// Puts a problem in the place of what was said about a field.
    fn say_at(&self, field: &'static FieldSpec, problem: Option<Problem>) {
        self.errors.update(|errors| {
            errors.retain(|error| error.field != field.name);
            errors.extend(problem.map(|problem| FieldError {
                field: field.name,
                problem,
            }));
        });
    }

    /// The person decided about what the service holds in a field.
    pub fn store(&self, spec: &'static FormSpec, field: &'static FieldSpec, stored: Stored) {
        self.draft.update(|draft| draft.store(spec, field, stored));
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
        let key = notes.iter().find_map(|note| match note {
            Note::Key(kind) => Some(*kind),
            _ => None,
        });
        if value != entry.text || key.is_some() {
            self.draft.update(|draft| draft.set(spec, field, value));
            self.notes.update(|all| {
                all.retain(|(name, _)| *name != field.name);
                all.push((field.name, notes));
            });
        }
        if let Some(kind) = key {
            self.propose_algorithm(field, kind);
        }
    }

    /// The signature algorithm follows from the key, unless the person chose one.
    fn propose_algorithm(&self, field: &'static FieldSpec, kind: KeyKind) {
        let spec = self.spec.get_untracked();
        let follower = field.rules.iter().find_map(|rule| match rule {
            Rule::FitsAlgorithm(name) => spec.field(name),
            _ => None,
        });
        if let Some(follower) = follower {
            let name = Algorithm::of(kind).map_or("", Algorithm::name);
            self.draft.update(|draft| {
                draft.propose(spec, follower, name);
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

    /// The same as [`Self::checked`], but the page around an element may keep what passed from being sent.
    pub fn check(&self) -> Option<Credential> {
        let credential = self.checked()?;
        let held = self.host.is_some_and(|host| !host.lets_send());
        (!held).then_some(credential)
    }

    /// Checks the whole form. On errors they are shown and the summary takes the focus.
    pub fn checked(&self) -> Option<Credential> {
        let spec = self.spec.get_untracked();
        self.revealed.set(None);
        for field in spec.fields {
            // What is not offered any more must not be sent.
            if matches!(field.kind, FieldKind::Switch) && *self.offer.peek() == Offer::No {
                self.draft
                    .update(|draft| draft.set(spec, field, Secret::default()));
            }
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
            let name = behind_last(&problem.path, b'.');
            let words = match (problem.message.as_str(), message) {
                ("", Some(message)) => message.clone(),
                ("", None) => text::REFUSED_WITHOUT_WORDS.to_owned(),
                (words, _) => words.to_owned(),
            };
            match spec.field(name).filter(|field| !field.kind.is_chosen()) {
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

    /// Begins anew with this draft: what was said about the one before is not true of it, and nothing of that can be
    /// brought back.
    pub fn renew(&self, draft: Draft) {
        self.quiet();
        self.draft.set(draft);
        self.notes.set(Vec::new());
        self.files.set(Vec::new());
        self.revealed.set(None);
        self.pasted.set(None);
    }

    /// What was typed is in use now: its secrets are forgotten here, and leaving the page loses nothing.
    pub fn settle(&self) {
        let mut draft = self.draft.get_untracked();
        draft.forget_secrets();
        draft.settle();
        self.renew(draft);
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
        self.reports.bump();
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
                // What does not fit another field may fit it now.
                let follows = matches!(error.problem, Problem::KeyMisfit(..) | Problem::NotAPair);
                if error.field != changed && !follows {
                    return true;
                }
                let changed = error.field;
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
