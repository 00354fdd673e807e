//! The newsletter's own look: its accent color, and the direction and script of its language.
//!
//! The mail is built with the styles of a mail in Latin script without an accent. [`fit`] changes them where needed.
//! It also replaces `<bdi>`, which Gmail and Outlook do not know, by an element with `dir`, which most programs know.

use crate::accent;
use crate::color::{Color, READABLE};
use crate::comparison::Newsletter;

use super::style::{DARK, Rule};

// Colors of `style.rs`.
pub(super) const PAPER: Color = Color::new(0xfa_f7_f0);
pub(super) const BOX: Color = Color::new(0xef_e8_d8);
pub(super) const QUIET: Color = Color::new(0x5e_5a_50);
pub(super) const DARK_PAPER: Color = Color::new(0x16_15_0f);
pub(super) const DARK_BOX: Color = Color::new(0x25_23_1b);

/// How much of the accent is in the ground of the winner's column, in percent.
const TINT: u16 = 10;

/// The colors in dark mode.
pub(super) fn dark(newsletter: &Newsletter) -> Vec<Rule> {
    let mut rules = DARK.map(|(class, property, color)| (class, property, color.to_owned()));
    if let Some(accent) = accent::configured(newsletter) {
        let spot = accent.readable_on(DARK_BOX, Color::WHITE);
        let soft = DARK_PAPER.mixed(spot, TINT);
        let spot = spot.readable_on(soft, Color::WHITE);
        let own = with_accent(accent, accent.text_on(), spot, soft);
        for (class, property, color) in &mut rules {
            let mut own = own
                .iter()
                .filter(|own| (own.0, own.1) == (*class, *property));
            if let Some((_, _, own)) = own.next() {
                color.clone_from(own);
            }
        }
    }
    rules.into()
}

/// The colors that differ from those of `style.rs`, as sent.
fn light(accent: Color) -> [Rule; 7] {
    let readable = |spot: &Color| {
        let soft = PAPER.mixed(*spot, TINT);
        let grounds = [PAPER, BOX, soft];
        let is_text = grounds.iter().all(|ground| survives(*spot, *ground));
        is_text && survives(PAPER, *spot) && survives(QUIET, soft)
    };
    let mut spots = (0..100).map(|percent| accent.mixed(Color::BLACK, percent));
    let spot = spots.find(readable).unwrap_or(Color::BLACK);
    let (block, on_block) = block(accent);
    with_accent(block, on_block, spot, PAPER.mixed(spot, TINT))
}

/// The ground of the strip and the text on it: the accent, as little darkened or lightened as possible.
fn block(accent: Color) -> (Color, Color) {
    let ground = |percent, text| match text {
        Color::WHITE => accent.mixed(Color::BLACK, percent),
        _ => accent.mixed(Color::WHITE, percent),
    };
    let texts = match accent.text_on() {
        Color::WHITE => [Color::WHITE, Color::BLACK],
        _ => [Color::BLACK, Color::WHITE],
    };
    let steps = (0..100).flat_map(|percent| texts.map(|text| (ground(percent, text), text)));
    let mut readable = steps.filter(|(ground, text)| survives(*text, *ground));
    readable.next().unwrap_or((Color::BLACK, Color::WHITE))
}

fn with_accent(block: Color, on_block: Color, spot: Color, soft: Color) -> [Rule; 7] {
    [
        ("verdict", "background-color", block),
        ("said", "color", on_block),
        ("aside", "color", on_block),
        ("soft", "background-color", soft),
        ("spot", "color", spot),
        ("ship", "background-color", spot),
        ("ship", "border-color", spot),
    ]
    .map(|(class, property, color)| (class, property, color.to_string()))
}

/// True if the text can be read as sent, and as Gmail's apps recolor it: the one for iOS inverts every color, the one
/// for Android dark texts and light grounds.
fn survives(text: Color, ground: Color) -> bool {
    let (inverted_text, inverted_ground) = (text.inverted(), ground.inverted());
    let on_android = (
        if text.is_dark() { inverted_text } else { text },
        if ground.is_light() {
            inverted_ground
        } else {
            ground
        },
    );
    let ways = [(text, ground), (inverted_text, inverted_ground), on_android];
    ways.iter()
        .all(|(text, ground)| text.contrast(*ground) >= READABLE)
}

/// Changes the HTML of a mail for the newsletter's accent and direction.
pub(super) fn fit(newsletter: &Newsletter, html: String) -> String {
    let rules = accent::configured(newsletter).map(light);
    let is_upright = is_upright(newsletter.locale.lang());
    let is_rtl = newsletter.locale.is_rtl();
    let is_plain = !html.contains("<bdi") && !html.contains(" dir=\"rtl\"");
    if rules.is_none() && !is_upright && is_plain {
        return html;
    }
    let rules = rules.as_ref().map_or(&[][..], |rules| rules);
    let mut parts = html.split('<').map(|part| match part {
        _ if part.starts_with("bdi ") => part.replacen("bdi", "span", 1),
        _ if part.starts_with("bdi>") => part.replacen("bdi", "span dir=\"auto\"", 1),
        _ if part.starts_with("/bdi>") => part.replacen("bdi", "span", 1),
        _ => styled(part, rules, is_rtl, is_upright).unwrap_or_else(|| part.to_owned()),
    });
    let mut fitted = parts.next().unwrap_or_default();
    for part in parts {
        fitted.push('<');
        fitted.push_str(&part);
    }
    fitted
}

/// A tag and the text behind it with other colors and sides; `None` if it has no style.
fn styled(part: &str, rules: &[Rule], is_rtl: bool, is_upright: bool) -> Option<String> {
    // Texts have no quotation marks: Maud escapes them. So this is an attribute.
    let (tag, rest) = part.split_once(" style=\"")?;
    let (style, rest) = rest.split_once('"')?;
    let classes = tag.split_once(" class=\"").map_or("", |(_, rest)| rest);
    let classes = classes.split('"').next().unwrap_or_default();
    let declarations = style.split(';').filter_map(|one| one.split_once(':'));
    // Spaced letters would not join.
    let declarations = declarations.filter(|(name, _)| !is_rtl || *name != "letter-spacing");
    let declarations = declarations.filter(|(name, _)| !is_upright || *name != "font-style");
    // A list in another direction than the mail's has its bullets at its own side.
    let is_turned = match is_rtl {
        true => !tag.contains(" dir=\"ltr\""),
        false => tag.contains(" dir=\"rtl\""),
    };
    let declarations = declarations.map(|(name, value)| {
        let value = recolored(name, value, classes, rules);
        let value = match is_upright {
            true => value.replace("italic ", ""),
            false => value,
        };
        match is_turned {
            true => format!("{name}:{}", turned(name, &value)),
            false => format!("{name}:{value}"),
        }
    });
    let style = declarations.collect::<Vec<_>>().join(";");
    Some(format!("{tag} style=\"{style}\"{rest}"))
}

/// True for languages whose script has no italics. Mail programs would slant its letters.
fn is_upright(lang: &str) -> bool {
    let language = lang.split('-').next().unwrap_or_default();
    matches!(language, "ar" | "fa" | "he" | "ja" | "ko" | "ur" | "zh")
}

/// A value with the color of the element's classes.
fn recolored(name: &str, value: &str, classes: &str, rules: &[Rule]) -> String {
    let name = match name.starts_with("border") {
        true => "border-color",
        false => name,
    };
    let of_class = |rule: &&Rule| rule.1 == name && classes.split(' ').any(|class| class == rule.0);
    match (rules.iter().find(of_class), value.split_once('#')) {
        (Some((_, _, color)), Some((before, _))) => format!("{before}{color}"),
        _ => value.to_owned(),
    }
}

/// A value with left and right swapped.
fn turned(name: &str, value: &str) -> String {
    let sides: Vec<&str> = value.split(' ').collect();
    match (name, sides.as_slice()) {
        ("margin" | "padding", [top, right, bottom, left]) => {
            format!("{top} {left} {bottom} {right}")
        }
        _ => value.to_owned(),
    }
}
