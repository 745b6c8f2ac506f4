//! What the page around an element sets it to: the configuration, and what the element is for.

use super::super::json::{Json, Parsed};
use super::{Config, ConfigError, ConfigProblem, error};
use crate::credential::seek::behind_last;

/// What an element is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// How services are reached.
    pub config: Config,
    /// The path of the folder in which the callback page lies, with a slash at its end.
    pub base: String,
    set: Vec<(String, String)>,
}

impl Settings {
    /// Reads what the element's script writes: `config` (the text of a configuration), `value` (texts by name), and `set`
    /// (the element's attributes by the names of their properties). Addresses are relative to `folder`
    /// of `origin`.
    pub fn parse(text: &str, origin: &str, folder: &str) -> Result<Self, ConfigError> {
        let parsed = Parsed::parse(text).ok_or_else(|| error("", "", ConfigProblem::NotJson))?;
        let texts = |name| texts(parsed.root().at_key(name), name);
        let config = parsed.root().at_key("config").string();
        let config = config.ok_or_else(|| error("", "config", ConfigProblem::Missing))?;
        let mut config = Config::parse_anywhere(&config, origin, folder)?;
        let value = texts("value")?;
        let set = texts("set")?;
        let admin = set.iter().any(|(name, _)| name == "admin");
        let services = [
            &mut config.storefront,
            &mut config.destinations,
            &mut config.inventory,
        ];
        for service in services.into_iter().flatten() {
            service.admin |= admin;
            let preset = &mut service.preset;
            preset.retain(|(name, _)| value.iter().all(|(other, _)| other != name));
            preset.extend(value.iter().cloned());
        }
        let path = config.callback.get(origin.len()..).unwrap_or_default();
        let file = behind_last(path, b'/').len();
        Ok(Self {
            base: path[..path.len() - file].to_owned(),
            config,
            set,
        })
    }

    /// Reads other words for sentences.
    pub fn words(text: &str) -> Result<Vec<(String, String)>, ConfigError> {
        let parsed =
            Parsed::parse(text).ok_or_else(|| error("", "messages", ConfigProblem::NotJson))?;
        texts(parsed.root(), "messages")
    }

    /// The value of an attribute; empty when it is not set.
    pub fn get(&self, name: &str) -> &str {
        let mut found = self.set.iter().filter(|(known, _)| known == name);
        found.next().map_or("", |(_, value)| value)
    }
}

/// The texts of an object, by name.
fn texts(object: Json<'_>, name: &str) -> Result<Vec<(String, String)>, ConfigError> {
    let mut all = Vec::new();
    for member in object.members() {
        let Some(value) = member.string() else {
            return Err(error("", name, ConfigProblem::WrongType));
        };
        all.push((member.key(), value));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: &str = "https://portal.example";

    fn parse(text: &str) -> Result<Settings, ConfigError> {
        Settings::parse(text, HERE, "/sources/new/")
    }

    #[test]
    fn addresses_are_relative_to_the_page_and_the_callback_lies_anywhere_on_its_origin() {
        let text =
            r#"{"config":"{\"callback\":\"/auth/back.html\",\"storefront\":{\"api\":\"api\"}}"}"#;
        let settings = parse(text).expect("fits");
        let api = settings.config.storefront.map(|service| service.api);
        assert_eq!(
            api.as_deref(),
            Some("https://portal.example/sources/new/api")
        );
        assert_eq!(
            settings.config.callback,
            "https://portal.example/auth/back.html"
        );
        assert_eq!(settings.base, "/auth/");
        let elsewhere = r#"{"config":"{\"callback\":\"https://evil.example/back.html\"}"}"#;
        let problem = parse(elsewhere).map_err(|error| (error.key, error.problem));
        assert_eq!(problem, Err(("callback".into(), ConfigProblem::NotBeside)));
    }

    #[test]
    fn values_go_before_the_presets_and_an_attribute_makes_an_admin() {
        let text = r#"{"config":"{\"destinations\":{\"api\":\"/d\",\"auth\":\"/a\",\"preset\":{\"sandboxName\":\"prod\"}}}",
            "value":{"sandboxName":"dev"},"set":{"admin":"","instanceId":"x-1"}}"#;
        let settings = parse(text).expect("fits");
        assert_eq!(
            (settings.get("instanceId"), settings.get("agentUrl")),
            ("x-1", "")
        );
        let words = Settings::words(r#"{"Cancel":"Abbrechen"}"#);
        assert_eq!(
            words,
            Ok(vec![("Cancel".to_owned(), "Abbrechen".to_owned())])
        );
        let service = settings.config.destinations.expect("is there");
        assert!(service.admin);
        let preset = [("sandboxName".to_owned(), "dev".to_owned())];
        assert_eq!(service.preset, preset);
    }

    #[test]
    fn what_does_not_fit_is_named() {
        for (text, key, problem) in [
            ("", "", ConfigProblem::NotJson),
            ("{}", "config", ConfigProblem::Missing),
            (r#"{"config":"["}"#, "", ConfigProblem::NotJson),
            (
                r#"{"config":"{}","value":{"a":1}}"#,
                "value",
                ConfigProblem::WrongType,
            ),
            (
                r#"{"config":"{\"storefront\":{}}"}"#,
                "storefront.api",
                ConfigProblem::Missing,
            ),
        ] {
            let found = parse(text).map_err(|error| (error.key, error.problem));
            assert_eq!(found, Err((key.to_owned(), problem)), "{text}");
        }
    }
}
