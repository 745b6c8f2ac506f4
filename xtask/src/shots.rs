//! `cargo xtask shots`: a picture of every state.

use crate::{
    Done, e2e,
    tools::{self, Need},
};

/// Takes the pictures of all states, or of those whose name contains `filter`.
pub fn shots(filter: Option<&str>) -> Done {
    let tools = tools::ensure(&[Need::Site, Need::Browser])?;
    let mut extra = Vec::new();
    if let Some(filter) = filter {
        extra.extend(["--grep".into(), filter.into()]);
    }
    let report = e2e::playwright(&tools, "shots", &extra)?;
    println!(
        "shots   {} pictures in target/shots, {} failed",
        report.passed, report.failed
    );
    if report.fine && report.passed > 0 {
        Ok(())
    } else {
        Err("Not every picture was taken: see above.".to_owned())
    }
}
