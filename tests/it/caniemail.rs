//! How well mail programs support what our mails use, by caniemail's data.
//!
//! The measure is Mailpit's "HTML check". Each feature has the share of mail programs that support it, support it in
//! part or do not support it, times the share of the mail's elements that use it. A mail's figures are those of its
//! worst features, and the rest is supported.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde_json::Value;
use templates::locale::Locale;
use verdict::catcher::Behaviour;
use verdict::delivery::{self, Progress};
use verdict::edition;
use verdict::readers::{self, Choice};
use verdict::store::subscribers::Frequency;

use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, find_subscriber};

const ADA: &str = "ada@example.com";
const BEN: &str = "ben@example.com";

/// Properties of inline styles that the check knows.
const PROPERTIES: &[&str] = &[
    "accent-color",
    "align-items",
    "aspect-ratio",
    "background",
    "background-blend-mode",
    "background-clip",
    "background-color",
    "background-image",
    "background-origin",
    "background-position",
    "background-repeat",
    "background-size",
    "block-inline-size",
    "border",
    "border-image",
    "border-radius",
    "box-shadow",
    "box-sizing",
    "caption-side",
    "clip-path",
    "column-count",
    "direction",
    "display",
    "filter",
    "flex-direction",
    "flex-wrap",
    "float",
    "font",
    "font-kerning",
    "font-weight",
    "gap",
    "grid-template",
    "height",
    "hyphens",
    "inline-size",
    "justify-content",
    "letter-spacing",
    "line-height",
    "list-style",
    "list-style-image",
    "list-style-position",
    "margin",
    "max-height",
    "max-width",
    "min-height",
    "min-width",
    "mix-blend-mode",
    "object-fit",
    "object-position",
    "opacity",
    "outline",
    "outline-offset",
    "overflow",
    "overflow-wrap",
    "padding",
    "position",
    "tab-size",
    "table-layout",
    "text-align",
    "text-align-last",
    "text-decoration",
    "text-decoration-color",
    "text-decoration-thickness",
    "text-emphasis",
    "text-indent",
    "text-overflow",
    "text-shadow",
    "text-transform",
    "text-underline-offset",
    "transform",
    "visibility",
    "white-space",
    "width",
    "word-break",
    "writing-mode",
    "z-index",
];

/// Properties that an attribute of the same name also sets.
const ATTRIBUTES: &[&str] = &["background", "border", "height", "padding", "width"];

/// Values that are features of their own.
const VALUES: &[&str] = &["display:flex", "display:grid", "display:none"];

/// Elements that are features, each with the feature's name.
const ELEMENTS: &[(&str, &str)] = &[
    ("bdi", "html-bdi"),
    ("body", "html-body"),
    ("style", "html-style"),
    ("link", "html-link"),
    ("hr", "html-hr"),
    ("form", "html-form"),
    ("svg", "html-svg"),
    ("video", "html-video"),
    ("article", "html-semantics"),
    ("main", "html-semantics"),
    ("section", "html-semantics"),
    ("header", "html-semantics"),
    ("footer", "html-semantics"),
];

/// Texts in style sheets that are features.
const SHEETS: &[(&str, &str)] = &[
    ("@media (", "css-at-media"),
    ("@font-face", "css-at-font-face"),
    ("@import", "css-at-import"),
    ("@supports", "css-at-supports"),
    (":hover", "css-pseudo-class-hover"),
    (":not(", "css-pseudo-class-not"),
    (":first-child", "css-pseudo-class-first-child"),
    (":last-child", "css-pseudo-class-last-child"),
];

/// Every feature of our mails that some mail program does not support, and what happens there.
const FALLBACKS: &[(&str, &str)] = &[
    (
        "css-at-media",
        "columns have widths of their own, and colors stay light",
    ),
    ("css-display-none", "the preheader shows as one tiny line"),
    (
        "css-max-height",
        "the preheader is hidden by `display` and `mso-hide`",
    ),
    (
        "css-max-width",
        "Outlook gets a table of 640 pixels; elsewhere the sheet is as wide as the window",
    ),
    ("css-min-width", "two quotes stay side by side on a phone"),
    (
        "css-overflow",
        "the preheader is hidden by `display` and `mso-hide`",
    ),
    (
        "css-table-layout",
        "columns take their widths from their content, and a long word may be wider than the window",
    ),
    ("css-text-decoration", "a button's label is underlined"),
    (
        "html-body",
        "the style of the body is repeated on the table inside it",
    ),
    (
        "html-dir",
        "`direction` turns the mail, and names take the direction of their letters",
    ),
    ("html-style", "everything that a mail needs is inline"),
];

/// How many percent of the mail programs support a feature in part, and how many do not.
#[derive(Clone, Copy, Debug)]
struct Support {
    partly: f64,
    not: f64,
}

/// caniemail's data, by the name of the feature.
fn support() -> BTreeMap<String, Support> {
    let path = std::env::var("VERDICT_TEST_CANIEMAIL")
        .expect("VERDICT_TEST_CANIEMAIL names caniemail's data: run ./tests/run");
    let data: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let features = data["data"].as_array().unwrap().iter();
    let support = features.map(|feature| {
        let versions = feature["stats"].as_object().unwrap().values();
        let versions = versions.flat_map(|family| family.as_object().unwrap().values());
        let versions = versions.flat_map(|platform| platform.as_object().unwrap().values());
        let answers: Vec<&str> = versions.map(|version| version.as_str().unwrap()).collect();
        let percent = |is: &dyn Fn(&str) -> bool| {
            let count = answers.iter().filter(|answer| is(answer)).count();
            100.0 * count as f64 / answers.len() as f64
        };
        let support = Support {
            partly: percent(&|answer| answer != "y" && answer != "n"),
            not: percent(&|answer| answer == "n"),
        };
        (feature["slug"].as_str().unwrap().to_owned(), support)
    });
    support.collect()
}

/// An element's name and attributes.
struct Element {
    name: String,
    inside: String,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.inside.split_once(&format!(" {name}=\""))?;
        value.split('"').next()
    }
}

/// The elements of a document as a browser builds it, and its style sheets. Comments are none.
fn elements(html: &str) -> (Vec<Element>, String) {
    let (mut elements, mut sheets) = (Vec::new(), String::new());
    let mut rest = html;
    while let Some((_, behind)) = rest.split_once('<') {
        if behind.starts_with("!--") {
            rest = behind.split_once("-->").unwrap().1;
            continue;
        }
        let (inside, after) = behind.split_once('>').unwrap();
        rest = after;
        if inside.starts_with(['/', '!']) {
            continue;
        }
        let name = inside.split(' ').next().unwrap();
        if name == "style" {
            let (sheet, after) = after.split_once("</style>").unwrap();
            sheets.push_str(sheet);
            rest = after;
        }
        let implied = (name == "table").then_some("tbody");
        for name in std::iter::once(name).chain(implied) {
            elements.push(Element {
                name: name.to_owned(),
                inside: if name == "tbody" { "" } else { inside }.to_owned(),
            });
        }
    }
    elements.retain(|one| !["html", "head", "meta"].contains(&one.name.as_str()));
    (elements, sheets)
}

/// The features that a mail uses, and how often.
fn features(elements: &[Element], sheets: &str) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::<String, usize>::new();
    let mut note = |feature: String, count| *found.entry(feature).or_default() += count;
    for element in elements {
        let style = element.attribute("style").unwrap_or_default();
        for property in PROPERTIES {
            let by_attribute =
                ATTRIBUTES.contains(property) && element.attribute(property).is_some();
            // As Mailpit does: `width:` also finds `max-width:`.
            if by_attribute || style.contains(&format!("{property}:")) {
                note(format!("css-{property}"), 1);
            }
        }
        for value in VALUES.iter().filter(|value| style.contains(*value)) {
            note(format!("css-{}", value.replace(':', "-")), 1);
        }
        if element.attribute("dir").is_some() {
            note("html-dir".to_owned(), 1);
        }
        for (_, feature) in ELEMENTS.iter().filter(|(name, _)| *name == element.name) {
            note((*feature).to_owned(), 1);
        }
    }
    for (text, feature) in SHEETS {
        note((*feature).to_owned(), sheets.matches(text).count());
    }
    found.retain(|_, count| *count > 0);
    found
}

/// The figures of a mail in percent: supported, in part, not.
fn figures(html: &str, support: &BTreeMap<String, Support>) -> [f64; 3] {
    let (elements, sheets) = elements(html);
    let found = features(&elements, &sheets);
    let share = |count: usize| count as f64 / elements.len() as f64;
    let (mut partly, mut not) = (0.0_f64, 0.0_f64);
    for (feature, count) in &found {
        let of = support
            .get(feature)
            .unwrap_or_else(|| panic!("caniemail knows no {feature}"));
        partly = partly.max(of.partly * share(*count));
        not = not.max(of.not * share(*count));
        let fallback = FALLBACKS.iter().any(|(known, _)| known == feature);
        assert!(of.not == 0.0 || fallback, "{feature} needs a fallback");
    }
    println!(
        "{} elements, {:.2} % supported, {partly:.2} % in part, {not:.2} % not",
        elements.len(),
        100.0 - partly - not
    );
    for (feature, count) in &found {
        let of = support[feature];
        println!(
            "  {feature}: {count}, {:.2} % in part, {:.2} % not",
            of.partly * share(*count),
            of.not * share(*count)
        );
    }
    [100.0 - partly - not, partly, not]
}

/// The HTML part of the last mail to an address.
fn html(app: &TestApp, email: &str) -> String {
    let content = app.catcher.for_recipient(email).pop().unwrap().content;
    let message = mail_parser::MessageParser::default()
        .parse(&content)
        .unwrap();
    message.body_html(0).unwrap().into_owned()
}

/// An edition, a digest and a mail with a link.
async fn mails(language: &str) -> [String; 3] {
    let app = TestApp::tuned(Db::Sqlite, Behaviour::new(), |config| {
        config.newsletter.locale = Locale::new(language, &[]).0;
    })
    .await;
    app.reader(ADA).await.reader(BEN).await;
    let ben = find_subscriber(&app.store, BEN).await.unwrap();
    let choice = Choice {
        frequency: Frequency::Digest,
        paused_until: None,
    };
    readers::choose(&app, &ben, choice).await.unwrap();
    app.issue("first").send("first").await;
    let issue = include_str!("../../issues/axolotl-vs-llama-4-compact.toml");
    app.issue_file("second", issue).send("second").await;
    let edition = html(&app, ADA);
    let settings = app.unsubscribe_link(ADA).replace("/u/", "/settings/");
    http::post(&settings, "").await;
    app.deliver_outbox().await;
    let link = html(&app, ADA);
    app.clock.advance(TimeDelta::days(10) + TimeDelta::hours(1));
    let frozen = edition::freeze_digest(&app).await.unwrap();
    let (slug, _) = frozen.expect("a digest of November");
    let frozen = app.edition(&slug).await;
    let stop = tokio_util::sync::CancellationToken::new();
    let progress = std::sync::Arc::new(Progress::default());
    delivery::send(&app, &frozen, progress, stop).await.unwrap();
    [edition, html(&app, BEN), link]
}

#[tokio::test]
async fn mail_programs_support_what_our_mails_use() {
    let support = support();
    let [edition, digest, link] = mails("en").await;
    // Each mail's elements are fewer than those of the one before it, so its one body and its two style sheets weigh
    // more.
    for (what, html, supported, not) in [
        ("an edition", &edition, 92.0, 0.4),
        ("a digest", &digest, 92.0, 0.9),
        ("a mail with a link", &link, 92.0, 2.0),
    ] {
        println!("{what}:");
        let figures = figures(html, &support);
        assert!(
            figures[0] >= supported && figures[2] <= not,
            "{what}: {figures:?}"
        );
    }
}

/// Names in another script are isolated by `dir`, on many elements.
#[tokio::test]
async fn mail_programs_support_what_our_mails_from_right_to_left_use() {
    let support = support();
    for html in mails("ar").await {
        assert!(html.contains("dir=\"rtl\"") && html.contains("direction:rtl"));
        assert!(html.contains("<span dir=\"auto\">"));
        let figures = figures(&html, &support);
        assert!(figures[0] >= 85.0 && figures[2] <= 2.0, "{figures:?}");
    }
}

#[test]
fn elements_and_features_are_counted_as_a_browser_builds_them() {
    let html = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><style>@media (x){a:hover{}}</style></head>\
                <body style=\"margin:0\"><!--[if mso]><table width=\"1\"><![endif]--><table width=\"100%\">\
                <tr><td style=\"max-width:9px;display:none\">x</td></tr></table></body></html>";
    let (elements, sheets) = elements(html);
    let names: Vec<&str> = elements.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["style", "body", "table", "tbody", "tr", "td"]);
    let found = features(&elements, &sheets);
    let found: Vec<String> = found
        .iter()
        .map(|(name, count)| format!("{name} {count}"))
        .collect();
    assert_eq!(
        found,
        [
            "css-at-media 1",
            "css-display 1",
            "css-display-none 1",
            "css-margin 1",
            "css-max-width 1",
            "css-pseudo-class-hover 1",
            "css-width 2",
            "html-body 1",
            "html-style 1",
        ]
    );
}

#[test]
fn every_fallback_is_needed() {
    let support = support();
    for (feature, _) in FALLBACKS {
        assert!(support[*feature].not > 0.0, "{feature}");
    }
}
