//! Who may know whom: the rooms of src/ and what each may name.

use crate::documents;
use crate::files::{self, File};
use crate::source::Source;

/// Each room of src/ and the rooms that it may import.
const ROOMS: &[(&str, &[&str])] = &[
    ("credential", &[]),
    ("api", &["credential"]),
    ("oauth", &["api", "credential"]),
    ("paste", &["api", "credential"]),
    ("text", &["api", "oauth", "paste", "credential"]),
    ("route", &["credential"]),
    ("browser", &["api", "credential"]),
    ("ui", &["browser", "api", "paste", "credential", "text"]),
    (
        "console",
        &[
            "ui",
            "browser",
            "api",
            "oauth",
            "paste",
            "credential",
            "text",
            "route",
        ],
    ),
    (
        "element",
        &[
            "console",
            "ui",
            "browser",
            "api",
            "credential",
            "text",
            "route",
        ],
    ),
    ("bin", &["console", "element"]),
];

/// The rooms that compile and are tested without a browser.
const PURE: &[&str] = &["credential", "api", "oauth", "paste", "text", "route"];

/// What reaches the world. Outside `browser` no code has a reason to name it.
const WORLD: &[&str] = &[
    "window",
    "Window",
    "document",
    "Document",
    "owner_document",
    "default_view",
    "location",
    "Location",
    "history",
    "History",
    "navigator",
    "Navigator",
    "local_storage",
    "session_storage",
    "Storage",
    "fetch",
    "gloo_net",
    "wasm_bindgen_futures",
    "Date",
    "SystemTime",
    "Instant",
    "random",
];

/// The room of a file of src/: its folder, or its own name.
fn room(file: &File) -> &str {
    let inside = file.path.strip_prefix("src/").unwrap_or_default();
    inside
        .split('/')
        .next()
        .unwrap_or_default()
        .trim_end_matches(".rs")
}

fn sources() -> Vec<(File, Source)> {
    let files = files::rust(&["src"])
        .into_iter()
        .filter(|file| file.path != "src/lib.rs");
    files
        .map(|file| {
            let source = Source::read(&file.text);
            (file, source)
        })
        .collect()
}

#[test]
fn every_module_says_what_it_is() {
    let without = files::all()
        .into_iter()
        .filter(|file| file.is(&["rs"]) && !file.text.starts_with("//! "));
    files::none(
        without.map(|file| file.path).collect(),
        "A module starts with a line `//! …` that says what it is for. These do not:",
    );
}

#[test]
fn the_pure_rooms_name_no_browser_crate() {
    let foreign = |name: &str| {
        matches!(name, "leptos" | "web_sys" | "js_sys" | "send_wrapper")
            || name.starts_with("gloo")
            || name.starts_with("wasm_bindgen")
    };
    let mut found = Vec::new();
    for (file, source) in sources()
        .iter()
        .filter(|(file, _)| PURE.contains(&room(file)))
    {
        let names = source.words().filter(|(_, name)| foreign(name));
        found.extend(names.map(|(line, name)| format!("{}:{line}: {name}", file.path)));
    }
    files::none(
        found,
        "credential, api, oauth, paste, text and route compile without a browser. What needs one goes to browser/:",
    );
}

#[test]
fn rooms_import_only_what_they_may() {
    let mut found = Vec::new();
    for (file, source) in &sources() {
        let own = room(file);
        let Some((_, allowed)) = ROOMS.iter().find(|(room, _)| *room == own) else {
            found.push(format!(
                "{}: the room {own} is not in the table of this test",
                file.path
            ));
            continue;
        };
        for (line, other) in imports(&source.code) {
            if other != own && !allowed.contains(&other.as_str()) {
                found.push(format!("{}:{line}: {own} names {other}", file.path));
            }
        }
    }
    files::none(
        found,
        "The table of rooms in ARCHITECTURE.md says who may import whom. This does not fit it:",
    );
}

/// The rooms that a text names by a path from the crate's root, or by a path upwards.
fn imports(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for start in ["crate::", "credenza::", "super::"] {
        for (at, _) in code.match_indices(start) {
            let line = 1 + code[..at].matches('\n').count();
            let names = first_names(&code[at + start.len()..]);
            // A path upwards is an import only when it ends at a room.
            let rooms = names
                .into_iter()
                .filter(|name| start != "super::" || ROOMS.iter().any(|(room, _)| room == name));
            found.extend(rooms.filter(|name| name != "self").map(|name| (line, name)));
        }
    }
    found
}

/// The first name of a path, or of each path of a group in braces.
fn first_names(path: &str) -> Vec<String> {
    let name = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let Some(group) = path.strip_prefix('{') else {
        return vec![name(path)];
    };
    let (mut names, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' | ',' if depth == 0 => {
                names.push(name(&group[start..at]));
                start = at + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn the_table_of_rooms_is_the_one_that_is_tested() {
    let rows = documents::table("ARCHITECTURE.md", "## Rooms");
    let told: Vec<(&str, Vec<&str>)> = rows
        .iter()
        .map(|row| (documents::quoted(&row[0])[0], documents::quoted(&row[2])))
        .collect();
    let known: Vec<(&str, Vec<&str>)> = ROOMS
        .iter()
        .map(|(room, allowed)| (*room, allowed.to_vec()))
        .collect();
    assert_eq!(
        told, known,
        "the table of ARCHITECTURE.md (left) and the one of this test (right)"
    );
}

#[test]
fn paths_are_taken_apart() {
    let code =
        "use crate::{api::{A, B}, text};\nuse super::{El, browser};\nuse super::super::ui::x;";
    let names: Vec<String> = imports(code)
        .into_iter()
        .map(|(line, name)| format!("{line} {name}"))
        .collect();
    assert_eq!(names, ["1 api", "1 text", "2 browser", "3 ui"]);
}

#[test]
fn only_the_edge_reaches_the_world() {
    let mut found = Vec::new();
    for (file, source) in sources().iter().filter(|(file, _)| room(file) != "browser") {
        for (line, name) in source.words() {
            // A program that a script calls takes objects of that script's.
            let foreign = matches!(name, "web_sys" | "js_sys" | "wasm_bindgen")
                && file.path != "src/ui/view.rs"
                && room(file) != "bin";
            if foreign || WORLD.contains(&name) {
                found.push(format!("{}:{line}: {name}", file.path));
            }
        }
    }
    files::none(
        found,
        "Window, document, storage, time and network are reached by a function of browser/; only ui/view.rs names \
         the DOM's types. Move this there:",
    );
}

#[test]
fn ui_knows_no_endpoint_and_no_storage_key() {
    let mut found = Vec::new();
    for (file, source) in sources().iter().filter(|(file, _)| room(file) == "ui") {
        let told = source.strings.iter().filter(|(_, text)| {
            let path = text.starts_with('/') && text.len() > 1;
            path || ["gateway", "credenza.", "http:", "https:"]
                .iter()
                .any(|start| text.starts_with(start))
        });
        found.extend(told.map(|(line, text)| format!("{}:{line}: {text:?}", file.path)));
    }
    files::none(
        found,
        "Forms are shown wherever they are embedded: addresses and keys belong to api, browser or console:",
    );
}

#[test]
fn the_library_exports_nothing_to_javascript() {
    let exports = sources()
        .into_iter()
        .filter(|(file, source)| room(file) != "bin" && source.code.contains("#[wasm_bindgen"));
    files::none(
        exports.map(|(file, _)| file.path).collect(),
        "An export of the library is kept in every program built from it. It stands in a file of src/bin:",
    );
}

#[test]
fn the_sandbox_does_not_know_the_client() {
    let manifest = files::read("sandbox/Cargo.toml");
    let mut found: Vec<String> = manifest
        .lines()
        .filter(|line| line.trim_start().starts_with("credenza") || line.contains("path = \"..\""))
        .map(|line| format!("sandbox/Cargo.toml: {line}"))
        .collect();
    for file in files::rust(&["sandbox"]) {
        let source = Source::read(&file.text);
        let names = source.words().filter(|(_, name)| *name == "credenza");
        found.extend(names.map(|(line, _)| format!("{}:{line}", file.path)));
    }
    files::none(
        found,
        "The sandbox is written from the documents, so that one misread name cannot pass on both sides. It names \
         the client here:",
    );
}
