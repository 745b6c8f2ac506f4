//! The rows of the table of credentials: what each shows, which ones are wanted, and in which order.

use std::cell::OnceCell;
use std::rc::Rc;

use crate::api::storefront::RegisteredCredential;
use crate::api::time::millis;
use crate::console::remote::Remote;
use crate::route::Query;
use crate::text;

/// What the address asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What some column must contain, in any case.
    pub filter: String,
    /// `CLIENT` or `MARKETPLACE`; empty for both.
    pub kind: String,
    /// `ACTIVE` or `PENDING`; empty for every status.
    pub status: String,
    /// The column to sort by, with a minus sign in front for downwards.
    pub sort: String,
}

impl Wanted {
    /// The newest first, unless another order is asked for.
    pub const SORT: &str = "-created";

    /// Reads a query. The values of the filters are written in lower case there.
    pub fn of(query: &Query) -> Self {
        let sort = match query.get("sort") {
            "" => Self::SORT,
            sort => sort,
        };
        Self {
            filter: query.get("filter").to_owned(),
            kind: query.get("type").to_ascii_uppercase(),
            status: query.get("status").to_ascii_uppercase(),
            sort: sort.to_owned(),
        }
    }

    /// Writes it into a query.
    pub fn write(&self, query: &mut Query) {
        query.set("filter", self.filter.trim());
        query.set("type", &self.kind.to_ascii_lowercase());
        query.set("status", &self.status.to_ascii_lowercase());
        let usual = self.sort == Self::SORT;
        query.set("sort", if usual { "" } else { &self.sort });
    }

    /// The column to sort by, and whether downwards.
    pub fn order(&self) -> (&str, bool) {
        match self.sort.strip_prefix('-') {
            Some(key) => (key, true),
            None => (&self.sort, false),
        }
    }

    /// True when some rows may be left out.
    pub fn is_narrow(&self) -> bool {
        [&self.filter, &self.kind, &self.status]
            .iter()
            .any(|part| !part.trim().is_empty())
    }
}

/// The columns, in their order, by which rows can be sorted and whose texts are searched.
pub const COLUMNS: [&str; 7] = [
    "account", "sources", "type", "status", "by", "created", "updated",
];

/// What the browser does better than we could: it has the tables of languages at hand.
#[derive(Clone, Copy)]
pub struct Write {
    /// An instant for people.
    pub time: fn(&str) -> String,
    /// The same text in lower case.
    pub low: fn(&str) -> String,
}

/// What one row shows.
pub struct Words {
    /// A text for each of [`COLUMNS`].
    pub cells: [String; 7],
    /// All of them in lower case, one after the other.
    low: String,
}

/// The list, and what is shown of it.
pub struct Rows {
    list: Rc<Remote<Vec<RegisteredCredential>>>,
    words: Vec<OnceCell<Box<Words>>>,
    /// Every row, in the order that is wanted.
    sorted: Vec<u32>,
    /// Those that are wanted.
    shown: Vec<u32>,
    wanted: Option<Wanted>,
    write: Write,
    /// The first row whose words may be missing.
    prepared: usize,
}

impl Rows {
    /// Of a list that may not be here yet.
    pub fn new(list: Rc<Remote<Vec<RegisteredCredential>>>, write: Write) -> Self {
        let count = list.ready().map_or(0, Vec::len);
        Self {
            list,
            words: (0..count).map(|_| OnceCell::new()).collect(),
            sorted: Vec::new(),
            shown: Vec::new(),
            wanted: None,
            write,
            prepared: 0,
        }
    }

    fn all(&self) -> &[RegisteredCredential] {
        self.list.ready().map_or(&[], Vec::as_slice)
    }

    /// How many there are, and how many of them are shown.
    pub fn counts(&self) -> (usize, usize) {
        (self.words.len(), self.shown.len())
    }

    /// The credential in a place of the table.
    pub fn shown(&self, at: usize) -> Option<&RegisteredCredential> {
        self.all().get(*self.shown.get(at)? as usize)
    }

    /// Every credential that is shown, in order.
    pub fn all_shown(&self) -> impl Iterator<Item = &RegisteredCredential> {
        (0..self.shown.len()).filter_map(|at| self.shown(at))
    }

    /// What a place of the table shows.
    pub fn words(&self, at: usize) -> Option<&Words> {
        Some(self.words_of(*self.shown.get(at)? as usize))
    }

    fn words_of(&self, row: usize) -> &Words {
        self.words[row].get_or_init(|| Box::new(words(&self.all()[row], self.write)))
    }

    /// Writes the words of some more rows, so that the first filter does not wait for all of them. Says
    /// whether there are more.
    pub fn prepare(&mut self, some: usize) -> bool {
        let end = (self.prepared + some).min(self.words.len());
        for row in self.prepared..end {
            self.words_of(row);
        }
        self.prepared = end;
        end < self.words.len()
    }

    /// Shows what is wanted from now on.
    pub fn want(&mut self, wanted: &Wanted) {
        let before = self.wanted.replace(wanted.clone());
        let same_order = before.as_ref().is_some_and(|old| old.sort == wanted.sort);
        if !same_order {
            self.sort(wanted);
        }
        let needle = (self.write.low)(wanted.filter.trim());
        // What did not fit a part of the filter does not fit the whole.
        let narrows = before.is_some_and(|old| {
            let old_needle = (self.write.low)(old.filter.trim());
            same_order
                && (&old.kind, &old.status) == (&wanted.kind, &wanted.status)
                && needle.starts_with(&old_needle)
        });
        let among = if narrows { &self.shown } else { &self.sorted };
        let fits = |row: &&u32| {
            let (at, all) = (**row as usize, self.all());
            let is = |wanted: &str, value: Option<&str>| wanted.is_empty() || value == Some(wanted);
            is(&wanted.kind, all[at].account_type.as_deref())
                && is(&wanted.status, Some(all[at].status.as_str()))
                && (needle.is_empty() || contains(&self.words_of(at).low, &needle))
        };
        self.shown = among.iter().filter(fits).copied().collect();
    }

    fn sort(&mut self, wanted: &Wanted) {
        let (key, down) = wanted.order();
        let count = u32::try_from(self.words.len()).unwrap_or_default();
        let mut sorted: Vec<u32> = (0..count).collect();
        let column = COLUMNS.iter().position(|column| *column == key);
        match column {
            Some(5 | 6) => {
                // What is no instant comes last, whatever the direction.
                let last = if down { i64::MIN } else { i64::MAX };
                let time = |row: &RegisteredCredential| match key {
                    "created" => millis(&row.created_at),
                    _ => millis(row.updated_at.as_deref()?),
                };
                let times: Vec<i64> = self
                    .all()
                    .iter()
                    .map(|row| time(row).unwrap_or(last))
                    .collect();
                sorted.sort_by_key(|row| times[*row as usize]);
            }
            Some(column) => {
                let low = |row: &u32| (self.write.low)(&self.words_of(*row as usize).cells[column]);
                sorted.sort_by_cached_key(low);
            }
            None => {}
        }
        if down {
            sorted.reverse();
        }
        self.sorted = sorted;
    }
}

/// What a credential shows.
fn words(row: &RegisteredCredential, write: Write) -> Words {
    let time = write.time;
    let cells = [
        row.account_identifier.clone(),
        text::sources_of(row.sources.as_deref()),
        text::credential_type(row.account_type.as_deref()),
        text::credential_status(row.status.as_str()),
        row.registered_by
            .clone()
            .unwrap_or_else(|| text::NOT_RECORDED.to_owned()),
        time(&row.created_at),
        row.updated_at.as_deref().map_or_else(String::new, time),
    ];
    let low = (write.low)(&cells.join("\n"));
    Words { cells, low }
}

/// Whether `text` contains `part`. The library's search prepares itself for each text anew, which takes
/// longer here than searching.
fn contains(text: &str, part: &str) -> bool {
    let Some((first, rest)) = part.as_bytes().split_first() else {
        return true;
    };
    let mut text = text.as_bytes();
    while let Some(at) = text.iter().position(|byte| byte == first) {
        text = &text[at + 1..];
        if text.starts_with(rest) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::storefront::{CoveredSource, CredentialStatus};

    fn credential(
        id: &str,
        kind: &str,
        created: &str,
        source: Option<&str>,
    ) -> RegisteredCredential {
        let pair = |name: &str| CoveredSource {
            storefront_id: 42,
            storefront_name: Some("Harbor".to_owned()),
            source_id: "s".to_owned(),
            source_name: Some(name.to_owned()),
        };
        RegisteredCredential {
            id: id.to_owned(),
            account_identifier: ["Acme-", id].concat(),
            account_type: Some(kind.to_owned()),
            status: CredentialStatus::named(
                if id == "3" { "PENDING" } else { "ACTIVE" }.to_owned(),
            ),
            registered_by: None,
            created_at: created.to_owned(),
            updated_at: None,
            sources: Some(source.map(pair).into_iter().collect()),
            oauth: None,
        }
    }

    fn rows() -> Rows {
        let list = vec![
            credential("2", "CLIENT", "2026-01-02T00:00:00Z", Some("Radio")),
            credential("10", "MARKETPLACE", "2026-03-01T00:00:00Z", None),
            credential("3", "CLIENT", "2026-02-01T00:00:00+05:00", Some("Zoo")),
            credential("1", "CLIENT", "once", Some("Arena")),
        ];
        let write = Write {
            time: |iso| ["at ", iso].concat(),
            low: str::to_lowercase,
        };
        Rows::new(Rc::new(Remote::Ready(list)), write)
    }

    #[track_caller]
    fn check(rows: &mut Rows, search: &str, ids: &[&str]) {
        rows.want(&Wanted::of(&Query::parse(search)));
        let shown: Vec<&str> = rows.all_shown().map(|row| row.id.as_str()).collect();
        assert_eq!(shown, ids, "{search}");
        assert_eq!(rows.counts(), (4, ids.len()));
    }

    #[test]
    fn every_column_sorts_both_ways() {
        let mut rows = rows();
        check(&mut rows, "", &["10", "3", "2", "1"]);
        check(&mut rows, "?sort=created", &["2", "3", "10", "1"]);
        check(&mut rows, "?sort=account", &["1", "10", "2", "3"]);
        check(&mut rows, "?sort=-account", &["3", "2", "10", "1"]);
        check(&mut rows, "?sort=sources", &["1", "10", "2", "3"]);
        check(&mut rows, "?sort=-status", &["3", "1", "10", "2"]);
        check(&mut rows, "?sort=nonsense", &["2", "10", "3", "1"]);
    }

    #[test]
    fn a_filter_searches_every_column_in_any_case() {
        let mut rows = rows();
        for (search, ids) in [
            ("?filter=ACME", &["10", "3", "2", "1"][..]),
            ("?filter=acme-1", &["10", "1"]),
            ("?filter=acme-10", &["10"]),
            ("?filter=zoo+at+har", &["3"]),
            ("?filter=pending", &["3"]),
            ("?filter=marketplace", &["10"]),
            ("?filter=at+2026-01", &["2"]),
            ("?filter=not+recorded", &["10", "3", "2", "1"]),
            ("?filter=nothing", &[]),
            ("?type=client&filter=acme", &["3", "2", "1"]),
            ("?type=client&status=pending", &["3"]),
            ("?status=active&sort=account", &["1", "10", "2"]),
        ] {
            check(&mut rows, search, ids);
        }
    }

    #[test]
    fn an_address_comes_back_as_it_was() {
        for search in ["", "?filter=a%20b&type=client&status=pending&sort=by"] {
            let wanted = Wanted::of(&Query::parse(search));
            let mut query = Query::default();
            wanted.write(&mut query);
            assert_eq!(query.to_search(), search);
            assert_eq!(Wanted::of(&query), wanted);
        }
    }

    #[test]
    fn words_are_written_once_and_in_parts() {
        let mut rows = rows();
        assert!(rows.prepare(3));
        assert!(!rows.prepare(3) && !rows.prepare(3));
        rows.want(&Wanted::of(&Query::default()));
        let cells = &rows.words(1).expect("a second row").cells;
        assert_eq!(cells[1], "Zoo at Harbor");
        assert_eq!(rows.words(4).map(|words| words.cells.len()), None);
    }

    #[test]
    fn parts_are_found_where_they_stand() {
        assert!(contains("abcabd", "abd") && contains("abc", "") && contains("abc", "abc"));
        assert!(!contains("abc", "abcd") && !contains("", "a") && contains("ü-x", "ü"));
    }
}
