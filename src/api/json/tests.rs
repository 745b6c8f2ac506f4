//! The reader against another one, over the fixtures, their damages, and documents made to be nasty.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde_json::{Map, Value};

use super::value::{Json, Parsed};
use super::{Misfit, Node};

/// The whole value, as our reader finds it.
fn whole(json: Json<'_>) -> Value {
    if json.is_null() {
        return Value::Null;
    }
    if let Some(truth) = json.boolean() {
        return Value::Bool(truth);
    }
    if let Some(text) = json.string() {
        return Value::String(text);
    }
    if let Some(number) = json.number() {
        let value: Value = serde_json::from_str(number).expect("a number is written as one");
        assert_eq!(json.integer(), value.as_u64(), "{number}");
        return value;
    }
    if json.is_array() {
        return json.members().map(whole).collect();
    }
    assert!(json.is_object());
    let mut fields = Map::new();
    let mut places = BTreeMap::new();
    for item in json.members() {
        let key = item.key();
        places.insert(key.clone(), item.at());
        fields.insert(key, whole(item));
    }
    // By place, because comparing values here would read every level twice as often as the one above.
    for (key, place) in places {
        assert_eq!(json.get(&key).map(Json::at), Some(place), "{key}");
    }
    Value::Object(fields)
}

/// Both readers take `text` for the same, or both refuse it.
#[track_caller]
fn same(text: &str) -> bool {
    let ours = Parsed::parse(text).map(|parsed| whole(parsed.root()));
    let theirs: Option<Value> = serde_json::from_str(text).ok();
    assert_eq!(ours, theirs, "{text}");
    ours.is_some()
}

fn fixtures() -> Vec<String> {
    let directory = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/storefront");
    let files = fs::read_dir(directory).expect("the fixtures are there");
    let texts = files
        .map(|file| fs::read_to_string(file.expect("a file").path()).expect("a fixture is UTF-8"));
    texts.collect()
}

#[test]
fn fixtures_are_read_alike() {
    let texts = fixtures();
    assert!(texts.len() > 40);
    for text in texts {
        assert!(same(&text));
    }
}

#[test]
fn damaged_fixtures_are_read_alike() {
    const BYTES: &str = "\"\\{}[],:0-.eutn x\0\u{7f}é\u{1f600}";
    let mut others = BYTES.chars().cycle();
    let mut accepted = 0;
    for text in fixtures() {
        let value: Value = serde_json::from_str(&text).expect("JSON");
        let text = value.to_string();
        // Every fifth place of each fixture is enough: they are much alike.
        for (at, c) in text.char_indices().step_by(5) {
            let (before, after) = (&text[..at], &text[at + c.len_utf8()..]);
            same(before);
            let other = others.next().unwrap_or('x');
            for damaged in [
                [before, after].concat(),
                format!("{before}{other}{after}"),
                format!("{before}{other}{c}{after}"),
            ] {
                accepted += usize::from(same(&damaged));
            }
        }
    }
    assert!(
        accepted > 1000,
        "the damages must not all be refused at once"
    );
}

#[test]
fn nasty_documents_that_are_json() {
    for text in [
        " \t\r\n{ } \n",
        "[]",
        "[ ]",
        "null",
        " true ",
        "false",
        "\"\"",
        "0",
        "-0",
        "-1",
        "7",
        "1.5",
        "-0.0",
        "1e2",
        "1E+2",
        "1e-2",
        "0e0",
        "0.1e1",
        "123456789012345678901234567890",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "9007199254740993",
        "1.0",
        "100e-2",
        r#"{"a":1,"a":2}"#,
        r#"{"a":{"b":1},"a":null}"#,
        r#"{"":0,"\u0061":1}"#,
        r#"{"\u0061":1,"a":2}"#,
        r#"{"a\"b":[{},[[]],""]}"#,
        r#"["\"\\\/\b\f\n\r\t"]"#,
        r#""\u00e9\u00E9\u0000\u001f\uFFFF""#,
        r#""\ud83d\ude00""#,
        r#""\uD800\uDC00\uDBFF\uDFFF""#,
        "\"\u{7f}\u{2028}\u{feff}é😀\"",
        r#""//""#,
        r#""[1,2""#,
        r#"[[1,[2,[3]]],{"x":[{"y":"}"}]}]"#,
        "[1 , 2\n,\t3]",
        "{\"a\" : 1 }",
    ] {
        assert!(same(text), "{text}");
    }
}

#[test]
fn nasty_documents_that_are_not() {
    for text in [
        "",
        " ",
        "\u{feff}{}",
        "{",
        "}",
        "[",
        "]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[,]",
        "[1,,2]",
        "[1 2]",
        "[1}",
        "{1:2}",
        "{a:1}",
        "{'a':1}",
        r#"{"a"}"#,
        r#"{"a":}"#,
        r#"{"a":1,}"#,
        r#"{"a":1 "b":2}"#,
        r#"{"a":1,,"b":2}"#,
        r#"{,"a":1}"#,
        r#"{"a"::1}"#,
        r#"{"a",1}"#,
        r#"{"a":1]"#,
        r#"{"a":1}}"#,
        "{} {}",
        "[] x",
        "1 2",
        "01",
        "-01",
        "00",
        "-",
        "+1",
        ".5",
        "1.",
        "1.e2",
        "1e",
        "1e+",
        "1e1.5",
        "--1",
        "- 1",
        "0x1",
        "1_000",
        "NaN",
        "Infinity",
        "-Infinity",
        "nul",
        "nulll",
        "True",
        "tru",
        "truE",
        "falsey",
        "undefined",
        "'x'",
        "\"x",
        "\"",
        r#""\""#,
        r#""\x""#,
        r#""\'""#,
        r#""\u""#,
        r#""\u12""#,
        r#""\u12g4""#,
        r#""\U0041""#,
        r#""\u+123""#,
        r#""\ud800""#,
        r#""\udc00""#,
        r#""\ud800\u0041""#,
        r#""\ud800x""#,
        r#""\ud800\n""#,
        r#""\ude00\ud83d""#,
        r#""\ud83d\ud83d""#,
        "\"\n\"",
        "\"\t\"",
        "\"\0\"",
        "\"\u{1f}\"",
        "\0",
        "[\0]",
        "{}\0",
        "// c\n1",
        "/* c */ 1",
        "[1]//",
        "\u{a0}1",
        "1\u{b}",
        "\u{2028}1",
        "*",
        "[*]",
        "{\"a\":*}",
        "\\u0031",
    ] {
        assert!(!same(text), "{text}");
    }
}

#[test]
fn nesting_has_a_bound() {
    let nested = |levels: usize| ["[".repeat(levels), "]".repeat(levels)].concat();
    assert!(same(&nested(64)));
    assert!(Parsed::parse(&nested(65)).is_none());
    assert!(Parsed::parse(&"[".repeat(100_000)).is_none());
    assert!(Parsed::parse(&"{\"a\":".repeat(100_000)).is_none());
    let mixed = [r#"{"a":["#.repeat(32), "]}".repeat(32)].concat();
    assert!(same(&mixed) && Parsed::parse(&format!("[{mixed}]")).is_none());
}

/// Numbers are kept as they are written, so that one may be beyond what a float can hold.
#[test]
fn a_number_out_of_range_is_still_a_number() {
    let parsed = Parsed::parse("1e999").expect("the grammar allows it");
    let json = parsed.root();
    assert_eq!((json.number(), json.integer()), (Some("1e999"), None));
    let digits = "9".repeat(500);
    let parsed = Parsed::parse(&digits).expect("the grammar allows it");
    let json = parsed.root();
    assert_eq!(
        (json.number(), json.integer()),
        (Some(digits.as_str()), None)
    );
}

#[test]
fn what_is_asked_of_another_kind_is_nothing() {
    for text in ["null", "true", "1", "\"a\"", "[\"a\"]", "{}"] {
        let parsed = Parsed::parse(text).expect("JSON");
        let json = parsed.root();
        assert!(json.get("a").is_none(), "{text}");
        let kinds = [
            json.is_null(),
            json.is_array(),
            json.is_object(),
            json.boolean().is_some(),
            json.number().is_some(),
            json.string().is_some(),
        ];
        assert_eq!(kinds.iter().filter(|is| **is).count(), 1, "{text}");
        let scalar = !json.is_array() && !json.is_object();
        assert!(!scalar || json.members().next().is_none(), "{text}");
    }
}

/// The path that is noted when `read` looks at `text`.
fn noted(text: &str, read: fn(&Node<'_>)) -> Option<String> {
    let first = Cell::new(None);
    let parsed = Parsed::parse(text).expect("JSON");
    let body = parsed.root();
    read(&Node {
        json: body.get("data").unwrap_or(body),
        first: &first,
    });
    first.get().map(|misfit: Misfit| misfit.path(body))
}

#[test]
fn the_first_misfit_is_named_by_its_path() {
    let read: fn(&Node<'_>) = |node| {
        node.opt_text("name");
        node.list("items", |item| {
            item.id("id");
            item.texts("tags");
        });
        node.integer("total");
    };
    let check = |text: &str, expected: Option<&str>| {
        assert_eq!(noted(text, read).as_deref(), expected, "{text}");
    };
    check(
        r#" {"items":[{"id":1,"tags":[]},{"id":"x"}],"total":2}"#,
        None,
    );
    check(r#" { "data" : {"items":[],"total":0}}"#, None);
    check("{}", Some("items"));
    check("7", Some("items"));
    check(r#"{"data":null}"#, Some("data.items"));
    check(r#"{"data":[]}"#, Some("data.items"));
    check(r#"{"items":{}}"#, Some("items"));
    check(r#"{"items":[],"total":-1}"#, Some("total"));
    check(r#"{"items":[],"total":"1"}"#, Some("total"));
    check(r#"{"name":7,"items":7}"#, Some("name"));
    check(r#"{"items":[{"id":1},{"id":""}]}"#, Some("items[1].id"));
    check(
        r#"{"items":[{"id":1},{"id":true},{}]}"#,
        Some("items[1].id"),
    );
    check(r#"{"items":[{"id":1},[]]}"#, Some("items[1].id"));
    let tags = r#"{"data":{"x":[1,{"id":2}],"items":[{"id":1,"tags":["a",null]}]}}"#;
    check(tags, Some("data.items[0].tags[1]"));
    check(
        r#"{"items":[{"id":1,"tags":"a"}],"total":0}"#,
        Some("items[0].tags"),
    );
    // Of two keys that are the same the last one counts, for the path too.
    check(
        r#"{"items":[{"id":1}],"items":[7],"total":0}"#,
        Some("items[0].id"),
    );
}

/// What a list of objects has under `key`.
fn listed(text: &str, key: &'static str) -> Vec<Option<String>> {
    thread_local! {
        static KEY: Cell<&'static str> = const { Cell::new("") };
    }
    KEY.set(key);
    let first = Cell::new(None);
    let parsed = Parsed::parse(text).expect("JSON");
    let node = Node {
        json: parsed.root(),
        first: &first,
    };
    node.list("", |item| item.opt_text(KEY.get()))
}

#[test]
fn items_of_a_list_are_found_by_their_keys() {
    let text = r#"[{"b":"1","a":"2"},{"a":"3","b":{"a":"no"}},{"\u0061":"4"},{"a":"no","a":"5"},
        {"ab":"no"},{"a\u0062":"no","c":[{"a":"no"}]},{},7]"#;
    let some = |text: &str| Some(text.to_owned());
    let found = [
        some("2"),
        some("3"),
        some("4"),
        some("5"),
        None,
        None,
        None,
        None,
    ];
    assert_eq!(listed(text, "a"), found);
}
