//! Walks over the text of a JSON document (RFC 8259), without building anything.

/// One value of a document: where its key begins (of an item of an array: where it begins itself), where it
/// begins, and which entry comes after everything in it.
#[derive(Clone, Copy)]
pub(super) struct Entry {
    pub(super) key: usize,
    pub(super) value: usize,
    pub(super) next: usize,
}

/// A place in a text that may be anything.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// What was met on the way, each value before what it holds.
    pub(super) entries: Vec<Entry>,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        let entries = Vec::new();
        Self { text, at, entries }
    }

    /// The byte here; zero, which JSON never allows unescaped, at the end.
    pub(super) fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    pub(super) fn next(&mut self) -> u8 {
        let byte = self.peek();
        self.at += 1;
        byte
    }

    pub(super) fn take(&mut self, byte: u8) -> bool {
        let here = self.peek() == byte;
        if here {
            self.at += 1;
        }
        here
    }

    pub(super) fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    /// Goes behind the value here and notes it under the key at `key`; says false when there is none.
    pub(super) fn value(&mut self, key: usize, depth: u8) -> bool {
        let (value, own) = (self.at, self.entries.len());
        self.entries.push(Entry {
            key,
            value,
            next: 0,
        });
        let whole = match self.peek() {
            b'{' => self.members(b'}', depth),
            b'[' => self.members(b']', depth),
            b'"' => self.string(None),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            _ => self.number(),
        };
        self.entries[own].next = self.entries.len();
        whole
    }

    /// Goes behind the array or object here.
    fn members(&mut self, close: u8, depth: u8) -> bool {
        self.at += 1;
        self.space();
        if self.take(close) {
            return depth > 0;
        }
        loop {
            let key = self.at;
            if close == b'}' {
                if !self.string(None) {
                    return false;
                }
                self.space();
                if !self.take(b':') {
                    return false;
                }
                self.space();
            }
            if depth == 0 || !self.value(key, depth - 1) {
                return false;
            }
            self.space();
            if self.take(close) {
                return true;
            }
            if !self.take(b',') {
                return false;
            }
            self.space();
        }
    }

    pub(super) fn word(&mut self, word: &str) -> bool {
        word.bytes().all(|byte| self.take(byte))
    }

    pub(super) fn number(&mut self) -> bool {
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

    pub(super) fn digits(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        self.at > start
    }

    /// Goes behind the text here, and appends what it says when `out` wants it.
    pub(super) fn string(&mut self, mut out: Option<&mut String>) -> bool {
        if !self.take(b'"') {
            return false;
        }
        loop {
            // Long answers are mostly this: a run of characters that stand for themselves.
            let rest = self.text.get(self.at..).unwrap_or_default();
            let plain = |byte: &u8| !matches!(byte, ..b' ' | b'"' | b'\\');
            let run = rest.bytes().take_while(plain).count();
            self.at += run;
            if let Some(out) = &mut out {
                out.push_str(rest.get(..run).unwrap_or_default());
            }
            match self.next() {
                b'"' => return true,
                b'\\' => {}
                _ => return false,
            }
            let Some(meant) = self.escape() else {
                return false;
            };
            if let Some(out) = &mut out {
                out.push(meant);
            }
        }
    }

    /// What stands behind a backslash.
    pub(super) fn escape(&mut self) -> Option<char> {
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

    pub(super) fn four_digits(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            code = code * 16 + char::from(self.next()).to_digit(16)?;
        }
        Some(code)
    }
}
