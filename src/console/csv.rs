//! The credentials as a file for spreadsheets (RFC 4180).

use crate::api::storefront::RegisteredCredential;
use crate::api::time::utc;
use crate::text;

/// The mark by which spreadsheets know that a file is UTF-8.
const UTF8: char = '\u{feff}';

/// One line for each credential, below a line of names. Times are in UTC; a time that is none stands as
/// the server told it. What is not told is empty.
pub fn csv<'a>(rows: impl Iterator<Item = &'a RegisteredCredential>) -> String {
    let mut out = String::from(UTF8);
    line(&mut out, &text::CSV_NAMES);
    for row in rows {
        let mut sources = String::new();
        for pair in row.sources.as_deref().unwrap_or_default() {
            if !sources.is_empty() {
                sources.push_str("; ");
            }
            sources.push_str(&text::source_of(pair));
        }
        let time = |time: &str| utc(time).unwrap_or_else(|| time.to_owned());
        line(
            &mut out,
            &[
                &row.id,
                &row.account_identifier,
                &sources,
                row.account_type.as_deref().unwrap_or_default(),
                row.status.as_str(),
                row.registered_by.as_deref().unwrap_or_default(),
                &time(&row.created_at),
                &row.updated_at.as_deref().map(time).unwrap_or_default(),
            ],
        );
    }
    out
}

fn line(out: &mut String, cells: &[&str]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(out, cell);
    }
    out.push_str("\r\n");
}

/// Writes a cell. One that a spreadsheet would take for a formula gets an apostrophe in front, by which
/// it is a text (OWASP, CSV injection).
fn write(out: &mut String, cell: &str) {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if !formula && !cell.contains([',', '"', '\r', '\n', ';']) {
        out.push_str(cell);
        return;
    }
    out.push('"');
    if formula {
        out.push('\'');
    }
    for c in cell.chars() {
        if c == '"' {
            out.push('"');
        }
        out.push(c);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::storefront::{CoveredSource, CredentialStatus};

    fn row(identifier: &str) -> RegisteredCredential {
        let pair = |id: u64, name: Option<&str>| CoveredSource {
            storefront_id: id,
            storefront_name: name.map(str::to_owned),
            source_id: "s".to_owned(),
            source_name: name.map(|name| [name, " Direct"].concat()),
        };
        RegisteredCredential {
            id: "7".to_owned(),
            account_identifier: identifier.to_owned(),
            account_type: Some("CLIENT".to_owned()),
            status: CredentialStatus::Pending,
            registered_by: None,
            created_at: "2026-02-23T20:55:11.6+01:00".to_owned(),
            updated_at: Some("soon".to_owned()),
            sources: Some(vec![pair(1, Some("CTV")), pair(2, None)]),
            oauth: None,
        }
    }

    #[test]
    fn a_line_tells_what_the_table_shows_in_utc() {
        let text = csv([row("acme")].iter());
        let lines: Vec<&str> = text.trim_start_matches(UTF8).split("\r\n").collect();
        assert_eq!(
            lines[0],
            "Credential ID,Account,Sources,Account type,Status,Registered by,Created (UTC),Updated (UTC)"
        );
        let expected = "7,acme,\"CTV Direct at CTV; s at storefront 2\",CLIENT,PENDING,,2026-02-23T19:55:11.600Z,soon";
        assert_eq!((lines[1], lines.len()), (expected, 3));
        assert!(text.starts_with(UTF8));
    }

    #[test]
    fn no_cell_is_taken_for_a_formula() {
        for (identifier, cell) in [
            ("=SUM(A1)", "\"'=SUM(A1)\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@a", "\"'@a\""),
            ("\ta", "\"'\ta\""),
            ("a=b", "a=b"),
            ("a,b", "\"a,b\""),
            ("a\"b", "\"a\"\"b\""),
            ("a\nb", "\"a\nb\""),
            ("=\"x\"", "\"'=\"\"x\"\"\""),
            ("ü", "ü"),
        ] {
            let text = csv([row(identifier)].iter());
            assert!(
                text.contains(&format!("\r\n7,{cell},")),
                "{identifier}: {text}"
            );
        }
    }
}
