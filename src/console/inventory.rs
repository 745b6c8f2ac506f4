//! `/inventory`: the client credentials for Verve's Inventory API, tried step by step, and the token that they give.

use std::borrow::Cow;
use std::ops::Deref;
use std::rc::Rc;

use super::keeper::{Keeper, lot, moment};
use super::parts::{page_head, still};
use super::preset::preset;
use super::session::Session;
use crate::api::inventory::{TOKEN_PATH, TOKEN_SCOPE, check_request, namespace, parse_check};
use crate::api::{Access, ApiError, Call, ServiceConfig};
use crate::browser;
use crate::credential::{Draft, FormSpec, Secret, catalog};
use crate::oauth::client_credentials::{ClientToken, parse_token, token_request};
use crate::text::inventory as words;
use crate::ui::state::{State, on_change};
use crate::ui::tag::{div, p};
use crate::ui::view::{Anchor, Draw, View};
use crate::ui::{FormParts, FormState, Phase, Step, credential_form};

crate::ui::held::hold!(Check, Option<Connected>);

mod result;
mod steps;

/// How a step stands.
#[derive(Clone, Debug, Default)]
pub enum Stood {
    /// Its turn did not come.
    #[default]
    NotReached,
    /// It runs.
    Running,
    /// It passed, with this status, after so many milliseconds.
    Passed(u16, i64),
    /// It failed for this reason, after so many milliseconds.
    Failed(Rc<ApiError>, i64),
}

/// What one check came to.
#[derive(Clone, Debug, Default)]
pub struct Check {
    /// The token.
    pub token: Stood,
    /// The devices.
    pub devices: Stood,
    /// When it ended, by the device's clock.
    pub at: Option<i64>,
}

/// Who is connected. No secret is known here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connected {
    /// `client_id`.
    pub client: String,
    /// Without `project:`.
    pub project: String,
}

/// The page's state: a handle to what lives as long as the page.
#[derive(Clone, Copy)]
pub struct Inventory(&'static Inner);

impl Deref for Inventory {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        self.0
    }
}

/// The members of an [`Inventory`].
pub struct Inner {
    session: Session,
    service: &'static ServiceConfig,
    /// The form.
    pub form: FormState,
    /// Where it stands.
    pub phase: State<Phase>,
    /// What the last check came to.
    pub check: State<Check>,
    /// Who is connected.
    pub connected: State<Option<Connected>>,
    /// Their token.
    pub keeper: Keeper,
    /// Counts what came of checks, so that each result takes the focus once.
    pub results: State<u32>,
}

static ROWS: &[&FormSpec] = catalog::INVENTORY;

impl Inventory {
    /// The state of a fresh page, under the page's outermost owner.
    pub fn new(session: Session, service: &'static ServiceConfig) -> Self {
        let form = FormState {
            host: session.host,
            ..FormState::new(
                ROWS,
                State::new(ROWS[0]),
                State::new(preset(service, ROWS)),
                State::new(words::NAME.to_owned()),
            )
        };
        let form = form.pasting(session.program.paste);
        Self(Box::leak(Box::new(Inner {
            session,
            service,
            form,
            phase: State::default(),
            check: State::default(),
            connected: State::default(),
            keeper: Keeper::new(),
            results: State::default(),
        })))
    }

    /// The environment's name, or the service's.
    fn label(&self) -> &'static str {
        self.0.service.label.as_deref().unwrap_or(words::NAME)
    }

    /// True when something was typed that closing the page would lose.
    pub fn has_typed_text(&self) -> bool {
        self.form.draft.with_untracked(Draft::has_typed_text)
    }

    /// Hides every secret that is shown.
    pub fn mask(&self) {
        self.form.revealed.set(None);
    }

    /// Asks for a token once.
    fn ask(&self, id: &str, secret: &Secret) -> Call {
        let client = self.session.client_of(&self.service.auth, Access::None);
        client.call(token_request(&client, TOKEN_PATH, id, secret, TOKEN_SCOPE))
    }

    /// The person pressed the form's button.
    fn connect(self) {
        if self.phase.peek().is_busy() {
            return;
        }
        let Some(credential) = self.form.check() else {
            return;
        };
        let shown = |name| credential.shown(name).unwrap_or_default().to_owned();
        let who = Connected {
            client: shown("client_id"),
            project: shown("project_id"),
        };
        let secret = credential.secret("client_secret");
        self.phase.set(Phase::Submitting(Step::Sending));
        let stay = self.session.stay();
        browser::spawn(async move {
            self.check.set(Check {
                token: Stood::Running,
                ..Check::default()
            });
            let given = moment();
            let answer = self.ask(&who.client, &secret).await;
            if self.session.stay() != stay {
                return self.phase.set(Phase::Editing);
            }
            let status = answer.status();
            let took = moment().steady - given.steady;
            match answer.read(parse_token) {
                Ok(tokens) => {
                    let id = who.client.clone();
                    let ask = move || self.ask(&id, &secret);
                    let token = ClientToken::new(&tokens, given, lot());
                    self.keeper.keep(token, Rc::new(ask));
                    self.step(|check| check.token = Stood::Passed(status, took));
                    let works = self.list_devices(&who.project).await;
                    if self.session.stay() != stay {
                        self.phase.set(Phase::Editing);
                    } else if works {
                        self.form.settle();
                        self.connected.set(Some(who));
                    } else {
                        self.keeper.forget();
                    }
                }
                Err(error) => {
                    self.step(|check| check.token = Stood::Failed(Rc::new(error), took));
                }
            }
            self.ended();
        });
    }

    /// Tries again what is connected.
    fn check_again(self) {
        let connected = self.connected.get_untracked();
        let Some(who) = connected.filter(|_| !self.phase.peek().is_busy()) else {
            return;
        };
        self.phase.set(Phase::Submitting(Step::Checking));
        browser::spawn(async move {
            self.list_devices(&who.project).await;
            self.ended();
        });
    }

    /// Asks for another token now.
    fn renew_now(self) {
        if self.phase.peek().is_busy() {
            return;
        }
        self.phase.set(Phase::Submitting(Step::Checking));
        browser::spawn(async move {
            self.keeper.renew().await;
            self.phase.set(Phase::Editing);
        });
    }

    /// The second step. A token that is not accepted is asked for once more, and the step repeated.
    async fn list_devices(self, project: &str) -> bool {
        self.step(|check| check.devices = Stood::Running);
        let started = browser::steady();
        let mut answer = self.devices(project).await;
        if answer.is_closed() && self.connected.peek().is_some() && self.keeper.renew().await {
            answer = self.devices(project).await;
        }
        let answer = answer.read(parse_check);
        let took = browser::steady() - started;
        let passed = answer.is_ok();
        self.step(|check| {
            check.devices = match answer {
                Ok(status) => Stood::Passed(status, took),
                Err(error) => Stood::Failed(Rc::new(error), took),
            };
        });
        passed
    }

    fn devices(self, project: &str) -> Call {
        let access = Access::Token(self.keeper.access());
        let client = self.session.client_of(&self.service.api, access);
        let client = client.with(namespace(project));
        client.call(check_request(&client))
    }

    fn step(self, change: impl FnOnce(&mut Check)) {
        self.check.update(change);
    }

    fn ended(self) {
        self.step(|check| check.at = Some(browser::now()));
        self.phase.set(Phase::Editing);
        self.results.bump();
    }

    /// Forgets the token and the secret, and shows the form again.
    fn start_over(self) {
        self.forget();
        browser::focus_heading();
    }

    /// Forgets the token and the secret, and what came of them.
    pub fn forget(self) {
        self.keeper.forget();
        self.connected.set(None);
        self.check.set(Check::default());
    }

    /// Forgets what was typed.
    pub fn reset(self) {
        self.form.renew(preset(self.service, ROWS));
    }
}

/// The page.
pub fn page(inventory: Inventory) -> View {
    let root = Anchor::default();
    on_change(inventory.results, move || {
        super::source::focus_soon(root, "h2[tabindex]");
    });
    let label = inventory.service.label.as_deref().unwrap_or_default();
    let title = crate::text::with_label(words::INVENTORY, label);
    let content = move || {
        let connected = inventory.connected.get();
        match connected {
            Some(who) => result::connected(inventory, who),
            None => (form(inventory), steps::of_form(inventory)).draw(),
        }
    };
    (
        page_head(
            None,
            crate::ui::state::Derived::new(move || title.clone()),
            still(words::SUB),
            None,
        ),
        div()
            .anchor(root)
            .attr("class", "cz-stack")
            .attr("data-service", "inventory")
            .child(content),
    )
        .draw()
}

fn form(inventory: Inventory) -> View {
    let label = move || -> Cow<'static, str> {
        if inventory.phase.read().is_busy() {
            words::CONNECTING.into()
        } else {
            words::CONNECT.into()
        }
    };
    credential_form(
        inventory.form,
        FormParts {
            phase: inventory.phase,
            top: p().attr("class", "cz-muted").child(words::WHERE).draw(),
            before: ().draw(),
            submit: Box::new(label),
            action: Box::new(|| "connect"),
            waits: Box::new(|| false),
            beside: ().draw(),
            on_submit: Box::new(move || inventory.connect()),
        },
    )
}
