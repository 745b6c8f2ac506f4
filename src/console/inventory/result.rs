//! What is connected, how long its token lasts, and what can be done with it.

use super::{Connected, Inventory, Stood, steps};
use crate::api::time::utc_of;
use crate::browser;
use crate::console::parts::mono;
use crate::console::record::copy_button;
use crate::text::{self, inventory as words};
use crate::ui::state::{Derived, State};
use crate::ui::tag::{div, h3, p, ring, span};
use crate::ui::view::{Draw, View};
use crate::ui::{Icon, Tone, button, facts, notice, panel};

/// The panel in the form's place.
pub fn connected(inventory: Inventory, who: Connected) -> View {
    let works = Derived::new(move || {
        let check = inventory.check.read();
        !matches!(check.devices, Stood::Failed(..))
    });
    let view = move || {
        let who = who.clone();
        let (tone, picture, title, about) = if works.get() {
            (Tone::Ok, Icon::OK, words::CONNECTED, words::CONNECTED_TEXT)
        } else {
            (
                Tone::Bad,
                Icon::BAD,
                words::NOT_WORKING,
                words::NOT_WORKING_TEXT,
            )
        };
        panel(tone, picture, title, about, rest(inventory, &who))
    };
    div().child(view).draw()
}

fn rest(inventory: Inventory, who: &Connected) -> View {
    let label = inventory.label();
    let checked = move || {
        let at = inventory.check.read().at;
        at.map(browser::local_time).unwrap_or_default()
    };
    let rows = vec![
        (text::ENVIRONMENT, label.draw()),
        (words::CLIENT_ID, mono(who.client.clone())),
        (words::PROJECT, mono(who.project.clone())),
        (words::TOKEN, life(inventory)),
        (words::CHECKED, checked.draw()),
    ];
    (
        facts(rows),
        not_renewed(inventory),
        h3().attr("class", "cz-section__title").child(words::STEPS),
        steps::list(inventory),
        actions(inventory, who.clone()),
    )
        .draw()
}

/// What is left, as text and as a ring.
fn life(inventory: Inventory) -> View {
    let keeper = inventory.keeper;
    let left = Derived::new(move || keeper.left().map(|left| left / 1000 * 1000));
    let hundredths = move || {
        let lasts = keeper.token.peek();
        let lasts = lasts.as_ref().as_ref().and_then(|token| token.lasts);
        match (left.get(), lasts) {
            (Some(left), Some(lasts)) => left * 100 / lasts.max(1),
            _ => 0,
        }
    };
    let known = Derived::new(move || left.get().is_some());
    span()
        .attr("class", "cz-life")
        .child((
            move || known.get().then(|| ring(hundredths)),
            span()
                .attr("class", "cz-num")
                .child(move || words::left(left.get())),
        ))
        .draw()
}

/// Why the token could not be renewed. Only that is read out: the seconds until the next try change too often.
fn not_renewed(inventory: Inventory) -> View {
    let keeper = inventory.keeper;
    let label = inventory.label();
    let why = move || {
        let failure = keeper.failure.read();
        let (error, ..) = failure.as_ref().as_ref()?;
        let message = words::not_renewed(error, label);
        Some(notice(Tone::Warn, &message.title, &message.detail, None))
    };
    let again = move || {
        keeper.tick.read();
        let failure = keeper.failure.read();
        let (_, since, wait) = failure.as_ref().as_ref()?;
        let rest = (wait - since.ago(crate::console::keeper::moment())).max(0);
        let seconds = u32::try_from((rest + 999) / 1000).unwrap_or_default();
        Some(
            p().attr("class", "cz-muted")
                .child(words::again_in(seconds)),
        )
    };
    (div().attr("role", "status").child(why), again).draw()
}

fn actions(inventory: Inventory, who: Connected) -> View {
    let busy = Derived::new(move || inventory.phase.read().is_busy());
    let check = move || {
        let label = if busy.get() {
            words::CHECKING
        } else {
            words::CHECK_AGAIN
        };
        crate::ui::tag::button()
            .attr("type", "button")
            .attr("class", "cz-button cz-button--primary")
            .attr("data-action", "check")
            .attr("aria-disabled", busy.get().then_some("true"))
            .child(label)
            .on("click", move |_| inventory.check_again())
    };
    let summary = move || {
        let at = inventory.check.peek().at.map(utc_of).unwrap_or_default();
        let works = !matches!(inventory.check.peek().devices, Stood::Failed(..));
        text::summary(&[
            (text::SERVICE, words::NAME),
            (text::ENVIRONMENT, inventory.label()),
            (words::CLIENT_ID, &who.client),
            (words::PROJECT, &who.project),
            (
                text::STATUS,
                if works {
                    words::CONNECTED
                } else {
                    words::NOT_WORKING
                },
            ),
            (words::CHECKED, &at),
        ])
    };
    let (copy, said) = copy_button("copy", text::COPY_SUMMARY, summary);
    let token_said = State::new("");
    let copy_token = move || {
        let Some(token) = inventory.keeper.access() else {
            return;
        };
        browser::spawn(async move {
            let done = browser::copy(token.expose()).await;
            token_said.set(if done {
                words::TOKEN_COPIED
            } else {
                words::TOKEN_NOT_COPIED
            });
        });
    };
    (
        div().attr("class", "cz-actions").child((
            check,
            button("renew", "", words::RENEW_NOW, move || inventory.renew_now()),
            copy,
        )),
        said,
        div().attr("class", "cz-stack--tight").child((
            p().attr("class", "cz-muted").child(words::COPY_TOKEN_TEXT),
            div().attr("class", "cz-actions").child((
                button(
                    "copy-token",
                    "cz-button--small",
                    words::COPY_TOKEN,
                    copy_token,
                ),
                button(
                    "start-over",
                    "cz-button--small cz-button--danger",
                    words::DISCONNECT,
                    move || inventory.start_over(),
                ),
            )),
            p().attr("class", "cz-form__progress")
                .attr("role", "status")
                .child(move || token_said.get()),
        )),
    )
        .draw()
}
