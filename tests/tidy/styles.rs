//! Style sheets: values stand in one file, and nothing in them fights or leaves the page.

use crate::files;

/// The declarations that may overrule everything, and why.
const IMPORTANT: &[(&str, &str)] = &[
    (
        ".cz-root [hidden] { display: none !important; }",
        "a hidden element stays hidden whatever its class displays as",
    ),
    (
        ".cz-root, .cz-root *, .cz-root ::before { animation: none !important; transition: none !important; }",
        "who asked for less motion gets none",
    ),
    (
        ":host { display: block !important; min-width: 0; max-width: 100%; }",
        "an element is there whatever the page around resets",
    ),
    (
        ":host([hidden]) { display: none !important; }",
        "and is not where the page hides it",
    ),
];

/// Each style sheet with its name, without comments.
fn sheets() -> Vec<(String, String)> {
    let sheets = files::all()
        .into_iter()
        .filter(|file| file.is(&["css"]) && file.is_below(&["style"]));
    let sheets: Vec<_> = sheets
        .map(|file| (file.path, without_comments(&file.text)))
        .collect();
    assert!(sheets.len() >= 3, "style/ has {} sheets", sheets.len());
    sheets
}

/// The text with each comment as empty lines.
fn without_comments(text: &str) -> String {
    let mut rest = text;
    let mut out = String::new();
    while let Some((before, after)) = rest.split_once("/*") {
        let (comment, after) = after.split_once("*/").unwrap_or((after, ""));
        out.push_str(before);
        out.extend(comment.matches('\n'));
        rest = after;
    }
    out + rest
}

fn line(text: &str, at: usize) -> usize {
    1 + text[..at].matches('\n').count()
}

/// True when what stands at `at` belongs to a selector: a block opens before a declaration ends.
fn is_selector(text: &str, at: usize) -> bool {
    text[at..].chars().find(|c| matches!(c, '{' | ';' | '}')) == Some('{')
}

#[test]
fn colours_stand_in_tokens_alone() {
    let mut found = Vec::new();
    for (path, text) in sheets()
        .iter()
        .filter(|(path, _)| path != "style/tokens.css")
    {
        let hashes = text
            .match_indices('#')
            .filter(|(at, _)| !is_selector(text, *at));
        let functions = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "light-dark("];
        let functions = functions.iter().flat_map(|name| text.match_indices(name));
        found.extend(
            hashes
                .chain(functions)
                .map(|(at, what)| format!("{path}:{}: {what}", line(text, at))),
        );
    }
    files::none(
        found,
        "A colour has a name in style/tokens.css, light and dark. Give these one:",
    );
}

#[test]
fn the_callback_page_has_colours_of_the_tokens_alone() {
    // It loads no sheet but its own, so that its few colours stand there once more.
    let tokens = without_comments(&files::read("style/tokens.css"));
    let own = without_comments(&files::read("static/oauth-callback.css"));
    let pairs: Vec<&str> = own
        .split("light-dark(")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .collect();
    assert!(pairs.len() > 3, "{pairs:?}");
    let others = pairs
        .iter()
        .filter(|pair| !tokens.contains(&format!("light-dark({pair})")));
    let mut found: Vec<String> = others.map(|pair| (*pair).to_owned()).collect();
    let alone = own.matches('#').count() - pairs.join(" ").matches('#').count();
    if alone > 0 || own.contains("url(") || own.contains("@import") {
        found.push("a colour outside of light-dark(), an id, or something to load".to_owned());
    }
    files::none(
        found,
        "static/oauth-callback.css takes each colour from style/tokens.css, light and dark. Change these:",
    );
}

#[test]
fn no_rule_selects_by_id() {
    let mut found = Vec::new();
    for (path, text) in &sheets() {
        let ids = text
            .match_indices('#')
            .filter(|(at, _)| is_selector(text, *at));
        found.extend(ids.map(|(at, _)| format!("{path}:{}", line(text, at))));
    }
    files::none(
        found,
        "Ids are made for each form and differ. Select by class:",
    );
}

#[test]
fn sheets_load_nothing() {
    let mut found = Vec::new();
    for (path, text) in &sheets() {
        for sign in ["@import", "url("] {
            found.extend(
                text.match_indices(sign)
                    .map(|(at, _)| format!("{path}:{}: {sign}", line(text, at))),
            );
        }
    }
    files::none(
        found,
        "The page's policy lets a style sheet load nothing but itself. Draw it, or link it from the page:",
    );
}

#[test]
fn nothing_overrules_without_a_reason() {
    let mut found = Vec::new();
    let mut used = Vec::new();
    for (path, text) in &sheets() {
        for (at, words) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.contains("!important"))
        {
            match IMPORTANT.iter().find(|(known, _)| *known == words.trim()) {
                Some((known, _)) => used.push(*known),
                None => found.push(format!("{path}:{}: {}", at + 1, words.trim())),
            }
        }
    }
    let unused = IMPORTANT.iter().filter(|(known, _)| !used.contains(known));
    found.extend(unused.map(|(known, why)| format!("no longer there: {known} ({why})")));
    files::none(
        found,
        "`!important` needs its line and its reason in the list of this test:",
    );
}
