//! Building the console into a site: one directory per base, ready for any static host.

mod base;
mod check;
mod lean;
mod link;
mod lock;
mod sources;

pub use base::Base;
pub use check::site as check;
pub use lean::Lean;
pub use link::link;
pub use lock::take as lock;
pub use sources::{SOURCES, collected, fingerprint};

use crate::{
    Done, run,
    tools::{self, Tools},
};
use std::{
    env, fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// Builds the site for one base, unless nothing changed since. Returns its directory.
pub fn build(tools: &Tools, base: &Base) -> Done<PathBuf> {
    let all = run::root().join("target/site");
    folder(&all)?;
    // Trunk keeps intermediate files in one place for all builds.
    let _lock = lock(&all.join("lock"))?;

    let slug = base.slug();
    let site = all.join(&slug);
    let stamp = all.join(format!("{slug}.stamp"));
    let lean = Lean::look(tools);
    let sources = [lean.name(), " ", &fingerprint(base)?].concat();
    if site.join("index.html").is_file()
        && fs::read_to_string(&stamp).is_ok_and(|kept| kept == sources)
    {
        return Ok(site);
    }
    println!(
        "site    building the console for {} (a first build takes some minutes)",
        base.as_str()
    );
    let start = Instant::now();
    let fresh = all.join(format!("{slug}.new"));
    remove(&fresh)?;
    trunk(tools, base, lean, &fresh)?;
    finish(tools, &fresh)?;
    replace(&site, &fresh, &stamp, &sources)?;
    println!("site    done in {}", run::since(start));
    Ok(site)
}

fn trunk(tools: &Tools, base: &Base, lean: Lean, to: &Path) -> Done {
    // Offline, Trunk neither looks for a newer self nor downloads the tools that it has been given; cargo,
    // which it starts, then needs its packages to be here.
    fetch(tools, lean)?;
    let mut build = run::command("trunk", &tools.path);
    build.args([
        "build",
        "--release",
        "--offline=true",
        "--locked=true",
        "--skip-version-check",
    ]);
    build
        .args(["--log", "error", "--public-url", base.as_str(), "--dist"])
        .arg(to);
    build.env("CARGO_ENCODED_RUSTFLAGS", flags(lean));
    lean.apply(&mut build);
    // Trunk takes NO_COLOR for a switch with a value and stumbles over `NO_COLOR=1`.
    build.env_remove("NO_COLOR");
    run::shown(&mut build, "The build of the console")
}

/// Puts a folder that was built in the place of the one before, and says in a stamp what it was built from. A server may
/// be reading: the old files go only when the new ones are complete.
pub fn replace(place: &Path, fresh: &Path, stamp: &Path, sources: &str) -> Done {
    remove(stamp)?;
    remove(place)?;
    fs::rename(fresh, place)
        .map_err(|error| format!("{} cannot be moved: {error}", fresh.display()))?;
    fs::write(stamp, sources)
        .map_err(|error| format!("{} cannot be written: {error}", stamp.display()))
}

/// Brings the packages that the programs are made of.
pub fn fetch(tools: &Tools, lean: Lean) -> Done {
    // Without a target it brings what every one needs but not the packages of the library itself.
    let target: [&[&str]; 2] = [&[], &["--target", tools::WASM]];
    for target in target {
        let mut fetch = run::cargo(&tools.path);
        fetch.args(["fetch", "--locked", "--quiet"]).args(target);
        lean.apply(&mut fetch);
        run::quiet(&mut fetch, "cargo fetch")?;
    }
    Ok(())
}

/// What the compiler is told, for `CARGO_ENCODED_RUSTFLAGS`.
///
/// Keeps the folders of this machine out of the messages of panics: they are nobody's business, they would make
/// each machine's wasm another, and they weigh.
pub fn flags(lean: Lean) -> String {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::var_os("HOME").map(|home| Path::new(&home).join(".cargo")));
    let sources = home.and_then(|home| fs::read_dir(home.join("registry/src")).ok());
    let mut folders: Vec<PathBuf> = sources
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    folders.sort();
    let packages = folders
        .iter()
        .map(|folder| format!("--remap-path-prefix={}=", folder.display()));
    let others = lean.flags().map(str::to_owned);
    // This form of the variable has a separator of its own, so that a folder may have a space in its name.
    packages.chain(others).collect::<Vec<_>>().join("\u{1f}")
}

fn finish(tools: &Tools, site: &Path) -> Done {
    // Hosts that know no rewriting answer an address of the console with this page; its router does the rest.
    fs::copy(site.join("index.html"), site.join("404.html"))
        .map_err(|error| format!("404.html cannot be written: {error}"))?;
    let mut touch = run::command("node", &tools.path);
    touch.arg("xtask/src/site/finish.mjs").arg(site);
    run::quiet(&mut touch, "The last touch to the site")?;
    check(site)
}

/// Makes a folder, and those that it stands in.
pub fn folder(path: &Path) -> Done {
    fs::create_dir_all(path).map_err(|error| format!("{} cannot be made: {error}", path.display()))
}

/// Removes a file or a directory with all that is in it, if it is there.
pub fn remove(path: &Path) -> Done {
    let outcome = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    match outcome {
        Err(error) if path.exists() => {
            Err(format!("{} cannot be removed: {error}", path.display()))
        }
        _ => Ok(()),
    }
}
