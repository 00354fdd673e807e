//! `verdict calendar`: the next slots, and the issue that each would get.

use chrono::{Days, NaiveDate, NaiveDateTime};
use verdict::clock::Clock;

use super::Instance;
use crate::test_app::sample_issue;

/// An instance whose slots are at nine every morning, in UTC.
fn daily() -> Instance {
    let instance = Instance::new();
    instance.configure("0 9 * * TUE", "0 9 * * *");
    instance
}

/// Writes a ready issue with more keys at its top.
fn issue(instance: &Instance, slug: &str, keys: &str) {
    let text = format!("{keys}\n{}", sample_issue(slug));
    instance.file(&format!("issues/{slug}.toml"), text);
}

/// The slots and the issue of each.
fn slots(printed: &str) -> Vec<(NaiveDateTime, String)> {
    printed
        .lines()
        .take_while(|line| !line.is_empty())
        .map(|line| {
            let (time, what) = line.split_once("  ").unwrap();
            let time = NaiveDateTime::parse_from_str(time, "%a %Y-%m-%d %H:%M").unwrap();
            (time, what.to_owned())
        })
        .collect()
}

/// A day too far away for the clock to reach while a test runs.
fn day(ahead: u64) -> NaiveDate {
    Clock::system()
        .now()
        .date_naive()
        .checked_add_days(Days::new(ahead))
        .unwrap()
}

#[test]
fn there_are_eight_slots_a_day_apart_and_all_to_come() {
    let instance = daily();
    let printed = instance.prints(&["calendar"]);
    let slots = slots(&printed);
    assert_eq!(slots.len(), 8, "{printed}");
    assert!(slots[0].0.date() >= day(0));
    for pair in slots.windows(2) {
        assert_eq!(pair[1].0 - pair[0].0, chrono::TimeDelta::days(1));
    }
    assert!(
        slots
            .iter()
            .all(|(time, what)| time.time().to_string() == "09:00:00"
                && what.ends_with("nothing is ready"))
    );
    assert!(printed.ends_with("Times are in UTC.\n"), "{printed}");
    let printed = instance.prints(&["calendar", "--count", "20"]);
    assert_eq!(self::slots(&printed).len(), 20);
}

#[test]
fn the_slots_are_those_of_the_schedule() {
    let instance = Instance::new();
    instance
        .configure("0 9 * * TUE", "30 7 1 * *")
        .configure("time_zone = \"UTC\"", "time_zone = \"Asia/Tokyo\"");
    let printed = instance.prints(&["calendar"]);
    assert!(printed.contains("Times are in Asia/Tokyo."), "{printed}");
    for (time, _) in slots(&printed) {
        assert_eq!(time.format("%d %H:%M").to_string(), "01 07:30");
    }
}

#[test]
fn a_dated_issue_keeps_its_day_and_the_others_go_round_it() {
    let instance = daily();
    issue(&instance, "zz-dated", &format!("send_on = {}", day(3)));
    issue(&instance, "aa-of-unknown-age", "");
    issue(&instance, "bb-newer", "added = 2026-02-01");
    issue(&instance, "cc-older", "added = 2026-01-01");
    let printed = instance.prints(&["calendar"]);
    let mut undated = Vec::new();
    for (time, what) in slots(&printed) {
        if time.date() == day(3) {
            assert_eq!(what, "zz-dated  (dated)", "{printed}");
        } else {
            undated.push(what);
        }
    }
    assert_eq!(
        undated[..3],
        ["cc-older", "bb-newer", "aa-of-unknown-age"],
        "{printed}"
    );
    assert!(undated[3].ends_with("nothing is ready"), "{printed}");
    assert!(!printed.contains("warning"), "{printed}");
}

#[test]
fn a_dated_issue_that_no_slot_takes_is_a_warning() {
    let instance = daily();
    let yesterday = day(0).pred_opt().unwrap();
    issue(&instance, "too-late", &format!("send_on = {yesterday}"));
    issue(&instance, "a-first", &format!("send_on = {}", day(4)));
    issue(&instance, "b-second", &format!("send_on = {}", day(4)));
    let printed = instance.prints(&["calendar"]);
    for (slug, date) in [("too-late", yesterday), ("b-second", day(4))] {
        let warning = format!("warning: {slug} is dated {date}, and no slot takes it\n");
        assert!(printed.contains(&warning), "{printed}");
    }
    assert_eq!(printed.matches("warning").count(), 2, "{printed}");
    assert!(printed.contains("a-first  (dated)"), "{printed}");
}

#[test]
fn drafts_and_issues_that_do_not_check_are_named_and_not_planned() {
    let instance = daily();
    let draft = sample_issue("a-draft").replace("\"ready\"", "\"draft\"");
    instance.file("issues/a-draft.toml", draft);
    let wrong = sample_issue("a-wrong-one").replace("reviewer", "revewer");
    instance.file("issues/a-wrong-one.toml", wrong);
    issue(&instance, "tea-vs-coffee", "");
    let printed = instance.prints(&["calendar"]);
    let planned: Vec<String> = slots(&printed).into_iter().map(|(_, what)| what).collect();
    assert_eq!(planned[0], "tea-vs-coffee", "{printed}");
    assert!(planned[1].ends_with("nothing is ready"), "{printed}");
    assert!(printed.contains("draft: a-draft\n"), "{printed}");
    assert!(
        printed.contains("error: a-wrong-one does not check; run `verdict check`\n"),
        "{printed}"
    );
}

#[test]
fn a_file_that_is_dated_and_not_ready_is_named_at_its_slot() {
    let instance = daily();
    let write = |slug: &str, ahead: u64, from: &str, to: &str| {
        let text = sample_issue(slug).replace(from, to);
        let text = format!("send_on = {}\n{text}", day(ahead));
        instance.file(&format!("issues/{slug}.toml"), text);
    };
    write("a-draft", 2, "\"ready\"", "\"draft\"");
    write("b-wrong", 3, "reviewer", "revewer");
    write("c-both", 4, "\"ready\"", "\"draft\"\nunknown = 1");
    write("d-ready", 4, "", "");
    let printed = instance.prints(&["calendar"]);
    let found = slots(&printed);
    let at = |ahead: u64| {
        let slot = found.iter().find(|(time, _)| time.date() == day(ahead));
        slot.unwrap().1.as_str()
    };
    insta::assert_snapshot!(at(2), @"—  nothing is ready  — a-draft is a draft");
    insta::assert_snapshot!(at(3), @"—  nothing is ready  — b-wrong has errors");
    insta::assert_snapshot!(at(4), @"d-ready  (dated)  — c-both is a draft and has errors");
}

#[test]
fn an_issue_sent_by_hand_is_not_planned_again() {
    let instance = daily();
    issue(&instance, "tea-vs-coffee", "");
    // No relay is needed: freezing is what counts.
    instance.configure("smtp://localhost:25", "smtp://127.0.0.1:1");
    instance.prints(&["subscribers", "add", "ada@example.com"]);
    instance.refuses(&["send", "tea-vs-coffee"]);
    let printed = instance.prints(&["calendar"]);
    assert!(!printed.contains("tea-vs-coffee"), "{printed}");
}

#[test]
fn with_local_time_it_shows_when_an_issue_must_be_ready() {
    let instance = daily();
    instance.configure("# local_time = false", "local_time = true");
    issue(&instance, "tea-vs-coffee", "");
    let printed = instance.prints(&["calendar"]);
    let mut before = None;
    for line in printed.lines().take_while(|line| !line.is_empty()) {
        let (times, _) = line.split_once("  ").unwrap();
        let (time, ready_by) = times.split_once(", ready by ").unwrap();
        let time = NaiveDateTime::parse_from_str(time, "%a %Y-%m-%d %H:%M").unwrap();
        // The first clock is 14 hours ahead of UTC.
        let eve = time.date().pred_opt().unwrap();
        assert_eq!(ready_by, eve.format("%a 19:00").to_string(), "{printed}");
        assert!(before.is_none_or(|before| time - before == chrono::TimeDelta::days(1)));
        before = Some(time);
    }
    assert!(
        printed.contains("when their own clock shows its time"),
        "{printed}"
    );
    assert!(
        printed.lines().next().unwrap().ends_with("  tea-vs-coffee"),
        "{printed}"
    );
}
