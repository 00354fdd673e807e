use std::sync::LazyLock;

use chrono::NaiveDate;
use maud::Markup;

use super::archive::Search;
use super::comparison::{Corrections, ReadOn};
use super::form::Wrong;
use super::inbox::{Received, View};
use super::subscribe::{Form, zone_field};
use crate::comparison::{Comparison, Newsletter, Pick, Side, Tally, Verdict};
use crate::fixture;
use crate::locale::Locale;

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

static WRONG: LazyLock<Wrong> = LazyLock::new(|| Wrong::EmailShared(NASTY.to_owned()));

fn hostile_form() -> Form<'static> {
    Form {
        email: NASTY,
        name: NASTY,
        time_zone: NASTY,
        form: NASTY,
        stamp: NASTY,
        wrong_email: Some(&WRONG),
        wrong_name: Some(&WRONG),
        wrong_time_zone: Some(&WRONG),
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
        saved: true,
        wrong_name: Some(&WRONG),
        wrong_address: Some(&WRONG),
        ..super::settings::Settings::default()
    }
}

fn paused() -> super::unsubscribe::Now {
    super::unsubscribe::Now {
        paused_until: Some(NaiveDate::default()),
        digest: true,
    }
}

#[test]
fn time_zones_stand_by_region_and_one_that_is_not_on_offer_is_kept() {
    let zones = ["UTC", "America/Argentina/Salta", "Asia/Tokyo"];
    let field = |chosen| zone_field(&Locale::default(), chosen, None, &zones).into_string();
    let shown = field("Asia/Tokyo");
    assert!(
        shown.contains(
            "<option value=\"UTC\">UTC</option>\
             <optgroup label=\"America\"><option value=\"America/Argentina/Salta\">Argentina, Salta</option></optgroup>\
             <optgroup label=\"Asia\"><option value=\"Asia/Tokyo\" selected>Tokyo</option></optgroup>"
        ),
        "{shown}"
    );
    let other = "<option value=\"Asia/Calcutta\" selected>Calcutta</option>";
    assert!(field("Asia/Calcutta").contains(other));
    assert!(!shown.contains("Calcutta"));
}

fn ballot(comparison: &Comparison, votes: [Option<Verdict>; 2]) -> super::vote::Ballot<'_> {
    super::vote::Ballot {
        comparison,
        side: Side::A,
        asked: Verdict::Ship,
        votes,
        actions: [NASTY.to_owned(), NASTY.to_owned()],
        open: true,
        unclear: true,
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

/// The article of a comparison without corrections.
fn article(comparison: &Comparison) -> String {
    let locale = &fixture::newsletter().locale;
    super::comparison::article(locale, comparison, &Corrections::default(), "").into_string()
}

fn corrections() -> Corrections {
    Corrections {
        all: vec![super::comparison::Correction {
            field: NASTY.to_owned(),
            sent: NASTY.to_owned(),
            now: NASTY.to_owned(),
            date: NaiveDate::default(),
        }],
        while_it_was_sent: true,
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
    let other = fixture::headline(NASTY);
    let read_on = ReadOn {
        previous: Some(other.clone()),
        next: Some(other.clone()),
        related: vec![other],
    };
    let pages: [(&str, Markup); 37] = [
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
            super::tool::tool(
                &newsletter,
                "tool",
                &entry.tools[1],
                &[entry.clone(), entry.clone()],
            ),
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
            super::comparison::comparison(&newsletter, &comparison, &corrections(), &read_on),
        ),
        (
            "form",
            super::subscribe::form(&newsletter, Form::default(), &["UTC", NASTY]),
        ),
        (
            "refused form",
            super::subscribe::form(&newsletter, hostile_form(), &["UTC", NASTY]),
        ),
        ("sent", super::subscribe::sent(&newsletter)),
        ("too many", super::subscribe::too_many(&newsletter, 2)),
        (
            "confirm",
            super::subscribe::confirm(&newsletter, NASTY, NASTY),
        ),
        (
            "one more step",
            super::subscribe::one_more_step(
                &newsletter,
                super::subscribe::Doubt::Many,
                hostile_form(),
            ),
        ),
        (
            "confirmed",
            super::subscribe::confirmed(&newsletter, NASTY, true, Some(&comparison)),
        ),
        (
            "ask",
            super::unsubscribe::ask(&newsletter, NASTY, NASTY, NASTY, paused()),
        ),
        (
            "gone",
            super::unsubscribe::gone(&newsletter, NASTY, Some(NASTY)),
        ),
        (
            "ask to undo",
            super::unsubscribe::ask_to_undo(&newsletter, NASTY, NASTY),
        ),
        (
            "nothing to undo",
            super::unsubscribe::nothing_to_undo(&newsletter, NASTY, Some(paused())),
        ),
        (
            "done",
            super::unsubscribe::done(&newsletter, NASTY, Some(NASTY)),
        ),
        (
            "paused",
            super::unsubscribe::paused(&newsletter, NASTY, NaiveDate::default(), Some(NASTY)),
        ),
        (
            "digest",
            super::unsubscribe::digest(&newsletter, NASTY, Some(NASTY)),
        ),
        (
            "undone",
            super::unsubscribe::undone(&newsletter, NASTY, paused()),
        ),
        (
            "settings link",
            super::settings::ask(&newsletter, NASTY, NASTY),
        ),
        (
            "vote",
            super::vote::vote(&newsletter, &ballot(&comparison, [None; 2])),
        ),
        (
            "voted",
            super::vote::vote(
                &newsletter,
                &ballot(&comparison, [Some(Verdict::Ship), None]),
            ),
        ),
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
        ("not read", super::form::not_read(&newsletter)),
        ("error", super::error::error(&newsletter, NASTY)),
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
        let kind = name.trim_start_matches("empty ");
        let lasts = ["home", "archive", "comparison", "tool", "form"].contains(&kind);
        assert_eq!(page.contains("rel=\"canonical\""), lasts, "{name}");
        assert_eq!(page.contains("content=\"noindex\""), !lasts, "{name}");
    }
}

#[test]
fn leaving_takes_one_button_that_posts() {
    let (newsletter, now) = (fixture::newsletter(), super::unsubscribe::Now::default());
    let page = super::unsubscribe::ask(
        &newsletter,
        "/u/token",
        "/settings/token",
        "a…@example.com",
        now,
    );
    let page = page.into_string();
    let (first, less) = page.split_once("</form>").unwrap_or_default();
    assert!(first.contains("<form method=\"post\" action=\"/u/token\">"));
    assert_eq!(first.matches("<button").count(), 1);
    assert!(first.contains("name=\"reason\"") && first.contains("a…@example.com"));
    assert!(!first.contains("required") && !first.contains("name=\"instead\""));
    assert_eq!(less.matches("name=\"instead\"").count(), 4);
}

#[test]
fn the_result_comes_first_then_the_table_then_the_scorecard() {
    let mut comparison = fixture::comparison();
    let shown = |comparison: &Comparison| article(comparison);
    let page = shown(&comparison);
    let places = [
        "<h1>",
        "Which one should you",
        "Llama &amp; Co wins</h2><p>All 3 reviewers would ship it.",
        "Not every reviewer tried both tools.",
        "<table class=\"side-by-side\">",
        "One <strong>makes</strong>",
        "<h2 id=\"axolotl\">",
        "<h2 id=\"llama\">",
        "<table class=\"matrix\">",
        "It fits &lt;my&gt; card.",
    ]
    .map(|text| page.find(text));
    assert!(places.iter().all(Option::is_some), "{places:?}\n{page}");
    assert!(places.is_sorted(), "{places:?}\n{page}");
    assert!(!page.contains("Editor’s pick"), "{page}");

    comparison.pick = Some(Pick::Tool(Side::B));
    assert!(
        !shown(&comparison).contains("Editor’s pick"),
        "it says the same as the panel"
    );
    comparison.pick = Some(Pick::Tool(Side::A));
    assert!(shown(&comparison).contains("Editor’s pick: Axolotl &lt;0.16&gt;, against the panel."));
}

#[test]
fn the_winner_has_a_word_and_a_sign_and_nobody_wins_a_tie() {
    let mut comparison = fixture::comparison();
    let page = article(&comparison);
    assert!(
        page.contains("<span aria-hidden=\"true\">✓ </span>Winner"),
        "{page}"
    );
    assert_eq!(page.matches("<th class=\"wins\" scope=\"col\">").count(), 1);
    comparison.tools[0].reviews[2].verdict = Verdict::Ship;
    let page = article(&comparison);
    assert!(page.contains(">A tie</h2>"), "{page}");
    assert!(
        !page.contains("Winner") && !page.contains("class=\"wins\""),
        "{page}"
    );
}

#[test]
fn the_matrix_has_a_cell_for_every_role_and_tool() {
    let page = article(&fixture::comparison());
    let (_, matrix) = page
        .split_once("<table class=\"matrix\">")
        .unwrap_or_default();
    let (matrix, _) = matrix.split_once("</table>").unwrap_or_default();
    for role in ["Builder", "Skeptic", "Creator", "Founder"] {
        assert!(
            matrix.contains(&format!("<th scope=\"row\">{role}</th>")),
            "{matrix}"
        );
    }
    let counts = ["<td class=\"ship\">", "<td class=\"skip\">", "Not reviewed"]
        .map(|cell| matrix.matches(cell).count());
    assert_eq!(counts, [5, 1, 2], "{matrix}");
}

#[test]
fn readers_votes_are_shown_from_five_on() {
    let mut comparison = fixture::comparison();
    let row = "<th scope=\"row\">Community</th>";
    let page = article(&comparison);
    assert!(page.contains(row) && page.contains("41 votes"), "{page}");
    assert!(page.contains("Fewer than five votes"), "{page}");
    comparison.tools[0].community = Tally { ship: 4, skip: 0 };
    let page = article(&comparison);
    assert!(!page.contains(row), "{page}");
}

#[test]
fn a_vote_is_one_button_and_then_the_page_says_what_it_was() {
    let (newsletter, comparison) = (fixture::newsletter(), fixture::comparison());
    let shown = |votes| {
        let ballot = super::vote::Ballot {
            unclear: false,
            ..ballot(&comparison, votes)
        };
        super::vote::vote(&newsletter, &ballot).into_string()
    };
    let asked = shown([None; 2]);
    assert!(
        asked.contains("<h1>Ship Axolotl &lt;0.16&gt;?</h1>"),
        "{asked}"
    );
    assert_eq!(asked.matches("<button").count(), 1);
    assert!(
        asked.contains("<a href=\"skip\">Skip Axolotl &lt;0.16&gt; instead</a>"),
        "{asked}"
    );
    let voted = shown([Some(Verdict::Skip), None]);
    assert!(
        voted.contains("<h1>You voted to skip Axolotl &lt;0.16&gt;.</h1>"),
        "{voted}"
    );
    assert!(voted.contains("</span>Ship it instead</button>"), "{voted}");
    assert!(voted.contains("And Llama &amp; Co?"), "{voted}");
    let both = shown([Some(Verdict::Skip), Some(Verdict::Ship)]);
    assert!(both.contains("You voted to ship Llama &amp; Co."), "{both}");
}

#[test]
fn what_the_newsletter_is_about_is_its_own() {
    let mut newsletter = fixture::newsletter();
    let about = "Every week a panel tries two tools &amp; tells which to ship.";
    let pages = |newsletter: &Newsletter| {
        [
            super::home::home(newsletter, None, &[]),
            super::archive::archive(newsletter, &[], &Search::default()),
        ]
        .map(Markup::into_string)
    };
    for page in pages(&newsletter) {
        assert!(page.contains(&format!(">{about}</p>")), "{page}");
    }
    newsletter.about.clear();
    for page in pages(&newsletter) {
        assert!(
            !page.contains("tells which") && !page.contains("<p></p>"),
            "{page}"
        );
    }
}

#[test]
fn a_page_from_right_to_left_keeps_the_order_of_texts_from_left_to_right() {
    let mut newsletter = fixture::newsletter();
    newsletter.locale = crate::locale::Locale::new("ar-EG", &[]).0;
    let (none, read_on) = (Corrections::default(), ReadOn::default());
    let page = super::comparison::comparison(&newsletter, &fixture::comparison(), &none, &read_on);
    let page = page.into_string();
    for part in [
        "<html lang=\"ar-EG\" dir=\"rtl\">",
        "<p class=\"question\" dir=\"ltr\">Which one should you",
        "<bdi>Llama &amp; Co</bdi>",
        "<p dir=\"ltr\">«",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[test]
fn a_mail_is_shown_in_a_cage() {
    let page = super::inbox::mail(&fixture::newsletter(), &mail(), View::Html).into_string();
    let (_, frame) = page.split_once("<iframe").unwrap_or_default();
    assert!(frame.contains("src=\"/inbox/7/html\""));
    assert!(frame.contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""));
}
