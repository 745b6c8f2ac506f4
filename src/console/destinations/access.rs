//! Who makes our calls to Adobe: a client's secret, from which a token is made, or a token that is at hand.

use std::rc::Rc;

use leptos::prelude::untrack;

use super::Destinations;
use crate::api::destinations::{Record, TOKEN_PATH, TOKEN_SCOPE, Whose, list_request, parse_list};
use crate::api::{Access, AccessKind, ApiError, Call};
use crate::browser::{self, Give, Host};
use crate::console::access::{asks, session_ended};
use crate::console::hosted::{asks_page, given};
use crate::console::keeper::obtain;
use crate::credential::{Credential, FieldError, Problem, Secret};
use crate::oauth::client_credentials::token_request;
use crate::text::{Message, destinations as words};
use crate::ui::state::{Derived, effect};
use crate::ui::tag::div;
use crate::ui::view::{Draw, View};
use crate::ui::{Phase, Step, Tone, notice};

/// `content`, or what is needed before it can be shown.
pub fn gate(desk: Destinations, content: Box<dyn Give<View>>) -> View {
    let open = Derived::new(move || desk.whose.read().is_some());
    let note = move || {
        // Where the page gives the token, it is asked for another, and what comes of that is told.
        let note = desk.note.get().filter(|_| desk.hosted().is_none())?;
        Some(notice(Tone::Warn, &note.title, &note.detail, None))
    };
    let view = move || {
        if open.get() {
            content.give()
        } else {
            out(desk)
        }
    };
    (div().attr("role", "alert").child(note), view).draw()
}

/// Reads again for everyone who asks: now, if calls can be made, and after every change of who asks.
pub fn on_asker(desk: Destinations, load: impl Fn() + 'static) {
    effect(move || {
        desk.asker.read();
        if desk.whose.read().is_some() {
            untrack(&load);
        }
    });
}

fn out(desk: Destinations) -> View {
    let gateway = desk.service.access == AccessKind::Gateway;
    let preset = untrack(|| desk.note.read().is_some()) && desk.preset_whose().is_some();
    if gateway && preset {
        return session_ended(move || {
            if let Some(whose) = desk.preset_whose() {
                desk.open(whose);
            }
        });
    }
    if let (Some(host), Some(whose)) = (desk.hosted(), desk.preset_whose()) {
        return hosted(desk, host, whose);
    }
    let (why, button) = if gateway || desk.hosted().is_some() {
        ([words::WHERE, words::WHERE_TEXT], words::CONTINUE)
    } else {
        ([words::SIGN_IN, words::SIGN_IN_TEXT], words::SIGN_IN)
    };
    asks(
        desk.access_form,
        desk.access_phase,
        why,
        [words::CHECKING, button],
        "use-access",
        move || submit(desk),
    )
}

/// It is known whose data it is, and the page around the element gives the token.
fn hosted(desk: Destinations, host: Host, whose: Whose) -> View {
    let of = whose.clone();
    let ask = async move || {
        let tried = take_token(desk, host, &of).await;
        tried.map_err(|(_, message)| message)
    };
    asks_page(desk.session, ask, move |(token, list)| {
        open_with(desk, whose.clone(), Some(token), list);
    })
}

/// A token of the page that reads the list, which comes back.
async fn take_token(
    desk: Destinations,
    host: Host,
    whose: &Whose,
) -> Result<(Secret, Vec<Record>), Refused> {
    let before = desk.refused.take();
    let tried = given(host, before, words::NAME, async |token| {
        let client = desk.client_as(Some(token.clone()), whose);
        client.call(list_request(&client)).await.read(parse_list)
    });
    let (token, list) = tried.await.map_err(|message| (None, message))?;
    let list = list.map_err(|error| words::access_failed(&error))?;
    Ok((token, list))
}

/// What is tried before it is kept.
fn submit(desk: Destinations) {
    let (form, phase) = (desk.access_form, desk.access_phase);
    if phase.peek().is_busy() {
        return;
    }
    let Some(credential) = form.check() else {
        return;
    };
    phase.set(Phase::Submitting(Step::Sending));
    browser::spawn(async move {
        let tried = attempt(desk, &credential).await;
        phase.set(Phase::Editing);
        if let Err((field, message)) = tried {
            refuse(desk, field, &message);
        }
    });
}

type Refused = (Option<(&'static str, Problem)>, Message);

async fn attempt(desk: Destinations, credential: &Credential) -> Result<(), Refused> {
    let stay = desk.session.stay();
    let shown = |name| credential.shown(name).unwrap_or_default().to_owned();
    let whose = Whose {
        organisation: shown("imsOrgId"),
        key: shown("apiKey"),
        sandbox: shown("sandboxName"),
    };
    if let Some(host) = desk.hosted() {
        let (token, list) = take_token(desk, host, &whose).await?;
        if desk.session.stay() != stay {
            return Ok(());
        }
        open_with(desk, whose, Some(token), list);
        return Ok(());
    }
    let secret = credential.secret("clientSecret");
    let made = if secret.is_empty() {
        None
    } else {
        let token = obtain(&|| ask(desk, &whose.key, &secret)).await;
        Some(token.map_err(|error| words::token_failed(&error))?)
    };
    let by_hand = Some(credential.secret("accessToken")).filter(|token| !token.is_empty());
    let token = made.as_ref().map(|token| token.access.clone());
    let client = desk.client_as(token.or_else(|| by_hand.clone()), &whose);
    let list = client.call(list_request(&client)).await.read(parse_list);
    match list {
        _ if desk.session.stay() != stay => Ok(()),
        Ok(list) => {
            if let Some(token) = made {
                let key = whose.key.clone();
                let again = move || ask(desk, &key, &secret);
                desk.keeper.keep(token, Rc::new(again));
            }
            open_with(desk, whose, by_hand, list);
            Ok(())
        }
        // Only a gateway has a session.
        Err(ApiError::SessionEnded) => Err((None, desk.over())),
        Err(error) => Err(words::access_failed(&error)),
    }
}

/// Asks for a token once.
fn ask(desk: Destinations, key: &str, secret: &Secret) -> Call {
    let client = desk.session.client_of(&desk.service.auth, Access::None);
    client.call(token_request(&client, TOKEN_PATH, key, secret, TOKEN_SCOPE))
}

/// Calls can be made from now on, with a token that was given, if one was; the list was read to try that.
fn open_with(desk: Destinations, whose: Whose, given: Option<Secret>, list: Vec<Record>) {
    desk.given.set(given);
    let form = desk.access_form;
    form.settle();
    desk.open(whose);
    browser::focus_heading();
    desk.put(Ok(list));
    desk.tried.set(Some(desk.asker.get_untracked()));
}

/// Says why it was not kept: at the field, where the form has it.
fn refuse(desk: Destinations, field: Option<(&'static str, Problem)>, message: &Message) {
    let form = desk.access_form;
    let spec = form.spec.get_untracked();
    let found = field.and_then(|(name, problem)| {
        let field = spec.field(name)?.name;
        Some(FieldError { field, problem })
    });
    let general = || vec![message.whole()];
    let general = if found.is_none() {
        general()
    } else {
        Vec::new()
    };
    form.report(found.into_iter().collect(), general);
}
