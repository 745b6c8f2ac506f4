//! The stages of the test command.

use super::{Outcome, count::Count};
use crate::{
    Done, e2e, examples, run, size,
    tools::{Need, Tools, WASM},
    widget::{self, Pace},
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
    /// The types of the end-to-end tests and of the package, each with what must not compile.
    Types,
    /// What the npm package says of itself, and what it does where there is no page.
    Package,
    /// The types of the example pages, and their builds for production.
    Examples,
    /// The served release build in a browser.
    EndToEnd,
}

impl Stage {
    /// All stages, in the order in which they run.
    pub const ALL: [Self; 9] = [
        Self::Format,
        Self::Types,
        Self::Clippy,
        Self::Native,
        Self::Browser,
        Self::Size,
        Self::Package,
        Self::Examples,
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
            Self::Package => "package",
            Self::Examples => "examples",
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
        matches!(
            self,
            Self::Native | Self::Browser | Self::Package | Self::EndToEnd
        )
    }

    /// What the stage cannot do without.
    pub fn needs(self) -> &'static [Need] {
        match self {
            Self::Format | Self::Native => &[],
            Self::Clippy => &[Need::Target],
            Self::Browser => &[Need::Runner, Need::Browser],
            Self::Size | Self::Package | Self::Examples => &[Need::Site],
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
            Self::Types => types(tools),
            Self::Package => package(tools),
            Self::Examples => examples::build(tools).map(|built| Outcome {
                passed: built as u64,
                failed: 0,
            }),
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

fn types(tools: &Tools) -> Done<Outcome> {
    for project in [
        "tsconfig.json",
        "widget/types/tsconfig.json",
        "widget/types/tsconfig.react-18.json",
    ] {
        let mut tsc = run::command("tsc", &tools.path);
        tsc.args(["--noEmit", "--project", project]);
        run::shown(&mut tsc, &format!("tsc for {project}"))?;
    }
    Ok(Outcome::default())
}

fn package(tools: &Tools) -> Done<Outcome> {
    let package = widget::build(tools, Pace::asked())?;
    let mut run = run::command("node", &tools.path);
    run.args(["--test", "--test-reporter=spec"])
        .args(found("tests/package", ".test.mjs")?)
        .env("CREDENZA_WIDGET", package);
    counted(&mut run, "node --test")
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
    let names = found("tests", ".rs")?;
    let stem = |path: &String| {
        let name = path.strip_prefix("tests/")?.strip_suffix(".rs")?;
        name.starts_with("browser_").then(|| name.to_owned())
    };
    Ok(names.iter().filter_map(stem).collect())
}

/// The files of a folder whose names end so, by their paths from the root, in order.
fn found(folder: &str, ending: &str) -> Done<Vec<String>> {
    let entries = fs::read_dir(run::root().join(folder))
        .map_err(|error| format!("{folder} cannot be read: {error}"))?;
    let names = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok());
    let mut paths: Vec<String> = names
        .filter(|name| name.ends_with(ending))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    paths.sort();
    Ok(paths)
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
