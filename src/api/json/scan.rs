//! Walks over the text of a JSON document (RFC 8259), without building anything.

/// What comes next in an array or an object.
pub(super) enum Step {
    Member { key: usize, value: usize },
    End,
    Broken,
}

/// A place in a text that may be anything.
pub(super) struct Scanner<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
}

impl Scanner<'_> {
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

    /// Goes behind the value here; says false when there is none.
    pub(super) fn value(&mut self, depth: u8) -> bool {
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

    pub(super) fn container(&mut self, close: u8, depth: u8) -> bool {
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
    pub(super) fn step(&mut self, close: u8, first: bool, depth: u8) -> Step {
        match self.enter(close, first) {
            Step::Member { .. } if !self.value(depth) => Step::Broken,
            step => step,
        }
    }

    /// Goes to the value of the next member, or behind the closing bracket.
    pub(super) fn enter(&mut self, close: u8, first: bool) -> Step {
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
