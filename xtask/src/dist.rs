//! `cargo xtask dist`: dist/ for any static host, with the npm package of the element.

use crate::{
    Done, run,
    site::{self, Base},
    tools::{self, Need, Tools},
    widget::{self, Pace},
};
use std::{fs, path::Path};

/// Writes dist/ for one base.
pub fn dist(base: &Base) -> Done {
    let tools = tools::ensure(&[Need::Site])?;
    let site = site::build(&tools, base)?;
    let to = run::root().join("dist");
    site::remove(&to)?;
    copy(&site, &to)?;
    pack(&tools, Pace::Full)?;
    println!(
        "dist    ready for a host that serves it under {}\n        \
         credenza.json says which services there are and where; it is yours to edit",
        base.as_str()
    );
    Ok(())
}

/// Writes dist/widget/ and dist/credenza.tgz alone, in a hurry if the environment says so.
pub fn package() -> Done {
    pack(&tools::ensure(&[Need::Site])?, Pace::asked())
}

/// The package as a folder, for pages that load it as it is, and as npm takes it.
pub fn pack(tools: &Tools, pace: Pace) -> Done {
    let package = widget::build(tools, pace)?;
    let to = run::root().join("dist");
    site::remove(&to.join("widget"))?;
    copy(&package, &to.join("widget"))?;
    let mut npm = run::command("npm", &tools.path);
    npm.args(["pack", "--silent", "--pack-destination"])
        .args([&to, &package]);
    let told = run::quiet(&mut npm, "npm pack")?;
    // npm puts the version into the name; whoever installs from here has one address.
    let made = to.join(told.trim());
    fs::rename(&made, to.join("credenza.tgz"))
        .map_err(|error| format!("{} cannot be moved: {error}", made.display()))?;
    println!("dist    the element's package is in dist/widget/ and in dist/credenza.tgz");
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
