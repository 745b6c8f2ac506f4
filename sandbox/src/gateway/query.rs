//! The documented query parameters of the storefront list, with every problem told at once.

use crate::{
    answer::{ApiError, Issue},
    model::Storefront,
};
use std::collections::HashMap;

const STATUSES: [&str; 5] = [
    "configuring",
    "transacting",
    "archived",
    "neutral",
    "paused",
];

/// Which storefronts are wanted, and which part of them.
#[derive(Debug, PartialEq, Eq)]
pub struct Query {
    name: Option<String>,
    status: Option<String>,
    channel: Option<String>,
    region: Option<String>,
    private: bool,
    domain: Option<String>,
    /// 1 to 100.
    pub limit: usize,
    pub offset: usize,
}

impl Query {
    pub fn read(raw: &str) -> Result<Self, ApiError> {
        let mut values: HashMap<_, _> = url::form_urlencoded::parse(raw.as_bytes())
            .into_owned()
            .collect();
        let mut issues = Vec::new();
        let mut take = |name: &str| values.remove(name).filter(|value| !value.is_empty());

        let status = take("status");
        if status
            .as_deref()
            .is_some_and(|status| !STATUSES.contains(&status))
        {
            issues.push(Issue::new(
                "status",
                format!("Expected one of {}", STATUSES.join(", ")),
            ));
        }
        let visibility = take("visibility");
        let private = match visibility.as_deref() {
            None | Some("public") => false,
            Some("private") => true,
            Some(_) => {
                issues.push(Issue::new("visibility", "Expected public or private"));
                false
            }
        };
        let limit = whole(take("limit"), 1..=100, 20).unwrap_or_else(|()| {
            problem(
                &mut issues,
                "limit",
                "Expected a whole number from 1 to 100",
            )
        });
        let offset = whole(take("offset"), 0..=usize::MAX, 0).unwrap_or_else(|()| {
            problem(&mut issues, "offset", "Expected a whole number from 0 up")
        });
        if !issues.is_empty() {
            return Err(ApiError::validation(issues));
        }
        let lower = |value: Option<String>| value.map(|value| value.to_lowercase());
        Ok(Self {
            name: lower(take("name")),
            status,
            channel: lower(take("channel")),
            region: lower(take("region")),
            private,
            domain: lower(take("publisherDomain")),
            limit,
            offset,
        })
    }

    /// Whether a storefront is among the wanted ones: the name in part, the rest as a whole, in any case.
    pub fn fits(&self, storefront: &Storefront) -> bool {
        let one_of = |wanted: &Option<String>, values: &[&str]| {
            wanted
                .as_ref()
                .is_none_or(|wanted| values.iter().any(|value| value.to_lowercase() == *wanted))
        };
        storefront.private == self.private
            && self
                .name
                .as_ref()
                .is_none_or(|name| storefront.name.to_lowercase().contains(name))
            && self
                .status
                .as_ref()
                .is_none_or(|status| storefront.standing.display() == status)
            && self
                .domain
                .as_ref()
                .is_none_or(|domain| storefront.domain.to_lowercase() == *domain)
            && one_of(&self.channel, &storefront.channels)
            && one_of(&self.region, &storefront.regions)
    }
}

fn whole(
    value: Option<String>,
    range: std::ops::RangeInclusive<usize>,
    default: usize,
) -> Result<usize, ()> {
    match value {
        None => Ok(default),
        Some(value) => value
            .parse()
            .ok()
            .filter(|number| range.contains(number))
            .ok_or(()),
    }
}

fn problem(issues: &mut Vec<Issue>, path: &str, message: &str) -> usize {
    issues.push(Issue::new(path, message));
    0
}
