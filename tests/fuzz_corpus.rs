//! Everything that the fuzzer once found worth keeping, through the same functions, without the fuzzer.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

#[path = "../fuzz/targets/connection_string.rs"]
mod connection_string;
#[path = "../fuzz/targets/json.rs"]
mod json;
#[path = "../fuzz/targets/paste.rs"]
mod paste;
#[path = "../fuzz/targets/ssh_key.rs"]
mod ssh_key;

/// More would be kept for nobody.
const FILES: usize = 200;
const BYTES: usize = 200 * 1024;

#[track_caller]
fn replay(target: &str, run: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz/corpus")
        .join(target);
    let entries = fs::read_dir(&folder).expect("the corpus is committed");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("readable").path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{target}: the corpus is empty");
    let mut bytes = 0;
    for file in &files {
        let input = fs::read(file).expect("readable");
        bytes += input.len();
        println!("{}", file.display());
        run(&input);
    }
    assert!(
        files.len() <= FILES && bytes <= BYTES,
        "{target}: {} files, {bytes} bytes",
        files.len()
    );
    // Straight to the stream, so that a run that passes tells it too.
    let told = writeln!(io::stderr(), "fuzz corpus {target}: {} inputs", files.len());
    told.expect("standard error is open");
}

#[test]
fn every_input_of_paste() {
    replay("paste", paste::run);
}

#[test]
fn every_input_of_connection_string() {
    replay("connection_string", connection_string::run);
}

#[test]
fn every_input_of_ssh_key() {
    replay("ssh_key", ssh_key::run);
}

#[test]
fn every_input_of_json() {
    replay("json", json::run);
}
