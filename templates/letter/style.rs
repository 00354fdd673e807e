//! The mail's inline styles, one constant for each kind of element.
//!
//! Two colours as in print, ink and one spot colour, on paper. A style that sets a colour goes with
//! the class of the same meaning, whose dark pair is in `mail.css`; a test holds them together.

use crate::prose::Styles;

/// The style element: narrow screens and the dark pairs.
pub(super) const MAIL_CSS: &str = include_str!("../mail.css");

pub(super) const BODY: &str = "margin:0;padding:0;width:100%;background-color:#faf7f0;-webkit-text-size-adjust:100%";
pub(super) const PREHEADER: &str = "display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px";
pub(super) const OUTER: &str = "width:100%;border-collapse:collapse;background-color:#faf7f0";
pub(super) const MARGIN: &str = "padding:24px 20px 40px";
pub(super) const SHEET: &str = "width:100%;max-width:640px;border-collapse:collapse;text-align:left";
pub(super) const FILL: &str = "width:100%;border-collapse:collapse";

pub(super) const NAMEPLATE: &str = "padding:14px 0 12px;border-top:5px solid #1c1b18;border-bottom:1px solid #1c1b18;vertical-align:bottom";
pub(super) const NAME: &str = "margin:0;font:700 34px/1.05 Charter,'Iowan Old Style',Georgia,serif;letter-spacing:-.01em;color:#1c1b18";
pub(super) const TAGLINE: &str = "margin:3px 0 0;font:italic 15px/1.35 Charter,'Iowan Old Style',Georgia,serif;color:#5e5a50";
pub(super) const DATELINE: &str = "padding:9px 0 0;font:13px/1.4 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#5e5a50";
pub(super) const DATELINE_END: &str = "padding:9px 0 0 16px;text-align:right;font:13px/1.4 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#5e5a50";

pub(super) const HEADLINE_CELL: &str = "padding:36px 0 0";
pub(super) const SAMPLE: &str = "display:inline-block;margin:0 0 14px;padding:3px 10px;border:1px dashed #1c1b18;font:700 13px/1.4 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1c1b18";
pub(super) const HEADLINE: &str = "margin:0;font:700 38px/1.1 Charter,'Iowan Old Style',Georgia,serif;letter-spacing:-.015em;color:#1c1b18";
pub(super) const VERSUS: &str = "font-weight:400;font-style:italic;color:#0b5a4a";
pub(super) const QUESTION: &str = "margin:12px 0 0;font:italic 21px/1.35 Charter,'Iowan Old Style',Georgia,serif;color:#5e5a50";
pub(super) const INTRO_CELL: &str = "padding:24px 0 32px;font:17px/1.55 Charter,'Iowan Old Style',Georgia,serif;color:#1c1b18";
pub(super) const PARAGRAPH: &str = "margin:0 0 14px";

pub(super) const COLUMN_A: &str = "width:50%;padding:18px 22px 28px 0;border-top:2px solid #1c1b18;vertical-align:top;font:16px/1.5 Charter,'Iowan Old Style',Georgia,serif;color:#1c1b18";
pub(super) const COLUMN_B: &str = "width:50%;padding:18px 0 28px 22px;border-top:2px solid #1c1b18;border-left:1px solid #d5cebd;vertical-align:top;font:16px/1.5 Charter,'Iowan Old Style',Georgia,serif;color:#1c1b18";
pub(super) const KICKER: &str = "margin:0 0 8px;font:13px/1.4 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#5e5a50";
pub(super) const LETTER: &str = "font:700 15px/1.4 Charter,'Iowan Old Style',Georgia,serif;color:#0b5a4a";
pub(super) const TOOL: &str = "margin:0;font:700 24px/1.15 Charter,'Iowan Old Style',Georgia,serif;color:#1c1b18";
pub(super) const MAKER: &str = "margin:4px 0 0;font:14px/1.4 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#5e5a50";
pub(super) const PITCH: &str = "margin:12px 0 16px;font:italic 17px/1.4 Charter,'Iowan Old Style',Georgia,serif";

pub(super) const READING: &str = "margin:0;padding:12px 0 0;border-top:1px solid #d5cebd;font:14px/1.45 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1c1b18";
pub(super) const NOTE: &str = "margin:2px 0 12px;font:14px/1.45 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#5e5a50";
pub(super) const SHARE: &str = "font:700 34px/1.1 Charter,'Iowan Old Style',Georgia,serif;letter-spacing:-.01em";
pub(super) const BAR: &str = "width:100%;margin:8px 0 0;border-collapse:separate;border-spacing:0";
pub(super) const SEGMENT_ON: &str = "height:8px;padding:0;background-color:#0b5a4a;border:1px solid #0b5a4a;border-right:3px solid #faf7f0;font-size:1px;line-height:8px";
pub(super) const SEGMENT_OFF: &str = "height:8px;padding:0;background-color:#d5cebd;border:1px solid #d5cebd;border-right:3px solid #faf7f0;font-size:1px;line-height:8px";
pub(super) const DESCRIPTION: &str = "padding:14px 0 0;border-top:1px solid #d5cebd";
pub(super) const FACTS: &str = "margin:4px 0 8px;font:700 14px/1.4 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1c1b18";
pub(super) const FACT: &str = "margin:0;padding:9px 0;border-top:1px solid #d5cebd;font:15px/1.45 Charter,'Iowan Old Style',Georgia,serif";
pub(super) const LINK: &str = "color:#0b5a4a;text-decoration:underline";
pub(super) const SOURCE: &str = "font:13px/1.45 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#0b5a4a;text-decoration:underline";

pub(super) const VERDICT: &str = "padding:26px 26px 22px;background-color:#0b5a4a";
pub(super) const LABEL: &str = "margin:0 0 6px;font:14px/1.4 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#cfe6df";
pub(super) const LEAD: &str = "margin:0 0 12px;font:700 32px/1.12 Charter,'Iowan Old Style',Georgia,serif;letter-spacing:-.01em;color:#ffffff";
pub(super) const SAYS: &str = "margin:0 0 10px;font:17px/1.5 Charter,'Iowan Old Style',Georgia,serif;color:#ffffff";
pub(super) const PICK: &str = "margin:0 0 10px;font:italic 17px/1.5 Charter,'Iowan Old Style',Georgia,serif;color:#ffffff";

pub(super) const SCORECARD: &str = "padding:38px 0 20px";
pub(super) const SECTION: &str = "margin:0;padding:0 0 12px;border-bottom:2px solid #1c1b18;font:700 28px/1.15 Charter,'Iowan Old Style',Georgia,serif;letter-spacing:-.01em;color:#1c1b18";
pub(super) const ROLE: &str = "margin:0;padding:16px 0 10px;font:700 20px/1.2 Charter,'Iowan Old Style',Georgia,serif;color:#1c1b18";
pub(super) const REVIEWS: &str = "width:100%;border-collapse:collapse;border-bottom:1px solid #d5cebd";
pub(super) const SIDE: &str = "width:28px;padding:0 0 16px;vertical-align:top;font:700 17px/1.5 Charter,'Iowan Old Style',Georgia,serif;color:#0b5a4a";
pub(super) const REVIEW: &str = "padding:0 0 16px;vertical-align:top";
pub(super) const REVIEWED: &str = "margin:0 0 5px;font:14px/1.7 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#5e5a50";
pub(super) const QUOTE: &str = "margin:0;font:17px/1.5 Charter,'Iowan Old Style',Georgia,serif;color:#1c1b18";
pub(super) const SHIP: &str = "display:inline-block;margin-left:6px;padding:0 9px;border:1px solid #0b5a4a;background-color:#0b5a4a;font:700 13px/22px -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#ffffff;white-space:nowrap";
pub(super) const SKIP: &str = "display:inline-block;margin-left:6px;padding:0 9px;border:1px solid #1c1b18;font:700 13px/22px -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#1c1b18;white-space:nowrap";

pub(super) const BOX: &str = "padding:28px 26px 30px;background-color:#ede6d6";
pub(super) const BOX_TITLE: &str = "margin:0 0 8px;font:700 26px/1.15 Charter,'Iowan Old Style',Georgia,serif;color:#1c1b18";
pub(super) const OFFER: &str = "margin:0 0 16px;font:17px/1.5 Charter,'Iowan Old Style',Georgia,serif;color:#1c1b18";
pub(super) const BUTTON_CELL: &str = "padding:0;background-color:#1c1b18";
pub(super) const BUTTON: &str = "display:inline-block;padding:12px 22px;font:700 16px/1.25 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#faf7f0;text-decoration:none";

pub(super) const FOOTER: &str = "padding:26px 0 0;font:14px/1.55 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#5e5a50";

/// Prose within the intro and the descriptions.
pub(super) const PROSE: Styles = Styles {
    paragraph: Some(PARAGRAPH),
    list: Some("margin:0 0 14px;padding:0 0 0 22px"),
    item: Some("margin:0 0 5px"),
    link: Some(LINK),
    link_class: Some("spot"),
};
