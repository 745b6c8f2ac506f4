//! What the registry keeps for one agent.

use super::Service;
use super::status::{Standing, watch, watch_end, watch_failure};
use crate::api::Settings;
use crate::api::time::millis;
use crate::browser::Host;
use crate::console::program::Program;
use crate::console::registry::{Door, Kept, Registry, agent};
use crate::console::remote::Remote;
use crate::console::{Session, around};
use crate::credential::catalog;
use crate::route::Route;
use crate::text::registry as words;
use crate::ui::Tone;
use crate::ui::state::{State, effect, on_change};
use crate::ui::view::View;

/// All that the module draws.
pub static SERVICES: &[Service] = &[Service {
    name: "registry",
    program: &PROGRAM,
    rows: catalog::REGISTRY,
    route: |settings: &Settings| match settings.get("agentUrl") {
        "" => Err("agent-url"),
        url => Ok(Route::Agent(url.to_owned())),
    },
    form: |session| here(session).map(|(_, kept)| kept.form),
    reset: |session| {
        if let Some((_, kept)) = here(session) {
            kept.forget_typed();
        }
    },
    forget: |session| {
        if let Some(registry) = session.registry() {
            registry.sign_out();
        }
    },
    begin: super::begin,
}];

static PROGRAM: Program = Program::of_element(
    page,
    |session| {
        if let Some(registry) = session.registry() {
            registry.arrive();
        }
    },
    |session| {
        if let Some(registry) = session.registry() {
            registry.mask();
        }
    },
    &around::NONE,
);

fn here(session: Session) -> Option<(Registry, Kept)> {
    let registry = session.registry()?;
    match session.route.get_untracked() {
        Route::Agent(url) => Some((registry, registry.kept(&url))),
        _ => None,
    }
}

fn page(session: Session, route: &Route) -> Option<View> {
    let (Route::Agent(url), Some(host)) = (route, session.host) else {
        return None;
    };
    let registry = session.registry()?;
    tell(host, registry, registry.kept(url));
    Some(agent::page(registry, url))
}

/// How long ahead of its end a person's own sign-in is told of, and an agent's consent: two minutes, a week.
const AHEAD: (i64, i64) = (120_000, 7 * 86_400_000);

fn tell(host: Host, registry: Registry, kept: Kept) {
    let saves = State::new(0_u32);
    effect(move || {
        if kept.saved.get() {
            saves.bump();
        }
    });
    let standing = move || {
        let open = matches!(&*registry.door.read(), Door::Open);
        let status = match registry.status(&kept.url) {
            _ if kept.consent.read().is_some() => "pending",
            Remote::Ready(status) if status.has_auth => "connected",
            Remote::Ready(_) => "needs_credentials",
            Remote::Failed(_) => "unknown",
            Remote::Unasked | Remote::Loading => {
                let comes = open
                    || registry
                        .session
                        .gives_token(registry.service.access)
                        .is_some();
                if comes {
                    return None;
                }
                "unknown"
            }
        };
        Some(Standing {
            status,
            id: kept.url.clone(),
            account: String::new(),
            here: false,
            saves: saves.get(),
        })
    };
    watch(host, "registry", standing);
    watch_failure(host, words::NAME, move || {
        registry.status(&kept.url).failed().cloned()
    });
    effect(move || {
        if let Some(note) = &*registry.note.read() {
            host.fail("sign_in_failed", &note.whole(), true);
        }
    });
    on_change(kept.results, move || {
        let told = kept.told.peek();
        if let Some(last) = told.last().filter(|last| last.tone != Tone::Ok) {
            host.fail("not_saved", &last.message.whole(), true);
        }
    });
    watch_end(host, "registry", AHEAD.0, move || {
        registry.tick.read();
        registry.grant.read().as_ref().as_ref()?.expires_at
    });
    watch_end(host, "registry", AHEAD.1, move || {
        let status = registry.status(&kept.url);
        let end = status.ready()?.oauth_token_expires_at.clone()?;
        millis(&end)
    });
}
