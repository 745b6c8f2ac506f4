//! Running Playwright against the served release build.

use crate::{
    Done, examples, run, serve,
    site::{self, Base},
    tools::Tools,
    widget::{self, Pace},
};
use serde_json::Value;
use std::{ffi::OsString, fs};

/// Where the deployment under a path is tried.
const BASED: &str = "/tools/credenza/";

/// How many tests may need a second try on a noisy machine before the run counts as failed.
const UNSTEADY: u64 = 3;

/// How a run of Playwright ended.
#[derive(Debug, PartialEq)]
pub struct Report {
    /// Tests that did what they should.
    pub passed: u64,
    /// Tests that did not, and those that did only at the second try when they are too many.
    pub failed: u64,
    /// Whether Playwright itself was content.
    pub fine: bool,
}

/// Builds what the tests need and runs one project of playwright.config.ts.
pub fn playwright(tools: &Tools, project: &str, extra: &[OsString]) -> Done<Report> {
    let site = site::build(tools, &Base::default())?;
    let based = site::build(tools, &BASED.parse()?)?;
    let widget = widget::build(tools, Pace::asked())?;
    let sandbox = serve::sandbox(tools)?;
    if project == "e2e" {
        examples::build(tools)?;
    }
    let browser = tools
        .browser
        .as_ref()
        .ok_or("The tests were started without a browser.")?;
    let report = run::root().join(format!("target/e2e/{project}.json"));
    // A report of an earlier run must not be taken for this one's.
    site::remove(&report)?;

    let mut tests = run::command("playwright", &tools.path);
    tests
        .arg("test")
        .arg(format!("--project={project}"))
        .args(extra)
        .env("CREDENZA_SANDBOX", sandbox)
        .env("CREDENZA_SITE", site)
        .env("CREDENZA_SITE_BASED", based)
        .env("CREDENZA_WIDGET", widget)
        .env("CREDENZA_REPORT", &report)
        .env("CHROMIUM", &browser.program);
    let fine = tests
        .status()
        .map_err(|error| format!("Playwright could not be started: {error}"))?
        .success();
    let text = fs::read_to_string(&report)
        .map_err(|error| format!("Playwright left no report ({error}): see above."))?;
    let (passed, failed) = counted(&text).ok_or("Playwright's report has no counts.")?;
    Ok(Report {
        passed,
        failed,
        fine,
    })
}

/// The passed and failed tests of a JSON report. Up to [`UNSTEADY`] that passed only at a second try have passed;
/// Playwright names them.
fn counted(text: &str) -> Option<(u64, u64)> {
    let report: Value = serde_json::from_str(text).ok()?;
    let count = |name: &str| report.get("stats")?.get(name)?.as_u64();
    let (passed, failed, unsteady) = (count("expected")?, count("unexpected")?, count("flaky")?);
    if unsteady > UNSTEADY {
        Some((passed, failed + unsteady))
    } else {
        Some((passed + unsteady, failed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_unsteady_tests_have_failed() {
        let stats = |flaky: u64| {
            format!(
                r#"{{"stats": {{"expected": 7, "unexpected": 1, "flaky": {flaky}, "skipped": 3}}}}"#
            )
        };
        assert_eq!(counted(&stats(3)), Some((10, 1)));
        assert_eq!(counted(&stats(4)), Some((7, 5)));
        assert_eq!(counted("{}"), None);
    }
}
