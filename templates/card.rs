//! The social card: the preview image of a comparison's link, as SVG.

use maud::{Markup, PreEscaped, html};

use crate::accent;
use crate::comparison::{Comparison, Newsletter};
use crate::locale::is_from_right;
use crate::sentences;

/// Width and height in pixels.
pub const SIZE: (u32, u32) = (1200, 630);

/// The renderer of the card must have this font.
pub const FONT: &str = "DejaVu Serif";

/// Names the font that draws a character; `None` leaves it out.
pub type FontOf<'f> = dyn Fn(char) -> Option<&'f str> + 'f;

// The colors of the pages.
const PAPER: &str = "#faf7f0";
const INK: &str = "#1c1b18";

const MARGIN: u32 = 72;
/// Between the strip's edge and its text.
const PADDING: u32 = 32;
/// The room for the tick of a winner.
const TICK: u32 = 58;

/// The top and the height of the strip.
const STRIP: (u32, u32) = (392, 178);

pub fn card<'f>(
    newsletter: &Newsletter,
    comparison: &Comparison,
    font_of: &'f FontOf<'f>,
) -> String {
    let (width, height) = SIZE;
    let room = width - 2 * MARGIN;
    let sheet = Sheet {
        is_rtl: newsletter.locale.is_rtl(),
        font_of,
    };
    let (name_size, name) = fitted([&*newsletter.name], &[(32, 1), (26, 1)], room);
    let title = match sentences::versus(&newsletter.locale, &comparison.title) {
        Some((a, versus, b)) => format!("{a}\n{versus} {b}"),
        None => comparison.title.clone(),
    };
    // The second tool starts a line of its own.
    let (size, headline) = fitted(title.split('\n'), &[(68, 2), (54, 3), (44, 3)], room);
    let svg = html! {
        svg xmlns="http://www.w3.org/2000/svg" width=(width) height=(height) font-family=(FONT) {
            rect width=(width) height=(height) fill=(PAPER) {}
            rect x=(MARGIN) y="60" width=(room) height="8" fill=(INK) {}
            (sheet.lines(MARGIN, 116, name_size, (INK, "bold"), &name))
            (sheet.lines(MARGIN, if headline.len() > 2 { 200 } else { 226 }, size, (INK, "bold"), &headline))
            (sheet.strip(newsletter, comparison))
        }
    };
    svg.into_string()
}

struct Sheet<'s> {
    is_rtl: bool,
    font_of: &'s FontOf<'s>,
}

impl Sheet<'_> {
    fn strip(&self, newsletter: &Newsletter, comparison: &Comparison) -> Markup {
        let locale = &newsletter.locale;
        let ((y, height), block) = (STRIP, accent::block(newsletter));
        let ink = block.text_on().to_string();
        let wins = comparison.result().winner().is_some();
        let edge = MARGIN + PADDING;
        let indent = edge + if wins { TICK } else { 0 };
        let room = SIZE.0 - 2 * edge;
        let title = sentences::result_title(locale, comparison);
        let (size, title) = fitted(
            [title.as_str()],
            &[(52, 1), (44, 1), (36, 1)],
            room - (indent - edge),
        );
        let result = sentences::result(locale, comparison);
        // Wide characters are no narrower as regular.
        let room = match result.as_str().contains(is_wide) {
            true => room,
            false => room * BOLD / REGULAR,
        };
        let (small, result) = fitted([result.as_str()], &[(27, 2), (24, 2)], room);
        html! {
            rect x=(MARGIN) y=(y) width=(SIZE.0 - 2 * MARGIN) height=(height) fill=(block) {}
            @if wins {
                path d=(self.tick(edge, y + 44)) fill="none" stroke=(ink) stroke-width="8" {}
            }
            (self.lines(indent, y + 76, size, (&*ink, "bold"), &title))
            (self.lines(edge, y + 124, small, (&*ink, "normal"), &result))
        }
    }

    /// A tick, so that no font needs one.
    fn tick(&self, x: u32, y: u32) -> String {
        let x = match self.is_rtl {
            true => SIZE.0 - x - 38,
            false => x,
        };
        format!("M{x} {y}m2 16l13 14l23 -30")
    }

    /// Lines that start at `x` from the side where reading starts; `y` is the first one's.
    fn lines(&self, x: u32, y: u32, size: u32, look: (&str, &str), lines: &[String]) -> Markup {
        let (fill, weight) = look;
        let (x, anchor) = match self.is_rtl {
            true => (SIZE.0 - x, "end"),
            false => (x, "start"),
        };
        html! {
            @for (line, number) in lines.iter().zip(0..) {
                text x=(x) y=(y + number * (size + size / 4)) font-size=(size) fill=(fill) font-weight=(weight)
                    text-anchor=(anchor) xml:space="preserve" { (self.runs(line)) }
            }
        }
    }

    /// A line, split where the font changes.
    fn runs(&self, line: &str) -> Markup {
        let mut runs: Vec<(&str, String)> = Vec::new();
        // The renderer shapes a line in its first font, and mixes up ligatures from right to left in any other.
        let from_right = line.chars().filter(|c| is_from_right(*c));
        let first = from_right.filter_map(self.font_of).next().unwrap_or(FONT);
        // It treats every line as left to right.
        let mark = if self.is_rtl { "\u{202b}" } else { "\u{200e}" };
        if self.is_rtl || first != FONT {
            runs.push((first, mark.to_owned()));
        }
        for c in line.chars().filter(|c| fits_xml(*c)) {
            let last = runs.last().map_or(FONT, |(font, _)| font);
            let font = match is_unseen(c) {
                true => Some(last),
                false => (self.font_of)(c),
            };
            match (font, runs.last_mut()) {
                (None, _) => {}
                (Some(font), Some((last, run))) if *last == font => run.push(c),
                (Some(font), _) => runs.push((font, c.to_string())),
            }
        }
        html! {
            @for (font, run) in &runs {
                @if *font == FONT { (escaped(run)) } @else {
                    tspan font-family={ "'" (font) "'" } { (escaped(run)) }
                }
            }
        }
    }
}

fn escaped(run: &str) -> PreEscaped<String> {
    PreEscaped(html! { (run) }.into_string())
}

/// True for the characters that XML allows (XML 1.0 §2.2). A parser rejects a document with any other.
pub fn fits_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..)
}

/// Blanks, and characters that only steer how others are drawn.
fn is_unseen(c: char) -> bool {
    let steers = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}');
    c.is_whitespace() || c.is_control() || steers
}

/// Paragraphs in the largest of the sizes, each with the most lines that they may take in it. In the last size, the
/// rest is cut off.
fn fitted<'t>(
    paragraphs: impl IntoIterator<Item = &'t str> + Clone,
    sizes: &[(u32, usize)],
    width: u32,
) -> (u32, Vec<String>) {
    let mut fitted = (0, Vec::new());
    let mut most = 0;
    for &(size, lines) in sizes {
        let room = width * UNITS / size;
        let paragraphs = paragraphs.clone().into_iter();
        fitted = (size, paragraphs.flat_map(|text| wrap(text, room)).collect());
        most = lines;
        if fitted.1.len() <= most {
            return fitted;
        }
    }
    let (size, mut lines) = fitted;
    lines.truncate(most);
    if let Some(last) = lines.last_mut() {
        *last = cut(&format!("{last}…"), width * UNITS / size);
    }
    (size, lines)
}

/// Widths are in parts of the font's size: this many are one em.
const UNITS: u32 = 20;

/// What a letter takes on average, as bold and as regular.
const BOLD: u32 = 13;
const REGULAR: u32 = 11;

/// About what a bold text takes.
fn width(text: &str) -> u32 {
    let widths = text.chars().map(|c| if is_wide(c) { UNITS } else { BOLD });
    widths.sum()
}

/// True for characters as wide as the font is high, between which a line may break.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{1f300}'..='\u{1faff}' | '\u{20000}'..='\u{3fffd}')
}

/// Lines of at most `room`. A longer word is cut.
fn wrap(text: &str, room: u32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (blank, piece) in pieces(text) {
        let piece = cut(&piece, room);
        match lines.last_mut() {
            Some(line) if width(line) + width(blank) + width(&piece) <= room => {
                *line += blank;
                *line += &piece;
            }
            _ => lines.push(piece),
        }
    }
    lines
}

/// Words and wide characters, each with the blank before it.
fn pieces(text: &str) -> Vec<(&'static str, String)> {
    let mut pieces: Vec<(&str, String)> = Vec::new();
    for word in text.split_whitespace() {
        let mut blank = " ";
        let mut breaks = true;
        for c in word.chars() {
            match pieces.last_mut() {
                Some((_, piece)) if !breaks && !is_wide(c) => piece.push(c),
                _ => pieces.push((blank, c.to_string())),
            }
            (blank, breaks) = ("", is_wide(c));
        }
    }
    pieces
}

fn cut(text: &str, room: u32) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if width(&kept) + width("…") + width(c.encode_utf8(&mut [0; 4])) > room {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end_matches([' ', '…']))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::fixture;
    use crate::locale::Locale;

    fn drawn(newsletter: &Newsletter, comparison: &Comparison) -> String {
        card(newsletter, comparison, &|_| Some(FONT))
    }

    #[test]
    fn a_card_is_well_formed_and_names_the_winner() {
        let mut comparison = fixture::comparison();
        for title in [
            "A vs B",
            &"Long words ".repeat(30),
            &"x".repeat(300),
            "<&>\u{1}\u{fffe}\"",
        ] {
            title.clone_into(&mut comparison.title);
            let svg = drawn(&fixture::newsletter(), &comparison);
            assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
            assert!(svg.matches("<text").count() <= 1 + 3 + 1 + 2, "{svg}");
            assert!(svg.contains("Llama &amp; Co wins"), "{svg}");
            assert!(svg.contains("All 3 reviewers would ship it."), "{svg}");
            assert!(svg.contains("<path"), "{svg}");
            assert!(!svg.contains(['\u{1}', '\u{fffe}']), "{svg}");
        }
        comparison.tools[1].reviews.clear();
        let svg = drawn(&fixture::newsletter(), &comparison);
        assert!(
            svg.contains("No contest") && !svg.contains("<path"),
            "{svg}"
        );
    }

    #[test]
    fn each_font_gets_its_run_and_what_none_has_is_left_out() {
        let (newsletter, mut comparison) = (fixture::newsletter(), fixture::comparison());
        comparison.title = "通义 4 ☃ <b>".to_owned();
        let svg = card(&newsletter, &comparison, &|c| match c {
            '通' | '义' => Some("Noto"),
            '☃' => None,
            _ => Some(FONT),
        });
        let line = "<tspan font-family=\"'Noto'\">通义 </tspan>4  &lt;b&gt;</text>";
        assert!(svg.contains(line), "{svg}");
    }

    #[test]
    fn a_newsletter_from_right_to_left_starts_at_the_right() {
        let mut newsletter = fixture::newsletter();
        let left = drawn(&newsletter, &fixture::comparison());
        assert!(left.contains("text-anchor=\"start\"") && !left.contains("text-anchor=\"end\""));
        newsletter.locale = Locale::new("ar-EG", &[]).0;
        let right = drawn(&newsletter, &fixture::comparison());
        assert!(right.contains("text x=\"1128\"") && !right.contains("text-anchor=\"start\""));
        assert!(right.contains(">\u{202b}Verdict"), "{right}");
    }

    #[test]
    fn a_line_with_arabic_is_shaped_in_its_font_first() {
        let mut comparison = fixture::comparison();
        comparison.title = "A لا".to_owned();
        let svg = card(
            &fixture::newsletter(),
            &comparison,
            &|c| match is_from_right(c) {
                true => Some("Naskh"),
                false => Some(FONT),
            },
        );
        let line = "<tspan font-family=\"'Naskh'\">\u{200e}</tspan>A <tspan font-family=\"'Naskh'\">لا</tspan>";
        assert!(svg.contains(line), "{svg}");
    }

    #[test]
    fn japanese_stays_within_the_strip_and_three_lines_within_the_card() {
        let (mut newsletter, mut comparison) = (fixture::newsletter(), fixture::comparison());
        newsletter.locale = Locale::new("ja", &[]).0;
        comparison.tools[0].name = "地図工房".repeat(10);
        comparison.title = "Axolotl vs A model with quite a long name".to_owned();
        let svg = drawn(&newsletter, &comparison);
        let texts = svg.split("<text ").skip(1);
        for text in texts {
            let of = |name| text.split(name).nth(1).unwrap().split('"').nth(1).unwrap();
            let size: usize = of("font-size").parse().unwrap();
            let shown = text.split('>').nth(1).unwrap().split('<').next().unwrap();
            let wide = shown.chars().filter(|c| is_wide(*c)).count();
            assert!(wide * size <= 1200 - 2 * 72, "{shown} in {size}");
        }
        assert!(!svg.contains("font-size=\"68\""), "{svg}");
    }

    #[test]
    fn lines_break_between_words_and_between_wide_characters() {
        assert_eq!(wrap("ab cd ef", 5 * 13), ["ab cd", "ef"]);
        assert_eq!(wrap("通义千问4 x", 3 * 20), ["通义千", "问4 x"]);
        assert_eq!(wrap("通义千4", 3 * 20), ["通义千", "4"]);
        assert_eq!(wrap("abcdefgh", 4 * 13), ["abc…"]);
        assert_eq!(wrap("", 4 * 13), [""; 0]);
    }
}
