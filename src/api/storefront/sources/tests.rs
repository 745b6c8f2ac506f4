//! What is joined from which answers.

use super::*;
use crate::api::storefront::{parse_capabilities, parse_credentials, parse_detail};
use crate::api::testing::response;

const ROLLED_UP: &str = r#"{"id":42,"name":"CTV"}"#;
const NEEDS: &str = r#"{"agents":[{"sourceId":"s","sourceName":"Main","requiresCredentials":true,
    "probeable":true,"probeStatus":"reachable"}]}"#;

/// What the capabilities row says about the need for credentials.
fn capability(requires: &str) -> String {
    NEEDS.replace("true,\n", &[requires, ",\n"].concat())
}

/// A list of one credential for source `s` of storefront 42.
fn credential(status: &str) -> String {
    let row = r#"[{"id":"7","accountIdentifier":"acme","status":"?","createdAt":"",
        "sources":[{"storefrontId":42,"sourceId":"s","sourceName":"Told by the credential"}]}]"#;
    row.replace('?', status)
}

fn embedded(requires: &str, connected: bool, account: &str) -> String {
    let status = ["\"status\":\"", account, "\""].concat();
    let source = r#"{"id":42,"name":"CTV","sources":[{"sourceId":"s","name":"Old name",
        "requiresCredentials":REQ,"connected":CON,"customerAccounts":[{"accountIdentifier":"acme",STATUS}]}]}"#;
    let connected = if connected { "true" } else { "false" };
    source
        .replace("REQ", requires)
        .replace("CON", connected)
        .replace("STATUS", &status)
}

fn join(detail: &str, capabilities: Option<&str>, credentials: Option<&str>) -> Vec<SourceRow> {
    let detail = parse_detail(&response(200, detail)).expect("a storefront");
    let capabilities =
        capabilities.map(|body| parse_capabilities(&response(200, body)).expect("rows"));
    let credentials =
        credentials.map(|body| parse_credentials(&response(200, body)).expect("a list"));
    source_rows(&detail, capabilities.as_deref(), credentials.as_deref())
}

#[track_caller]
fn check(detail: &str, capabilities: Option<&str>, credentials: Option<&str>, expected: &str) {
    let rows = join(detail, capabilities, credentials);
    assert_eq!(
        rows.iter().map(|row| row.status.code()).collect::<Vec<_>>(),
        [expected]
    );
}

#[test]
fn newer_answers_are_joined() {
    let (active, pending, odd) = (
        credential("ACTIVE"),
        credential("PENDING"),
        credential("DISABLED"),
    );
    check(ROLLED_UP, Some(NEEDS), Some(&active), "connected");
    check(ROLLED_UP, Some(NEEDS), Some(&pending), "pending");
    check(ROLLED_UP, Some(NEEDS), Some(&odd), "needs_credentials");
    check(ROLLED_UP, Some(NEEDS), Some("[]"), "needs_credentials");
    check(
        ROLLED_UP,
        Some(&capability("false")),
        Some("[]"),
        "none_needed",
    );
    check(ROLLED_UP, Some(&capability("null")), Some("[]"), "unknown");
    check(
        ROLLED_UP,
        Some(&capability("null")),
        Some(&active),
        "connected",
    );
    check(
        ROLLED_UP,
        Some(&capability("null")),
        Some(&pending),
        "pending",
    );
}

#[test]
fn what_could_not_be_loaded_is_unknown() {
    check(ROLLED_UP, Some(NEEDS), None, "unknown");
    check(ROLLED_UP, Some(&capability("false")), None, "none_needed");
    check(ROLLED_UP, None, Some(&credential("ACTIVE")), "connected");
    check(ROLLED_UP, None, Some(&credential("PENDING")), "pending");
    check(ROLLED_UP, None, Some(&credential("DISABLED")), "unknown");
    assert_eq!(join(ROLLED_UP, None, None), []);
    // A list whose rows do not tell their sources cannot say that nothing covers this one.
    let untold = r#"[{"id":"7","accountIdentifier":"acme","status":"ACTIVE","createdAt":""}]"#;
    check(ROLLED_UP, Some(NEEDS), Some(untold), "unknown");
}

#[test]
fn older_answers_speak_for_themselves() {
    check(&embedded("true", true, "ACTIVE"), None, None, "connected");
    check(&embedded("true", false, "PENDING"), None, None, "pending");
    check(
        &embedded("true", false, "DISABLED"),
        None,
        None,
        "needs_credentials",
    );
    check(
        &embedded("true", false, "ACTIVE"),
        None,
        None,
        "needs_credentials",
    );
    check(
        &embedded("false", true, "ACTIVE"),
        None,
        None,
        "none_needed",
    );
    check(&embedded("null", false, "DISABLED"), None, None, "unknown");
    check(
        &embedded("true", false, "X"),
        Some(&capability("null")),
        None,
        "needs_credentials",
    );
    check(
        &embedded("true", false, "X"),
        None,
        Some(&credential("ACTIVE")),
        "connected",
    );
}

#[test]
fn accounts_and_names_come_from_where_they_are_told() {
    let detail = embedded("true", true, "ACTIVE");
    let rows = join(&detail, Some(NEEDS), Some(&credential("ACTIVE")));
    assert_eq!((rows.len(), rows[0].name.as_str()), (1, "Main"));
    assert_eq!(rows[0].accounts.len(), 1, "one account, told twice");
    assert_eq!(rows[0].accounts[0].credential_id.as_deref(), Some("7"));

    let rows = join(&detail, None, None);
    assert_eq!(
        (rows[0].name.as_str(), rows[0].accounts.len()),
        ("Old name", 1)
    );
    assert_eq!(rows[0].accounts[0].credential_id, None);

    let rows = join(ROLLED_UP, None, Some(&credential("ACTIVE")));
    assert_eq!(rows[0].name, "Told by the credential");
    let unnamed = NEEDS.replace("\"Main\"", "null");
    assert_eq!(join(ROLLED_UP, Some(&unnamed), None)[0].name, "s");
}

#[test]
fn the_next_source_is_the_next_below_that_needs_credentials() {
    use SourceStatus::{Connected, NeedsCredentials, NoneNeeded, Pending};
    let row = |(id, status): &(&str, SourceStatus)| SourceRow {
        source_id: (*id).to_owned(),
        name: (*id).to_owned(),
        status: *status,
        accounts: Vec::new(),
    };
    let rows: Vec<SourceRow> = [
        ("a", NeedsCredentials),
        ("b", Connected),
        ("c", NeedsCredentials),
        ("d", NoneNeeded),
        ("e", Pending),
        ("f", NeedsCredentials),
    ]
    .iter()
    .map(row)
    .collect();
    let next = |after| {
        let next = next_needed(&rows, after);
        next.map(|next| (next.row.source_id.as_str(), next.number, next.of))
    };
    // The one that was just done counts as done before the list says so.
    assert_eq!(next("a"), Some(("c", 4, 5)));
    assert_eq!(next("b"), Some(("c", 3, 5)));
    assert_eq!(next("f"), Some(("a", 4, 5)));
    assert_eq!(next("elsewhere"), Some(("a", 3, 5)));
    assert_eq!(next_needed(&rows[1..2], "b"), None);
    assert_eq!(next_needed(&rows[..1], "a"), None);
}

#[test]
fn a_source_appears_once_and_only_with_its_own_storefront() {
    let twice = NEEDS.replace(
        "}]}",
        "},{\"sourceId\":\"s\",\"probeable\":false,\"probeStatus\":\"\"}]}",
    );
    check(ROLLED_UP, Some(&twice), Some("[]"), "needs_credentials");
    let elsewhere = credential("ACTIVE").replace("42", "43");
    check(
        ROLLED_UP,
        Some(NEEDS),
        Some(&elsewhere),
        "needs_credentials",
    );
    assert_eq!(join(ROLLED_UP, None, Some(&elsewhere)), []);
    // A storefront that tells its sources gains none from a credential that outlived one.
    let gone = credential("ACTIVE").replace("\"s\"", "\"gone\"");
    check(
        &embedded("true", false, "X"),
        None,
        Some(&gone),
        "needs_credentials",
    );
}
