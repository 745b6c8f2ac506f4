//! A `curl` command: the body that it sends, and the headers that authorize it.

use super::names::is_among;
use super::{Kind, Pasted, Unread, Values, json, shell};
use crate::credential::Secret;
use crate::credential::pem;
use crate::credential::seek::{holds, split_at};

/// The command and what stands behind it, from the first line that begins with it, perhaps behind the sign of a
/// prompt.
fn command(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        let mut line = rest.trim_start();
        for prompt in ["$ ", "% ", "> "] {
            line = line.strip_prefix(prompt).unwrap_or(line).trim_start();
        }
        let first = line.split([' ', '\t', '\n']).next();
        if matches!(first, Some("curl" | "curl.exe")) {
            return Some(line);
        }
        (_, rest) = rest.split_once('\n')?;
    }
}

/// What a command sends.
#[derive(Default)]
struct Call {
    url: Option<Secret>,
    user: Option<Secret>,
    headers: Vec<Secret>,
    /// What stands in the body; of a form, pairs that are written out already.
    data: Vec<Secret>,
    plain: Vec<Secret>,
}

/// The values of the first command in a text, or of the request that it is as documents print it; nothing when there is
/// neither.
pub fn read(text: &str) -> Option<Result<Pasted, Unread>> {
    match command(text) {
        Some(command) => {
            let words = shell::words(command);
            Some(words.and_then(|words| values(&Call::of(words), Kind::Curl)))
        }
        None => Call::printed(text).map(|call| values(&call, Kind::Request)),
    }
}

fn values(call: &Call, kind: Kind) -> Result<Pasted, Unread> {
    let mut values = Values::default();
    for header in &call.headers {
        take_header(header.expose(), &mut values);
    }
    if let Some(user) = &call.user {
        take_user(user.expose(), &mut values);
    }
    take_url(call.url.as_ref().map_or("", Secret::expose), &mut values);
    take_body(call, &mut values);
    if values.has("grant_type") {
        at_the_token_endpoint(call, &mut values);
    }
    Ok(Pasted {
        kind,
        values: values.checked()?,
    })
}

/// Which option of curl's a letter stands for, of those that take a value.
const LETTERS: &str = "HduXFoAebcmxwTKEyYztrCDPQU";

/// The long names of options that take a value.
const LONG: &str = "header data data-raw data-ascii data-binary data-urlencode json user url oauth2-bearer \
                    form form-string request output user-agent referer cookie cookie-jar connect-timeout max- \
                    time proxy proxy-user cacert cert key resolve retry retry-delay write-out upload-file \
                    config max-redirs interface";

impl Call {
    fn of(words: Vec<Secret>) -> Self {
        let mut call = Self::default();
        let mut words = words.into_iter().skip(1);
        while let Some(word) = words.next() {
            let text = word.expose();
            if let Some(name) = text.strip_prefix("--") {
                let (name, value) = match name.split_once('=') {
                    Some((name, value)) => (name, Some(Secret::new(value))),
                    None => (name, None),
                };
                if is_among(LONG, name)
                    && let Some(value) = value.or_else(|| words.next())
                {
                    call.option(name, value);
                }
            } else if let Some(letters) = text.strip_prefix('-') {
                call.letters(letters, &mut words);
            } else if call.url.is_none() {
                call.url = Some(word);
            }
        }
        call
    }

    /// A request as it goes over the wire (RFC 9112): a line with its method, its headers, an empty line, its body.
    fn printed(text: &str) -> Option<Self> {
        let (first, mut rest) = text.split_once('\n')?;
        let mut words = first.split(' ');
        let method = words.next()?;
        let path = words.next()?;
        let version = words.next()?;
        let known = ["POST", "PUT", "PATCH", "GET"].contains(&method);
        if !known || !version.starts_with("HTTP/") {
            return None;
        }
        let mut call = Self::default();
        let mut host = "";
        while let Some((line, below)) = rest.split_once('\n') {
            rest = below;
            if line.trim().is_empty() {
                break;
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("host")
            {
                host = value.trim();
            }
            call.headers.push(Secret::new(line));
        }
        call.url = Some(Secret::new(["https://", host, path].concat()));
        call.data.push(Secret::new(rest.trim()));
        Some(call)
    }

    /// Several letters behind one hyphen; the value of the last may follow at once.
    fn letters(&mut self, letters: &str, words: &mut impl Iterator<Item = Secret>) {
        let Some(at) = letters.find(|letter| LETTERS.contains(letter)) else {
            return;
        };
        let (_, from) = letters.split_at(at);
        let name = from.get(..1).unwrap_or_default();
        let rest = from.get(1..).unwrap_or_default();
        let value = if rest.is_empty() {
            words.next()
        } else {
            Some(Secret::new(rest))
        };
        if let Some(value) = value {
            self.option(name, value);
        }
    }

    fn option(&mut self, name: &str, value: Secret) {
        match name {
            "H" | "header" => self.headers.push(value),
            "u" | "user" => self.user = Some(value),
            "url" => self.url = Some(value),
            "oauth2-bearer" => {
                let header = ["Authorization: Bearer ", value.expose()].concat();
                self.headers.push(Secret::new(header));
            }
            "d" | "data" | "data-raw" | "data-ascii" | "data-binary" | "json" => {
                self.data.push(value);
            }
            "data-urlencode" | "F" | "form" | "form-string" => self.plain.push(value),
            _ => {}
        }
    }
}

/// Headers that say nothing about a credential.
const COMMON: &[&str] = &[
    "content-",
    "accept",
    "user-agent",
    "host",
    "cache-control",
    "connection",
    "origin",
    "referer",
    "sec-",
];

fn take_header(header: &str, values: &mut Values) {
    let Some((name, value)) = header.split_once(':') else {
        return;
    };
    let (name, value) = (name.trim(), value.trim());
    let lower = name.to_ascii_lowercase();
    if COMMON.iter().any(|common| lower.starts_with(common)) {
        return;
    }
    if lower == "authorization" {
        let (scheme, rest) = value.split_once(' ').unwrap_or((value, ""));
        if scheme.eq_ignore_ascii_case("basic") {
            return take_basic(rest.trim(), values);
        }
        if scheme.eq_ignore_ascii_case("bearer") {
            values.push("header.auth_type", Secret::new("bearer"));
            values.push("header.Authorization", Secret::new(rest.trim()));
            return;
        }
    }
    let value = match lower.as_str() {
        "x-verve-namespace" => value.strip_prefix("project:").unwrap_or(value),
        _ => value,
    };
    values.push(&["header.", name].concat(), Secret::new(value));
}

/// The base64 of a username and a password.
fn take_basic(encoded: &str, values: &mut Values) {
    let pair = pem::base64(encoded);
    match pair.as_deref().map(|pair| str::from_utf8(pair)) {
        Some(Ok(pair)) => take_user(pair, values),
        _ => values.push("header.Authorization", Secret::default()),
    }
}

/// A username and a password with a colon between them.
fn take_user(pair: &str, values: &mut Values) {
    let (user, password) = pair.split_once(':').unwrap_or((pair, ""));
    // Some forms want both in one text.
    values.push(
        "header.pair",
        Secret::new(if password.is_empty() { "" } else { pair }),
    );
    values.push("header.auth_type", Secret::new("basic"));
    values.push("header.username", Secret::new(user));
    values.push("header.password", Secret::new(password));
}

/// What an address carries besides itself: a username and a password, and a query that is a form.
fn take_url(url: &str, values: &mut Values) {
    let Some((_, rest)) = split_at(url, "://") else {
        return;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((pair, _)) = authority.rsplit_once('@') {
        take_user(decoded(pair, false).expose(), values);
    }
    if let Some((_, query)) = rest.split_once('?')
        && holds(query, "grant_type=")
    {
        take_form(query.split('#').next().unwrap_or_default(), values);
    }
}

fn take_body(call: &Call, values: &mut Values) {
    let mut body =
        String::with_capacity(call.data.iter().map(|part| part.expose().len() + 1).sum());
    for part in &call.data {
        if !body.is_empty() {
            body.push('&');
        }
        body.push_str(part.expose());
    }
    let body = Secret::new(body);
    let text = body.expose().trim();
    if text.starts_with(['{', '[']) {
        if !json::take(text, values) {
            values.push("body", Secret::default());
        }
    } else if text.starts_with('@') {
        values.push("body", Secret::default());
    } else {
        take_form(text, values);
    }
    for pair in &call.plain {
        if let Some((name, value)) = pair.expose().split_once('=') {
            take_pair(name, Secret::new(value), values);
        }
    }
}

/// The pairs of a form (application/x-www-form-urlencoded).
fn take_form(form: &str, values: &mut Values) {
    for pair in form.split('&') {
        if let Some((name, value)) = pair.split_once('=') {
            take_pair(decoded(name, true).expose(), decoded(value, true), values);
        }
    }
}

fn take_pair(name: &str, value: Secret, values: &mut Values) {
    let name = name.trim();
    // What ends in the signs that fill up base64 is a value, and no name that has none.
    if !name.is_empty() && !value.expose().bytes().all(|byte| byte == b'=') {
        values.push(name, value);
    }
}

/// A form that stands alone in one line.
pub fn form_alone(text: &str) -> Option<Values> {
    let is_one = text.contains('&') && text.contains('=') && !text.contains(char::is_whitespace);
    let mut values = Values::default();
    if is_one && !holds(text, "://") {
        take_form(text, &mut values);
    }
    (!values.0.is_empty()).then_some(values)
}

/// A command that asks for a token: its address is the token endpoint, and what signs it in is a client.
fn at_the_token_endpoint(call: &Call, values: &mut Values) {
    let url = call.url.as_ref().map_or("", Secret::expose);
    let plain = url.split(['?', '#']).next().unwrap_or_default();
    let starts = |start: &str| {
        plain
            .get(..start.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    if (starts("https://") || starts("http://")) && !plain.contains('@') {
        values.push("token_endpoint", Secret::new(plain));
    }
    if values.has("client_id") {
        return;
    }
    for (name, value) in &mut values.0 {
        match name.as_str() {
            "header.username" => "client_id".clone_into(name),
            "header.password" => "client_secret".clone_into(name),
            _ => continue,
        }
        // A client may be encoded before it is put together (RFC 6749, section 2.3.1).
        if value.expose().contains('%') {
            *value = decoded(value.expose(), true);
        }
    }
}

/// A value without its codes; one that is none stays as it is. In a form a plus sign stands for a space.
fn decoded(value: &str, of_form: bool) -> Secret {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if let (b'%', [high, low, after @ ..]) = (first, after)
            && let (Some(high), Some(low)) = (hex(*high), hex(*low))
        {
            bytes.push(high * 16 + low);
            rest = after;
        } else {
            bytes.push(if of_form && *first == b'+' {
                b' '
            } else {
                *first
            });
        }
    }
    match String::from_utf8(bytes) {
        Ok(text) => Secret::new(text),
        Err(_) => Secret::new(value),
    }
}

fn hex(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}
