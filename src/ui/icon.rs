//! The few pictures, drawn as paths in the colour of the text around them.

use super::tag;
use super::view::{Draw, View};

/// A picture, as a path in a square of 16. It never stands alone: words say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Icon(&'static str);

macro_rules! icons {
    ($($(#[$doc:meta])* $name:ident = $path:expr;)*) => {
        impl Icon {
            $($(#[$doc])* pub const $name: Self = Self($path);)*
        }
    };
}

/// A circle with something in it.
macro_rules! circle {
    ($inside:literal) => {
        concat!("M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z", $inside)
    };
}

icons! {
    /// The product's own: a clasp.
    BRAND = "M2 3.7h12V11H2zM8 3.7V11M6.3 6.7V8M9.7 6.7V8M4 11v2.3M12 11v2.3";
    /// It worked.
    OK = circle!("M5.2 8.2l2 2 3.7-4.2");
    /// Nothing needed.
    NONE = circle!("M5 8h6");
    /// Waiting.
    WAIT = circle!("M8 4.5V8l2.3 1.6");
    /// Not known.
    UNKNOWN = circle!("M6.2 6.3a1.8 1.8 0 1 1 2.6 1.6c-.5.3-.8.6-.8 1.2M8 11.4v.1");
    /// It did not work.
    BAD = circle!("M8 4.8v3.8M8 11.1v.1");
    /// Good to know.
    INFO = circle!("M8 7.4v3.8M8 4.9V5");
    /// Blocked.
    BLOCKED = circle!("M3.5 3.5l9 9");
    /// Paused.
    PAUSE = circle!("M6.4 5.8v4.4M9.6 5.8v4.4");
    /// A key.
    KEY = "M10.2 2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6zM7.4 8.5 2 13.9M4 12l1.7 1.7";
    /// Look at this.
    WARN = "M8 2 1.5 13.5h13zM8 6.5v3M8 11.6v.1";
    /// Kept from others.
    LOCK = "M3.5 7h9v7h-9zM5.5 7V4.7a2.5 2.5 0 0 1 5 0V7";
    /// Back.
    BACK = "M9.5 3.5 5 8l4.5 4.5";
    /// On.
    GO = "M6.5 3.5 11 8l-4.5 4.5";
    /// Nothing found.
    SEARCH = "M7 2.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6zM10.6 10.6 14 14";
    /// Leads out of the page.
    OUT = "M9.5 2.5h4v4M13.5 2.5 8 8M12 9.5v4H2.5V4h4";
    /// Half light, half dark.
    AUTO = "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 2v12M8 4.6h3.8M8 7h4.9M8 9.4h4.7M8 11.8h3.3";
    /// Light.
    SUN = "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6zM8 1v1.2M8 13.8V15M1 8h1.2M13.8 8H15M3 3l.9.9M12.1 12.1l.9.9M13 3l-.9.9M3.9 12.1 3 13";
    /// Dark.
    MOON = "M13.5 9.8A6 6 0 0 1 6.2 2.5a6 6 0 1 0 7.3 7.3z";
}

/// Draws a picture, hidden from assistive technology.
pub fn icon(icon: Icon) -> View {
    tag::picture(icon.0)
        .attr("class", "cz-icon")
        .attr("aria-hidden", "true")
        .draw()
}
