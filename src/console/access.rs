//! Who makes our own calls: asking for a token in place, and a gateway's session that has ended.

use std::borrow::Cow;
use std::rc::Rc;

use leptos::prelude::*;

use super::session::{Door, Remote, Session};
use crate::api::ApiError;
use crate::api::storefront::{account_request, parse_account};
use crate::browser::{self, Give};
use crate::credential::{FieldError, Problem};
use crate::text;
use crate::ui::state::{Derived, State, effect};
use crate::ui::tag::{div, h2, p};
use crate::ui::view::{Draw, View};
use crate::ui::{FormParts, FormState, Phase, Step, Tone, button, credential_form, notice};

crate::ui::held::hold!(Door);

/// What is done once calls can be made.
pub type Done = Rc<dyn Fn()>;

/// `content`, or what is needed before it can be shown.
pub fn gate(session: Session, content: Box<dyn Give<View>>) -> View {
    let door = Derived::new(move || session.door());
    let view = move || match *door.read() {
        Door::Open => content.give(),
        Door::TokenNeeded => token(session, text::TOKEN_NEEDED),
        Door::TokenRefused => token(session, text::TOKEN_REFUSED),
        Door::SessionEnded => session_ended(move || session.sign_in_again()),
    };
    view.draw()
}

fn token(session: Session, why: &'static str) -> View {
    (session.program.around.token)(session, why, Rc::new(|| {}))
}

/// Asks for our own access token. It is tried before it is kept; then `done` is called.
pub fn token_form(session: Session, why: &'static str, done: Done) -> View {
    let form = session.token_form;
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
        let done = Rc::clone(&done);
        browser::spawn(async move {
            let token = credential.secret("accessToken");
            let client = session.client_as(Some(token.clone()));
            let call = client.call(account_request(&client));
            let answer = call.await.read(parse_account);
            // The person may have left the page in the meantime; then nobody waits for this.
            if phase.try_peek().is_none() {
                return;
            }
            phase.set(Phase::Editing);
            match answer {
                Ok(account) => {
                    session.accept(token, Remote::Ready(account));
                    browser::focus_heading();
                    done();
                }
                Err(ApiError::Unauthorized) => not_accepted(form, text::TOKEN_NOT_ACCEPTED),
                Err(error) if error.retryable() => {
                    let message = text::api_error(&error, text::INTERCHANGE);
                    form.report(Vec::new(), vec![text::could_not_check(&message)]);
                }
                // The token works, but whose it is cannot be told.
                Err(error) => {
                    session.accept(token, Remote::Failed(Rc::new(error)));
                    done();
                }
            }
        });
    };
    asks(
        form,
        phase,
        [form.specs[0].title, why],
        [text::CHECKING_TOKEN, text::USE_TOKEN],
        "use-token",
        submit,
    )
}

/// Draws a form that asks for our own token: its title, what it is for, and the words on its button while the token is tried and
/// before.
pub fn asks(
    form: FormState,
    phase: State<Phase>,
    [title, why]: [&'static str; 2],
    [busy, idle]: [&'static str; 2],
    action: &'static str,
    submit: impl Fn() + 'static,
) -> View {
    let top = div().child((
        h2().attr("class", "cz-form__title")
            .attr("tabindex", "-1")
            .child(title),
        p().child(why),
    ));
    let label = move || Cow::from(if phase.read().is_busy() { busy } else { idle });
    credential_form(
        form,
        FormParts {
            phase,
            top: top.draw(),
            before: ().draw(),
            submit: Box::new(label),
            action: Box::new(move || action),
            waits: Box::new(|| false),
            beside: ().draw(),
            on_submit: Box::new(submit),
        },
    )
}

/// The service does not know the token.
pub fn not_accepted(form: FormState, words: &'static str) {
    let error = FieldError {
        field: "accessToken",
        problem: Problem::Server(words.to_owned()),
    };
    form.report(vec![error], Vec::new());
}

/// The gateway's session has ended; only "Continue" goes on.
pub fn session_ended(go_on: impl Fn() + 'static) -> View {
    let action = button(
        "continue",
        "cz-button--small cz-button--primary",
        text::CONTINUE,
        go_on,
    );
    div()
        .attr("role", "alert")
        .child(notice(
            Tone::Warn,
            text::SESSION_ENDED_TITLE,
            text::SESSION_ENDED_TEXT,
            Some(action),
        ))
        .draw()
}

/// What a changed asker means for a page: read again. Calls `load` now, if calls can be made, and
/// after every change of who asks.
pub fn on_asker(session: Session, load: impl Fn() + 'static) {
    effect(move || {
        session.asker.read();
        if session.door() == Door::Open {
            untrack(|| {
                if session.access_kind() == crate::api::AccessKind::Gateway {
                    session.load_account();
                }
                load();
            });
        }
    });
}
