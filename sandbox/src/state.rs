//! What the handlers share.

use crate::{policy, settings::Scenario, world::World};
use serde_json::{Value, json};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::watch;
use url::Url;

/// The services that `credenza.json` speaks of besides the storefront.
#[derive(Debug, Clone, Copy, Default)]
pub struct Services {
    /// The agent registry.
    pub registry: bool,
    /// The credentials of destinations.
    pub destinations: bool,
    /// The inventory.
    pub inventory: bool,
}

/// The facts that stay the same for a whole run.
#[derive(Debug)]
pub struct Setup {
    /// The directory of the built console.
    pub site: PathBuf,
    /// The path the console lives under, with a slash at both ends.
    pub base: String,
    /// The origin of the second port, without a slash at its end.
    pub auth_origin: String,
    /// The data to begin with.
    pub scenario: Scenario,
    /// What `credenza.json` answers; `None` for the sandbox's own.
    pub config: Option<Value>,
    /// Another authorization server, which stands for the registry's own.
    pub issuer: Option<String>,
    /// What `credenza.json` speaks of. The endpoints are there in any case.
    pub services: Services,
    /// Whether pages are told when the site was built anew.
    pub watch: bool,
}

impl Setup {
    /// The origin that signs people in at the registry, without a slash at its end.
    pub fn identity(&self) -> String {
        let issuer = self.issuer.as_deref().and_then(|url| Url::parse(url).ok());
        issuer.map_or_else(
            || self.auth_origin.clone(),
            |url| url.origin().ascii_serialization(),
        )
    }
}

/// A handle on the running sandbox; clones are the same sandbox.
#[derive(Debug, Clone)]
pub struct Sandbox(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    setup: Setup,
    config: Value,
    policy: String,
    world: Mutex<World>,
    retire: watch::Sender<u64>,
}

impl Sandbox {
    /// A sandbox with freshly seeded data.
    pub fn new(setup: Setup) -> Self {
        let mut config = setup.config.clone().unwrap_or_else(|| {
            let storefront =
                json!({ "api": "gateway/storefront", "access": "token", "label": "Sandbox" });
            json!({ "callback": "oauth-callback.html", "storefront": storefront })
        });
        speak_of_services(&mut config, &setup);
        let policy = policy::for_console(&config);
        let world = Mutex::new(World::new(setup.scenario, &setup.auth_origin));
        Self(Arc::new(Inner {
            setup,
            config,
            policy,
            world,
            retire: watch::Sender::new(0),
        }))
    }

    pub(crate) fn setup(&self) -> &Setup {
        &self.0.setup
    }

    /// The content of `credenza.json`.
    pub(crate) fn config(&self) -> &Value {
        &self.0.config
    }

    /// The content security policy of the console's pages.
    pub(crate) fn policy(&self) -> &str {
        &self.0.policy
    }

    /// Everything that changes. A handler that panicked while it held this must not stop the others.
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.0.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes every idle connection, and the busy ones after their answer.
    pub(crate) fn retire_connections(&self) {
        self.0.retire.send_modify(|count| *count += 1);
    }

    pub(crate) fn retirements(&self) -> watch::Receiver<u64> {
        self.0.retire.subscribe()
    }
}

/// Fills in what a configuration leaves open about the services that were asked for: the identity, for one, is
/// known only while the sandbox runs.
fn speak_of_services(config: &mut Value, setup: &Setup) {
    if setup.services.registry {
        let identity = setup.identity();
        let members = [
            ("api", "gateway/registry"),
            ("identity", identity.as_str()),
            ("access", "sign-in"),
        ];
        speak_of(config, "registry", &members);
    }
    if setup.services.destinations {
        let members = [
            ("api", "gateway/destinations"),
            ("auth", "gateway/ims"),
            ("access", "token"),
        ];
        speak_of(config, "destinations", &members);
    }
    if setup.services.inventory {
        let members = [
            ("api", "gateway/inventory"),
            ("auth", "gateway/inventory-auth"),
        ];
        speak_of(config, "inventory", &members);
    }
}

fn speak_of(config: &mut Value, name: &str, members: &[(&str, &str)]) {
    let Some(services) = config.as_object_mut() else {
        return;
    };
    let service = services
        .entry(name)
        .or_insert_with(|| json!({ "label": "Sandbox" }));
    if let Some(service) = service.as_object_mut() {
        for (key, value) in members {
            service
                .entry(*key)
                .or_insert_with(|| Value::String((*value).to_owned()));
        }
    }
}
