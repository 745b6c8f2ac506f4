//! Counting tests from the lines that libtest and wasm-bindgen-test print.

use super::Outcome;

/// Adds up the result lines of one or more test programs.
#[derive(Default)]
pub struct Count(Outcome);

impl Count {
    /// Looks at one line of output.
    pub fn see(&mut self, line: &str) {
        let Some((_, rest)) = line.split_once("test result:") else {
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
