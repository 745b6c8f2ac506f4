//! What is known about the credentials of destinations while the sandbox runs.

use super::{DEMO_CLIENT, DEMO_TOKEN, refusal::Refusal, seed, switches::Switches};
use crate::{clock, journal::hex, limits::Limiter, settings::Scenario, tokens::Tokens};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// What a caller decides about a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    pub kind: Option<String>,
    pub name: Option<String>,
    /// The key of the body and its members.
    pub key: &'static str,
    pub members: Map<String, Value>,
}

/// One saved credential.
#[derive(Debug, Clone)]
pub struct Row {
    pub id: String,
    pub sandbox: &'static str,
    pub created: String,
    pub modified: String,
    pub content: Content,
}

/// The data, the switches, and the tokens that were given.
#[derive(Debug)]
pub struct Destinations {
    pub switches: Switches,
    pub rows: Vec<Row>,
    pub tokens: Tokens,
    /// Of the API's calls.
    pub limiter: Limiter,
    /// Of the tokens.
    pub token_limiter: Limiter,
    made: u64,
}

impl Destinations {
    pub fn new(scenario: Scenario, switches: Switches) -> Self {
        let mut tokens = Tokens::default();
        tokens.add(DEMO_TOKEN, DEMO_CLIENT);
        Self {
            limiter: Limiter::new(switches.per_minute),
            token_limiter: Limiter::new(switches.tokens_per_minute),
            switches,
            rows: seed::of(scenario),
            tokens,
            made: 0,
        }
    }

    /// Changes some switches, and does what is to be done once. An error names what does not fit, and then
    /// nothing is changed.
    pub fn switch(&mut self, body: &Value) -> Result<(), String> {
        let switches = self.switches.changed(body)?;
        let touched = match body.get("touch") {
            None | Some(Value::Null) => None,
            Some(id) => {
                let found = self.rows.iter().position(|row| *id == *row.id);
                Some(found.ok_or("touch takes the instanceId of a credential.")?)
            }
        };
        self.tokens.forget(body.get("forget"))?;
        if let Some(row) = touched.and_then(|at| self.rows.get_mut(at)) {
            row.modified = clock::now_exactly();
        }
        if switches.per_minute != self.switches.per_minute {
            self.limiter = Limiter::new(switches.per_minute);
        }
        if switches.tokens_per_minute != self.switches.tokens_per_minute {
            self.token_limiter = Limiter::new(switches.tokens_per_minute);
        }
        self.switches = switches;
        Ok(())
    }

    /// The credentials of a sandbox.
    pub fn list(&self, sandbox: &str) -> Vec<&Row> {
        self.rows
            .iter()
            .filter(|row| row.sandbox == sandbox)
            .collect()
    }

    pub fn row(&mut self, sandbox: &str, id: &str) -> Result<&mut Row, Refusal> {
        self.rows
            .iter_mut()
            .find(|row| row.sandbox == sandbox && row.id == id)
            .ok_or_else(Refusal::not_found)
    }

    pub fn remove(&mut self, sandbox: &str, id: &str) -> Result<(), Refusal> {
        let id = self.row(sandbox, id)?.id.clone();
        self.rows.retain(|row| row.id != id);
        Ok(())
    }

    pub fn add(&mut self, sandbox: &'static str, content: Content) -> &Row {
        self.made += 1;
        let now = clock::now_exactly();
        let hash = hex(&Sha256::digest(format!("credential {}", self.made)));
        let row = Row {
            // Not a UUID: the documented one begins with an n as well.
            id: format!("n{}", &crate::journal::uuid(&hash)[1..]),
            sandbox,
            created: now.clone(),
            modified: now,
            content,
        };
        self.rows.push(row);
        &self.rows[self.rows.len() - 1]
    }
}
