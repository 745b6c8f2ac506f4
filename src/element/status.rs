//! How things stand with the credential of an element, and what the page is told when that changes.

use std::rc::Rc;

use leptos::prelude::untrack;

use crate::api::ApiError;
use crate::browser::{self, Detail, Host};
use crate::text;
use crate::ui::state::{Derived, State, effect};

crate::ui::held::hold!(
    Option<Standing>,
    Option<(&'static str, String, bool)>,
    Option<i64>
);

/// How things stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The stable word for it.
    pub status: &'static str,
    /// The credential's id; empty when there is none.
    pub id: String,
    /// The account that it is for; empty when that is not known.
    pub account: String,
    /// It came about in this element, just now.
    pub here: bool,
    /// How often what there was already was saved here again.
    pub saves: u32,
}

/// Tells the page, once it is known, how things stand, and then each change of that.
pub fn watch(host: Host, service: &'static str, standing: impl Fn() -> Option<Standing> + 'static) {
    let standing = Derived::new(standing);
    let told = State::new(None::<Standing>);
    effect(move || {
        let now = standing.read();
        let (Some(now), before) = (&*now, told.get_untracked()) else {
            return;
        };
        let (was, id, saves) = match &before {
            Some(before) => (Some(before.status), before.id.as_str(), before.saves),
            None => (None, "", 0),
        };
        let again = now.status == "connected" && now.saves > saves;
        // Another account that is connected is news as well.
        if was == Some(now.status) && !(now.here && id != now.id) && !again {
            return;
        }
        told.set(Some(now.clone()));
        let name = match (was, now.status) {
            (Some(_), "connected" | "pending") if now.here || again => now.status,
            // It was not known before how things stand.
            (None | Some("unknown"), _) => "ready",
            (Some(_), "connected" | "pending") => now.status,
            (Some(_), _) => "status",
        };
        let now = now.clone();
        untrack(|| {
            if name != "ready" {
                return tell(host, service, name, &now);
            }
            let stay = host.stay();
            browser::spawn(async move {
                // Whoever hears of it finds the form.
                browser::sleep(0).await;
                if host.stay() == stay {
                    tell(host, service, name, &now);
                }
            });
        });
    });
}

fn tell(host: Host, service: &'static str, name: &str, now: &Standing) {
    let detail = Detail {
        service: Some(service),
        id: Some(&now.id),
        account_identifier: Some(now.account.as_str()).filter(|account| !account.is_empty()),
        status: Some(now.status),
        ..Detail::default()
    };
    host.tell(name, &detail);
}

/// Tells the page that something ends at `end`, in milliseconds since 1970-01-01 UTC: once for each end, when `ahead`
/// milliseconds or less are left.
pub fn watch_end(
    host: Host,
    service: &'static str,
    ahead: i64,
    end: impl Fn() -> Option<i64> + 'static,
) {
    let told = State::new(None::<i64>);
    effect(move || {
        let Some(end) = end() else {
            return;
        };
        // What is computed from what is left varies a little with the clocks.
        let known = told.peek().is_some_and(|told| (told - end).abs() < 5_000);
        let left = end - browser::now();
        if known || left > ahead {
            return;
        }
        told.set(Some(end));
        let at = browser::iso(end);
        let detail = Detail {
            service: Some(service),
            expires_at: Some(&at),
            ..Detail::default()
        };
        untrack(|| host.tell("expiring", &detail));
    });
}

/// Tells the page why something could not be read from the service called `api`, whenever that is another reason.
pub fn watch_failure(
    host: Host,
    api: &'static str,
    failure: impl Fn() -> Option<Rc<ApiError>> + 'static,
) {
    let told = Derived::new(move || {
        let error = failure()?;
        Some((code(&error), say(&error, api), error.retryable()))
    });
    effect(move || {
        if let Some((code, words, retryable)) = &*told.read() {
            host.fail(code, words, *retryable);
        }
    });
}

/// The stable name of what went wrong.
pub fn code(error: &ApiError) -> &'static str {
    match error {
        ApiError::Unauthorized | ApiError::SessionEnded => "session_expired",
        other => other.code(),
    }
}

/// What a person reads of it.
pub fn say(error: &ApiError, api: &str) -> String {
    text::api_error(error, api).whole()
}
