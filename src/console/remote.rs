//! Something that is read from a server, and where it stands.

use std::rc::Rc;

use crate::api::ApiError;
use crate::api::storefront::{CapabilityRow, StorefrontDetail};

/// Something that is read from a server.
#[derive(Clone, Debug, Default)]
pub enum Remote<T> {
    /// Nobody asked yet.
    #[default]
    Unasked,
    /// On its way, and nothing older is at hand.
    Loading,
    /// Here.
    Ready(T),
    /// It could not be read.
    Failed(Rc<ApiError>),
}

impl<T> From<Result<T, ApiError>> for Remote<T> {
    fn from(answer: Result<T, ApiError>) -> Self {
        match answer {
            Ok(value) => Self::Ready(value),
            Err(error) => Self::Failed(Rc::new(error)),
        }
    }
}

impl<T> Remote<T> {
    /// The value, if it is here.
    pub const fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Unasked | Self::Loading | Self::Failed(_) => None,
        }
    }

    /// The same, cheap to copy.
    pub fn shared(self) -> Remote<Rc<T>> {
        match self {
            Self::Unasked => Remote::Unasked,
            Self::Loading => Remote::Loading,
            Self::Ready(value) => Remote::Ready(Rc::new(value)),
            Self::Failed(error) => Remote::Failed(error),
        }
    }

    /// Why it is not here, if reading it failed.
    pub const fn failed(&self) -> Option<&Rc<ApiError>> {
        match self {
            Self::Failed(error) => Some(error),
            Self::Unasked | Self::Loading | Self::Ready(_) => None,
        }
    }
}

/// What is known about one storefront.
#[derive(Clone, Debug, Default)]
pub struct Storefront {
    /// The storefront itself.
    pub detail: Remote<Rc<StorefrontDetail>>,
    /// What its sources need.
    pub capabilities: Remote<Rc<Vec<CapabilityRow>>>,
}

/// Nothing older is at hand: say that it is on its way.
pub fn wait<T>(remote: &mut Remote<T>) {
    if remote.ready().is_none() {
        *remote = Remote::Loading;
    }
}

/// What was asked for is here. A failure does not take away what is at hand.
pub fn keep_or<T>(known: &mut Remote<T>, new: Remote<T>) {
    if known.ready().is_none() || new.failed().is_none() {
        *known = new;
    }
}
