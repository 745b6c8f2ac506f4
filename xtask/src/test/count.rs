//! Counting tests from the lines that libtest, wasm-bindgen-test and Node's test runner print.

use super::Outcome;

/// Adds up the result lines of one or more test programs.
#[derive(Default)]
pub struct Count(Outcome);

impl Count {
    /// Looks at one line of output.
    pub fn see(&mut self, line: &str) {
        let Some((_, rest)) = line.split_once("test result:") else {
            self.see_node(line);
            return;
        };
        for part in rest.split(['.', ';']) {
            let mut words = part.split_whitespace();
            if let (Some(number), Some(kind)) = (
                words.next().and_then(|word| word.parse::<u64>().ok()),
                words.next(),
            ) {
                match kind {
                    "passed" => self.0.passed += number,
                    "failed" => self.0.failed += number,
                    _ => {}
                }
            }
        }
    }

    /// Node's runner has a line for each number, as in `ℹ pass 12`.
    fn see_node(&mut self, line: &str) {
        let mut words = line.strip_prefix("ℹ ").unwrap_or("").split_whitespace();
        let (kind, number) = (words.next(), words.next());
        let number = number.and_then(|word| word.parse::<u64>().ok());
        match (kind, number) {
            (Some("pass"), Some(number)) => self.0.passed += number,
            (Some("fail" | "cancelled"), Some(number)) => self.0.failed += number,
            _ => {}
        }
    }

    /// The sum. A program that ended badly without a failed test (it did not compile, or died) is one failure.
    pub fn end(mut self, fine: bool) -> Outcome {
        if !fine && self.0.failed == 0 {
            self.0.failed = 1;
        }
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_several_programs_add_up() {
        let mut count = Count::default();
        for line in [
            "running 12 tests",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 filtered out; finished in 1.20s",
        ] {
            count.see(line);
        }
        assert_eq!(
            count.end(false),
            Outcome {
                passed: 15,
                failed: 2
            }
        );
    }

    #[test]
    fn nodes_runner_has_a_line_for_each_number() {
        let mut count = Count::default();
        for line in [
            "✔ a pass 7 (1ms)",
            "ℹ tests 6",
            "ℹ pass 4",
            "ℹ fail 1",
            "ℹ cancelled 1",
        ] {
            count.see(line);
        }
        let (passed, failed) = (4, 2);
        assert_eq!(count.end(false), Outcome { passed, failed });
    }

    #[test]
    fn a_program_that_dies_has_failed() {
        assert_eq!(
            Count::default().end(false),
            Outcome {
                passed: 0,
                failed: 1
            }
        );
        assert_eq!(Count::default().end(true), Outcome::default());
    }
}
