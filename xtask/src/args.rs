//! The command line.

use crate::{Done, site::Base, test::Stage};
use lexopt::{Arg, Parser, ValueExt};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

/// The text of `cargo xtask` alone and of `--help`.
pub const HELP: &str = "\
cargo xtask serve [--port 8080] [--auth-port 9080] [--base /] [--scenario demo] [--config FILE] [--issuer URL] [--watch]
    Builds the console and serves it with the sandbox on 127.0.0.1. Port 0 means any free port.
    --watch builds again when a source changes, and open pages reload. --issuer lets another authorization server
    on this machine sign people in to the registry.
cargo xtask test [STAGE...] [-- ARGUMENTS]
    Runs every check, or the named ones: fmt, types, clippy, native, browser, size, package, examples, e2e.
    What follows -- goes to Playwright.
cargo xtask dist [--base /tools/credenza/] [--package]
    Writes dist/ for any static host, with the npm package of the element in dist/widget/ and dist/credenza.tgz.
    --package writes the package alone; with CREDENZA_QUICK=1 in the environment it is built faster, not to be published.
cargo xtask size
    Shows what the connect form and the element weigh and what a sign-in's return moves, and fails over budget.
cargo xtask shots [STATE]
    Writes target/shots/<state>-<theme>-<width>.png, for all states or those whose name has STATE in it.
cargo xtask bench [--rounds 5]
    Compares the table of credentials with a plain JavaScript one, and fails when it is too slow beside it.

Missing tools are installed by themselves, once per machine.";

/// One command with its options.
#[derive(Debug, PartialEq)]
pub enum Task {
    /// Nothing was asked for, or `--help`.
    Help,
    /// `serve`
    Serve(Serve),
    /// What `serve --watch` starts beside itself.
    Rebuild { base: Base },
    /// `test`
    Test {
        stages: Vec<Stage>,
        extra: Vec<OsString>,
    },
    /// `dist`
    Dist { base: Base },
    /// `dist --package`
    Package,
    /// `size`
    Size,
    /// `shots`
    Shots { filter: Option<String> },
    /// `bench`
    Bench { rounds: u32 },
}

/// The options of `serve`. Ports, scenario and configuration are the sandbox's: it judges them.
#[derive(Debug, Default, PartialEq)]
pub struct Serve {
    /// Where the console is served.
    pub base: Base,
    /// Whether to build again on a change.
    pub watch: bool,
    /// What is passed on to the sandbox.
    pub passed: Vec<OsString>,
}

impl Task {
    /// Reads the arguments after the program's name. An error names the argument.
    pub fn read(arguments: impl Iterator<Item = OsString>) -> Done<Self> {
        let mut parser = Parser::from_args(arguments);
        Self::parse(&mut parser).map_err(|error| format!("{error}\n\n{HELP}"))
    }

    fn parse(parser: &mut Parser) -> Result<Self, lexopt::Error> {
        let command = match parser.next()? {
            None | Some(Arg::Short('h') | Arg::Long("help")) => return Ok(Self::Help),
            Some(Arg::Value(command)) => command.string()?,
            Some(other) => return Err(other.unexpected()),
        };
        match command.as_str() {
            "help" => Ok(Self::Help),
            "serve" => serve(parser).map(Self::Serve),
            "rebuild-on-change" => base(parser).map(|base| Self::Rebuild { base }),
            "test" => test(parser),
            "dist" => dist(parser),
            "size" => match parser.next()? {
                None => Ok(Self::Size),
                Some(other) => Err(other.unexpected()),
            },
            "shots" => shots(parser),
            "bench" => bench(parser),
            other => Err(format!("There is no command {other:?}.").into()),
        }
    }
}

fn serve(parser: &mut Parser) -> Result<Serve, lexopt::Error> {
    let mut options = Serve::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("watch") => options.watch = true,
            Arg::Long("base") => options.base = parser.value()?.parse()?,
            Arg::Long(name @ ("port" | "auth-port" | "scenario" | "issuer")) => {
                let name = format!("--{name}");
                options.passed.extend([name.into(), parser.value()?]);
            }
            Arg::Long("config") => {
                options
                    .passed
                    .extend(["--config".into(), from_here(&parser.value()?)]);
            }
            other => return Err(other.unexpected()),
        }
    }
    Ok(options)
}

/// A path as it was meant where the command was typed; everything else runs in the repository's root.
fn from_here(path: &OsString) -> OsString {
    std::path::absolute(Path::new(path))
        .unwrap_or_else(|_| PathBuf::from(path))
        .into_os_string()
}

fn test(parser: &mut Parser) -> Result<Task, lexopt::Error> {
    let mut stages = Vec::new();
    let mut extra = Vec::new();
    // lexopt swallows the two dashes, so what follows them is looked for first.
    let arguments: Vec<OsString> = parser.raw_args()?.collect();
    let mut arguments = arguments.into_iter();
    for argument in arguments.by_ref() {
        if argument == "--" {
            break;
        }
        let name = argument.string()?;
        stages.push(Stage::named(&name)?);
    }
    extra.extend(arguments);
    if stages.is_empty() {
        stages.extend(Stage::ALL);
    }
    Ok(Task::Test { stages, extra })
}

fn dist(parser: &mut Parser) -> Result<Task, lexopt::Error> {
    let (mut base, mut package) = (None, false);
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("base") => base = Some(parser.value()?.parse()?),
            Arg::Long("package") => package = true,
            other => return Err(other.unexpected()),
        }
    }
    match (base, package) {
        (base, false) => Ok(Task::Dist {
            base: base.unwrap_or_default(),
        }),
        (None, true) => Ok(Task::Package),
        (Some(_), true) => {
            Err("The package is the same under every base: leave out --base.".into())
        }
    }
}

fn base(parser: &mut Parser) -> Result<Base, lexopt::Error> {
    let mut base = Base::default();
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("base") => base = parser.value()?.parse()?,
            other => return Err(other.unexpected()),
        }
    }
    Ok(base)
}

fn shots(parser: &mut Parser) -> Result<Task, lexopt::Error> {
    let mut filter = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Value(name) if filter.is_none() => filter = Some(name.string()?),
            other => return Err(other.unexpected()),
        }
    }
    Ok(Task::Shots { filter })
}

fn bench(parser: &mut Parser) -> Result<Task, lexopt::Error> {
    let mut rounds = 5;
    while let Some(argument) = parser.next()? {
        match argument {
            Arg::Long("rounds") => rounds = parser.value()?.parse()?,
            other => return Err(other.unexpected()),
        }
    }
    if rounds == 0 {
        return Err("--rounds takes a number from 1 on.".into());
    }
    Ok(Task::Bench { rounds })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Done<Task> {
        Task::read(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn serve_passes_on_what_the_sandbox_judges() {
        let Ok(Task::Serve(options)) = read(
            "serve --port=0 --base tools/credenza --scenario large --issuer http://127.0.0.1:1 --watch",
        ) else {
            panic!("is not serve");
        };
        assert!(options.watch);
        assert_eq!(options.base.as_str(), "/tools/credenza/");
        let passed = "--port 0 --scenario large --issuer http://127.0.0.1:1";
        assert_eq!(options.passed.join(" ".as_ref()), passed);
    }

    #[test]
    fn stages_and_what_goes_to_playwright_are_told_apart() {
        let Ok(Task::Test { stages, extra }) = read("test native e2e -- connect.spec.ts -g key")
        else {
            panic!("is not test");
        };
        assert_eq!(stages, [Stage::Native, Stage::EndToEnd]);
        assert_eq!(extra, ["connect.spec.ts", "-g", "key"]);
        let Ok(Task::Test { stages, .. }) = read("test") else {
            panic!("is not test")
        };
        assert_eq!(stages, Stage::ALL);
    }

    #[test]
    fn the_package_may_be_made_alone() {
        let base = Base::default();
        assert_eq!(read("dist"), Ok(Task::Dist { base }));
        assert_eq!(read("dist --package"), Ok(Task::Package));
    }

    #[test]
    fn the_rounds_of_a_comparison_may_be_told() {
        assert_eq!(read("bench"), Ok(Task::Bench { rounds: 5 }));
        assert_eq!(read("bench --rounds 9"), Ok(Task::Bench { rounds: 9 }));
    }

    #[test]
    fn mistakes_are_named() {
        for (line, word) in [
            ("serve --colour", "--colour"),
            ("test nightly", "nightly"),
            ("dist --base ../x", "--base"),
            ("dist --package --base /x", "--base"),
            ("publish", "publish"),
            ("size now", "now"),
            ("bench --rounds 0", "--rounds"),
            ("bench --rounds many", "many"),
            ("bench now", "now"),
        ] {
            let message = read(line).expect_err(line);
            assert!(message.contains(word), "{line}: {message}");
        }
        assert_eq!(read(""), Ok(Task::Help));
    }
}
