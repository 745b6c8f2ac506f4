//! `cargo xtask size`: what the console weighs on the wire, and what its callback page moves.

use crate::{
    Done, cold,
    site::{self, Base},
    tools::{self, Need, Tools},
};
use std::{fs, path::Path};

/// Bytes, brotli, of the whole console.
const BUDGET: u64 = 120_000;

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
    let total = rows.iter().fold(
        Row {
            name: "together".into(),
            raw: 0,
            gzip: 0,
            brotli: 0,
        },
        |sum, row| Row {
            name: sum.name,
            raw: sum.raw + row.raw,
            gzip: sum.gzip + row.gzip,
            brotli: sum.brotli + row.brotli,
        },
    );
    println!(
        "{:<44}{:>10}{:>10}{:>10}",
        "console, bytes", "raw", "gzip", "brotli"
    );
    for row in rows.iter().chain([&total]) {
        println!(
            "  {:<42}{:>10}{:>10}{:>10}",
            row.name, row.raw, row.gzip, row.brotli
        );
    }
    let wasm: u64 = rows
        .iter()
        .filter(|row| is(&row.name, "wasm"))
        .map(|row| row.brotli)
        .sum();
    println!(
        "  the wasm is {} % of it; the budget is {BUDGET}",
        wasm * 100 / total.brotli.max(1)
    );
    if total.brotli > BUDGET {
        return Err(format!(
            "The console is {} bytes over its budget.",
            total.brotli - BUDGET
        ));
    }
    cold::weigh(tools, &site)
}

/// What a browser loads before a form can be seen, which is all there is, from the largest on.
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
    if rows.iter().any(|row| is(&row.name, "wasm")) {
        Ok(rows)
    } else {
        Err("The site has no wasm: there is nothing to weigh.".to_owned())
    }
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
