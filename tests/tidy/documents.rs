//! The documents say what is, and no file says what concerns nobody who reads it.

use std::collections::BTreeSet;

use crate::files::{self, File};

/// Tables of facts and of words are as long as what they list.
const LONG: &[&str] = &[
    "src/credential/catalog.rs",
    "src/text.rs",
    "src/text/destinations.rs",
    "src/text/registry.rs",
];
const LINES: usize = 400;

#[test]
fn no_file_is_too_long_to_read() {
    let folders = [
        "src", "sandbox", "xtask", "tests", "fuzz", "bench", "style", "static", "vendor", "widget",
        "examples",
    ];
    let source =
        |file: &File| file.is(&["rs", "ts", "js", "mjs", "css"]) && file.is_below(&folders);
    let mut found = Vec::new();
    for file in files::all()
        .iter()
        .filter(|file| source(file) && !LONG.contains(&file.path.as_str()))
    {
        let lines = file.text.lines().count();
        if lines > LINES {
            found.push(format!("{}: {lines} lines", file.path));
        }
    }
    files::none(
        found,
        "A file has one subject and at most 400 lines. Divide these:",
    );
}

#[test]
fn no_file_names_a_machine_or_a_registry() {
    // In parts, so that this file does not name them either.
    let folders = ["work", "root", "home"].map(|folder| format!("/{folder}/"));
    let hosts = [
        ["npmjs", "org"],
        ["npmjs", "com"],
        ["yarnpkg", "com"],
        ["pypi", "org"],
        ["crates", "io"],
    ]
    .map(|parts| parts.join("."));
    let mut found = Vec::new();
    // Cargo writes where its index is; that is no choice of ours.
    let ours = |file: &&File| !file.path.ends_with("Cargo.lock");
    for file in files::all().iter().filter(ours) {
        for (at, line) in file.text.lines().enumerate() {
            let named = folders
                .iter()
                .chain(&hosts)
                .filter(|name| line.contains(*name));
            found.extend(named.map(|name| format!("{}:{}: {name}", file.path, at + 1)));
        }
    }
    files::none(
        found,
        "Whoever clones this has other folders and perhaps another registry. Leave these out:",
    );
}

#[test]
fn locks_name_no_server_and_pin_no_package_of_ours() {
    let package = "file:../../dist/credenza.tgz";
    let locks: Vec<File> = files::all()
        .into_iter()
        .filter(|file| file.path.ends_with("package-lock.json"))
        .collect();
    let examples = locks.iter().filter(|file| file.text.contains(package));
    assert_eq!(examples.count(), 3, "each example takes the built package");
    let mut found = Vec::new();
    for file in &locks {
        let resolved = file
            .text
            .lines()
            .filter(|line| line.contains("\"resolved\""));
        let others = resolved.filter(|line| !line.contains(package));
        found.extend(others.map(|line| format!("{}: {}", file.path, line.trim())));
        // The entry ends where the next package begins.
        let ours = file.text.split_once("\"node_modules/credenza\"");
        let entry = ours.map_or("", |(_, rest)| {
            rest.split("\"node_modules/").next().unwrap_or(rest)
        });
        if entry.contains("\"integrity\"") {
            found.push(format!("{}: the integrity of credenza", file.path));
        }
    }
    files::none(
        found,
        "npm wrote what differs from machine to machine and from build to build. Take these lines out:",
    );
}

/// The cells of each row of the first table below a heading of a document.
pub fn table(path: &str, heading: &str) -> Vec<Vec<String>> {
    let text = files::read(path);
    let (_, section) = text
        .split_once(heading)
        .unwrap_or_else(|| panic!("{path} has no {heading:?}"));
    let lines = section.lines().skip_while(|line| !line.starts_with('|'));
    let rows: Vec<Vec<String>> = lines
        .take_while(|line| line.starts_with('|'))
        .skip(2)
        .map(|line| {
            line.trim_matches('|')
                .split(" | ")
                .map(|cell| cell.trim().to_owned())
                .collect()
        })
        .collect();
    assert!(!rows.is_empty(), "{path}: no table below {heading:?}");
    rows
}

/// What stands in backticks.
pub fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_readme_lists_every_setting() {
    let source = files::read("src/api/config.rs");
    let strings = |text: &str| -> Vec<String> {
        text.split('"')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect()
    };
    let after = |sign: &str| -> Vec<String> {
        source
            .match_indices(sign)
            .filter_map(|(at, _)| strings(&source[at..]).into_iter().next())
            .collect()
    };
    let mut known: BTreeSet<String> = after("top.text(").into_iter().collect();
    for (service, keys) in [
        ("storefront", "STOREFRONT"),
        ("destinations", "CLIENT"),
        ("inventory", "CLIENT"),
        ("registry", "REGISTRY"),
    ] {
        let sign = format!("const {keys}_KEYS: ");
        let (_, keys) = source.split_once(&sign).expect("the keys of each service");
        let keys = keys
            .split_once(';')
            .and_then(|(_, rest)| rest.split_once(';'));
        let keys = strings(keys.expect("the list ends").0);
        known.extend(keys.iter().map(|key| format!("{service}.{key}")));
    }
    assert!(known.contains("storefront.api"), "{known:?}");
    let rows = table("README.md", "## Configuration");
    let told: BTreeSet<String> = rows
        .iter()
        .map(|row| row[0].trim_matches('`').to_owned())
        .collect();
    assert_eq!(
        told, known,
        "the table of README.md (left) and src/api/config.rs (right)"
    );
}

#[test]
fn the_readme_lists_every_command() {
    let source = files::read("xtask/src/args.rs");
    let help = source
        .split_once("HELP")
        .and_then(|(_, rest)| rest.split_once("\";"))
        .expect("args.rs has a HELP")
        .0;
    let word = |line: &str| {
        line.strip_prefix("cargo xtask ")?
            .split(' ')
            .next()
            .map(str::to_owned)
    };
    let known: BTreeSet<String> = help.lines().filter_map(word).collect();
    assert!(
        known.contains("serve") && known.contains("test"),
        "{known:?}"
    );
    let rows = table("README.md", "## Commands");
    let told: BTreeSet<String> = rows
        .iter()
        .flat_map(|row| quoted(&row[0]))
        .filter_map(word)
        .collect();
    assert_eq!(
        told, known,
        "the table of README.md (left) and the help of xtask (right)"
    );
}

#[test]
fn every_invariant_is_held_by_something() {
    let rust = files::rust(&["src", "sandbox", "xtask", "tests", "vendor"]);
    let tests: BTreeSet<String> = rust.iter().flat_map(|file| tests_of(&file.text)).collect();
    let specs: String = files::all()
        .into_iter()
        .filter(|file| file.path.ends_with(".spec.ts"))
        .map(|f| f.text)
        .collect();
    let lints = [files::read("Cargo.toml"), files::read("clippy.toml")].concat();
    let holds = |kind: &str, name: &str| match kind {
        "test" => tests.contains(name),
        "browser test" => specs.contains(&format!("test('{name}'")),
        "lint" => lints.contains(name),
        "type" => ["struct", "enum", "fn"].iter().any(|word| {
            rust.iter().any(|file| {
                [" ", "<", "("]
                    .iter()
                    .any(|end| file.text.contains(&format!("{word} {name}{end}")))
            })
        }),
        _ => false,
    };
    let mut found = Vec::new();
    for row in table("ARCHITECTURE.md", "## Invariants") {
        let held = row.last().expect("a row has cells");
        let (mut kind, mut holders) = ("", 0);
        // Words and names in backticks take turns; words name the kind of what follows.
        for (at, part) in held.split('`').enumerate() {
            if at % 2 == 1 {
                holders += 1;
                if !holds(kind, part) {
                    found.push(format!("{}: there is no {kind} `{part}`", row[0]));
                }
            } else if part != ", " {
                kind = part
                    .trim_start_matches("; ")
                    .trim_end()
                    .trim_end_matches('s');
            }
        }
        if holders == 0 {
            found.push(format!("{}: nothing holds it", row[0]));
        }
    }
    files::none(
        found,
        "Each invariant of ARCHITECTURE.md names what holds it (test, browser test, lint, type):",
    );
}

/// The names of the tests in a Rust file.
fn tests_of(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = text.lines().map(str::trim);
    while let Some(line) = lines.next() {
        if matches!(line, "#[test]" | "#[wasm_bindgen_test]") || line.starts_with("#[tokio::test") {
            let name = lines
                .next()
                .and_then(|line| line.split_once("fn ")?.1.split_once('('));
            found.extend(name.map(|(name, _)| name.to_owned()));
        }
    }
    found
}

#[test]
fn the_readme_lists_every_call() {
    let calls = files::read("deploy/calls");
    let known: BTreeSet<String> = calls
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' ').map(|(_, call)| call.to_owned()))
        .collect();
    let rows = table("README.md", "### Every call");
    let told: BTreeSet<String> = rows
        .iter()
        .filter_map(|row| row.last())
        .flat_map(|cell| quoted(cell))
        .map(str::to_owned)
        .collect();
    assert_eq!(
        told, known,
        "the table of README.md (left) and deploy/calls (right)"
    );
}
