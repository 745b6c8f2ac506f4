//! `/agents/:encodedUrl`: what is saved for one agent, and the forms for it.

use std::borrow::Cow;

use leptos::prelude::on_cleanup;

use super::access::{gate, on_asker};
use super::agents::{sub, unknown};
use super::consent;
use super::kept::{Part, Told};
use super::saving::{CLIENT, disconnect, left, save, test};
use super::standing::beside;
use super::{Kept, Registry};
use crate::api::registry::AuthStatus;
use crate::browser;
use crate::console::parts::{
    load_error_of, mono, new_tab_link, page_head, part, skeleton_rows, time,
};
use crate::console::record::copy_button;
use crate::console::remote::Remote;
use crate::console::source::focus_soon;
use crate::route::Route;
use crate::text::{self, registry as words};
use crate::ui::state::{Derived, on_change};
use crate::ui::tag::{self, div, p};
use crate::ui::view::{Anchor, Draw, View};
use crate::ui::{FormParts, Phase, Step, Tone, button, credential_form, facts, notice};

/// The page.
pub fn page(registry: Registry, url: &str) -> View {
    let kept = registry.kept(url);
    on_asker(registry, move || registry.load());
    on_cleanup(move || left(kept));
    let title = Derived::new(move || {
        let agents = registry.agents.read();
        let mut known = agents.ready().into_iter().flat_map(|agents| agents.iter());
        let named = known.find(|agent| agent.url == kept.url);
        let name = named.and_then(|agent| agent.name.clone());
        name.unwrap_or_else(|| kept.url.clone())
    });
    let sub = sub(registry);
    let below = Derived::new(move || {
        let url = if *title.read() == kept.url {
            ""
        } else {
            &kept.url
        };
        text::joined([url, &sub.read()].into_iter(), " · ")
    });
    let back = (registry.session.path(&Route::Agents), words::BACK);
    (
        page_head(Some(back), title, below, None),
        gate(
            registry,
            Box::new(move || {
                div()
                    .attr("class", "cz-columns")
                    .child((content(registry, kept), beside(registry)))
                    .draw()
            }),
        ),
    )
        .draw()
}

fn content(registry: Registry, kept: Kept) -> View {
    let root = Anchor::default();
    on_change(kept.results, move || {
        focus_soon(root, "[data-told] [tabindex]");
    });
    let shows_form = Derived::new(move || {
        let status = registry.status(&kept.url);
        let nothing = status.ready().is_some_and(|status| !status.has_auth);
        let unread = status.failed().is_some();
        let used = kept.form.draft.read().has_typed_text() || kept.phase.read().is_busy();
        nothing || unread || used || kept.open.get()
    });
    div()
        .anchor(root)
        .attr("class", "cz-stack")
        .child((
            part(
                words::SAVED,
                ().draw(),
                div()
                    .attr("class", "cz-stack--tight")
                    .child(move || saved(registry, kept))
                    .draw(),
            ),
            div()
                .attr("class", "cz-stack--tight")
                .attr("data-told", "")
                .attr("role", "status")
                .child(move || told(kept)),
            move || consent::panel_for(kept),
            move || shows_form.get().then(|| form(registry, kept)),
        ))
        .draw()
}

/// What is saved, in words, and what can be done with it.
fn saved(registry: Registry, kept: Kept) -> View {
    if let Some(error) = unknown(registry) {
        return error;
    }
    match registry.status(&kept.url) {
        Remote::Unasked | Remote::Loading => (
            p().attr("class", "cz-visually-hidden")
                .attr("role", "status")
                .child(words::READING_SAVED),
            skeleton_rows("cz-row cz-row--agent"),
        )
            .draw(),
        Remote::Failed(error) => load_error_of(&error, words::NAME, move || {
            registry.load_status(&kept.url);
        }),
        Remote::Ready(status) => (
            in_words(&status),
            warnings(&status),
            actions(registry, kept, &status),
            summary(registry, kept, &status),
            move || question(registry, kept),
        )
            .draw(),
    }
}

/// All seven fields of the answer.
fn in_words(status: &AuthStatus) -> View {
    if status.is_nothing_or_not_yours() {
        return notice(
            Tone::None,
            words::NOTHING_OR_NOT_YOURS,
            words::NOTHING_TEXT,
            None,
        );
    }
    let kind = status.auth_type.as_deref();
    let stored = |is: bool| if is { words::STORED } else { words::NOT_STORED }.draw();
    let consent = match (status.has_oauth_token, status.has_valid_oauth) {
        (_, true) => words::CONSENT_VALID,
        (true, false) => words::CONSENT_OVER,
        (false, false) => words::CONSENT_NONE,
    };
    let used = if status.has_auth { kind } else { None };
    let mut rows = vec![
        (words::IN_USE, words::kind(used).to_owned().draw()),
        (
            words::STATIC_TOKEN,
            stored(matches!(kind, Some("bearer" | "basic"))),
        ),
        (
            words::CLIENT_CREDENTIALS,
            stored(status.has_oauth_client_credentials),
        ),
        (words::CONSENT, consent.draw()),
    ];
    if let Some(end) = &status.oauth_token_expires_at {
        rows.push((words::CONSENT_UNTIL, time(end)));
    }
    if let Some(id) = &status.agent_context_id {
        rows.push((words::CONTEXT_ID, mono(id.clone())));
    }
    facts(rows)
}

/// Copies what is saved, in words. No secret is known here.
fn summary(registry: Registry, kept: Kept, status: &AuthStatus) -> View {
    let organization = leptos::prelude::untrack(|| registry.organization_name());
    let yes = |is: bool| if is { words::STORED } else { words::NOT_STORED };
    let lines = text::summary(&[
        (text::SERVICE, &registry.name()),
        (
            words::ORGANIZATION,
            organization.as_deref().unwrap_or_default(),
        ),
        (words::AGENT, &kept.url),
        (
            words::IN_USE,
            words::kind(status.auth_type.as_deref().filter(|_| status.has_auth)),
        ),
        (
            words::CLIENT_CREDENTIALS,
            yes(status.has_oauth_client_credentials),
        ),
        (
            words::CONSENT_UNTIL,
            status.oauth_token_expires_at.as_deref().unwrap_or_default(),
        ),
        (
            words::CONTEXT_ID,
            status.agent_context_id.as_deref().unwrap_or_default(),
        ),
    ]);
    let (copy, said) = copy_button("copy", text::COPY_SUMMARY, move || lines.clone());
    (div().attr("class", "cz-actions").child(copy), said).draw()
}

fn warnings(status: &AuthStatus) -> View {
    if status.is_shadowed() {
        notice(Tone::Warn, words::SHADOWED, words::SHADOWED_TEXT, None)
    } else if status.has_auth {
        p().attr("class", "cz-muted")
            .child(words::STORED_ONLY)
            .draw()
    } else {
        View::default()
    }
}

fn actions(registry: Registry, kept: Kept, status: &AuthStatus) -> View {
    let client = status.has_oauth_client_credentials;
    let token = matches!(status.auth_type.as_deref(), Some("bearer" | "basic"));
    let consent = status.has_oauth_token;
    let replace = move || {
        kept.open.set(true);
        kept.told.set(Vec::new());
        focus_soon(kept.form.root, "input");
    };
    let small = "cz-button--small";
    let takes_back = move || {
        (token && *registry.takes_back.read()).then(|| {
            button("disconnect", small, words::DISCONNECT_TOKEN, move || {
                kept.asked.set(Some(Part::Token));
            })
        })
    };
    div()
        .attr("class", "cz-actions")
        .child((
            client.then(|| limited(kept, "test", words::TEST, move || test(registry, kept))),
            limited(kept, "consent", words::SIGN_IN_AT_AGENT, move || {
                consent::begin(registry, kept);
            }),
            status
                .has_auth
                .then(|| button("replace", small, words::REPLACE, replace)),
            takes_back,
            consent.then(|| {
                button("disconnect", small, words::DISCONNECT_CONSENT, move || {
                    kept.asked.set(Some(Part::Consent));
                })
            }),
        ))
        .draw()
}

/// A button for what counts for the server's limit: it waits when that is reached, and says how long.
fn limited(
    kept: Kept,
    action: &'static str,
    label: &'static str,
    press: impl Fn() + 'static,
) -> View {
    let words = move || -> Cow<'static, str> {
        match kept.wait.get() {
            0 => label.into(),
            seconds => text::retry_in(seconds).into(),
        }
    };
    tag::button()
        .attr("type", "button")
        .attr("class", "cz-button cz-button--small")
        .attr("data-action", action)
        .attr("aria-disabled", move || {
            (kept.wait.get() > 0).then_some("true")
        })
        .on("click", move |_| press())
        .child(words)
        .draw()
}

/// Asks before something is taken back.
fn question(registry: Registry, kept: Kept) -> View {
    let Some(part) = kept.asked.get() else {
        return View::default();
    };
    let title = match part {
        Part::Token => words::DISCONNECT_TOKEN,
        Part::Consent => words::DISCONNECT_CONSENT,
    };
    let choice = (
        button(
            "confirm",
            "cz-button--small cz-button--danger",
            title,
            move || {
                disconnect(registry, kept, part);
                browser::focus_heading();
            },
        ),
        button("go-back", "cz-button--small", words::KEEP, move || {
            kept.asked.set(None);
            browser::focus_heading();
        }),
    );
    div()
        .attr("role", "alert")
        .child(notice(
            Tone::Warn,
            &text::asks(title),
            words::ASK,
            Some(choice.draw()),
        ))
        .draw()
}

/// What came of the last try.
fn told(kept: Kept) -> View {
    let one = |told: &Told| {
        let ways = told.forbidden.then(|| {
            let link = words::REGISTER_LINK.to_owned();
            (
                p().attr("class", "cz-notice__text")
                    .child(words::FORBIDDEN_WAYS),
                new_tab_link(link, words::REGISTER, None).attr("class", "cz-link"),
            )
                .draw()
        });
        let Told { tone, message, .. } = told;
        div()
            .attr("tabindex", "-1")
            .child(notice(*tone, &message.title, &message.detail, ways))
    };
    kept.told.read().iter().map(one).collect::<Vec<_>>().draw()
}

fn form(registry: Registry, kept: Kept) -> View {
    let label = move || -> Cow<'static, str> {
        let waits = kept.wait.get();
        match &*kept.phase.read() {
            Phase::Submitting(Step::Sending) => words::SAVING.into(),
            Phase::Submitting(Step::Checking) => words::TESTING.into(),
            _ if waits > 0 => text::retry_in(waits).into(),
            _ if kept.form.spec.get().id == CLIENT => words::SAVE_AND_TEST.into(),
            _ => words::SAVE.into(),
        }
    };
    let progress = move || match &*kept.phase.read() {
        Phase::Submitting(Step::Sending) => words::SAVING_LONG,
        Phase::Submitting(Step::Checking) => words::TESTING_LONG,
        _ => "",
    };
    let cancel = move || {
        let has = registry.status(&kept.url);
        let has = has.ready().is_some_and(|status| status.has_auth);
        has.then(|| {
            button("cancel", "cz-button--quiet", text::CANCEL, move || {
                kept.forget_typed();
                browser::focus_heading();
            })
        })
    };
    credential_form(
        kept.form,
        FormParts {
            phase: kept.phase,
            top: ().draw(),
            before: (
                notice(Tone::Warn, "", words::REPLACES, None),
                p().attr("class", "cz-form__progress")
                    .attr("role", "status")
                    .child(progress),
            )
                .draw(),
            submit: Box::new(label),
            action: Box::new(move || {
                if kept.form.spec.get().id == CLIENT {
                    "save-and-test"
                } else {
                    "save"
                }
            }),
            waits: Box::new(move || kept.wait.get() > 0),
            beside: cancel.draw(),
            on_submit: Box::new(move || save(registry, kept)),
        },
    )
}
