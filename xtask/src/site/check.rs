//! What a built site must not contain, so that one content security policy fits it anywhere.

use crate::Done;
use std::{fs, path::Path};

/// Looks through the files of a site; the error names every finding.
pub fn site(folder: &Path) -> Done {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder)
        .map_err(|error| format!("{} cannot be read: {error}", folder.display()))?;
    for entry in entries.flatten() {
        let file = entry.path();
        let judge = match file.extension().and_then(|ending| ending.to_str()) {
            Some("html") => page,
            Some("js") => script,
            Some("css") => style,
            _ => continue,
        };
        let text = fs::read_to_string(&file)
            .map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
        let name = entry.file_name();
        found.extend(
            judge(&text)
                .into_iter()
                .map(|what| format!("  {}: {what}", name.display())),
        );
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "What was built would break its content security policy:\n{}",
            found.join("\n")
        ))
    }
}

fn page(text: &str) -> Vec<String> {
    let text = text.to_ascii_lowercase();
    let mut found = Vec::new();
    for element in text.split("<script").skip(1) {
        let (tag, rest) = element.split_once('>').unwrap_or((element, ""));
        let (body, _) = rest.split_once("</script").unwrap_or((rest, ""));
        if !tag.contains("src=") || !body.trim().is_empty() {
            found.push("an inline script".to_owned());
        }
    }
    for (sign, what) in [
        ("<style", "an inline style sheet"),
        (" style=", "a style attribute"),
        ("javascript:", "a javascript: address"),
        // Every address is absolute already; the element would bend links inside the page.
        ("<base", "a base element"),
    ] {
        if text.contains(sign) {
            found.push(what.to_owned());
        }
    }
    let handler = |word: &str| {
        word.strip_prefix("on")
            .and_then(|rest| rest.split_once('='))
            .is_some_and(|(name, _)| {
                !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase())
            })
    };
    if text.split_whitespace().any(handler) {
        found.push("an event handler attribute".to_owned());
    }
    found
}

fn script(text: &str) -> Vec<String> {
    // Under `require-trusted-types-for 'script'` each of these throws.
    let sinks = ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"]
        .into_iter()
        .filter(|sink| text.contains(sink))
        .map(|sink| {
            format!("{sink} (a view! element whose text and attributes are all literals turns into innerHTML: write literals as expressions)")
        });
    // Without `style-src 'unsafe-inline'` these do nothing; a property of `style` may be set.
    let styles = ["setAttribute(\"style\"", "cssText"]
        .into_iter()
        .filter(|sink| text.contains(sink))
        .map(|sink| format!("{sink} (a style attribute)"));
    sinks.chain(styles).collect()
}

fn style(text: &str) -> Vec<String> {
    let packed: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '"' | '\''))
        .collect();
    if packed.to_ascii_lowercase().contains("url(data:") {
        vec!["a data: address".to_owned()]
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_load_everything_from_files() {
        let fine = "<!DOCTYPE html><link rel=stylesheet href=/a.css><script type=module src=/boot.js data-js=/a.js></script>";
        assert_eq!(page(fine), Vec::<String>::new());
        for (text, word) in [
            ("<script>start()</script>", "inline script"),
            ("<SCRIPT src=a.js>start()</SCRIPT>", "inline script"),
            ("<style>a{}</style>", "style sheet"),
            ("<p style=\"color:red\">", "style attribute"),
            ("<a onclick=go()>", "handler"),
            ("<base href=/>", "base"),
        ] {
            assert!(page(text).join(" ").contains(word), "{text}");
        }
    }

    #[test]
    fn scripts_and_styles_are_searched() {
        assert_eq!(script("const a = b.textContent").len(), 0);
        assert_eq!(script("a.innerHTML = b").len(), 1);
        assert_eq!(
            script(r#"a.setAttribute("style",b);c.style.cssText=d"#).len(),
            2
        );
        assert_eq!(script("a.style.colorScheme = b").len(), 0);
        assert_eq!(
            style("a { background: url( 'data:image/svg+xml,x') }").len(),
            1
        );
        assert_eq!(style("a { background: url(a.svg) }").len(), 0);
    }
}
