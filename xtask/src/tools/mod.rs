//! The tools beside cargo: found, or installed with one line for each that says what and why.

mod apt;
mod chromium;
mod nginx;
mod node;
mod rust;

pub use rust::{WASM, library_source};

use crate::{Done, run};
use std::{env, ffi::OsString, fs, path::PathBuf, thread, time::Instant};

/// What a command cannot do without.
#[derive(Clone, Copy, PartialEq)]
pub enum Need {
    /// The wasm target of the compiler.
    Target,
    /// trunk, wasm-bindgen, wasm-opt: what builds a site.
    Site,
    /// The packages of package.json.
    Node,
    /// wasm-bindgen's test runner.
    Runner,
    /// Chromium and its driver.
    Browser,
    /// nginx, in front of a site.
    Server,
}

/// Where the tools are.
pub struct Tools {
    /// The search path that has them first.
    pub path: OsString,
    /// The browser and its driver, when they were asked for.
    pub browser: Option<chromium::Browser>,
}

/// Makes sure that everything needed is there. What comes from the network arrives side by side.
pub fn ensure(needs: &[Need]) -> Done<Tools> {
    let any = |of: &[Need]| of.iter().any(|need| needs.contains(need));
    thread::scope(|scope| {
        let node = scope.spawn(|| {
            if any(&[Need::Node, Need::Site]) {
                node::packages()
            } else {
                Ok(None)
            }
        });
        let browser = scope.spawn(|| {
            // Both are packages of the system, which takes one after the other.
            if any(&[Need::Server]) {
                nginx::server()?;
            }
            if any(&[Need::Browser]) {
                chromium::browser().map(Some)
            } else {
                Ok(None)
            }
        });
        let mut folders = Vec::new();
        if any(&[Need::Target, Need::Site, Need::Runner]) {
            rust::target()?;
        }
        if any(&[Need::Site]) {
            folders.extend(rust::trunk()?);
        }
        if any(&[Need::Site, Need::Runner]) {
            folders.extend(rust::wasm_bindgen()?);
        }
        let lost = |_| "A step of the set-up ended by itself.".to_owned();
        folders.extend(node.join().map_err(lost)??);
        let browser = browser.join().map_err(lost)??;
        Ok(Tools {
            path: run::path_with(&folders)?,
            browser,
        })
    })
}

/// Does one step of the set-up, with a line before it and one after it.
fn step<T>(what: &str, why: &str, act: impl FnOnce() -> Done<T>) -> Done<T> {
    println!("set-up  {what}: {why}");
    let start = Instant::now();
    let outcome = act();
    if outcome.is_ok() {
        println!("set-up  {what}: done in {}", run::since(start));
    }
    outcome
}

/// The folder for one version of a tool, shared by all clones on this machine.
fn cache(name: &str, version: &str) -> Done<PathBuf> {
    let set = |name| {
        env::var_os(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let folder = set("CREDENZA_TOOLS")
        .or_else(|| set("XDG_CACHE_HOME").map(|cache| cache.join("credenza")))
        .or_else(|| set("HOME").map(|home| home.join(".cache/credenza")))
        .ok_or("There is no home folder to keep tools in: set CREDENZA_TOOLS to a folder.")?
        .join(format!("{name}-{version}"));
    fs::create_dir_all(&folder).map_err(|error| {
        format!(
            "{} cannot be made ({error}): set CREDENZA_TOOLS to a folder that you may write to.",
            folder.display()
        )
    })?;
    Ok(folder)
}
