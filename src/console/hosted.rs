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

/// Asks the page for a token, and calls `done` once there is one that is accepted. The person is asked where the page has
/// none to give.
pub fn token(session: Session, why: &'static str, done: Done) -> View {
    let Some(host) = session.host.filter(|host| host.gives_token()) else {
        return token_form(session, why, done);
    };
    let note = State::new(None::<Rc<Message>>);
    let ask = move || {
        let (done, stay) = (Rc::clone(&done), session.stay());
        browser::spawn(async move {
            let before = session.token.get_untracked();
            let tried = given(host, before, text::INTERCHANGE, async |token| {
                let client = session.client_as(Some(token.clone()));
                client
                    .call(account_request(&client))
                    .await
                    .read(parse_account)
            });
            match tried.await {
                // The element was taken out of the page meanwhile: nobody signed in to it.
                _ if session.stay() != stay => {}
                Ok((token, Ok(account))) => {
                    session.accept(token, Remote::Ready(account));
                    done();
                }
                // It works, but whose it is cannot be told.
                Ok((token, Err(error))) => {
                    session.accept(token, Remote::Failed(Rc::new(error)));
                    done();
                }
                Err(message) => note.set(Some(Rc::new(message))),
            }
        });
    };
    asks_page(note, ask)
}

/// Asks, and draws that it is waited for the page's token, or why there is none.
pub fn asks_page(note: State<Option<Rc<Message>>>, ask: impl Fn() + 'static) -> View {
    let ask = Rc::new(move || {
        note.set(None);
        ask();
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

/// A token of the page that the service called `api` accepts, and what `check` made of it. `before` is the one that was refused a moment
/// ago. The same token is not tried twice, and not more than three of them.
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
                tell(host, error.code(), &message);
                return Err(message);
            }
            other => return Ok((token, other)),
        }
    }
    let message = Message::of(words::SESSION_OVER, words::SESSION_OVER_TEXT);
    tell(host, "session_expired", &message);
    Err(message)
}

fn tell(host: Host, code: &str, message: &Message) {
    let words = text::and(&message.title, &message.detail);
    host.fail(code, &words, true);
}
