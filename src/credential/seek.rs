//! Looks for a text in a text. By hand, because the library's way, which is quick in long texts, weighs a kilobyte on the
//! wire.

/// Where `part`, which is not empty, begins in `text` for the first time.
pub fn seek(text: &str, part: &str) -> Option<usize> {
    let part = part.as_bytes();
    text.as_bytes()
        .windows(part.len())
        .position(|some| some == part)
}

/// True when `part` stands somewhere in `text`.
pub fn holds(text: &str, part: &str) -> bool {
    seek(text, part).is_some()
}

/// What stands before the first `part`, and what stands behind it.
pub fn split_at<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    let at = seek(text, part)?;
    Some((text.get(..at)?, text.get(at + part.len()..)?))
}

/// What stands behind the last `mark`, which is ASCII; everything when there is none.
pub fn behind_last(text: &str, mark: u8) -> &str {
    let at = text.as_bytes().iter().rposition(|byte| *byte == mark);
    at.and_then(|at| text.get(at + 1..)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_behind_the_last_mark_is_what_the_library_says() {
        for text in ["", "a", "/", "a/b", "/a/b/", "\u{e9}/\u{e9}"] {
            let known = text.rsplit('/').next();
            assert_eq!(Some(behind_last(text, b'/')), known, "{text}");
        }
    }

    #[test]
    fn it_finds_what_the_library_finds() {
        for text in ["", "a", "ab", "aab", "\u{e9}ab\u{e9}", "abab"] {
            for part in ["a", "ab", "b\u{e9}", "aab", "x"] {
                assert_eq!(seek(text, part), text.find(part), "{text} {part}");
                assert_eq!(split_at(text, part), text.split_once(part), "{text} {part}");
                assert_eq!(holds(text, part), text.contains(part), "{text} {part}");
            }
        }
    }
}
