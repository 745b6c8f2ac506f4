//! What is said about Adobe's Destination SDK: signing in, credential configurations, and what came of changing them.

use super::{Message, and, api_error, joined, says};
use crate::api::ApiError;
use crate::api::destinations::field_of;
use crate::credential::seek::holds;
use crate::credential::{FormSpec, Problem};
use crate::oauth::client_credentials::{Refusal, refusal};

/// The service's name.
pub const NAME: &str = "Adobe";

macro_rules! sentences {
    ($($(#[$doc:meta])* $name:ident = $words:expr;)*) => {
        $($(#[$doc])* pub const $name: &str = $words;)*
    };
}

sentences! {
    /// A page and its place in the navigation.
    DESTINATIONS = "Destinations";
    /// Where it stands in the overview.
    CARD = "Credentials with which Adobe signs in at your destinations";
    /// How our calls are authorized.
    ACCESS_TOKEN = "A client secret or token, kept in memory";
    /// The heading of the form for our own access.
    SIGN_IN = "Sign in to Adobe";
    /// What it is for.
    SIGN_IN_TEXT = "To read and change credential configurations. Nothing here is sent to your destination.";
    /// The same behind a gateway.
    WHERE = "Where to look";
    /// What it is for.
    WHERE_TEXT = "The gateway signs you in. Say which organisation and sandbox to show.";
    /// A button.
    CONTINUE = "Continue";
    /// While access is tried.
    CHECKING = "Checking…";
    /// At the field.
    SECRET_NOT_ACCEPTED = "Adobe did not accept this client secret for the API key. Copy both again from the Developer Console";
    /// At the field.
    ID_NOT_ACCEPTED = "Adobe does not know this client ID. Copy it again from the Developer Console";
    /// At the field.
    TOKEN_NOT_ACCEPTED = "Adobe did not accept this access token. Get a new one; each lasts a day";
    /// A token for less.
    SCOPE_REFUSED = "Adobe gives this client no token for Experience Platform. Add the Experience Platform API to the project in the Developer Console";
    /// The token ended and there is nothing to get another one with.
    SIGN_IN_OVER = "Your access to Adobe has ended";
    /// What to do then.
    SIGN_IN_OVER_TEXT = "Sign in again. What you typed is still here.";
    /// A token that ended under a change, and has another in its place.
    RENEWED = "Your access had to be renewed";
    /// What to do then.
    RENEWED_TEXT = "That is done now. Nothing was changed; press the button again.";
    /// Beside every page.
    STANDING = "Your access";
    /// A label.
    ORGANISATION = "Organisation";
    /// A label.
    SANDBOX = "Sandbox";
    /// A label.
    API_KEY = "API key";
    /// A label.
    TOKEN = "Token";
    /// A token that was given.
    TOKEN_GIVEN = "Given by you, kept in memory";
    /// A button.
    SIGN_OUT = "Sign out";
    /// A button.
    ELSEWHERE = "Another organisation or sandbox";
    /// A link that looks like a button.
    NEW = "New credential";
    /// While the list is read.
    READING = "Reading the credentials…";
    /// Nothing is there.
    NONE = "No credentials yet";
    /// What to do about it.
    NONE_TEXT = "You need one only if Adobe signs in at your destination for all customers alike. Most destinations ask each customer instead.";
    /// Nothing fits the filter.
    NOTHING_FITS = "Nothing fits";
    /// What to do about it.
    NOTHING_FITS_TEXT = "Change what you search for.";
    /// A label.
    FIND = "Name, ID or client";
    /// A label.
    KIND = "Type";
    /// A choice.
    ANY_KIND = "Any type";
    /// What the search is about.
    FILTERS = "Search the credentials";
    /// A credential without a name.
    UNNAMED = "Without a name";
    /// A label.
    MODIFIED = "Changed";
    /// A label.
    CREATED = "Created";
    /// A label.
    INSTANCE_ID = "Instance ID";
    /// A value.
    STORED = "Saved; it is not shown";
    /// A value.
    NOT_TOLD = "Not told";
    /// The way back.
    BACK = "Destinations";
    /// The heading of a form.
    CREATE_TITLE = "New credential";
    /// Where the values go.
    CREATE_WHERE = "The values go to Adobe, which signs in at your destination with them. They stay in memory here and are gone once they are saved.";
    /// A button.
    CREATE = "Create credential";
    /// While it is sent.
    CREATING = "Creating…";
    /// While a lost answer is looked for.
    LOOKING = "Looking whether it was created…";
    /// The result.
    CREATED_TITLE = "Created";
    /// What to do next.
    CREATED_TEXT = "Link it in the configuration of your destination.";
    /// Found although the answer was lost.
    CREATED_LISTED = "The answer was lost, but the list has it.";
    /// The answer did not say the id.
    CREATED_WITHOUT_ID = "Adobe did not say its instance ID. Look for it in the list.";
    /// Above the snippet.
    SNIPPET = "For destinationDelivery in your destination’s configuration";
    /// A button.
    COPY_ID = "Copy the ID";
    /// A button.
    COPY_SNIPPET = "Copy the lines";
    /// A link.
    OPEN = "Open it";
    /// A button.
    ANOTHER = "Create another";
    /// A lost answer, and nothing in the list.
    NOT_LISTED = "The list does not have it, so it was probably not created. Create it again when you are ready.";
    /// A lost answer, and a list that does not tell.
    NOT_KNOWN = "It is not known whether it was created";
    /// What to do about it.
    NOT_KNOWN_TEXT = "Look for it in the list before you create it again.";
    /// A button.
    LOOK_AGAIN = "Look again";
    /// A part of the page.
    SAVED = "What is saved";
    /// A part of the page.
    UPDATE = "Replace it";
    /// What that means.
    UPDATE_TEXT = "A save replaces everything. What can be read is filled in. Secrets cannot be read back: enter each again, or remove it.";
    /// A button.
    SAVE = "Save";
    /// While it is looked at once more.
    COMPARING = "Looking for changes by others…";
    /// While it is sent.
    SAVING = "Saving…";
    /// While it is read again.
    CONFIRMING = "Reading it again…";
    /// The result.
    UPDATED = "Saved";
    /// The answer said yes and nothing moved.
    NOT_CONFIRMED = "The save could not be confirmed";
    /// What that means.
    NOT_CONFIRMED_TEXT = "The time of the last change is the same as before.";
    /// It could not be read again.
    NOT_READ_AGAIN = "It could not be read again to see.";
    /// Somebody changed it.
    CHANGED = "It was changed since you opened it";
    /// What to do about it.
    CHANGED_TEXT = "Nothing was sent yet. Take over the newer values, or save yours in their place.";
    /// A button.
    TAKE_NEWER = "Take over the newer values";
    /// A button.
    SAVE_ANYWAY = "Save mine";
    /// No form for it.
    STRANGE_KIND = "This type is not known here";
    /// What can be done.
    STRANGE_KIND_TEXT = "It can be looked at and deleted, but not changed here.";
    /// Names that a save would drop.
    STRANGE_NAMES = "A save drops what this form does not know";
    /// A button.
    DELETE = "Delete";
    /// A button.
    DELETE_NOW = "Delete it";
    /// A button.
    KEEP = "Keep it";
    /// While it is deleted.
    DELETING = "Deleting…";
    /// What deleting means.
    DELETE_TEXT = "It cannot be undone. A destination may still point to it; that destination then fails to sign in.";
    /// The result.
    DELETED = "Deleted";
    /// A lost answer.
    NOT_KNOWN_DELETED = "It is not known whether it was deleted";
    /// What to do about it.
    READ_AGAIN_TEXT = "Read it again to see.";
    /// It is there no more.
    GONE = "This credential does not exist any more, or belongs to another organisation or sandbox";
    /// A label.
    BEFORE = "Changed before";
    /// A label.
    AFTER = "Changed now";
}

/// Below the heading of every page.
pub fn whose(organisation: &str, sandbox: &str) -> String {
    let organisation = words!("Organisation {}", organisation);
    let sandbox = words!("Sandbox {}", sandbox);
    joined([organisation.as_str(), &sandbox].into_iter(), " · ")
}

/// What a credential is called.
pub fn named(name: &str) -> &str {
    if name.is_empty() { UNNAMED } else { name }
}

/// The type in words: of the row, or as the service said it.
pub fn kind(spec: Option<&FormSpec>, said: &str) -> String {
    match spec {
        Some(spec) => spec.title.to_owned(),
        None if said.is_empty() => NOT_TOLD.to_owned(),
        None => said.to_owned(),
    }
}

/// `9 credentials`, `2 of 9 credentials`.
pub fn how_many(all: usize, shown: usize) -> String {
    let count = |n: usize| super::count(n as u64, "credential", "credentials");
    if all == shown {
        count(all)
    } else {
        words!("{} of {}", shown.to_string(), count(all))
    }
}

/// The lines that link a credential (destinations.md, section 3).
pub fn snippet(id: &str) -> String {
    let id = crate::credential::object(&[("id", id, crate::credential::Form::Text)]);
    // The id as a JSON text.
    let id = id.expose();
    let id = id.get("{\"id\":".len()..id.len() - 1).unwrap_or_default();
    words!(
        "\"authenticationRule\": \"PLATFORM_AUTHENTICATION\",\n\"authenticationId\": {}",
        id
    )
}

/// Asked before a credential is deleted.
pub fn asks_delete(name: &str) -> String {
    words!("Delete {}?", named(name))
}

/// What a save would drop.
pub fn strange(names: &[String]) -> String {
    joined(names.iter().map(String::as_str), ", ")
}

/// Where a refusal of our own access belongs: the field and the words for it; or the words alone.
pub fn access_failed(error: &ApiError) -> (Option<(&'static str, Problem)>, Message) {
    let message = failed(error);
    let code = code_of(error);
    let field = match error {
        ApiError::Unauthorized => Some("accessToken"),
        _ => field_of(code),
    };
    let words = if field == Some("accessToken") {
        TOKEN_NOT_ACCEPTED.to_owned()
    } else {
        joined(
            [message.title.as_str(), message.detail.trim_end_matches('.')].into_iter(),
            ". ",
        )
    };
    (field.map(|field| (field, Problem::Server(words))), message)
}

/// The same for the token of a client.
pub fn token_failed(error: &ApiError) -> (Option<(&'static str, Problem)>, Message) {
    let at = |field, words: &str| Some((field, Problem::Server(words.to_owned())));
    let said = match error {
        ApiError::Rejected { message, .. } | ApiError::Forbidden { message, .. } => {
            message.as_deref().unwrap_or_default()
        }
        _ => "",
    };
    let field = match refusal(error) {
        Some(Refusal::Client) if holds(said, "client_id") => at("apiKey", ID_NOT_ACCEPTED),
        Some(Refusal::Client) => at("clientSecret", SECRET_NOT_ACCEPTED),
        _ => None,
    };
    let mut message = api_error(error, NAME);
    if refusal(error) == Some(Refusal::Scope) {
        message = Message::of(SCOPE_REFUSED, "");
    }
    (field, message)
}

fn code_of(error: &ApiError) -> &str {
    match error {
        ApiError::Rejected { code, .. } | ApiError::Forbidden { code, .. } => code,
        _ => "",
    }
}

/// The same for one credential.
pub fn failed_of(error: &ApiError) -> Message {
    match error {
        ApiError::NotFound => Message::of(GONE, "Go back and choose from the list."),
        error => failed(error),
    }
}

/// Why a call failed, and which header or permission is wrong (destinations.md, section 6).
pub fn failed(error: &ApiError) -> Message {
    let message = Message::of;
    match code_of(error) {
        "403010" => message(
            "Adobe got no access token",
            "The header Authorization was missing. Sign in again; behind a gateway, tell whoever runs it.",
        ),
        "401013" => message("Adobe did not accept the access token", "Sign in again."),
        "403000" => message(
            "Adobe got no API key",
            "The header x-api-key was missing. Enter the client ID of your project in the Developer Console.",
        ),
        "403003" => message(
            "Adobe does not know this API key",
            "The header x-api-key must be the client ID that the token was made for.",
        ),
        "400003" => message(
            "Adobe got no organisation ID",
            "The header x-gw-ims-org-id was missing. Enter the organisation ID.",
        ),
        "403025" => message(
            "This access is not for this organisation",
            "The header x-gw-ims-org-id names an organisation that the token’s client does not belong to.",
        ),
        "403027" => message(
            "Adobe does not know this organisation for your client",
            "Check the organisation ID (header x-gw-ims-org-id), and that your project has a product profile of \
             Experience Platform.",
        ),
        _ => match error {
            ApiError::Forbidden { message: said, .. } => message(
                "Adobe does not let you do this",
                &and(
                    &says(said.as_deref()),
                    "Ask a system administrator for the permission “Destination Authoring”, and for access to the \
                     sandbox.",
                ),
            ),
            ApiError::Unauthorized => message(
                "Adobe did not accept the access token",
                "It has ended, or is for something else. Sign in again.",
            ),
            ApiError::NotFound => message(
                "Adobe found nothing there",
                "Check the organisation and the sandbox. Behind a gateway, tell whoever runs it.",
            ),
            error => api_error(error, NAME),
        },
    }
}

/// A save, and when it was changed before and after.
pub fn updated(before: &str, after: &str) -> String {
    words!("Changed {}, before that {}.", after, before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::ForbiddenReason;

    fn forbidden(code: &str) -> ApiError {
        ApiError::Forbidden {
            reason: ForbiddenReason::Other,
            code: code.into(),
            message: Some("said".into()),
        }
    }

    #[test]
    fn each_refusal_names_its_header_and_its_field() {
        for (code, field, header) in [
            ("403010", Some("accessToken"), "Authorization"),
            ("403000", Some("apiKey"), "x-api-key"),
            ("403003", Some("apiKey"), "x-api-key"),
            ("403025", Some("imsOrgId"), "x-gw-ims-org-id"),
            ("403027", Some("imsOrgId"), "x-gw-ims-org-id"),
            ("", None, "Destination Authoring"),
            ("999", None, "Destination Authoring"),
        ] {
            let (at, message) = access_failed(&forbidden(code));
            assert_eq!(at.map(|(field, _)| field), field, "{code}");
            let words = [message.title, message.detail].join(" ");
            assert!(words.contains(header), "{code}: {words}");
        }
    }

    #[test]
    fn a_network_failure_is_at_no_field() {
        for error in [ApiError::Network, ApiError::TimedOut, ApiError::Offline] {
            assert_eq!(access_failed(&error).0, None);
            assert_eq!(token_failed(&error).0, None);
        }
    }

    #[test]
    fn the_snippet_is_json_whatever_the_id() {
        let lines = snippet("n5\"5");
        let whole: serde_json::Value =
            serde_json::from_str(&["{", &lines, "}"].concat()).expect("JSON");
        assert_eq!(whole["authenticationId"], "n5\"5");
        assert_eq!(whole["authenticationRule"], "PLATFORM_AUTHENTICATION");
    }
}
