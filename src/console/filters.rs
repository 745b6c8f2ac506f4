//! The search and the choices above a list. What they are set to lives in the address.

use crate::browser::{self, Take};
use crate::ui::state::Derived;
use crate::ui::tag::{div, form, input, label, option, select};
use crate::ui::view::{Draw, Event, View};

/// All of them, in a row.
pub fn filters_of(name: &'static str, fields: Vec<View>) -> View {
    form()
        .attr("class", "cz-filters")
        .attr("role", "search")
        .attr("aria-label", name)
        .on("submit", |event| event.prevent_default())
        .child(fields)
        .draw()
}

/// A text that is searched for; `set` is called with each change of it.
pub fn search_field(
    name: &'static str,
    words: &'static str,
    now: Derived<String>,
    set: impl Fn(String) + 'static,
) -> View {
    let control = input()
        .attr("type", "search")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .prop("value", move || now.get())
        .on("input", move |event| set(browser::typed_value(&event)));
    let (id, control) = named(name, control);
    field(id, words, control.draw())
}

/// One of some values, with the words for each.
pub fn choice_field(
    name: &'static str,
    words: &'static str,
    options: Vec<(&'static str, String)>,
    now: Derived<String>,
    set: impl Fn(String) + 'static,
) -> View {
    let owned = |(value, words): (&'static str, String)| (value.to_owned(), words);
    choice_of(
        name,
        words,
        options.into_iter().map(owned).collect(),
        now,
        set,
    )
}

/// The same for values that are known only when it is drawn.
pub fn choice_of(
    name: &'static str,
    words: &'static str,
    options: Vec<(String, String)>,
    now: Derived<String>,
    set: impl Fn(String) + 'static,
) -> View {
    let changed = move |event: Event| set(browser::typed_value(&event));
    choice_boxed(name, words, options, now, Box::new(changed))
}

fn choice_boxed(
    name: &'static str,
    words: &'static str,
    options: Vec<(String, String)>,
    now: Derived<String>,
    changed: Box<dyn Take<Event>>,
) -> View {
    let row = |(value, words): (String, String)| {
        option()
            .attr("value", value.clone())
            .prop("selected", move || *now.read() == value)
            .child(words)
    };
    let control = select()
        .on("change", move |event| changed.take(event))
        .child(options.into_iter().map(row).collect::<Vec<_>>());
    let (id, control) = named(name, control);
    field(id, words, control.draw())
}

fn named(name: &'static str, control: crate::ui::view::El) -> (String, crate::ui::view::El) {
    let id = ["filter-", name].concat();
    let control = control
        .attr("class", "cz-input")
        .attr("id", id.clone())
        .attr("name", name);
    (id, control)
}

fn field(id: String, words: &'static str, control: View) -> View {
    div()
        .attr("class", "cz-field")
        .child((
            label()
                .attr("class", "cz-field__label")
                .attr("for", id)
                .child(words),
            div().attr("class", "cz-field__control").child(control),
        ))
        .draw()
}
