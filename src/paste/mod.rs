//! What a person has at hand, in one piece, and which fields of which form it fills. Pure.
//!
//! [`read`] takes a text for what it is (an API's own body, a `curl` command, a file of keys) and leaves names and
//! values. [`fill`] looks for the row of a form that they belong to. Nothing is sent or kept here.

mod aws;
mod curl;
mod env;
mod fill;
mod json;
mod key;
mod names;
mod shell;

use crate::credential::Secret;

pub use fill::{Filling, fill};

/// What a text was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// JSON, or the body of a web form: what an API takes or gives.
    Body,
    /// A `curl` command.
    Curl,
    /// A request as it goes over the wire.
    Request,
    /// The key file of a Google service account.
    ServiceAccount,
    /// An Azure Storage connection string.
    ConnectionString,
    /// A credentials file of the AWS tools.
    AwsProfile,
    /// The table that the AWS console gives out for an access key.
    AwsCsv,
    /// Lines of names and values, as in a `.env` file.
    Env,
    /// A private key in OpenSSH's own form.
    SshKey,
    /// A private key in PEM form.
    PrivateKey,
}

/// What a text holds.
#[derive(Debug)]
pub struct Pasted {
    /// What it was taken for.
    pub kind: Kind,
    /// Names and values in the order of the text. A name inside of another has dots; one that a request carries
    /// beside its body begins with `header.`.
    pub values: Vec<(String, Secret)>,
}

/// Why nothing could be made of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// There is none.
    Empty,
    /// More than 64 KiB.
    TooLong,
    /// More than 200 values.
    TooMany,
    /// Its end is missing: a quotation mark, a bracket or a line that closes it.
    Cut,
    /// The public half of a key.
    PublicKey,
    /// A certificate, or a request for one.
    Certificate,
    /// A key of `PuTTY`'s.
    Putty,
    /// A page of the web.
    Page,
    /// It looks like JSON and is none.
    Broken,
    /// It was understood, and there is no value in it.
    Nothing,
    /// It is none of what is understood.
    Unknown,
}

/// Longer texts are not looked at.
const LIMIT: usize = 64 * 1024;

/// More values are not taken.
const MOST: usize = 200;

/// What a text may be besides what every form understands; nothing when it is none of it.
type Own = fn(&str) -> Option<Result<Pasted, Unread>>;

/// Takes a pasted text apart: whatever is known.
pub fn read(text: &str) -> Result<Pasted, Unread> {
    read_with(text, stores)
}

/// The same for forms that no file of AWS, no connection string and no list fits. (A program without other forms leaves those
/// readers out.)
pub fn read_common(text: &str) -> Result<Pasted, Unread> {
    read_with(text, |_| None)
}

/// What gives access to a store of files, and a list of what a service has.
fn stores(text: &str) -> Option<Result<Pasted, Unread>> {
    if aws::is_profile(text) && !text.starts_with('{') {
        return Some(aws::profile(text));
    }
    if names::is_connection_string(text) {
        let value = Secret::new(text.split_whitespace().collect::<String>());
        return Some(Ok(one(Kind::ConnectionString, "connectionString", value)));
    }
    // The name of a profile stood in brackets too.
    let list = || text.starts_with('[').then(|| json::read(text));
    aws::table(text).or_else(list)
}

fn read_with(text: &str, own: Own) -> Result<Pasted, Unread> {
    if text.len() > LIMIT {
        return Err(Unread::TooLong);
    }
    let plain = plain(text);
    let text = bare(plain.expose());
    if text.is_empty() {
        return Err(Unread::Empty);
    }
    if text.contains('\0') {
        return Err(Unread::Unknown);
    }
    let pasted = known(text, own)?;
    if pasted.values.is_empty() {
        return Err(Unread::Nothing);
    }
    Ok(pasted)
}

fn known(text: &str, own: Own) -> Result<Pasted, Unread> {
    if text.starts_with('<') {
        return Err(Unread::Page);
    }
    if text.starts_with('{') {
        return json::read(text);
    }
    let found = key::read(text).or_else(|| curl::read(text));
    if let Some(found) = found.or_else(|| own(text)) {
        return found;
    }
    if let Some(values) = curl::form_alone(text) {
        return Ok(Pasted {
            kind: Kind::Body,
            values: values.checked()?,
        });
    }
    match env::read(text) {
        // A key with a letter around it.
        Err(Unread::Unknown) => key::inside(text),
        found => found,
    }
}

/// A text that is one value as a whole.
fn one(kind: Kind, name: &str, value: Secret) -> Pasted {
    Pasted {
        kind,
        values: vec![(name.to_owned(), value)],
    }
}

/// The text with LF at the ends of its lines, and without the marks of a byte order.
fn plain(text: &str) -> Secret {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\u{feff}' => {}
            '\r' => {
                if rest.peek() != Some(&'\n') {
                    plain.push('\n');
                }
            }
            c => plain.push(c),
        }
    }
    Secret::new(plain)
}

/// What stands between the fences of a text that was copied with them, or the text itself.
fn bare(text: &str) -> &str {
    let text = text.trim();
    let Some(fence) = ["```", "~~~"]
        .iter()
        .find(|fence| text.starts_with(**fence))
    else {
        return text;
    };
    let inside = text.split_once('\n').map_or("", |(_, inside)| inside);
    let end = inside.find(fence).unwrap_or(inside.len());
    inside.get(..end).unwrap_or_default().trim()
}

/// Values on their way.
#[derive(Default)]
struct Values(Vec<(String, Secret)>);

impl Values {
    /// Adds one. Of two with one name the later counts, as everywhere that these texts come from.
    fn push(&mut self, name: &str, value: Secret) {
        // One more than may be there tells that there are too many.
        if self.0.len() > MOST {
            return;
        }
        match self.0.iter_mut().find(|(known, _)| known == name) {
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    fn checked(self) -> Result<Vec<(String, Secret)>, Unread> {
        if self.0.len() > MOST {
            Err(Unread::TooMany)
        } else {
            Ok(self.0)
        }
    }
}

#[cfg(test)]
mod tests;
