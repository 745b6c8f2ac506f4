//! A table of any length, of which only the rows in view are in the page.
//!
//! The rows of the page stand for one row of the data after another: scrolling moves them about and
//! writes their texts. Assistive technology is told how many rows there are and which ones these are.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use super::state::{Derived, State, on_change};
use super::tag::{button, div, span};
use super::view::{Anchor, Draw, View};
use crate::browser::{self, Line};
use crate::credential::number::digits;

crate::ui::held::hold!((&'static str, bool));

/// Rows kept ready above and below those that can be seen.
const SPARE: usize = 8;

/// One column.
#[derive(Debug)]
pub struct Column {
    /// Its name in the address; empty when it cannot be sorted by.
    pub key: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// The element that holds its text.
    pub tag: &'static str,
}

/// Writes a row of the data into a row of the page.
type Fill = Box<dyn Fn(usize, &Line)>;

/// What a table is made of.
pub struct TableParts {
    /// What it lists.
    pub label: &'static str,
    /// Its columns.
    pub columns: &'static [Column],
    /// The column it is sorted by, and whether downwards.
    pub sort: Derived<(&'static str, bool)>,
    /// Called when the person sorts by a column.
    pub on_sort: Box<dyn Fn(&'static str)>,
    /// How many rows there are now.
    pub count: Box<dyn Fn() -> usize>,
    /// Writes a row of the data into a row of the page.
    pub fill: Fill,
    /// Counts the changes of the rows; after each the table begins at its top.
    pub changes: State<u32>,
    /// Counts the changes of the window's size.
    pub resized: State<u32>,
    /// Called when a button in a row is pressed, with the row of the data.
    pub on_press: Box<dyn Fn(usize)>,
}

/// The rows that are in the page.
#[derive(Default)]
struct Drawn {
    lines: Vec<Line>,
    /// The row of the data that the first of them stands for.
    first: usize,
    /// The height of a row in CSS pixels, as the style sheet has it; 0 until the first is drawn.
    height: f64,
    /// True when what the rows stand for has changed.
    stale: bool,
    /// How far the table is scrolled and how much of it is seen, in CSS pixels: asking for either lays out
    /// the page, so that it is asked for only when it may have changed.
    top: f64,
    seen: f64,
    /// True when there are more rows than can be seen, so that more of them change no size.
    full: bool,
}

struct Table {
    parts: TableParts,
    scroller: Anchor,
    body: Anchor,
    drawn: RefCell<Drawn>,
}

/// Draws a table.
pub fn table(parts: TableParts) -> View {
    let (columns, changes, sort) = (parts.columns, parts.changes, parts.sort);
    let resized = parts.resized;
    let table = Rc::new(Table {
        parts,
        scroller: Anchor::default(),
        body: Anchor::default(),
        drawn: RefCell::default(),
    });
    let rows = State::new(0_usize);
    // The first rows can be drawn when the table is in the page.
    let weak = Rc::downgrade(&table);
    let show = move || {
        if let Some(table) = weak.upgrade() {
            rows.set((table.parts.count)());
            table.show();
        }
    };
    let first = show.clone();
    browser::spawn(async move { first() });
    on_change(changes, show);
    let weak = Rc::downgrade(&table);
    on_change(resized, move || {
        if let Some(table) = weak.upgrade() {
            table.drawn.borrow_mut().height = 0.0;
            table.look();
            table.draw();
        }
    });
    let heads = columns.iter().enumerate().map(|(at, column)| {
        let table = Rc::clone(&table);
        let way = move || match sort.get() {
            (key, down) if key == column.key => Some(if down { "descending" } else { "ascending" }),
            _ => None,
        };
        let label = if column.key.is_empty() {
            span()
                .attr("class", "cz-visually-hidden")
                .child(column.label)
        } else {
            button()
                .attr("type", "button")
                .attr("class", "cz-table__sort")
                .on("click", move |_| (table.parts.on_sort)(column.key))
                .child(column.label)
        };
        div()
            .attr("role", "columnheader")
            .attr("aria-colindex", digits(at + 1))
            .attr("aria-sort", way)
            .child(label)
    });
    let heads = heads.collect::<Vec<_>>();
    let (scrolled, pressed) = (Rc::clone(&table), Rc::clone(&table));
    div()
        .anchor(table.scroller)
        .attr("class", "cz-table")
        .attr("data-scroller", "")
        .attr("role", "region")
        .attr("aria-label", table.parts.label)
        .attr("tabindex", "0")
        .on("scroll", move |_| {
            scrolled.look();
            scrolled.draw();
        })
        .child(
            div()
                .attr("role", "table")
                .attr("class", "cz-table__table")
                .attr("aria-label", table.parts.label)
                .attr("aria-colcount", digits(columns.len()))
                .attr("aria-rowcount", move || Some(digits(rows.get() + 1)))
                .child((
                    div()
                        .attr("role", "rowgroup")
                        .attr("class", "cz-table__head")
                        .child(
                            div()
                                .attr("role", "row")
                                .attr("class", "cz-line cz-line--head")
                                .attr("aria-rowindex", "1")
                                .child(heads),
                        ),
                    div()
                        .anchor(table.body)
                        .attr("role", "rowgroup")
                        .attr("class", "cz-table__body")
                        .on("mouseover", |event| browser::show_whole(&event))
                        .on("click", move |event| {
                            if let Some(row) = browser::row_of(&event, "button") {
                                (pressed.parts.on_press)(row - 2);
                            }
                        }),
                )),
        )
        .draw()
}

impl Table {
    /// The rows have changed: shows them from the top.
    fn show(&self) {
        let full = self.drawn.borrow().full;
        if !full {
            self.look();
        }
        {
            let mut drawn = self.drawn.borrow_mut();
            if drawn.top > 0.0
                && let Some(scroller) = self.scroller.get()
            {
                browser::scroll_back(&scroller);
            }
            drawn.top = 0.0;
            drawn.stale = true;
        }
        self.draw();
        if !full {
            // Only with the height of all rows has the table the height that it will be seen with.
            self.look();
            self.draw();
        }
    }

    /// Asks the page where the table is.
    fn look(&self) {
        if let Some(scroller) = self.scroller.get() {
            let mut drawn = self.drawn.borrow_mut();
            (drawn.top, drawn.seen) = browser::scroll_of(&scroller);
        }
    }

    /// Brings the rows of the page in line with the place of the scroll.
    fn draw(&self) {
        let (Some(scroller), Some(body)) = (self.scroller.get(), self.body.get()) else {
            return;
        };
        let mut drawn = self.drawn.borrow_mut();
        let count = (self.parts.count)();
        if drawn.height == 0.0 {
            drawn.measure(&body, self.parts.columns);
        }
        let height = drawn.height;
        if height == 0.0 {
            return;
        }
        let (top, seen) = (drawn.top, drawn.seen);
        let rows = |pixels: f64| whole(pixels / height);
        let from = rows(top).saturating_sub(SPARE).min(count);
        let to = (rows(top + seen) + 1 + SPARE).min(count);
        drawn.full = rows(seen) < count;
        let before = (drawn.first, drawn.lines.len());
        let kept = drawn.slide(&body, from, to - from, self.parts.columns, &scroller);
        let stale = std::mem::take(&mut drawn.stale);
        if stale || before != (from, to - from) {
            // A number of whole pixels: writing fractions would bring the library's tables for them.
            let pixels = |rows: usize| {
                let rows = f64::from(u32::try_from(rows).unwrap_or_default());
                [&whole(rows * height).to_string(), "px"].concat()
            };
            browser::set_style(&body, "padding-top", &pixels(from));
            browser::set_style(&body, "height", &pixels(count));
        }
        for (at, line) in drawn.lines.iter().enumerate() {
            if stale || !kept.contains(&at) {
                line.number(from + at + 2);
                (self.parts.fill)(from + at, line);
            }
        }
    }
}

/// How many whole steps there are; none below zero.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a number of rows in a page, which no element can make too large"
)]
fn whole(steps: f64) -> usize {
    steps.max(0.0) as usize
}

impl Drawn {
    fn measure(&mut self, body: &browser::Element, columns: &[Column]) {
        if self.lines.is_empty() {
            self.lines.push(line(columns));
            self.lines[0].put(body, true);
        }
        self.height = self.lines[0].height();
    }

    /// Makes the lines stand for `count` rows from `from` on. Tells which of them stand for the same row as
    /// before.
    fn slide(
        &mut self,
        body: &browser::Element,
        from: usize,
        count: usize,
        columns: &[Column],
        scroller: &browser::Element,
    ) -> Range<usize> {
        let held = self.lines.len();
        let last = (self.first + held).min(from + count);
        let kept = self.first.max(from)..last.max(self.first.max(from));
        // The focus must not stay on a row that is about to stand for another.
        let stays = kept.start - self.first..kept.end - self.first;
        let mut lines = self.lines.iter().enumerate();
        if lines.any(|(at, line)| !stays.contains(&at) && line.has_focus()) {
            browser::focus(scroller);
        }
        let by = from.abs_diff(self.first);
        // After a leap every row is written anew where it is: moving them would only lay them out again.
        if by >= held {
        } else if from > self.first {
            self.lines.rotate_left(by);
            self.lines[held - by..]
                .iter()
                .for_each(|line| line.put(body, true));
        } else {
            self.lines.rotate_right(by);
            self.lines[..by]
                .iter()
                .rev()
                .for_each(|line| line.put(body, false));
        }
        self.first = from;
        while self.lines.len() > count {
            self.lines.pop().inspect(Line::remove);
        }
        while self.lines.len() < count {
            let line = line(columns);
            line.put(body, true);
            self.lines.push(line);
        }
        kept.start - from..kept.end - from
    }
}

fn line(columns: &[Column]) -> Line {
    let tags: Vec<&'static str> = columns.iter().map(|column| column.tag).collect();
    Line::new(&tags)
}
