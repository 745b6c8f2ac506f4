//! How index.html tells Trunk to build its programs: what is built beside Trunk is built in the same way.

use crate::{Done, run};
use std::fs;

/// The profile of cargo, and what wasm-opt is given.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The name of the profile.
    pub profile: String,
    /// The level first, as in `-Oz`, then the rest in their order.
    pub wasm_opt: Vec<String>,
}

/// What all of the page's links to programs say.
pub fn link() -> Done<Link> {
    let page = fs::read_to_string(run::root().join("index.html"))
        .map_err(|error| format!("index.html cannot be read: {error}"))?;
    read(&page)
}

fn read(page: &str) -> Done<Link> {
    let rust = page
        .split("<link ")
        .filter(|tag| tag.contains("rel=\"rust\""));
    let mut links = rust.map(one).collect::<Option<Vec<Link>>>().ok_or(
        "A link to a program in index.html lacks its profile, its level or its parameters.",
    )?;
    links.dedup();
    match (links.pop(), links.is_empty()) {
        (Some(link), true) => Ok(link),
        _ => Err("The programs of index.html are to be built alike, and are not.".to_owned()),
    }
}

fn one(tag: &str) -> Option<Link> {
    let value = |name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(rest.split_once('"')?.0)
    };
    let level = format!("-O{}", value("data-wasm-opt")?);
    let rest = value("data-wasm-opt-params")?.split_whitespace();
    Some(Link {
        profile: value("data-cargo-profile-release")?.to_owned(),
        wasm_opt: [level].into_iter().chain(rest.map(str::to_owned)).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FINE: &str = r#"<link data-trunk rel="css" href="a.css"><link data-trunk rel="rust" data-bin="a"
        data-cargo-profile-release="small" data-wasm-opt="z" data-wasm-opt-params="--flatten -Oz">"#;

    #[test]
    fn a_link_says_how_its_program_is_built() {
        let link = read(&FINE.repeat(2)).expect("both are alike");
        assert_eq!(link.profile, "small");
        assert_eq!(link.wasm_opt, ["-Oz", "--flatten", "-Oz"]);
    }

    #[test]
    fn programs_that_differ_are_not_taken() {
        let other = FINE.replace("--flatten ", "");
        assert!(read(&[FINE, &other].concat()).is_err());
        assert!(read(&FINE.replace("data-wasm-opt=", "data-opt=")).is_err());
        assert!(read("<link rel=\"css\">").is_err());
    }

    #[test]
    fn the_links_of_our_own_page_are_alike() {
        assert_eq!(
            link().map(|link| link.profile).as_deref(),
            Ok("wasm-release")
        );
    }
}
