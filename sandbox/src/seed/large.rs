//! 500 storefronts and 10,000 credentials, for lists that have to stay quick.

use super::{Seed, credential, source, storefront};
use crate::model::{AuthKind, Credential, Source, Standing, Status, Storefront};
use jiff::Timestamp;

const FIRST: [&str; 25] = [
    "Amber", "Basalt", "Cedar", "Delta", "Ember", "Fjord", "Granite", "Heron", "Indigo", "Juniper",
    "Kestrel", "Lagoon", "Meadow", "Nimbus", "Opal", "Pebble", "Quartz", "River", "Saffron",
    "Tundra", "Umber", "Violet", "Willow", "Yarrow", "Zephyr",
];
const SECOND: [&str; 20] = [
    "Audio",
    "Broadcast",
    "Cinema",
    "Daily",
    "Events",
    "Films",
    "Games",
    "Herald",
    "Islands",
    "Journal",
    "Kitchen",
    "Local",
    "Media",
    "Network",
    "Outdoor",
    "Press",
    "Radio",
    "Screens",
    "Television",
    "Video",
];
const CHANNELS: [&str; 5] = ["ctv", "audio", "display", "dooh", "olv"];
const REGIONS: [&str; 4] = ["US", "GB", "DE", "JP"];
const KINDS: [AuthKind; 4] = [
    AuthKind::ApiKey,
    AuthKind::OAuth,
    AuthKind::BasicAuth,
    AuthKind::Jwt,
];
const CREDENTIALS: u32 = 10_000;
/// Who registered the rows; the second and the last of them are admins.
const USERS: [&str; 5] = [
    "buyer@acmebrand.example",
    "admin@acmebrand.example",
    "colleague@acmebrand.example",
    "planner@acmebrand.example",
    "super@acmebrand.example",
];
/// Identifiers that a spreadsheet would compute, a table of commas would cut, or a careless sort would
/// misplace. Every ninth of the first rows has one.
const ODD: [&str; 20] = [
    "=SUM(A1:A9)",
    "=1+2",
    "+441632960000",
    "+acme",
    "-acme",
    "-2+3",
    "@acme",
    "@SUM(1,2)",
    "acme, north",
    "acme,south,west",
    "acme \"prime\"",
    "\"acme\"",
    "=\"acme\"",
    "Müller Medien",
    "Ångström",
    "Žižkov Film",
    "Ελλάδα",
    "日本メディア",
    "Crème, \"brûlée\"",
    "İstanbul",
];
/// 2025-01-01T00:00:00.000Z and 2026-11-01T00:00:00.000Z: every row was created between the two.
const CREATED: [i64; 2] = [1_735_689_600_000, 1_793_491_200_000];

pub fn seed() -> Seed {
    let mut seed = Seed {
        next_id: 30_000,
        ..Seed::default()
    };
    let mut agent = 0_u32;
    // Agents of which credentials are seeded, with whether they ask for consent.
    let mut taken = Vec::new();
    let names = SECOND
        .iter()
        .flat_map(|second| FIRST.iter().map(move |first| (first, second)));
    for (index, (first, second)) in names.enumerate() {
        let mut sources = Vec::new();
        for number in 0..=index % 4 {
            agent += 1;
            let kind = KINDS[(index + number) % KINDS.len()];
            let name = format!(
                "{first} {second} {}",
                ["Direct", "Partner", "Premium", "Open"][number]
            );
            seed.agent(agent, &name, kind);
            let row = source(&format!("src_{}_{number}", 1001 + index), &name, agent);
            let open = number == 3;
            sources.push(Source {
                requires_credentials: Some(!open),
                ..row
            });
            // The first source of each storefront is left to be connected.
            if number > 0 && !open {
                taken.push((agent, kind == AuthKind::OAuth));
            }
        }
        let id = 1001 + index as u64;
        let name = format!("{first} {second}");
        let domain = format!("{}{}.example", first.to_lowercase(), second.to_lowercase());
        let row = storefront(
            id,
            &name,
            &domain,
            CHANNELS[index % CHANNELS.len()],
            sources,
        );
        let standing = if index % 25 == 24 {
            Standing::Paused
        } else {
            Standing::Live
        };
        let regions = vec![REGIONS[index % REGIONS.len()]];
        seed.storefronts.push(Storefront {
            standing,
            regions,
            private: index % 50 == 49,
            ..row
        });
    }
    for number in 0..CREDENTIALS {
        let (at, waits) = taken[number as usize % taken.len()];
        let status = if waits && (number / 13) % 10 == 0 {
            Status::Pending
        } else {
            Status::Active
        };
        // The last few are left over from sources that are gone.
        let at = if number + 5 >= CREDENTIALS {
            agent + 1
        } else {
            at
        };
        let status = if at > agent { Status::Active } else { status };
        seed.credentials.push(row(number, at, status));
    }
    seed
}

/// The credential of a number, which alone decides in what it differs from the others.
fn row(number: u32, agent: u32, status: Status) -> Credential {
    let odd = number
        .is_multiple_of(9)
        .then(|| ODD.get(number as usize / 9))
        .flatten();
    let identifier = odd.map_or_else(|| format!("acme-{number:05}"), |&odd| odd.to_owned());
    let marketplace = number % 9 == 4;
    let user = if marketplace {
        USERS[if number.is_multiple_of(2) { 1 } else { 4 }]
    } else {
        USERS[(number / 3) as usize % USERS.len()]
    };
    let (created_at, updated_at) = times(number.into());
    Credential {
        identifier,
        marketplace,
        registered_by: (number % 11 != 7).then(|| user.to_owned()),
        created_at,
        updated_at,
        ..credential(10_001 + number, "", agent, status)
    }
}

/// When a row was created and when it was last changed: in no order, and never twice the same moment.
fn times(number: i64) -> (String, String) {
    let [from, to] = CREATED;
    // Both factors are primes that divide neither span, so that the steps go through all of it.
    let created = from + number * 35_723_353_411 % (to - from);
    let twenty_days = 20 * 24 * 60 * 60 * 1000;
    let updated = created + 1_000 + number * 715_761_049 % twenty_days;
    (written(created), written(updated))
}

fn written(millisecond: i64) -> String {
    let time = Timestamp::from_millisecond(millisecond).expect("is a time of our days");
    format!("{time:.3}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_numbers_are_right_and_nothing_is_named_twice() {
        let seed = seed();
        assert_eq!(
            (seed.storefronts.len(), seed.credentials.len()),
            (500, 10_000)
        );
        let names: HashSet<_> = seed
            .storefronts
            .iter()
            .map(|row| row.name.as_str())
            .collect();
        let ids: HashSet<_> = seed.credentials.iter().map(|row| row.id.as_str()).collect();
        assert_eq!((names.len(), ids.len()), (500, 10_000));
        let again = super::seed();
        assert_eq!(format!("{seed:?}"), format!("{again:?}"));
    }

    #[test]
    fn the_rows_differ_in_everything_that_a_list_is_sorted_by() {
        let rows = seed().credentials;
        let count = |fits: fn(&&Credential) -> bool| rows.iter().filter(fits).count();
        assert_eq!(count(|row| row.marketplace), 1_111);
        assert_eq!(count(|row| row.registered_by.is_none()), 909);
        assert!(count(|row| row.status == Status::Pending) > 100);
        let users: HashSet<_> = rows
            .iter()
            .filter_map(|row| row.registered_by.as_deref())
            .collect();
        assert_eq!(users, HashSet::from(USERS));
        let admins = HashSet::from([USERS[1], USERS[4]]);
        let shared: HashSet<_> = rows
            .iter()
            .filter(|row| row.marketplace)
            .filter_map(|row| row.registered_by.as_deref())
            .collect();
        assert_eq!(shared, admins, "who may create marketplace accounts");
        let identifiers: HashSet<_> = rows.iter().map(|row| row.identifier.as_str()).collect();
        assert_eq!(identifiers.len(), 10_000);
    }

    #[test]
    fn times_are_spread_and_a_change_follows_its_creation() {
        let rows = seed().credentials;
        // All have the same length, so that their order as texts is their order in time.
        assert!(
            rows.iter()
                .all(|row| row.created_at.len() == 24 && row.updated_at.len() == 24)
        );
        assert!(rows.iter().all(|row| row.created_at < row.updated_at));
        let mut by_creation: Vec<_> = rows.iter().collect();
        by_creation.sort_unstable_by_key(|row| &row.created_at);
        assert!(
            !by_creation.is_sorted_by_key(|row| &row.updated_at),
            "a second order"
        );
        let mut created: Vec<_> = rows.iter().map(|row| row.created_at.as_str()).collect();
        assert!(!created.is_sorted(), "the order of the list is another");
        created.sort_unstable();
        created.dedup();
        assert_eq!(created.len(), 10_000);
        assert!(created[0].starts_with("2025-01-01T") && created[9_999].starts_with("2026-10-31T"));
        let months: HashSet<_> = created.iter().map(|time| &time[..7]).collect();
        assert_eq!(months.len(), 22);
        assert!(created.iter().any(|time| &time[20..] != "000Z"));
    }

    #[test]
    fn odd_identifiers_stand_among_the_first_rows_and_everybody_sees_them() {
        let rows = seed().credentials;
        let odd: Vec<_> = rows
            .iter()
            .enumerate()
            .filter(|(_, row)| !row.identifier.starts_with("acme-"))
            .collect();
        let places: Vec<_> = odd.iter().map(|(place, _)| *place).collect();
        let wanted: Vec<_> = (0..20).map(|number| number * 9).collect();
        assert_eq!(places, wanted);
        assert!(odd.iter().all(|(_, row)| !row.marketplace));
        for sign in ['=', '+', '-', '@'] {
            assert!(
                odd.iter().any(|(_, row)| row.identifier.starts_with(sign)),
                "{sign}"
            );
        }
        for part in [",", "\"", "ü"] {
            assert!(
                odd.iter().any(|(_, row)| row.identifier.contains(part)),
                "{part}"
            );
        }
        assert!(
            odd.iter()
                .all(|(_, row)| !row.identifier.contains(char::is_control))
        );
    }
}
