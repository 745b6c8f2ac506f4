//! What people read: which words, and where they stand.

use crate::files;
use crate::source::Source;

/// Words that blame, or fill the place where it should say what to do.
const UNKIND: &[&str] = &[
    "invalid",
    "illegal",
    "required field",
    "oops",
    "please",
    "sorry",
    "fatal",
    "something went wrong",
];

fn unkind(text: &str) -> impl Iterator<Item = &'static str> {
    let lower = text.to_lowercase();
    UNKIND
        .iter()
        .copied()
        .filter(move |word| lower.contains(word))
}

#[test]
fn people_are_told_what_to_do() {
    let mut found = Vec::new();
    for path in ["src/text.rs", "src/credential/catalog.rs"] {
        let source = Source::read(&files::read(path));
        assert!(
            source.strings.len() > 20,
            "{path} has {} strings",
            source.strings.len()
        );
        for (line, text) in &source.strings {
            found.extend(unkind(text).map(|word| format!("{path}:{line}: “{word}” in {text:?}")));
        }
    }
    // These speak before the module does, or when it cannot.
    let before = [
        "index.html",
        "static/boot.js",
        "static/oauth-callback.html",
        "static/oauth-callback.js",
    ];
    for path in before {
        found.extend(unkind(&files::read(path)).map(|word| format!("{path}: “{word}”")));
    }
    files::none(
        found,
        "Say plainly what is the matter and what to do about it, without these words:",
    );
}

#[test]
fn sentences_stand_in_text_alone() {
    // Two words of some length after a capital: a name of a class or a path has no such thing.
    let sentence = |text: &str| {
        let words = text
            .split(' ')
            .filter(|word| word.len() > 2 && word.chars().all(char::is_alphabetic));
        text.starts_with(|c: char| c.is_ascii_uppercase()) && words.count() > 1
    };
    let mut found = Vec::new();
    let of_tests = |file: &files::File| file.path.ends_with("/tests.rs");
    for file in files::rust(&["src/ui", "src/console", "src/api"]) {
        if of_tests(&file) {
            continue;
        }
        let source = Source::read(without_tests(&file.text));
        let told = source
            .strings
            .into_iter()
            .filter(|(_, text)| sentence(text));
        found.extend(told.map(|(line, text)| format!("{}:{line}: {text:?}", file.path)));
    }
    files::none(
        found,
        "Every sentence that a person reads stands in src/text.rs. Move these there:",
    );
}

/// A file up to its own tests, which stand at its end.
fn without_tests(text: &str) -> &str {
    text.split_once("#[cfg(test)]\nmod tests")
        .map_or(text, |(code, _)| code)
}
