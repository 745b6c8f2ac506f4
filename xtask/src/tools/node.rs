//! The packages of package.json: wasm-opt, esbuild, Playwright, axe, oidc-provider, TypeScript, React, ajv.

use super::step;
use crate::{Done, run};
use std::{env, fs, path::PathBuf};

/// Brings `node_modules` to the state of package-lock.json. Returns the folder for the search path.
pub fn packages() -> Done<Option<PathBuf>> {
    let root = run::root();
    let path = env::var_os("PATH").unwrap_or_default();
    for program in ["node", "npm"] {
        if run::found(program, &path).is_none() {
            return Err(format!(
                "{program} is missing: install Node.js 20.19 or newer (on Debian the packages nodejs and npm)."
            ));
        }
    }
    let folder = root.join("node_modules");
    // A copy of the lock that was installed: equal means that nothing is to be done.
    let kept = folder.join(".credenza-lock.json");
    let lock = fs::read(root.join("package-lock.json"))
        .map_err(|error| format!("package-lock.json cannot be read: {error}"))?;
    if fs::read(&kept).is_ok_and(|kept| kept == lock) {
        return Ok(Some(folder.join(".bin")));
    }
    step(
        "npm packages",
        "wasm-opt and esbuild make the site small, Playwright, axe, oidc-provider, React and ajv test it (npm ci)",
        || {
            let mut install = run::command("npm", &path);
            install
                .args(["ci", "--no-audit", "--no-fund"])
                .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
            run::quiet(&mut install, "npm ci").map_err(|error| {
                format!("{error}\nIf the network was away, run the command again.")
            })?;
            fs::write(&kept, &lock)
                .map_err(|error| format!("{} cannot be written: {error}", kept.display()))
        },
    )?;
    Ok(Some(folder.join(".bin")))
}
