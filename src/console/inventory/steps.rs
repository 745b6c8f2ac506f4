//! The steps of a check, as they stand.

use std::rc::Rc;

use super::{Check, Inventory, Stood};
use crate::api::ApiError;
use crate::console::parts::pill;
use crate::text::{Message, inventory as words};
use crate::ui::state::Derived;
use crate::ui::tag::{div, h2, li, p, section, strong, ul};
use crate::ui::view::{Draw, View};
use crate::ui::{Icon, Tone};

/// Below the form: nothing until a check began.
pub fn of_form(inventory: Inventory) -> View {
    let begun = Derived::new(move || !matches!(inventory.check.read().token, Stood::NotReached));
    let view = move || {
        begun.get().then(|| {
            section()
                .attr("class", "cz-panel")
                .attr("aria-label", words::STEPS)
                .child((
                    h2().attr("class", "cz-section__title")
                        .attr("tabindex", "-1")
                        .child(words::STEPS),
                    list(inventory),
                ))
        })
    };
    view.draw()
}

/// Each step with its outcome.
pub fn list(inventory: Inventory) -> View {
    let label = inventory.label();
    let one = move |title: &'static str, token: bool, of: fn(&Check) -> &Stood| {
        let stood = move || {
            let check = inventory.check.read();
            outcome(of(&check), label, token)
        };
        li().attr("class", "cz-step")
            .child((strong().child(title), stood))
    };
    div()
        .attr("role", "status")
        .child(ul().attr("class", "cz-steps").attr("role", "list").child((
            one(words::STEP_TOKEN, true, |check| &check.token),
            one(words::STEP_DEVICES, false, |check| &check.devices),
        )))
        .draw()
}

fn outcome(stood: &Stood, label: &str, token: bool) -> View {
    let (tone, picture, state) = match stood {
        Stood::NotReached => (Tone::None, Icon::NONE, words::NOT_REACHED),
        Stood::Running => (Tone::Info, Icon::WAIT, words::RUNNING),
        Stood::Passed(..) => (Tone::Ok, Icon::OK, words::PASSED),
        Stood::Failed(..) => (Tone::Bad, Icon::BAD, words::FAILED),
    };
    let more = match stood {
        Stood::NotReached | Stood::Running => None,
        Stood::Passed(status, took) => Some((words::passed(*status, *took), String::new())),
        Stood::Failed(error, took) => {
            let Message { title, detail } = why(error, label, token);
            Some((title, words::after(&detail, *took)))
        }
    };
    let lines = more.map(|(title, detail)| {
        let detail = (!detail.is_empty()).then(|| p().attr("class", "cz-step__more").child(detail));
        (p().attr("class", "cz-step__said").child(title), detail)
    });
    (pill(tone, picture, state), lines).draw()
}

fn why(error: &Rc<ApiError>, label: &str, token: bool) -> Message {
    words::step_failed(error, label, token)
}
