//! Every way in which an answer can be wrong, and the one in which it is right.

use super::*;
use crate::oauth::flow::{LIFETIME_MS, sweep};
use crate::oauth::testing::{CALLBACK, START, flow};

const NOW: i64 = START + 1000;

/// The query of an answer to [`flow`] 1 with this behind its state.
fn query(rest: &str) -> String {
    ["?state=", flow(1).get(Part::State), rest].concat()
}

#[track_caller]
fn judged(flows: &mut [Flow], query: &str) -> &'static str {
    match check(flows, CALLBACK, CALLBACK, query, NOW) {
        Ok(granted) => {
            assert!(!granted.code().is_empty());
            "granted"
        }
        Err(denied) => denied.code(),
    }
}

#[test]
fn a_code_for_a_flow_that_waits_is_granted() {
    let mut flows = [flow(2), flow(1)];
    let query = query("&code=a%2Fb+c%C3%A9&session_state=x");
    let granted = check(&mut flows, CALLBACK, CALLBACK, &query, NOW).expect("as it should be");
    assert_eq!(granted.code().expose(), "a/b cé");
    assert_eq!(granted.flow(), &flow(1));
    assert!(flows[1].used && flows[1].get(Part::Verifier).is_empty());
    assert_eq!(flows[0], flow(2), "another flow is not touched");
}

#[test]
fn d20_a_state_that_is_not_ours_sends_nothing() {
    let mut flows = [flow(1)];
    for foreign in [
        "?state=foreign&code=x",
        "?code=x",
        "?state=&code=x",
        "?",
        "",
    ] {
        assert_eq!(judged(&mut flows, foreign), "unknown_state", "{foreign}");
    }
    assert!(!flows[0].used, "what is not ours uses nothing up");
    assert_eq!(judged(&mut [], &query("&code=x")), "none_waiting");
    let late = check(
        &mut flows,
        CALLBACK,
        CALLBACK,
        &query("&code=x"),
        START + LIFETIME_MS,
    );
    assert_eq!(late.map(|_| ()), Err(Denied::Expired));
}

#[test]
fn d21_a_state_is_used_once() {
    let mut flows = [flow(1)];
    assert_eq!(judged(&mut flows, &query("&code=x")), "granted");
    assert_eq!(judged(&mut flows, &query("&code=x")), "used_state");
    // Whatever came first, even a refusal or a forgery.
    for first in [
        "&error=access_denied",
        "&iss=https%3A%2F%2Fevil.example&code=x",
        "",
    ] {
        let mut flows = [flow(1)];
        assert_ne!(judged(&mut flows, &query(first)), "granted");
        assert_eq!(judged(&mut flows, &query("&code=x")), "used_state");
    }
}

#[test]
fn d22_a_code_goes_with_the_flow_whose_state_it_came_with() {
    // Injected from another flow: the state decides, and its verifier will not fit the code.
    let mut flows = [flow(1), flow(2)];
    let granted = check(
        &mut flows,
        CALLBACK,
        CALLBACK,
        &query("&code=of-flow-2"),
        NOW,
    );
    let granted = granted.expect("the server tells them apart by the verifier");
    assert_eq!(
        granted.flow().get(Part::Verifier),
        flow(1).get(Part::Verifier)
    );
    assert_eq!(granted.flow().get(Part::TokenPath), "/token");
}

#[test]
fn d23_iss_is_compared_exactly() {
    for (iss, verdict) in [
        ("https%3A%2F%2Fid.example%2F", "granted"),
        ("https%3A%2F%2Fid.example", "wrong_issuer"),
        ("https%3A%2F%2FID.example%2F", "wrong_issuer"),
        ("https%3A%2F%2Fid.example%3A443%2F", "wrong_issuer"),
        ("https%3A%2F%2Fevil.example%2F", "wrong_issuer"),
        ("", "wrong_issuer"),
    ] {
        let query = query(&["&code=x&iss=", iss].concat());
        assert_eq!(judged(&mut [flow(1)], &query), verdict, "{iss}");
    }
}

#[test]
fn d24_a_missing_iss_is_refused_where_it_was_promised() {
    let mut flows = [flow(1)];
    flows[0].tells_issuer = true;
    assert_eq!(judged(&mut flows, &query("&code=x")), "missing_issuer");
}

#[test]
fn d25_an_iss_that_was_not_promised_is_compared_and_accepted() {
    let flows = &mut [flow(1)];
    assert!(!flows[0].tells_issuer);
    assert_eq!(
        judged(flows, &query("&code=x&iss=https://id.example/")),
        "granted"
    );
}

#[test]
fn d26_iss_is_checked_before_an_error_is_believed() {
    let error = query("&error=access_denied&iss=https%3A%2F%2Fevil.example");
    assert_eq!(judged(&mut [flow(1)], &error), "wrong_issuer");
    let mut flows = [flow(1)];
    flows[0].tells_issuer = true;
    assert_eq!(
        judged(&mut flows, &query("&error=access_denied")),
        "missing_issuer"
    );
}

#[test]
fn d28_repeated_and_contradicting_parameters_are_refused() {
    for rest in [
        "&code=x&code=y",
        "&code=x&%63ode=x",
        "&code=x&state=other",
        "&code=x&iss=a&iss=a",
        "&code=x&error=access_denied",
        "&code=x&auth_code=y",
    ] {
        let mut flows = [flow(1)];
        assert_eq!(
            judged(&mut flows, &query(rest)),
            "repeated_parameters",
            "{rest}"
        );
        assert!(!flows[0].used, "{rest}");
    }
    let long = query(&["&code=", &"x".repeat(9000)].concat());
    assert_eq!(judged(&mut [flow(1)], &long), "repeated_parameters");
}

#[test]
fn d29_errors_are_plain_text_and_short() {
    let html = "&error=access%0adenied&error_uri=javascript%3Ax&error_description=%3Cimg+src%3Dx+onerror%3Dx%3E%07";
    let long = [html, &"y".repeat(500)].concat();
    let denied = check(&mut [flow(1)], CALLBACK, CALLBACK, &query(&long), NOW);
    let Err(Denied::Refused { error, description }) = denied else {
        panic!("an error is a refusal: {denied:?}");
    };
    assert_eq!(error, "access denied");
    assert!(
        description.starts_with("<img src=x onerror=x> yyy"),
        "{description}"
    );
    assert_eq!(description.chars().count(), 200);
}

#[test]
fn d36_only_our_own_path_is_judged() {
    let mut flows = [flow(1)];
    for other in [
        "https://console.example/",
        "https://console.example/oauth-callback.html/",
        "https://evil.example/oauth-callback.html",
    ] {
        let denied = check(&mut flows, CALLBACK, other, &query("&code=x"), NOW);
        assert_eq!(denied.map(|_| ()), Err(Denied::WrongPath), "{other}");
    }
    assert!(!flows[0].used);
}

#[test]
fn d37_flows_expire_and_are_swept() {
    let mut flows = vec![flow(1)];
    sweep(&mut flows, START + LIFETIME_MS - 1);
    assert_eq!(flows.len(), 1);
    sweep(&mut flows, START + LIFETIME_MS);
    assert!(flows.is_empty());
    assert!(flow(1).is_over(START - 1), "a clock that was set back");
}

#[test]
fn d45_nothing_waiting_is_told_apart_from_a_wrong_state() {
    assert_eq!(judged(&mut [], "?code=x&state=y"), "none_waiting");
    assert_eq!(judged(&mut [flow(1)], "?code=x&state=y"), "unknown_state");
}

#[test]
fn the_order_is_fixed() {
    // Each answer has the faults of all that follow it too.
    let old = START + LIFETIME_MS;
    let evil = "&error=e&iss=evil";
    let at = |arrived: &str, query: &str, now| {
        let mut flows = [flow(1)];
        let denied = check(&mut flows, CALLBACK, arrived, query, now);
        denied.map_or_else(|denied| denied.code(), |_| "granted")
    };
    let twice = ["?state=y&x=1&x=1", evil].concat();
    assert_eq!(at("https://other.example", &twice, old), "wrong_path");
    assert_eq!(at(CALLBACK, &twice, old), "repeated_parameters");
    assert_eq!(
        at(CALLBACK, &["?state=y", evil].concat(), old),
        "unknown_state"
    );
    assert_eq!(at(CALLBACK, &query(evil), old), "expired");
    assert_eq!(at(CALLBACK, &query(evil), NOW), "wrong_issuer");
    assert_eq!(at(CALLBACK, &query("&error=e"), NOW), "refused");
    assert_eq!(at(CALLBACK, &query(""), NOW), "no_code");
}

#[test]
fn nonsense_is_an_answer_and_never_a_panic() {
    for text in [
        "%",
        "%4",
        "%zz=%E0%A4",
        "=",
        "&&",
        "é%é=1",
        "%+1=2",
        "?state=%FF",
    ] {
        assert_ne!(judged(&mut [flow(1)], text), "granted", "{text}");
    }
    assert_eq!(decoded("%+1%é%2"), "% 1%é%2");
}

#[test]
fn d57_a_grant_shows_no_code_and_no_verifier() {
    let granted = check(
        &mut [flow(1)],
        CALLBACK,
        CALLBACK,
        &query("&code=hunter2"),
        NOW,
    );
    let shown = format!("{granted:?}");
    let flow = flow(1);
    let verifier = flow.get(Part::Verifier);
    assert!(
        !shown.contains("hunter2") && !shown.contains(verifier),
        "{shown}"
    );
}
