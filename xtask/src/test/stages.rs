//! The stages of the test command.

use super::{Outcome, count::Count};
use crate::{
    Done, e2e, run, size,
    tools::{Need, Tools, WASM},
};
use std::{ffi::OsString, fs, process::Command};

/// One stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// rustfmt has nothing to say.
    Format,
    /// Nor has clippy, for the machine and for the browser.
    Clippy,
    /// Everything that runs without a browser.
    Native,
    /// Components in a headless browser.
    Browser,
    /// The budget.
    Size,
    /// The types of the end-to-end tests.
    Types,
    /// The served release build in a browser.
    EndToEnd,
}

impl Stage {
    /// All stages, in the order in which they run.
    pub const ALL: [Self; 7] = [
        Self::Format,
        Self::Types,
        Self::Clippy,
        Self::Native,
        Self::Browser,
        Self::Size,
        Self::EndToEnd,
    ];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Format => "fmt",
            Self::Clippy => "clippy",
            Self::Native => "native",
            Self::Browser => "browser",
            Self::Size => "size",
            Self::Types => "types",
            Self::EndToEnd => "e2e",
        }
    }

    /// The stage of a name; an error lists all names.
    pub fn named(name: &str) -> Done<Self> {
        Self::ALL
            .into_iter()
            .find(|stage| stage.name() == name)
            .ok_or_else(|| {
                let all: Vec<&str> = Self::ALL.map(Self::name).into();
                format!("There is no stage {name:?}. There are {}.", all.join(", "))
            })
    }

    /// Whether the stage consists of tests, so that none is too few.
    pub fn has_tests(self) -> bool {
        matches!(self, Self::Native | Self::Browser | Self::EndToEnd)
    }

    /// What the stage cannot do without.
    pub fn needs(self) -> &'static [Need] {
        match self {
            Self::Format | Self::Native => &[],
            Self::Clippy => &[Need::Target],
            Self::Browser => &[Need::Runner, Need::Browser],
            Self::Size => &[Need::Site],
            Self::Types => &[Need::Node],
            Self::EndToEnd => &[Need::Site, Need::Browser, Need::Server],
        }
    }

    /// Runs the stage. `extra` goes to Playwright. An error is a failure of the whole stage.
    pub fn run(self, tools: &Tools, extra: &[OsString]) -> Done<Outcome> {
        match self {
            Self::Format => checked(
                run::cargo(&tools.path).args(["fmt", "--all", "--check"]),
                "cargo fmt",
            ),
            Self::Clippy => clippy(tools),
            Self::Native => counted(
                run::cargo(&tools.path).args(["test", "--locked", "--workspace", "--no-fail-fast"]),
                "cargo test",
            ),
            Self::Browser => browser(tools),
            Self::Size => size::weigh(tools).map(|()| Outcome::default()),
            Self::Types => checked(
                run::command("tsc", &tools.path).args(["--noEmit", "--project", "tsconfig.json"]),
                "tsc",
            ),
            Self::EndToEnd => {
                let report = e2e::playwright(tools, "e2e", extra)?;
                let unnoticed = u64::from(!report.fine && report.failed == 0);
                Ok(Outcome {
                    passed: report.passed,
                    failed: report.failed + unnoticed,
                })
            }
        }
    }
}

fn clippy(tools: &Tools) -> Done<Outcome> {
    let deny = ["--", "-D", "warnings"];
    let mut native = run::cargo(&tools.path);
    native
        .args(["clippy", "--locked", "--workspace", "--all-targets"])
        .args(deny);
    let native = run::shown(&mut native, "clippy");
    // Code for the browser stands behind a `cfg` here and there, and its tests are nothing natively.
    let mut wasm = run::cargo(&tools.path);
    wasm.args([
        "clippy",
        "--locked",
        "--target",
        WASM,
        "--package",
        "credenza",
        "--lib",
        "--bins",
    ]);
    for test in browser_tests()? {
        wasm.args(["--test", &test]);
    }
    let wasm = run::shown(wasm.args(deny), "clippy for wasm");
    native.and(wasm).map(|()| Outcome::default())
}

fn browser(tools: &Tools) -> Done<Outcome> {
    let tests = browser_tests()?;
    if tests.is_empty() {
        return Err("tests/ has no browser_*.rs.".to_owned());
    }
    let browser = tools
        .browser
        .as_ref()
        .ok_or("The tests were started without a browser.")?;
    let mut run = run::cargo(&tools.path);
    run.args([
        "test",
        "--locked",
        "--no-fail-fast",
        "--target",
        WASM,
        "--package",
        "credenza",
    ]);
    for test in &tests {
        run.args(["--test", test]);
    }
    run.env("CHROMEDRIVER", &browser.driver);
    // A cold machine takes its time to start the browser; the default is 20 seconds.
    run.env("WASM_BINDGEN_TEST_TIMEOUT", "90");
    counted(&mut run, "The browser tests")
}

/// The test programs that run in a browser, by their file names.
fn browser_tests() -> Done<Vec<String>> {
    let folder = run::root().join("tests");
    let entries = fs::read_dir(&folder)
        .map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
    let names = entries.flatten().filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        name.strip_suffix(".rs")
            .filter(|stem| stem.starts_with("browser_"))
            .map(str::to_owned)
    });
    let mut names: Vec<String> = names.collect();
    names.sort();
    Ok(names)
}

fn checked(command: &mut Command, what: &str) -> Done<Outcome> {
    run::shown(command, what).map(|()| Outcome::default())
}

fn counted(command: &mut Command, what: &str) -> Done<Outcome> {
    let mut count = Count::default();
    let fine = run::watched(command, what, |line| count.see(line))?;
    Ok(count.end(fine))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stage_is_found_by_its_name() {
        for stage in Stage::ALL {
            assert_eq!(Stage::named(stage.name()), Ok(stage));
        }
        assert!(Stage::named("nightly").is_err_and(|message| message.contains("e2e")));
    }
}
