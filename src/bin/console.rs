//! The single-page app: mount, nothing else.
fn main() {}
