//! A sandbox on free ports with a small built site, for one test.

use crate::connection::{Answer, Connection};
use sandbox::{
    Scenario, app, auth_app,
    state::{Sandbox, Services, Setup},
    wire,
};
use serde_json::Value;
use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};
use tokio::{net::TcpListener, runtime};

pub const BUYER: &str = "scope3_demo_buyer";
pub const ADMIN: &str = "scope3_demo_admin";
pub const SUPER: &str = "scope3_demo_super";
pub const NO_ROLE: &str = "scope3_demo_norole";
pub const API: &str = "gateway/storefront/";
pub const MAIN: &str = "buyer/storefronts/42/sources/src_main/credentials";
pub const RADIO: &str = "buyer/storefronts/43/sources/src_radio/credentials";
pub const PODCASTS: &str = "buyer/storefronts/43/sources/src_podcasts/credentials";

static COUNT: AtomicU32 = AtomicU32::new(0);

pub struct Server {
    pub console: SocketAddr,
    pub auth: SocketAddr,
    pub site: PathBuf,
    base: String,
    runtime: Option<runtime::Runtime>,
}

impl Server {
    pub fn demo() -> Self {
        Self::with(|_| ())
    }

    /// Starts with a changed set-up.
    pub fn with(change: impl FnOnce(&mut Setup)) -> Self {
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let site =
            std::env::temp_dir().join(format!("sandbox-test-{}-{number}", std::process::id()));
        build_site(&site);
        let runtime = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("starts");
        let bind = || {
            runtime
                .block_on(TcpListener::bind("127.0.0.1:0"))
                .expect("a free port")
        };
        let (console_port, auth_port) = (bind(), bind());
        let (console, auth) = (address(&console_port), address(&auth_port));
        let mut setup = Setup {
            site: site.clone(),
            base: "/".to_owned(),
            auth_origin: format!("http://{auth}"),
            scenario: Scenario::Demo,
            config: None,
            issuer: None,
            services: Services::default(),
            watch: false,
        };
        change(&mut setup);
        let base = setup.base.clone();
        let sandbox = Sandbox::new(setup);
        runtime.spawn(wire::serve(console_port, app(&sandbox), sandbox.clone()));
        runtime.spawn(wire::serve(auth_port, auth_app(&sandbox), sandbox));
        Self {
            console,
            auth,
            site,
            base,
            runtime: Some(runtime),
        }
    }

    /// A request to the console's port with headers of choice, over a connection of its own.
    pub fn raw(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        once(self.console, method, path, headers, body)
    }

    pub fn get(&self, path: &str) -> Answer {
        self.raw("GET", path, &[], "")
    }

    /// A gateway call; `path` is what follows the prefix.
    pub fn call(&self, token: &str, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let bearer = format!("Bearer {token}");
        let headers = [
            ("Authorization", bearer.as_str()),
            ("Content-Type", "application/json"),
        ];
        let body = body.map(Value::to_string).unwrap_or_default();
        self.raw(
            method,
            &format!("{}{API}{path}", self.base),
            &headers,
            &body,
        )
    }

    pub fn read(&self, path: &str) -> Answer {
        self.call(BUYER, "GET", path, None)
    }

    pub fn register(&self, token: &str, path: &str, body: &Value) -> Answer {
        self.call(token, "POST", path, Some(body))
    }

    /// The rows of the credentials list.
    pub fn credentials(&self, token: &str) -> Vec<Value> {
        let data = self
            .call(token, "GET", "buyer/storefronts/credentials", None)
            .data();
        data.as_array().expect("is a list").clone()
    }

    pub fn control(&self, method: &str, path: &str, body: &Value) -> Answer {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        self.raw(
            method,
            &format!("/_sandbox/{path}"),
            &[("Content-Type", "application/json")],
            &body,
        )
    }

    /// Plans a fault or changes a setting, which has to work.
    pub fn tell(&self, path: &str, body: &Value) {
        let answer = self.control("POST", path, body);
        assert_eq!(answer.status, 204, "{}", answer.text());
    }

    pub fn requests(&self) -> Vec<Value> {
        self.control("GET", "requests", &Value::Null)
            .json()
            .as_array()
            .expect("is a list")
            .clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
        let _ = fs::remove_dir_all(&self.site);
    }
}

pub fn once(
    to: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut connection = Connection::open(to);
    let mut headers = headers.to_vec();
    headers.push(("Connection", "close"));
    connection.send(method, path, &headers, body);
    connection.receive()
}

/// A key for the sources that take one.
pub fn key(identifier: &str) -> Value {
    serde_json::json!({ "accountIdentifier": identifier, "auth": { "type": "api_key", "token": "k-123" } })
}

fn address(listener: &TcpListener) -> SocketAddr {
    listener.local_addr().expect("is bound")
}

fn build_site(site: &Path) {
    fs::create_dir_all(site.join("snippets")).expect("is made");
    for (name, content) in [
        ("index.html", "<!doctype html><title>console</title>"),
        ("index.html.br", "br of index"),
        ("boot.js", "// boot"),
        ("oauth-callback.html", "<!doctype html><title>back</title>"),
        ("oauth-callback.js", "// back"),
        ("snippets/a b.js", "// odd name"),
        ("console-0123456789abcdef.js", "// code"),
        ("console-0123456789abcdef.js.br", "br of code"),
        ("console-0123456789abcdef.js.gz", "gz of code"),
        ("console-0123456789abcdef_bg.wasm", "wasm"),
        ("form-0123456789abcdef.css", "a{}"),
        ("icon.svg", "<svg/>"),
        ("stale.js.br", "its original is gone"),
    ] {
        fs::write(site.join(name), content).expect("is written");
    }
}
