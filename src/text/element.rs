//! What only an element in somebody else's page says.

use super::{Message, config_in};
use crate::api::ConfigError;

/// The page's own sign-in is over.
pub const SESSION_OVER: &str = "Your session has ended";
/// What to do about it.
pub const SESSION_OVER_TEXT: &str = "Sign in again on this page, then try again.";
/// On its way.
pub const SIGNING_IN: &str = "Signing in…";
/// What is told of an element that is not set up.
pub const NOT_SET_UP: &str = "This form is not set up yet";
/// A sign-in in a tab of its own does not find its way back into a frame of another site.
pub const FRAMED: &str = "Signing in does not work inside this page";
/// What works.
pub const FRAMED_TEXT: &str = "It is part of another site, and browsers keep a sign-in from coming back here. Open it in a tab of \
                               its own and sign in there, or use a key.";
/// A storefront that is connected on a page of Interchange.
pub const ELSEWHERE: &str =
    "It is connected at Interchange itself, not with a credential from here.";
/// The link for that.
pub const OPEN_ALONE: &str = "Open in a tab of its own";

/// What the page around the element has to set.
pub fn not_set_up(attribute: &str) -> Message {
    Message::of(NOT_SET_UP, &words!("Set {} on the element.", attribute))
}

/// What is wrong with the configuration.
pub fn configuration(error: &ConfigError) -> Message {
    Message::of(NOT_SET_UP, &config_in("config", error))
}
