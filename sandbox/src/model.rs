//! The platform's nouns: storefronts, their sources, the agents behind them and credentials.

/// What the agent behind a source takes. No buyer endpoint tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AuthKind {
    ApiKey,
    BasicAuth,
    Jwt,
    OAuth,
    NoAuth,
}

/// The system that sells; one agent may stand behind several sources.
#[derive(Debug, Clone)]
pub struct Agent {
    pub id: u32,
    pub name: String,
    pub kind: AuthKind,
}

/// What the platform found when it last asked an agent for its capabilities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probe {
    Reachable,
    Unreachable,
    NotProbeable,
}

/// One inventory source of a storefront.
#[derive(Debug, Clone)]
pub struct Source {
    pub id: String,
    pub name: String,
    pub agent: u32,
    /// `None` when the platform does not know.
    pub requires_credentials: Option<bool>,
    pub probe: Probe,
}

/// Where a storefront stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Live,
    Blocked,
    Paused,
}

impl Standing {
    /// `readiness.effectiveStatus`.
    pub fn effective(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Blocked => "blocked",
            Self::Paused => "paused",
        }
    }

    /// `displayStatus`, which is also what the `status` parameter filters by.
    pub fn display(self) -> &'static str {
        match self {
            Self::Live => "transacting",
            Self::Blocked => "configuring",
            Self::Paused => "paused",
        }
    }

    /// The field `status` of the first documentation.
    pub fn old_status(self) -> &'static str {
        match self {
            Self::Live => "ACTIVE",
            Self::Blocked => "PENDING",
            Self::Paused => "DISABLED",
        }
    }
}

/// A seller's shop window.
#[derive(Debug, Clone)]
pub struct Storefront {
    pub id: u64,
    pub name: String,
    pub domain: String,
    pub channels: Vec<&'static str>,
    pub regions: Vec<&'static str>,
    pub private: bool,
    pub standing: Standing,
    /// The provider behind an adapter storefront, which has a connection instead of sources.
    pub adapter: Option<&'static str>,
    pub sources: Vec<Source>,
}

/// Whether a registration may be used yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    Active,
    Pending,
}

impl Status {
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Pending => "PENDING",
        }
    }
}

/// A registration of a company at an agent. The secret itself is dropped once it was checked.
#[derive(Debug, Clone)]
pub struct Credential {
    pub id: String,
    pub company: u32,
    pub identifier: String,
    pub marketplace: bool,
    pub status: Status,
    pub registered_by: Option<String>,
    pub created_at: String,
    pub updated_at: String,
    pub agent: u32,
}

impl Credential {
    pub fn account_type(&self) -> &'static str {
        if self.marketplace {
            "MARKETPLACE"
        } else {
            "CLIENT"
        }
    }
}
