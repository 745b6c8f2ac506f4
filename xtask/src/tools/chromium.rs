//! Chromium and its driver, from the system's packages.

use super::step;
use crate::{Done, run};
use std::{env, ffi::OsStr, path::PathBuf};

/// A browser for tests.
pub struct Browser {
    /// The browser itself.
    pub program: PathBuf,
    /// Its driver, of the same version.
    pub driver: PathBuf,
}

/// Debian installs the browser without any font of its own.
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-liberation"];

/// The browser that is there, else the one of Debian's packages.
pub fn browser() -> Done<Browser> {
    if let Some(browser) = present() {
        return Ok(browser);
    }
    let path = env::var_os("PATH").unwrap_or_default();
    if run::found("apt-get", &path).is_none() {
        return Err("Chromium is missing and this machine has no apt-get: install Chromium and chromedriver of the \
                    same version, then set CHROMIUM and CHROMEDRIVER to their paths."
            .to_owned());
    }
    step(
        "Chromium",
        "tests run in a real browser (apt-get install chromium chromium-driver)",
        || {
            // Without an update a fresh image knows no packages. It may fail in part and still suffice.
            let update = run::quiet(apt(&path)?.arg("update"), "apt-get update");
            let mut install = apt(&path)?;
            install
                .args(["install", "--yes", "--no-install-recommends"])
                .args(PACKAGES);
            run::quiet(&mut install, "apt-get install").map_err(|error| match update {
                Ok(_) => error,
                Err(before) => {
                    format!("{before}\n{error}\nIf the network was away, run the command again.")
                }
            })
        },
    )?;
    present().ok_or_else(|| {
        "Debian's packages were installed and Chromium is still not to be found.".to_owned()
    })
}

fn present() -> Option<Browser> {
    let path = env::var_os("PATH").unwrap_or_default();
    let chosen = |name| {
        env::var_os(name)
            .map(PathBuf::from)
            .filter(|file| file.is_file())
    };
    let program = chosen("CHROMIUM").or_else(|| run::found("chromium", &path))?;
    let driver = chosen("CHROMEDRIVER").or_else(|| run::found("chromedriver", &path))?;
    Some(Browser { program, driver })
}

/// apt-get, through sudo for anybody but root. Another run that is installing is waited for.
fn apt(path: &OsStr) -> Done<std::process::Command> {
    let id = run::quiet(run::command("id", path).arg("-u"), "id")?;
    let mut command = if id.trim() == "0" {
        run::command("apt-get", path)
    } else if run::found("sudo", path).is_some() {
        let mut command = run::command("sudo", path);
        command.args(["--preserve-env=DEBIAN_FRONTEND", "apt-get"]);
        command
    } else {
        return Err(format!(
            "Chromium is missing. As root: apt-get install {}",
            PACKAGES.join(" ")
        ));
    };
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["-o", "DPkg::Lock::Timeout=300"]);
    Ok(command)
}
