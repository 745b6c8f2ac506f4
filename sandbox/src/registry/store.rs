//! What the registry knows while the sandbox runs.

use super::{
    address::canonical,
    model::{Agent, Context, Organization},
    refusal::Refusal,
    seed,
    switches::Switches,
};
use crate::{identity::Grants, journal::hex, limits::Limiter, settings::Scenario};
use axum::http::StatusCode;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

const HOUR: Duration = Duration::from_hours(1);

/// The data, the switches, and what was granted.
#[derive(Debug)]
pub struct Registry {
    pub switches: Switches,
    pub organizations: Vec<Organization>,
    pub agents: Vec<Agent>,
    pub contexts: Vec<Context>,
    pub limiter: Limiter,
    pub grants: Grants,
    /// The sessions of people who signed in at the registry itself.
    pub sessions: HashSet<String>,
    /// Consents at an agent that were started: state to (context, return path).
    pub consents: HashMap<String, (String, Option<String>)>,
    made: u64,
}

impl Registry {
    pub fn new(scenario: Scenario, auth_origin: &str, switches: Switches) -> Self {
        let mut registry = Self {
            limiter: Limiter::over(switches.per_hour, HOUR),
            switches,
            organizations: seed::ORGANIZATIONS.to_vec(),
            agents: Vec::new(),
            contexts: Vec::new(),
            grants: Grants::default(),
            sessions: HashSet::new(),
            consents: HashMap::new(),
            made: 0,
        };
        if scenario != Scenario::Empty {
            seed::fill(&mut registry, auth_origin);
        }
        registry
    }

    /// Changes some switches; an error names the one that does not fit, and then nothing is changed.
    pub fn switch(&mut self, body: &Value) -> Result<(), String> {
        let switches = self.switches.changed(body)?;
        if switches.per_hour != self.switches.per_hour {
            self.limiter = Limiter::over(switches.per_hour, HOUR);
        }
        self.switches = switches;
        self.grants.forget(body.get("forget"))
    }

    /// The one organisation of the person that holds this agent. `None` when there is none, when it is not the
    /// one asked for, and when two hold it and none was named (registry.md, section 1).
    pub fn owner(&self, agent: &str, organization: Option<&str>) -> Option<&'static str> {
        let agent = canonical(agent)?;
        let mut holders = self.agents.iter().filter(|row| {
            canonical(row.url).as_ref() == Some(&agent)
                && organization.is_none_or(|wanted| wanted == row.organization)
        });
        let first = holders.next()?;
        holders.next().is_none().then_some(first.organization)
    }

    /// The row of an agent, whoever holds it.
    pub fn agent(&self, agent: &str) -> Option<&Agent> {
        self.agents
            .iter()
            .find(|row| canonical(row.url).as_deref() == Some(agent))
    }

    /// What was saved for an agent. `agent` is written as it is compared.
    pub fn context(&self, agent: &str, organization: &str) -> Option<&Context> {
        self.contexts
            .iter()
            .find(|row| row.agent == agent && row.organization == organization)
    }

    /// The same to be changed; made when there is none yet.
    pub fn context_to_change(&mut self, agent: &str, organization: &'static str) -> &mut Context {
        let found = self
            .contexts
            .iter()
            .position(|row| row.agent == agent && row.organization == organization);
        let at = found.unwrap_or_else(|| {
            let id = self.uuid();
            self.contexts.push(Context {
                id,
                organization,
                agent: agent.to_owned(),
                token: None,
                consented: None,
                registered: false,
                client_credentials: None,
            });
            self.contexts.len() - 1
        });
        &mut self.contexts[at]
    }

    /// A context by its id, as a path names it.
    pub fn context_by_id(&mut self, id: &str) -> Result<&mut Context, Refusal> {
        let plain = |(at, c): (usize, char)| match at {
            8 | 13 | 18 | 23 => c == '-',
            _ => c.is_ascii_hexdigit(),
        };
        if id.len() != 36 || !id.char_indices().all(plain) {
            return Err(Refusal::bad_request("Invalid agent_context_id format"));
        }
        let missing = || Refusal::new(StatusCode::NOT_FOUND, "Agent context not found");
        self.contexts
            .iter_mut()
            .find(|row| row.id.eq_ignore_ascii_case(id))
            .ok_or_else(missing)
    }

    /// A UUID that repeats from run to run and never within one.
    fn uuid(&mut self) -> String {
        self.made += 1;
        crate::journal::uuid(&hex(&Sha256::digest(format!("context {}", self.made))))
    }
}
