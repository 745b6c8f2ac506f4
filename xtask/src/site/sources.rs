//! Everything that a site is made from, as one fingerprint.

use super::Base;
use crate::{Done, run};
use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

/// Files and folders whose content decides what a site looks like. The lock files stand for the tools.
pub const SOURCES: [&str; 11] = [
    "src",
    "vendor",
    "static",
    "style",
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    "Cargo.lock",
    "package-lock.json",
    ".cargo/config.toml",
    "xtask/src/site",
];

/// The same text as long as building again would give the same site.
pub fn fingerprint(base: &Base) -> Done<String> {
    collected(&SOURCES, base.as_str())
}

/// The same text as long as these files and folders, by their paths from the root, hold the same, and so does `other`.
pub fn collected(sources: &[&str], other: &str) -> Done<String> {
    let root = run::root();
    let mut files = Vec::new();
    for source in sources {
        collect(&root.join(source), &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    other.hash(&mut hasher);
    for file in &files {
        file.strip_prefix(&root).unwrap_or(file).hash(&mut hasher);
        fs::read(file)
            .map_err(|error| format!("{} cannot be read: {error}", file.display()))?
            .hash(&mut hasher);
    }
    Ok(format!("{:016x}\n", hasher.finish()))
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Done {
    if path.is_file() {
        files.push(path.to_owned());
    } else if path.is_dir() {
        let entries = fs::read_dir(path)
            .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        for entry in entries.flatten() {
            // Editors put their own files beside those that they edit.
            if !entry.file_name().to_string_lossy().starts_with('.') {
                collect(&entry.path(), files)?;
            }
        }
    }
    Ok(())
}
