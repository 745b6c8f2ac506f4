//! The example pages of the element: installed from the package as npm takes it, type-checked, and built for production.

use crate::{Done, dist, run, site, tools::Tools, widget::Pace};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

/// One of them: a folder of `examples/`.
struct Example {
    name: &'static str,
    /// The scripts of its package.json that have to end well.
    scripts: &'static [&'static str],
    /// What they make. A file that tells that it is there stands first; none of it is a source.
    made: &'static [&'static str],
}

const EXAMPLES: [Example; 3] = [
    Example {
        name: "plain",
        scripts: &["check", "build"],
        made: &["portal/index.html", "portal"],
    },
    Example {
        name: "react",
        scripts: &["check", "build"],
        made: &[".next/BUILD_ID", ".next", "next-env.d.ts"],
    },
    Example {
        name: "vue",
        // Its build looks at the types first.
        scripts: &["build"],
        made: &["dist/index.html", "dist"],
    },
];

/// The package as npm takes it, at the address that their package.json names.
const PACKAGE: &str = "dist/credenza.tgz";

/// Builds all of them, unless nothing changed since, and says how many there are.
pub fn build(tools: &Tools) -> Done<usize> {
    let stamps = run::root().join("target/examples");
    site::folder(&stamps)?;
    let _lock = site::lock(&stamps.join("lock"))?;
    dist::pack(tools, Pace::asked())?;
    for example in &EXAMPLES {
        example.build(tools, &stamps.join(example.name))?;
    }
    Ok(EXAMPLES.len())
}

impl Example {
    fn folder(&self) -> PathBuf {
        run::root().join("examples").join(self.name)
    }

    fn build(&self, tools: &Tools, stamp: &Path) -> Done {
        let sources = self.sources()?;
        let there = self.made.first().map(|made| self.folder().join(made));
        if there.is_some_and(|made| made.is_file())
            && fs::read_to_string(stamp).is_ok_and(|kept| kept == sources)
        {
            return Ok(());
        }
        site::remove(stamp)?;
        self.install(tools)?;
        for script in self.scripts {
            let what = format!("npm run {script} of examples/{}", self.name);
            let start = Instant::now();
            run::quiet(self.npm(tools).args(["run", script]), &what)?;
            println!("example {}: {script} in {}", self.name, run::since(start));
        }
        fs::write(stamp, sources)
            .map_err(|error| format!("{} cannot be written: {error}", stamp.display()))
    }

    /// Brings `node_modules` to the state of the lock, and of the package, which the lock does not pin.
    fn install(&self, tools: &Tools) -> Done {
        let lock = format!("examples/{}/package-lock.json", self.name);
        let wanted = site::collected(&[&lock, PACKAGE], self.name)?;
        let kept = self.folder().join("node_modules/.credenza-stamp");
        if fs::read_to_string(&kept).is_ok_and(|kept| kept == wanted) {
            return Ok(());
        }
        let start = Instant::now();
        run::quiet(
            self.npm(tools).arg("ci"),
            &format!("npm ci in examples/{}", self.name),
        )
        .map_err(|error| format!("{error}\nIf the network was away, run the command again."))?;
        println!("example {}: npm ci in {}", self.name, run::since(start));
        fs::write(&kept, wanted)
            .map_err(|error| format!("{} cannot be written: {error}", kept.display()))
    }

    /// The same text as long as building again would give the same pages.
    fn sources(&self) -> Done<String> {
        let folder = self.folder();
        let entries = fs::read_dir(&folder)
            .map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
        let names = entries
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok());
        let sources = names
            .filter(|name| name != "node_modules" && !self.made.contains(&name.as_str()))
            .map(|name| format!("examples/{}/{name}", self.name));
        let mut all: Vec<String> = sources.collect();
        all.push(PACKAGE.to_owned());
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        site::collected(&all, self.name)
    }

    fn npm(&self, tools: &Tools) -> Command {
        let mut npm = run::command("npm", &tools.path);
        npm.current_dir(self.folder());
        npm
    }
}
