//! The finished mail, read as a reader's program reads it.

mod colors;

use maud::html;
use unicode_width::UnicodeWidthStr as _;

use crate::comparison::{Comparison, Pick, Side, Tally, Tool, Verdict};
use crate::fixture;
use crate::locale::Locale;
use crate::prose::Prose;

use super::*;

fn heading() -> Heading {
    Heading {
        subject: "Axolotl & Llama".to_owned(),
        preheader: "Of <one> mind".to_owned(),
    }
}

fn markers() -> Personal {
    Personal {
        greeting: "\u{2}greeting\u{3}".to_owned(),
        unsubscribe_url: "https://verdict.example.org/u/\u{2}token\u{3}".to_owned(),
        settings_url: "https://verdict.example.org/settings/\u{2}token\u{3}".to_owned(),
        vote_url: "https://verdict.example.org/v/\u{2}vote\u{3}".to_owned(),
        address: "\u{2}address\u{3}".to_owned(),
    }
}

fn written(comparison: &Comparison) -> MailBody {
    written_for(comparison, &fixture::newsletter())
}

fn written_for(comparison: &Comparison, newsletter: &Newsletter) -> MailBody {
    mail(
        comparison,
        newsletter,
        &heading(),
        &markers(),
        Some(&previous()),
    )
}

fn previous() -> Previous {
    let tally = |ship, skip| Tally { ship, skip };
    Previous {
        slug: "a-vs-b".to_owned(),
        title: "A <1> vs B".to_owned(),
        tools: [
            ("A <1>".to_owned(), tally(3, 1)),
            ("B".to_owned(), tally(6, 2)),
        ],
    }
}

/// Everything that a reader must find, whichever part is shown.
fn said(comparison: &Comparison) -> Vec<String> {
    let newsletter = fixture::newsletter();
    let mut said = vec![
        newsletter.name.clone(),
        newsletter.about.clone(),
        newsletter.comparison_url(&comparison.slug),
        newsletter.join_url.clone(),
        comparison.question.clone(),
        "2 June 2026".to_owned(),
        "Not every reviewer tried both tools.".to_owned(),
        "Not reviewed".to_owned(),
        "Get the next comparison in your inbox".to_owned(),
        "Llama & Co wins".to_owned(),
        "All 3 reviewers would ship it. 2 of 3 would ship Axolotl <0.16>.".to_owned(),
        "Only the creator would skip".to_owned(),
        "67%".to_owned(),
        "66%".to_owned(),
        "41 votes".to_owned(),
        "Fewer than five votes".to_owned(),
        "What’s your verdict?".to_owned(),
        "Voting closes on 16 June 2026.".to_owned(),
        sentences::last_time(&fixture::newsletter().locale, &previous()).into_text(),
        newsletter.comparison_url("a-vs-b"),
    ];
    said.extend(newsletter.postal_address.lines().map(str::to_owned));
    said.extend(comparison.tools.iter().flat_map(said_of));
    said
}

fn said_of(tool: &Tool) -> Vec<String> {
    let mut said = vec![
        tool.name.clone(),
        tool.maker.clone(),
        tool.category.clone(),
        tool.tagline.clone(),
        tool.url.clone(),
        sentences::price(&fixture::newsletter().locale, tool.price.entry).into_text(),
    ];
    said.extend(tool.price.note.clone());
    for fact in &tool.facts {
        said.push(fact.text.clone());
        said.extend(fact.source.clone());
    }
    said.extend(tool.reviews.iter().map(|review| review.quote.clone()));
    said
}

fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn both_parts_say_everything() {
    let comparison = fixture::comparison();
    let mail = written(&comparison);
    let text = in_one_line(&mail.text);
    for said in said(&comparison) {
        let escaped = html! { (said) }.into_string();
        assert!(
            mail.html.contains(&escaped),
            "the HTML part does not say {said:?}"
        );
        assert!(text.contains(&said), "the text part does not say {said:?}");
    }
}

#[test]
fn the_scorecard_alternates_and_shows_only_what_was_reviewed() {
    let mail = written(&fixture::comparison());
    let quotes = [
        "It fits",
        "Ran within",
        "Verify the",
        "It rivals",
        "Deep developer",
        "A distribution",
    ];
    for part in [&mail.html, &mail.text] {
        let places: Vec<_> = quotes
            .iter()
            .map(|quote| part.find(quote).unwrap())
            .collect();
        assert!(places.is_sorted(), "{places:?}");
    }
    // Five and one of the panel in the matrix and over the quotes; twice one of each for each tool to vote by.
    assert_eq!(mail.html.matches("✓\u{a0}Ship").count(), 5 * 2 + 2 * 2);
    assert_eq!(mail.html.matches("✕\u{a0}Skip").count(), 2 + 2 * 2);
    assert_eq!(mail.html.matches("– Not reviewed").count(), 2);
}

#[test]
fn every_marker_survives_where_the_engine_can_fill_it() {
    let mail = written(&fixture::comparison());
    let personal = markers();
    for marker in [
        &personal.greeting,
        &personal.address,
        &personal.unsubscribe_url,
        &personal.settings_url,
        &format!("{}/axolotl/ship", personal.vote_url),
        &format!("{}/llama/skip", personal.vote_url),
    ] {
        assert!(mail.html.contains(marker.as_str()));
        let lines = mail
            .text
            .lines()
            .filter(|line| line.contains(marker.as_str()));
        let ends: Vec<bool> = lines.map(|line| line.ends_with(marker.as_str())).collect();
        assert_eq!(ends, [true], "{marker:?}");
    }
    assert!(
        mail.html
            .contains(&format!("href=\"{}\"", personal.unsubscribe_url))
    );
    for part in [&mail.html, &mail.text] {
        assert_eq!(part.matches('\u{2}').count(), part.matches('\u{3}').count());
    }
    assert_eq!(
        mail.text.matches('\u{2}').count(),
        4 + 4,
        "and four to vote"
    );
    assert_eq!(mail.html.matches('\u{2}').count(), 4 + 8, "and twice four");
    let style = mail.html.replace("href=\"", "");
    assert!(
        !style.contains("=\"\u{2}"),
        "a marker stands in an attribute other than href"
    );
}

#[test]
fn text_lines_are_short_unless_an_address_is_long() {
    let mail = written(&fixture::comparison());
    for line in mail.text.lines() {
        assert!(line.chars().count() <= 72 || line.contains("://"), "{line}");
        assert_eq!(line.trim_end(), line);
    }
    assert!(mail.text.ends_with("Vienna\n") && !mail.text.contains("\n\n\n\n"));
}

#[test]
fn the_html_part_fetches_nothing_and_stays_small() {
    let html = written(&fixture::comparison()).html;
    for fetching in [
        "<img",
        "<script",
        "<link",
        " src=",
        "url(",
        "@import",
        "background=",
    ] {
        assert!(!html.contains(fetching), "{fetching}");
    }
    assert!(html.len() < 40_000, "{} bytes", html.len());
}

/// The first words of each part of the mail, from the top.
#[test]
fn the_verdict_comes_first_in_both_parts() {
    let mut comparison = fixture::comparison();
    comparison.pick = Some(Pick::Tool(Side::A));
    let mail = written(&comparison);
    let (_, html) = mail.html.split_once("<h1").unwrap();
    let escaped = |text: &str| html! { (text) }.into_string();
    let order = [
        "Which one should you \"ship\"",
        "Llama & Co wins",
        "All 3 reviewers would ship it.",
        "Editor’s pick: Axolotl <0.16>, against the panel.",
        "✓ Winner",
        "3 of 3 would ship",
        "41 votes",
        "Entry price",
        "Maker",
        "Category",
        "greeting",
        "a model, the other",
        "Fine-tuning on the card under your desk",
        "Twelve billion parameters for phones",
        "Reviewer scorecard",
        "– Not reviewed",
        "It fits <my> card.",
        "Last time",
        "Get the next comparison",
        "Unsubscribe",
    ];
    let places = |part: &str, form: &dyn Fn(&str) -> String| {
        let part = in_one_line(part);
        let place = |said: &&str| part.find(&form(said)).unwrap_or_else(|| panic!("{said}"));
        order.iter().map(place).collect::<Vec<_>>()
    };
    let found = places(html, &escaped);
    assert!(found.is_sorted(), "{found:?}");
    let found = places(&mail.text, &|said| said.to_owned());
    assert!(found.is_sorted(), "{found:?}");
    let votes: Vec<_> = html.match_indices("What’s your verdict?").collect();
    let scorecard = html.find("Reviewer scorecard").unwrap();
    assert!(votes[0].0 < scorecard && scorecard < votes[1].0);
    let (_, votes) = mail.text.split_once("What’s your verdict?").unwrap();
    assert!(votes.contains("/llama/skip") && !votes.contains("Reviewer scorecard"));
}

#[test]
fn readers_votes_stand_only_where_there_are_enough() {
    let mut comparison = fixture::comparison();
    comparison.tools[0].community = Tally { ship: 4, skip: 0 };
    let mail = written(&comparison);
    assert!(!mail.html.contains("Community") && !mail.text.contains("Community"));
    comparison.tools[0].community.skip = 1;
    let mail = written(&comparison);
    assert!(mail.html.contains("Community") && mail.text.contains("Community"));
}

/// Both tools' figures on the lines of the text part, and the matrix.
#[test]
fn the_tables_of_the_text_part_line_up() {
    let text = written(&fixture::comparison()).text;
    let from = |start: &str, lines: usize| {
        let at = text.find(start).unwrap();
        let lines = text[at..].lines().take(lines);
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(
        from("                Axolotl", 12),
        "                Axolotl <0.16>               Llama & Co
                                             ✓ Winner
Panel           67% [##.]                    100% [###]
                2 of 3 would ship            3 of 3 would ship
Community       66% 41 votes                 — Fewer than five votes
Entry price     Paid                         Open weights
                The framework is free; the
                compute is yours to pay
                for, and it adds up over a
                year
Maker           Axolotl & friends            Meta
Category        Developer tool               Model"
    );
    assert_eq!(
        from("Builder ", 4),
        "Builder         ✓ Ship                       ✓ Ship
Skeptic         ✓ Ship                       ✓ Ship
Creator         ✕ Skip                       – Not reviewed
Founder         – Not reviewed               ✓ Ship"
    );
}

/// Outlook on Windows reads conditional comments, and Outlook's other programs mark what they recolor.
#[test]
fn every_mail_program_gets_what_it_needs() {
    let html = written(&fixture::comparison()).html;
    for needed in [
        "xmlns:v=\"urn:schemas-microsoft-com:vml\"",
        "xmlns:o=\"urn:schemas-microsoft-com:office:office\"",
        "<o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch>",
        "mso-hide:all",
        "mso-padding-alt",
        "role=\"article\" aria-roledescription=\"email\" aria-label=\"Axolotl &amp; Llama\" lang=\"en\" dir=\"ltr\"",
        "Of &lt;one&gt; mind&#847;&zwnj;&nbsp;&#847;&zwnj;&nbsp;",
        "[data-ogsc] .ink{color:",
        "[data-ogsb] .paper{background-color:",
    ] {
        assert!(html.contains(needed), "{needed}");
    }
    let (opened, closed) = ("<!--[if mso]>", "<![endif]-->");
    assert_eq!(html.matches(opened).count(), html.matches(closed).count());
}

#[test]
fn the_preheader_names_the_winner() {
    assert_eq!(
        preheader(&fixture::newsletter().locale, &fixture::comparison()),
        "Llama & Co wins. All 3 reviewers would ship it. 2 of 3 would ship Axolotl <0.16>."
    );
}

#[test]
fn a_language_from_right_to_left_turns_the_mail() {
    let mut newsletter = fixture::newsletter();
    let mut comparison = fixture::comparison();
    comparison.intro = Prose::parse("- شاي\n- قهوة").0;
    let english = written_for(&comparison, &newsletter).html;
    newsletter.locale = Locale::new("ar", &[]).0;
    let arabic = written_for(&comparison, &newsletter).html;
    assert!(arabic.contains("lang=\"ar\" dir=\"rtl\""));
    assert!(arabic.contains("<th class=\"ink\" scope=\"col\" align=\"right\""));
    for (from_left, from_right) in [
        ("margin:4px 12px 10px 0", "margin:4px 0 10px 12px"),
        ("padding:0 0 0 22px", "padding:0 22px 0 0"),
    ] {
        let found = |html: &str| (html.contains(from_left), html.contains(from_right));
        assert!(found(&english).0);
        assert!(found(&arabic).1);
    }
    // A list's bullets are at its own side.
    assert!(english.contains("<ul dir=\"rtl\" style=\"margin:0 0 14px;padding:0 22px 0 0\">"));
    assert!(arabic.contains("<ul dir=\"ltr\" style=\"margin:0 0 14px;padding:0 0 0 22px\">"));
    // "A vs B" in Latin letters reads from the left as a whole.
    assert!(arabic.contains(
        "<span dir=\"ltr\"><span style=\"display:inline-block\"><span dir=\"auto\">Axolotl"
    ));
    assert!(!arabic.contains("italic") && english.contains("italic"));
    // It would break the joins of the letters.
    assert!(english.contains("letter-spacing:") && !arabic.contains("letter-spacing:"));
}

/// Latin names and quotes keep the order of their words and signs.
#[test]
fn names_and_quotes_are_isolated_from_right_to_left_only() {
    let mut newsletter = fixture::newsletter();
    let comparison = fixture::comparison();
    assert!(!written(&comparison).html.contains("dir=\"auto\""));
    newsletter.locale = Locale::new("ar", &[]).0;
    let html = written_for(&comparison, &newsletter).html;
    let [a, b] = &comparison.tools;
    for value in [
        &newsletter.name,
        &a.name,
        &b.name,
        &a.maker,
        &a.category,
        &a.reviews[0].quote,
        "axolotl.example.com",
        "12 Example Street",
    ] {
        let isolated = html! { span dir="auto" { (value) } }.into_string();
        assert!(html.contains(&isolated), "{value}");
    }
    for tool in [a, b] {
        let name = html! { (tool.name) }.into_string();
        let isolated = format!("<span dir=\"auto\">{name}</span>");
        let isolated = html.matches(&isolated).count();
        // The table, the matrix, both places to vote, the heading, the quotes and the sentences.
        assert!(isolated >= 5 + tool.reviews.len(), "{name}: {isolated}");
    }
    let mut comparison = comparison;
    comparison.tools[0].name = "لاما 4".to_owned();
    assert!(
        written(&comparison)
            .html
            .contains("<span dir=\"auto\">لاما 4</span>")
    );
}

#[test]
fn the_text_part_of_a_japanese_mail_keeps_to_its_columns() {
    let mut newsletter = fixture::newsletter();
    newsletter.locale = Locale::new("ja", &[]).0;
    let mut comparison = fixture::comparison();
    comparison.tools[0].name = "アホロートル・コンパクト 第二版".to_owned();
    comparison.tools[0].maker = "株式会社アホロートル研究所と友人たち".to_owned();
    comparison.tools[1].maker = "通義".to_owned();
    comparison.tools[0].reviews[0].quote = "手元のカードで動くので、".repeat(12);
    let text = written_for(&comparison, &newsletter).text;
    for line in text.lines() {
        assert!(line.width() <= 72 || line.contains("://"), "{line}");
    }
    let row = text.lines().find(|line| line.contains("通義")).unwrap();
    let (before, _) = row.split_once("通義").unwrap();
    assert_eq!(before.width(), 14 + 2 + 27 + 2, "{row}");
}

#[test]
fn a_sample_is_marked_in_both_parts_and_nothing_else_is() {
    let mut comparison = fixture::comparison();
    for sample in [true, false] {
        comparison.sample = sample;
        let mail = written(&comparison);
        assert_eq!(mail.html.contains("Sample: the tools are invented"), sample);
        assert_eq!(
            mail.text.contains("[Sample: the tools are invented]"),
            sample
        );
    }
}

#[test]
fn what_editors_type_is_escaped() {
    let mut comparison = fixture::comparison();
    let nasty = "\"><script>alert(1)</script>";
    comparison.title = format!("{nasty} vs {nasty}");
    comparison.tools[0].url = format!("https://example.com/{nasty}");
    comparison.tools[0]
        .reviews
        .push(fixture::review("<b>", Verdict::Ship, nasty));
    assert!(!written(&comparison).html.contains("<script"));
}

#[test]
fn the_logo_is_shown_only_if_mails_may_fetch_it() {
    let comparison = fixture::comparison();
    let mut newsletter = fixture::newsletter();
    newsletter.logo = Some("/logo.png".to_owned());
    let html =
        |newsletter: &Newsletter| mail(&comparison, newsletter, &heading(), &markers(), None).html;
    assert!(!html(&newsletter).contains("<img"));
    newsletter.mail_logo = Some("https://verdict.example.org/logo.png".to_owned());
    assert!(
        html(&newsletter).contains("<img src=\"https://verdict.example.org/logo.png\" alt=\"\"")
    );
}
