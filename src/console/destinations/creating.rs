//! Creating a credential configuration, and finding out whether it was created when the answer is lost.

use std::rc::Rc;

use super::Destinations;
use crate::api::destinations::{
    Record, Row, create_request, list_request, parse_created, parse_list,
};
use crate::api::{ApiError, ServiceConfig};
use crate::browser;
use crate::console::attempt::count_down_after;
use crate::console::preset::preset;
use crate::console::session::Session;
use crate::credential::{FormSpec, catalog};
use crate::text::{Message, destinations as words};
use crate::ui::state::State;
use crate::ui::{FormState, Phase, Step};

crate::ui::held::hold!(
    Outcome,
    Option<(String, &'static FormSpec)>,
    Option<Vec<String>>
);

/// What came of creating one.
#[derive(Clone, Debug, Default)]
pub enum Outcome {
    /// Nothing was tried, or what was is told at the form.
    #[default]
    None,
    /// It is there.
    Made(Rc<Made>),
    /// It was not created, for this reason. True when it was looked for in the list.
    Failed(Rc<Message>, bool),
    /// It is not known whether it was, for this reason.
    Unknown(Rc<Message>),
}

/// One that was created.
#[derive(Debug)]
pub struct Made {
    /// What the service says of it; its id is empty when that was not said.
    pub row: Row,
    /// What it is.
    pub spec: &'static FormSpec,
    /// The answer was lost, and the list has it.
    pub listed: bool,
}

/// The form for a new one. It outlives its page.
#[derive(Clone, Copy)]
pub struct Making {
    /// The form.
    pub form: FormState,
    /// Where it stands.
    pub phase: State<Phase>,
    /// What came of it.
    pub outcome: State<Outcome>,
    /// Counts what came of it, so that each result takes the focus once.
    pub results: State<u32>,
    /// Seconds until the service takes another try.
    pub wait: State<u32>,
    /// The ids that were known before the last try, when they were.
    before: State<Option<Vec<String>>>,
    /// The name and the type that were sent last.
    sent: State<Option<(String, &'static FormSpec)>>,
    service: &'static ServiceConfig,
}

static ROWS: &[&FormSpec] = catalog::DESTINATIONS;

impl Making {
    /// A fresh form.
    pub fn new(session: Session, service: &'static ServiceConfig) -> Self {
        let rows = session.rows(ROWS);
        let form = FormState {
            paste: session.program.paste_every,
            host: session.host,
            ..FormState::new(
                rows,
                State::new(rows[0]),
                State::new(preset(service, ROWS)),
                State::new(words::NAME.to_owned()),
            )
        };
        Self {
            form,
            phase: State::default(),
            outcome: State::default(),
            results: State::default(),
            wait: State::default(),
            before: State::default(),
            sent: State::default(),
            service,
        }
    }

    /// Forgets what was typed and what came of it.
    pub fn forget(&self) {
        self.form.renew(preset(self.service, ROWS));
        self.outcome.set(Outcome::None);
    }

    fn end(&self, outcome: Outcome) {
        self.phase.set(Phase::Editing);
        self.outcome.set(outcome);
        self.results.bump();
    }
}

/// The person pressed the form's button.
pub fn submit(desk: Destinations) {
    let making = desk.making;
    if making.phase.peek().is_busy() || *making.wait.peek() > 0 {
        return;
    }
    let Some(credential) = making.form.check() else {
        return;
    };
    let ids = |all: Rc<Vec<Record>>| all.iter().map(|one| one.row.id.clone()).collect();
    making.before.set(desk.listed().map(ids));
    making.outcome.set(Outcome::None);
    making.phase.set(Phase::Submitting(Step::Sending));
    browser::spawn(async move {
        let name = credential.shown("name").unwrap_or_default().to_owned();
        let spec = credential.spec();
        making.sent.set(Some((name.clone(), spec)));
        let make = move |client: &crate::api::Client| create_request(client, &credential);
        match desk.send(make, parse_created).await {
            Ok(Some(record)) => made(desk, record.row, spec, false),
            Ok(None) => {
                let row = Row {
                    name: name.clone(),
                    ..Row::default()
                };
                let found = look(desk, &name, spec).await.ok().flatten();
                made(desk, found.unwrap_or(row), spec, false);
            }
            Err(error) if error.outcome_unknown() => {
                let why = desk.failed(&error);
                find(desk, &name, spec, why).await;
            }
            Err(ApiError::Rejected {
                message,
                field_errors,
                ..
            }) => {
                making.phase.set(Phase::Editing);
                making.form.refuse(&field_errors, message.as_ref());
            }
            Err(error) => {
                count_down_after(making.wait, &error);
                making.end(Outcome::Failed(Rc::new(desk.failed(&error)), false));
            }
        }
    });
}

/// Looks once more whether the one that was sent last is in the list.
pub fn look_again(desk: Destinations) {
    let making = desk.making;
    let why = match &*making.outcome.peek() {
        Outcome::Unknown(why) => Message::clone(why),
        _ => return,
    };
    let Some((name, spec)) = making.sent.get_untracked() else {
        return;
    };
    browser::spawn(async move {
        find(desk, &name, spec, why).await;
    });
}

/// The answer was lost: the list may tell.
async fn find(desk: Destinations, name: &str, spec: &'static FormSpec, why: Message) {
    let making = desk.making;
    making.phase.set(Phase::Submitting(Step::Checking));
    match look(desk, name, spec).await {
        Ok(Some(row)) => made(desk, row, spec, true),
        Ok(None) if making.before.peek().is_some() => {
            making.end(Outcome::Failed(Rc::new(why), true));
        }
        _ => making.end(Outcome::Unknown(Rc::new(why))),
    }
}

/// Reads the list, and takes the one of this name and type that was not in it before, if there is just one.
async fn look(
    desk: Destinations,
    name: &str,
    spec: &'static FormSpec,
) -> Result<Option<Row>, ApiError> {
    let list = desk.send(list_request, parse_list).await?;
    let before = desk.making.before.get_untracked().unwrap_or_default();
    let known = desk.making.before.peek().is_some();
    let mut found = None;
    let mut count = 0;
    for record in &list {
        let own = record.spec.is_some_and(|other| other.id == spec.id);
        if own && known && record.row.name == name && !before.contains(&record.row.id) {
            found = Some(record.row.clone());
            count += 1;
        }
    }
    desk.put(Ok(list));
    Ok(found.filter(|_| count == 1))
}

fn made(desk: Destinations, row: Row, spec: &'static FormSpec, listed: bool) {
    let making = desk.making;
    making.forget();
    making.end(Outcome::Made(Rc::new(Made { row, spec, listed })));
}
