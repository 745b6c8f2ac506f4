//! `credenza.json`: where each service is reached and who authorizes our calls.
//!
//! A service that is absent is not shown, and one that is not known here is passed over. Inside a
//! known service every key must be known: a misspelt `access` must not quietly change who authorizes.

mod resolve;

use super::json::{Json, Parsed};
use resolve::resolve;

/// The whole configuration, with every address absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The storefront service, when it is offered.
    pub storefront: Option<ServiceConfig>,
}

/// How one service is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceConfig {
    /// The absolute address that stands for the documented base, without a slash at its end.
    pub api: String,
    /// Who authorizes our calls; the token, unless told otherwise.
    pub access: AccessKind,
    /// The environment's name.
    pub label: Option<String>,
    /// Whether the host says that whoever uses the page is an admin. Behind a gateway the role that
    /// the service tells is the key's, not the person's.
    pub admin: bool,
    /// Values for non-secret fields, by wire name.
    pub preset: Vec<(String, String)>,
}

/// Who authorizes our calls to a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessKind {
    /// A token that the console asks for and keeps in memory.
    Token,
    /// The reverse proxy in front of the service.
    Gateway,
}

/// What is wrong with the configuration, and under which key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The dotted key (`storefront.api`); empty for the file as a whole.
    pub key: String,
    /// The problem.
    pub problem: ConfigProblem,
}

/// What is wrong with one key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfigProblem {
    /// The file is not JSON.
    NotJson,
    /// The value has another type than documented.
    WrongType,
    /// The key must be there and is not.
    Missing,
    /// The key is not one of this service.
    UnknownKey,
    /// `access` is neither `token` nor `gateway`.
    UnknownAccess,
    /// Neither an absolute address nor a plain path.
    NotAnAddress,
    /// Plain http, and not both the address and our own page are on a loopback.
    NotHttps,
}

impl ConfigProblem {
    /// The stable name of the problem.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotJson => "config_not_json",
            Self::WrongType => "config_wrong_type",
            Self::Missing => "config_missing",
            Self::UnknownKey => "config_unknown_key",
            Self::UnknownAccess => "config_unknown_access",
            Self::NotAnAddress => "config_not_an_address",
            Self::NotHttps => "config_not_https",
        }
    }
}

impl Config {
    /// Reads the text of `credenza.json` for a page of `origin` (`https://host[:port]`) that is deployed
    /// under `base` (begins and ends with a slash). The first problem ends it.
    pub fn parse(text: &str, origin: &str, base: &str) -> Result<Self, ConfigError> {
        let file = Parsed::parse(text).ok_or_else(|| error("", "", ConfigProblem::NotJson))?;
        let top = Section {
            name: "",
            json: file.root(),
        };
        if !top.json.is_object() {
            return Err(error("", "", ConfigProblem::WrongType));
        }
        let json = top.object("storefront")?;
        let storefront = if json.is_null() {
            None
        } else {
            let name = "storefront";
            Some(service(&Section { name, json }, origin, base)?)
        };
        Ok(Self { storefront })
    }
}

fn service(section: &Section<'_>, origin: &str, base: &str) -> Result<ServiceConfig, ConfigError> {
    const KEYS: [&str; 5] = ["api", "access", "label", "admin", "preset"];
    for member in section.json.members() {
        let key = member.key();
        if !KEYS.contains(&key.as_str()) {
            return Err(section.error(&key, ConfigProblem::UnknownKey));
        }
    }
    let Some(api) = section.text("api")? else {
        return Err(section.error("api", ConfigProblem::Missing));
    };
    let mut api = resolve(&api, origin, base).map_err(|problem| section.error("api", problem))?;
    api.truncate(api.trim_end_matches('/').len());
    let access = match section.text("access")?.as_deref() {
        None | Some("token") => AccessKind::Token,
        Some("gateway") => AccessKind::Gateway,
        Some(_) => return Err(section.error("access", ConfigProblem::UnknownAccess)),
    };
    let admin = section.json.at_key("admin");
    if admin.boolean().is_none() && !admin.is_null() {
        return Err(section.error("admin", ConfigProblem::WrongType));
    }
    let mut preset = Vec::new();
    for member in section.object("preset")?.members() {
        let Some(value) = member.string() else {
            return Err(section.error("preset", ConfigProblem::WrongType));
        };
        preset.push((member.key(), value));
    }
    Ok(ServiceConfig {
        api,
        access,
        label: section
            .text("label")?
            .filter(|label| !label.trim().is_empty()),
        admin: admin.boolean() == Some(true),
        preset,
    })
}

/// One object of the file and its name.
struct Section<'a> {
    name: &'static str,
    json: Json<'a>,
}

impl<'a> Section<'a> {
    fn text(&self, key: &str) -> Result<Option<String>, ConfigError> {
        let value = self.json.at_key(key);
        let text = value.string();
        if text.is_none() && !value.is_null() {
            return Err(self.error(key, ConfigProblem::WrongType));
        }
        Ok(text)
    }

    /// The object under `key`, or null.
    fn object(&self, key: &str) -> Result<Json<'a>, ConfigError> {
        let value = self.json.at_key(key);
        if value.is_object() || value.is_null() {
            Ok(value)
        } else {
            Err(self.error(key, ConfigProblem::WrongType))
        }
    }

    fn error(&self, key: &str, problem: ConfigProblem) -> ConfigError {
        error(self.name, key, problem)
    }
}

fn error(section: &str, key: &str, problem: ConfigProblem) -> ConfigError {
    let mut name = section.to_owned();
    if !name.is_empty() {
        name.push('.');
    }
    name.push_str(key);
    ConfigError { key: name, problem }
}

#[cfg(test)]
mod tests {
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
            "label":"Sandbox","admin":true,"preset":{"b":"2","a":"1"}},"registry":{"whatever":1},"later":7}"#;
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
}
