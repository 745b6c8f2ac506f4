//! Rust text taken apart, as far as the rules need it: what is code, and what is a string.

/// One source file.
pub struct Source {
    /// The code without comments; its strings are empty.
    pub code: String,
    /// What the strings hold, each with its line.
    pub strings: Vec<(usize, String)>,
}

impl Source {
    /// Reads Rust text.
    pub fn read(text: &str) -> Self {
        let (mut code, mut strings) = (String::new(), Vec::new());
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let after_word = code.chars().next_back().is_some_and(is_word);
            let taken = if let Some((start, end, length)) = string(rest, after_word) {
                strings.push((1 + code.matches('\n').count(), rest[start..end].to_owned()));
                code.push_str("\"\"");
                length
            } else if let Some(length) = comment(rest).or_else(|| character(rest)) {
                length
            } else {
                code.push(first);
                rest = &rest[first.len_utf8()..];
                continue;
            };
            // The lines of what was taken out still count.
            code.extend(rest[..taken].matches('\n'));
            rest = &rest[taken..];
        }
        Self { code, strings }
    }

    /// The words of the code, each with its line.
    pub fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        self.code.lines().enumerate().flat_map(|(at, line)| {
            let words = line.split(|c| !is_word(c)).filter(|word| !word.is_empty());
            words.map(move |word| (at + 1, word))
        })
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where the string that `rest` begins with has its content, and how long it is in all.
fn string(rest: &str, after_word: bool) -> Option<(usize, usize, usize)> {
    if let Some(content) = rest.strip_prefix('"') {
        let mut escaped = false;
        let end = content.find(|c| {
            let closes = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            closes
        })?;
        return Some((1, end + 1, end + 2));
    }
    let raw = rest.strip_prefix('r').filter(|_| !after_word)?;
    let hashes = raw.len() - raw.trim_start_matches('#').len();
    raw[hashes..].strip_prefix('"')?;
    let start = hashes + 2;
    let close = ["\"", &raw[..hashes]].concat();
    let end = start + rest[start..].find(&close)?;
    Some((start, end, end + close.len()))
}

fn comment(rest: &str) -> Option<usize> {
    if rest.starts_with("//") {
        Some(rest.find('\n').unwrap_or(rest.len()))
    } else if rest.starts_with("/*") {
        Some(rest.find("*/").map_or(rest.len(), |end| end + 2))
    } else {
        None
    }
}

/// The length of a character literal; a lifetime is none.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    if inside.starts_with('\\') {
        return inside.get(2..)?.find('\'').map(|end| end + 4);
    }
    let length = inside.chars().next()?.len_utf8();
    inside[length..].starts_with('\'').then_some(length + 2)
}

#[test]
fn code_and_strings_are_told_apart() {
    let text = "let a = \"x // \\\" y\"; // \"no\"\nlet b: &'a str = r#\"raw \" one\"#;\n/* \"no\" */ ('\"', '\\'', b\"z\")";
    let source = Source::read(text);
    let strings: Vec<(usize, &str)> = source
        .strings
        .iter()
        .map(|(l, s)| (*l, s.as_str()))
        .collect();
    assert_eq!(strings, [(1, "x // \\\" y"), (2, "raw \" one"), (3, "z")]);
    let code = "let a = \"\"; \nlet b: &'a str = \"\";\n (, , b\"\")";
    assert_eq!(source.code, code);
    assert!(source.words().any(|word| word == (2, "str")));
}
