//! A token of a client that is asked for again ahead of its end, while the page is seen.

use std::cell::{Cell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use crate::api::{ApiError, Call};
use crate::browser;
use crate::credential::Secret;
use crate::oauth::client_credentials::{ClientToken, Moment, parse_token};
use crate::ui::state::State;

crate::ui::held::hold!(Option<Rc<ClientToken>>, Option<(Rc<ApiError>, Moment, i64)>);

/// How often the end of a token is looked at, in milliseconds.
const LOOK: i32 = 1000;
/// How long to wait after the first failure, and at most, in milliseconds.
const BACK_OFF: (i64, i64) = (5_000, 300_000);

/// The present instant by both clocks.
pub fn moment() -> Moment {
    Moment {
        wall: browser::now(),
        steady: browser::steady(),
    }
}

/// Asks for a token once.
type Ask = Rc<dyn Fn() -> Call>;

/// Keeps a token: a handle to what lives as long as the page.
#[derive(Clone, Copy)]
pub struct Keeper(&'static Inner);

impl Deref for Keeper {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        self.0
    }
}

/// The members of a [`Keeper`].
#[derive(Default)]
pub struct Inner {
    /// The token, when there is one.
    pub token: State<Option<Rc<ClientToken>>>,
    /// Why it could not be asked for again the last time, and when that is tried once more.
    pub failure: State<Option<(Rc<ApiError>, Moment, i64)>>,
    /// Counts the seconds that matter to what is said about its end.
    pub tick: State<u32>,
    ask: RefCell<Option<Ask>>,
    asking: Cell<bool>,
    turn: Cell<u32>,
    failures: Cell<u32>,
}

impl Keeper {
    /// One without a token. Must be called under the page's outermost owner.
    pub fn new() -> Self {
        Self(Box::leak(Box::default()))
    }

    /// The token, for the one header that carries it.
    pub fn access(&self) -> Option<Secret> {
        let token = self.token.peek();
        token.as_ref().as_ref().map(|token| token.access.clone())
    }

    /// Keeps `token` from now on; `ask` asks for the next one.
    pub fn keep(&self, token: ClientToken, ask: Ask) {
        let keeper = *self;
        self.ask.replace(Some(ask));
        self.settle(Ok(token));
        let turn = self.next_turn();
        browser::spawn(async move {
            while keeper.turn.get() == turn {
                browser::sleep(LOOK).await;
                if keeper.turn.get() == turn && browser::is_visible() {
                    keeper.tick.bump();
                    keeper.fresh().await;
                }
            }
        });
    }

    /// Forgets the token and what it is asked for with.
    pub fn forget(&self) {
        self.next_turn();
        self.ask.replace(None);
        self.failure.set(None);
        self.failures.set(0);
        self.token.set(None);
    }

    fn next_turn(&self) -> u32 {
        let turn = self.turn.get() + 1;
        self.turn.set(turn);
        turn
    }

    /// Asks for the next token when it is due; after that failed, when it was said to be tried again.
    pub async fn fresh(&self) {
        let now = moment();
        let due = if let Some((_, since, wait)) = &*self.failure.peek() {
            since.ago(now) >= *wait
        } else {
            let token = self.token.peek();
            let token = token.as_ref().as_ref();
            token.is_some_and(|token| token.is_due(now))
        };
        if due {
            self.renew().await;
        }
    }

    /// Asks for the next token now; whoever comes while somebody asks waits for that. True when there is a new one.
    pub async fn renew(&self) -> bool {
        if self.asking.get() {
            while self.asking.get() {
                browser::sleep(20).await;
            }
            return self.failure.peek().is_none();
        }
        let ask = self.ask.borrow().clone();
        let Some(ask) = ask else {
            return false;
        };
        let turn = self.turn.get();
        self.asking.set(true);
        let token = obtain(&*ask).await;
        self.asking.set(false);
        // Whoever left in the meantime wants none.
        if self.turn.get() != turn {
            return false;
        }
        let done = token.is_ok();
        self.settle(token);
        done
    }

    fn settle(&self, token: Result<ClientToken, ApiError>) {
        match token {
            Ok(token) => {
                self.failures.set(0);
                self.failure.set(None);
                self.token.set(Some(Rc::new(token)));
            }
            Err(error) => {
                let wait = match error {
                    ApiError::RateLimited {
                        retry_after: Some(seconds),
                    } => i64::from(seconds) * 1000,
                    _ => BACK_OFF.0 << self.failures.get().min(16),
                };
                self.failures.set(self.failures.get() + 1);
                let wait = wait.min(BACK_OFF.1);
                self.failure.set(Some((Rc::new(error), moment(), wait)));
            }
        }
    }

    /// Milliseconds that are left of the token; nothing when that is not known. Whoever asks is run again every second.
    pub fn left(&self) -> Option<i64> {
        self.tick.read();
        self.token.read().as_ref().as_ref()?.left(moment())
    }
}

/// Asks for a token once, and counts its life from when it was asked for.
pub async fn obtain(ask: &dyn Fn() -> Call) -> Result<ClientToken, ApiError> {
    let given = moment();
    let answer = ask().await.read(parse_token);
    answer.map(|tokens| ClientToken::new(&tokens, given, lot()))
}

/// A number that nobody can foresee.
pub fn lot() -> u8 {
    browser::chance().map_or(0, |chance| chance[0][0])
}
