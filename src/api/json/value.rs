//! A JSON reader (RFC 8259) that leaves the document where it lies.
//!
//! The text is checked once, as a whole. After that a value is its place in the text, and looking into
//! it walks the text again: answers are small, and there is no tree to build, to copy or to drop.

use super::scan::{Scanner, Step};

/// How deep arrays and objects may be nested; the documented answers stay below ten.
const DEPTH: u8 = 64;

/// One value of a checked document.
///
/// Strict: one value and white space around it, no lone surrogate, no control character in a text. Of
/// keys that appear twice the last one counts, as in most readers.
#[derive(Clone, Copy)]
pub(in crate::api) struct Json<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Json<'a> {
    /// What stands for a value that is not there.
    pub const NULL: Self = Self {
        text: "null",
        at: 0,
    };

    /// Checks the whole of `text`; nothing when it is not JSON, or nested deeper than 64 levels.
    pub fn parse(text: &'a str) -> Option<Self> {
        let mut scanner = Scanner { text, at: 0 };
        scanner.space();
        let at = scanner.at;
        if !scanner.value(DEPTH) {
            return None;
        }
        scanner.space();
        (scanner.at == text.len()).then_some(Self { text, at })
    }

    /// The same, and beside it the value under `key` when the whole is an object that has it: in one
    /// walk, because an answer may be some megabytes long.
    pub fn parse_for(text: &'a str, key: &str) -> Option<(Self, Option<Self>)> {
        let mut scanner = Scanner { text, at: 0 };
        scanner.space();
        let at = scanner.at;
        let mut found = None;
        if scanner.take(b'{') {
            let mut first = true;
            loop {
                match scanner.step(b'}', first, DEPTH - 1) {
                    Step::Member { key: name, value } => {
                        let (name, value) = (Self { text, at: name }, Self { text, at: value });
                        if name.is_text(key) {
                            found = Some(value);
                        }
                    }
                    Step::End => break,
                    Step::Broken => return None,
                }
                first = false;
            }
        } else if !scanner.value(DEPTH) {
            return None;
        }
        scanner.space();
        (scanner.at == text.len()).then_some((Self { text, at }, found))
    }

    /// True when this is the text `wanted`.
    pub fn is_text(self, wanted: &str) -> bool {
        let Some(rest) = self.text.as_bytes().get(self.at + 1..) else {
            return false;
        };
        for (at, byte) in wanted.bytes().chain([b'"']).enumerate() {
            match rest.get(at) {
                Some(same) if *same == byte => {}
                // Only an escape may stand for the same in other characters.
                Some(b'\\') => return self.string().is_some_and(|text| text == wanted),
                _ => return false,
            }
        }
        self.first() == b'"'
    }

    /// The value that a place in the same document stands for.
    pub fn there(self, at: usize) -> Self {
        Self { at, ..self }
    }

    /// Where the value begins, in bytes.
    pub fn at(self) -> usize {
        self.at
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
        self.push_string(&mut out).then_some(out)
    }

    /// Appends this text; says false when it is none.
    pub fn push_string(self, out: &mut String) -> bool {
        self.scanner().string(Some(out))
    }

    /// This number as it is written, so that none loses a digit.
    pub fn number(self) -> Option<&'a str> {
        let mut scanner = self.scanner();
        if !scanner.number() {
            return None;
        }
        self.text.get(self.at..scanner.at)
    }

    /// This whole number, zero or above and below 2^64, written without a point or an exponent.
    pub fn integer(self) -> Option<u64> {
        self.number()?.parse().ok()
    }

    /// The value under `key`; nothing when there is none or when this is no object.
    pub fn get(self, key: &str) -> Option<Self> {
        if !self.is_object() {
            return None;
        }
        let mut found = None;
        for (known, value) in self.members() {
            if known.is_text(key) {
                found = Some(value);
            }
        }
        found
    }

    /// The value under `key`, or null.
    pub fn at_key(self, key: &str) -> Self {
        self.get(key).unwrap_or(Self::NULL)
    }

    /// The members of this object with their keys, or the items of this array, whose keys mean
    /// nothing. Anything else has no members.
    pub fn members(self) -> Members<'a> {
        let mut scanner = self.scanner();
        let close = match scanner.next() {
            b'{' => b'}',
            b'[' => b']',
            _ => 0,
        };
        Members {
            scanner,
            close,
            first: true,
        }
    }

    fn first(self) -> u8 {
        self.scanner().peek()
    }

    fn scanner(self) -> Scanner<'a> {
        Scanner {
            text: self.text,
            at: self.at,
        }
    }
}

/// Walks over what an array or an object holds.
pub(in crate::api) struct Members<'a> {
    scanner: Scanner<'a>,
    close: u8,
    first: bool,
}

impl<'a> Members<'a> {
    /// The next value, and in `index` where its keys and their values begin when it is an object: all in
    /// one walk over it.
    pub fn next_into(&mut self, index: &mut Vec<(usize, usize)>) -> Option<Json<'a>> {
        index.clear();
        let (close, first) = (self.close, self.first);
        self.first = false;
        // Nothing comes after a value that is broken.
        self.close = 0;
        if close == 0 {
            return None;
        }
        let Step::Member { value, .. } = self.scanner.enter(close, first) else {
            return None;
        };
        if self.scanner.take(b'{') {
            loop {
                match self.scanner.step(b'}', index.is_empty(), DEPTH) {
                    Step::Member { key, value } => index.push((key, value)),
                    Step::End => break,
                    Step::Broken => return None,
                }
            }
        } else if !self.scanner.value(DEPTH) {
            return None;
        }
        self.close = close;
        let text = self.scanner.text;
        Some(Json { text, at: value })
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (Json<'a>, Json<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        if self.close == 0 {
            return None;
        }
        let Step::Member { key, value } = self.scanner.step(self.close, self.first, DEPTH) else {
            self.close = 0;
            return None;
        };
        self.first = false;
        let text = self.scanner.text;
        Some((Json { text, at: key }, Json { text, at: value }))
    }
}
