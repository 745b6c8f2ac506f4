//! A JSON reader (RFC 8259) that leaves the text where it lies.
//!
//! The text is walked once, as a whole, and the place of every value is noted on the way. There is no
//! tree to build, to copy or to drop; a text is made of what is asked for.

use super::scan::{Entry, Scanner};
use crate::credential::number::number;

/// How deep arrays and objects may be nested; the documented answers stay below ten.
const DEPTH: u8 = 64;

/// A checked text.
///
/// Strict: one value and white space around it, no lone surrogate, no control character in a text. Of
/// keys that appear twice the last one counts, as in most readers.
pub struct Parsed<'a> {
    text: &'a str,
    entries: Vec<Entry>,
}

impl<'a> Parsed<'a> {
    /// Checks the whole of `text`; nothing when it is not JSON, or nested deeper than 64 levels.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut scanner = Scanner::new(text, 0);
        // About as many as there are in a list: growing would copy them again and again.
        scanner.entries.reserve(text.len() / 32);
        scanner.space();
        let whole = scanner.value(0, DEPTH);
        scanner.space();
        let entries = scanner.entries;
        (whole && scanner.at == text.len()).then_some(Self { text, entries })
    }

    /// Its value.
    pub fn root(&self) -> Json<'_> {
        Json {
            text: self.text,
            entries: &self.entries,
            at: 0,
        }
    }
}

/// One value of a checked text.
#[derive(Clone, Copy)]
pub struct Json<'a> {
    text: &'a str,
    entries: &'a [Entry],
    at: usize,
}

impl<'a> Json<'a> {
    /// What stands for a value that is not there.
    pub const NULL: Self = Self {
        text: "null",
        entries: &[Entry {
            key: 0,
            value: 0,
            next: 1,
        }],
        at: 0,
    };

    fn entry(self) -> Entry {
        self.entries[self.at]
    }

    /// The key that it stands under in its object; in an array, nothing that means anything.
    pub fn key(self) -> String {
        let mut out = String::new();
        self.push_key(&mut out);
        out
    }

    /// Appends that key.
    pub fn push_key(self, out: &mut String) {
        Scanner::new(self.text, self.entry().key).string(Some(out));
    }

    /// Its place among all values: one comes before what it holds.
    pub fn at(self) -> usize {
        self.at
    }

    /// The place of what comes after it and everything in it.
    pub fn end(self) -> usize {
        self.entry().next
    }

    pub fn is_null(self) -> bool {
        self.first() == b'n'
    }

    pub fn is_object(self) -> bool {
        self.first() == b'{'
    }

    pub fn is_array(self) -> bool {
        self.first() == b'['
    }

    /// This truth value.
    pub fn boolean(self) -> Option<bool> {
        match self.first() {
            b't' => Some(true),
            b'f' => Some(false),
            _ => None,
        }
    }

    /// This text, with its escapes read.
    pub fn string(self) -> Option<String> {
        let mut out = String::new();
        self.scanner().string(Some(&mut out)).then_some(out)
    }

    /// Whether this is the empty text; nothing when it is no text. The text is not read, so that no copy of it is made.
    pub fn is_empty_text(self) -> Option<bool> {
        let rest = self.text.get(self.entry().value..).unwrap_or_default();
        self.scanner()
            .string(None)
            .then(|| rest.as_bytes().get(1) == Some(&b'"'))
    }

    /// This number as it is written, so that none loses a digit.
    pub fn number(self) -> Option<&'a str> {
        let mut scanner = self.scanner();
        if !scanner.number() {
            return None;
        }
        self.text.get(self.entry().value..scanner.at)
    }

    /// This whole number, zero or above and below 2^64, written without a point or an exponent.
    pub fn integer(self) -> Option<u64> {
        number(self.number()?)
    }

    /// The value under `key`; nothing when there is none or when this is no object.
    pub fn get(self, key: &str) -> Option<Self> {
        if !self.is_object() {
            return None;
        }
        // Long answers are read by this: it looks at every member once for each key that is asked for.
        let (mut at, end) = (self.at + 1, self.end());
        let mut found = None;
        while at < end {
            let here = Self { at, ..self };
            let Entry {
                key: place, next, ..
            } = here.entry();
            if self.is_key(place, key) {
                found = Some(here);
            }
            at = next;
        }
        found
    }

    /// True when the key at `place` is `wanted`.
    fn is_key(self, place: usize, wanted: &str) -> bool {
        let mut key = self.text.as_bytes().iter().skip(place + 1);
        for byte in wanted.bytes() {
            match key.next() {
                Some(same) if *same == byte => {}
                // Only an escape may stand for the same in other characters.
                Some(b'\\') => {
                    let mut key = String::new();
                    Scanner::new(self.text, place).string(Some(&mut key));
                    return key == wanted;
                }
                _ => return false,
            }
        }
        key.next() == Some(&b'"')
    }

    /// The value under `key`, or null.
    pub fn at_key(self, key: &str) -> Self {
        self.get(key).unwrap_or(Self::NULL)
    }

    /// What this object or this array holds. Anything else holds nothing.
    pub fn members(self) -> Members<'a> {
        let next = Self {
            at: self.at + 1,
            ..self
        };
        let end = self.end();
        Members { next, end }
    }

    fn first(self) -> u8 {
        self.scanner().peek()
    }

    fn scanner(self) -> Scanner<'a> {
        Scanner::new(self.text, self.entry().value)
    }
}

/// Goes over what an array or an object holds.
pub struct Members<'a> {
    next: Json<'a>,
    end: usize,
}

impl<'a> Iterator for Members<'a> {
    type Item = Json<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        let here = self.next;
        if here.at >= self.end {
            return None;
        }
        self.next.at = here.end();
        Some(here)
    }
}
