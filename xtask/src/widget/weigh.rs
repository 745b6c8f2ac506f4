//! What a page with one element moves for it, cold.

use super::{Pace, build, workshop};
use crate::{Done, tools::Tools};
use serde_json::Value;
use std::fs;

/// The script that a page loads, besides the module of the element's service.
const SCRIPT: &str = "register.js";

/// Bytes, brotli, of everything of ours, by the name of the module.
const BUDGETS: [(&str, u64); 3] = [
    ("storefront", 95_000),
    ("registry", 109_000),
    ("clients", 120_500),
];

/// What an element of storefronts loads besides, once the form for a private key is shown; bytes, brotli.
const LATER: (&str, u64) = ("key.wasm", 6_000);

/// Builds the package, prints a table for each module, and fails over budget.
pub fn weigh(tools: &Tools) -> Done {
    // A package that was built quickly weighs more than the one that is shipped.
    build(tools, Pace::Full)?;
    let file = workshop().join("weights.json");
    let told = fs::read_to_string(&file)
        .map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let weights: Value = serde_json::from_str(&told)
        .map_err(|error| format!("{} is no JSON: {error}", file.display()))?;
    let mut over = Vec::new();
    for (module, budget) in BUDGETS {
        let total = print(module, &weights)?;
        println!("  the budget is {budget}");
        if total > budget {
            over.push(format!(
                "An element of {module} is {} bytes over its budget.",
                total - budget
            ));
        }
    }
    let (name, budget) = LATER;
    let later = weight(name, &weights).ok_or_else(|| format!("{name} was not weighed."))?;
    println!("once one of storefronts asks for a private key, bytes");
    row(name, later);
    println!("  the budget is {budget}");
    if later[2] > budget {
        let more = later[2] - budget;
        over.push(format!("{name} is {more} bytes over its budget."));
    }
    if over.is_empty() {
        Ok(())
    } else {
        Err(over.join("\n"))
    }
}

/// Prints the files of one module's element and their sum, which comes back in bytes of brotli.
fn print(module: &str, weights: &Value) -> Done<u64> {
    println!(
        "{:<44}{:>10}{:>10}{:>10}",
        format!("an element of {module}, bytes"),
        "raw",
        "gzip",
        "brotli"
    );
    let mut sum = [0; 3];
    for name in [&format!("{module}.wasm"), SCRIPT] {
        let weight = weight(name, weights).ok_or_else(|| format!("{name} was not weighed."))?;
        row(name, weight);
        sum.iter_mut()
            .zip(weight)
            .for_each(|(sum, one)| *sum += one);
    }
    row("together", sum);
    Ok(sum[2])
}

fn row(name: &str, [raw, gzip, brotli]: [u64; 3]) {
    println!("  {name:<42}{raw:>10}{gzip:>10}{brotli:>10}");
}

/// The bytes of one file: as it is, with gzip, with brotli.
fn weight(name: &str, weights: &Value) -> Option<[u64; 3]> {
    let file = weights.get(name)?;
    let bytes = |kind: &str| file.get(kind)?.as_u64().filter(|bytes| *bytes > 0);
    Some([bytes("raw")?, bytes("gzip")?, bytes("brotli")?])
}

#[cfg(test)]
mod tests {
    use super::super::PROGRAMS;
    use super::*;

    #[test]
    fn every_module_has_a_budget() {
        let later = LATER.0.trim_end_matches(".wasm");
        let modules = BUDGETS.iter().map(|(module, _)| *module);
        assert!(modules.chain([later]).eq(PROGRAMS));
    }

    #[test]
    fn a_file_that_was_not_weighed_has_no_weight() {
        let weights = r#"{"a.js": {"raw": 3, "gzip": 2, "brotli": 1}, "b.js": {"raw": 3, "gzip": 0, "brotli": 1}}"#;
        let weights: Value = serde_json::from_str(weights).expect("is JSON");
        assert_eq!(weight("a.js", &weights), Some([3, 2, 1]));
        assert_eq!(weight("b.js", &weights), None);
        assert_eq!(weight("c.js", &weights), None);
        assert!(print("c", &weights).is_err());
    }
}
