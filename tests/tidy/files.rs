//! The files of this repository, as git knows them, and the report of what was found in them.

use std::path::{Path, PathBuf};
use std::process::Command;

/// One text file.
pub struct File {
    /// Its path from the root, with slashes.
    pub path: String,
    /// What it holds.
    pub text: String,
}

impl File {
    /// True when it lies below one of these folders.
    pub fn is_below(&self, folders: &[&str]) -> bool {
        folders
            .iter()
            .any(|folder| self.path.starts_with(&format!("{folder}/")))
    }

    /// True when its name ends in one of these, given without their dot.
    pub fn is(&self, endings: &[&str]) -> bool {
        let own = Path::new(&self.path)
            .extension()
            .and_then(|ending| ending.to_str());
        own.is_some_and(|own| endings.contains(&own))
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What one file holds.
pub fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every text file that is committed, or would be by the next commit of everything.
pub fn all() -> Vec<File> {
    let mut list = Command::new("git");
    list.args([
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]);
    let output = list.current_dir(root()).output().expect("git is installed");
    assert!(
        output.status.success(),
        "git ls-files: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let paths = String::from_utf8(output.stdout).expect("our file names are UTF-8");
    let files: Vec<File> = paths
        .split_terminator('\0')
        // What is not UTF-8 is a picture; what cannot be read was removed and not yet committed.
        .filter_map(|path| {
            let text = std::fs::read_to_string(root().join(path)).ok()?;
            Some(File {
                path: path.to_owned(),
                text,
            })
        })
        .collect();
    assert!(files.len() > 100, "git lists only {} files", files.len());
    files
}

/// Every Rust file below these folders.
pub fn rust(folders: &[&str]) -> Vec<File> {
    let found: Vec<File> = all()
        .into_iter()
        .filter(|file| file.is(&["rs"]) && file.is_below(folders))
        .collect();
    assert!(!found.is_empty(), "no Rust file below {folders:?}");
    found
}

/// Fails with what to do and every finding, if there is any.
#[track_caller]
pub fn none(findings: Vec<String>, advice: &str) {
    assert!(
        findings.is_empty(),
        "{advice}\n  {}\n",
        findings.join("\n  ")
    );
}
