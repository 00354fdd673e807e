//! Every text can be read: as sent, in dark mode, and after Gmail's apps recolored it.

use crate::color;
use crate::comparison::Newsletter;
use crate::fixture;
use crate::mail::digest::{Digest, DigestEntry, digest};
use crate::mail::style::DARK;
use crate::mail::transactional::confirm;

use super::{markers, written_for};

/// The smallest contrast of text for WCAG's level AA.
const CONTRAST: f64 = 4.5;

type Color = [f64; 3];

/// What an element passes on to the text inside it.
#[derive(Clone, Debug, Default)]
struct Look {
    color: Option<Color>,
    background: Option<Color>,
    hidden: bool,
}

/// An open tag: its name, classes and style.
struct Tag<'h> {
    name: &'h str,
    classes: Vec<&'h str>,
    declarations: Vec<(&'h str, &'h str)>,
}

impl<'h> Tag<'h> {
    fn parse(inside: &'h str) -> Self {
        let attribute = |name: &str| {
            let (_, value) = inside.split_once(&format!(" {name}=\""))?;
            value.split('"').next()
        };
        let style = attribute("style").unwrap_or_default();
        Self {
            name: inside.split([' ', '>']).next().unwrap_or_default(),
            classes: attribute("class").unwrap_or_default().split(' ').collect(),
            declarations: style
                .split(';')
                .filter_map(|one| one.split_once(':'))
                .collect(),
        }
    }

    /// The color of a property: that of the classes, or else the element's own.
    fn color(&self, property: &str, rules: &[Rule<'_>]) -> Option<Color> {
        let pairs = rules.iter();
        let mut pairs =
            pairs.filter(|(class, of, _)| *of == property && self.classes.contains(class));
        let own = || {
            let mut declared = self.declarations.iter();
            declared
                .find(|(name, _)| *name == property)
                .map(|(_, value)| *value)
        };
        pairs
            .next_back()
            .map(|(_, _, color)| *color)
            .or_else(own)
            .map(rgb)
    }
}

fn rgb(hex: &str) -> Color {
    [1, 3, 5].map(|at| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0)
}

/// Class, property, color.
type Rule<'h> = (&'h str, &'h str, &'h str);

/// What a mail's style sheet says about colors in dark mode.
fn dark(html: &str) -> Vec<Rule<'_>> {
    let (_, sheet) = html
        .split_once("@media (prefers-color-scheme:dark){\n")
        .unwrap();
    let (sheet, _) = sheet.split_once("</style>").unwrap();
    sheet.lines().map_while(rule).collect()
}

fn rule(line: &str) -> Option<Rule<'_>> {
    let (class, rest) = line.strip_prefix('.')?.split_once('{')?;
    let (property, rest) = rest.split_once(':')?;
    Some((class, property, rest.strip_suffix("!important}")?))
}

/// The visible texts of a mail with their color and background.
fn texts(html: &str, dark: &[Rule<'_>]) -> Vec<(String, Color, Color)> {
    let (_, body) = html.split_once("</head>").unwrap();
    let mut open = vec![("html", Look::default())];
    let mut texts = Vec::new();
    let mut rest = body;
    while let Some((text, behind)) = rest.split_once('<') {
        let look = &open.last().unwrap().1;
        if !text.trim().is_empty() && !look.hidden {
            let color = look
                .color
                .unwrap_or_else(|| panic!("{text:?} has no color"));
            texts.push((text.to_owned(), color, look.background.unwrap()));
        }
        if behind.starts_with('!') {
            rest = behind.split_once("-->").unwrap().1;
            continue;
        }
        let (inside, after) = behind.split_once('>').unwrap();
        rest = after;
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop().unwrap().0, name, "{inside}");
            continue;
        }
        let tag = Tag::parse(inside);
        if tag.name == "br" {
            continue;
        }
        let look = Look {
            color: tag.color("color", dark).or(look.color),
            background: tag.color("background-color", dark).or(look.background),
            hidden: look.hidden || tag.declarations.contains(&("display", "none")),
        };
        open.push((tag.name, look));
    }
    assert!(open.is_empty(), "not closed: {}", open.len());
    texts
}

/// WCAG 2.2, "contrast ratio" and "relative luminance".
fn contrast(a: Color, b: Color) -> f64 {
    let luminance = |color: Color| {
        let [r, g, b] = color.map(|part| match part <= 0.04045 {
            true => part / 12.92,
            false => ((part + 0.055) / 1.055).powf(2.4),
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn lightness(color: Color) -> f64 {
    let most = color.into_iter().fold(0.0, f64::max);
    let least = color.into_iter().fold(1.0, f64::min);
    f64::midpoint(most, least)
}

/// The color with lightness `1 - L` in HSL, and the same hue and saturation. Those stay if every part keeps its
/// distance from the lightness, because the chroma that a saturation allows is the same at `L` and at `1 - L`.
fn inverted(color: Color) -> Color {
    let light = lightness(color);
    color.map(|part| part - light + (1.0 - light))
}

/// Gmail's apps ignore what a mail says about dark mode and recolor it themselves. How is not published; observed is
/// that lightness is inverted and the hue stays. The app for iOS inverts every color. The app for Android inverts
/// light backgrounds and dark texts, and leaves dark backgrounds and light texts as they are.
fn as_gmail_shows(color: Color, background: Color) -> [(&'static str, Color, Color); 2] {
    let text = match lightness(color) < 0.5 {
        true => inverted(color),
        false => color,
    };
    let paper = match lightness(background) > 0.5 {
        true => inverted(background),
        false => background,
    };
    [
        ("Gmail for iOS", inverted(color), inverted(background)),
        ("Gmail for Android", text, paper),
    ]
}

fn mails(newsletter: &Newsletter) -> Vec<String> {
    let mut comparison = fixture::comparison();
    comparison.sample = true;
    comparison.pick = Some(crate::comparison::Pick::Tie);
    let month = Digest {
        month: comparison.date.unwrap(),
        entries: vec![DigestEntry::of(&newsletter.locale, &comparison)],
    };
    vec![
        written_for(&comparison, newsletter).html,
        digest(&month, newsletter, &markers()).html,
        confirm(
            newsletter,
            "https://verdict.example.org/confirm/x",
            None,
            false,
        )
        .html,
    ]
}

fn has_contrast(newsletter: &Newsletter) {
    for html in mails(newsletter) {
        let light = texts(&html, &[]);
        assert!(light.len() > 8, "{}", light.len());
        for (text, color, background) in light {
            let mut shown = vec![("as sent", color, background)];
            shown.extend(as_gmail_shows(color, background));
            for (how, color, background) in shown {
                let found = contrast(color, background);
                let accent = &newsletter.accent;
                assert!(found >= CONTRAST, "{accent:?}: {text:?} {how}: {found:.2}");
            }
        }
        let dark = dark(&html);
        assert_eq!(dark.len(), DARK.len());
        for (text, color, background) in texts(&html, &dark) {
            let (found, accent) = (contrast(color, background), &newsletter.accent);
            assert!(
                found >= CONTRAST,
                "{accent:?}: {text:?} in dark mode: {found:.2}"
            );
        }
    }
}

#[test]
fn every_text_has_contrast_in_light_in_dark_and_inverted() {
    has_contrast(&fixture::newsletter());
}

#[test]
fn with_any_accent_every_text_has_contrast() {
    let mut newsletter = fixture::newsletter();
    let steps = ["00", "55", "aa", "ff"];
    let every = steps.iter().flat_map(|red| steps.map(|green| (red, green)));
    let every = every.flat_map(|(red, green)| steps.map(|blue| format!("#{red}{green}{blue}")));
    for accent in every.chain(["#ffd400", "#777777", "#0b5a4a"].map(str::to_owned)) {
        newsletter.accent = Some(accent);
        has_contrast(&newsletter);
    }
}

/// The strip, the winner's column, the links and the buttons to vote.
#[test]
fn the_mail_has_the_accent_of_the_newsletter() {
    let mut newsletter = fixture::newsletter();
    newsletter.accent = Some("#5b2a86".to_owned());
    let html = &mails(&newsletter)[0];
    for rest in [
        "#0b5a4a", "#dcece6", "#cfe6df", "#7fd1b8", "#17352c", "#114438", "#a9d3c6",
    ] {
        assert!(!html.contains(rest), "{rest}");
    }
    assert!(html.contains("background-color:#5b2a86\"><div class=\"aside\""));
    assert!(html.contains(".verdict{background-color:#5b2a86!important}"));
    assert!(html.contains("[data-ogsb] .verdict{background-color:#5b2a86!important}"));
    assert!(html.contains("border:1px solid #5b2a86;background-color:#5b2a86"));
}

/// Colors that stand in `look.rs` and `style.rs`.
#[test]
fn the_grounds_are_those_of_the_styles() {
    use crate::mail::{look, style};
    let dark = |class: &str| {
        let mut rules = DARK.iter();
        let rule = rules.find(|(of, property, _)| *of == class && *property == "background-color");
        rule.map(|(_, _, color)| *color)
    };
    let of = |style: &'static str| style.split('#').nth(1).and_then(|rest| rest.get(..6));
    for (color, said) in [
        (look::PAPER, of(style::BODY)),
        (look::BOX, of(style::BOX)),
        (look::QUIET, of(style::NOTE)),
        (look::DARK_PAPER, dark("paper")),
        (look::DARK_BOX, dark("box")),
    ] {
        let said = said.map(|said| format!("#{}", said.trim_start_matches('#')));
        let said = said.as_deref().and_then(color::Color::parse);
        assert_eq!(said, Some(color));
    }
}

#[test]
fn every_color_has_a_dark_pair() {
    let mut seen = 0;
    let mails = mails(&fixture::newsletter());
    for html in &mails {
        let (_, body) = html.split_once("</head>").unwrap();
        for tag in body.split('<').skip(1).map(Tag::parse) {
            let colored = tag
                .declarations
                .iter()
                .filter(|(_, value)| value.contains('#'));
            for (property, value) in colored {
                let property = match property.starts_with("border") {
                    true => "border-color",
                    false => property,
                };
                let paired = DARK
                    .iter()
                    .any(|(class, of, _)| *of == property && tag.classes.contains(class));
                assert!(
                    paired,
                    "no dark pair for {property}:{value} of {}",
                    tag.name
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 80, "the test saw only {seen} colors");
    let used = |class: &str| {
        let all = mails.concat();
        let tags: Vec<Tag<'_>> = all.split('<').map(Tag::parse).collect();
        tags.iter().any(|tag| tag.classes.contains(&class))
    };
    for (class, _, _) in DARK {
        assert!(used(class), ".{class} is on no element");
    }
}
