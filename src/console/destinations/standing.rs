//! Beside every page of destinations: whose data it is, and how long our own access lasts.

use super::Destinations;
use crate::api::AccessKind;
use crate::console::parts::mono;
use crate::text::{destinations as words, inventory};
use crate::ui::state::Derived;
use crate::ui::tag::{aside, div, h2};
use crate::ui::view::{Draw, View};
use crate::ui::{button, facts};

/// All of it; nothing while nobody can ask.
pub fn beside(desk: Destinations) -> View {
    let view = move || {
        let whose = desk.whose.read();
        let whose = whose.as_ref().as_ref()?;
        // In both cases the person has nothing to give.
        let gateway = desk.service.access == AccessKind::Gateway || desk.hosted().is_some();
        let mut rows = vec![
            (words::ORGANISATION, mono(whose.organisation.clone())),
            (words::SANDBOX, mono(whose.sandbox.clone())),
        ];
        if !whose.key.is_empty() {
            rows.push((words::API_KEY, mono(whose.key.clone())));
        }
        if !gateway {
            rows.push((words::TOKEN, life(desk)));
        }
        let away = if gateway {
            words::ELSEWHERE
        } else {
            words::SIGN_OUT
        };
        let fixed = gateway && desk.preset_whose().is_some();
        Some((
            h2().attr("class", "cz-section__title")
                .child(words::STANDING),
            facts(rows),
            (!fixed).then(|| {
                let sign_out = button("sign-out", "cz-button--small", away, move || {
                    desk.sign_out();
                });
                div().attr("class", "cz-actions").child(sign_out)
            }),
        ))
    };
    aside()
        .attr("class", "cz-aside")
        .attr("aria-label", words::STANDING)
        .child(view)
        .draw()
}

/// How long the token lasts, again every second, or that it was given.
fn life(desk: Destinations) -> View {
    let said = Derived::new(move || {
        if desk.keeper.token.read().is_none() {
            return words::TOKEN_GIVEN.to_owned();
        }
        let left = inventory::left(desk.keeper.left());
        let failure = desk.keeper.failure.read();
        match failure.as_ref() {
            Some((error, ..)) => {
                let why = inventory::not_renewed(error, words::NAME);
                crate::text::and(&left, &why.title)
            }
            None => left,
        }
    });
    (move || said.get()).draw()
}
