//! The storefront service (Interchange buyer API v2): the endpoints that this product uses.
//!
//! Documents of different age disagree on shapes; each parser says which ones it reads. Addresses and
//! texts in the results are the server's and are checked where they are used.

mod list;

mod detail;

mod credentials;

mod register;

mod sources;

mod account;

mod connection;

pub use account::{Account, account_request, parse_account};
pub use connection::{connection_request, parse_connection};
pub use credentials::{
    CoveredSource, CredentialStatus, RegisteredCredential, credentials_request, matching,
    parse_credentials,
};
pub use detail::{
    CapabilityRow, EmbeddedSource, StorefrontDetail, capabilities_request, detail_request,
    parse_capabilities, parse_detail,
};
pub use list::{
    ListQuery, Page, Readiness, StatusFilter, StorefrontSummary, Visibility, list_request,
    parse_list,
};
pub use register::{OAuthInfo, Registration, parse_register, register_request};
pub use sources::{Next, SourceAccount, SourceRow, SourceStatus, next_needed, source_rows};
