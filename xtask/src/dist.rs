//! `cargo xtask dist`: dist/ for any static host.

use crate::{
    Done, run,
    site::{self, Base},
    tools::{self, Need},
};
use std::{fs, path::Path};

/// Writes dist/ for one base.
pub fn dist(base: &Base) -> Done {
    let tools = tools::ensure(&[Need::Site])?;
    let site = site::build(&tools, base)?;
    let to = run::root().join("dist");
    site::remove(&to)?;
    copy(&site, &to)?;
    println!(
        "dist    ready for a host that serves it under {}\n        \
         credenza.json says which services there are and where; it is yours to edit",
        base.as_str()
    );
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Done {
    let wrong = |error: std::io::Error| format!("{} cannot be copied: {error}", from.display());
    fs::create_dir_all(to).map_err(wrong)?;
    for entry in fs::read_dir(from).map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target).map_err(wrong)?;
        }
    }
    Ok(())
}
