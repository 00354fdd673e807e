use maud::html;

use crate::comparison::{Comparison, Tally, Tool, Verdict};
use crate::fixture;

use super::style::MAIL_CSS;
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
    mail(
        comparison,
        &fixture::newsletter(),
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
        newsletter.tagline.clone(),
        newsletter.comparison_url(&comparison.slug),
        newsletter.join_url.clone(),
        comparison.question.clone(),
        "2 June 2026".to_owned(),
        "Get the next comparison in your inbox".to_owned(),
        "Llama & Co wins".to_owned(),
        "All 3 reviewers would ship it. 2 of 3 would ship Axolotl <0.16>.".to_owned(),
        "the creator alone would skip".to_owned(),
        "67%".to_owned(),
        "66%".to_owned(),
        "ship it, 41 votes".to_owned(),
        "fewer than five votes so far".to_owned(),
        "Your verdict?".to_owned(),
        "Voting closes on 16 June 2026.".to_owned(),
        "Last time: A <1> vs B. Of you, 75% would ship B (8 votes).".to_owned(),
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
        tool.price.entry.label().to_owned(),
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
    // The text part's nameplate is in capitals.
    let text = in_one_line(&mail.text) + &mail.text.to_lowercase();
    for said in said(&comparison) {
        let escaped = html! { (said) }.into_string();
        assert!(
            mail.html.contains(&escaped),
            "the HTML part does not say {said:?}"
        );
        let found = text.contains(&said) || text.contains(&said.to_lowercase());
        assert!(found, "the text part does not say {said:?}");
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
    // Five and one of the panel, and one of each for each tool to vote by.
    assert_eq!(mail.html.matches("✓ Ship").count(), 5 + 2);
    assert_eq!(mail.html.matches("✕ Skip").count(), 1 + 2);
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
        assert_eq!(part.matches('\u{2}').count(), 4 + 4, "and four to vote");
    }
    let style = format!("{}{}", MAIL_CSS, mail.html.replace("href=\"", ""));
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
    let quoted: usize = html
        .bytes()
        .map(|b| if b == b'=' || b > 126 { 3 } else { 1 })
        .sum();
    assert!(quoted + quoted / 24 < 45_000, "{quoted} bytes encoded");
}

#[test]
fn every_colour_has_a_dark_pair() {
    let html = written(&fixture::comparison()).html;
    let (_, dark) = MAIL_CSS.split_once("(prefers-color-scheme:dark)").unwrap();
    let coloured = html
        .split('<')
        .filter(|tag| tag.contains("style=\"") && tag.contains('#'));
    let mut seen = 0;
    for tag in coloured {
        let attribute = |name: &str| {
            tag.split_once(name)
                .and_then(|(_, rest)| rest.split('"').next())
        };
        let style = attribute("style=\"").unwrap_or_default();
        let classes = attribute("class=\"").unwrap_or_default();
        for declaration in style
            .split(';')
            .filter(|declaration| declaration.contains('#'))
        {
            let (property, _) = declaration.split_once(':').unwrap();
            let property = if property.starts_with("border") {
                "border-color"
            } else {
                property
            };
            let paired = classes.split(' ').any(|class| {
                let rules = dark
                    .lines()
                    .filter_map(|line| line.strip_prefix(&format!(".{class}{{")));
                rules.into_iter().any(|rule| {
                    rule.split(['{', ';'])
                        .any(|one| one.starts_with(&format!("{property}:")))
                })
            });
            assert!(paired, "no dark pair for {declaration:?} in <{tag}");
            seen += 1;
        }
    }
    assert!(seen > 50, "the test saw only {seen} colours");
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
