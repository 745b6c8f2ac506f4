//! `/agents`: the agents of an organisation, and what is saved for each.

use std::borrow::Cow;

use super::Registry;
use super::access::{gate, on_asker};
use super::kept::blank;
use super::standing::beside;
use crate::api::registry::Agent;
use crate::console::parts::{
    empty, link_button, load_error_of, page_head, part, pill, skeleton_rows,
};
use crate::console::remote::Remote;
use crate::route::Route;
use crate::text::registry as words;
use crate::ui::state::{Derived, State};
use crate::ui::tag::{a, div, li, p, span, ul};
use crate::ui::view::{Draw, View};
use crate::ui::{FormParts, Icon, Phase, Tone, credential_form, icon, notice};

/// The page.
pub fn page(registry: Registry) -> View {
    on_asker(registry, move || registry.load());
    let content = move || {
        let list = move || list(registry);
        div()
            .attr("class", "cz-columns")
            .child((
                div().attr("class", "cz-stack").child((
                    part(words::AGENTS, count(registry), list.draw()),
                    part(words::OTHER_AGENT, ().draw(), other(registry)),
                )),
                beside(registry),
            ))
            .draw()
    };
    (
        page_head(
            None,
            Derived::new(|| words::AGENTS.to_owned()),
            sub(registry),
            None,
        ),
        gate(registry, Box::new(content)),
    )
        .draw()
}

/// The registry and the organisation that is worked for, as every page says it.
pub fn sub(registry: Registry) -> Derived<String> {
    Derived::new(move || {
        let organization = registry.organization_name().unwrap_or_default();
        crate::text::joined([registry.name().as_str(), &organization].into_iter(), " · ")
    })
}

fn count(registry: Registry) -> View {
    let words = move || match &*registry.agents.read() {
        Remote::Ready(agents) => words::agent_count(agents.len()),
        Remote::Loading => words::READING_AGENTS.to_owned(),
        Remote::Unasked | Remote::Failed(_) => String::new(),
    };
    p().attr("class", "cz-live")
        .attr("role", "status")
        .child(words)
        .draw()
}

fn list(registry: Registry) -> View {
    if let Some(error) = unknown(registry) {
        return error;
    }
    let known = registry.account.read().ready().is_some();
    if known && registry.belongs_nowhere() {
        return notice(Tone::Warn, "", words::NO_ORGANIZATION, None);
    }
    match &*registry.agents.read() {
        Remote::Ready(agents) if agents.is_empty() => {
            let link = link_button("", words::REGISTER_LINK.to_owned(), words::REGISTER);
            empty(words::NO_AGENTS, words::NO_AGENTS_TEXT, Some(link))
        }
        Remote::Ready(agents) => {
            let rows = agents.iter().map(|agent| row(registry, agent));
            ul().attr("class", "cz-rows")
                .attr("role", "list")
                .child(rows.collect::<Vec<_>>())
                .draw()
        }
        Remote::Failed(error) => load_error_of(error, words::NAME, move || registry.load_agents()),
        Remote::Unasked | Remote::Loading => skeleton_rows("cz-row cz-row--agent"),
    }
}

/// What is said in place of everything when a person signed in and it cannot be read who.
pub fn unknown(registry: Registry) -> Option<View> {
    registry.grant.read().as_ref().as_ref()?;
    let account = registry.account.read();
    let again = move || registry.load();
    Some(load_error_of(account.failed()?, words::NAME, again))
}

fn row(registry: Registry, agent: &Agent) -> View {
    let href = registry.session.path(&Route::Agent(agent.url.clone()));
    let url = agent.url.clone();
    let name = agent.name.as_ref().unwrap_or(&url).clone();
    let kind = agent.kind.as_deref().unwrap_or_default();
    let seen = agent.visibility.as_deref().unwrap_or_default();
    let about = words::agent_about(kind, seen);
    let address = agent
        .name
        .is_some()
        .then(|| p().attr("class", "cz-row__meta cz-mono").child(url.clone()));
    li().attr("class", "cz-row cz-row--agent")
        .child((
            div().child((
                p().attr("class", "cz-row__title").child(
                    a().attr("class", "cz-row__link")
                        .attr("href", href)
                        .child(name),
                ),
                address,
                p().attr("class", "cz-row__meta").child(about),
            )),
            div().child(move || standing(registry, &url)),
            span().attr("class", "cz-row__go").child(icon(Icon::GO)),
        ))
        .draw()
}

/// What is saved for an agent, in a word and a colour. Saved is not working, so that nothing here is green.
pub fn standing(registry: Registry, url: &str) -> View {
    match registry.status(url) {
        Remote::Unasked => View::default(),
        Remote::Loading => pill(Tone::None, Icon::WAIT, words::READING),
        Remote::Failed(_) => pill(Tone::None, Icon::UNKNOWN, words::NOT_CHECKED),
        Remote::Ready(status) => {
            let tone = if status.is_shadowed() {
                Tone::Warn
            } else if status.has_auth {
                Tone::Info
            } else {
                Tone::None
            };
            let picture = if status.has_auth {
                Icon::KEY
            } else {
                Icon::NONE
            };
            pill(tone, picture, words::saved_short(&status))
        }
    }
}

/// The address of an agent that is not in the list.
fn other(registry: Registry) -> View {
    let form = registry.agent_form;
    form.quiet();
    let open = move || {
        if let Some(credential) = form.check() {
            let url = credential.secret("agent_url").expose().to_owned();
            form.renew(blank());
            registry.session.go(Route::Agent(url));
        }
    };
    credential_form(
        form,
        FormParts {
            phase: State::new(Phase::Editing),
            top: p()
                .attr("class", "cz-muted")
                .child(words::OTHER_AGENT_TEXT)
                .draw(),
            before: ().draw(),
            submit: Box::new(|| Cow::from(words::OPEN_AGENT)),
            action: Box::new(|| "open-agent"),
            waits: Box::new(|| false),
            beside: ().draw(),
            on_submit: Box::new(open),
        },
    )
}
