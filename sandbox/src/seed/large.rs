//! 500 storefronts and 10,000 credentials, for lists that have to stay quick.

use super::{Seed, credential, source, storefront};
use crate::model::{AuthKind, Source, Standing, Status, Storefront};

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
        seed.credentials.push(credential(
            10_001 + number,
            &format!("acme-{number:05}"),
            at,
            status,
        ));
    }
    seed
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
}
