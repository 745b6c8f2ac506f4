//! The one error of this room: data, not prose. The text is written once, where people read it.

use super::http::TransportError;

/// One problem that the server attached to a field of the body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The dotted path in the body (`auth.token`); empty for the body as a whole.
    pub path: String,
    /// The server's words; empty when it gave none.
    pub message: String,
}

/// Why a 403 was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForbiddenReason {
    /// `TOS_ACCEPTANCE_REQUIRED`: writes wait until the terms are accepted; reads still work.
    Terms,
    /// `FORBIDDEN`: the role of the person or key does not allow it.
    Role,
    /// `CUSTOMER_SCOPE_REQUIRED`: the key belongs to several customers and none was chosen.
    CustomerScope {
        /// What `details.availableCustomers` lists, as "name (id)".
        available: Vec<String>,
    },
    /// Any other code.
    Other,
}

/// What went wrong with one call.
///
/// Messages are the server's, cut to 400 characters, without control characters, and with every
/// secret that was sent blotted out. Show them as plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// Nothing left the device.
    Offline,
    /// No whole answer in time.
    TimedOut,
    /// The connection failed.
    Network,
    /// The answer broke off.
    Interrupted,
    /// Behind a gateway: its session is over, seen from a 401, a redirect, or a page instead of data.
    SessionEnded,
    /// A 401: the token that we sent is unknown, expired or missing. (Where a token is asked for, a 401 may be
    /// [`Self::Rejected`].)
    Unauthorized,
    /// 400 or 422, or a 401 that says `invalid_client`: the server refuses what was sent.
    Rejected {
        /// The status.
        status: u16,
        /// The documented code, such as `VALIDATION_ERROR`; empty when there was none.
        code: String,
        /// The message for the whole.
        message: Option<String>,
        /// The problems that belong to fields.
        field_errors: Vec<FieldProblem>,
    },
    /// 403.
    Forbidden {
        /// What the code means.
        reason: ForbiddenReason,
        /// The code itself; empty when there was none.
        code: String,
        /// The server's message.
        message: Option<String>,
    },
    /// 404: missing, or hidden from whoever asks.
    NotFound,
    /// 409: it exists already.
    Conflict {
        /// The server's message.
        message: Option<String>,
    },
    /// 429.
    RateLimited {
        /// Seconds to wait, when the server told.
        retry_after: Option<u32>,
    },
    /// 402 or any other 4xx.
    Refused {
        /// The status.
        status: u16,
        /// The server's message.
        message: Option<String>,
    },
    /// 5xx, with or without a readable body.
    Server {
        /// The status.
        status: u16,
        /// The server's message, when the body was the documented envelope.
        message: Option<String>,
    },
    /// An answer that is not what the documents describe.
    Unreadable {
        /// The status that came with it; 0 for a redirect.
        status: u16,
        /// Where the body differs (`data.items[3].id`); empty when it is not JSON at all.
        path: String,
        /// The beginning of the body, at most 120 characters, without values that were sent and
        /// without any text value of a JSON body.
        excerpt: String,
    },
}

impl ApiError {
    /// The stable name of this error, for events, tests and the table of texts.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::TimedOut => "timed_out",
            Self::Network => "network",
            Self::Interrupted => "interrupted",
            Self::SessionEnded => "session_ended",
            Self::Unauthorized => "unauthorized",
            Self::Rejected { .. } => "rejected",
            Self::Forbidden { reason, .. } => match reason {
                ForbiddenReason::Terms => "forbidden_terms",
                ForbiddenReason::Role => "forbidden_role",
                ForbiddenReason::CustomerScope { .. } => "forbidden_customer_scope",
                ForbiddenReason::Other => "forbidden",
            },
            Self::NotFound => "not_found",
            Self::Conflict { .. } => "conflict",
            Self::RateLimited { .. } => "rate_limited",
            Self::Refused { status: 402, .. } => "payment_required",
            Self::Refused { .. } => "refused",
            Self::Server { .. } => "server",
            Self::Unreadable { .. } => "unreadable",
        }
    }

    /// True when a call that changes something may have been carried out all the same, so that the
    /// state must be read before anything is sent again.
    pub fn outcome_unknown(&self) -> bool {
        match self {
            Self::TimedOut
            | Self::Network
            | Self::Interrupted
            | Self::Server { .. }
            | Self::Unreadable { .. } => true,
            // A proxy that gave up waiting cannot say what the server behind it did.
            Self::Refused { status, .. } => *status == 408,
            _ => false,
        }
    }

    /// True when the same call may succeed later without any change. It says nothing about whether
    /// it is safe to repeat: see [`Self::outcome_unknown`].
    pub fn retryable(&self) -> bool {
        match self {
            Self::Offline
            | Self::TimedOut
            | Self::Network
            | Self::Interrupted
            | Self::RateLimited { .. }
            | Self::Unreadable { .. } => true,
            Self::Server { status, .. } => *status != 501,
            Self::Refused { status, .. } => matches!(status, 408 | 425),
            _ => false,
        }
    }
}

impl From<TransportError> for ApiError {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Offline => Self::Offline,
            TransportError::TimedOut => Self::TimedOut,
            TransportError::Network => Self::Network,
            TransportError::Interrupted => Self::Interrupted,
        }
    }
}
