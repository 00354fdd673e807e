//! The social card: the preview image of a comparison's link, as SVG.

use maud::{Markup, PreEscaped, html};

use crate::comparison::{Comparison, Newsletter, Tool};
use crate::sentences;

/// Width and height in pixels.
pub const SIZE: (u32, u32) = (1200, 630);

/// The renderer of the card must have this font.
pub const FONT: &str = "DejaVu Serif";

// The colors of the pages.
const PAPER: &str = "#faf7f0";
const INK: &str = "#1c1b18";
const QUIET: &str = "#5e5a50";
const SPOT: &str = "#0b5a4a";

const MARGIN: u32 = 72;

pub fn card(newsletter: &Newsletter, comparison: &Comparison) -> String {
    let (width, height) = SIZE;
    let (size, lines) = fitted(&comparison.title);
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(height) font-family=(FONT) {
            rect width=(width) height=(height) fill=(PAPER) {}
            rect x=(MARGIN) y="60" width=(width - 2 * MARGIN) height="8" fill=(INK) {}
            (text(MARGIN, 116, 32, INK, "bold", &cut(&newsletter.name, 44)))
            @for (line, number) in lines.iter().zip(0..) {
                (text(MARGIN, 224 + number * (size + 14), size, INK, "bold", line))
            }
            (tool(MARGIN, &comparison.tools[0]))
            (tool(width / 2 + 12, &comparison.tools[1]))
        }
    };
    svg.into_string()
}

fn tool(x: u32, tool: &Tool) -> Markup {
    html! {
        (text(x, 470, 26, QUIET, "normal", &cut(&tool.name, 30)))
        (text(x, 540, 64, SPOT, "bold", &sentences::share(tool.panel())))
        (text(x, 580, 22, QUIET, "normal", &sentences::panel(tool.panel())))
    }
}

fn text(x: u32, y: u32, size: u32, fill: &str, weight: &str, said: &str) -> Markup {
    html! {
        text x=(x) y=(y) font-size=(size) fill=(fill) font-weight=(weight) xml:space="preserve" { (PreEscaped(escaped(said))) }
    }
}

fn escaped(said: &str) -> String {
    let plain: String = said.chars().filter(|c| fits_xml(*c)).collect();
    html! { (plain) }.into_string()
}

/// True for the characters that XML allows (XML 1.0 §2.2). A parser rejects a document with any other.
pub fn fits_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..)
}

/// The headline in at most three lines, in the largest size that fits.
fn fitted(title: &str) -> (u32, Vec<String>) {
    // The second tool starts a line of its own.
    let parted = title.replacen(sentences::VERSUS, "\nvs ", 1);
    for (size, width) in [(68, 24), (54, 31), (44, 38)] {
        let lines = lines(&parted, width);
        if lines.len() <= 3 {
            return (size, lines);
        }
    }
    let mut lines = lines(&cut(title, 100), 38);
    lines.truncate(3);
    (44, lines)
}

/// Lines of at most `width` characters, broken at blanks. A longer word is cut.
fn lines(text: &str, width: usize) -> Vec<String> {
    let wrapped = crate::lines::wrap(text, width);
    wrapped.lines().map(|line| cut(line, width)).collect()
}

fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture;

    #[test]
    fn a_card_is_well_formed_and_says_both_shares() {
        let mut comparison = fixture::comparison();
        for title in [
            "A vs B",
            &"Long words ".repeat(30),
            &"x".repeat(300),
            "<&>\u{1}\u{fffe}\"",
        ] {
            title.clone_into(&mut comparison.title);
            let svg = card(&fixture::newsletter(), &comparison);
            assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
            assert!(svg.matches("<text").count() <= 1 + 3 + 6, "{svg}");
            assert!(svg.contains("67%") && svg.contains("100%"), "{svg}");
            assert!(!svg.contains(['\u{1}', '\u{fffe}']), "{svg}");
        }
    }
}
