//! Our own token, where the page around an element gives it.

use std::rc::Rc;

use super::access::{Done, token_form};
use super::remote::Remote;
use super::session::Session;
use crate::api::ApiError;
use crate::api::storefront::{account_request, parse_account};
use crate::browser::{self, Host};
use crate::credential::Secret;
use crate::text::{self, Message, element as words};
use crate::ui::state::State;
use crate::ui::tag::{div, p};
use crate::ui::view::{Draw, View};
use crate::ui::{Tone, button, notice};

crate::ui::held::hold!(Option<Secret>, Option<Rc<Message>>);

/// Asks the page for a token, and calls `done` once there is one that is accepted. The person is asked where the page has
/// none to give.
pub fn token(session: Session, why: &'static str, done: Done) -> View {
    let Some(host) = session.host.filter(|host| host.gives_token()) else {
        return token_form(session, why, done);
    };
    let ask = async move || {
        let before = session.token.get_untracked();
        given(host, before, text::INTERCHANGE, async |token| {
            let client = session.client_as(Some(token.clone()));
            let call = client.call(account_request(&client));
            call.await.read(parse_account)
        })
        .await
    };
    asks_page(session, ask, move |(token, account)| {
        // One that works is kept, also where it cannot be told whose it is.
        session.accept(token, Remote::from(account));
        done();
    })
}

/// Asks the page with `ask`, does with its answer what `accept` does, and draws that it is waited for, or why there is none.
pub fn asks_page<T>(
    session: Session,
    ask: impl AsyncFn() -> Result<T, Message> + 'static,
    accept: impl Fn(T) + 'static,
) -> View {
    let note = State::new(None::<Rc<Message>>);
    let both = Rc::new((ask, accept));
    let ask = Rc::new(move || {
        note.set(None);
        let (both, stay) = (Rc::clone(&both), session.stay());
        browser::spawn(async move {
            let answer = both.0().await;
            // The element was taken out of the page meanwhile: nobody signed in to it.
            if session.stay() != stay {
                return;
            }
            match answer {
                Ok(answer) => both.1(answer),
                Err(message) => note.set(Some(Rc::new(message))),
            }
        });
    });
    ask();
    let view = move || match note.get() {
        None => p()
            .attr("class", "cz-muted")
            .attr("role", "status")
            .child(words::SIGNING_IN)
            .draw(),
        Some(message) => {
            let ask = Rc::clone(&ask);
            let again = button("retry", "cz-button--small", text::TRY_AGAIN, move || ask());
            div()
                .attr("role", "alert")
                .child(notice(
                    Tone::Warn,
                    &message.title,
                    &message.detail,
                    Some(again),
                ))
                .draw()
        }
    };
    view.draw()
}

/// A token of the page that the service called `api` accepts, and what `check` made of it. `before` is the one that was
/// refused a moment ago. The same token is not tried twice, and not more than three of them.
pub async fn given<T>(
    host: Host,
    before: Option<Secret>,
    api: &str,
    check: impl AsyncFn(&Secret) -> Result<T, ApiError>,
) -> Result<(Secret, Result<T, ApiError>), Message> {
    let mut refused = before;
    for _ in 0..3 {
        let reason = if refused.is_some() {
            "unauthorized"
        } else {
            "first"
        };
        let token = host.token(reason).await;
        let Some(token) = token.filter(|token| Some(token) != refused.as_ref()) else {
            break;
        };
        match check(&token).await {
            Err(ApiError::Unauthorized) => refused = Some(token),
            Err(error) if error.retryable() => {
                let message = text::api_error(&error, api);
                host.fail(error.code(), &message.whole(), true);
                return Err(message);
            }
            other => return Ok((token, other)),
        }
    }
    let message = Message::of(words::SESSION_OVER, words::SESSION_OVER_TEXT);
    host.fail("session_expired", &message.whole(), true);
    Err(message)
}
