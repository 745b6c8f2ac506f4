//! What makes the module a tenth smaller than its own code can: the standard library compiled anew for size, and
//! panics that stop at once instead of writing a message.
//!
//! Both are unstable parts of the stable compiler, so nothing depends on them: where they are not to be had, the
//! same module is built without them, and is larger.

use crate::{
    Done, run,
    tools::{self, Tools, WASM},
};
use std::{env, process::Command};

/// What goes to the compiler besides our other flags: no message, no place and no debug text of a panic.
const FLAGS: [&str; 4] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
];

/// What every build gets: nothing is copied into its callers that is not smaller there, loops count as they are written
/// (pointers of their own for each thing counted are quicker on few machines and longer on this one), and objects of the
/// page are kept in a list of the script, which takes less code than a table of the module.
const SIZE: [&str; 3] = [
    "-Cllvm-args=-inline-threshold=0",
    "-Cllvm-args=-disable-lsr",
    "-Ctarget-feature=-reference-types",
];

/// Whether this machine can build the small module; looked up once for each site.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lean(bool);

impl Lean {
    /// Brings the library's source, if that is possible, and tries the flags. Says so when it must do without.
    pub fn look(tools: &Tools) -> Self {
        let able = tools::library_source() && flags_are_known(tools);
        if !able {
            println!(
                "site    the module will be about a tenth larger: this Rust has no source of its library (rustup component \
                 add rust-src), or does not know the flags for small panics"
            );
        }
        Self(able)
    }

    /// A word for the stamp: the two kinds of module are not the same.
    pub fn name(self) -> &'static str {
        if self.0 { "lean" } else { "plain" }
    }

    /// The flags for the compiler.
    pub fn flags(self) -> impl Iterator<Item = &'static str> {
        let unstable = if self.0 { &FLAGS[..] } else { &[] };
        SIZE.iter().chain(unstable).copied()
    }

    /// Makes a cargo, or a program that starts one, compile the library too.
    pub fn apply(self, command: &mut Command) {
        if self.0 {
            command
                .env("RUSTC_BOOTSTRAP", "1")
                .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size");
        }
    }
}

fn flags_are_known(tools: &Tools) -> bool {
    let program = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let mut ask = run::command(program, &tools.path);
    ask.env("RUSTC_BOOTSTRAP", "1")
        .args(["--target", WASM, "--print", "cfg"])
        .args(FLAGS);
    let answer: Done<String> = run::quiet(&mut ask, "asking the compiler for its flags");
    answer.is_ok()
}
