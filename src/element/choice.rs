//! Which ways to authenticate an element offers.

use std::cell::RefCell;

use crate::api::Settings;
use crate::credential::{FormSpec, catalog};
use crate::route::Query;

type Rows = &'static [&'static FormSpec];

/// The rows of `all` that `wanted` names, in its order: names of ways, with spaces between. Nothing when it names none that
/// there is; all of them when it is empty.
pub fn rows(all: Rows, wanted: &str) -> Option<Rows> {
    thread_local! {
        // Forms hold rows for ever; a page asks for a few choices, again and again.
        static KNOWN: RefCell<Vec<Rows>> = const { RefCell::new(Vec::new()) };
    }
    let mut chosen: Vec<&'static FormSpec> = Vec::new();
    for name in wanted.split_ascii_whitespace() {
        let found = catalog::find_in(all, name);
        chosen.extend(found.filter(|spec| chosen.iter().all(|other| other.id != spec.id)));
    }
    if chosen.is_empty() {
        return wanted.trim().is_empty().then_some(all);
    }
    KNOWN.with_borrow_mut(|known| {
        let same = |rows: &&Rows| {
            rows.iter()
                .map(|row| row.id)
                .eq(chosen.iter().map(|row| row.id))
        };
        if let Some(rows) = known.iter().find(same) {
            return Some(*rows);
        }
        let rows: Rows = Box::leak(chosen.into_boxed_slice());
        known.push(rows);
        Some(rows)
    })
}

/// The query by which the console's page would make the same choice.
pub fn query(settings: &Settings) -> Query {
    let mut query = Query::default();
    let first = settings.get("authType").split_ascii_whitespace().next();
    query.set("type", first.unwrap_or_default());
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(wanted: &str) -> Option<Vec<&'static str>> {
        let rows = rows(catalog::STOREFRONT, wanted)?;
        Some(rows.iter().map(|row| row.id).collect())
    }

    #[test]
    fn one_name_fixes_the_choice_and_several_order_it() {
        assert_eq!(ids("basic"), Some(vec!["basic"]));
        assert_eq!(ids(" jwt  basic jwt "), Some(vec!["jwt", "basic"]));
        assert_eq!(
            ids(" ").map(|ids| ids.len()),
            Some(catalog::STOREFRONT.len())
        );
        assert!(rows(catalog::STOREFRONT, "smoke").is_none());
    }

    #[test]
    fn the_same_choice_is_the_same_rows() {
        let one = rows(catalog::STOREFRONT, "jwt basic").expect("is there");
        let other = rows(catalog::STOREFRONT, "jwt basic").expect("is there");
        assert!(std::ptr::eq(one, other));
    }
}
