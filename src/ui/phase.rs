//! Where a form stands: one value from which busy, disabled and the visible panel are derived.

use std::rc::Rc;

use crate::api::ApiError;
use crate::api::storefront::Registration;

crate::ui::held::hold!(Phase);

/// Where a form stands.
#[derive(Clone, Debug, Default)]
pub enum Phase {
    /// The person types.
    #[default]
    Editing,
    /// A request is on its way.
    Submitting(Step),
    /// The credential is stored and waits for the person's consent at the provider.
    AwaitingConsent(Rc<Registration>),
    /// The credential is stored and active.
    Connected(Rc<Registration>, Known),
    /// The last try did not end in a credential that we know of. The form stays as it was.
    Failed(Rc<Failure>),
}

/// What is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The registration itself.
    Sending,
    /// Reading the list, because the outcome of an earlier registration is unknown.
    Checking,
}

/// How we know that a credential is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// The server answered the registration.
    Answered,
    /// The answer was lost, and the list of credentials has it.
    Listed,
    /// It waited for consent, and the list of credentials says that it waits no longer.
    Consented,
}

/// Why a try did not end in a credential that we know of.
#[derive(Debug)]
pub enum Failure {
    /// Nothing was stored, for this reason.
    Refused(Rc<ApiError>),
    /// The answer was lost for this reason, and the list does not have the credential.
    NotListed(Rc<ApiError>),
    /// The answer was lost for the first reason, and the list could not be read for the second.
    Unchecked(Rc<ApiError>, Rc<ApiError>),
    /// The new access token belongs to another company than the one the form was filled for, or it
    /// could not be told. Holds the name of that company, where known, and why the answer to an
    /// earlier try was lost, if one was.
    OtherCompany(Option<String>, Option<Rc<ApiError>>),
}

impl Failure {
    /// What went wrong last, if that is why the person was stopped.
    pub fn last(&self) -> Option<&ApiError> {
        match self {
            Self::Refused(error) | Self::NotListed(error) | Self::Unchecked(_, error) => {
                Some(error)
            }
            Self::OtherCompany(..) => None,
        }
    }

    /// Why the answer to a try was lost whose outcome is still unknown.
    pub const fn lost(&self) -> Option<&Rc<ApiError>> {
        match self {
            Self::Unchecked(lost, _) | Self::OtherCompany(_, Some(lost)) => Some(lost),
            Self::Refused(_) | Self::NotListed(_) | Self::OtherCompany(_, None) => None,
        }
    }
}

/// The names of all phases, in the form of `data-phase`, for the list of states that tests visit.
pub const PHASES: &[&str] = &[
    "editing",
    "submitting",
    "awaiting-consent",
    "connected",
    "failed",
];

impl Phase {
    /// The stable name, the value of `data-phase`.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Editing => "editing",
            Self::Submitting(_) => "submitting",
            Self::AwaitingConsent(_) => "awaiting-consent",
            Self::Connected(..) => "connected",
            Self::Failed(_) => "failed",
        }
    }

    /// True while a request is on its way and a second one must not start.
    pub const fn is_busy(&self) -> bool {
        matches!(self, Self::Submitting(_))
    }

    /// True while the fields are to be seen.
    pub const fn shows_form(&self) -> bool {
        matches!(self, Self::Editing | Self::Submitting(_) | Self::Failed(_))
    }
}
