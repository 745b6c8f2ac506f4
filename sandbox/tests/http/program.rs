//! The program itself: its first line and what it refuses.

use crate::server::{Server, once};
use sandbox::{greeting, state::Services};
use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read},
    process::{Command, Stdio},
};

#[test]
fn the_first_line_tells_both_addresses() {
    let site = Server::demo();
    let mut child = Command::new(env!("CARGO_BIN_EXE_sandbox"))
        .args([
            "--port",
            "0",
            "--auth-port",
            "0",
            "--base",
            "/tools/credenza/",
            "--site",
        ])
        .arg(&site.site)
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    let mut out = BufReader::new(child.stdout.take().expect("is piped"));
    let mut line = String::new();
    out.read_line(&mut line).expect("says something");
    let told: Value = serde_json::from_str(&line).expect("is JSON");
    let console = told["console"].as_str().expect("has the console");
    let address = console
        .strip_prefix("http://")
        .and_then(|rest| rest.strip_suffix("/tools/credenza/"));
    let address = address
        .expect("ends with the base")
        .parse()
        .expect("is an address");
    assert_eq!(
        once(address, "GET", "/tools/credenza/", &[], "").status,
        200
    );
    let auth = told["auth"]
        .as_str()
        .and_then(|url| url.strip_prefix("http://")?.strip_suffix('/'));
    assert_eq!(
        once(
            auth.expect("is an origin").parse().expect("is an address"),
            "GET",
            "/",
            &[],
            ""
        )
        .status,
        200
    );
    child.kill().expect("is ended");
    let mut rest = String::new();
    out.read_to_string(&mut rest).expect("is read");
    child.wait().expect("has ended");
    for words in [
        "scope3_demo_buyer",
        "scope3_demo_super",
        "scope3_demo_noterms",
        "Premium CTV Storefront",
        console,
    ] {
        assert!(rest.contains(words), "{words} in {rest}");
    }
    let silent = ["registry", "destinations", "inventory"];
    assert!(silent.iter().all(|word| !rest.contains(word)), "{rest}");
    let services = Services {
        registry: true,
        destinations: true,
        inventory: true,
    };
    let with_all = greeting::text(console, "http://127.0.0.1:1/", services);
    for told in [
        "aao_demo_user",
        "sk_aao_demo_acme",
        "4c9d7e21f0b84a63958e1c2da7f3b605",
        "p8e-Xq4vT2mLw9RkZs7BdJ1hNcYf5UgA",
        "7A1C428F5DE324E90A49402B@AdobeOrg",
        "ims_demo_access_token",
        "demo-user@demo-org",
        "Vw3kQz8TnR5bLx2JdHs7GfPc9YmA",
        "01ABCDEFGHIJKLMNOPQRSTUVWX",
    ] {
        assert!(with_all.contains(told), "{told} in {with_all}");
    }
}

#[test]
fn a_taken_port_and_a_missing_site_are_told() {
    let taken = Server::demo();
    let run = |arguments: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_sandbox"))
            .args(arguments)
            .output()
            .expect("runs");
        assert!(!out.status.success());
        String::from_utf8_lossy(&out.stderr).into_owned()
    };
    let site = taken.site.to_string_lossy().into_owned();
    let port = taken.console.port().to_string();
    assert!(run(&["--site", &site, "--port", &port]).contains("--port 0"));
    assert!(
        run(&[
            "--site",
            "no-such-directory",
            "--port",
            "0",
            "--auth-port",
            "0"
        ])
        .contains("no-such-directory")
    );
    assert!(run(&[]).contains("--site"));
}
