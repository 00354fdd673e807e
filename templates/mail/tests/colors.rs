//! Every text can be read: as sent, in dark mode, and after Gmail's apps recolored it.

use crate::fixture;
use crate::mail::digest::{Digest, DigestEntry, digest};
use crate::mail::style::DARK;
use crate::mail::transactional::confirm;

use super::{markers, written};

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

    /// The color of a property, in dark mode that of the classes.
    fn color(&self, property: &str, dark: bool) -> Option<Color> {
        let pairs = DARK.iter().filter(|_| dark);
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

/// The visible texts of a mail with their color and background.
fn texts(html: &str, dark: bool) -> Vec<(String, Color, Color)> {
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

fn mails() -> Vec<String> {
    let newsletter = fixture::newsletter();
    let mut comparison = fixture::comparison();
    comparison.sample = true;
    comparison.pick = Some(crate::comparison::Pick::Tie);
    let month = Digest {
        month: comparison.date.unwrap(),
        entries: vec![DigestEntry::of(&newsletter.locale, &comparison)],
    };
    vec![
        written(&comparison).html,
        digest(&month, &newsletter, &markers()).html,
        confirm(
            &newsletter,
            "https://verdict.example.org/confirm/x",
            None,
            false,
        )
        .html,
    ]
}

#[test]
fn every_text_has_contrast_in_light_in_dark_and_inverted() {
    for html in mails() {
        let light = texts(&html, false);
        assert!(light.len() > 8, "{}", light.len());
        for (text, color, background) in light {
            let mut shown = vec![("as sent", color, background)];
            shown.extend(as_gmail_shows(color, background));
            for (how, color, background) in shown {
                let found = contrast(color, background);
                assert!(found >= CONTRAST, "{text:?} {how}: {found:.2}");
            }
        }
        for (text, color, background) in texts(&html, true) {
            let found = contrast(color, background);
            assert!(found >= CONTRAST, "{text:?} in dark mode: {found:.2}");
        }
    }
}

#[test]
fn every_color_has_a_dark_pair() {
    let mut seen = 0;
    for html in mails() {
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
        let all = mails().concat();
        let tags: Vec<Tag<'_>> = all.split('<').map(Tag::parse).collect();
        tags.iter().any(|tag| tag.classes.contains(&class))
    };
    for (class, _, _) in DARK {
        assert!(used(class), ".{class} is on no element");
    }
}
