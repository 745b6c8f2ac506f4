//! Which data is seeded and which of the documented shapes is spoken.

use serde_json::Value;

/// A named set of seeded data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scenario {
    /// Eight storefronts with every state that a source can be in.
    Demo,
    /// A customer that sees no storefront at all.
    Empty,
    /// 500 storefronts and 10,000 credentials.
    Large,
    /// The demo's data in the shapes of the older documentation.
    OldShapes,
    /// A storefront with twelve sources, and one whose four sources take four different things.
    Twelve,
}

impl Scenario {
    /// The scenario of a name as it is written on the command line and in a reset.
    pub fn named(name: &str) -> Result<Self, String> {
        match name {
            "demo" => Ok(Self::Demo),
            "empty" => Ok(Self::Empty),
            "large" => Ok(Self::Large),
            "old-shapes" => Ok(Self::OldShapes),
            "twelve" => Ok(Self::Twelve),
            _ => Err(format!(
                "There is no scenario {name:?}. There are demo, empty, large, old-shapes and twelve."
            )),
        }
    }
}

/// How the answers are written, where the documents disagree.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own, set apart from the others"
)]
pub struct Settings {
    pub scenario: Scenario,
    /// Success bodies without `{data, error}` around them.
    pub bare: bool,
    /// `sources[]` inside a storefront instead of the rolled-up status.
    pub sources_in_detail: bool,
    /// List rows and `oauth` blocks with the fields of the first reference.
    pub old_rows: bool,
    /// `details.issues[].path` as an array instead of a dotted string.
    pub paths_as_array: bool,
    /// 409 instead of a new address when a waiting identifier is registered again.
    pub pending_conflict: bool,
    /// Waiting rows of the current list carry the `oauth` block that the older rows had.
    pub listed_oauth: bool,
}

impl Settings {
    pub fn of(scenario: Scenario) -> Self {
        let old = scenario == Scenario::OldShapes;
        Self {
            scenario,
            bare: old,
            sources_in_detail: old,
            old_rows: old,
            paths_as_array: false,
            pending_conflict: false,
            listed_oauth: false,
        }
    }

    /// Reads the body of a reset; a key that is absent keeps the scenario's own value.
    pub fn from_reset(body: &Value, current: Scenario) -> Result<Self, String> {
        let scenario = match word(body, "scenario")? {
            None => current,
            Some(name) => Scenario::named(name)?,
        };
        let mut settings = Self::of(scenario);
        choose(body, "envelope", ["wrapped", "bare"], &mut settings.bare)?;
        choose(
            body,
            "detail",
            ["rolled-up", "sources"],
            &mut settings.sources_in_detail,
        )?;
        // Old rows do not say which source they cover: they only make sense beside `sources[]`.
        settings.old_rows &= settings.sources_in_detail;
        choose(body, "rows", ["current", "old"], &mut settings.old_rows)?;
        choose(
            body,
            "issue_paths",
            ["string", "array"],
            &mut settings.paths_as_array,
        )?;
        choose(
            body,
            "pending_again",
            ["new-address", "conflict"],
            &mut settings.pending_conflict,
        )?;
        switch(body, "listed_oauth", &mut settings.listed_oauth)?;
        Ok(settings)
    }
}

/// The string of a key; nothing for a key that is absent or `null`.
pub fn word<'a>(body: &'a Value, key: &str) -> Result<Option<&'a str>, String> {
    match body.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(word)) => Ok(Some(word)),
        Some(_) => Err(format!("{key} takes a string.")),
    }
}

fn choose(body: &Value, key: &str, [off, on]: [&str; 2], target: &mut bool) -> Result<(), String> {
    match word(body, key)? {
        None => {}
        Some(word) if word == off => *target = false,
        Some(word) if word == on => *target = true,
        Some(word) => return Err(format!("{key} is {off} or {on}, not {word:?}.")),
    }
    Ok(())
}

/// Sets `target` when the key is there.
pub fn switch(body: &Value, key: &str, target: &mut bool) -> Result<(), String> {
    match body.get(key) {
        None | Some(Value::Null) => {}
        Some(Value::Bool(on)) => *target = *on,
        Some(_) => return Err(format!("{key} is true or false.")),
    }
    Ok(())
}

/// Sets `target` to what the word of a key stands for.
pub fn one_of<T: Copy>(
    body: &Value,
    key: &str,
    choices: &[(&str, T)],
    target: &mut T,
) -> Result<(), String> {
    let Some(chosen) = word(body, key)? else {
        return Ok(());
    };
    let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
    let found = choices.iter().find(|(name, _)| *name == chosen);
    *target = found
        .ok_or_else(|| format!("{key} is one of {}, not {chosen:?}.", names.join(", ")))?
        .1;
    Ok(())
}

/// Sets `target` to a number of a few.
pub fn one_number(
    body: &Value,
    key: &str,
    [first, second]: [u16; 2],
    target: &mut u16,
) -> Result<(), String> {
    match body.get(key) {
        None | Some(Value::Null) => {}
        Some(value) if *value == first => *target = first,
        Some(value) if *value == second => *target = second,
        Some(value) => return Err(format!("{key} is {first} or {second}, not {value}.")),
    }
    Ok(())
}

/// Sets `target` to a whole number.
pub fn count(body: &Value, key: &str, target: &mut u64) -> Result<(), String> {
    match body.get(key) {
        None | Some(Value::Null) => {}
        Some(value) => {
            *target = value
                .as_u64()
                .ok_or_else(|| format!("{key} takes a whole number from 0 up."))?;
        }
    }
    Ok(())
}

/// Sets `target` to a whole number of calls.
pub fn calls(body: &Value, key: &str, target: &mut u32) -> Result<(), String> {
    let mut number = u64::from(*target);
    count(body, key, &mut number)?;
    *target = u32::try_from(number).map_err(|_| format!("{key} is too large."))?;
    Ok(())
}

/// Refuses what is no object, and keys that nobody knows.
pub fn only_known(body: &Value, names: &[&str]) -> Result<(), String> {
    let keys = body.as_object().ok_or("The switches are an object.")?;
    match keys.keys().find(|key| !names.contains(&key.as_str())) {
        Some(key) => Err(format!("There is no switch {key:?}.")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn old_shapes_can_be_set_apart() {
        let read = |body| Settings::from_reset(&body, Scenario::Demo).expect("is read");
        let both = read(json!({"scenario": "old-shapes"}));
        assert!(both.bare && both.sources_in_detail && both.old_rows);
        let bare =
            read(json!({"scenario": "old-shapes", "envelope": "bare", "detail": "rolled-up"}));
        assert!(bare.bare && !bare.sources_in_detail && !bare.old_rows);
        let sources =
            read(json!({"scenario": "old-shapes", "envelope": "wrapped", "detail": "sources"}));
        assert!(!sources.bare && sources.sources_in_detail);
        assert!(Settings::from_reset(&json!({"envelope": "paper"}), Scenario::Demo).is_err());
    }

    #[test]
    fn a_switch_is_true_or_false() {
        let read = |body| Settings::from_reset(&body, Scenario::Demo);
        for (body, on) in [
            (json!({}), false),
            (json!({"listed_oauth": null}), false),
            (json!({"listed_oauth": false}), false),
            (json!({"listed_oauth": true}), true),
        ] {
            assert_eq!(read(body).expect("is read").listed_oauth, on);
        }
        assert!(read(json!({"listed_oauth": "yes"})).is_err());
    }
}
