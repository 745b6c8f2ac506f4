//! What a person sees of a form, shared by the console and the element. Knows no endpoint.
//!
//! What is drawn is a [`view::View`], driven by Leptos' signals and effects.

mod attr;
mod field;
mod form;
mod form_state;
pub mod held;
mod icon;
mod notice;
mod paste;
mod phase;
mod remark;
pub mod state;
mod switch;
pub mod table;
pub mod tag;
pub mod view;

pub use form::{FormParts, credential_form};
pub use form_state::{FormState, Offer};
pub use icon::{Icon, icon};
pub use notice::{Tone, button, facts, notice, panel};
pub use paste::{COMMON, EVERY, Paste};
pub use phase::{Failure, Known, PHASES, Phase, Step};
pub use remark::Remarks;
