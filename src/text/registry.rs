//! What is said about the registry: signing in, an agent's credentials, and what came of trying them.

use super::{Message, api_error, joined};
use crate::api::registry::{AuthStatus, Saved, Tried, TryError, field_named};
use crate::api::{ApiError, FieldProblem};
use crate::oauth::callback::Denied;
use crate::oauth::discovery::Untrusted;

/// The registry's name.
pub const NAME: &str = "AgenticAdvertising.org";

macro_rules! sentences {
    ($($(#[$doc:meta])* $name:ident = $words:expr;)*) => {
        $($(#[$doc])* pub const $name: &str = $words;)*
    };
}

sentences! {
    /// A page and its place in the navigation.
    AGENTS = "Agents";
    /// Where the registry stands in the overview.
    CARD = "Credentials with which the registry reaches your agents";
    /// How our calls are authorized.
    ACCESS_SIGN_IN = "Each person signs in";
    /// A button.
    SIGN_IN = "Sign in";
    /// A button: redirect mode.
    SIGN_IN_HERE = "Sign in in this tab";
    /// What that means.
    SIGN_IN_HERE_TEXT = "In this tab you come back here afterwards. Secrets that you typed are not kept on the way.";
    /// While documents are read.
    PREPARING = "Preparing the sign-in";
    /// While a code becomes a token.
    EXCHANGING = "Signing you in";
    /// Below both.
    BUSY_TEXT = "One moment.";
    /// While the person is elsewhere.
    WAITING = "Waiting for your sign-in";
    /// What else can be said then.
    WAITING_MORE = "Closing that page does no harm. If you declined there, nothing comes back: start again.";
    /// The browser did not let us open a tab.
    TAB_BLOCKED_TEXT = "Open the sign-in page with the button below, or continue in this tab.";
    /// A link.
    OPEN_PAGE = "Open the sign-in page";
    /// A button: the same sign-in in redirect mode.
    CONTINUE_HERE = "Continue in this tab";
    /// A button.
    START_AGAIN = "Start again";
    /// The way in for who has a key.
    USE_KEY = "Use an organisation key instead";
    /// A button.
    USE_THIS_KEY = "Use this key";
    /// While the key is tried.
    CHECKING_KEY = "Checking the key…";
    /// At the field.
    KEY_NOT_ACCEPTED = "AgenticAdvertising.org does not know this key. Copy it again, or sign in";
    /// Where a key matters.
    KEY_CAUTION = "A key stands for no person. The registry may refuse to save or test with it, and may show nothing as saved.";
    /// Who asks.
    STANDING = "Your access";
    /// A label.
    ORGANIZATION = "Organisation";
    /// Nobody's member.
    NO_ORGANIZATION = "You belong to no organisation of the registry yet. Join or create one there.";
    /// A label.
    SIGNED_IN_AS = "Signed in as";
    /// A label.
    TOKEN = "Access";
    /// A label.
    SCOPE = "Granted";
    /// A label.
    NOT_GRANTED = "Not granted";
    /// A label.
    ISSUER = "By";
    /// A value.
    KEY_KEPT = "Organisation key, kept in memory only";
    /// A button.
    SIGN_OUT = "Sign out";
    /// A button.
    SIGN_IN_INSTEAD = "Sign in instead";
    /// A part of the page.
    OTHER_AGENT = "Another agent";
    /// What it is for.
    OTHER_AGENT_TEXT = "An agent of your organisation that is not in the list.";
    /// A button.
    OPEN_AGENT = "Open agent";
    /// While the list is read.
    READING_AGENTS = "Reading the agents…";
    /// Nothing is in the list.
    NO_AGENTS = "No agents yet";
    /// What to do about it.
    NO_AGENTS_TEXT = "Your organisation has registered none. Register one first; then its credentials are saved here.";
    /// Where that is described.
    REGISTER_LINK = "https://docs.adcontextprotocol.org/docs/registry/registering-an-agent";
    /// A link.
    REGISTER = "How to register an agent";
    /// While a status is read.
    READING = "Reading…";
    /// A status that could not be read.
    NOT_CHECKED = "Could not be checked";
    /// A part of the page.
    SAVED = "What is saved";
    /// While it is read.
    READING_SAVED = "Reading what is saved…";
    /// Neither can be told from the other.
    NOTHING_OR_NOT_YOURS = "Nothing saved, or not yours";
    /// What that means.
    NOTHING_TEXT = "The registry answers the same for an agent that has nothing saved and for one that your organisation has not registered.";
    /// A label.
    AGENT = "Agent";
    /// A label.
    IN_USE = "Used now";
    /// A label.
    STATIC_TOKEN = "Static token";
    /// A label.
    CONSENT = "Sign-in at the agent";
    /// A label.
    CLIENT_CREDENTIALS = "Client credentials";
    /// A label.
    CONSENT_UNTIL = "Valid until";
    /// A label.
    CONTEXT_ID = "Agent context ID";
    /// A value.
    STORED = "Saved";
    /// A value.
    NOT_STORED = "Not saved";
    /// A value.
    CONSENT_VALID = "Done, and valid";
    /// A value.
    CONSENT_OVER = "Done, and no longer valid";
    /// A value.
    CONSENT_NONE = "Not done";
    /// A static token goes before client credentials.
    SHADOWED = "The static token is used, not the client credentials";
    /// What to do about it.
    SHADOWED_TEXT = "A static token goes before everything else. Remove it, or the client credentials stay without effect.";
    /// Saved is not working.
    STORED_ONLY = "Saved does not mean that it works: test it.";
    /// A button.
    TEST = "Test";
    /// A button.
    REPLACE = "Replace";
    /// A button.
    ADD = "Save other credentials";
    /// A button.
    SIGN_IN_AT_AGENT = "Sign in at the agent";
    /// A button.
    DISCONNECT_TOKEN = "Remove the static token";
    /// A button.
    DISCONNECT_CONSENT = "Undo the sign-in at the agent";
    /// Before something is taken back.
    ASK = "Whoever uses this agent through the registry may lose access to it.";
    /// A button.
    KEEP = "Keep it";
    /// A button.
    SAVE_AND_TEST = "Save and test";
    /// A button.
    SAVE = "Save";
    /// On the button.
    SAVING = "Saving…";
    /// On the button.
    TESTING = "Testing…";
    /// Below the button.
    SAVING_LONG = "Saving. The registry looks at the agent before it answers; that may take 40 seconds.";
    /// Below the button.
    TESTING_LONG = "The registry asks the token endpoint for a token and throws it away.";
    /// Before a save.
    REPLACES = "A save replaces all of this kind: a field that is left empty is emptied. The registry shows nothing of it again, so type the secret each time.";
    /// What interactive sign-in is.
    CONSENT_TEXT = "Some agents ask a person to agree. The registry’s own page opens in a new tab; it may ask you to sign in there first.";
    /// While it is waited for.
    CONSENT_WAITS = "Waiting for the sign-in at the agent. This page looks by itself.";
    /// A link.
    OPEN_CONSENT = "Open the page again";
    /// A button.
    STOP_WAITING = "Stop waiting";
    /// What a 403 leaves to do.
    FORBIDDEN_WAYS = "In this order: choose another organisation beside this form; register the agent for yours; sign in if you use a key.";
    /// A way back.
    BACK = "Agents";
}

/// What was going on when something failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Saving.
    Save,
    /// Testing what is saved.
    Test,
    /// The same, after a save that names a variable of the registry's environment.
    TestReference,
    /// Taking something back.
    Disconnect,
    /// Beginning a sign-in at the agent.
    Consent,
}

fn message(title: impl Into<String>, detail: impl Into<String>) -> Message {
    Message {
        title: title.into(),
        detail: detail.into(),
    }
}

/// The head of the panel for signing in.
pub fn sign_in_title(name: &str) -> String {
    words!("Sign in to {}", name)
}

/// What signing in means.
pub fn sign_in_text(identity: &str) -> String {
    words!(
        "{} opens in a new tab. Your token stays in this page’s memory and is gone when you close it.",
        identity
    )
}

/// Where the person is.
pub fn waiting_text(host: &str) -> String {
    words!("Finish at {}; this page then goes on by itself.", host)
}

/// How long a token lasts, in milliseconds from now; nothing when that is unknown.
pub fn expires(left: Option<i64>) -> String {
    let Some(left) = left else {
        return "Signed in; the registry does not say for how long".to_owned();
    };
    let seconds = u32::try_from(left.max(0) / 1000).unwrap_or(u32::MAX);
    if seconds < 60 {
        return "Signed in; expires in less than a minute".to_owned();
    }
    let minutes = seconds / 60;
    let unit = if minutes == 1 { "minute" } else { "minutes" };
    words!("Signed in; expires in {} {}", minutes.to_string(), unit)
}

/// The page is no place for secrets.
pub fn insecure() -> Message {
    message(
        "This page cannot sign you in",
        "Browsers allow it only over https. Open this page with https:// in front of its address.",
    )
}

/// The documents of the provider do not fit.
pub fn untrusted(problem: Untrusted) -> Message {
    let why = match problem {
        Untrusted::Resource => "Its description is one of another service.",
        Untrusted::NotItsServer => {
            "It takes sign-ins of another server than the one that is configured."
        }
        Untrusted::Issuer => {
            "The sign-in server calls itself by another name than the one that is configured."
        }
        Untrusted::Endpoint => "An address in its description is not a safe one.",
        Untrusted::Elsewhere => "It wants your sign-in sent to another server.",
    };
    message(
        "The sign-in was not started",
        joined(
            [
                why,
                "Ask whoever runs this page to check the registry’s settings.",
            ]
            .into_iter(),
            " ",
        ),
    )
}

fn in_front(title: &str, error: &ApiError) -> Message {
    // Nobody gave a token where this is said.
    let refused = ApiError::Refused {
        status: 401,
        message: None,
    };
    let error = match error {
        ApiError::Unauthorized => &refused,
        error => error,
    };
    let Message {
        title: what,
        detail,
    } = api_error(error, NAME);
    message(title, super::and(&what, &detail))
}

/// The documents could not be read.
pub fn unprepared(error: &ApiError) -> Message {
    in_front("The sign-in could not be started", error)
}

/// The server registers nobody, or not as we asked.
pub fn no_registration() -> Message {
    message(
        "The sign-in could not be started",
        "The sign-in server does not register this page. Ask whoever runs it.",
    )
}

/// It refused to register us.
pub fn unregistered(error: &ApiError) -> Message {
    in_front("The sign-in server did not register this page", error)
}

/// The tab's own storage is full or refused.
pub fn no_storage() -> Message {
    message(
        "Signing in in this tab is not possible",
        "Your browser keeps nothing for this page. Sign in in a tab of its own instead.",
    )
}

/// Why an answer grants nothing.
pub fn denied(denied: &Denied) -> Message {
    let again = "Nothing was sent. Start again.";
    let (title, detail) = match denied {
        Denied::Refused { error, description } => {
            let says = if description.is_empty() {
                error
            } else {
                description
            };
            let title = if error == "access_denied" {
                "Access was not granted"
            } else {
                "The sign-in server refused"
            };
            return message(
                title,
                words!(
                    "It says: {}. Nothing was changed.",
                    says.trim_end_matches('.')
                ),
            );
        }
        Denied::NoneWaiting | Denied::UnknownState => (
            "This answer belongs to no sign-in of this page",
            "Nothing was sent. It may come from another browser or profile; start again here.",
        ),
        Denied::UsedState => (
            "This sign-in was already used",
            "Each works once. If you are not signed in, start again.",
        ),
        Denied::Expired => ("The sign-in took longer than ten minutes", again),
        Denied::WrongIssuer => (
            "The answer came from another server than the one that was asked",
            again,
        ),
        Denied::MissingIssuer => ("The answer does not say which server it came from", again),
        Denied::WrongPath | Denied::Repeated => {
            ("The answer was not what a sign-in server sends", again)
        }
        Denied::NoCode => ("The answer was empty", again),
    };
    message(title, detail)
}

/// True when the server does not know who we are any more.
pub fn is_unknown_client(error: &ApiError) -> bool {
    match error {
        ApiError::Unauthorized => true,
        ApiError::Rejected { code, .. } => {
            matches!(code.as_str(), "invalid_client" | "unauthorized_client")
        }
        _ => false,
    }
}

/// A code did not become a token.
pub fn not_exchanged(error: &ApiError) -> Message {
    let title = "You could not be signed in";
    if is_unknown_client(error) {
        return message(
            title,
            "The sign-in server no longer knows this page. Start again: it registers anew.",
        );
    }
    match error {
        // A code that is used up or too old; this provider has a problem of its own then.
        ApiError::Rejected { .. } | ApiError::Server { status: 500, .. } => message(
            title,
            "The sign-in server did not accept its own answer any more; it may have taken too long. Start again.",
        ),
        _ => in_front(title, error),
    }
}

/// Calls can be made no longer.
pub fn over(key: bool) -> Message {
    if key {
        message(
            "The key is no longer accepted",
            "Enter a new one, or sign in. What you typed is still here.",
        )
    } else {
        message(
            "Your sign-in has ended",
            "Sign in again. What you typed is still here.",
        )
    }
}

/// How many agents there are.
pub fn agent_count(count: usize) -> String {
    match count {
        0 => String::new(),
        1 => "1 agent".to_owned(),
        _ => words!("{} agents", count.to_string()),
    }
}

/// What an agent does and who sees it.
pub fn agent_about(kind: &str, visibility: &str) -> String {
    let seen = match visibility {
        "private" => "seen by you alone",
        "members_only" => "seen by members",
        "public" => "public",
        other => other,
    };
    joined([kind, seen].into_iter(), " · ")
}

/// What the registry uses, by its name on the wire.
pub fn kind(auth_type: Option<&str>) -> &str {
    match auth_type {
        Some("bearer") => "Static token",
        Some("basic") => "Username and password",
        Some("oauth") => CONSENT,
        Some("oauth_client_credentials") => CLIENT_CREDENTIALS,
        Some(other) => other,
        None => "Nothing",
    }
}

/// The whole status in a few words.
pub fn saved_short(status: &AuthStatus) -> &str {
    if status.is_shadowed() {
        "Token before client credentials"
    } else if status.has_auth {
        kind(status.auth_type.as_deref())
    } else if status.has_oauth_token {
        "Sign-in no longer valid"
    } else {
        NOTHING_OR_NOT_YOURS
    }
}

/// A save succeeded. What the registry found at the agent is another matter.
pub fn saved(saved: &Saved, tests: bool) -> Message {
    let title = if tests { "Saved" } else { "The token is saved" };
    let detail = match &saved.refresh {
        None => "The registry did not look at the agent.".to_owned(),
        Some(probe) if probe.oauth_required => {
            "The agent asks for a sign-in of its own.".to_owned()
        }
        Some(probe) if probe.online == Some(true) => {
            let tools = probe
                .tools_count
                .map(|count| words!("with {} tools", count.to_string()));
            let time = probe
                .response_time_ms
                .map(|ms| words!("in {} ms", ms.to_string()));
            let parts = [
                "The agent answered".to_owned(),
                tools.unwrap_or_default(),
                time.unwrap_or_default(),
            ];
            joined(parts.iter().map(String::as_str), " ") + "."
        }
        Some(probe) => {
            let says = probe.error.as_deref().unwrap_or_default();
            let end = if says.is_empty() {
                String::new()
            } else {
                words!(" It says: {}", says)
            };
            words!(
                "The registry could not reach the agent; what you saved stays saved.{}",
                end
            )
        }
    };
    message(title, detail)
}

/// What came of a test.
pub fn tried(tried: &Tried) -> Message {
    match &tried.error {
        None => {
            let title = "The credentials work";
            let time = tried
                .latency_ms
                .map(|ms| words!(" in {} ms", ms.to_string()));
            message(
                title,
                words!(
                    "The token endpoint gave out a token{}.",
                    time.unwrap_or_default()
                ),
            )
        }
        Some(error) => not_tried(error),
    }
}

fn not_tried(error: &TryError) -> Message {
    let code = error.code();
    let (title, advice) = match code {
        "invalid_client" => (
            "The token endpoint does not know this client",
            "Check the client ID and the secret for typing errors, or choose the other client authentication.",
        ),
        "invalid_scope" => (
            "The scope was refused",
            "Leave the scope empty, or ask which one this client may use.",
        ),
        "unauthorized_client" => (
            "This client may not get tokens this way",
            "Have client credentials allowed for it at the authorization server.",
        ),
        "invalid_request" => (
            "The token endpoint did not understand the request",
            "Check the token endpoint and the client authentication.",
        ),
        "invalid_grant" => (
            "The token endpoint refused the grant",
            "The client may be revoked, or the audience or resource is not the right one.",
        ),
        "invalid_target" => (
            "The resource was refused",
            "Check the resource and the audience, or leave them empty.",
        ),
        "unsupported_grant_type" => (
            "The token endpoint does not offer client credentials",
            "Check the address, or use another way for this agent.",
        ),
        "not_the_endpoint" => ("This address is not the token endpoint", "Check its path."),
        "no_json_error" => (
            "The token endpoint refused without a reason",
            "Try the other client authentication, and check the address.",
        ),
        "no_access_token" => (
            "The answer had no access token",
            "Check that the address is that of the token endpoint.",
        ),
        "address_refused" => (
            "The address was refused",
            "The registry calls https addresses on public hosts only, without a user name in them.",
        ),
        "network" => (
            "The token endpoint could not be reached",
            "That says nothing about the client ID or the secret. Check the address, or try again later.",
        ),
        _ => (
            "The token endpoint gave out no token",
            "Its words below may help.",
        ),
    };
    let told = error.oauth_error_description.as_deref();
    let told = told
        .filter(|told| !told.is_empty())
        .unwrap_or(&error.message);
    let code = error.oauth_error.as_deref().unwrap_or_default();
    let said = joined([code, told].into_iter(), ": ");
    let said = if said.is_empty() {
        said
    } else {
        words!("It says: {}", said)
    };
    message(title, joined([advice, &said].into_iter(), " "))
}

/// Something was taken back.
pub fn taken_back(consent: bool) -> Message {
    if consent {
        message(
            "The sign-in at the agent is undone",
            "Nothing else was changed.",
        )
    } else {
        message("The static token is removed", "Nothing else was changed.")
    }
}

/// This server has no way to.
pub fn not_taken_back() -> Message {
    message(
        "This registry cannot remove a saved token",
        "Save another one over it.",
    )
}

/// The agent asks nobody to agree.
pub fn no_consent() -> Message {
    message(
        "This agent offers no sign-in of its own",
        "Save client credentials or a token for it.",
    )
}

/// Someone agreed at the agent's own server.
pub fn consented() -> Message {
    message("The sign-in at the agent is done", "")
}

/// The answer to a save was lost.
const UNSURE: &str = "It could not be told whether this was saved";

/// Why something failed.
pub fn failed(doing: Doing, error: &ApiError) -> Message {
    let title = match doing {
        Doing::Save => "Not saved",
        Doing::Test | Doing::TestReference => "Not tested",
        Doing::Disconnect => "Not removed",
        Doing::Consent => "Not started",
    };
    match (doing, error) {
        (_, ApiError::Unauthorized | ApiError::SessionEnded) => message(
            title,
            "Your sign-in had to be renewed. Press the button again once you are signed in.",
        ),
        (_, ApiError::Forbidden { message: says, .. }) => {
            let says = says.as_deref().unwrap_or_default();
            message(
                "The registry does not let you change this agent",
                words!("It says: {}", says),
            )
        }
        (Doing::Test | Doing::TestReference, ApiError::NotFound) => message(
            "No client credentials are saved for this agent",
            "Save some first.",
        ),
        (Doing::TestReference, ApiError::Server { status: 500, .. }) => message(
            "The test could not be made",
            "A value that you saved begins with $ENV:. If that variable is not set on the registry’s server, it answers like this. Ask its operators, or type the value itself.",
        ),
        (Doing::Test | Doing::TestReference | Doing::Consent, ApiError::TimedOut) => message(
            title,
            "AgenticAdvertising.org did not answer within 40 seconds. Try again in a moment.",
        ),
        (Doing::Save, ApiError::TimedOut) => message(
            UNSURE,
            "AgenticAdvertising.org did not answer within 40 seconds. Saving again does no harm.",
        ),
        (Doing::Save, error) if error.outcome_unknown() => {
            let said = in_front(UNSURE, error);
            message(
                said.title,
                super::and(&said.detail, "Saving again does no harm."),
            )
        }
        _ => in_front(title, error),
    }
}

/// What the server said about fields. A message without a field is about one all the same, when its words say so.
pub fn field_problems(message: Option<&str>, known: &[FieldProblem]) -> Vec<FieldProblem> {
    let named = message.and_then(|message| Some((message, field_named(message)?)));
    match (known, named) {
        ([], Some((message, field))) => vec![FieldProblem {
            path: field.to_owned(),
            message: message.to_owned(),
        }],
        _ => known.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_token_is_told_in_whole_minutes() {
        for (left, words) in [
            (Some(750_000), "Signed in; expires in 12 minutes"),
            (Some(60_000), "Signed in; expires in 1 minute"),
            (Some(59_999), "Signed in; expires in less than a minute"),
            (Some(-5), "Signed in; expires in less than a minute"),
            (None, "Signed in; the registry does not say for how long"),
        ] {
            assert_eq!(expires(left), words);
        }
    }

    #[test]
    fn what_a_server_says_of_a_refusal_stays_its_own_words() {
        let refused = |error: &str, description: &str| {
            denied(&Denied::Refused {
                error: error.to_owned(),
                description: description.to_owned(),
            })
        };
        let plain = refused("access_denied", "");
        assert_eq!(plain.title, "Access was not granted");
        assert_eq!(plain.detail, "It says: access_denied. Nothing was changed.");
        let other = refused("server_error", "Come back later.");
        assert_eq!(other.title, "The sign-in server refused");
        assert_eq!(
            other.detail,
            "It says: Come back later. Nothing was changed."
        );
    }

    #[test]
    fn a_dead_code_is_not_taken_for_an_outage() {
        let dead = ApiError::Server {
            status: 500,
            message: Some("server_error".into()),
        };
        assert!(not_exchanged(&dead).detail.ends_with("Start again."));
        let away = ApiError::Network;
        assert!(not_exchanged(&away).detail.contains("could not be reached"));
    }

    #[test]
    fn a_network_failure_is_not_a_wrong_secret() {
        let error = |kind: &str| TryError {
            kind: kind.into(),
            message: "m".into(),
            oauth_error: None,
            oauth_error_description: None,
            http_status: None,
        };
        let words = not_tried(&error("network"));
        assert_eq!(words.title, "The token endpoint could not be reached");
        assert!(words.detail.ends_with("It says: m"));
    }
}
