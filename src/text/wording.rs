//! Other words for what an element says, as the page around it has them: the English sentence, with `{}` in the place of
//! each value, and what stands for it.

use std::borrow::Cow;
use std::cell::RefCell;

use crate::credential::seek::split_at;

thread_local! {
    static WORDS: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// From now on these words stand for their sentences.
pub fn set(words: Vec<(String, String)>) {
    WORDS.replace(words);
}

/// What stands for a sentence; itself, where nothing else does.
pub fn of(sentence: &str) -> Cow<'_, str> {
    WORDS.with_borrow(|words| {
        if words.is_empty() {
            return Cow::Borrowed(sentence);
        }
        // The page writes `{}` for each value, whatever name it has here.
        let plain = split_at(sentence, "{source}").map(|(head, tail)| [head, "{}", tail].concat());
        let plain = plain.as_deref().unwrap_or(sentence);
        let mut known = words.iter().filter(|(known, _)| *known == plain);
        known.next().map_or(Cow::Borrowed(sentence), |(_, other)| {
            Cow::Owned(other.clone())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_their_templates_have_other_words() {
        assert_eq!(of("Cancel"), "Cancel");
        set(vec![
            ("Connect {}".into(), "{} verbinden".into()),
            ("Cancel".into(), "Abbrechen".into()),
        ]);
        assert_eq!(of("Cancel"), "Abbrechen");
        assert_eq!(words!("Connect {}", "Main feed"), "Main feed verbinden");
        assert_eq!(words!("Connect {}", "Cancel"), "Cancel verbinden");
        assert_eq!(crate::text::fill("Connect {source}", "A"), "A verbinden");
        assert_eq!(crate::text::and("Cancel", "Other"), "Abbrechen. Other");
        set(Vec::new());
        assert_eq!(words!("Connect {}", "x"), "Connect x");
    }
}
