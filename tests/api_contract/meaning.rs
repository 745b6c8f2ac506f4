//! What the recorded answers mean to the console.

use credenza::api::storefront::SourceStatus::{Connected, NeedsCredentials, NoneNeeded, Unknown};
use credenza::api::storefront::{self as sf, CredentialStatus, source_rows};
use credenza::api::{ApiError, ForbiddenReason};

use crate::fixtures::recorded;

#[test]
fn registrations_carry_what_the_console_shows() {
    let read = |name| sf::parse_register(&recorded(name).0).expect(name);
    let active = read("registered-active");
    assert_eq!(
        (active.id.as_str(), &active.status),
        ("123", &CredentialStatus::Active)
    );
    assert_eq!(active.account_identifier, "my-publisher-account");
    assert_eq!(active.registered_by.as_deref(), Some("user@example.com"));
    assert_eq!(active.created_at, "2026-01-15T10:00:00Z");
    assert_eq!(active.oauth, None);
    assert_eq!(read("registered-by-nobody").registered_by, None);
    assert_eq!(read("registered-numeric-id"), active);
    let pending = read("registered-pending");
    assert_eq!(pending.status, CredentialStatus::Pending);
    let oauth = pending.oauth.expect("consent is still to be given");
    assert_eq!(
        oauth.authorization_url,
        "https://agent.example.com/authorize?client_id=abc&..."
    );
    assert!(read("registered-pending-old").oauth.is_some());
}

#[test]
fn lists_and_accounts_carry_what_the_console_shows() {
    let page = sf::parse_list(&recorded("list").0).expect("a page");
    assert_eq!(
        (page.total, page.has_more, page.next_offset),
        (25, true, Some(20))
    );
    let ids: Vec<u64> = page.items.iter().map(|item| item.id).collect();
    assert_eq!(ids, [42, 47, 49]);
    let first = &page.items[0];
    assert_eq!(
        first.publisher_domain.as_deref(),
        Some("premiumctv.example")
    );
    assert_eq!(
        (first.source_count, first.connected_source_count),
        (Some(4), Some(2))
    );
    assert_eq!(first.channels, ["ctv", "olv"]);
    assert_eq!(page.items[1].adapter_provider_type.as_deref(), Some("SNAP"));
    let blocked = page.items[2].readiness.as_ref().expect("told");
    assert_eq!(blocked.effective_status, "blocked");
    let old = sf::parse_list(&recorded("list-old").0).expect("an older page");
    assert_eq!(
        (&old.items[0].readiness, old.items[0].source_count),
        (&None, None)
    );

    let admin = sf::parse_account(&recorded("account-admin").0).expect("an account");
    assert_eq!(
        (admin.id, admin.company.as_str(), admin.role.as_deref()),
        (11, "Acme Brand", Some("ADMIN"))
    );
    let other = sf::parse_account(&recorded("account-no-role").0).expect("an account");
    assert_eq!((other.company.as_str(), other.role), ("Acme Brand", None));
}

#[test]
fn credentials_carry_what_the_console_shows() {
    let read = |name| sf::parse_credentials(&recorded(name).0).expect(name);
    let row = &read("credentials")[0];
    assert_eq!(
        (row.id.as_str(), row.account_type.as_deref()),
        ("722", Some("CLIENT"))
    );
    assert_eq!(row.covers(42, "src_main"), Some(true));
    assert_eq!(row.covers(43, "src_main"), Some(false));
    let several = read("credentials-several");
    assert!(
        ["src_bus", "src_rail", "src_hall"]
            .iter()
            .all(|id| several[0].covers(46, id) == Some(true))
    );
    assert_eq!(
        (&several[1].sources, &several[1].registered_by),
        (&Some(vec![]), &None)
    );
    assert_eq!(several[2].status, CredentialStatus::Pending);
    assert_eq!(several[3].account_type.as_deref(), Some("MARKETPLACE"));
    let old = read("credentials-old");
    assert_eq!(
        (&old[0].updated_at, old[0].covers(42, "src_main")),
        (&None, None)
    );
    assert!(old[1].oauth.is_some());
}

#[test]
fn errors_carry_what_the_form_needs() {
    let error = |name| sf::parse_register(&recorded(name).0).expect_err(name);
    let fields = |name| match error(name) {
        ApiError::Rejected { field_errors, .. } => field_errors
            .into_iter()
            .map(|problem| format!("{}: {}", problem.path, problem.message))
            .collect::<Vec<_>>(),
        other => panic!("{name}: {other:?}"),
    };
    let empty = "String must contain at least 1 character(s)";
    assert_eq!(
        fields("error-shape"),
        ["start_date: Human-readable error description"]
    );
    assert_eq!(
        fields("error-field"),
        ["accountIdentifier: accountIdentifier is required"]
    );
    assert_eq!(
        fields("error-issues-text"),
        [
            format!("auth.token: {empty}"),
            "accountIdentifier: Required".into()
        ]
    );
    assert_eq!(
        fields("error-issues-steps"),
        [
            format!("auth.token: {empty}"),
            "sources.0.id: Required".into(),
            ": Unrecognized key".into()
        ]
    );
    assert_eq!(fields("error-bad-request"), [""; 0]);
    assert_eq!(
        fields("error-unprocessable"),
        ["auth.tokenEndpointUrl: tokenEndpointUrl must be a URL"]
    );

    let ApiError::Forbidden { reason, code, .. } = error("error-customer-scope") else {
        panic!("a 403 is forbidden")
    };
    assert_eq!(code, "CUSTOMER_SCOPE_REQUIRED");
    let available = [
        "Acme Brand (11)",
        "Other Company (12)",
        "Third Company",
        "14",
    ];
    assert_eq!(
        reason,
        ForbiddenReason::CustomerScope {
            available: available.map(Into::into).into()
        }
    );
    assert_eq!(
        error("error-rate-limited"),
        ApiError::RateLimited {
            retry_after: Some(17)
        }
    );
    assert_eq!(
        error("error-rate-limited-reset"),
        ApiError::RateLimited {
            retry_after: Some(42)
        }
    );
    assert_eq!(
        error("error-conflict"),
        ApiError::Conflict {
            message: Some("Resource already exists".into())
        }
    );
}

#[test]
fn the_fixtures_join_into_sources() {
    let rows = |detail, with_lists: bool| {
        let detail = sf::parse_detail(&recorded(detail).0).expect("a storefront");
        let capabilities = sf::parse_capabilities(&recorded("capabilities").0).expect("rows");
        let credentials = sf::parse_credentials(&recorded("credentials").0).expect("a list");
        let rows = if with_lists {
            source_rows(&detail, Some(&capabilities), Some(&credentials))
        } else {
            source_rows(&detail, None, None)
        };
        rows.into_iter()
            .map(|row| (row.source_id, row.status))
            .collect::<Vec<_>>()
    };
    let row = |id: &str, status| (id.to_owned(), status);
    assert_eq!(
        rows("detail", true),
        [
            row("src_main", Connected),
            row("src_live", NeedsCredentials),
            row("src_open", NoneNeeded),
            row("src_managed", Unknown),
        ]
    );
    assert_eq!(
        rows("detail-sources", false),
        [
            row("src_main", NeedsCredentials),
            row("src_live", Connected),
            row("src_open", NoneNeeded)
        ]
    );
}
