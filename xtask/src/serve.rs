//! `cargo xtask serve`: the console with the sandbox behind it.

use crate::{
    Done,
    args::Serve,
    run,
    site::{self, Base},
    tools::{self, Need},
};
use std::{
    env,
    os::unix::process::{CommandExt, parent_id},
    thread,
    time::Duration,
};

const EACH: Duration = Duration::from_millis(500);

/// Builds and serves until it is interrupted.
pub fn serve(options: &Serve) -> Done {
    let tools = tools::ensure(&[Need::Site])?;
    let site = site::build(&tools, &options.base)?;
    let sandbox = sandbox(&tools)?;
    let mut serve = run::command(sandbox, &tools.path);
    serve
        .arg("--site")
        .arg(site)
        .args(["--base", options.base.as_str()])
        .args(["--registry", "--destinations", "--inventory"])
        .args(&options.passed);
    if options.watch {
        serve.arg("--watch");
        let own = env::current_exe()
            .map_err(|error| format!("This program's own file is not known: {error}"))?;
        run::command(own, &tools.path)
            .args(["rebuild-on-change", "--base", options.base.as_str()])
            // Without it the watcher would look for the sources beside the binary.
            .env("CARGO_MANIFEST_DIR", run::root().join("xtask"))
            .spawn()
            .map_err(|error| format!("The watcher could not be started: {error}"))?;
    }
    // This process becomes the sandbox, so that every signal reaches it.
    Err(format!(
        "The sandbox could not be started: {}",
        serve.exec()
    ))
}

/// Builds the sandbox and returns its program.
pub fn sandbox(tools: &tools::Tools) -> Done<String> {
    let mut build = run::cargo(&tools.path);
    build.args([
        "build",
        "--locked",
        "--quiet",
        "--package",
        "sandbox",
        "--message-format",
        "json-render-diagnostics",
    ]);
    build.stderr(std::process::Stdio::inherit());
    let told = run::quiet(&mut build, "Building the sandbox")?;
    let program = told.lines().rev().find_map(|line| {
        let message: serde_json::Value = serde_json::from_str(line).ok()?;
        message.get("executable")?.as_str().map(str::to_owned)
    });
    program.ok_or_else(|| "Cargo built the sandbox and does not say where it is.".to_owned())
}

/// Builds the site again whenever a source changes, as long as the process that started this one lives.
pub fn rebuild_on_change(base: &Base) -> Done {
    let server = parent_id();
    let tools = tools::ensure(&[Need::Site])?;
    let mut built = site::fingerprint(base)?;
    while parent_id() == server {
        thread::sleep(EACH);
        // A file may vanish between listing and reading while an editor saves.
        let Ok(seen) = site::fingerprint(base) else {
            continue;
        };
        if seen == built {
            continue;
        }
        thread::sleep(EACH);
        // Several files saved at once are one change.
        if site::fingerprint(base).is_ok_and(|now| now == seen) {
            if let Err(message) = site::build(&tools, base) {
                eprintln!("{message}\nThe page stays as it was; the next change is tried again.");
            }
            built = seen;
        }
    }
    Ok(())
}
