//! The built console: types, compression, caching, routes, policy, base.

use crate::server::Server;
use serde_json::json;

#[test]
fn files_have_their_types_and_caching() {
    let server = Server::demo();
    let forever = "public, max-age=31536000, immutable";
    for (path, kind, caching) in [
        ("/", "text/html; charset=utf-8", "no-cache"),
        ("/index.html", "text/html; charset=utf-8", "no-cache"),
        ("/boot.js", "text/javascript; charset=utf-8", "no-cache"),
        (
            "/snippets/a%20b.js",
            "text/javascript; charset=utf-8",
            "no-cache",
        ),
        ("/icon.svg", "image/svg+xml", "no-cache"),
        (
            "/console-0123456789abcdef.js",
            "text/javascript; charset=utf-8",
            forever,
        ),
        (
            "/console-0123456789abcdef_bg.wasm",
            "application/wasm",
            forever,
        ),
        (
            "/form-0123456789abcdef.css",
            "text/css; charset=utf-8",
            forever,
        ),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some(kind), "{path}");
        assert_eq!(answer.header("cache-control"), Some(caching), "{path}");
    }
}

#[test]
fn compressed_copies_go_to_whoever_accepts_them() {
    let server = Server::demo();
    for (accepted, coding, content) in [
        ("gzip, deflate, br", Some("br"), "br of code"),
        ("gzip", Some("gzip"), "gz of code"),
        ("br;q=0, gzip", Some("gzip"), "gz of code"),
        ("identity", None, "// code"),
    ] {
        let answer = server.raw(
            "GET",
            "/console-0123456789abcdef.js",
            &[("Accept-Encoding", accepted)],
            "",
        );
        assert_eq!(answer.header("content-encoding"), coding, "{accepted}");
        assert_eq!(answer.text(), content);
        assert_eq!(answer.header("vary"), Some("Accept-Encoding"));
        assert_eq!(
            answer.header("content-type"),
            Some("text/javascript; charset=utf-8")
        );
    }
    let route = server.raw("GET", "/storefronts/42", &[("Accept-Encoding", "br")], "");
    assert_eq!(
        (route.header("content-encoding"), route.text().as_str()),
        (Some("br"), "br of index")
    );
    assert_eq!(
        server
            .raw("GET", "/stale.js", &[("Accept-Encoding", "br")], "")
            .status,
        404
    );
}

#[test]
fn routes_of_the_console_answer_with_the_page_and_missing_files_do_not() {
    let server = Server::demo();
    for path in [
        "/storefronts",
        "/storefronts/42/sources/src_main?type=basic",
        "/settings",
        "/agents/https%3A%2F%2Fa.example",
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.text().contains("<title>console</title>"), "{path}");
    }
    for path in [
        "/missing.js",
        "/storefronts/missing.css",
        "/missing.html",
        "/_sandbox/x",
        "/_sandbox",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    assert_eq!(server.raw("POST", "/storefronts", &[], "").status, 405);
    let unknown = server.get("/gateway/unknown/x");
    assert_eq!(
        (unknown.status, unknown.error()["code"].as_str()),
        (404, Some("NOT_FOUND"))
    );
}

#[test]
fn nothing_outside_the_site_is_read() {
    let server = Server::demo();
    let secret = server.site.with_extension("txt");
    std::fs::write(&secret, "outside").expect("is written");
    let name = secret
        .file_name()
        .expect("has a name")
        .to_string_lossy()
        .into_owned();
    for path in [
        format!("/../{name}"),
        format!("/%2e%2e/{name}"),
        format!("/snippets/..%2f..%2f{name}"),
    ] {
        let answer = server.get(&path);
        assert!(!answer.text().contains("outside"), "{path}");
        assert_eq!(answer.status, 404, "{path}");
    }
    std::fs::remove_file(secret).expect("is removed");
}

#[test]
fn every_page_is_guarded() {
    let server = Server::demo();
    let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
        connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
        require-trusted-types-for 'script'; trusted-types 'none'";
    for path in ["/", "/storefronts", "/missing.js"] {
        let answer = server.get(path);
        assert_eq!(
            answer.header("content-security-policy"),
            Some(policy),
            "{path}"
        );
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(
            answer.header("cross-origin-opener-policy"),
            Some("same-origin")
        );
    }
}

#[test]
fn the_page_of_the_callback_is_guarded_more_strictly() {
    let strict = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
        font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; \
        require-trusted-types-for 'script'; trusted-types 'none'";
    for (base, config, path) in [
        ("/", None, "/oauth-callback.html?code=x&state=y"),
        ("/", None, "/oauth%2Dcallback.html"),
        (
            "/tools/credenza/",
            None,
            "/tools/credenza/oauth-callback.html",
        ),
        ("/", Some(json!({"callback": "icon.svg"})), "/icon.svg"),
    ] {
        let server = Server::with(|setup| {
            base.clone_into(&mut setup.base);
            setup.config = config;
        });
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(
            answer.header("content-security-policy"),
            Some(strict),
            "{path}"
        );
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
        assert_eq!(
            answer.header("referrer-policy"),
            Some("no-referrer"),
            "{path}"
        );
    }
    let script = Server::demo().get("/oauth-callback.js");
    assert_eq!(script.header("cache-control"), Some("no-cache"));
}

#[test]
fn unchanged_files_are_not_sent_again() {
    let server = Server::demo();
    let tag = server
        .get("/boot.js")
        .header("etag")
        .expect("has a tag")
        .to_owned();
    let again = server.raw("GET", "/boot.js", &[("If-None-Match", &tag)], "");
    assert_eq!((again.status, again.body.len()), (304, 0));
    let changed = server.raw("GET", "/boot.js", &[("If-None-Match", "\"other\"")], "");
    assert_eq!((changed.status, changed.text().as_str()), (200, "// boot"));
}

#[test]
fn the_configuration_is_our_own_or_the_given_one() {
    let own = Server::demo().get("/credenza.json").json();
    assert_eq!(
        own,
        json!({"callback": "oauth-callback.html",
            "storefront": {"api": "gateway/storefront", "access": "token", "label": "Sandbox"}})
    );
    let given = json!({"storefront": {"api": "https://api.example/api/v2", "access": "gateway"}});
    let server = Server::with(|setup| setup.config = Some(given.clone()));
    let answer = server.get("/credenza.json");
    assert_eq!(answer.json(), given);
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
    let policy = server
        .get("/")
        .header("content-security-policy")
        .expect("has a policy")
        .to_owned();
    assert!(
        policy.contains("connect-src 'self' https://api.example;"),
        "{policy}"
    );
}

#[test]
fn everything_works_under_a_base() {
    let server = Server::with(|setup| setup.base = "/tools/credenza/".to_owned());
    let bare = server.get("/tools/credenza?a=1");
    assert_eq!(
        (bare.status, bare.header("location")),
        (308, Some("/tools/credenza/?a=1"))
    );
    for path in [
        "/tools/credenza/",
        "/tools/credenza/storefronts/42",
        "/tools/credenza/boot.js",
    ] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
    assert!(server.get("/tools/credenza/credenza.json").json()["storefront"].is_object());
    for path in [
        "/",
        "/boot.js",
        "/storefronts",
        "/tools/",
        "/tools/credenzax",
        "/credenza.json",
        "/gateway/storefront/x",
    ] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
    assert_eq!(server.read("accounts/current").status, 200);
    server.tell(
        "faults",
        &json!({"path": "accounts/current", "fault": "html"}),
    );
    assert_eq!(server.read("accounts/current").status, 502);
}

#[test]
fn a_head_request_tells_the_length_alone() {
    let server = Server::demo();
    let mut connection = crate::connection::Connection::open(server.console);
    connection.send("HEAD", "/boot.js", &[("Connection", "close")], "");
    let text = connection.receive();
    assert_eq!(
        (text.status, text.header("content-length"), text.body.len()),
        (200, Some("7"), 0)
    );
}

#[test]
fn the_configuration_speaks_of_what_it_is_told_to() {
    let read = |server: &Server| server.get("/credenza.json").json();
    let demo = read(&Server::demo());
    assert_eq!(
        (demo.get("destinations"), demo.get("inventory")),
        (None, None)
    );
    let one = read(&Server::with(|setup| setup.services.inventory = true));
    assert_eq!((one.get("destinations"), one.get("registry")), (None, None));
    let both = |setup: &mut sandbox::state::Setup| {
        setup.services.destinations = true;
        setup.services.inventory = true;
    };
    let told = read(&Server::with(both));
    let destinations = json!({"api": "gateway/destinations", "auth": "gateway/ims", "access": "token",
        "label": "Sandbox"});
    let inventory =
        json!({"api": "gateway/inventory", "auth": "gateway/inventory-auth", "label": "Sandbox"});
    assert_eq!(told["destinations"], destinations);
    assert_eq!(
        (&told["inventory"], &one["inventory"]),
        (&inventory, &inventory)
    );

    // What a given configuration says stays; what it leaves open is filled in.
    let given = read(&Server::with(|setup| {
        both(setup);
        setup.config = Some(json!({
            "destinations": {"access": "gateway"},
            "inventory": {"access": "gateway", "auth": "https://auth.example"},
        }));
    }));
    let destinations =
        json!({"api": "gateway/destinations", "auth": "gateway/ims", "access": "gateway"});
    let inventory =
        json!({"api": "gateway/inventory", "auth": "https://auth.example", "access": "gateway"});
    assert_eq!(
        (&given["destinations"], &given["inventory"]),
        (&destinations, &inventory)
    );
}
