//! `/`: what is configured, and the next step.

use super::parts::page_head;
use super::session::{Door, Session};
use crate::api::AccessKind;
use crate::route::Route;
use crate::text;
use crate::ui::tag::{a, div, h2, li, p, section, span, ul};
use crate::ui::view::{Draw, View};
use crate::ui::{Icon, icon};

/// The page.
pub fn page(session: Session) -> View {
    let card = session.service().map(|service| {
        let access = move || match (service.access, session.door()) {
            (AccessKind::Gateway, _) => text::ACCESS_GATEWAY.to_owned(),
            (AccessKind::Token, Door::TokenNeeded) => text::ACCESS_TOKEN_NEEDED.to_owned(),
            (AccessKind::Token, _) => {
                let account = session.account.read();
                text::access_token_of(account.ready().map(|account| account.company.as_str()))
            }
        };
        let name = text::with_label(text::INTERCHANGE, &session.label());
        li().attr("class", "cz-row cz-row--service").child((
            div().child((
                p().attr("class", "cz-row__title").child(
                    a().attr("class", "cz-row__link")
                        .attr("href", session.path(&Route::Storefronts))
                        .child(text::STOREFRONTS),
                ),
                p().attr("class", "cz-row__meta")
                    .child(text::STOREFRONT_CARD),
            )),
            p().attr("class", "cz-row__meta").child(name),
            p().attr("class", "cz-row__meta").child(access),
            span().attr("class", "cz-row__go").child(icon(Icon::GO)),
        ))
    });
    let none = card.is_none().then(|| p().child(text::NO_SERVICES));
    (
        page_head(
            None,
            || text::OVERVIEW,
            || text::OVERVIEW_SUB,
            None,
        ),
        section()
            .attr("class", "cz-section")
            .attr("aria-label", text::SERVICES)
            .child((
                h2().attr("class", "cz-section__title")
                    .child(text::SERVICES),
                ul().attr("class", "cz-rows")
                    .attr("role", "list")
                    .child(card),
                none,
            )),
    )
        .draw()
}
