//! Credential forms for four documented APIs, in the browser.
//!
//! One sentence holds the whole: a table of facts ([`credential::catalog`]), pure functions over it
//! (validate a draft, build a request, judge a response), and one thin edge that touches the world.

/// A text with values in the places of its `{}`, as `format!` puts them, but of texts alone: the library's
/// machinery for numbers and widths, and a list of parts at each place of use, would come along.
macro_rules! words {
    ($template:literal $(, $value:expr)* $(,)?) => {
        $crate::put($template, &[$(AsRef::<str>::as_ref(&$value)),*])
    };
}

/// Puts each value in the place of the next `{}`.
fn put(template: &str, values: &[&str]) -> String {
    let template = &*text::wording::of(template);
    let mut values = values.iter();
    let mut out = String::new();
    // By the bracket alone: the library's search for a text is some hundred bytes, and no sentence has one.
    for part in template.split('{') {
        match part.strip_prefix('}') {
            Some(rest) => {
                out.push_str(values.next().unwrap_or(&""));
                out.push_str(rest);
            }
            None => out.push_str(part),
        }
    }
    out
}

pub mod credential;

pub mod api;

pub mod oauth;

pub mod paste;

pub mod text;

pub mod route;

pub mod browser;

pub mod ui;

pub mod console;

pub mod element;
