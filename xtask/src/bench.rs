//! `cargo xtask bench`: the table of credentials beside a plain JavaScript one.

use crate::{
    Done, run, serve,
    site::{self, Base},
    tools::{self, Need},
};

/// Builds what is compared and runs bench/credentials.mjs, which prints the table and fails over its gate.
pub fn bench(rounds: u32) -> Done {
    let tools = tools::ensure(&[Need::Site, Need::Browser])?;
    let site = site::build(&tools, &Base::default())?;
    let sandbox = serve::sandbox(&tools)?;
    let browser = tools
        .browser
        .as_ref()
        .ok_or("The comparison was started without a browser.")?;
    let mut compare = run::command("node", &tools.path);
    compare
        .args(["bench/credentials.mjs", "--rounds", &rounds.to_string()])
        .env("CREDENZA_SANDBOX", sandbox)
        .env("CREDENZA_SITE", site)
        .env("CHROMIUM", &browser.program);
    run::shown(&mut compare, "The comparison")
}
