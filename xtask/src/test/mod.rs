//! `cargo xtask test`: every check, in the order in which a mistake shows soonest.

mod count;
mod stages;

pub use stages::Stage;

use crate::{
    Done, run,
    tools::{self, Need},
};
use std::{ffi::OsString, time::Instant};

/// How one stage ended.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub struct Outcome {
    passed: u64,
    failed: u64,
}

/// Runs the stages, all of them even when one fails. The last line is exactly `N passed, N failed`.
pub fn test(stages: &[Stage], extra: &[OsString]) -> Done {
    if !extra.is_empty() && !stages.contains(&Stage::EndToEnd) {
        return Err(
            "What follows -- goes to Playwright, and the stage e2e is not among those named."
                .to_owned(),
        );
    }
    let needs: Vec<Need> = stages
        .iter()
        .flat_map(|stage| stage.needs())
        .copied()
        .collect();
    let tools = tools::ensure(&needs)?;
    let mut ends = Vec::new();
    for stage in stages {
        println!("\n== {} ==", stage.name());
        let start = Instant::now();
        let outcome = stage.run(&tools, extra).unwrap_or_else(|message| {
            eprintln!("{message}");
            Outcome {
                passed: 0,
                failed: 1,
            }
        });
        let outcome = judged(*stage, outcome);
        ends.push((stage, outcome, run::since(start)));
    }
    println!("\n{:<10}{:>8}{:>8}  time", "stage", "passed", "failed");
    let mut sum = Outcome::default();
    for (stage, outcome, time) in ends {
        println!(
            "{:<10}{:>8}{:>8}  {time}",
            stage.name(),
            outcome.passed,
            outcome.failed
        );
        sum.passed += outcome.passed;
        sum.failed += outcome.failed;
    }
    println!("{} passed, {} failed", sum.passed, sum.failed);
    if sum.failed == 0 {
        Ok(())
    } else {
        Err(String::new())
    }
}

/// A stage of tests in which no test ran has failed: something was not found that should have been.
fn judged(stage: Stage, outcome: Outcome) -> Outcome {
    if stage.has_tests() && outcome == Outcome::default() {
        eprintln!("No test ran.");
        return Outcome {
            passed: 0,
            failed: 1,
        };
    }
    outcome
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_without_tests_fails() {
        let none = Outcome::default();
        assert_eq!(judged(Stage::Native, none).failed, 1);
        assert_eq!(judged(Stage::Format, none).failed, 0);
        let some = Outcome {
            passed: 3,
            failed: 0,
        };
        assert_eq!(judged(Stage::Native, some), some);
    }
}
