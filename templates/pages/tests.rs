use chrono::NaiveDate;
use maud::Markup;

use super::archive::Search;
use super::inbox::{Received, View};
use crate::fixture;

const NASTY: &str = "\"><script>alert(1)</script>";

fn mail() -> Received {
    Received {
        number: 7,
        to: NASTY.to_owned(),
        from: NASTY.to_owned(),
        subject: NASTY.to_owned(),
        at: "09:00".to_owned(),
    }
}

fn hostile_form() -> super::subscribe::Form<'static> {
    super::subscribe::Form {
        email: NASTY,
        name: NASTY,
        time_zone: NASTY,
        form: NASTY,
        stamp: NASTY,
        wrong_email: Some(NASTY),
        wrong_name: Some(NASTY),
        wrong_time_zone: Some(NASTY),
        note: Some(NASTY),
    }
}

fn hostile_settings() -> super::settings::Settings<'static> {
    super::settings::Settings {
        action: NASTY,
        address: NASTY,
        name: NASTY,
        time_zone: NASTY,
        leave: NASTY,
        on_the_list: true,
        done: Some(NASTY),
        wrong_name: Some(NASTY),
        wrong_time_zone: Some(NASTY),
        wrong_address: Some(NASTY),
        ..super::settings::Settings::default()
    }
}

fn ballot(comparison: &crate::comparison::Comparison) -> super::vote::Ballot<'_> {
    super::vote::Ballot {
        comparison,
        tool: 0,
        chosen: crate::comparison::Verdict::Ship,
        actions: [NASTY.to_owned(), NASTY.to_owned()],
        open: true,
        said: super::vote::Said::ChooseOne,
    }
}

fn hostile_search() -> Search<'static> {
    Search {
        words: NASTY,
        category: NASTY,
        newer: Some(NASTY.to_owned()),
        older: Some(NASTY.to_owned()),
        ..Search::default()
    }
}

fn correction() -> super::comparison::Correction {
    super::comparison::Correction {
        field: NASTY.to_owned(),
        sent: NASTY.to_owned(),
        now: NASTY.to_owned(),
        date: NaiveDate::default(),
    }
}

/// Every page there is, with hostile text wherever text comes from outside.
fn pages() -> Vec<(&'static str, String)> {
    let newsletter = fixture::newsletter();
    let mut comparison = fixture::comparison();
    comparison.title = format!("{NASTY} vs B");
    comparison.tools[0].reviews[0].quote = NASTY.to_owned();
    let mut entry = comparison.clone();
    entry.question = NASTY.to_owned();
    entry.tools[1].name = NASTY.to_owned();
    let pages: [(&str, Markup); 30] = [
        (
            "archive",
            super::archive::archive(
                &newsletter,
                &[entry.clone(), entry.clone()],
                &Search::default(),
            ),
        ),
        (
            "search",
            super::archive::archive(&newsletter, &[], &hostile_search()),
        ),
        (
            "tool",
            super::archive::tool(&newsletter, "tool", NASTY, std::slice::from_ref(&entry)),
        ),
        (
            "home",
            super::home::home(&newsletter, Some(&comparison), &[entry]),
        ),
        ("empty home", super::home::home(&newsletter, None, &[])),
        (
            "empty archive",
            super::archive::archive(&newsletter, &[], &Search::default()),
        ),
        (
            "comparison",
            super::comparison::comparison(&newsletter, &comparison, &[correction()]),
        ),
        (
            "form",
            super::subscribe::form(&newsletter, hostile_form(), &["UTC", NASTY]),
        ),
        ("sent", super::subscribe::sent(&newsletter)),
        ("too many", super::subscribe::too_many(&newsletter, 2)),
        (
            "confirm",
            super::subscribe::confirm(&newsletter, NASTY, NASTY),
        ),
        ("confirmed", super::subscribe::confirmed(&newsletter, NASTY)),
        ("ask", super::unsubscribe::ask(&newsletter, NASTY, NASTY)),
        (
            "done",
            super::unsubscribe::done(&newsletter, NASTY, Some(NASTY)),
        ),
        (
            "paused",
            super::unsubscribe::paused(&newsletter, NASTY, NaiveDate::default(), NASTY),
        ),
        (
            "digest",
            super::unsubscribe::digest(&newsletter, NASTY, NASTY),
        ),
        ("undone", super::unsubscribe::undone(&newsletter, NASTY)),
        (
            "settings link",
            super::settings::ask(&newsletter, NASTY, NASTY),
        ),
        ("vote", super::vote::vote(&newsletter, &ballot(&comparison))),
        ("mailed", super::settings::mailed(&newsletter, NASTY)),
        (
            "settings",
            super::settings::settings(&newsletter, hostile_settings(), &["UTC", NASTY]),
        ),
        (
            "new address",
            super::settings::confirm_address(&newsletter, NASTY, NASTY),
        ),
        (
            "erase",
            super::settings::confirm_erase(&newsletter, NASTY, NASTY),
        ),
        ("invalid", super::unsubscribe::invalid_link(&newsletter)),
        ("error", super::error::error(&newsletter, NASTY, NASTY)),
        ("not found", super::error::not_found(&newsletter)),
        (
            "inbox",
            super::inbox::list(&newsletter, &[mail()], Some(NASTY)),
        ),
        ("html", super::inbox::mail(&newsletter, &mail(), View::Html)),
        (
            "text",
            super::inbox::mail(&newsletter, &mail(), View::Text(NASTY)),
        ),
        (
            "source",
            super::inbox::mail(&newsletter, &mail(), View::Source(NASTY)),
        ),
    ];
    pages.map(|(name, page)| (name, page.into_string())).into()
}

#[test]
fn pages_keep_to_the_content_policy_and_escape_what_comes_in() {
    for (name, page) in pages() {
        let page = page.replacen("<script src=\"/script.js\" defer></script>", "", 1);
        let data = "<script type=\"application/ld+json\">";
        assert_eq!(page.contains(data), name == "comparison", "{name}");
        let page = page.replacen(data, "", 1);
        assert!(page.matches("</script>").count() <= 1, "{name}");
        for banned in ["<script", "<style", " style=\"", " onclick=", "javascript:"] {
            assert!(!page.contains(banned), "{banned} in {name}");
        }
        assert_eq!(page.matches("rel=\"stylesheet\"").count(), 1, "{name}");
    }
}

#[test]
fn headings_come_in_order() {
    for (name, page) in pages() {
        let levels: Vec<u32> = page
            .split("<h")
            .skip(1)
            .filter_map(|rest| rest.chars().next().and_then(|level| level.to_digit(10)))
            .collect();
        assert_eq!(levels.first(), Some(&1), "{name}");
        assert_eq!(
            levels.iter().filter(|level| **level == 1).count(),
            1,
            "{name}"
        );
        assert!(
            levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
            "{name}: {levels:?}"
        );
    }
}

#[test]
fn only_what_lasts_is_offered_to_search_engines() {
    for (name, page) in pages() {
        let lasts = [
            "archive",
            "empty archive",
            "comparison",
            "home",
            "empty home",
            "tool",
        ];
        let lasts = lasts.contains(&name);
        assert_eq!(page.contains("rel=\"canonical\""), lasts, "{name}");
        assert_eq!(page.contains("content=\"noindex\""), !lasts, "{name}");
    }
}

#[test]
fn leaving_takes_one_button_that_posts() {
    let page = super::unsubscribe::ask(&fixture::newsletter(), "/u/token", "a…@example.com");
    let page = page.into_string();
    let (first, less) = page.split_once("</form>").unwrap_or_default();
    assert!(first.contains("<form method=\"post\" action=\"/u/token\">"));
    assert_eq!(first.matches("<button").count(), 1);
    assert!(first.contains("name=\"reason\"") && first.contains("a…@example.com"));
    assert!(!first.contains("required") && !first.contains("name=\"instead\""));
    assert_eq!(less.matches("name=\"instead\"").count(), 4);
}

#[test]
fn a_mail_is_shown_in_a_cage() {
    let page = super::inbox::mail(&fixture::newsletter(), &mail(), View::Html).into_string();
    let (_, frame) = page.split_once("<iframe").unwrap_or_default();
    assert!(frame.contains("src=\"/inbox/7/html\""));
    assert!(frame.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""));
}
