//! A JSON reader (RFC 8259) that leaves the document where it lies.
//!
//! The text is checked once, as a whole. After that a value is its place in the text, and looking into
//! it walks the text again: answers are small, and there is no tree to build, to copy or to drop.

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

/// What comes next in an array or an object.
enum Step {
    Member { key: usize, value: usize },
    End,
    Broken,
}

/// A place in a text that may be anything.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    /// The byte here; zero, which JSON never allows unescaped, at the end.
    fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn next(&mut self) -> u8 {
        let byte = self.peek();
        self.at += 1;
        byte
    }

    fn take(&mut self, byte: u8) -> bool {
        let here = self.peek() == byte;
        if here {
            self.at += 1;
        }
        here
    }

    fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    /// Goes behind the value here; says false when there is none.
    fn value(&mut self, depth: u8) -> bool {
        match self.peek() {
            b'{' => self.container(b'}', depth),
            b'[' => self.container(b']', depth),
            b'"' => self.string(None),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.number(),
        }
    }

    fn container(&mut self, close: u8, depth: u8) -> bool {
        if depth == 0 {
            return false;
        }
        self.at += 1;
        let mut first = true;
        loop {
            match self.step(close, first, depth - 1) {
                Step::Member { .. } => first = false,
                Step::End => return true,
                Step::Broken => return false,
            }
        }
    }

    /// Goes behind the next member, or behind the closing bracket.
    fn step(&mut self, close: u8, first: bool, depth: u8) -> Step {
        match self.enter(close, first) {
            Step::Member { .. } if !self.value(depth) => Step::Broken,
            step => step,
        }
    }

    /// Goes to the value of the next member, or behind the closing bracket.
    fn enter(&mut self, close: u8, first: bool) -> Step {
        self.space();
        if self.take(close) {
            return Step::End;
        }
        if !first && !self.take(b',') {
            return Step::Broken;
        }
        self.space();
        let key = self.at;
        if close == b'}' {
            if !self.string(None) {
                return Step::Broken;
            }
            self.space();
            if !self.take(b':') {
                return Step::Broken;
            }
            self.space();
        }
        let value = self.at;
        Step::Member { key, value }
    }

    fn word(&mut self, word: &str) -> bool {
        word.bytes().all(|byte| self.take(byte))
    }

    fn number(&mut self) -> bool {
        self.take(b'-');
        if !self.take(b'0') && !self.digits() {
            return false;
        }
        if self.take(b'.') && !self.digits() {
            return false;
        }
        if self.take(b'e') || self.take(b'E') {
            if !self.take(b'+') {
                self.take(b'-');
            }
            return self.digits();
        }
        true
    }

    fn digits(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        self.at > start
    }

    /// Goes behind the text here, and appends what it says when `out` wants it.
    fn string(&mut self, mut out: Option<&mut String>) -> bool {
        if !self.take(b'"') {
            return false;
        }
        let mut start = self.at;
        loop {
            let end = self.at;
            let byte = self.next();
            if byte < b' ' {
                return false;
            }
            if byte != b'"' && byte != b'\\' {
                continue;
            }
            if let Some(out) = &mut out {
                out.push_str(self.text.get(start..end).unwrap_or_default());
            }
            if byte == b'"' {
                return true;
            }
            let Some(meant) = self.escape() else {
                return false;
            };
            if let Some(out) = &mut out {
                out.push(meant);
            }
            start = self.at;
        }
    }

    /// What stands behind a backslash.
    fn escape(&mut self) -> Option<char> {
        Some(match self.next() {
            same @ (b'"' | b'\\' | b'/') => char::from(same),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut code = self.four_digits()?;
                if code & 0xfc00 == 0xd800 {
                    // The first half of a pair: the second must follow at once.
                    if !self.take(b'\\') || !self.take(b'u') {
                        return None;
                    }
                    let second = self.four_digits()?;
                    if second & 0xfc00 != 0xdc00 {
                        return None;
                    }
                    code = 0x1_0000 + ((code & 0x3ff) << 10) + (second & 0x3ff);
                }
                // A second half on its own is no character.
                return char::from_u32(code);
            }
            _ => return None,
        })
    }

    fn four_digits(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            code = code * 16 + char::from(self.next()).to_digit(16)?;
        }
        Some(code)
    }
}
