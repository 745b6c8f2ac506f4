//! The form of a credential in a real browser: names and descriptions, errors, notes, ways, secrets, ends.
#![cfg(target_arch = "wasm32")]

mod common;

use std::collections::BTreeSet;

use common::{
    Stage, all, check_names, click, described_by, fire, required, row, rows, settle, texts, typed,
};
use credenza::credential::{FieldSpec, FormSpec, catalog};
use credenza::ui::{Phase, Step};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::Element;

wasm_bindgen_test_configure!(run_in_browser);

const KEY: &str = "cz-canary-4f1d";
const PRIVATE_KEY: &str = include_str!("fixtures/keys/p256.pem");

#[wasm_bindgen_test]
async fn labels_and_descriptions_lead_somewhere_in_every_state() {
    let stage = Stage::storefront();
    for spec in rows() {
        stage.choose(spec).await;
        check_names(&stage);
        // The ways share this one, and the last one filled it.
        stage.type_into("accountIdentifier", "");
        stage.press("connect").await;
        check_names(&stage);
        for name in required(spec) {
            let control = stage.control(name);
            assert_eq!(
                control.get_attribute("aria-invalid").as_deref(),
                Some("true"),
                "{name}"
            );
            assert_eq!(
                control.get_attribute("aria-required").as_deref(),
                Some("true"),
                "{name}"
            );
            let ids = described_by(&control);
            let words: Vec<String> = ids
                .iter()
                .flat_map(|id| texts(&stage.all(&format!("[id='{id}']"))))
                .collect();
            assert!(
                words.iter().any(|words| words.starts_with("Error: Enter ")),
                "{name}: {words:?}"
            );
        }
        for field in typed(spec) {
            stage.type_into(field.name, "  scope3_ab ");
            stage.leave_field(field.name).await;
        }
        check_names(&stage);
    }
}

#[wasm_bindgen_test]
async fn two_forms_on_a_page_share_no_id() {
    let (one, two) = (Stage::storefront(), Stage::storefront());
    let ids = |stage: &Stage| {
        stage
            .all("[id]")
            .iter()
            .map(Element::id)
            .collect::<BTreeSet<_>>()
    };
    assert!(!ids(&one).is_empty() && ids(&one).is_disjoint(&ids(&two)));
}

#[wasm_bindgen_test]
async fn all_errors_come_at_once_and_the_summary_leads_to_them() {
    let stage = Stage::storefront();
    for spec in rows() {
        stage.choose(spec).await;
        assert!(stage.summary().is_empty() && stage.messages().is_empty());
        stage.press("connect").await;
        assert_eq!(stage.summary().len(), required(spec).len(), "{}", spec.id);
        assert_eq!(
            stage.summary(),
            stage.messages(),
            "the same words in both places"
        );
        assert_eq!(
            stage.focused(),
            Some(stage.one(".cz-summary")),
            "{}",
            spec.id
        );
        for (link, name) in stage.all(".cz-summary a").iter().zip(required(spec)) {
            click(link);
            assert_eq!(stage.focused(), Some(stage.control(name).into()), "{name}");
        }
        let button = stage.one("[data-action='connect']");
        assert!(!button.has_attribute("disabled") && !button.has_attribute("aria-disabled"));
    }
    assert!(stage.passed.borrow().is_empty());
}

#[wasm_bindgen_test]
async fn an_error_goes_when_it_is_mended_and_none_comes_while_typing() {
    let stage = Stage::storefront();
    stage.type_into("token", "");
    settle().await;
    assert!(stage.messages().is_empty());
    stage.press("connect").await;
    let before = stage.summary();
    stage.type_into("token", KEY);
    settle().await;
    assert_eq!(stage.summary(), before[..1]);
    assert_eq!(stage.messages(), before[..1]);
    // Breaking it again says nothing until the next submit.
    stage.type_into("token", "");
    settle().await;
    assert_eq!(stage.summary(), before[..1]);
    stage.type_into("accountIdentifier", "acme");
    settle().await;
    assert!(stage.summary().is_empty() && stage.one(".cz-summary").has_attribute("hidden"));
}

#[wasm_bindgen_test]
async fn what_cannot_be_meant_is_dropped_and_said_after_leaving() {
    let stage = Stage::storefront();
    stage.type_into("token", &format!(" Bearer {KEY}\n"));
    settle().await;
    assert!(
        stage.all(".cz-field__note").is_empty(),
        "nothing is said while the person types"
    );
    stage.leave_field("token").await;
    assert_eq!(stage.control("token").value(), KEY);
    assert_eq!(stage.all(".cz-field__note").len(), 2);
    stage.type_into("token", "other");
    settle().await;
    assert!(stage.all(".cz-field__note").is_empty());

    stage.choose(row("basic")).await;
    stage.type_into("password", " p\u{200b} ");
    stage.leave_field("password").await;
    assert_eq!(
        stage.control("password").value(),
        " p\u{200b} ",
        "a password is never touched"
    );
    assert!(stage.all(".cz-field__note").is_empty());
}

#[wasm_bindgen_test]
async fn a_secret_is_shown_on_demand_and_hidden_on_submit() {
    let stage = Stage::storefront();
    for spec in rows() {
        stage.choose(spec).await;
        for field in typed(spec) {
            let hidden = field.kind.is_secret();
            assert_eq!(stage.is_hidden(field.name), hidden, "{}", field.name);
        }
        let Some(secret) = typed(spec).find(|field| field.kind.is_secret()) else {
            assert!(stage.all("[data-action='reveal']").is_empty());
            continue;
        };
        let words = |stage: &Stage| {
            stage
                .one("[data-action='reveal']")
                .get_attribute("aria-label")
        };
        assert!(words(&stage).is_some_and(|words| words.starts_with("Show ")));
        stage.press("reveal").await;
        assert!(!stage.is_hidden(secret.name));
        assert!(words(&stage).is_some_and(|words| words.starts_with("Hide ")));
        stage.press("connect").await;
        assert!(stage.is_hidden(secret.name));
        assert!(words(&stage).is_some_and(|words| words.starts_with("Show ")));
    }
}

#[wasm_bindgen_test]
async fn choosing_another_way_keeps_what_was_typed_in_each() {
    let stage = Stage::storefront();
    let value = |spec: &FormSpec, field: &FieldSpec| match field.name {
        "accountIdentifier" => "acme".to_owned(),
        "privateKey" => PRIVATE_KEY.to_owned(),
        name if name.ends_with("Url") => format!("https://acme.example/{}-{name}", spec.id),
        name => format!("{}-{name}", spec.id),
    };
    for spec in rows() {
        stage.choose(spec).await;
        typed(spec).for_each(|field| stage.type_into(field.name, &value(spec, field)));
    }
    for spec in rows() {
        stage.choose(spec).await;
        for field in typed(spec) {
            assert_eq!(
                stage.control(field.name).value(),
                value(spec, field),
                "{}",
                spec.id
            );
        }
        stage.press("connect").await;
        let sent = stage.passed.borrow().last().expect("complete").body();
        for other in rows().iter().filter(|other| other.id != spec.id) {
            assert!(
                !sent.expose().contains(&format!("{}-", other.id)),
                "only the chosen way is sent"
            );
        }
    }
    assert_eq!(stage.passed.borrow().len(), rows().len());
}

#[wasm_bindgen_test]
async fn unusual_characters_stop_once_and_the_person_decides() {
    for (action, sent) in [("keep-characters", "ab cd"), ("remove-characters", "abcd")] {
        let stage = Stage::storefront();
        stage.type_into("accountIdentifier", "acme");
        stage.type_into("token", "ab cd");
        stage.press("connect").await;
        let says = "There is a space after the 2nd character, as happens when copying from a PDF";
        assert_eq!(stage.messages(), [says]);
        stage.press(action).await;
        assert_eq!(stage.control("token").value(), sent);
        assert_eq!(stage.focused(), Some(stage.control("token").into()));
        assert!(stage.messages().is_empty() && stage.passed.borrow().is_empty());
        stage.press("connect").await;
        let passed = stage.passed.borrow();
        assert_eq!(
            passed
                .iter()
                .map(|c| c.secret("token").expose().to_owned())
                .collect::<Vec<_>>(),
            [sent]
        );
    }
}

#[wasm_bindgen_test]
async fn no_secret_stands_in_the_markup() {
    let stage = Stage::storefront();
    for spec in rows() {
        stage.choose(spec).await;
        let look = |when: &str| {
            let html = stage.place.outer_html();
            assert!(!html.contains(KEY), "{} {when}: {html}", spec.id);
        };
        for field in typed(spec).filter(|field| field.kind.is_secret()) {
            let control = stage.control(field.name);
            for name in ["data-private", "data-dd-privacy", "data-sentry-mask"] {
                assert!(control.has_attribute(name), "{}: {name}", field.name);
            }
            stage.type_into(field.name, KEY);
            look("typed");
            stage.leave_field(field.name).await;
            look("left");
            click(&stage.all("[data-action='reveal']")[0]);
            settle().await;
            look("shown");
        }
        stage.type_into("accountIdentifier", "");
        stage.press("connect").await;
        look("refused");
        stage.type_into("accountIdentifier", "acme");
        typed(spec)
            .filter(|field| !field.kind.is_secret())
            .for_each(|field| {
                let is_url = field.name.ends_with("Url");
                stage.type_into(
                    field.name,
                    if is_url {
                        "https://acme.example"
                    } else {
                        "acme"
                    },
                );
            });
        stage.press("connect").await;
        look("sent");
    }
    // What stands for a secret here is no private key.
    assert_eq!(stage.passed.borrow().len(), rows().len() - 1);
}

#[wasm_bindgen_test]
async fn a_busy_form_says_so_and_takes_no_text() {
    let stage = Stage::storefront();
    stage.phase.set(Phase::Submitting(Step::Sending));
    settle().await;
    assert_eq!(
        stage.one("form").get_attribute("data-phase").as_deref(),
        Some("submitting")
    );
    assert_eq!(
        stage.one("form").get_attribute("aria-busy").as_deref(),
        Some("true")
    );
    assert_eq!(
        stage
            .one("[data-action='connect']")
            .get_attribute("aria-disabled")
            .as_deref(),
        Some("true")
    );
    for field in typed(rows()[0]) {
        assert!(stage.control(field.name).read_only(), "{}", field.name);
    }
    stage.phase.set(Phase::Editing);
    settle().await;
    assert!(!stage.one("form").has_attribute("aria-busy") && !stage.control("token").read_only());
}

#[wasm_bindgen_test]
async fn the_access_token_has_a_form_of_its_own() {
    static ACCESS: &[&FormSpec] = &[&catalog::INTERCHANGE_ACCESS];
    let stage = Stage::of(ACCESS);
    check_names(&stage);
    assert!(
        stage.all(".cz-choice").is_empty(),
        "there is nothing to choose"
    );
    assert_eq!(
        stage
            .control("accessToken")
            .get_attribute("autocomplete")
            .as_deref(),
        Some("current-password")
    );
    stage.type_into("accessToken", "other_key");
    settle().await;
    assert_eq!(stage.all(".cz-notice[data-tone='warn']").len(), 1);
    stage.press("connect").await;
    assert_eq!(
        stage.passed.borrow().len(),
        1,
        "a warning does not stop anyone"
    );
}

#[wasm_bindgen_test]
async fn a_form_that_was_left_hears_and_does_nothing() {
    let mut stage = Stage::storefront();
    stage.type_into("token", KEY);
    settle().await;
    let (html, token) = (stage.one("form"), stage.control("token"));
    let buttons = all(&html, "button");
    stage.leave();
    assert!(stage.all("*").is_empty(), "nothing is left in the page");
    settle().await;

    // The nodes are still at hand here; nothing that happens to them reaches the form.
    token.set_value("typed afterwards");
    fire(&token, "input");
    fire(&token, "change");
    fire(&html, "submit");
    buttons.iter().for_each(click);
    assert_eq!(
        stage
            .form
            .draft
            .peek()
            .get(row("api_key"), &row("api_key").fields[1])
            .text
            .expose(),
        KEY
    );
    assert!(stage.passed.borrow().is_empty() && stage.form.revealed.peek().is_none());

    // And nothing that happens to the form reaches the nodes.
    let before = html.outer_html();
    stage.phase.set(Phase::Submitting(Step::Sending));
    stage.form.choose(row("basic"));
    assert!(stage.form.check().is_none());
    settle().await;
    assert_eq!(html.outer_html(), before);
    assert_eq!(token.value(), "typed afterwards");
}

#[wasm_bindgen_test]
async fn two_hundred_forms_leave_no_memory_behind() {
    async fn a_hundred() -> usize {
        for _ in 0..100 {
            let stage = Stage::storefront();
            stage.type_into("token", KEY);
            stage.choose(row("basic")).await;
            drop(stage);
        }
        settle().await;
        core::arch::wasm32::memory_size::<0>()
    }
    let after_one = a_hundred().await;
    let after_two = a_hundred().await;
    assert_eq!(after_two, after_one, "pages of 64 kB");
}
