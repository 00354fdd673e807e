//! The mail's inline styles, one constant for each kind of element.
//!
//! There are two colors, as in print: ink and a spot color, on paper. An element whose style sets a color also has
//! the class with the same meaning, for which `mail.css` has the color in dark mode. A test compares them.

use crate::prose::Styles;

/// Defines the parts of styles as macros, because `concat!` does not accept constants.
macro_rules! words {
    ($($name:ident = $text:expr;)*) => {
        $(macro_rules! $name { () => { $text }; })*
    };
}

words! {
    serif = "Charter,'Iowan Old Style',Georgia,serif";
    sans = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
    paper = "#faf7f0";
    ink = "#1c1b18";
    quiet = "#5e5a50";
    hair = "#d5cebd";
    spot = "#0b5a4a";
    sans_ink = concat!(sans!(), ";color:", ink!());
    sans_quiet = concat!(sans!(), ";color:", quiet!());
    sans_spot = concat!(sans!(), ";color:", spot!());
    serif_ink = concat!(serif!(), ";color:", ink!());
    serif_quiet = concat!(serif!(), ";color:", quiet!());
    serif_spot = concat!(serif!(), ";color:", spot!());
}

/// The `style` element: narrow screens and dark mode.
pub(super) const MAIL_CSS: &str = include_str!("../mail.css");

pub(super) const BODY: &str = concat!(
    "margin:0;padding:0;width:100%;background-color:",
    paper!(),
    ";-webkit-text-size-adjust:100%"
);
pub(super) const PREHEADER: &str =
    "display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px";
pub(super) const OUTER: &str = concat!(
    "width:100%;border-collapse:collapse;background-color:",
    paper!()
);
pub(super) const MARGIN: &str = "padding:24px 20px 40px";
pub(super) const SHEET: &str =
    "width:100%;max-width:640px;border-collapse:collapse;text-align:left";
pub(super) const FILL: &str = "width:100%;border-collapse:collapse";

pub(super) const NAMEPLATE: &str = concat!(
    "padding:14px 0 12px;border-top:5px solid ",
    ink!(),
    ";border-bottom:1px solid ",
    ink!(),
    ";vertical-align:bottom"
);
pub(super) const NAME: &str = concat!(
    "margin:0;font:700 34px/1.05 ",
    serif!(),
    ";letter-spacing:-.01em;color:",
    ink!()
);
pub(super) const TAGLINE: &str = concat!("margin:3px 0 0;font:italic 15px/1.35 ", serif_quiet!());
pub(super) const DATELINE: &str = concat!("padding:9px 0 0;font:13px/1.4 ", sans_quiet!());
pub(super) const DATELINE_END: &str = concat!(
    "padding:9px 0 0 16px;text-align:right;font:13px/1.4 ",
    sans_quiet!()
);

pub(super) const HEADLINE_CELL: &str = "padding:36px 0 0";
pub(super) const SAMPLE: &str = concat!(
    "display:inline-block;margin:0 0 14px;padding:3px 10px;border:1px dashed ",
    ink!(),
    ";font:700 13px/1.4 ",
    sans_ink!()
);
pub(super) const HEADLINE: &str = concat!(
    "margin:0;font:700 38px/1.1 ",
    serif!(),
    ";letter-spacing:-.015em;color:",
    ink!()
);
pub(super) const NAMED: &str = "display:inline-block";
pub(super) const VERSUS: &str = concat!("font-weight:400;font-style:italic;color:", spot!());
pub(super) const QUESTION: &str = concat!("margin:12px 0 0;font:italic 21px/1.35 ", serif_quiet!());
pub(super) const INTRO_CELL: &str = concat!("padding:24px 0 32px;font:17px/1.55 ", serif_ink!());
pub(super) const PARAGRAPH: &str = "margin:0 0 14px";

pub(super) const COLUMN_A: &str = concat!(
    "width:50%;padding:18px 22px 28px 0;border-top:2px solid ",
    ink!(),
    ";vertical-align:top;font:16px/1.5 ",
    serif_ink!()
);
pub(super) const COLUMN_B: &str = concat!(
    "width:50%;padding:18px 0 28px 22px;border-top:2px solid ",
    ink!(),
    ";border-left:1px solid ",
    hair!(),
    ";vertical-align:top;font:16px/1.5 ",
    serif_ink!()
);
pub(super) const KICKER: &str = concat!("margin:0 0 8px;font:13px/1.4 ", sans_quiet!());
pub(super) const LETTER: &str = concat!("font:700 15px/1.4 ", serif_spot!());
pub(super) const TOOL: &str = concat!("margin:0;font:700 24px/1.15 ", serif_ink!());
pub(super) const MAKER: &str = concat!("margin:4px 0 0;font:14px/1.4 ", sans_quiet!());
pub(super) const PITCH: &str = concat!("margin:12px 0 16px;font:italic 17px/1.4 ", serif!());

pub(super) const READING: &str = concat!(
    "margin:0;padding:12px 0 0;border-top:1px solid ",
    hair!(),
    ";font:14px/1.45 ",
    sans_ink!()
);
pub(super) const NOTE: &str = concat!("margin:2px 0 12px;font:14px/1.45 ", sans_quiet!());
pub(super) const SHARE: &str = concat!("font:700 34px/1.1 ", serif!(), ";letter-spacing:-.01em");
pub(super) const BAR: &str =
    "width:100%;margin:8px 0 9px;border-collapse:separate;border-spacing:0";
pub(super) const SEGMENT_ON: &str = concat!(
    "height:8px;padding:0;background-color:",
    spot!(),
    ";border-right:3px solid ",
    paper!(),
    ";font-size:1px;line-height:8px"
);
pub(super) const SEGMENT_OFF: &str = concat!(
    "height:8px;padding:0;background-color:",
    hair!(),
    ";border-right:3px solid ",
    paper!(),
    ";font-size:1px;line-height:8px"
);
pub(super) const DESCRIPTION: &str = concat!("padding:14px 0 0;border-top:1px solid ", hair!());
pub(super) const FACTS: &str = concat!("margin:4px 0 8px;font:700 14px/1.4 ", sans_ink!());
pub(super) const FACT: &str = concat!(
    "margin:0;padding:9px 0;border-top:1px solid ",
    hair!(),
    ";font:15px/1.45 ",
    serif!()
);
pub(super) const LINK: &str = concat!("color:", spot!(), ";text-decoration:underline");
pub(super) const SOURCE: &str = concat!(
    "font:13px/1.45 ",
    sans_spot!(),
    ";text-decoration:underline"
);

pub(super) const VERDICT: &str = concat!("padding:26px 26px 22px;background-color:", spot!());
pub(super) const LABEL: &str = concat!("margin:0 0 6px;font:14px/1.4 ", sans!(), ";color:#cfe6df");
pub(super) const LEAD: &str = concat!(
    "margin:0 0 12px;font:700 32px/1.12 ",
    serif!(),
    ";letter-spacing:-.01em;color:#ffffff"
);
pub(super) const SAYS: &str = concat!("margin:0 0 10px;font:17px/1.5 ", serif!(), ";color:#ffffff");
pub(super) const PICK: &str = concat!(
    "margin:0 0 10px;font:italic 17px/1.5 ",
    serif!(),
    ";color:#ffffff"
);

pub(super) const SCORECARD: &str = "padding:38px 0 20px";
pub(super) const SECTION: &str = concat!(
    "margin:0;padding:0 0 12px;border-bottom:2px solid ",
    ink!(),
    ";font:700 28px/1.15 ",
    serif!(),
    ";letter-spacing:-.01em;color:",
    ink!()
);
pub(super) const ROLE: &str = concat!(
    "margin:0;padding:16px 0 10px;font:700 20px/1.2 ",
    serif_ink!()
);
pub(super) const REVIEWS: &str = concat!(
    "width:100%;border-collapse:collapse;border-bottom:1px solid ",
    hair!()
);
pub(super) const SIDE: &str = concat!(
    "width:28px;padding:0 0 16px;vertical-align:top;font:700 17px/1.5 ",
    serif_spot!()
);
pub(super) const REVIEW: &str = "padding:0 0 16px;vertical-align:top";
pub(super) const REVIEWED: &str = concat!("margin:0 0 5px;font:14px/1.7 ", sans_quiet!());
pub(super) const QUOTE: &str = concat!("margin:0;font:17px/1.5 ", serif_ink!());
pub(super) const SHIP: &str = concat!(
    "display:inline-block;margin-left:6px;padding:0 9px;border:1px solid ",
    spot!(),
    ";background-color:",
    spot!(),
    ";font:700 13px/22px ",
    sans!(),
    ";color:#ffffff;white-space:nowrap"
);
pub(super) const SKIP: &str = concat!(
    "display:inline-block;margin-left:6px;padding:0 9px;border:1px solid ",
    ink!(),
    ";font:700 13px/22px ",
    sans_ink!(),
    ";white-space:nowrap"
);

pub(super) const ASKED: &str = concat!("margin:14px 0 8px;font:700 14px/1.4 ", sans_ink!());
pub(super) const VOTE_SHIP: &str = concat!(
    "display:inline-block;margin:0 6px 0 0;padding:9px 16px;border:1px solid ",
    spot!(),
    ";background-color:",
    spot!(),
    ";font:700 15px/1.2 ",
    sans!(),
    ";color:#ffffff;text-decoration:none"
);
pub(super) const VOTE_SKIP: &str = concat!(
    "display:inline-block;padding:9px 16px;border:1px solid ",
    ink!(),
    ";font:700 15px/1.2 ",
    sans_ink!(),
    ";text-decoration:none"
);
pub(super) const VOTING: &str = concat!("padding:0 0 26px;font:14px/1.45 ", sans_quiet!());
pub(super) const LAST_TIME: &str = concat!(
    "padding:16px 0 34px;border-top:1px solid ",
    hair!(),
    ";font:16px/1.5 ",
    serif_ink!()
);

pub(super) const BOX: &str = "padding:28px 26px 30px;background-color:#ede6d6";
pub(super) const BOX_TITLE: &str = concat!("margin:0 0 8px;font:700 26px/1.15 ", serif_ink!());
pub(super) const OFFER: &str = concat!("margin:0 0 16px;font:17px/1.5 ", serif_ink!());
pub(super) const BUTTON_CELL: &str = concat!("padding:0;background-color:", ink!());
pub(super) const BUTTON: &str = concat!(
    "display:inline-block;padding:12px 22px;font:700 16px/1.25 ",
    sans!(),
    ";color:",
    paper!(),
    ";text-decoration:none"
);

pub(super) const FOOTER: &str = concat!("padding:26px 0 0;font:14px/1.55 ", sans_quiet!());

pub(super) const PROSE: Styles = Styles {
    paragraph: Some(PARAGRAPH),
    list: Some("margin:0 0 14px;padding:0 0 0 22px"),
    item: Some("margin:0 0 5px"),
    link: Some(LINK),
    link_class: Some("spot"),
};
