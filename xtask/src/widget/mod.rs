//! Building the npm package: the element `<credenza-connect>`, for pages that are not ours.

mod weigh;

pub use weigh::weigh;

use crate::{
    Done, run, site,
    tools::{self, Tools},
};
use serde_json::Value;
use site::Lean;
use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// The programs of the package: the bin is `widget_NAME`, the file NAME.wasm.
pub const PROGRAMS: [&str; 4] = ["storefront", "registry", "clients", "key"];

/// What decides what the package looks like, besides the sources of a site.
const SOURCES: [&str; 4] = [
    "widget",
    "xtask/src/widget",
    "LICENSE-APACHE",
    "LICENSE-MIT",
];

/// How much care a build takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Pace {
    /// What is shipped and weighed.
    Full,
    /// Functions are sorted in one way only: a minute less, some hundred bytes more. For trying things.
    Quick,
}

impl Pace {
    /// Quick when the environment has `CREDENZA_QUICK=1`.
    pub fn asked() -> Self {
        if env::var_os("CREDENZA_QUICK").is_some_and(|value| value == "1") {
            Self::Quick
        } else {
            Self::Full
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Quick => "quick",
        }
    }
}

/// Where the parts are that a package is made of, and what is known about it.
pub fn workshop() -> PathBuf {
    run::root().join("target/widget-parts")
}

/// Builds the package, unless nothing changed since. Returns its directory.
pub fn build(tools: &Tools, pace: Pace) -> Done<PathBuf> {
    let parts = workshop();
    site::folder(&parts)?;
    let _lock = site::lock(&parts.join("lock"))?;

    let package = run::root().join("target/widget");
    let stamp = parts.join("stamp");
    let lean = Lean::look(tools);
    let all: Vec<&str> = site::SOURCES.into_iter().chain(SOURCES).collect();
    let sources = site::collected(&all, lean.name())?;
    let kept = fs::read_to_string(&stamp).unwrap_or_default();
    let of = |pace: Pace| [pace.name(), " ", &sources].concat();
    // Whoever is in a hurry takes the careful one too.
    if package.join("package.json").is_file() && (kept == of(Pace::Full) || kept == of(pace)) {
        return Ok(package);
    }
    println!("widget  building the element's package (a first build takes some minutes)");
    let start = Instant::now();
    let programs = parts.join("programs");
    site::remove(&programs)?;
    site::folder(&programs)?;
    for (name, wasm) in compile(tools, lean)? {
        bind(tools, name, &wasm, &programs)?;
    }
    let fresh = parts.join("new");
    site::remove(&fresh)?;
    assemble(tools, pace, &programs, &fresh)?;
    site::check(&fresh)?;
    site::replace(&package, &fresh, &stamp, &of(pace))?;
    println!("widget  done in {}", run::since(start));
    if pace == Pace::Quick {
        println!(
            "widget  CREDENZA_QUICK is set: this package is larger than need be, and npm does not publish it"
        );
    }
    Ok(package)
}

/// Compiles all programs at once, as the console's are, and says where each is.
fn compile(tools: &Tools, lean: Lean) -> Done<Vec<(&'static str, PathBuf)>> {
    site::fetch(tools, lean)?;
    let mut build = run::cargo(&tools.path);
    build.args([
        "build",
        "--offline",
        "--locked",
        "--quiet",
        "--package",
        "credenza",
    ]);
    build.args(["--target", tools::WASM, "--profile", &site::link()?.profile]);
    for name in PROGRAMS {
        build.args(["--bin", &bin(name)]);
    }
    build.args(["--message-format", "json-render-diagnostics"]);
    build.env("CARGO_ENCODED_RUSTFLAGS", site::flags(lean));
    lean.apply(&mut build);
    build.stderr(std::process::Stdio::inherit());
    let told = run::quiet(&mut build, "The build of the element's programs")?;
    let place = |name: &'static str| {
        let file = told.lines().find_map(|line| executable(line, &bin(name)));
        let file = file.ok_or_else(|| format!("Cargo does not say where {} is.", bin(name)));
        Ok((name, PathBuf::from(file?)))
    };
    PROGRAMS.into_iter().map(place).collect()
}

fn bin(name: &str) -> String {
    format!("widget_{name}")
}

/// The file of a bin, if this message of cargo's is about it.
fn executable(line: &str, bin: &str) -> Option<String> {
    let message: Value = serde_json::from_str(line).ok()?;
    if message.get("target")?.get("name")?.as_str()? != bin {
        return None;
    }
    message.get("executable")?.as_str().map(str::to_owned)
}

/// Joins a module with its script and makes it small, as Trunk does for the console.
fn bind(tools: &Tools, name: &str, wasm: &Path, to: &Path) -> Done {
    let mut bindgen = run::command("wasm-bindgen", &tools.path);
    bindgen
        .args(["--target=web", "--no-typescript", "--out-name", name])
        .arg("--out-dir")
        .args([to, wasm]);
    run::quiet(&mut bindgen, "wasm-bindgen")?;
    let module = to.join(format!("{name}_bg.wasm"));
    let link = site::link()?;
    let (level, rest) = link.wasm_opt.split_at(1);
    let mut optimize = run::command("wasm-opt", &tools.path);
    optimize.args(level).arg(&module).args(rest);
    optimize.arg("--output").arg(&module);
    run::quiet(&mut optimize, "wasm-opt").map(drop)
}

/// The scripts, the style and what describes them.
fn assemble(tools: &Tools, pace: Pace, programs: &Path, to: &Path) -> Done {
    let mut build = run::command("node", &tools.path);
    build
        .arg("xtask/src/widget/build.mjs")
        .args([programs, to])
        .args([env!("CARGO_PKG_VERSION"), env!("CARGO_PKG_LICENSE")])
        .env_remove("CREDENZA_QUICK");
    if pace == Pace::Quick {
        build.env("CREDENZA_QUICK", "1");
    }
    run::quiet(&mut build, "Putting the package together").map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_says_where_a_program_is() {
        let line = r#"{"reason":"compiler-artifact","target":{"name":"widget_a"},"executable":"/t/widget_a.wasm"}"#;
        assert_eq!(
            executable(line, "widget_a").as_deref(),
            Some("/t/widget_a.wasm")
        );
        assert_eq!(executable(line, "widget"), None);
        assert_eq!(executable("not json", "widget_a"), None);
    }
}
