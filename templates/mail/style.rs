//! The mail's inline styles, one constant for each kind of element, and the colors of dark mode.
//!
//! There are two colors, as in print: ink and a spot color, on paper. An element whose style sets a color also has
//! the class with the same meaning, for which [`DARK`] has the color in dark mode. A test compares them. `look.rs`
//! replaces the spot color by the newsletter's accent.
//!
//! Outlook for Windows ignores the padding of anything but cells, so other elements have margins where it matters.

use crate::prose::Styles;

/// Defines the parts of styles as macros, because `concat!` does not accept constants.
macro_rules! words {
    ($($name:ident = $text:expr;)*) => {
        $(macro_rules! $name { () => { $text }; })*
    };
}

// The first font of each is on Windows, because Outlook shows Times New Roman if it lacks the first.
words! {
    serif = "Georgia,'Noto Serif',serif";
    sans = "'Segoe UI',-apple-system,Roboto,Helvetica,Arial,sans-serif";
    paper = "#faf7f0";
    ink = "#1c1b18";
    quiet = "#5e5a50";
    hair = "#d5cebd";
    spot = "#0b5a4a";
    soft = "#dcece6";
    sans_ink = concat!(sans!(), ";color:", ink!());
    sans_quiet = concat!(sans!(), ";color:", quiet!());
    sans_spot = concat!(sans!(), ";color:", spot!());
    serif_ink = concat!(serif!(), ";color:", ink!());
    serif_quiet = concat!(serif!(), ";color:", quiet!());
    hairline = concat!("border-top:1px solid ", hair!());
}

/// A color of the elements with a class: class, property, color.
pub(super) type Rule = (&'static str, &'static str, String);

/// The color of each class in dark mode, without an accent.
pub(super) const DARK: [(&str, &str, &str); 16] = [
    ("paper", "background-color", "#16150f"),
    ("box", "background-color", "#25231b"),
    ("soft", "background-color", "#17352c"),
    ("verdict", "background-color", "#114438"),
    ("button", "background-color", "#ece6d8"),
    ("ship", "background-color", "#7fd1b8"),
    ("ink", "color", "#ece6d8"),
    ("quiet", "color", "#aba391"),
    ("spot", "color", "#7fd1b8"),
    ("said", "color", "#f4efe4"),
    ("aside", "color", "#a9d3c6"),
    ("pressed", "color", "#16150f"),
    ("ship", "border-color", "#7fd1b8"),
    ("skip", "border-color", "#ece6d8"),
    ("rule", "border-color", "#ece6d8"),
    ("hair", "border-color", "#403c31"),
];

/// The first `style` element: narrow screens and dark mode.
pub(super) fn screens(dark: &[Rule]) -> String {
    let mut css = include_str!("../mail.css").to_owned();
    css.push_str("@media (prefers-color-scheme:dark){\n");
    for (class, property, color) in dark {
        css.push_str(&format!(".{class}{{{property}:{color}!important}}\n"));
    }
    css + "}"
}

/// The second `style` element: dark mode on Outlook's web and phones, which mark what they recolored. It is an element
/// of its own because a mail program that cannot read such a selector may drop the whole element.
pub(super) fn outlook_dark(dark: &[Rule]) -> String {
    let rule = |(class, property, color): &Rule| {
        let mark = match *property {
            "background-color" => "ogsb",
            _ => "ogsc",
        };
        format!("[data-{mark}] .{class}{{{property}:{color}!important}}\n")
    };
    dark.iter().map(rule).collect()
}

pub(super) const BODY: &str = concat!(
    "margin:0;padding:0;width:100%;background-color:",
    paper!(),
    ";-webkit-text-size-adjust:100%"
);
pub(super) const PREHEADER: &str = "display:none;max-height:0;max-width:0;overflow:hidden;font-size:1px;line-height:1px;\
                                    mso-hide:all";
pub(super) const RTL: &str = "direction:rtl";
pub(super) const OUTER: &str = concat!(
    "width:100%;border-collapse:collapse;background-color:",
    paper!()
);
pub(super) const MARGIN: &str = "padding:14px 16px 32px";
/// Its columns take no width from their content, so that a long word, such as a URL, breaks instead of making the mail
/// wider than a phone.
pub(super) const SHEET: &str = "width:100%;max-width:640px;margin:0 auto;border-collapse:collapse;\
                                table-layout:fixed;word-wrap:break-word";
pub(super) const FILL: &str = "width:100%;border-collapse:collapse";

pub(super) const NAMEPLATE: &str = concat!("padding:8px 0 0;border-top:4px solid ", ink!());
pub(super) const MASTHEAD: &str =
    concat!("padding:0;vertical-align:top;font:13px/1.4 ", sans_quiet!());
pub(super) const NAME: &str = concat!("color:", ink!());
pub(super) const LOGO: &str = "height:28px;width:auto;border:0;vertical-align:middle";

pub(super) const HEADLINE_CELL: &str = "padding:16px 0 12px";
pub(super) const SAMPLE: &str = concat!("margin:0 0 6px;font:700 13px/1.4 ", sans_ink!());
pub(super) const HEADLINE: &str = concat!(
    "margin:0;font:700 32px/1.12 ",
    serif!(),
    ";letter-spacing:-.01em;color:",
    ink!()
);
pub(super) const LONG_HEADLINE: &str = concat!("margin:0;font:700 23px/1.15 ", serif_ink!());
pub(super) const NAMED: &str = "display:inline-block";
pub(super) const VERSUS: &str = concat!("font-weight:400;font-style:italic;color:", spot!());
pub(super) const LONG_QUESTION: &str =
    concat!("margin:6px 0 0;font:italic 15px/1.4 ", serif_quiet!());
pub(super) const QUESTION: &str = concat!("margin:6px 0 0;font:italic 17px/1.4 ", serif_quiet!());

pub(super) const VERDICT: &str = concat!("padding:12px 14px;background-color:", spot!());
pub(super) const LABEL: &str = concat!("font:700 13px/1.3 ", sans!(), ";color:#cfe6df");
pub(super) const RESULT: &str = concat!(
    "margin:3px 0 4px;font:700 23px/1.2 ",
    serif!(),
    ";color:#ffffff"
);
pub(super) const LONG_RESULT: &str = concat!(
    "margin:3px 0 4px;font:700 19px/1.2 ",
    serif!(),
    ";color:#ffffff"
);
pub(super) const SAYS: &str = concat!("font:15px/1.4 ", sans!(), ";color:#ffffff");
/// The editor's pick, below the strip.
pub(super) const PICK: &str = concat!(
    "padding:8px 14px;background-color:",
    soft!(),
    ";font:italic 15px/1.4 ",
    serif_ink!()
);

pub(super) const TABLE_CELL: &str = "padding:10px 0 14px";
pub(super) const TABLE: &str = "width:100%;border-collapse:collapse;table-layout:fixed";
pub(super) const NAMED_COLUMN: &str = concat!(
    "padding:10px 7px;vertical-align:bottom;font:700 15px/1.25 ",
    serif_ink!()
);
pub(super) const NAMED_WINNER: &str = concat!(
    "padding:10px 7px;vertical-align:bottom;background-color:",
    soft!(),
    ";font:700 15px/1.25 ",
    serif_ink!()
);
pub(super) const WINNER: &str = concat!("font:700 13px/1.5 ", sans_spot!());
pub(super) const ROW: &str = concat!(
    "padding:9px 2px;",
    hairline!(),
    ";vertical-align:top;font:400 13px/1.5 ",
    sans_quiet!()
);
pub(super) const CELL: &str = concat!(
    "padding:9px 7px;",
    hairline!(),
    ";vertical-align:top;font:14px/1.4 ",
    sans_ink!()
);
pub(super) const WINNERS_CELL: &str = concat!(
    "padding:9px 7px;",
    hairline!(),
    ";vertical-align:top;background-color:",
    soft!(),
    ";font:14px/1.4 ",
    sans_ink!()
);
pub(super) const SHARE: &str = concat!("font:700 25px/1.15 ", serif!());
pub(super) const BAR: &str = concat!("font:15px/1.2 ", sans!(), ";letter-spacing:2px");
pub(super) const BAR_SHIP: &str = concat!("color:", spot!());
pub(super) const NOTE: &str = concat!("color:", quiet!());

pub(super) const INTRO_CELL: &str = concat!("padding:18px 0 4px;font:17px/1.55 ", serif_ink!());
pub(super) const TOOL_CELL: &str = concat!("padding:22px 0 4px;font:17px/1.5 ", serif_ink!());
pub(super) const TOOL: &str = concat!(
    "margin:0;padding:0 0 4px;border-bottom:2px solid ",
    ink!(),
    ";font:700 22px/1.2 ",
    serif_ink!()
);
pub(super) const MAKER: &str = concat!("margin:6px 0 0;font:14px/1.4 ", sans_quiet!());
pub(super) const PITCH: &str = "margin:8px 0 14px;font-style:italic";
pub(super) const FACTS: &str = concat!("margin:0 0 6px;font:700 14px/1.4 ", sans_ink!());
pub(super) const FACT: &str = concat!(
    "padding:8px 0;",
    hairline!(),
    ";font:15px/1.45 ",
    serif_ink!()
);
pub(super) const LINK: &str = concat!("color:", spot!());
pub(super) const SOURCE: &str = concat!("font:13px/1.45 ", sans_spot!());

pub(super) const SCORECARD: &str = "padding:26px 0 16px";
pub(super) const SPLIT: &str = concat!("margin:10px 0 6px;font:16px/1.5 ", serif_ink!());
pub(super) const ROLE: &str = concat!("margin:20px 0 2px;font:700 18px/1.3 ", serif_ink!());
pub(super) const MATRIX_COLUMN: &str = concat!(
    "padding:8px 7px;vertical-align:bottom;font:400 14px/1.35 ",
    sans_quiet!()
);
pub(super) const MATRIX_ROLE: &str = concat!(
    "padding:9px 2px;",
    hairline!(),
    ";vertical-align:top;font:400 14px/1.4 ",
    sans_ink!()
);
/// A quote that stands alone in its row.
pub(super) const ALONE: &str = "margin:0 0 8px";
/// A quote beside another one: half of the sheet, or below the other where that is too narrow for both.
pub(super) const HALF: &str = "display:inline-block;width:50%;min-width:270px;vertical-align:top";
pub(super) const IN_HALF: &str = "margin:4px 12px 10px 0";
pub(super) const REVIEWED: &str = concat!("font:14px/1.5 ", sans_quiet!());
pub(super) const SHIP: &str = concat!("color:", spot!());
pub(super) const SKIP: &str = concat!("color:", ink!());
pub(super) const QUOTE: &str = concat!("font:16px/1.5 ", serif_ink!());

pub(super) const BOX_AROUND: &str = "padding:14px 0 0";
pub(super) const BOX: &str = "padding:16px 14px 18px;background-color:#efe8d8";
pub(super) const BOX_TITLE: &str = concat!("margin:0;font:700 19px/1.25 ", serif_ink!());
pub(super) const OFFER: &str = concat!("margin:6px 0 12px;font:16px/1.5 ", serif_ink!());
pub(super) const ASKED: &str = concat!("margin:10px 0 6px;font:15px/1.35 ", sans_ink!());
pub(super) const CLOSES: &str = concat!("margin:12px 0 0;font:13px/1.45 ", sans_quiet!());

// The padding of a button stands on its link, so that all of it can be pressed. Outlook for Windows ignores that and
// takes `mso-padding-alt` of the cell instead.
pub(super) const VOTE_SHIP: &str = concat!(
    "padding:0;mso-padding-alt:11px 17px;border:1px solid ",
    spot!(),
    ";background-color:",
    spot!()
);
pub(super) const VOTE_SKIP: &str = concat!(
    "padding:0;mso-padding-alt:11px 17px;border:1px solid ",
    ink!()
);
pub(super) const GAP: &str = "width:8px;padding:0;font-size:1px";
pub(super) const SHIP_IT: &str = concat!(
    "display:inline-block;padding:11px 17px;font:700 15px/1.2 ",
    sans!(),
    ";color:",
    paper!(),
    ";text-decoration:none"
);
pub(super) const SKIP_IT: &str = concat!(
    "display:inline-block;padding:11px 17px;font:700 15px/1.2 ",
    sans_ink!(),
    ";text-decoration:none"
);
pub(super) const BUTTON_CELL: &str = concat!(
    "padding:0;mso-padding-alt:12px 22px;background-color:",
    ink!()
);
pub(super) const BUTTON: &str = concat!(
    "display:inline-block;padding:12px 22px;font:700 16px/1.25 ",
    sans!(),
    ";color:",
    paper!(),
    ";text-decoration:none"
);

/// The parts of a mail that is not an edition.
pub(super) const NOTICE: &str = concat!("padding:20px 0 10px;border-top:4px solid ", ink!());
pub(super) const NOTICE_LINE: &str = concat!("padding:4px 0;font:17px/1.5 ", serif_ink!());
pub(super) const NOTICE_BUTTON: &str = "padding:14px 0 4px";
pub(super) const ADDRESS: &str = concat!("padding:8px 0 14px;font:13px/1.45 ", sans_quiet!());

pub(super) const LAST_TIME: &str = concat!("padding:20px 0 4px;font:16px/1.5 ", serif_ink!());
/// An entry of the digest.
pub(super) const ENTRY: &str = concat!("padding:18px 0 22px;font:16px/1.5 ", serif_ink!());
/// What was wrong in an issue, and what is right.
pub(super) const WRONG: &str = concat!("margin:10px 0 0;font:16px/1.5 ", serif_quiet!());
pub(super) const RIGHT: &str = concat!("margin:10px 0 0;font:16px/1.5 ", serif_ink!());
pub(super) const DIGEST_RESULT: &str =
    concat!("padding:10px 0 4px;font:700 16px/1.45 ", serif_ink!());
pub(super) const DIGEST_SHARES: &str = concat!("padding:0 0 8px;font:14px/1.5 ", sans_quiet!());
pub(super) const FOOTER: &str = concat!("padding:18px 0 0;font:13px/1.55 ", sans_quiet!());

pub(super) const PARAGRAPH: &str = "margin:0 0 14px";
pub(super) const PROSE: Styles = Styles {
    paragraph: Some(PARAGRAPH),
    list: Some("margin:0 0 14px;padding:0 0 0 22px"),
    item: Some("margin:0 0 5px"),
    link: Some(LINK),
    link_class: Some("spot"),
};
