//! One row of a long table, whose texts are written directly: scrolling changes hundreds of them at a time.

use web_sys::{Element, Text};

use super::dom::{create, create_text};
use crate::credential::number::digits;

/// A row and the texts of its cells. It stands for one row of the data after another.
pub struct Line {
    row: Element,
    /// What holds the text of each cell.
    cells: Vec<(Element, Text)>,
}

impl Line {
    /// A row with a cell for each of these tags, in which its text stands.
    pub fn new(tags: &[&'static str]) -> Self {
        let row = create("div");
        let _ = row.set_attribute("role", "row");
        let _ = row.set_attribute("class", "cz-line");
        let mut cells = Vec::new();
        for tag in tags {
            let (cell, holder, text) = (create("div"), create(tag), create_text(""));
            let _ = cell.set_attribute("role", "cell");
            let _ = holder.append_child(&text);
            let _ = cell.append_child(&holder);
            let _ = row.append_child(&cell);
            cells.push((holder, text));
        }
        Self { row, cells }
    }

    /// Writes the text of a cell.
    pub fn write(&self, cell: usize, text: &str) {
        if let Some((_, node)) = self.cells.get(cell) {
            node.set_data(text);
        }
    }

    /// Sets an attribute on what holds the text of a cell, or takes it away.
    pub fn mark(&self, cell: usize, name: &str, value: Option<&str>) {
        if let Some((holder, _)) = self.cells.get(cell) {
            let _ = match value {
                Some(value) => holder.set_attribute(name, value),
                None => holder.remove_attribute(name),
            };
        }
    }

    /// Says which row of the whole table this is, counted from 1.
    pub fn number(&self, index: usize) {
        let _ = self.row.set_attribute("aria-rowindex", &digits(index));
    }

    /// Puts the row at the end of `body`, or at its beginning.
    pub fn put(&self, body: &Element, at_end: bool) {
        let next = if at_end { None } else { body.first_child() };
        let _ = body.insert_before(&self.row, next.as_ref());
    }

    /// Takes the row out of the page.
    pub fn remove(&self) {
        self.row.remove();
    }

    /// True when the focus is inside the row.
    pub fn has_focus(&self) -> bool {
        super::has_focus(&self.row)
    }

    /// The height of the row in CSS pixels.
    pub fn height(&self) -> f64 {
        super::height_of(&self.row)
    }
}

/// The number of the row that an event happened in, counted from 1, when it happened on an element that
/// matches `selector`.
pub fn row_of(event: &web_sys::Event, selector: &str) -> Option<usize> {
    use wasm_bindgen::JsCast as _;
    let target: Element = event.target()?.dyn_into().ok()?;
    let row = target
        .closest(selector)
        .ok()??
        .closest("[role=row]")
        .ok()??;
    row.get_attribute("aria-rowindex")?.parse().ok()
}

/// Shows the whole text of a cell that is cut off, while the pointer is on it.
pub fn show_whole(event: &web_sys::Event) {
    use wasm_bindgen::JsCast as _;
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    let cell = target.and_then(|target| target.closest("[role=cell]").ok().flatten());
    if let Some(cell) = cell {
        let cut = cell.scroll_width() > cell.client_width();
        let _ = match cell.text_content() {
            Some(text) if cut => cell.set_attribute("title", &text),
            _ => cell.remove_attribute("title"),
        };
    }
}
