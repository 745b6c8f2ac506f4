//! What is said below a control: what cleaning dropped, what the value tells, what looks wrong, and what the service
//! holds in its place.

use super::form_state::FormState;
use super::icon::{Icon, icon};
use super::notice::{Tone, button, notice};
use super::state::{Derived, State};
use super::tag::{div, p, span};
use super::view::{Draw, View};
use crate::browser;
use crate::credential::{FieldSpec, FormSpec, Rule, Stored, Told};
use crate::text;

crate::ui::held::hold!(Vec<Told>, Stored);

/// Everything that may be said of a value.
#[derive(Clone, Copy)]
pub struct Remarks {
    form: FormState,
    spec: &'static FormSpec,
    field: &'static FieldSpec,
    told: Derived<Vec<Told>>,
}

impl Remarks {
    /// Of a field.
    pub fn new(form: FormState, spec: &'static FormSpec, field: &'static FieldSpec) -> Self {
        let told = Derived::new(move || {
            let notes = form.notes.read();
            let notes = notes.iter().find(|(name, _)| *name == field.name);
            let notes = notes.into_iter().flat_map(|(_, notes)| notes);
            let mut told: Vec<Told> = notes.map(|note| Told::found(text::note(*note))).collect();
            let value = form.draft.with(|draft| draft.get(spec, field).text);
            let value = value.expose().trim();
            if value.is_empty() {
                return told;
            }
            for warning in field.warnings {
                if warning.applies(value) {
                    let (title, text) = text::warning(*warning);
                    told.push(Told::doubt(title, text));
                }
            }
            told.append(&mut (field.tells)(value, browser::now()));
            told
        });
        Self {
            form,
            spec,
            field,
            told,
        }
    }

    /// True when nothing is said.
    pub fn is_empty(self) -> bool {
        self.told.read().is_empty()
    }

    /// Draws them.
    pub fn view(self) -> View {
        let one = move |told: Told| {
            if told.title.is_empty() {
                return note(told.text);
            }
            let action = told.instead.map(|instead| {
                let label = text::use_instead(&instead);
                button("use-instead", "cz-button--small", label, move || {
                    self.form.typed(self.field, instead.clone());
                    if let Some(root) = self.form.root.get() {
                        browser::focus_control(&root, self.field.name);
                    }
                })
            });
            notice(Tone::Warn, &told.title, &told.text, action)
        };
        (move || self.told.get().into_iter().map(one).collect::<Vec<_>>()).draw()
    }

    /// What the service holds in the field.
    pub fn stored(self) -> Derived<Stored> {
        let (form, spec, field) = (self.form, self.spec, self.field);
        Derived::new(move || form.draft.read().get(spec, field).stored)
    }

    /// A line that says so, with the way to remove it, or to keep it after all.
    pub fn stored_line(self, stored: Derived<Stored>, id: State<String>) -> View {
        let (form, spec, field) = (self.form, self.spec, self.field);
        let set = move |stored| {
            move || {
                form.store(spec, field, stored);
                if let Some(root) = form.root.get() {
                    browser::focus_control(&root, field.name);
                }
            }
        };
        let removable = !field.rules.contains(&Rule::Required);
        let view = move || {
            let (words, action) = match stored.get() {
                Stored::Nothing => return View::default(),
                Stored::Saved => {
                    let label = text::remove(&text::fill(field.noun, &form.source.read()));
                    let remove = removable.then(|| {
                        button(
                            "remove-secret",
                            "cz-button--small",
                            label,
                            set(Stored::Removed),
                        )
                    });
                    (text::SECRET_SAVED, remove)
                }
                Stored::Removed => (
                    text::SECRET_REMOVED,
                    Some(button(
                        "keep-secret",
                        "cz-button--small",
                        text::KEEP_SECRET,
                        set(Stored::Saved),
                    )),
                ),
            };
            div()
                .attr("class", "cz-stored")
                .attr("id", id.get_untracked())
                .child((span().child(words), action))
                .draw()
        };
        view.draw()
    }
}

fn note(words: String) -> View {
    p().attr("class", "cz-field__note")
        .child((icon(Icon::INFO), span().child(words)))
        .draw()
}
