//! A form on a page of its own, worked as a person works it: by its controls and its buttons.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Once;

use credenza::browser;
use credenza::credential::{Credential, FieldSpec, FormSpec, Rule, Service, catalog};
use credenza::ui::state::State;
use credenza::ui::view::{Draw as _, View, mount_forever};
use credenza::ui::{FormParts, FormState, Phase, credential_form};
use leptos::prelude::Owner;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement};

/// The name of the source in every label of the form.
pub const SOURCE: &str = "Premium CTV";

/// Longer than the pause between leaving a field and what is said about its value, in milliseconds.
const AFTER_LEAVING: i32 = 400;

/// A form in the page. Dropping it takes it out again.
pub struct Stage {
    /// The element that the form stands in.
    pub place: Element,
    /// What the form holds.
    pub form: FormState,
    /// Where the form stands.
    pub phase: State<Phase>,
    /// What passed the form's checks, one entry for each submit that did.
    pub passed: Rc<RefCell<Vec<Credential>>>,
    view: Option<View>,
    /// Owns what the view made for itself, as the place of a page in the console does.
    shown: Owner,
    /// Owns what outlives the view.
    kept: Owner,
}

impl Stage {
    /// Draws a form over `rows`.
    pub fn of(rows: &'static [&'static FormSpec]) -> Self {
        start_effects();
        let place = browser::create("div");
        browser::body()
            .append_child(&place)
            .expect("the page takes an element");
        let (kept, shown) = (Owner::new(), Owner::new());
        let passed: Rc<RefCell<Vec<Credential>>> = Rc::default();
        let (form, phase) = kept.with(|| {
            let source = State::new(SOURCE.to_owned());
            let form = FormState::new(rows, State::new(rows[0]), State::default(), source);
            (form, State::new(Phase::Editing))
        });
        let view = shown.with(|| {
            let passed = Rc::clone(&passed);
            let parts = FormParts {
                phase,
                top: ().draw(),
                before: ().draw(),
                submit: Box::new(|| "Connect".into()),
                action: Box::new(|| "connect"),
                beside: ().draw(),
                waits: Box::new(|| false),
                on_submit: Box::new(move || passed.borrow_mut().extend(form.check())),
            };
            credential_form(form, parts)
        });
        view.mount(&place, None);
        Self {
            place,
            form,
            phase,
            passed,
            view: Some(view),
            shown,
            kept,
        }
    }

    /// Draws the form of the storefront service, with every way to choose from.
    pub fn storefront() -> Self {
        Self::of(rows())
    }

    /// Takes the view away, as leaving the page does. What was typed is kept.
    pub fn leave(&mut self) {
        if let Some(view) = self.view.take() {
            view.unmount();
        }
        self.shown.cleanup();
    }

    /// Every element of the form that matches.
    pub fn all(&self, selector: &str) -> Vec<Element> {
        all(&self.place, selector)
    }

    /// The one element of the form that matches.
    pub fn one(&self, selector: &str) -> Element {
        let mut found = self.all(selector);
        assert_eq!(found.len(), 1, "{selector}: {}", self.place.outer_html());
        found.remove(0)
    }

    /// The control of a field. One of several lines answers to what is asked of an `input` here.
    pub fn control(&self, name: &str) -> HtmlInputElement {
        self.one(&format!("[name='{name}']")).unchecked_into()
    }

    /// True while nobody can read what stands in a field: the style sheet masks one of several lines.
    pub fn is_hidden(&self, name: &str) -> bool {
        let control = self.control(name);
        control.type_() == "password" || control.class_list().contains("cz-input--masked")
    }

    /// Types into a field, as one change.
    pub fn type_into(&self, name: &str, text: &str) {
        let control = self.control(name);
        control.set_value(text);
        fire(&control, "input");
    }

    /// Leaves a field that was typed into, and waits for what is said about it.
    pub async fn leave_field(&self, name: &str) {
        fire(&self.control(name), "change");
        browser::sleep(AFTER_LEAVING).await;
    }

    /// Chooses a way to authenticate.
    pub async fn choose(&self, spec: &FormSpec) {
        let card = self.one(&format!(".cz-choice__input[value='{}']", spec.id));
        let card: HtmlInputElement = card.unchecked_into();
        card.set_checked(true);
        fire(&card, "change");
        settle().await;
    }

    /// Presses the button with this `data-action`.
    pub async fn press(&self, action: &str) {
        click(&self.one(&format!("[data-action='{action}']")));
        settle().await;
    }

    /// The messages at the fields, without the word that is read out before them.
    pub fn messages(&self) -> Vec<String> {
        let texts = texts(&self.all(".cz-field__error"));
        texts
            .iter()
            .map(|text| text.trim_start_matches("Error: ").to_owned())
            .collect()
    }

    /// The lines of the summary.
    pub fn summary(&self) -> Vec<String> {
        texts(&self.all(".cz-summary li"))
    }

    /// The element that has the focus.
    pub fn focused(&self) -> Option<Element> {
        self.place
            .owner_document()
            .and_then(|document| document.active_element())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.leave();
        self.kept.cleanup();
        self.place.remove();
    }
}

/// Starts what runs effects, which the console's own start does.
fn start_effects() {
    static STARTED: Once = Once::new();
    STARTED.call_once(|| mount_forever(&browser::create("div"), || ().draw()));
}

/// Every element below `root` that matches.
pub fn all(root: &Element, selector: &str) -> Vec<Element> {
    let list = root
        .query_selector_all(selector)
        .expect("the selector is well formed");
    (0..list.length())
        .filter_map(|at| list.item(at)?.dyn_into().ok())
        .collect()
}

/// What stands in these elements.
pub fn texts(elements: &[Element]) -> Vec<String> {
    elements
        .iter()
        .map(|element| element.text_content().unwrap_or_default())
        .collect()
}

/// Clicks an element, and with it whatever a click on it does.
pub fn click(element: &Element) {
    element.unchecked_ref::<HtmlElement>().click();
}

/// Tells an element that something happened to it.
pub fn fire(element: &Element, name: &str) {
    let event = Event::new(name).expect("an event has a name");
    let _ = element.dispatch_event(&event);
}

/// Waits until effects have run and the focus has moved.
pub async fn settle() {
    browser::sleep(20).await;
}

/// The ways to authenticate at the storefront service.
pub fn rows() -> &'static [&'static FormSpec] {
    catalog::rows(Service::Storefront)
}

/// One of them.
pub fn row(id: &str) -> &'static FormSpec {
    catalog::find(Service::Storefront, id).expect("the catalog has this row")
}

/// The fields that take text.
pub fn typed(spec: &'static FormSpec) -> impl Iterator<Item = &'static FieldSpec> {
    spec.fields.iter().filter(|field| !field.kind.is_chosen())
}

/// The names of the fields that must have a value.
pub fn required(spec: &'static FormSpec) -> Vec<&'static str> {
    let needed = spec
        .fields
        .iter()
        .filter(|field| field.rules.contains(&Rule::Required));
    needed.map(|field| field.name).collect()
}

/// Labels and descriptions lead somewhere, and no id is there twice.
#[track_caller]
pub fn check_names(stage: &Stage) {
    let mut ids = BTreeSet::new();
    for element in stage.all("[id]") {
        assert!(
            ids.insert(element.id()),
            "the id {} is there twice",
            element.id()
        );
    }
    let controls = stage.all("input, select, textarea");
    assert!(!controls.is_empty());
    for control in controls {
        let label = texts(&stage.all(&format!("label[for='{}']", control.id())));
        let [words] = label.as_slice() else {
            panic!("{} has labels {label:?}", control.outer_html())
        };
        assert!(
            !words.trim().is_empty() && !words.contains('{'),
            "{words:?}"
        );
        for id in described_by(&control) {
            assert!(
                ids.contains(&id),
                "{} describes nothing",
                control.outer_html()
            );
        }
    }
}

/// The ids of what describes a control.
pub fn described_by(control: &Element) -> Vec<String> {
    let ids = control
        .get_attribute("aria-describedby")
        .unwrap_or_default();
    ids.split_whitespace().map(str::to_owned).collect()
}
