//! Tools of Rust: the wasm target, trunk, wasm-bindgen.

use super::{cache, step};
use crate::{Done, run};
use std::{env, fs, path::PathBuf};

/// The target of everything that runs in a browser.
pub const WASM: &str = "wasm32-unknown-unknown";
/// The newest that the oldest compiler we support can build.
const TRUNK: &str = "0.21.14";

/// The compiler's part for wasm.
pub fn target() -> Done {
    let path = env::var_os("PATH").unwrap_or_default();
    let home = run::quiet(
        run::command("rustc", &path).args(["--print", "sysroot"]),
        "rustc",
    )?;
    if PathBuf::from(home.trim())
        .join("lib/rustlib")
        .join(WASM)
        .is_dir()
    {
        return Ok(());
    }
    step(
        "wasm target",
        "the compiler lacks the part that writes for browsers (rustup target add)",
        || {
            run::quiet(run::command("rustup", &path).args(["target", "add", WASM]), "rustup target add")
            .map(drop)
            .map_err(|error| {
                format!("{error}\nAdd the target {WASM} in the way this Rust was installed, then run the command again.")
            })
        },
    )
}

/// Whether the source of the standard library is here, by which it can be compiled anew. It is brought when it is
/// missing; without it the build goes on.
pub fn library_source() -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    let is_here = || {
        let home = run::quiet(
            run::command("rustc", &path).args(["--print", "sysroot"]),
            "rustc",
        );
        home.is_ok_and(|home| {
            PathBuf::from(home.trim())
                .join("lib/rustlib/src/rust/library/Cargo.lock")
                .is_file()
        })
    };
    if is_here() {
        return true;
    }
    let brought = step(
        "library source",
        "the standard library is compiled anew, for size (rustup component add)",
        || {
            let mut add = run::command("rustup", &path);
            add.args(["component", "add", "rust-src"]);
            run::quiet(&mut add, "rustup component add").map(drop)
        },
    );
    if let Err(error) = &brought {
        println!("{error}");
    }
    brought.is_ok() && is_here()
}

/// Trunk, which turns index.html and the wasm into a site. Returns the folder for the search path, or nothing
/// when it stands there already.
pub fn trunk() -> Done<Option<PathBuf>> {
    // Trunk's own release profile takes twice as long to compile and saves a second for each site; without its
    // default features it cannot look for updates or download tools, which are not wanted.
    let mut options = vec!["--no-default-features".to_owned()];
    for setting in [
        "opt-level=0",
        "lto='off'",
        "codegen-units=64",
        "strip='symbols'",
        "panic='unwind'",
    ] {
        options.extend(["--config".to_owned(), format!("profile.release.{setting}")]);
    }
    installed(
        "trunk",
        "trunk",
        TRUNK,
        &options,
        "builds the page, about 3 minutes, once",
    )
}

/// wasm-bindgen, in exactly the version of the library that Cargo.lock names: the two speak a private language.
pub fn wasm_bindgen() -> Done<Option<PathBuf>> {
    let lock = fs::read_to_string(run::root().join("Cargo.lock"))
        .map_err(|error| format!("Cargo.lock cannot be read: {error}"))?;
    let version = locked(&lock, "wasm-bindgen").ok_or("Cargo.lock does not name wasm-bindgen.")?;
    installed(
        "wasm-bindgen-cli",
        "wasm-bindgen",
        version,
        &[],
        "joins wasm and JavaScript, about 2 minutes, once",
    )
}

/// The version of a package in a lock file.
fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, rest) = lock.split_once(&format!("name = \"{package}\"\n"))?;
    let line = rest
        .lines()
        .find_map(|line| line.strip_prefix("version = \""))?;
    line.strip_suffix('"')
}

fn installed(
    package: &str,
    program: &str,
    version: &str,
    options: &[String],
    why: &str,
) -> Done<Option<PathBuf>> {
    let path = env::var_os("PATH").unwrap_or_default();
    let is_right = |program: &PathBuf| {
        let said = run::quiet(
            run::command(program, &path).arg("--version"),
            "asking for the version",
        );
        said.is_ok_and(|said| said.split_whitespace().nth(1) == Some(version))
    };
    if run::found(program, &path).is_some_and(|program| is_right(&program)) {
        return Ok(None);
    }
    let home = cache(package, version)?;
    let folder = home.join("bin");
    if is_right(&folder.join(program)) {
        return Ok(Some(folder));
    }
    step(&format!("{package} {version}"), why, || {
        let mut install = run::cargo(&path);
        install
            .args([
                "install",
                "--locked",
                "--force",
                &format!("{package}@{version}"),
                "--root",
            ])
            .arg(&home);
        run::quiet(install.args(options), &format!("Installing {package}"))
            .map(drop)
            .map_err(|error| {
                format!(
                    "{error}\nIf the network was away, run the command again; what arrived is kept."
                )
            })
    })?;
    Ok(Some(folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_the_package_s_own() {
        let lock = "[[package]]\nname = \"wasm-bindgen-shared\"\nversion = \"9.9.9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\nsource = \"x\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked(lock, "bindgen"), None);
    }
}
