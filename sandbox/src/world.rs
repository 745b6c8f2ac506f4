//! Everything that changes while the sandbox runs.

use crate::{
    accounts::Account,
    consents::Consents,
    destinations::{self, Destinations},
    faults::Faults,
    inventory::{self, Inventory},
    journal::Entry,
    limits::{Limiter, PER_MINUTE},
    model::{Agent, AuthKind, Credential, Source, Status, Storefront},
    registry::{self, Registry},
    seed::{self, Seed},
    settings::{Scenario, Settings},
};
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// How each service behaves, where a test wants it otherwise.
#[derive(Debug, Default)]
pub struct Switchboard {
    pub registry: registry::Switches,
    pub destinations: destinations::Switches,
    pub inventory: inventory::Switches,
}

impl Switchboard {
    /// Reads the body of a reset; a service that it does not name behaves as usual.
    pub fn from_reset(body: &Value) -> Result<Self, String> {
        let mut board = Self::default();
        if let Some(keys) = body.get("registry") {
            board.registry = board.registry.changed(keys)?;
        }
        if let Some(keys) = body.get("destinations") {
            board.destinations = board.destinations.changed(keys)?;
        }
        if let Some(keys) = body.get("inventory") {
            board.inventory = board.inventory.changed(keys)?;
        }
        Ok(board)
    }
}

/// The data, and what the test controls did to it.
#[derive(Debug)]
pub struct World {
    pub settings: Settings,
    pub agents: HashMap<u32, Agent>,
    pub storefronts: Vec<Storefront>,
    pub credentials: Vec<Credential>,
    pub consents: Consents,
    pub registry: Registry,
    pub destinations: Destinations,
    pub inventory: Inventory,
    auth_origin: String,
    /// The adapter storefronts that a company has connected, as (company, storefront).
    pub connections: HashSet<(u32, u64)>,
    pub limiter: Limiter,
    pub faults: Faults,
    pub journal: Vec<Entry>,
    /// Session id to token.
    pub sessions: HashMap<String, String>,
    next_id: u32,
}

impl World {
    pub fn new(scenario: Scenario, auth_origin: &str) -> Self {
        let Switchboard {
            registry,
            destinations,
            inventory,
        } = Switchboard::default();
        let mut world = Self {
            settings: Settings::of(scenario),
            agents: HashMap::new(),
            storefronts: Vec::new(),
            credentials: Vec::new(),
            consents: Consents::new(auth_origin),
            registry: Registry::new(scenario, auth_origin, registry),
            destinations: Destinations::new(scenario, destinations),
            inventory: Inventory::new(inventory),
            auth_origin: auth_origin.to_owned(),
            connections: HashSet::new(),
            limiter: Limiter::new(PER_MINUTE),
            faults: Faults::default(),
            journal: Vec::new(),
            sessions: HashMap::new(),
            next_id: 0,
        };
        world.reset(world.settings, Switchboard::default());
        world
    }

    /// Back to the scenario's seed: data, faults, log, limits and sessions.
    pub fn reset(&mut self, settings: Settings, switches: Switchboard) {
        let Seed {
            agents,
            storefronts,
            credentials,
            next_id,
        } = seed::of(settings.scenario);
        self.settings = settings;
        self.agents = agents.into_iter().map(|agent| (agent.id, agent)).collect();
        self.storefronts = storefronts;
        self.credentials = credentials;
        self.next_id = next_id;
        self.connections.clear();
        self.limiter = Limiter::new(PER_MINUTE);
        self.faults = Faults::default();
        self.journal.clear();
        self.sessions.clear();
        self.consents.clear();
        self.registry = Registry::new(settings.scenario, &self.auth_origin, switches.registry);
        self.destinations = Destinations::new(settings.scenario, switches.destinations);
        self.inventory = Inventory::new(switches.inventory);
        let waiting: Vec<_> = self
            .credentials
            .iter()
            .filter(|row| row.status == Status::Pending)
            .collect();
        for row in waiting {
            self.consents.open_for_credential(&row.id);
        }
    }

    pub fn storefront(&self, id: u64) -> Option<&Storefront> {
        self.storefronts
            .iter()
            .find(|storefront| storefront.id == id)
    }

    pub fn auth_kind(&self, source: &Source) -> AuthKind {
        self.agents
            .get(&source.agent)
            .map_or(AuthKind::NoAuth, |agent| agent.kind)
    }

    /// A fresh credential id.
    pub fn take_id(&mut self) -> String {
        self.next_id += 1;
        self.next_id.to_string()
    }

    /// The agents at which a company has a usable credential, shared ones included.
    pub fn active_agents(&self, company: u32) -> HashSet<u32> {
        self.credentials
            .iter()
            .filter(|row| row.company == company && row.status == Status::Active)
            .map(|row| row.agent)
            .collect()
    }

    /// The rows that a caller may see: marketplace accounts are an admin's business.
    pub fn visible_credentials(
        &self,
        caller: &'static Account,
    ) -> impl Iterator<Item = &Credential> {
        self.credentials.iter().filter(move |row| {
            row.company == caller.company_id && (!row.marketplace || caller.is_admin())
        })
    }

    /// Marks a waiting credential as usable. False when there is none with that id.
    pub fn activate(&mut self, credential: &str) -> bool {
        let row = self
            .credentials
            .iter_mut()
            .find(|row| row.id == credential && row.status == Status::Pending);
        let Some(row) = row else { return false };
        row.status = Status::Active;
        row.updated_at = crate::clock::now();
        true
    }
}
