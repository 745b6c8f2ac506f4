//! Moving the focus, always from a known root, so that it works inside a shadow root as well.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use super::{document, here, window};

/// Moves the focus to an element.
pub fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// Moves the focus to the control called `name` below `root` and shows it: the checked one of a
/// group, or the first.
pub fn focus_control(root: &Element, name: &str) {
    let named = words!("[name=\"{}\"]", name);
    let found = [words!("{}:checked", named), named]
        .iter()
        .find_map(|selector| root.query_selector(selector).ok().flatten());
    if let Some(element) = found {
        // A control inside closed <details> cannot take the focus.
        if let Some(details) = element.closest("details").ok().flatten() {
            let _ = details.set_attribute("open", "");
        }
        focus(&element);
    }
}

/// True when the control called `name` below `root` has the focus.
pub fn is_focused(root: &Element, name: &str) -> bool {
    let selector = words!("[name=\"{}\"]:focus", name);
    root.query_selector(&selector).ok().flatten().is_some()
}

/// Shows the top of the page, as after following a link.
pub fn scroll_to_top() {
    window().scroll_to_with_x_and_y(0.0, 0.0);
}

/// Moves the focus to the heading of a page, when the person came to it from another page of ours.
/// After loading, the focus stays where the browser puts it.
pub fn focus_after_navigation(heading: &Element) {
    // On the page itself, because several programs may share it.
    const LOADED: &str = "data-loaded";
    let Some(body) = document().body().filter(|_| !here::is_embedded()) else {
        return;
    };
    if body.has_attribute(LOADED) {
        focus(heading);
    } else {
        let _ = body.set_attribute(LOADED, "");
    }
}

/// Moves the focus to the heading of the page, as when what had it is gone.
pub fn focus_heading() {
    if here::is_embedded() {
        let heading = here::root().and_then(|root| root.query_selector(".cz-page__title").ok()?);
        if let Some(heading) = heading {
            // Only now: the first thing in an element that can have the focus is what a label of the page leads to.
            let _ = heading.set_attribute("tabindex", "-1");
            focus(&heading);
        }
    } else if let Ok(Some(heading)) = document().query_selector("main h1") {
        focus(&heading);
    }
}

/// Moves the focus past the header.
pub fn focus_main() {
    if let Ok(Some(main)) = document().query_selector("main") {
        focus(&main);
    }
}

/// Moves the focus to the first element below `root` that matches `selector`.
pub fn focus_first(root: &Element, selector: &str) {
    if let Ok(Some(found)) = root.query_selector(selector) {
        focus(&found);
    }
}
