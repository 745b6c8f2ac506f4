//! Runs `targets/paste.rs` under libFuzzer.

#![no_main]

#[path = "../targets/paste.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| target::run(data));
