//! Every sentence that a person reads, keyed by code or name.
//!
//! Plain, short, kind: an error says what to do. Unknown stays unknown, and a network failure is
//! not a wrong password.

use crate::api::storefront::{CoveredSource, SourceRow, SourceStatus};
use crate::api::{ApiError, ConfigError, ConfigProblem, ForbiddenReason};
use crate::credential::clean::{Note, Odd, Suspicious};
use crate::credential::number::digits;
use crate::credential::pem::{KeyKind, KeyProblem};
use crate::credential::{Algorithm, Auth, FieldSpec, FormSpec, Problem, Service, Warning};
use crate::paste::{Kind, Unread};

pub mod destinations;
pub mod element;
pub mod inventory;
pub mod registry;
pub mod wording;

/// A question in place of a button's words: "Remove the static token?".
pub fn asks(action: &str) -> String {
    words!("{}?", action)
}

/// Puts the name of the source where a label or hint says `{source}`.
pub fn fill(template: &str, source: &str) -> String {
    let template = &*wording::of(template);
    match template.split_once('{') {
        Some((before, rest)) => {
            let after = rest.split_once('}').map_or("", |(_, after)| after);
            [before, source, after].concat()
        }
        None => template.to_owned(),
    }
}

/// The message under a field and, in the same words, in the summary.
pub fn field_error(field: &FieldSpec, problem: &Problem, source: &str) -> String {
    let noun = fill(field.noun, source);
    match problem {
        Problem::Missing => words!("Enter {}", noun),
        Problem::TooLong(max, length) => {
            words!(
                "{} must be {} characters or fewer; it has {}",
                capital(&noun),
                digits(*max),
                digits(*length)
            )
        }
        Problem::HasColon => words!("Enter {} without a colon; it cannot be sent with one", noun),
        Problem::HasControl => {
            words!(
                "{} has a character that cannot be seen. Type it instead of pasting",
                capital(&noun)
            )
        }
        Problem::NotAscii => {
            words!(
                "Copy {} again; it has a letter or sign that tokens do not have",
                noun
            )
        }
        Problem::Suspicious(found) => suspicious(found),
        Problem::NotAChoice => words!("Choose {}", noun),
        Problem::NotAnAddress => words!("Enter {} as a whole, with https:// in front", noun),
        Problem::NotHttps => {
            words!(
                "Enter {} with https:// in front; over http others could read along",
                noun
            )
        }
        Problem::HasFragment => words!("Enter {} without the part behind the #", noun),
        Problem::NotAUri => words!("Enter {} as a whole, such as https://api.example", noun),
        Problem::PrivateHost => {
            words!(
                "Enter {} on the open internet; the registry reaches no private network",
                noun
            )
        }
        Problem::NotAReference => "A reference must look like $ENV:ADCP_OAUTH_NAME, in capital \
                                   letters, digits and underscores, for a variable on the registry’s own server"
            .to_owned(),
        Problem::TooMany(max, count) => {
            words!(
                "Enter {} or fewer; there are {}",
                digits(*max),
                digits(*count)
            )
        }
        Problem::NotAPair => {
            "Enter a username, a colon and the password, or the base64 of that".to_owned()
        }
        Problem::Key(problem) => key_problem(*problem).to_owned(),
        Problem::KeyUnread => KEY_UNREAD.to_owned(),
        Problem::KeyMisfit(kind, algorithm) => key_misfit(*kind, *algorithm),
        Problem::StillSaved(true) => words!("Enter {} again, or choose Remove", noun),
        Problem::StillSaved(false) => words!("Enter {} again", noun),
        Problem::Own(_, words) => words.clone(),
        Problem::Server(message) => message.clone(),
    }
}

/// What reads private keys is still on its way, or does not come.
pub const KEY_UNREAD: &str = "This key has not been read yet. Try again in a moment; if that does not help, check your connection";

/// What was pasted in place of a private key, and what to do about it.
const fn key_problem(problem: KeyProblem) -> &'static str {
    match problem {
        KeyProblem::Encrypted => {
            "A passphrase protects this private key. Export it without one and paste that"
        }
        KeyProblem::Certificate => {
            "This is a certificate. Paste the private key that belongs to it"
        }
        KeyProblem::CertificateRequest => {
            "This is a certificate request. Paste the private key that belongs to it"
        }
        KeyProblem::PublicKey => "This is a public key. Paste the private key that belongs to it",
        KeyProblem::OpenSsh => {
            "This is a key in OpenSSH’s own form. Paste one whose first line says BEGIN PRIVATE KEY"
        }
        KeyProblem::Several => "There is more than one private key here. Paste the one to use",
        KeyProblem::NotPem => {
            "This is not a private key in PEM form. Paste the text from BEGIN PRIVATE KEY to END PRIVATE KEY"
        }
        KeyProblem::Cut => {
            "The end of the private key is missing. Paste all of it, up to END PRIVATE KEY"
        }
        KeyProblem::Broken => "The private key is damaged. Copy it again from its file",
        KeyProblem::Json => "This is a JSON file. Paste only the private key that stands in it",
        KeyProblem::Unknown => {
            "This is no private key. Paste the text that begins with BEGIN PRIVATE KEY"
        }
    }
}

/// "The private key is an RSA key, but ES256 needs an EC P-256 key".
fn key_misfit(kind: KeyKind, algorithm: Algorithm) -> String {
    let needs = match algorithm {
        Algorithm::Es256 => "an EC P-256 key",
        Algorithm::Rs256 if matches!(kind, KeyKind::Rsa { .. }) => "2048 bits or more",
        Algorithm::Rs256 => "an RSA key",
    };
    let what = match (algorithm, kind) {
        (Algorithm::Es256, KeyKind::Rsa { .. }) => "an RSA key".to_owned(),
        _ => key_kind(kind),
    };
    words!(
        "The private key is {}, but {} needs {}",
        what,
        algorithm.name(),
        needs
    )
}

/// `an RSA key of 2048 bits`, `an EC P-256 key`.
fn key_kind(kind: KeyKind) -> String {
    match kind {
        KeyKind::Rsa { bits } => words!("an RSA key of {} bits", digits(bits)),
        KeyKind::EcP256 => "an EC P-256 key".to_owned(),
        KeyKind::EcOther(curve) => words!("an EC key on {}", curve),
        KeyKind::Other(name) => ["a key of the kind ", name].concat(),
    }
}

/// "There is a space after the 32nd character, as happens when copying from a PDF".
fn suspicious(found: &Suspicious) -> String {
    let (what, how) = match found.what {
        Odd::Space => ("a space".to_owned(), ", as happens when copying from a PDF"),
        Odd::LineBreak => (
            "a line break".to_owned(),
            ", as happens when copying a wrapped line",
        ),
        Odd::SoftHyphen => (
            "an invisible hyphen".to_owned(),
            ", as happens when copying from a PDF",
        ),
        Odd::CurlyQuote => (
            "a curly quotation mark".to_owned(),
            ", as word processors put in",
        ),
        Odd::Control => ("a character that cannot be seen".to_owned(), ""),
        Odd::Other(c) => (words!("the unusual character “{}”", String::from(c)), ""),
    };
    let place = match found.after {
        0 => "at the start".to_owned(),
        n => words!("after the {} character", ordinal(n)),
    };
    let more = match found.count {
        1 => String::new(),
        2 => ", and one more like it further on".to_owned(),
        n => words!(", and {} more like it further on", digits(n - 1)),
    };
    words!("There is {} {}{}{}", what, place, how, more)
}

/// `1st`, `2nd`, `3rd`, `11th`, `32nd`.
fn ordinal(n: usize) -> String {
    let end = match (n % 10, n % 100) {
        (1, r) if r != 11 => "st",
        (2, r) if r != 12 => "nd",
        (3, r) if r != 13 => "rd",
        _ => "th",
    };
    words!("{}{}", digits(n), end)
}

/// The same with a capital at the start. Our own sentences start with ASCII letters, or with the
/// name of a source, which stays as it is.
fn capital(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

/// The quiet line under a field that was cleaned.
pub fn note(note: Note) -> String {
    let words = match note {
        Note::Space => "We removed space around it.",
        Note::Invisible => "We removed a character that cannot be seen.",
        Note::Bearer => "We removed the word “Bearer”; it is sent in its own place.",
        Note::Prefix(prefix) => {
            return words!("We removed “{}”; it is sent in its own place.", prefix);
        }
        Note::Key(kind) => return ["This is ", &key_kind(kind), "."].concat(),
    };
    words.to_owned()
}

/// A button that takes over what may have been meant.
pub fn use_instead(value: &str) -> String {
    words!("Use {}", value)
}

/// A button that says to remove what is saved in a field.
pub fn remove(label: &str) -> String {
    words!("Remove {}", label)
}

/// Of a secret that the service holds.
pub const SECRET_SAVED: &str = "One is saved, and cannot be read back. Enter it again.";
/// Of one that is to be removed.
pub const SECRET_REMOVED: &str = "It will be removed when you save.";
/// Takes that back.
pub const KEEP_SECRET: &str = "Do not remove it";

/// Opens the control that fills a form.
pub const PASTE_TITLE: &str = "Fill this form from what you have";
/// Its control.
pub const PASTE_LABEL: &str = "Paste or drop it here";
/// What it understands.
pub const PASTE_HINT: &str = "A JSON body, a curl command, .env lines, an AWS file, a connection string, a key, a service account’s file. It is read in \
                              this page and not kept.";
/// A button.
pub const PASTE_FILL: &str = "Fill the form";
/// Opens the choice of a file to fill it from.
pub const PASTE_FILE: &str = "Fill from a file";
/// A button that takes it back.
pub const PASTE_UNDO: &str = "Undo";
/// That was done.
pub const PASTE_UNDONE: &str = "Taken back.";
/// It could not be read.
pub const PASTE_UNREAD: &str = "The form was not filled";
/// A file of more than 64 KiB.
pub const PASTE_FILE_TOO_LARGE: &str = "The file is too large. Paste the part that matters";

/// What went wrong with a call: what happened, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// What happened.
    pub title: String,
    /// What to do about it; sometimes the server's own words come first.
    pub detail: String,
}

impl Message {
    /// Of two texts that are known.
    pub fn of(title: &str, detail: &str) -> Self {
        Self {
            title: title.to_owned(),
            detail: detail.to_owned(),
        }
    }

    /// All of it in one text.
    pub fn whole(&self) -> String {
        and(&self.title, &self.detail)
    }
}

/// The words for a failed call. `api` is the name of the service that was called.
pub fn api_error(error: &ApiError, api: &str) -> Message {
    let (title, detail) = match error {
        ApiError::Offline => (
            "You are offline".to_owned(),
            "Connect to the network and try again.".to_owned(),
        ),
        ApiError::TimedOut => (
            words!("{} did not answer within 30 seconds", api),
            "Try again in a moment.".to_owned(),
        ),
        ApiError::Network => (
            words!("{} could not be reached", api),
            "The network did not let the request through. Try \
             again in a moment."
                .to_owned(),
        ),
        ApiError::Interrupted => (
            "The connection broke while the answer was on its way".to_owned(),
            "Try again in a moment.".to_owned(),
        ),
        ApiError::SessionEnded => (
            "Your session has ended".to_owned(),
            "Sign in in another tab, then continue here.".to_owned(),
        ),
        ApiError::Unauthorized => (
            words!("{} did not accept the access token", api),
            "Enter a new one.".to_owned(),
        ),
        ApiError::Rejected { message, .. } => (
            words!("{} did not accept what was sent", api),
            says(message.as_deref()),
        ),
        ApiError::Forbidden {
            reason, message, ..
        } => forbidden(reason, message.as_deref(), api),
        ApiError::NotFound => (
            "This no longer exists or is not visible to you".to_owned(),
            "Check the address, or go back and choose from the list.".to_owned(),
        ),
        ApiError::Conflict { message } => {
            ("It exists already".to_owned(), says(message.as_deref()))
        }
        ApiError::RateLimited { retry_after } => (
            words!("{} asks us to slow down", api),
            match retry_after {
                Some(seconds) => words!("You may try again in {}.", duration(*seconds)),
                None => "Try again in a minute.".to_owned(),
            },
        ),
        ApiError::Refused { status, message } => (
            words!("{} refused the request (status {})", api, digits(*status)),
            says(message.as_deref()),
        ),
        ApiError::Server { status, message } => (
            words!("{} has a problem (status {})", api, digits(*status)),
            and(&says(message.as_deref()), "Try again in a moment."),
        ),
        ApiError::Unreadable {
            status,
            path,
            excerpt,
        } => {
            let at = if path.is_empty() {
                String::new()
            } else {
                words!(", at {}", path)
            };
            let says = match excerpt.as_str() {
                "" => "It was empty.".to_owned(),
                excerpt => words!("It begins: {}", excerpt),
            };
            (
                words!("The answer of {} could not be read", api),
                words!("Status {}{}. {}", digits(*status), at, says),
            )
        }
    };
    Message { title, detail }
}

/// Two sentences. The first may be empty, or a server's that lacks its full stop.
pub fn and(first: &str, second: &str) -> String {
    let (first, second) = (&*wording::of(first), &*wording::of(second));
    match first.as_bytes().last() {
        None => second.to_owned(),
        Some(b'.' | b'!' | b'?') => [first, " ", second].concat(),
        Some(_) => [first, ". ", second].concat(),
    }
}

/// The server's own words, marked as such.
fn says(message: Option<&str>) -> String {
    message.map_or_else(String::new, |message| words!("It says: {}", message))
}

/// A role that is too small.
pub const ROLE_FORBIDS: &str = "Your role does not allow this";

fn forbidden(reason: &ForbiddenReason, message: Option<&str>, api: &str) -> (String, String) {
    match reason {
        ForbiddenReason::Terms => (
            words!("Your company has not accepted the terms of {}", api),
            words!(
                "Someone who may sign for your company accepts them at {}. Then try again.",
                api
            ),
        ),
        ForbiddenReason::Role => (
            ROLE_FORBIDS.to_owned(),
            and(
                &says(message),
                "Ask an admin of your company, or use an admin's token.",
            ),
        ),
        ForbiddenReason::CustomerScope { available } => (
            "This token can act for several companies".to_owned(),
            if available.is_empty() {
                "Use a token of the one company that this is for.".to_owned()
            } else {
                words!(
                    "Use a token of the one company that this is for: {}.",
                    joined(available.iter().map(String::as_str), ", ")
                )
            },
        ),
        ForbiddenReason::Other => (words!("{} does not allow this", api), says(message)),
    }
}

/// `1 second`, `45 seconds`, `2 minutes`.
pub fn duration(seconds: u32) -> String {
    match seconds {
        1 => "1 second".to_owned(),
        s if s < 90 => words!("{} seconds", digits(s)),
        s => words!("{} minutes", digits(s.div_ceil(60))),
    }
}

/// `1 source`, `3 sources`.
pub fn count(n: u64, one: &str, many: &str) -> String {
    if n == 1 {
        words!("1 {}", one)
    } else {
        words!("{} {}", digits(n), many)
    }
}

/// The server refused something and said nothing about it.
pub const REFUSED_WITHOUT_WORDS: &str = "The server did not accept this and did not say why";
/// Heading of the error summary.
pub const SUMMARY_TITLE: &str = "There is a problem";
/// Read out before each field's message, not seen.
pub const ERROR_PREFIX: &str = "Error: ";
/// The question above the ways to authenticate.
pub const CHOOSER_LEGEND: &str = "What do you have?";
/// Where to look for what a service does not tell.
pub fn chooser_hint(spec: Option<&FormSpec>) -> &'static str {
    match spec.map(|spec| spec.service) {
        Some(Service::Registry) => "Look at what the agent’s operator gave you.",
        Some(Service::Destinations) if spec.is_some_and(|spec| spec.auth == Auth::Absent) => {
            "Both come from the Adobe Developer Console."
        }
        Some(Service::Destinations) => "Look at how your platform lets others sign in.",
        Some(Service::Inventory) => "Look at what you got at onboarding.",
        Some(Service::Storefront) | None => {
            "Interchange does not say what a source wants. Look at what the source gave you."
        }
    }
}
/// The line that opens the fields with defaults.
pub const MORE_OPTIONS: &str = "More options";
/// Opens the choice of a file for a private key.
pub const CHOOSE_FILE: &str = "Choose a file";
/// A file that is no key by its size.
pub const FILE_TOO_LARGE: &str = "This file is too large to be a private key";
/// A file that the browser did not let us read.
pub const FILE_UNREAD: &str = "The file could not be read. Choose it again, or paste what is in it";
/// Under the switch for marketplace accounts, when the server does not tell the role.
pub const ROLE_UNREAD: &str = "We could not read your role; Interchange decides.";

/// Where a value came from.
pub fn from_file(name: &str) -> String {
    words!("From the file {}", name)
}

/// Drops the unusual characters of a token.
pub const REMOVE_CHARACTERS: &str = "Remove";
/// Keeps the unusual characters of a token.
pub const KEEP_CHARACTERS: &str = "It belongs there";

// What was pasted in one piece

/// What a text was taken for, as it stands in a sentence.
pub const fn paste_kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Body => "the data of a request",
        Kind::Curl => "a curl command",
        Kind::Request => "a request",
        Kind::ServiceAccount => "a key file of a Google service account",
        Kind::ConnectionString => "an Azure connection string",
        Kind::AwsProfile => "an AWS credentials file",
        Kind::AwsCsv => "an access key file of the AWS console",
        Kind::Env => "a list of names and values",
        Kind::SshKey => "an SSH key",
        Kind::PrivateKey => "a private key",
    }
}

/// Why nothing could be made of a text, and what to do about it.
pub const fn paste_unread(unread: Unread) -> &'static str {
    match unread {
        Unread::Empty => {
            "There is nothing here yet. Paste what you got, such as a curl command or a file"
        }
        Unread::TooLong => {
            "This is too long to be a credential. Paste only the part with the keys in it"
        }
        Unread::TooMany => {
            "There are too many values here. Paste only the part with the keys in it"
        }
        Unread::Cut => "The end of this is missing. Copy all of it again",
        Unread::PublicKey => "This is a public key. Paste the private key that belongs to it",
        Unread::Certificate => "This is a certificate. Paste the private key that belongs to it",
        Unread::Putty => {
            "This is a PuTTY key. Export it as an OpenSSH key with PuTTYgen and paste that"
        }
        Unread::Page => {
            "This is the source of a web page. Copy the command or the keys from the page instead"
        }
        Unread::Broken => {
            "This looks like JSON, but a comma, a quotation mark or a bracket is wrong. Copy it again"
        }
        Unread::Nothing => "We found no value in this. Copy it again, with the keys in it",
        Unread::Unknown => "We could not tell what this is. Fill in the fields one by one",
    }
}

/// A text that was understood and has no value for this form.
pub const PASTE_FITS_NOTHING: &str =
    "Nothing in this fits here. Check where it comes from, or fill in the fields one by one";

/// The same, as a heading.
pub fn paste_fits_nothing(kind: Kind) -> String {
    words!("This is {}, for another form", paste_kind(kind))
}

/// "Filled in from a curl command: Username, Password."
pub fn paste_filled(kind: Kind, labels: &[&str]) -> String {
    let labels = joined(labels.iter().copied(), ", ");
    words!("Filled in from {}: {}.", paste_kind(kind), labels)
}

/// "Not used: user.name, grant."
pub fn paste_unused(names: &[String]) -> String {
    words!(
        "Not used: {}.",
        joined(names.iter().map(String::as_str), ", ")
    )
}

/// The full name of the button that shows or hides a secret.
pub fn reveal(shown: bool, label: &str) -> String {
    if shown {
        words!("Hide {}", label)
    } else {
        words!("Show {}", label)
    }
}

/// The word on that button.
pub const fn reveal_short(shown: bool) -> &'static str {
    if shown { "Hide" } else { "Show" }
}

/// Title and text of a warning that does not stop anyone.
pub fn warning(warning: Warning) -> (String, String) {
    let (title, text) = match warning {
        Warning::StartsOtherwise(prefix) => (
            words!("Interchange tokens start with {}", prefix),
            "This may be the key of a source. You can use it all the same.",
        ),
        Warning::LooksLikeOurAccess(_) => (
            "This looks like an Interchange access token".to_owned(),
            "The source needs its own key here, the one that it gave you.",
        ),
    };
    (title, text.to_owned())
}

/// The name of the storefront service as people know it.
pub const INTERCHANGE: &str = "Interchange";

// Configuration

/// Heading when the configuration cannot be used.
pub const UNCONFIGURED_TITLE: &str = "Credenza is not set up yet";
/// What to do then.
pub const UNCONFIGURED_TEXT: &str =
    "Whoever runs this page can mend it: the README describes credenza.json.";
/// The file could not be fetched.
pub const CONFIG_UNREACHABLE: &str =
    "credenza.json could not be reached. Reload the page to try again";

/// The file was answered with another status than 200.
pub fn config_missing(status: u16) -> String {
    words!(
        "credenza.json could not be read (status {})",
        digits(status)
    )
}

/// What is wrong with the file.
pub fn config(error: &ConfigError) -> String {
    config_in("credenza.json", error)
}

/// The same for a configuration that came as `name`.
fn config_in(name: &str, error: &ConfigError) -> String {
    let problem = match error.problem {
        ConfigProblem::NotJson => "is not JSON",
        ConfigProblem::WrongType => "has a value of another type than described",
        ConfigProblem::Missing => "is missing",
        ConfigProblem::UnknownKey => "is not a setting of this service",
        ConfigProblem::UnknownAccess => "is not a way to authorize that this service has",
        ConfigProblem::NotAnAddress => "must be a path or an https address",
        ConfigProblem::NotHttps => "must be an https address",
        ConfigProblem::NotBeside => "must be a page beside this one",
    };
    match error.key.as_str() {
        "" => words!("{} {}", name, problem),
        key => words!("{}: {} {}", name, key, problem),
    }
}

// Shell

/// The way past the header.
pub const SKIP: &str = "Skip to content";
/// Name of the main navigation.
pub const MAIN_NAV: &str = "Main";
/// A page.
pub const OVERVIEW: &str = "Overview";
/// A page, and the things on it.
pub const STOREFRONTS: &str = "Storefronts";
/// A page.
pub const SETTINGS: &str = "Settings";
/// Read out before the company's name.
pub const COMPANY_PREFIX: &str = "Company: ";
/// Read out before the environment's name.
pub const ENVIRONMENT_PREFIX: &str = "Environment: ";
/// Light or dark.
pub const APPEARANCE: &str = "Appearance";
/// One of three.
pub const THEME_AUTO: &str = "Same as this device";
/// One of three.
pub const THEME_LIGHT: &str = "Light";
/// One of three.
pub const THEME_DARK: &str = "Dark";
/// The footer.
pub const FOOTER: &str = "Secrets stay in this page’s memory. None is stored.";
/// A notice at the top while there is no network.
pub const OFFLINE_TITLE: &str = "You are offline";
/// What that means.
pub const OFFLINE_TEXT: &str =
    "What you see may be old. What you type stays here until you are back.";
/// No page at this address.
pub const NOWHERE_TITLE: &str = "There is no page at this address";
/// Why that may be.
pub const NOWHERE_TEXT: &str = "The link may be old, or a letter is missing.";
/// A way out.
pub const TO_OVERVIEW: &str = "Go to the overview";
/// A way out.
pub const TO_STOREFRONTS: &str = "Look at the storefronts";

/// The title of the browser's tab.
pub fn page_title(page: &str) -> String {
    words!("{} · Credenza", page)
}

/// Texts with something between them; empty ones are left out.
pub fn joined<'a>(texts: impl Iterator<Item = &'a str>, between: &str) -> String {
    let mut all = String::new();
    for text in texts.filter(|text| !text.is_empty()) {
        if !all.is_empty() {
            all.push_str(between);
        }
        all.push_str(text);
    }
    all
}

/// `Interchange (Sandbox)`; without a label, the name alone.
pub fn with_label(name: &str, label: &str) -> String {
    if label.is_empty() {
        name.to_owned()
    } else {
        words!("{} ({})", name, label)
    }
}

// Words on buttons

/// After something failed.
pub const TRY_AGAIN: &str = "Try again";
/// After the session was renewed elsewhere.
pub const CONTINUE: &str = "Continue";
/// Leaves a form.
pub const CANCEL: &str = "Cancel";

// Access

/// Why a token is asked for the first time.
pub const TOKEN_NEEDED: &str = "Interchange wants to know who asks. The token is kept in this page’s \
                                memory, until you close or reload it.";
/// Why a token is asked for again.
pub const TOKEN_REFUSED: &str = "Interchange no longer accepts the token. Enter a new one to go on; what \
                                 you typed is still here.";
/// At the field, when the token was tried and refused.
pub const TOKEN_NOT_ACCEPTED: &str = "Interchange does not accept this token. Check that you copied all of \
                                      it, and that it has not expired";
/// The button.
pub const USE_TOKEN: &str = "Use token";
/// The button while the token is tried.
pub const CHECKING_TOKEN: &str = "Checking the token";
/// Behind a gateway.
pub const SESSION_ENDED_TITLE: &str = "Your session has ended";
/// What to do then.
pub const SESSION_ENDED_TEXT: &str = "Sign in in another tab, then continue here.";

/// A check that did not come to a result.
pub fn could_not_check(message: &Message) -> String {
    words!(
        "This could not be checked: {}. {}",
        lower(&message.title),
        message.detail
    )
}

/// The same as the rest of a sentence; a name of several capitals or our own stays as it is.
fn lower(text: &str) -> String {
    let mut text = text.to_owned();
    if let (false, Some(first)) = (text.starts_with(INTERCHANGE), text.get_mut(..1)) {
        first.make_ascii_lowercase();
    }
    text
}

// Overview and settings

/// The line under the heading.
pub const OVERVIEW_SUB: &str = "Which services you can connect from here, and what waits for you.";
/// Heading.
pub const ATTENTION: &str = "Needs attention";
/// Still being read.
pub const LOOKING_UP: &str = "Looking…";
/// All is well.
pub const NOTHING_OPEN: &str = "Nothing for now";
/// Heading of a list.
pub const PENDING_CONSENTS: &str = "Accounts that wait for consent";
/// Heading of a list.
pub const OPEN_SOURCES: &str = "Storefronts with sources that are not ready";
/// Not everything was looked at.
pub const ONLY_FIRST: &str = "Only the first 100 storefronts of each visibility were looked at.";
/// Heading.
pub const SERVICES: &str = "Services";
/// What the storefront service is for.
pub const STOREFRONT_CARD: &str = "See which inventory sources need credentials, and connect them.";
/// The configuration offers nothing.
pub const NO_SERVICES: &str =
    "No service is configured. Whoever runs this page adds one to credenza.json.";
/// Heading, and the name of a fact.
pub const ACCESS: &str = "Access";
/// What that is about.
pub const ACCESS_ABOUT: &str = "Who you are to Interchange.";
/// A gateway adds the authorization.
pub const ACCESS_GATEWAY: &str = "Through your portal’s session";
/// Nothing was given yet.
pub const ACCESS_TOKEN_NEEDED: &str = "A token, asked for when you open it";
/// Name of a fact.
pub const ACCESS_TOKEN: &str = "Token";
/// A token is in memory.
pub const TOKEN_KEPT: &str = "Kept in this page’s memory; gone when you reload or close it";
/// No token is in memory.
pub const TOKEN_NONE: &str = "None given yet";
/// Forgets it.
pub const FORGET_TOKEN: &str = "Forget the token";
/// Name of a fact.
pub const ROLE: &str = "Role";
/// Not told by the server.
pub const NOT_TOLD: &str = "Not told";
/// Heading.
pub const CONFIGURATION: &str = "Configuration";
/// What that is about.
pub const CONFIGURATION_ABOUT: &str = "Read from credenza.json. Whoever runs this page sets it.";

/// The way to all of a list.
pub fn all_of(n: usize) -> String {
    words!("Show all {}", digits(n))
}

/// Whose token is in use.
pub fn access_token_of(company: Option<&str>) -> String {
    match company {
        Some(company) => words!("Token of {}", company),
        None => "Token of a company that could not be read".to_owned(),
    }
}

// Storefronts

/// A filter.
pub const NAME: &str = "Name";
/// A filter.
pub const VISIBILITY: &str = "Visibility";
/// One of three.
pub const VISIBILITY_BOTH: &str = "All";
/// One of three.
pub const VISIBILITY_PUBLIC: &str = "Public";
/// One of three.
pub const VISIBILITY_PRIVATE: &str = "Private";
/// A filter, and the name of a fact.
pub const STATUS: &str = "Status";
/// No filter.
pub const ANY_STATUS: &str = "Any";
/// Name of a list.
pub const CHANNELS: &str = "Channels";
/// In place of a count.
pub const CONNECTS_ELSEWHERE: &str = "Connects elsewhere";
/// In place of a count.
pub const NO_SOURCES: &str = "No sources yet";
/// The button under the rows.
pub const LOAD_MORE: &str = "Load more";
/// There is none at all.
pub const NO_STOREFRONTS_TITLE: &str = "No storefronts yet";
/// What to do then.
pub const NO_STOREFRONTS_TEXT: &str =
    "Interchange shows none to your company. Ask the publisher whether you should see one.";
/// The filters hide everything.
pub const NOTHING_FOUND_TEXT: &str = "Part of a name is enough. The filters may hide some.";
/// Takes all filters away.
pub const CLEAR_FILTERS: &str = "Clear search and filters";

/// The line under the heading.
pub fn storefronts_sub(company: Option<&str>) -> String {
    words!(
        "Publishers on Interchange whose inventory {} can buy.",
        company.unwrap_or("your company")
    )
}

/// Nothing matches the search.
pub fn nothing_found(name: &str) -> String {
    match name {
        "" => "No storefront matches the filters".to_owned(),
        name => words!("No storefront has “{}” in its name", name),
    }
}

/// How many rows there are, read out when it changes.
pub fn storefront_count(shown: u64, total: u64, loading: bool, failed: bool) -> String {
    match (loading, failed) {
        (true, _) => "Reading storefronts…".to_owned(),
        (false, true) => "Storefronts could not be read".to_owned(),
        (false, false) if shown < total => {
            words!(
                "{} of {}",
                digits(shown),
                count(total, "storefront", "storefronts")
            )
        }
        (false, false) => count(total.max(shown), "storefront", "storefronts"),
    }
}

/// `40 of 512`.
pub fn some_of(shown: u64, total: u64) -> String {
    words!("{} of {}", digits(shown), digits(total))
}

/// `2 of 4 sources ready`. The API counts those that need nothing as well.
pub fn sources_ready(ready: u64, all: u64) -> String {
    words!(
        "{} of {} ready",
        digits(ready),
        count(all, "source", "sources")
    )
}

/// A channel, as people write it: short names are abbreviations.
pub fn channel(name: &str) -> String {
    if name.len() <= 4 {
        name.to_ascii_uppercase()
    } else {
        capital(&name.replace('_', " "))
    }
}

/// `effectiveStatus` and the values of the status filter, as words.
pub fn readiness(status: &str) -> String {
    match status {
        "live" => "Live".to_owned(),
        "blocked" => "Blocked".to_owned(),
        "paused" => "Paused".to_owned(),
        "archived" => "Archived".to_owned(),
        "configuring" => "Being set up".to_owned(),
        "transacting" => "In business".to_owned(),
        "neutral" => "Neutral".to_owned(),
        other => capital(other),
    }
}

// One storefront

/// Heading.
pub const SOURCES: &str = "Sources";
/// What the sources need could not be read.
pub const NEEDS_UNREAD: &str = "What the sources need could not be read";
/// The credentials could not be read.
pub const CREDENTIALS_UNREAD: &str = "Your credentials could not be read";
/// What follows from that.
pub const SOME_UNKNOWN: &str = "Until then, some states are unknown.";
/// A storefront without sources.
pub const NO_SOURCES_TITLE: &str = "This storefront has no sources yet";
/// The sources could not be read.
pub const SOURCES_UNREAD: &str = "The sources could not be read";
/// What that means.
pub const NO_SOURCES_TEXT: &str = "There is nothing to connect here for now.";
/// 404 of a storefront.
pub const STOREFRONT_GONE_TITLE: &str = "This storefront no longer exists or is not visible to you";
/// What to do then.
pub const STOREFRONT_GONE_TEXT: &str = "Your company may not see it, or the address is old.";
/// An action.
pub const CONNECT: &str = "Connect";
/// An action: looks at a source that has accounts.
pub const LOOK: &str = "Details";
/// An action.
pub const ADD_ACCOUNT: &str = "Add another account";
/// Nothing covers the source.
pub const NO_ACCOUNT: &str = "No account";
/// Name of a list.
pub const ACCOUNTS: &str = "Accounts";
/// A status.
pub const STATUS_CONNECTED: &str = "Connected";
/// A status.
pub const STATUS_NEEDS: &str = "Needs credentials";
/// A status.
pub const STATUS_NONE_NEEDED: &str = "Nothing needed";
/// A status.
pub const STATUS_PENDING: &str = "Waiting for consent";
/// A status.
pub const STATUS_UNKNOWN: &str = "Unknown";
/// Between who registered an account that waits, and when.
pub const SINCE: &str = ", pending since ";
/// Between who registered an account, and when.
pub const ON: &str = ", ";
/// What an adapter storefront does.
pub const ADAPTER_TEXT: &str =
    "It takes no key here: Interchange connects it on a page of its own.";
/// Opens that page.
pub const OPEN_CONNECTION: &str = "Open the connection page";
/// The same, while its address is on its way.
pub const OPENING: &str = "Opening";
/// It was opened.
pub const CONNECTION_OPENED: &str =
    "It opened in a new tab. Come back when you are done, and press “Check now”.";

/// How the connection of an adapter storefront stands.
pub fn adapter_status(status: Option<&str>) -> String {
    match status {
        None | Some("not_connected") => "Not connected yet".to_owned(),
        Some("needs_account_selection") => "An account is still to be chosen there".to_owned(),
        Some(other) => capital(&other.replace('_', " ")),
    }
}

/// By whom an account was registered.
pub fn registered_by(by: Option<&str>) -> String {
    match by {
        Some(by) => words!("by {}", by),
        None => "by whom is not recorded".to_owned(),
    }
}

/// `CLIENT` and `MARKETPLACE`, as a fact.
pub fn account_kind(kind: &str) -> &str {
    match kind {
        "CLIENT" => "Client account, of your company alone",
        "MARKETPLACE" => "Marketplace account, shared by every buyer of the source",
        other => other,
    }
}

/// An adapter storefront, named after its provider.
pub fn adapter_title(provider: &str) -> String {
    words!(
        "{} is connected in another way",
        capital(&provider.to_ascii_lowercase())
    )
}

/// The heading while the name is not known.
pub fn storefront_title(id: u64) -> String {
    words!("Storefront {}", digits(id))
}

/// `CLIENT` and `MARKETPLACE`, as words.
pub fn account_type(kind: &str) -> String {
    match kind {
        "CLIENT" => "client".to_owned(),
        "MARKETPLACE" => "marketplace".to_owned(),
        other => other.to_ascii_lowercase(),
    }
}

/// `2 of 4 sources ready, 1 needs credentials`, read out when it changes.
pub fn source_count(rows: &[SourceRow]) -> String {
    let of = |status| rows.iter().filter(|row| row.status == status).count() as u64;
    let ready = of(SourceStatus::Connected) + of(SourceStatus::NoneNeeded);
    let mut words = sources_ready(ready, rows.len() as u64);
    for (n, one, many) in [
        (
            of(SourceStatus::NeedsCredentials),
            "needs credentials",
            "need credentials",
        ),
        (
            of(SourceStatus::Pending),
            "waits for consent",
            "wait for consent",
        ),
        (of(SourceStatus::Unknown), "unknown", "unknown"),
    ] {
        if n > 0 {
            let more = words!(", {} {}", digits(n), if n == 1 { one } else { many });
            words.push_str(&more);
        }
    }
    words
}

// All credentials

/// A page, and the things on it.
pub const CREDENTIALS: &str = "Credentials";
/// The columns of the file that can be saved.
pub const CSV_NAMES: [&str; 8] = [
    CREDENTIAL_ID,
    ACCOUNT,
    SOURCES,
    TYPE,
    STATUS,
    REGISTERED_BY,
    "Created (UTC)",
    "Updated (UTC)",
];
/// A column.
pub const CREATED: &str = "Created";
/// A column.
pub const UPDATED: &str = "Updated";
/// A column of buttons.
pub const NEXT_STEP: &str = "Next step";
/// A filter over all columns.
pub const FILTER: &str = "Filter";
/// One of three.
pub const CLIENT: &str = "Client";
/// One of three.
pub const MARKETPLACE: &str = "Marketplace";
/// One of three.
pub const ACTIVE: &str = "Active";
/// One of three.
pub const PENDING: &str = "Pending";
/// Saves the rows that are shown.
pub const DOWNLOAD_CSV: &str = "Download CSV";
/// There are none.
pub const NO_CREDENTIALS_TITLE: &str = "No credentials yet";
/// What to do then.
pub const NO_CREDENTIALS_TEXT: &str =
    "Connect a source of a storefront; it is listed here from then on.";
/// No marketplace account is in the list.
pub const NONE_VISIBLE_TITLE: &str = "None visible to this token";
/// Why that may be.
pub const NONE_VISIBLE_TEXT: &str = "There may be some that Interchange shows to admins alone.";
/// The filters hide everything.
pub const NO_CREDENTIAL_FITS: &str = "No credential fits the filter";
/// What to do then.
pub const NO_CREDENTIAL_FITS_TEXT: &str =
    "A part of any column is enough. The other filters may hide some.";
/// A credential whose sources are gone.
pub const NO_SOURCE_LEFT: &str = "No source left";

/// The line under the heading.
pub fn credentials_sub(company: Option<&str>) -> String {
    [
        "Every account that ",
        company.unwrap_or("your company"),
        " has registered at a source.",
    ]
    .concat()
}

/// How many credentials there are, read out when it changes.
pub fn credential_count(all: usize, shown: usize, loading: bool) -> String {
    if loading {
        return "Reading credentials…".to_owned();
    }
    let noun = if all == 1 {
        " credential"
    } else {
        " credentials"
    };
    let all_of = [&grouped(all), noun].concat();
    if all == shown {
        all_of
    } else {
        [&grouped(shown), " of ", &all_of].concat()
    }
}

/// `10,000`.
fn grouped(n: usize) -> String {
    let digits = digits(n);
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `Harbor Radio at Harbor Audio Network`, as far as it is told.
pub fn source_of(pair: &CoveredSource) -> String {
    let source = pair.source_name.as_deref().unwrap_or(&pair.source_id);
    match &pair.storefront_name {
        Some(name) => source_at(source, name),
        None => source_at(source, &lower(&storefront_title(pair.storefront_id))),
    }
}

/// What a credential covers.
pub fn sources_of(sources: Option<&[CoveredSource]>) -> String {
    match sources {
        None => NOT_TOLD.to_owned(),
        Some([]) => NO_SOURCE_LEFT.to_owned(),
        Some(pairs) => {
            let pairs: Vec<String> = pairs.iter().map(source_of).collect();
            pairs.join(", ")
        }
    }
}

/// `CLIENT` and `MARKETPLACE` in a column.
pub fn credential_type(kind: Option<&str>) -> String {
    match kind {
        None => NOT_TOLD,
        Some("CLIENT") => CLIENT,
        Some("MARKETPLACE") => MARKETPLACE,
        Some(other) => other,
    }
    .to_owned()
}

/// A status in a column.
pub fn credential_status(status: &str) -> String {
    match status {
        "ACTIVE" => ACTIVE,
        "PENDING" => PENDING,
        other => other,
    }
    .to_owned()
}

// Connecting a source

/// The way back.
pub const BACK_TO_STOREFRONT: &str = "Back to the storefront";
/// 404 of a source.
pub const SOURCE_GONE_TITLE: &str = "This source no longer exists or is not visible to you";
/// What to do then.
pub const SOURCE_GONE_TEXT: &str = "Go back to the storefront and choose from its list.";
/// A source that wants nothing.
pub const NOTHING_NEEDED_TITLE: &str = "This source needs no credentials";
/// Why.
pub const NOTHING_NEEDED_TEXT: &str =
    "Interchange acts for you here. There is nothing to register.";
/// Where the secret goes, before the name.
pub const GOES_TO: &str = "What you type here goes to ";
/// Where the secret goes, after the name.
pub const GOES_TO_END: &str = ", which keeps it and uses it at {source}. This page keeps nothing.";
/// Before sending.
pub const CANNOT_BE_CHANGED: &str = "This cannot be changed or removed here later.";
/// The button.
pub const CONNECT_SOURCE: &str = "Connect source";
/// The button for a source at whose provider the person signs in.
pub const CONNECT_AND_SIGN_IN: &str = "Connect and sign in";
/// The button for a marketplace account, in the form and in the question before it is sent.
pub const CREATE_MARKETPLACE: &str = "Create marketplace account";
/// The question before a marketplace account is sent.
pub const CONFIRM_TITLE: &str = "Create a marketplace account?";
/// What it means.
pub const CONFIRM_TEXT: &str =
    "Every buyer of {source} will use this account. It cannot be changed or removed here later.";
/// Leaves the question.
pub const GO_BACK: &str = "Go back";
/// The button while the request is on its way.
pub const SENDING: &str = "Connecting";
/// The button while the list is read.
pub const READING_LIST: &str = "Checking";
/// Read out while the request is on its way.
pub const SENDING_LONG: &str = "Sending it to Interchange. This takes up to 30 seconds.";
/// Read out while the list is read.
pub const CHECKING_LONG: &str = "The answer was lost, so we read your list of credentials to see whether it \
                                 was saved. Nothing is sent again.";
/// A 409.
pub const ALREADY_REGISTERED: &str = "This account is already registered at this source, and its key cannot be \
                                      replaced here. Use another identifier";
/// The list does not have it.
pub const NOT_LISTED: &str = "Your list of credentials does not have it, so it was most likely not saved. What \
                              you typed is still here; you can send it again.";
/// Neither the answer nor the list could be read.
pub const UNCHECKED_TITLE: &str = "We could not tell whether it was saved";
/// Nothing was lost by a failure.
pub const STILL_HERE: &str = "What you typed is still here.";
/// Another company, before anything was sent.
pub const NOTHING_WAS_SENT: &str = "Nothing was sent.";
/// Another company, after a try whose answer was lost.
pub const STILL_UNKNOWN: &str = "Whether the first try was saved is not known yet.";
/// Another company: what to do.
pub const LOOK_AGAIN: &str = "Look at what you typed before you go on.";
/// A way out.
pub const USE_ANOTHER_TOKEN: &str = "Use another token";
/// Heading beside the form.
pub const ABOUT_CONNECTION: &str = "About this connection";
/// A line beside the form.
pub const SEVERAL_ACCOUNTS: &str =
    "A source may hold several accounts. Each has its own name or number.";
/// A link beside the form.
pub const HELP_LINK: &str = "How Interchange describes this";
/// Read out after a link that opens a tab.
pub const NEW_TAB: &str = " (new tab)";
/// Name of a fact.
pub const SOURCE_ID: &str = "Source ID";
/// Name of a fact.
pub const FOR: &str = "For";
/// Name of a fact.
pub const ENVIRONMENT: &str = "Environment";

/// The page's heading.
pub fn connect_title(source: &str) -> String {
    words!("Connect {}", source)
}

/// Whom a credential serves.
pub fn whole_company(company: &str) -> String {
    words!("{}, the whole company", company)
}

/// After the list was read and does not have it.
pub const SEND_AGAIN: &str = "Send again";
/// After the list could not be read.
pub const CHECK_AGAIN: &str = "Check again";

/// The words on the button while the server wants us to wait.
pub fn retry_in(seconds: u32) -> String {
    let (count, unit) = if seconds < 100 {
        (seconds, "s")
    } else {
        (seconds.div_ceil(60), "min")
    };
    words!("Try again in {} {}", digits(count), unit)
}

/// Why neither the answer nor the list could be read.
pub fn unchecked(lost: &Message, why: &Message) -> String {
    words!(
        "{}, and the list of your credentials could not be read: {}. What you typed is still here. We check again before anything is sent.",
        lost.title,
        lower(&why.title)
    )
}

/// Another company asks than before, or whose it is could not be read.
pub fn other_company_title(company: Option<&str>, gateway: bool) -> String {
    match (company, gateway) {
        (Some(company), false) => words!("This token belongs to {}", company),
        (Some(company), true) => words!("You are now signed in for {}", company),
        (None, _) => "We could not read which company you are asking for".to_owned(),
    }
}

/// The button that goes on with it.
pub fn continue_for(company: Option<&str>) -> String {
    match company {
        Some(company) => words!("Continue for {}", company),
        None => "Continue all the same".to_owned(),
    }
}

// Results

/// A result.
pub const CONNECTED_TITLE: &str = "Connected";
/// A result with a status that says neither connected nor waiting.
pub const STORED_TITLE: &str = "Stored";
/// What that means, and what it does not.
pub const CONNECTED_TEXT: &str = "Interchange stored the credential; it does not tell us whether {source} has \
                                  accepted it.";
/// The same, when the answer was lost.
pub const LISTED_TEXT: &str = "The answer was lost, but your list of credentials has it: Interchange stored the \
                               credential. It does not tell us whether {source} has accepted it.";
/// The same, after consent.
pub const CONSENTED_TEXT: &str =
    "Interchange has your consent; it does not tell us whether {source} has accepted it.";
/// What a connected source opens on.
pub const IS_CONNECTED: &str = "These accounts cover {source}. Interchange does not tell us whether the source has accepted them.";
/// What a source opens on whose account waits.
pub const IS_PENDING: &str = "{source} is connected as soon as you agree at the provider.";
/// What consent is about.
pub const CONSENT_TEXT: &str =
    "{source} wants you to agree on its own page. Come back here when you are done.";
/// Shown in the tab that is opened before its address is known.
pub const TAB_WAITS: &str = "One moment: asking for the address of the provider’s page.";
/// The tab was opened.
pub const TAB_OPENED: &str =
    "The provider’s page opened in a new tab. If you cannot find it, open it from here.";
/// The tab could not be opened, or not be had.
pub const TAB_BLOCKED: &str = "We could not control the tab for the provider’s page";
/// What to do then.
pub const TAB_BLOCKED_TEXT: &str = "If no new tab is there, open it from here.";
/// A fresh address is on its way.
pub const ASKING_AGAIN: &str = "Asking for a new address of the provider’s page.";
/// The answer had no address.
pub const NO_ADDRESS: &str =
    "There is no address of the provider’s page. Start consent again to get one.";
/// Copies the address of the consent page.
pub const COPY_ADDRESS: &str = "Copy address";
/// Opens the rarer ways to the consent page.
pub const OTHER_WAYS: &str = "Another account, or no new tab";
/// Whose account is connected.
pub const ANOTHER_PERSON: &str = "Another account? Open it in a private window or another browser profile. Whoever \
                                  approves connects their own account.";
/// What going on in this tab means.
pub const SAME_TAB_TEXT: &str =
    "Or go on in this tab: use Back afterwards and enter your token again.";
/// Goes on in this tab.
pub const SAME_TAB: &str = "Continue in this tab";
/// Makes a fresh consent page for an account that waits.
pub const START_AGAIN: &str = "Start consent again";
/// While the list is read from time to time.
pub const LOOKING: &str = "We look every few seconds whether you agreed.";
/// After a quarter of an hour.
pub const STOPPED_LOOKING: &str =
    "We have stopped looking. Press “Check now” when you have agreed.";
/// What becomes of the entry.
pub const STAYS_PENDING: &str = "If you stop waiting, the entry stays pending in your list.";
/// Name of a fact.
pub const PENDING_SINCE: &str = "Pending since";
/// Name of a fact.
pub const TYPE: &str = "Account type";
/// Name of a fact.
pub const STOREFRONT_ID: &str = "Storefront ID";

/// The same button, by its whole name.
pub fn start_again(identifier: &str) -> String {
    words!("{} for {}", START_AGAIN, identifier)
}

/// The words on the button while the server wants us to wait.
pub fn check_in(seconds: u32) -> String {
    words!("Check again in {} s", digits(seconds))
}

/// Starting again did not come to a result.
pub fn could_not_start(message: &Message) -> String {
    words!(
        "Consent could not be started: {}. {}",
        lower(&message.title),
        message.detail
    )
}

/// A 409 when consent was to be started again.
pub fn another_identifier(identifier: &str) -> String {
    words!(
        "Interchange gives no new sign-in page for “{}”. Use another identifier; the old entry stays in your list as waiting for consent",
        identifier
    )
}

/// The way on to the next source.
pub fn next_source(number: usize, of: usize) -> String {
    words!(
        "Next source that needs credentials ({} of {})",
        digits(number),
        digits(of)
    )
}
/// The link to that page.
pub const OPEN_CONSENT: &str = "Open the consent page";
/// Reads the list.
pub const CHECK_NOW: &str = "Check now";
/// While the list is read.
pub const CHECKING: &str = "Checking";
/// Leaves the panel.
pub const STOP_WAITING: &str = "Stop waiting";
/// Not yet.
pub const CONSENT_NOT_YET: &str = "Interchange has not seen your consent yet. If you declined or closed the window, \
                                   start again.";
/// The credential is not in the list.
pub const CONSENT_NOT_LISTED: &str = "Your list of credentials does not have this entry.";
/// An address that is not opened.
pub const ADDRESS_REFUSED: &str = "The address of the consent page is not safe to open";
/// Why.
pub const ADDRESS_REFUSED_TEXT: &str = "It is not an https address. Tell your Interchange contact.";
/// Name of a fact.
pub const OPENS: &str = "Opens";
/// Name of a fact.
pub const SERVICE: &str = "Service";
/// Name of a fact.
pub const COMPANY: &str = "Company";
/// Name of a fact.
pub const STOREFRONT: &str = "Storefront";
/// Name of a fact.
pub const SOURCE: &str = "Source";
/// Name of a fact.
pub const ACCOUNT: &str = "Account";
/// Name of a fact.
pub const CREDENTIAL_ID: &str = "Credential ID";
/// Name of a fact.
pub const REGISTERED_BY: &str = "Registered by";
/// Name of a fact.
pub const REGISTERED: &str = "Registered";
/// Name of a fact.
pub const ALSO_COVERS: &str = "Also covers";
/// The server does not tell who.
pub const NOT_RECORDED: &str = "not recorded";
/// Copies the facts.
pub const COPY_SUMMARY: &str = "Copy summary";
/// It worked.
pub const COPIED: &str = "Copied. It holds no secret.";
/// It did not.
pub const NOT_COPIED: &str = "The browser did not let us copy. Select the text above instead.";

/// `Orchard Web at Orchard Retail Media`.
pub fn source_at(source: &str, storefront: &str) -> String {
    words!("{} at {}", source, storefront)
}

/// The way back, by name.
pub fn back_to(name: &str) -> String {
    words!("Back to {}", name)
}

/// Names and values as lines of text; unknown values are left out.
pub fn summary(rows: &[(&str, &str)]) -> String {
    let mut lines = String::new();
    for (name, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        for part in [*name, ": ", *value, "\n"] {
            lines.push_str(part);
        }
    }
    lines.pop();
    lines
}
