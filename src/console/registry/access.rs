//! Who makes our calls to the registry: signing in, waiting for that, an organisation's key in its place.

use leptos::prelude::untrack;

use super::sign_in::{cancel, go_here, start, start_again};
use super::{Door, Registry, Waiting};
use crate::api::{AccessKind, ApiError, origin_of};
use crate::browser::{self, Give, Host};
use crate::console::access::{asks, not_accepted, session_ended};
use crate::console::hosted::{asks_page, given};
use crate::console::parts::new_tab_link;
use crate::text::{self, element, registry as words};
use crate::ui::state::{Derived, State, effect};
use crate::ui::tag::{details, div, p, summary};
use crate::ui::view::{Draw, View};
use crate::ui::{Icon, Phase, Step, Tone, button, notice, panel};

/// `content`, or what is needed before it can be shown.
pub fn gate(registry: Registry, content: Box<dyn Give<View>>) -> View {
    let door = Derived::new(move || registry.door.get());
    let note = move || {
        let note = registry.note.get()?;
        Some(notice(Tone::Bad, &note.title, &note.detail, None))
    };
    let view = move || match &*door.read() {
        Door::Open => content.give(),
        Door::Out => out(registry),
        Door::Preparing => busy(registry, words::PREPARING),
        Door::Exchanging => busy(registry, words::EXCHANGING),
        Door::Waiting(waiting) => waits(registry, waiting),
    };
    (div().attr("role", "alert").child(note), view).draw()
}

/// Reads again for everyone who asks: now, if calls can be made, and after every change of who asks.
pub fn on_asker(registry: Registry, load: impl Fn() + 'static) {
    effect(move || {
        registry.asker.read();
        if matches!(&*registry.door.read(), Door::Open) {
            untrack(&load);
        }
    });
}

/// Nobody is signed in.
fn out(registry: Registry) -> View {
    let key = key_form(registry);
    match registry.service.access {
        AccessKind::Gateway => session_ended(move || registry.reopen()),
        AccessKind::Token => match registry.session.gives_token(AccessKind::Token) {
            Some(host) => hosted(registry, host),
            None => key,
        },
        AccessKind::SignIn => {
            let framed = registry.session.host.is_some_and(Host::is_framed);
            let rest = if framed {
                framed_ways()
            } else {
                (
                    div().attr("class", "cz-actions").child((
                        button("sign-in", "cz-button--primary", words::SIGN_IN, move || {
                            start(registry, false);
                        }),
                        button("sign-in-here", "", words::SIGN_IN_HERE, move || {
                            start(registry, true);
                        }),
                    )),
                    p().attr("class", "cz-muted")
                        .child(words::SIGN_IN_HERE_TEXT),
                )
                    .draw()
            };
            (
                panel(
                    Tone::Info,
                    Icon::KEY,
                    &words::sign_in_title(&registry.name()),
                    &words::sign_in_text(&registry.service.identity),
                    rest,
                ),
                details().attr("class", "cz-details").child((
                    summary()
                        .attr("class", "cz-details__summary")
                        .child(words::USE_KEY),
                    div().attr("class", "cz-details__body").child(key),
                )),
            )
                .draw()
        }
    }
}

/// The page around the element gives the key.
fn hosted(registry: Registry, host: Host) -> View {
    let ask = async move || {
        let before = registry.refused.take();
        given(host, before, words::NAME, async |key| {
            registry.try_key(key).await
        })
        .await
    };
    asks_page(registry.session, ask, move |(key, _)| {
        registry.accept_key(key);
    })
}

/// In a frame of another site, the answer of a sign-in does not come back.
fn framed_ways() -> View {
    let link = new_tab_link(browser::address(), element::OPEN_ALONE, Some(Icon::OUT));
    let way = link.attr("class", "cz-button cz-button--primary").draw();
    notice(Tone::Warn, element::FRAMED, element::FRAMED_TEXT, Some(way))
}

/// Something is on its way.
fn busy(registry: Registry, title: &'static str) -> View {
    let give_up = button("cancel", "cz-button--quiet", text::CANCEL, move || {
        cancel(registry);
    });
    div()
        .attr("role", "status")
        .attr("aria-busy", "true")
        .child(panel(
            Tone::Info,
            Icon::WAIT,
            title,
            words::BUSY_TEXT,
            div().attr("class", "cz-actions").child(give_up).draw(),
        ))
        .draw()
}

/// The person is at the provider's page.
fn waits(registry: Registry, waiting: &Waiting) -> View {
    let host = origin_of(&waiting.url).unwrap_or_default();
    let blocked = (!waiting.opened)
        .then(|| notice(Tone::Warn, text::TAB_BLOCKED, words::TAB_BLOCKED_TEXT, None));
    let link = new_tab_link(waiting.url.clone(), words::OPEN_PAGE, Some(Icon::OUT));
    let class = if waiting.opened {
        "cz-button"
    } else {
        "cz-button cz-button--primary"
    };
    let rest = (
        blocked,
        div().attr("class", "cz-actions").child((
            link.attr("class", class),
            button("continue-here", "", words::CONTINUE_HERE, move || {
                go_here(registry);
            }),
            button("start-again", "", words::START_AGAIN, move || {
                start_again(registry);
            }),
            button("cancel", "cz-button--quiet", text::CANCEL, move || {
                cancel(registry);
            }),
        )),
        p().attr("class", "cz-muted").child(words::WAITING_MORE),
    );
    div()
        .attr("role", "status")
        .child(panel(
            Tone::Info,
            Icon::WAIT,
            words::WAITING,
            &words::waiting_text(host),
            rest.draw(),
        ))
        .draw()
}

/// Asks for an organisation's key. It is tried before it is kept.
fn key_form(registry: Registry) -> View {
    let form = registry.key_form;
    form.quiet();
    let phase = State::new(Phase::Editing);
    let submit = move || {
        if phase.get_untracked().is_busy() {
            return;
        }
        let Some(credential) = form.check() else {
            return;
        };
        phase.set(Phase::Submitting(Step::Sending));
        browser::spawn(async move {
            let key = credential.secret("accessToken");
            let tried = registry.try_key(&key).await;
            if phase.try_peek().is_none() {
                return;
            }
            phase.set(Phase::Editing);
            match tried {
                Err(ApiError::Unauthorized) => not_accepted(form, words::KEY_NOT_ACCEPTED),
                Err(error) if error.retryable() => {
                    let message = text::api_error(&error, words::NAME);
                    form.report(Vec::new(), vec![text::could_not_check(&message)]);
                }
                // It is known there; what it may not read is told where that is shown.
                _ => registry.accept_key(key),
            }
        });
    };
    asks(
        form,
        phase,
        [form.specs[0].title, words::KEY_CAUTION],
        [words::CHECKING_KEY, words::USE_THIS_KEY],
        "use-key",
        submit,
    )
}

/// Says again and again how long a token lasts.
pub fn lasts(registry: Registry) -> Derived<String> {
    Derived::new(move || {
        registry.tick.read();
        let grant = registry.grant.read();
        let end = grant.as_ref().as_ref().and_then(|grant| grant.expires_at);
        words::expires(end.map(|end| end - browser::now()))
    })
}
