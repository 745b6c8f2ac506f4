//! `credenza.json`: where each service is reached and who authorizes our calls.
//!
//! A service that is absent is not shown, and one that is not known here is passed over. Inside a
//! known service every key must be known: a misspelt `access` must not quietly change who authorizes.

mod resolve;
mod settings;

use super::json::{Json, Parsed};
use resolve::resolve;
pub use settings::Settings;

/// The whole configuration, with every address absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The page to which providers send a person back, beside our own: shown, registered and sent as it stands.
    pub callback: String,
    /// The storefront service, when it is offered.
    pub storefront: Option<ServiceConfig>,
    /// Adobe's Destination SDK, when it is offered.
    pub destinations: Option<ServiceConfig>,
    /// Verve's Inventory API, when it is offered.
    pub inventory: Option<ServiceConfig>,
    /// The registry, when it is offered.
    pub registry: Option<ServiceConfig>,
}

/// How one service is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceConfig {
    /// The absolute address that stands for the documented base, without a slash at its end.
    pub api: String,
    /// The absolute address that stands for the origin where tokens are given out, likewise; empty for services that
    /// need none.
    pub auth: String,
    /// Who the registry is: what `issuer` and `resource` are compared with, and where the browser goes. Without a
    /// slash at its end; empty for other services.
    pub identity: String,
    /// Who authorizes our calls. Unless told otherwise, the token, and for the registry a sign-in.
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
    /// The person, who signs in at the service.
    SignIn,
}

impl AccessKind {
    /// Its name in the file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Gateway => "gateway",
            Self::SignIn => "sign-in",
        }
    }
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
    /// `access` is none of those that the service has.
    UnknownAccess,
    /// Neither an absolute address nor a plain path.
    NotAnAddress,
    /// Plain http, and not both the address and our own page are on a loopback.
    NotHttps,
    /// The callback page does not lie beside our own.
    NotBeside,
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
            Self::NotBeside => "config_not_beside",
        }
    }
}

impl Config {
    /// Reads the text of `credenza.json` for a page of `origin` (`https://host[:port]`) that is deployed
    /// under `base` (begins and ends with a slash). The first problem ends it.
    pub fn parse(text: &str, origin: &str, base: &str) -> Result<Self, ConfigError> {
        let config = Self::parse_anywhere(text, origin, base)?;
        // The callback page is told by its folder which deployment it belongs to, so that it lies where our own does.
        let file = config.callback.strip_prefix(origin);
        match file.and_then(|path| path.strip_prefix(base)) {
            Some(file) if !file.is_empty() && !file.as_bytes().contains(&b'/') => Ok(config),
            _ => Err(error("", "callback", ConfigProblem::NotBeside)),
        }
    }

    /// The same, with a callback page anywhere on our own origin.
    fn parse_anywhere(text: &str, origin: &str, base: &str) -> Result<Self, ConfigError> {
        let file = Parsed::parse(text).ok_or_else(|| error("", "", ConfigProblem::NotJson))?;
        let top = Section {
            name: "",
            json: file.root(),
        };
        if !top.json.is_object() {
            return Err(error("", "", ConfigProblem::WrongType));
        }
        let service = |name| {
            let json = top.object(name)?;
            if json.is_null() {
                return Ok(None);
            }
            service(&Section { name, json }, origin, base).map(Some)
        };
        Ok(Self {
            callback: callback(&top, origin, base)?,
            storefront: service("storefront")?,
            destinations: service("destinations")?,
            inventory: service("inventory")?,
            registry: service(REGISTRY)?,
        })
    }
}

/// The one service that people sign in to.
const REGISTRY: &str = "registry";
/// Who the registry is, unless told otherwise (registry.md, section 0).
const IDENTITY: &str = "https://agenticadvertising.org";

/// The callback page, on our own origin.
fn callback(top: &Section<'_>, origin: &str, base: &str) -> Result<String, ConfigError> {
    let name = top.text("callback")?;
    let name = name.as_deref().unwrap_or("oauth-callback.html");
    let address = resolve(name, origin, base).map_err(|problem| top.error("callback", problem))?;
    if address
        .strip_prefix(origin)
        .is_some_and(|path| path.starts_with('/'))
    {
        Ok(address)
    } else {
        Err(top.error("callback", ConfigProblem::NotBeside))
    }
}

fn service(section: &Section<'_>, origin: &str, base: &str) -> Result<ServiceConfig, ConfigError> {
    const STOREFRONT_KEYS: [&str; 5] = ["api", "access", "label", "admin", "preset"];
    const CLIENT_KEYS: [&str; 5] = ["api", "auth", "access", "label", "preset"];
    const REGISTRY_KEYS: [&str; 4] = ["api", "identity", "access", "label"];
    let registry = section.name == REGISTRY;
    let keys: &[&str] = match section.name {
        REGISTRY => &REGISTRY_KEYS,
        "storefront" => &STOREFRONT_KEYS,
        _ => &CLIENT_KEYS,
    };
    for member in section.json.members() {
        let key = member.key();
        if !keys.contains(&key.as_str()) {
            return Err(section.error(&key, ConfigProblem::UnknownKey));
        }
    }
    let Some(api) = section.text("api")? else {
        return Err(section.error("api", ConfigProblem::Missing));
    };
    let address = |key: &str, value: &str| {
        let mut address =
            resolve(value, origin, base).map_err(|problem| section.error(key, problem))?;
        address.truncate(address.trim_end_matches('/').len());
        Ok(address)
    };
    let api = address("api", &api)?;
    let auth = match section.text("auth")? {
        Some(auth) => address("auth", &auth)?,
        None => String::new(),
    };
    let identity = match section.text("identity")? {
        Some(identity) => address("identity", &identity)?,
        None if registry => IDENTITY.to_owned(),
        None => String::new(),
    };
    let access = match section.text("access")?.as_deref() {
        Some("gateway") if section.name != "inventory" => AccessKind::Gateway,
        None | Some("sign-in") if registry => AccessKind::SignIn,
        None | Some("token") => AccessKind::Token,
        Some(_) => return Err(section.error("access", ConfigProblem::UnknownAccess)),
    };
    // Without it there is no token; a gateway has one of its own.
    if keys == CLIENT_KEYS && auth.is_empty() && access == AccessKind::Token {
        return Err(section.error("auth", ConfigProblem::Missing));
    }
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
        auth,
        identity,
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
mod tests;
