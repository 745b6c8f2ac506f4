//! What `credenza.json` may say, and what each mistake in it is called.

use super::*;

const HERE: &str = "https://console.example";

#[track_caller]
fn check(storefront: &str, key: &str, problem: ConfigProblem) {
    let text = ["{\"storefront\":", storefront, "}"].concat();
    let error = Config::parse(&text, HERE, "/").expect_err(storefront);
    assert_eq!(
        (error.key.as_str(), error.problem),
        (key, problem),
        "{storefront}"
    );
}

#[test]
fn paths_are_relative_to_the_base() {
    let text = r#"{"callback":"oauth-callback.html","storefront":{"api":"gateway/storefront/","access":"gateway",
        "label":"Sandbox","admin":true,"preset":{"b":"2","a":"1"}},"later":7}"#;
    let config = Config::parse(text, HERE, "/tools/credenza/").expect("as documented");
    let storefront = config.storefront.expect("it is there");
    assert_eq!(
        storefront.api,
        "https://console.example/tools/credenza/gateway/storefront"
    );
    assert_eq!(storefront.access, AccessKind::Gateway);
    assert_eq!(storefront.label.as_deref(), Some("Sandbox"));
    assert!(storefront.admin);
    assert_eq!(
        storefront.preset,
        [("b".into(), "2".into()), ("a".into(), "1".into())]
    );
}

#[test]
fn little_is_needed() {
    let config = Config::parse("{}", HERE, "/").expect("nothing is offered");
    assert_eq!(config.storefront, None);
    let config = Config::parse(
        r#"{"storefront":{"api":"https://api.example/v2"}}"#,
        HERE,
        "/",
    );
    let storefront = config
        .ok()
        .and_then(|config| config.storefront)
        .expect("enough");
    assert_eq!(
        (storefront.api.as_str(), storefront.access),
        ("https://api.example/v2", AccessKind::Token)
    );
    let config = Config::parse(r#"{"storefront":{"api":"/api"}}"#, HERE, "/tools/");
    let storefront = config
        .ok()
        .and_then(|config| config.storefront)
        .expect("from the root");
    assert_eq!(storefront.api, "https://console.example/api");
}

#[test]
fn where_tokens_are_given_out_is_told_apart() {
    let of = |name: &str, rest: &str| {
        let text = ["{\"", name, "\":{\"api\":\"a\"", rest, "}}"].concat();
        Config::parse(&text, HERE, "/")
            .map(|config| {
                config
                    .destinations
                    .or(config.inventory)
                    .expect("it is there")
            })
            .map_err(|error| (error.key, error.problem))
    };
    for name in ["destinations", "inventory"] {
        let service = of(name, r#","auth":"gateway/auth/","preset":{"a":"1"}"#).expect(name);
        assert_eq!(service.auth, "https://console.example/gateway/auth");
        assert_eq!(service.access, AccessKind::Token);
        for (rest, key, problem) in [
            ("", "auth", ConfigProblem::Missing),
            (
                r#","auth":"http://x.example""#,
                "auth",
                ConfigProblem::NotHttps,
            ),
            (
                r#","auth":"a","admin":true"#,
                "admin",
                ConfigProblem::UnknownKey,
            ),
            (
                r#","auth":"a","access":"sign-in""#,
                "access",
                ConfigProblem::UnknownAccess,
            ),
        ] {
            let key = [name, ".", key].concat();
            assert_eq!(of(name, rest), Err((key, problem)), "{name}{rest}");
        }
    }
    // A gateway has a token of its own.
    let gateway = of("destinations", r#","access":"gateway""#).expect("no auth");
    assert_eq!(gateway.access, AccessKind::Gateway);
    let inventory = of("inventory", r#","auth":"a","access":"gateway""#);
    assert_eq!(
        inventory,
        Err(("inventory.access".into(), ConfigProblem::UnknownAccess))
    );
}

#[test]
fn the_registry_is_signed_in_to() {
    let of = |text: &str| {
        let text = ["{\"registry\":", text, "}"].concat();
        Config::parse(&text, HERE, "/tools/")
            .map(|config| config.registry.expect("it is there"))
            .map_err(|error| (error.key, error.problem))
    };
    let plain = of(r#"{"api":"gateway/registry"}"#).expect("as documented");
    assert_eq!(plain.access, AccessKind::SignIn);
    assert_eq!(plain.identity, "https://agenticadvertising.org");
    assert_eq!(plain.api, "https://console.example/tools/gateway/registry");
    let other = of(r#"{"api":"r","identity":"https://id.example/","access":"token"}"#);
    let other = other.expect("an identity of its own");
    assert_eq!(
        (other.identity.as_str(), other.access),
        ("https://id.example", AccessKind::Token)
    );
    for (text, key, problem) in [
        (
            r#"{"api":"r","identity":"http://id.example"}"#,
            "registry.identity",
            ConfigProblem::NotHttps,
        ),
        (
            r#"{"api":"r","access":"open"}"#,
            "registry.access",
            ConfigProblem::UnknownAccess,
        ),
        (
            r#"{"api":"r","admin":true}"#,
            "registry.admin",
            ConfigProblem::UnknownKey,
        ),
    ] {
        assert_eq!(of(text), Err((key.to_owned(), problem)), "{text}");
    }
}

#[test]
fn the_callback_page_lies_beside_our_own() {
    let of = |value: &str| {
        let text = ["{\"callback\":\"", value, "\"}"].concat();
        Config::parse(&text, HERE, "/tools/")
            .map(|config| config.callback)
            .map_err(|error| error.problem)
    };
    let known = "https://console.example/tools/oauth-callback.html";
    assert_eq!(of("oauth-callback.html").as_deref(), Ok(known));
    assert_eq!(of("/tools/oauth-callback.html").as_deref(), Ok(known));
    assert_eq!(of(known).as_deref(), Ok(known));
    for other in [
        "/oauth-callback.html",
        "sub/oauth-callback.html",
        "https://evil.example/tools/oauth-callback.html",
        "/tools/",
    ] {
        assert_eq!(of(other), Err(ConfigProblem::NotBeside), "{other}");
    }
    let config = Config::parse("{}", HERE, "/").expect("little is needed");
    assert_eq!(
        config.callback,
        "https://console.example/oauth-callback.html"
    );
}

#[test]
fn errors_name_the_key() {
    check("[]", "storefront", ConfigProblem::WrongType);
    check("{}", "storefront.api", ConfigProblem::Missing);
    check(r#"{"api":" "}"#, "storefront.api", ConfigProblem::Missing);
    check(r#"{"api":7}"#, "storefront.api", ConfigProblem::WrongType);
    check(
        r#"{"api":"x","acess":"gateway"}"#,
        "storefront.acess",
        ConfigProblem::UnknownKey,
    );
    check(
        r#"{"api":"x","access":"sign-in"}"#,
        "storefront.access",
        ConfigProblem::UnknownAccess,
    );
    check(
        r#"{"api":"x","identity":"https://id.example"}"#,
        "storefront.identity",
        ConfigProblem::UnknownKey,
    );
    check(
        r#"{"api":"x","admin":"yes"}"#,
        "storefront.admin",
        ConfigProblem::WrongType,
    );
    check(
        r#"{"api":"x","preset":{"a":1}}"#,
        "storefront.preset",
        ConfigProblem::WrongType,
    );
    check(
        r#"{"api":"//evil.example"}"#,
        "storefront.api",
        ConfigProblem::NotAnAddress,
    );
    check(
        r#"{"api":"http://a.example"}"#,
        "storefront.api",
        ConfigProblem::NotHttps,
    );
}

#[test]
fn what_is_no_object_is_refused_whole() {
    for (text, problem) in [
        ("", ConfigProblem::NotJson),
        ("{", ConfigProblem::NotJson),
        ("[]", ConfigProblem::WrongType),
    ] {
        assert_eq!(
            Config::parse(text, HERE, "/"),
            Err(ConfigError {
                key: String::new(),
                problem
            })
        );
    }
}
