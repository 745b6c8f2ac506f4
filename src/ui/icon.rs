//! The few pictures, drawn as paths in the colour of the text around them.


use super::view::{Draw, View, tag};

/// A picture. It never stands alone: words say the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A tick.
    Check,
    /// A triangle with an exclamation mark.
    Alert,
    /// A clock.
    Clock,
    /// A circle with an i.
    Info,
    /// A key.
    Key,
    /// A lock.
    Lock,
    /// A circle with a question mark.
    Question,
    /// A line, for "nothing needed".
    Dash,
    /// An arrow to the left.
    Back,
    /// An arrow to the right.
    Go,
    /// The sun.
    Sun,
    /// The moon.
    Moon,
    /// Half light, half dark.
    Auto,
    /// A shop.
    Shop,
    /// A building.
    Company,
    /// An arrow out of a box.
    External,
}

/// Draws a picture, hidden from assistive technology.
pub fn icon(icon: Icon) -> View {
    let d = match icon {
        Icon::Check => "M3 8.5 6.5 12 13 4.5",
        Icon::Alert => "M8 2.5 14.5 13.5h-13zM8 6.5v3.2M8 11.6v.1",
        Icon::Clock => "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM8 4.8V8l2.2 1.6",
        Icon::Info => "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM8 7.2v4M8 4.8v.1",
        Icon::Key => "M10.4 9.2a3.6 3.6 0 1 0-3.4-2.4L2 11.8V14h2.2v-1.6h1.6v-1.6h1.4zM11 5.2v.1",
        Icon::Lock => "M3.5 7.2h9v6.6h-9zM5.3 7.2V5a2.7 2.7 0 0 1 5.4 0v2.2",
        Icon::Question => {
            "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM6.2 6.2a1.9 1.9 0 1 1 2.6 1.8c-.5.3-.8.6-.8 1.3M8 11.4v.1"
        }
        Icon::Dash => "M3.5 8h9",
        Icon::Back => "M9.5 3.5 5 8l4.5 4.5",
        Icon::Go => "M6.5 3.5 11 8l-4.5 4.5",
        Icon::Sun => {
            "M8 10.8A2.8 2.8 0 1 0 8 5.2a2.8 2.8 0 0 0 0 5.6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9"
        }
        Icon::Moon => "M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1z",
        Icon::Auto => "M8 14.2A6.2 6.2 0 1 0 8 1.8zM8 1.8a6.2 6.2 0 0 1 0 12.4M8 5.5h3.6M8 10.5h3.6M8 8h4.6",
        Icon::Shop => "M2.5 6.5 3.6 2.5h8.8l1.1 4M3.3 7.5v6h9.4v-6M2.5 6.5a1.8 1.8 0 0 0 3.6 0 1.9 1.9 0 0 0 3.8 0 1.8 1.8 0 0 0 3.6 0z",
        Icon::Company => "M3.5 14V2.5h6V14M9.5 6.5h3V14M2 14h12M5.5 5h2M5.5 7.8h2M5.5 10.6h2",
        Icon::External => "M9 2.5h4.5V7M13.5 2.5 7.5 8.5M11.5 9.5v4h-9v-9h4",
    };
    tag::picture(d).attr("class", "cz-icon").attr("aria-hidden", "true").draw()
}
