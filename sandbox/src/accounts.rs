//! The seeded access tokens and the people behind them.

/// Whoever a token belongs to.
#[derive(Debug, Clone, Copy)]
pub struct Account {
    pub token: &'static str,
    pub company_id: u32,
    pub company: &'static str,
    pub domain: &'static str,
    pub user: &'static str,
    /// `None` for a caller whose role the platform does not tell.
    pub role: Option<&'static str>,
    pub expired: bool,
    pub accepted_terms: bool,
    /// The key reaches several customers, and writes need one to be chosen.
    pub needs_scope: bool,
    /// What the token is good for, told at the start.
    pub purpose: &'static str,
}

const BUYER: Account = Account {
    token: "scope3_demo_buyer",
    company_id: 11,
    company: "Acme Brand",
    domain: "acmebrand.example",
    user: "buyer@acmebrand.example",
    role: Some("MEMBER"),
    expired: false,
    accepted_terms: true,
    needs_scope: false,
    purpose: "a buyer at Acme Brand: start with this one",
};

/// Every token that the sandbox knows, in the order in which they are printed.
pub const ACCOUNTS: [Account; 8] = [
    BUYER,
    Account {
        token: "scope3_demo_admin",
        user: "admin@acmebrand.example",
        role: Some("ADMIN"),
        purpose: "an admin of Acme Brand: may create marketplace accounts and sees them",
        ..BUYER
    },
    Account {
        token: "scope3_demo_super",
        user: "super@acmebrand.example",
        role: Some("SUPER_ADMIN"),
        purpose: "a super admin of Acme Brand: may do what an admin may",
        ..BUYER
    },
    Account {
        token: "scope3_demo_norole",
        user: "colleague@acmebrand.example",
        role: None,
        purpose: "a colleague whose role the platform does not tell",
        ..BUYER
    },
    Account {
        token: "scope3_demo_other",
        company_id: 12,
        company: "Other Company",
        domain: "othercompany.example",
        user: "buyer@othercompany.example",
        purpose: "another company, with nothing connected",
        ..BUYER
    },
    Account {
        token: "scope3_demo_noterms",
        user: "new@acmebrand.example",
        accepted_terms: false,
        purpose: "the terms of service were not accepted: reading works, connecting does not",
        ..BUYER
    },
    Account {
        token: "scope3_demo_scope",
        company_id: 13,
        company: "Northwind Agency",
        domain: "northwindagency.example",
        user: "planner@northwindagency.example",
        needs_scope: true,
        purpose: "a key for several customers: connecting asks which one",
        ..BUYER
    },
    Account {
        token: "scope3_demo_expired",
        expired: true,
        purpose: "a token that has expired: every call is refused",
        ..BUYER
    },
];

impl Account {
    /// The account of a token, expired ones included.
    pub fn of_token(token: &str) -> Option<&'static Self> {
        ACCOUNTS.iter().find(|account| account.token == token)
    }

    /// Whether this caller may create marketplace accounts and sees them. An untold role is no admin's.
    pub fn is_admin(&self) -> bool {
        matches!(self.role, Some("ADMIN" | "SUPER_ADMIN"))
    }
}
