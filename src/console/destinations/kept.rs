//! What is kept of one credential configuration while the person moves through the console: what was read, and the form
//! that replaces it.

use std::ops::Deref;
use std::rc::Rc;

use super::Destinations;
use crate::api::destinations::{Record, parse_record, record_request};
use crate::api::{ApiError, is_loopback};
use crate::browser;
use crate::console::remote::{Remote, keep_or, wait};
use crate::credential::{Draft, FormSpec, Stored, catalog};
use crate::text::Message;
use crate::ui::state::State;
use crate::ui::{FormState, Phase, Remarks, Tone};

crate::ui::held::hold!(Remote<Rc<Record>>, Option<Told>, (String, String));

/// What came of the last try.
#[derive(Clone, Debug)]
pub struct Told {
    /// How it went.
    pub tone: Tone,
    /// In words.
    pub message: Message,
    /// What can be done about it.
    pub next: Next,
}

/// What can be done after a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// Nothing in particular.
    Nothing,
    /// Somebody else changed it: take that over, or save all the same.
    Choose,
    /// Read it again.
    Read,
    /// It was saved: a summary can be copied.
    Summary,
}

/// One credential: a handle to what lives as long as the page.
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
    /// `instanceId`.
    pub id: String,
    /// What was read of it last.
    pub record: State<Remote<Rc<Record>>>,
    /// The form.
    pub form: FormState,
    /// When the one was changed that the form was filled from; nothing while it is empty.
    pub filled: State<Option<String>>,
    /// Where the form stands.
    pub phase: State<Phase>,
    /// Seconds until the service takes another try.
    pub wait: State<u32>,
    /// What is being done, in words.
    pub doing: State<&'static str>,
    /// What came of the last try.
    pub told: State<Option<Told>>,
    /// When it was changed before and after the last save, for the summary.
    pub moved: State<(String, String)>,
    /// The person is asked whether to delete it.
    pub asked: State<bool>,
    /// It was deleted here.
    pub deleted: State<bool>,
    /// Counts what happened, so that each result takes the focus once.
    pub results: State<u32>,
}

static ROWS: &[&FormSpec] = catalog::DESTINATIONS;

impl Kept {
    /// Nothing is known yet.
    pub(super) fn new(desk: Destinations, id: &str) -> Self {
        let form = FormState {
            stored_line: Remarks::stored_line,
            paste: desk.session.program.paste_every,
            host: desk.session.host,
            ..FormState::new(
                ROWS,
                State::new(ROWS[0]),
                State::default(),
                State::new(crate::text::destinations::NAME.to_owned()),
            )
        };
        Self(Box::leak(Box::new(Inner {
            id: id.to_owned(),
            record: State::default(),
            form,
            filled: State::default(),
            phase: State::default(),
            wait: State::default(),
            doing: State::default(),
            told: State::default(),
            moved: State::default(),
            asked: State::default(),
            deleted: State::default(),
            results: State::default(),
        })))
    }

    /// The form with the one way that this credential has.
    pub fn form_of(&self, spec: &'static FormSpec) -> FormState {
        let at = ROWS.iter().position(|row| row.id == spec.id);
        let specs = at.map_or(ROWS, |at| &ROWS[at..=at]);
        FormState { specs, ..self.form }
    }

    /// Forgets what was read, typed and told.
    pub fn forget(self) {
        self.form.renew(Draft::default());
        self.record.set(Remote::Unasked);
        self.filled.set(None);
        self.phase.set(Phase::Editing);
        self.told.set(None);
        self.moved.set(Default::default());
        self.asked.set(false);
        self.deleted.set(false);
    }

    /// Reads it. The form is filled from it unless something was typed.
    pub fn load(self, desk: Destinations) {
        self.record.update(wait);
        let asker = *desk.asker.peek();
        browser::spawn(async move {
            let read = self.read(desk).await;
            if *desk.asker.peek() != asker {
                return;
            }
            if let Ok(record) = &read {
                let typed = self.form.draft.with_untracked(Draft::has_typed_text);
                if !typed || self.filled.peek().is_none() {
                    self.fill(record);
                }
            }
            self.put(read);
        });
    }

    /// Reads it once.
    pub async fn read(self, desk: Destinations) -> Result<Record, ApiError> {
        let make = move |client: &crate::api::Client| record_request(client, &self.id);
        desk.send(make, parse_record).await
    }

    /// Puts what was read in the place of what is known.
    pub fn put(self, read: Result<Record, ApiError>) {
        let gone = matches!(read, Err(ApiError::NotFound));
        let read = Remote::from(read).shared();
        if gone {
            self.record.set(read);
        } else {
            self.record.update(|known| keep_or(known, read));
        }
    }

    /// Fills the form from what was read; what was typed goes. Of a secret it is only known that there is one.
    pub fn fill(self, record: &Record) {
        let Some(spec) = record.spec else {
            return;
        };
        let mut draft = Draft::default();
        draft.on_loopback = is_loopback(&browser::origin());
        if let Some(field) = spec.field("name") {
            draft.preset(spec, field, &record.row.name);
        }
        for (field, value) in &record.shown {
            draft.preset(spec, field, value);
        }
        for field in &record.stored {
            draft.store(spec, field, Stored::Saved);
        }
        self.form.spec.set(spec);
        self.form.renew(draft);
        self.filled.set(Some(record.row.modified.clone()));
    }

    /// Says what came of a try.
    pub fn tell(self, tone: Tone, message: Message, next: Next) {
        self.phase.set(Phase::Editing);
        self.told.set(Some(Told {
            tone,
            message,
            next,
        }));
        self.results.bump();
    }
}
