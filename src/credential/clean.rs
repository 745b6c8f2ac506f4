//! What copying adds to a value: space at its edges, characters nobody sees, a scheme in front.
//!
//! [`clean`] drops what cannot be meant and says so; [`suspicious`] names what might be meant, so
//! that the person decides.

use super::pem::KeyKind;
use super::{FieldKind, Secret};

/// What was dropped from a value. Each becomes one quiet sentence under the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// White space before or after the value.
    Space,
    /// Characters of no width, such as U+200B or a byte order mark.
    Invisible,
    /// The word `Bearer` in front, which is sent in its own place.
    Bearer,
    /// These characters in front, which are sent in their own place.
    Prefix(&'static str),
    /// Nothing was dropped: a private key of this kind was recognised.
    Key(KeyKind),
}

/// A character inside a token that copying may have brought in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Suspicious {
    /// How many characters stand before the first one.
    pub after: usize,
    /// What the first one is.
    pub what: Odd,
    /// How many there are in all.
    pub count: usize,
}

/// The kinds of character that a token seldom has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    /// A space or a tab.
    Space,
    /// A line break, as in a wrapped line.
    LineBreak,
    /// U+00AD, which hyphenating programs put in.
    SoftHyphen,
    /// A typographic quotation mark.
    CurlyQuote,
    /// Any other control character.
    Control,
    /// Any other character outside ASCII.
    Other(char),
}

/// Drops what cannot be meant in a value of this kind. A password is never touched.
pub fn clean(kind: FieldKind, value: &Secret) -> (Secret, Vec<Note>) {
    match kind {
        FieldKind::Text => trim(value.expose(), false),
        FieldKind::Prefixed(prefix) => without(prefix, value.expose()),
        FieldKind::Token => trim(value.expose(), true),
        FieldKind::Lines(canonical) => {
            let text = canonical(value.expose());
            (text.unwrap_or_else(|| lines(value.expose())), Vec::new())
        }
        FieldKind::PrivateKey(read) => match read(value.expose()) {
            Ok(key) => (key.pem, vec![Note::Key(key.kind)]),
            Err(_) => (value.clone(), Vec::new()),
        },
        FieldKind::Password | FieldKind::Choice(_) | FieldKind::Switch => {
            (value.clone(), Vec::new())
        }
    }
}

/// Trims the edges, and drops what stands in front of the value itself.
fn without(prefix: &'static str, value: &str) -> (Secret, Vec<Note>) {
    let (trimmed, mut notes) = trim(value, false);
    let head = trimmed.expose().get(..prefix.len());
    if !head.is_some_and(|head| head.eq_ignore_ascii_case(prefix)) {
        return (trimmed, notes);
    }
    notes.push(Note::Prefix(prefix));
    let rest = trimmed.expose()[prefix.len()..].trim_start();
    (Secret::new(rest), notes)
}

/// The lines of a text, each ended by LF, without those at its edges that have nothing in them.
fn lines(value: &str) -> Secret {
    let edge = |c: char| c.is_whitespace() || is_invisible(c);
    let inside = value.trim_matches(edge);
    let mut text = String::with_capacity(inside.len() + 1);
    // A lone CR ends a line too, as on old machines.
    for line in inside.lines().flat_map(|line| line.split('\r')) {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    Secret::new(text)
}

/// The first character inside a token that copying may have brought in, if there is any.
pub fn suspicious(value: &str) -> Option<Suspicious> {
    let mut odd = value
        .chars()
        .enumerate()
        .filter_map(|(at, c)| Some((at, odd(c)?)));
    let (after, what) = odd.next()?;
    Some(Suspicious {
        after,
        what,
        count: 1 + odd.count(),
    })
}

/// The value without the characters that [`suspicious`] names.
pub fn without_suspicious(value: &str) -> Secret {
    Secret::new(
        value
            .chars()
            .filter(|c| odd(*c).is_none())
            .collect::<String>(),
    )
}

fn odd(c: char) -> Option<Odd> {
    Some(match c {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => Odd::LineBreak,
        c if c.is_whitespace() => Odd::Space,
        '\u{ad}' => Odd::SoftHyphen,
        '\u{2018}'..='\u{201f}' => Odd::CurlyQuote,
        c if c.is_control() => Odd::Control,
        c if !c.is_ascii() => Odd::Other(c),
        _ => return None,
    })
}

/// Trims the edges; in a token, which has no letters that join, characters of no width go anywhere.
fn trim(value: &str, token: bool) -> (Secret, Vec<Note>) {
    let mut notes = Vec::new();
    let mut rest = edges(value, &mut notes);
    if token {
        for scheme in ["authorization:", "bearer "] {
            let head = rest.get(..scheme.len());
            if head.is_some_and(|head| head.eq_ignore_ascii_case(scheme)) {
                note(&mut notes, Note::Bearer);
                rest = rest[scheme.len()..].trim_start();
            }
        }
        if rest.contains(is_invisible) {
            note(&mut notes, Note::Invisible);
            let kept: String = rest.chars().filter(|c| !is_invisible(*c)).collect();
            return (Secret::new(kept), notes);
        }
    }
    (Secret::new(rest), notes)
}

fn edges<'a>(value: &'a str, notes: &mut Vec<Note>) -> &'a str {
    let edge = |c: char| c.is_whitespace() || is_invisible(c);
    let right = value.trim_start_matches(edge);
    let rest = right.trim_end_matches(edge);
    if !rest.is_empty() {
        let cut = [&value[..value.len() - right.len()], &right[rest.len()..]];
        if cut.iter().any(|part| part.contains(char::is_whitespace)) {
            note(notes, Note::Space);
        }
        if cut.iter().any(|part| part.contains(is_invisible)) {
            note(notes, Note::Invisible);
        }
    }
    rest
}

fn note(notes: &mut Vec<Note>, new: Note) {
    if !notes.contains(&new) {
        notes.push(new);
    }
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(kind: FieldKind, typed: &str, sent: &str, notes: &[Note]) {
        let (cleaned, said) = clean(kind, &Secret::new(typed));
        assert_eq!((cleaned.expose(), said.as_slice()), (sent, notes));
        let again = clean(kind, &cleaned);
        assert_eq!(
            (again.0.expose(), again.1.as_slice()),
            (sent, &[][..]),
            "not idempotent"
        );
    }

    #[test]
    fn tokens_lose_what_copying_adds() {
        use FieldKind::Token;
        check(Token, "abc", "abc", &[]);
        check(Token, " abc\n", "abc", &[Note::Space]);
        check(Token, "\u{feff}abc", "abc", &[Note::Invisible]);
        check(Token, "ab\u{200b}c", "abc", &[Note::Invisible]);
        check(Token, "Bearer abc", "abc", &[Note::Bearer]);
        check(
            Token,
            " Authorization: bearer  abc ",
            "abc",
            &[Note::Space, Note::Bearer],
        );
        check(Token, "bearer", "bearer", &[]);
        check(Token, "bearerabc", "bearerabc", &[]);
        check(Token, "  ", "", &[]);
    }

    #[test]
    fn text_keeps_its_inside_and_passwords_keep_everything() {
        check(
            FieldKind::Text,
            " Acme  Brand ",
            "Acme  Brand",
            &[Note::Space],
        );
        check(FieldKind::Text, "a\u{200d}b", "a\u{200d}b", &[]);
        check(FieldKind::Text, "Bearer of news", "Bearer of news", &[]);
        check(FieldKind::Password, " \u{200b}pass ", " \u{200b}pass ", &[]);
    }

    #[test]
    fn what_stands_in_front_is_dropped_and_lines_end_alike() {
        let kind = FieldKind::Prefixed("project:");
        check(kind, "01AB", "01AB", &[]);
        check(
            kind,
            " Project: 01AB",
            "01AB",
            &[Note::Space, Note::Prefix("project:")],
        );
        let kind = FieldKind::Lines(|_| None);
        check(kind, "\r\n a \r\nb", "a\nb\n", &[]);
        check(kind, "a\rb\r\n\rc", "a\nb\n\nc\n", &[]);
        check(kind, " \n ", "", &[]);
    }

    #[test]
    fn odd_characters_are_named_by_position() {
        let first = |value| suspicious(value).map(|s| (s.after, s.what, s.count));
        assert_eq!(first("plain-ASCII_1.2~3+/="), None);
        assert_eq!(first("abc def"), Some((3, Odd::Space, 1)));
        assert_eq!(first("ab\u{ad}c d"), Some((2, Odd::SoftHyphen, 2)));
        assert_eq!(first("\u{201c}abc\u{201d}"), Some((0, Odd::CurlyQuote, 2)));
        assert_eq!(first("a\r\nb"), Some((1, Odd::LineBreak, 2)));
        assert_eq!(first("é"), Some((0, Odd::Other('é'), 1)));
        assert_eq!(first("a\u{7}"), Some((1, Odd::Control, 1)));
        assert_eq!(without_suspicious("a b\u{ad}c\u{2019}").expose(), "abc");
    }
}
