//! Beside every page of the registry: who signed in, for which organisation, and how long that lasts.

use super::access::lasts;
use super::sign_in;
use super::{Door, Registry};
use crate::api::AccessKind;
use crate::console::filters::choice_of;
use crate::console::parts::mono;
use crate::text::registry as words;
use crate::ui::state::Derived;
use crate::ui::tag::{aside, div, h2, p};
use crate::ui::view::{Draw, View};
use crate::ui::{button, facts};

/// All of it; nothing while nobody is signed in.
pub fn beside(registry: Registry) -> View {
    let open = Derived::new(move || matches!(&*registry.door.read(), Door::Open));
    aside()
        .attr("class", "cz-aside")
        .attr("aria-label", words::STANDING)
        .child(move || {
            open.get().then(|| {
                (
                    h2().attr("class", "cz-section__title")
                        .child(words::STANDING),
                    move || organization(registry),
                    move || who(registry),
                    sign_out(registry),
                )
            })
        })
        .draw()
}

/// A choice where there is one, else the name alone.
fn organization(registry: Registry) -> View {
    let account = registry.account.read();
    let Some(account) = account.ready() else {
        return View::default();
    };
    let all = &account.organizations;
    if all.len() < 2 {
        let one = all.first();
        let one = one.map(|one| facts(vec![(words::ORGANIZATION, one.name.as_str().draw())]));
        return one.draw();
    }
    let options = all.iter().map(|one| (one.id.clone(), one.name.clone()));
    choice_of(
        "organization_id",
        words::ORGANIZATION,
        options.collect(),
        Derived::new(move || registry.organization.get()),
        move |id| registry.choose(id),
    )
}

fn who(registry: Registry) -> View {
    let mut rows = Vec::new();
    let account = registry.account.read();
    if let Some(email) = account.ready().and_then(|account| account.email.clone()) {
        rows.push((words::SIGNED_IN_AS, email.draw()));
    }
    let grant = registry.grant.read();
    if let Some(grant) = &*grant {
        let lasts = lasts(registry);
        rows.push((words::TOKEN, (move || lasts.get()).draw()));
        rows.push((words::SCOPE, mono(grant.scope.clone())));
        rows.push((words::ISSUER, mono(grant.issuer().to_owned())));
        let lacks = grant.lacks();
        if !lacks.is_empty() {
            rows.push((words::NOT_GRANTED, mono(lacks.join(" "))));
        }
    } else if registry.key.read().is_some() {
        rows.push((words::TOKEN, words::KEY_KEPT.draw()));
    } else {
        rows.push((words::TOKEN, crate::text::ACCESS_GATEWAY.draw()));
    }
    let caution = registry.key.read().is_some();
    (
        facts(rows),
        caution.then(|| p().attr("class", "cz-muted").child(words::KEY_CAUTION)),
    )
        .draw()
}

fn sign_out(registry: Registry) -> View {
    let none = registry.service.access == AccessKind::Gateway;
    (!none)
        .then(|| {
            let instead = move || {
                registry.key.read().is_some().then(|| {
                    button(
                        "sign-in",
                        "cz-button--small",
                        words::SIGN_IN_INSTEAD,
                        move || {
                            registry.sign_out();
                            sign_in::start(registry, false);
                        },
                    )
                })
            };
            let instead = (registry.service.access == AccessKind::SignIn).then_some(instead);
            div().attr("class", "cz-actions").child((
                button("sign-out", "cz-button--small", words::SIGN_OUT, move || {
                    registry.sign_out();
                }),
                instead,
            ))
        })
        .draw()
}
