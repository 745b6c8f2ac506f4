//! The commands of this repository: `cargo xtask <command>`.

mod args;
mod bench;
mod cold;
mod dist;
mod e2e;
mod examples;
mod run;
mod serve;
mod shots;
mod site;
mod size;
mod test;
mod tools;
mod widget;

use args::Task;
use std::process::ExitCode;

/// What every step returns; an error is a sentence that says what to do.
type Done<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    let outcome = Task::read(std::env::args_os().skip(1)).and_then(|task| match task {
        Task::Help => {
            println!("{}", args::HELP);
            Ok(())
        }
        Task::Serve(options) => serve::serve(&options),
        Task::Rebuild { base } => serve::rebuild_on_change(&base),
        Task::Test { stages, extra } => test::test(&stages, &extra),
        Task::Dist { base } => dist::dist(&base),
        Task::Package => dist::package(),
        Task::Size => size::size(),
        Task::Shots { filter } => shots::shots(filter.as_deref()),
        Task::Bench { rounds } => bench::bench(rounds),
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        // The sentence is empty when everything was said already.
        Err(message) => {
            if !message.is_empty() {
                eprintln!("{message}");
            }
            ExitCode::FAILURE
        }
    }
}
