//! Debian's packages, for what neither cargo nor npm brings.

use crate::{Done, run};
use std::{env, process::Command};

/// Installs the packages that it is given. Without an update a fresh image knows none; that may fail in part and still
/// suffice. Another run that is installing is waited for.
pub const INSTALL: &str = r#"
apt() { apt-get -o DPkg::Lock::Timeout=300 "$@"; }
apt update
apt install --yes --no-install-recommends "$@"
"#;

/// Runs a script of the shell as root, with the names of packages. `what` is missing, and is installed by it.
pub fn run(what: &str, script: &str, packages: &[&str]) -> Done {
    let path = env::var_os("PATH").unwrap_or_default();
    let names = packages.join(" ");
    if run::found("apt-get", &path).is_none() {
        return Err(format!(
            "{what} is missing and this machine has no apt-get. On Debian it would be: apt-get install {names}"
        ));
    }
    let mut shell = root_shell()?
        .ok_or_else(|| format!("{what} is missing. As root: apt-get install {names}"))?;
    shell.args(["-c", script, "sh"]).args(packages);
    run::quiet(&mut shell, "apt-get install")
        .map(drop)
        .map_err(|error| format!("{error}\nIf the network was away, run the command again."))
}

/// A shell of root's, through sudo for anybody else; nothing without either.
fn root_shell() -> Done<Option<Command>> {
    let path = env::var_os("PATH").unwrap_or_default();
    let id = run::quiet(run::command("id", &path).arg("-u"), "id")?;
    let mut command = if id.trim() == "0" {
        run::command("sh", &path)
    } else if run::found("sudo", &path).is_some() {
        let mut command = run::command("sudo", &path);
        command.args(["--preserve-env=DEBIAN_FRONTEND", "sh"]);
        command
    } else {
        return Ok(None);
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Ok(Some(command))
}
