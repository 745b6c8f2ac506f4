//! Small pieces that every page is made of: buttons, notices, panels, lists of facts.

use super::icon::{Icon, icon};
use super::tag::{button as tag_button, dd, div, dl, dt, h2, p, section, span};
use super::view::{Draw, Event, View};
use crate::browser::Take;

/// What a notice or panel says without words; the words and the picture say it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Nothing in particular.
    None,
    /// Good to know.
    Info,
    /// It worked.
    Ok,
    /// Look at this before you go on.
    Warn,
    /// It did not work.
    Bad,
}

impl Tone {
    /// The value of `data-tone`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Info => "info",
            Self::Ok => "ok",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }

    const fn icon(self) -> Icon {
        match self {
            Self::None | Self::Info => Icon::INFO,
            Self::Ok => Icon::OK,
            Self::Warn => Icon::WARN,
            Self::Bad => Icon::BAD,
        }
    }
}

/// A box with a title, a text and, below, what can be done. Empty texts are left out.
pub fn notice(tone: Tone, title: &str, text: &str, actions: Option<View>) -> View {
    div()
        .attr("class", "cz-notice")
        .attr("data-tone", tone.name())
        .child((
            icon(tone.icon()),
            (!title.is_empty()).then(|| p().attr("class", "cz-notice__title").child(title)),
            (!text.is_empty()).then(|| p().attr("class", "cz-notice__text").child(text)),
            actions.map(|actions| {
                div()
                    .attr("class", "cz-actions cz-actions--tight")
                    .child(actions)
            }),
        ))
        .draw()
}

/// A panel that takes the place of the form, or asks something before it: a result, a question.
/// Its heading can take the focus.
pub fn panel(tone: Tone, picture: Icon, title: &str, text: &str, rest: View) -> View {
    section()
        .attr("class", "cz-panel")
        .attr("data-tone", tone.name())
        .child((
            div().attr("class", "cz-panel__head").child((
                span().attr("class", "cz-panel__badge").child(icon(picture)),
                h2().attr("class", "cz-panel__title")
                    .attr("tabindex", "-1")
                    .child(title),
                div().attr("class", "cz-panel__text").child(p().child(text)),
            )),
            rest,
        ))
        .draw()
}

/// A button with a stable `data-action`. `class` is appended to `cz-button`.
pub fn button(
    action: &'static str,
    class: &'static str,
    label: impl Draw,
    press: impl Fn() + 'static,
) -> View {
    boxed_button(
        action,
        class,
        label.draw(),
        Box::new(move |_: Event| press()),
    )
}

/// The part of [`button`] that does not depend on what is pressed, so that it exists once.
#[inline(never)]
fn boxed_button(
    action: &'static str,
    class: &'static str,
    label: View,
    press: Box<dyn Take<Event>>,
) -> View {
    tag_button()
        .attr("type", "button")
        .attr("class", ["cz-button ", class].concat())
        .attr("data-action", action)
        .on_boxed("click", press)
        .child(label)
        .draw()
}

/// Names and values, one under the other. Values that are not known say so themselves.
pub fn facts(rows: Vec<(&str, View)>) -> View {
    let row = |(name, value): (&str, View)| {
        div()
            .attr("class", "cz-facts__row")
            .child((dt().child(name), dd().child(value)))
    };
    dl().attr("class", "cz-facts")
        .child(rows.into_iter().map(row).collect::<Vec<_>>())
        .draw()
}
