//! `cargo xtask size`: what the console and the element weigh on the wire, and what the callback page moves.

use crate::{
    Done, cold,
    site::{self, Base},
    tools::{self, Need, Tools},
    widget,
};
use std::{fs, path::Path};

/// Bytes, brotli, of what a browser loads for the first page of each program, by the name of its module: everything
/// of the console but the modules of the others.
const BUDGETS: [(&str, u64); 3] = [
    ("console", 140_000),
    ("registry", 140_000),
    ("clients", 140_000),
];

/// One file of the table.
struct Row {
    name: String,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

/// Builds, prints the table, and fails over budget.
pub fn size() -> Done {
    let tools = tools::ensure(&[Need::Site])?;
    weigh(&tools)
}

/// The same with tools at hand.
pub fn weigh(tools: &Tools) -> Done {
    let site = site::build(tools, &Base::default())?;
    let rows = rows(&site)?;
    let mut over = Vec::new();
    for (program, budget) in BUDGETS {
        let others: Vec<&str> = BUDGETS.iter().map(|(name, _)| *name).collect();
        let own = |row: &&Row| {
            let of = others.iter().find(|name| is_module(&row.name, name));
            of.is_none_or(|name| *name == program)
        };
        let rows: Vec<&Row> = rows.iter().filter(own).collect();
        if !rows.iter().any(|row| is(&row.name, "wasm")) {
            return Err(format!(
                "The site has no wasm for {program}: there is nothing to weigh."
            ));
        }
        let total = print(program, &rows);
        println!("  the budget is {budget}");
        if total > budget {
            over.push(format!(
                "{program} is {} bytes over its budget.",
                total - budget
            ));
        }
    }
    if !over.is_empty() {
        return Err(over.join("\n"));
    }
    cold::weigh(tools, &site)?;
    widget::weigh(tools)
}

/// Prints the files of one program and their sum, which comes back in bytes of brotli.
fn print(program: &str, rows: &[&Row]) -> u64 {
    println!(
        "{:<44}{:>10}{:>10}{:>10}",
        format!("{program}, bytes"),
        "raw",
        "gzip",
        "brotli"
    );
    for row in rows {
        println!(
            "  {:<42}{:>10}{:>10}{:>10}",
            row.name, row.raw, row.gzip, row.brotli
        );
    }
    let sum = |of: fn(&Row) -> u64| rows.iter().map(|row| of(row)).sum::<u64>();
    let total = sum(|row| row.brotli);
    println!(
        "  {:<42}{:>10}{:>10}{:>10}",
        "together",
        sum(|row| row.raw),
        sum(|row| row.gzip),
        total
    );
    total
}

/// True for the files of a program's module: `NAME-HASH.js` and `NAME-HASH_bg.wasm`.
fn is_module(file: &str, program: &str) -> bool {
    file.strip_prefix(program)
        .is_some_and(|rest| rest.starts_with('-'))
}

/// What a browser loads before a form can be seen, for any program, from the largest on.
fn rows(site: &Path) -> Done<Vec<Row>> {
    let entries = fs::read_dir(site)
        .map_err(|error| format!("{} cannot be read: {error}", site.display()))?;
    let mut rows = Vec::new();
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_loaded(&name) {
            let length = |suffix: &str| {
                fs::metadata(site.join(format!("{name}{suffix}")))
                    .map(|data| data.len())
                    .ok()
            };
            let raw = length("").unwrap_or_default();
            // A file without a compressed copy goes out as it is.
            let (gzip, brotli) = (length(".gz").unwrap_or(raw), length(".br").unwrap_or(raw));
            rows.push(Row {
                name,
                raw,
                gzip,
                brotli,
            });
        }
    }
    rows.sort_by(|a, b| b.brotli.cmp(&a.brotli).then_with(|| a.name.cmp(&b.name)));
    Ok(rows)
}

/// Pages that are not the console's own do not count: the copy for hosts, the address that sign-ins return to.
fn is_loaded(name: &str) -> bool {
    let elsewhere = name == "404.html" || name.starts_with("oauth-callback");
    !elsewhere
        && ["html", "js", "css", "wasm", "svg", "json"]
            .iter()
            .any(|ending| is(name, ending))
}

fn is(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|own| own == ending)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_a_program_are_known_by_their_name() {
        assert!(is_module("registry-00ff_bg.wasm", "registry"));
        assert!(is_module("console-00ff.js", "console"));
        for name in ["registry.js", "console.css", "boot.js", "style-00ff.css"] {
            assert!(
                !BUDGETS.iter().any(|(program, _)| is_module(name, program)),
                "{name}"
            );
        }
    }

    #[test]
    fn what_the_console_does_not_load_is_not_weighed() {
        for name in [
            "index.html",
            "boot.js",
            "console-00ff_bg.wasm",
            "form-00ff.css",
            "credenza.json",
        ] {
            assert!(is_loaded(name), "{name}");
        }
        for name in [
            "404.html",
            "oauth-callback.html",
            "oauth-callback.js",
            "index.html.br",
            "boot.js.gz",
        ] {
            assert!(!is_loaded(name), "{name}");
        }
    }
}
