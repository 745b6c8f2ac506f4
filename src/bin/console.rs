//! The single-page app: start, nothing else.

fn main() {
    credenza::console::start();
}
