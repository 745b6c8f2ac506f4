//! `/settings`: who asks, and what the deployment is configured to do.

use super::parts::{mono, page_head, still};
use super::session::Session;
use crate::api::AccessKind;
use crate::text;
use crate::ui::tag::{div, h2, p, section};
use crate::ui::view::{Draw, View};
use crate::ui::{button, facts};

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
        (AccessKind::Token, true) => text::TOKEN_KEPT,
        (AccessKind::Token, false) => text::TOKEN_NONE,
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
    let mut rows: Vec<(&'static str, String)> = Vec::new();
    if let Some(service) = session.service() {
        let access = match service.access {
            AccessKind::Token => "token",
            AccessKind::Gateway => "gateway",
        };
        rows.push(("storefront.api", service.api.clone()));
        rows.push(("storefront.access", access.to_owned()));
        let label = service.label.clone();
        rows.extend(label.map(|label| ("storefront.label", label)));
    }
    let row = |(key, value): (&'static str, String)| (key, mono(value));
    let rows = facts(rows.into_iter().map(row).collect());
    div().attr("class", "cz-facts--stack").child(rows).draw()
}
