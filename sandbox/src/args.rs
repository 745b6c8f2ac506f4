//! The command line.

use crate::{
    settings::Scenario,
    state::{Services, Setup},
};
use serde_json::Value;
use std::path::PathBuf;
use url::{Host, Url};

/// What was asked for on the command line.
#[derive(Debug)]
pub struct Args {
    /// The directory of the built console.
    pub site: PathBuf,
    /// The console's port; 0 for any free one.
    pub port: u16,
    /// The port of the other origin; 0 for any free one.
    pub auth_port: u16,
    base: String,
    scenario: Scenario,
    config: Option<PathBuf>,
    issuer: Option<String>,
    services: Services,
    watch: bool,
}

impl Args {
    /// The text of `--help`.
    pub const HELP: &'static str = "sandbox --site DIR [--port 8080] [--auth-port 9080] [--base /] \
        [--scenario demo|empty|large|old-shapes|twelve] [--config FILE] [--registry] \
        [--destinations] [--inventory] [--issuer URL] [--watch]\n\n\
        Serves a built console and plays the APIs behind it, on 127.0.0.1 only. Port 0 means any free port.";

    /// Reads the arguments after the program's name. `None` means that help was asked for; an error is a
    /// sentence that names the argument.
    pub fn parse(arguments: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let mut args = Self {
            site: PathBuf::new(),
            port: 8080,
            auth_port: 9080,
            base: "/".to_owned(),
            scenario: Scenario::Demo,
            config: None,
            issuer: None,
            services: Services::default(),
            watch: false,
        };
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            let (name, inline) = match argument.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (argument, None),
            };
            let mut value = || {
                inline
                    .clone()
                    .or_else(|| arguments.next())
                    .ok_or_else(|| format!("{name} needs a value."))
            };
            match name.as_str() {
                "--help" | "-h" => return Ok(None),
                "--watch" => args.watch = true,
                "--registry" => args.services.registry = true,
                "--destinations" => args.services.destinations = true,
                "--inventory" => args.services.inventory = true,
                "--issuer" => args.issuer = Some(issuer(&value()?)?),
                "--site" => args.site = value()?.into(),
                "--config" => args.config = Some(value()?.into()),
                "--port" => args.port = port(&name, &value()?)?,
                "--auth-port" => args.auth_port = port(&name, &value()?)?,
                "--base" => args.base = base(&value()?)?,
                "--scenario" => args.scenario = Scenario::named(&value()?)?,
                _ => return Err(format!("{name} is not known.\n\n{}", Self::HELP)),
            }
        }
        if args.site.as_os_str().is_empty() {
            return Err(format!(
                "--site is missing: the directory of the built console.\n\n{}",
                Self::HELP
            ));
        }
        Ok(Some(args))
    }

    /// The fixed facts of a run. `auth_origin` is the second port's origin without a slash at its end.
    pub fn into_setup(self, auth_origin: String) -> Result<Setup, String> {
        if !self.site.is_dir() {
            return Err(format!(
                "{} is not a directory. Build the console first.",
                self.site.display()
            ));
        }
        let config = match &self.config {
            None => None,
            Some(file) => Some(read_config(file)?),
        };
        Ok(Setup {
            site: self.site,
            base: self.base,
            auth_origin,
            scenario: self.scenario,
            config,
            issuer: self.issuer,
            services: self.services,
            watch: self.watch,
        })
    }
}

fn read_config(file: &PathBuf) -> Result<Value, String> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{} is not JSON: {error}", file.display()))
}

fn port(name: &str, value: &str) -> Result<u16, String> {
    value
        .parse()
        .map_err(|_| format!("{name} takes a number from 0 to 65535, not {value:?}."))
}

/// Another authorization server runs on this machine: the sandbox speaks plain http and asks nobody else.
fn issuer(value: &str) -> Result<String, String> {
    let loopback = |url: &Url| match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        _ => false,
    };
    let plain = Url::parse(value).is_ok_and(|url| {
        let bare = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        url.scheme() == "http" && bare && loopback(&url)
    });
    plain.then(|| value.to_owned()).ok_or_else(|| {
        format!("--issuer takes an http address of this machine, such as http://127.0.0.1:9090; not {value:?}.")
    })
}

/// A base has a slash at both ends, whichever way it was typed.
fn base(value: &str) -> Result<String, String> {
    let inner = value.trim_matches('/');
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.' | '~');
    let odd_segment = |s: &str| s.is_empty() || s == "." || s == "..";
    if inner.is_empty() {
        return Ok("/".to_owned());
    }
    if !inner.chars().all(plain) || inner.split('/').any(odd_segment) {
        return Err(format!(
            "--base takes a path such as /tools/credenza/, not {value:?}."
        ));
    }
    Ok(format!("/{inner}/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Option<Args>, String> {
        Args::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn defaults_and_every_option() {
        let plain = parse("--site out").expect("parses").expect("is not help");
        assert_eq!(
            (
                plain.port,
                plain.auth_port,
                plain.base.as_str(),
                plain.watch
            ),
            (8080, 9080, "/", false)
        );
        let full = parse(
            "--site=out --port 0 --auth-port=1 --base tools/credenza --scenario large --watch --registry \
             --destinations --inventory --issuer http://127.0.0.1:9090/",
        )
        .expect("parses")
        .expect("is not help");
        assert_eq!(
            (full.port, full.auth_port, full.base.as_str()),
            (0, 1, "/tools/credenza/")
        );
        assert!(full.watch && full.scenario == Scenario::Large);
        let Services {
            registry,
            destinations,
            inventory,
        } = full.services;
        assert!(registry && destinations && inventory);
        let one = parse("--site out --inventory")
            .expect("parses")
            .expect("is not help");
        assert!(one.services.inventory && !one.services.destinations && !one.services.registry);
        assert_eq!(full.issuer.as_deref(), Some("http://127.0.0.1:9090/"));
        let twelve = parse("--site out --scenario twelve")
            .expect("parses")
            .expect("is not help");
        assert!(twelve.scenario == Scenario::Twelve);
        assert!(parse("--help").expect("parses").is_none());
    }

    #[test]
    fn mistakes_are_named() {
        for (line, word) in [
            ("--port 1", "--site"),
            ("--site x --port 70000", "65535"),
            ("--site x --colour", "--colour"),
            ("--site x --base ../x", "--base"),
            ("--site x --scenario nightly", "nightly"),
            ("--site", "needs a value"),
            (
                "--site x --issuer https://issuer.example",
                "https://issuer.example",
            ),
            ("--site x --issuer http://10.0.0.1:80", "10.0.0.1"),
        ] {
            let message = parse(line).expect_err(line);
            assert!(message.contains(word), "{line}: {message}");
        }
    }

    #[test]
    fn a_config_must_be_json() {
        let args = parse("--site . --config no-such-file.json")
            .expect("parses")
            .expect("is not help");
        assert!(
            args.into_setup(String::new())
                .expect_err("no file")
                .contains("no-such-file.json")
        );
        let args = parse("--site no-such-directory")
            .expect("parses")
            .expect("is not help");
        assert!(
            args.into_setup(String::new())
                .expect_err("no site")
                .contains("no-such-directory")
        );
    }
}
