//! What is said about Verve's Inventory API: the steps of a check, and the life of its token.

use super::{Message, api_error, count, duration};
use crate::api::ApiError;
use crate::oauth::client_credentials::{Refusal, refusal};

/// The service's name.
pub const NAME: &str = "Verve";

macro_rules! sentences {
    ($($(#[$doc:meta])* $name:ident = $words:expr;)*) => {
        $($(#[$doc])* pub const $name: &str = $words;)*
    };
}

sentences! {
    /// A page and its place in the navigation.
    INVENTORY = "Inventory";
    /// Where it stands in the overview.
    CARD = "A check of the client credentials for Verve’s Inventory API";
    /// Below the heading.
    SUB = "Check the client credentials for Verve’s Inventory API, and keep a token at hand";
    /// How our calls are authorized.
    ACCESS = "Client ID and secret, kept in memory";
    /// Above the form.
    WHERE = "The client secret goes to the authorization server only. It stays in memory and is gone when you close the page.";
    /// The form's button.
    CONNECT = "Connect";
    /// The same while it works.
    CONNECTING = "Connecting…";
    /// What a check consists of.
    STEPS = "Steps";
    /// The first of them.
    STEP_TOKEN = "Get an access token";
    /// The second.
    STEP_DEVICES = "List the devices of the project";
    /// A step's state.
    RUNNING = "Running";
    /// A step's state.
    PASSED = "Passed";
    /// A step's state.
    FAILED = "Failed";
    /// A step's state.
    NOT_REACHED = "Not reached";
    /// The result.
    CONNECTED = "Connected";
    /// What that means.
    CONNECTED_TEXT = "Client ID, client secret and project work together.";
    /// A check that failed later.
    NOT_WORKING = "The last check failed";
    /// What is known then.
    NOT_WORKING_TEXT = "The token is kept. Look at the steps for the reason.";
    /// A label.
    CLIENT_ID = "Client ID";
    /// A label.
    PROJECT = "Project";
    /// A label.
    TOKEN = "Token";
    /// A label.
    CHECKED = "Checked";
    /// A button.
    CHECK_AGAIN = "Check again";
    /// While a check runs.
    CHECKING = "Checking…";
    /// A button.
    RENEW_NOW = "Renew the token";
    /// A button.
    COPY_TOKEN = "Copy the token";
    /// What that means.
    COPY_TOKEN_TEXT = "The token opens this project’s inventory to whoever has it. Paste it only where it is needed.";
    /// It worked.
    TOKEN_COPIED = "The token is on the clipboard. Clear the clipboard when you are done.";
    /// It did not.
    TOKEN_NOT_COPIED = "The browser did not let us copy.";
    /// A button.
    DISCONNECT = "Forget and start over";
    /// The token's life is not told.
    LASTS_UNKNOWN = "How long it lasts was not told";
    /// It is over.
    OVER = "Ended";
    /// A token that could not be renewed.
    NOT_RENEWED = "The token could not be renewed";
}

/// What is left of a token's life.
pub fn left(left: Option<i64>) -> String {
    match left {
        None => LASTS_UNKNOWN.to_owned(),
        Some(0) => OVER.to_owned(),
        Some(left) => {
            let seconds = u32::try_from(left / 1000).unwrap_or(u32::MAX).max(1);
            let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
            if hours == 0 {
                return words!("{} left", duration(seconds));
            }
            let hours = count(u64::from(hours), "hour", "hours");
            let minutes = count(u64::from(minutes), "minute", "minutes");
            words!("{} {} left", hours, minutes)
        }
    }
}

/// Why a token could not be renewed.
pub fn not_renewed(error: &ApiError, label: &str) -> Message {
    let why = step_failed(error, label, true);
    Message {
        title: NOT_RENEWED.to_owned(),
        detail: why.whole(),
    }
}

/// When that is tried again.
pub fn again_in(seconds: u32) -> String {
    match seconds {
        0 => "Trying again…".to_owned(),
        seconds => words!("Trying again in {}.", duration(seconds)),
    }
}

/// `Status 200, 134 ms`.
pub fn passed(status: u16, took: i64) -> String {
    words!("Status {}, {} ms", status.to_string(), took.to_string())
}

/// What is said about a failed step, and how long it took.
pub fn after(detail: &str, took: i64) -> String {
    super::and(detail, &words!("After {} ms.", took.to_string()))
}

/// Why a step failed. `label` is the environment's name, or the service's.
pub fn step_failed(error: &ApiError, label: &str, token: bool) -> Message {
    let message = |title: String, detail: &str| Message {
        title,
        detail: detail.to_owned(),
    };
    if token && refusal(error) == Some(Refusal::Client) {
        return message(
            words!("Not accepted by {}", label),
            "Each environment has its own credentials. Copy the client ID and the client secret again.",
        );
    }
    if token && refusal(error) == Some(Refusal::Scope) {
        return message(
            words!("{} does not let this client have a token", label),
            "Ask Verve to allow the scope openid for it.",
        );
    }
    match error {
        ApiError::Network => message(
            words!("{} could not be reached", label),
            "The network or the server’s rules for other origins (CORS) did not let the request through. It says \
             nothing about your credentials.",
        ),
        ApiError::Unauthorized if !token => message(
            words!("{} did not accept the token", label),
            "It may have ended, or belong to another environment.",
        ),
        ApiError::Forbidden { .. } | ApiError::NotFound if !token => message(
            "This project is not open to the client".to_owned(),
            "Check the project ID. It belongs to the same environment as the client.",
        ),
        ApiError::Rejected { .. } if !token => message(
            words!("{} did not accept the project ID", label),
            said(error),
        ),
        ApiError::Refused { status: 501, .. } | ApiError::Server { status: 501, .. } => message(
            words!("{} does not know this call", label),
            "The address in the configuration may be that of another version.",
        ),
        error => api_error(error, label),
    }
}

fn said(error: &ApiError) -> &str {
    match error {
        ApiError::Rejected {
            message: Some(message),
            ..
        } => message,
        _ => "Check it for typing mistakes.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_failure_is_not_a_wrong_secret() {
        let network = step_failed(&ApiError::Network, "Development", true);
        assert!(network.detail.contains("nothing about your credentials"));
        let wrong = step_failed(&ApiError::Unauthorized, "Development", true);
        assert_eq!(wrong.title, "Not accepted by Development");
        assert!(wrong.detail.contains("its own credentials"));
        let late = step_failed(&ApiError::Unauthorized, "Development", false);
        assert!(late.title.contains("token"));
    }

    #[test]
    fn the_end_is_told_as_text() {
        for (ms, words) in [
            (None, LASTS_UNKNOWN),
            (Some(0), "Ended"),
            (Some(400), "1 second left"),
            (Some(43_199_000), "11 hours 59 minutes left"),
        ] {
            assert_eq!(left(ms), words, "{ms:?}");
        }
    }
}
