//! Running other programs from the repository's root.

use crate::Done;
use std::{
    env,
    ffi::{OsStr, OsString},
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// The repository's root.
pub fn root() -> PathBuf {
    // Asked for at run time first: clones that share a target directory share this binary.
    let here =
        env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    Path::new(&here)
        .parent()
        .map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// A program, to be run in the root with our tools first on `path`.
pub fn command(program: impl AsRef<OsStr>, path: &OsStr) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).env("PATH", path);
    // `cargo run` describes this package to us; a cargo that we start must not take that for its own.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Cargo, the one that runs us.
pub fn cargo(path: &OsStr) -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), path)
}

/// Runs to the end with its output passed on. `what` names it in the error.
pub fn shown(command: &mut Command, what: &str) -> Done {
    let status = command
        .status()
        .map_err(|error| format!("{what} could not be started: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{what} failed: see above."))
    }
}

/// Runs to the end in silence and returns standard output; the error ends in the last lines of the output.
pub fn quiet(command: &mut Command, what: &str) -> Done<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{what} could not be started: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    let all = format!("{text}{}", String::from_utf8_lossy(&output.stderr));
    let lines: Vec<&str> = all.lines().collect();
    let last = lines[lines.len().saturating_sub(25)..].join("\n");
    Err(format!("{what} failed:\n{}", without_hosts(&last)))
}

/// Runs with its output passed on line by line; `see` gets each line of standard output too. Returns whether
/// it ended well.
pub fn watched(command: &mut Command, what: &str, mut see: impl FnMut(&str)) -> Done<bool> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{what} could not be started: {error}"))?;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            see(&line);
        }
    }
    let status = child
        .wait()
        .map_err(|error| format!("{what} was lost: {error}"))?;
    Ok(status.success())
}

/// The first executable file of that name on `path`.
pub fn found(name: &str, path: &OsStr) -> Option<PathBuf> {
    env::split_paths(path)
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

/// A search path with `first` before the present one.
pub fn path_with(first: &[PathBuf]) -> Done<OsString> {
    let present = env::var_os("PATH").unwrap_or_default();
    let folders = first.iter().cloned().chain(env::split_paths(&present));
    env::join_paths(folders)
        .map_err(|error| format!("A folder of the tools cannot stand in PATH: {error}"))
}

/// How long something took, as people read it.
pub fn since(start: Instant) -> String {
    time(start.elapsed())
}

fn time(span: Duration) -> String {
    match span.as_secs() {
        0..10 => format!("{:.1} s", span.as_secs_f64()),
        seconds @ 10..120 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

/// The text with the names of machines on the network left out: which mirror a machine uses is its own affair.
fn without_hosts(text: &str) -> String {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let is_host = |word: &str| {
        let ending = word
            .trim_end_matches('.')
            .rsplit_once('.')
            .map(|(_, ending)| ending);
        matches!(ending, Some("com" | "dev" | "io" | "net" | "org"))
    };
    let mut told = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(part) {
        let (before, word) = rest.split_at(start);
        let end = word.find(|c| !part(c)).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        told.push_str(before);
        told.push_str(if is_host(word) { "(server)" } else { word });
        rest = after;
    }
    told + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_left_out_and_the_rest_stays() {
        let told = without_hosts(
            "error: GET https://packages.example.org/a/b-1.2.tgz: 503 (file.rs)\nnpm v1.2",
        );
        assert_eq!(
            told,
            "error: GET https://(server)/a/b-1.2.tgz: 503 (file.rs)\nnpm v1.2"
        );
    }

    #[test]
    fn times_are_readable() {
        assert_eq!(time(Duration::from_millis(1240)), "1.2 s");
        assert_eq!(time(Duration::from_secs(75)), "75 s");
        assert_eq!(time(Duration::from_secs(185)), "3 min 5 s");
    }

    #[test]
    fn a_failure_tells_what_the_program_said() {
        let path = env::var_os("PATH").unwrap_or_default();
        let mut refusal = command("sh", &path);
        let error = quiet(refusal.args(["-c", "echo told >&2; exit 3"]), "The trial")
            .expect_err("exits with 3");
        assert!(
            error.contains("The trial failed") && error.contains("told"),
            "{error}"
        );
        assert!(quiet(&mut command("no-such-program", &path), "The trial").is_err());
    }
}
