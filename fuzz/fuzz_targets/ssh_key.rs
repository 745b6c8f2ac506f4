//! Runs `targets/ssh_key.rs` under libFuzzer.

#![no_main]

#[path = "../targets/ssh_key.rs"]
mod target;

libfuzzer_sys::fuzz_target!(|data: &[u8]| target::run(data));
