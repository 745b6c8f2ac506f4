//! Chromium and its driver, from the system's packages.

use super::{apt, step};
use crate::{Done, run};
use std::{env, path::PathBuf};

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
        || apt::run("Chromium", apt::INSTALL, &PACKAGES),
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
