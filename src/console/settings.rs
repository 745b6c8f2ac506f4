//! `/settings`: who asks, and what the deployment is configured to do.

use super::parts::{mono, page_head, still};
use super::session::Session;
use crate::api::{AccessKind, ServiceConfig};
use crate::text;
use crate::ui::tag::{div, h2, p, section};
use crate::ui::view::{Draw, View};
use crate::ui::{button, facts};

/// The keys that are shown of each service.
const KEYS: [&str; 5] = ["api", "auth", "identity", "access", "label"];

/// The page.
pub fn page(session: Session) -> View {
    (
        page_head(None, still(text::SETTINGS), still(""), None),
        div().child((
            setting(
                text::ACCESS,
                text::ACCESS_ABOUT,
                (move || access(session)).draw(),
            ),
            setting(
                text::CONFIGURATION,
                text::CONFIGURATION_ABOUT,
                configuration(session),
            ),
        )),
    )
        .draw()
}

fn setting(title: &'static str, about: &'static str, rest: View) -> View {
    section()
        .attr("class", "cz-setting")
        .attr("aria-label", title)
        .child((
            div().attr("class", "cz-setting__about").child((
                h2().attr("class", "cz-section__title").child(title),
                p().attr("class", "cz-muted").child(about),
            )),
            div().attr("class", "cz-section").child(rest),
        ))
        .draw()
}

fn access(session: Session) -> View {
    let account = session.account.read();
    let company = account.ready().map(|account| account.company.clone());
    let role = account.ready().and_then(|account| account.role.clone());
    let given = session.token.read().is_some();
    let how = match (session.access_kind(), given) {
        (AccessKind::Gateway, _) => text::ACCESS_GATEWAY,
        (_, true) => text::TOKEN_KEPT,
        (_, false) => text::TOKEN_NONE,
    };
    let mut rows = vec![(text::ACCESS_TOKEN, how.draw())];
    if let Some(company) = company {
        rows.insert(0, (text::COMPANY, company.draw()));
        rows.insert(
            1,
            (text::ROLE, role.as_deref().unwrap_or(text::NOT_TOLD).draw()),
        );
    }
    let forget = given.then(|| {
        let forget = button(
            "forget-token",
            "cz-button--danger",
            text::FORGET_TOKEN,
            move || {
                session.forget_token();
            },
        );
        div().attr("class", "cz-actions").child(forget)
    });
    (facts(rows), forget).draw()
}

fn configuration(session: Session) -> View {
    let mut rows: Vec<(String, String)> = Vec::new();
    let mut add = |name: &str, service: Option<&ServiceConfig>| {
        let Some(service) = service else { return };
        let label = service.label.clone().unwrap_or_default();
        let access = service.access.name().to_owned();
        let (api, auth) = (service.api.clone(), service.auth.clone());
        let values = [api, auth, service.identity.clone(), access, label];
        for (key, value) in KEYS.into_iter().zip(values) {
            if !value.is_empty() {
                rows.push((words!("{}.{}", name, key), value));
            }
        }
    };
    add("storefront", session.service());
    add("destinations", session.destinations_service());
    add("inventory", session.inventory_service());
    add("registry", session.config.registry.as_ref());
    if session.config.registry.is_some() {
        rows.push(("callback".to_owned(), session.config.callback.clone()));
    }
    let told = rows.iter();
    let told = told.map(|(key, value)| (key.as_str(), mono(value.clone())));
    let rows = facts(told.collect());
    div().attr("class", "cz-facts--stack").child(rows).draw()
}
