//! What all mails have in common: the document, the masthead, buttons and the foot.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::comparison::Newsletter;
use crate::locale::{Message, args};

use super::{Personal, look, style};

/// Outlook for Windows does not support `max-width`, so it gets a table of fixed width around the sheet.
const OUTLOOK_OPEN: PreEscaped<&str> = PreEscaped(
    "<!--[if mso]><table role=\"presentation\" width=\"640\" align=\"center\"><tr><td><![endif]-->",
);
const OUTLOOK_CLOSE: PreEscaped<&str> = PreEscaped("<!--[if mso]></td></tr></table><![endif]-->");

/// For Outlook on Windows: measures that do not grow with the screen's resolution, and a font for what inherits one
/// elsewhere.
const OUTLOOK_HEAD: PreEscaped<&str> = PreEscaped(
    "<!--[if mso]><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch>\
     </o:OfficeDocumentSettings></xml><style>table{border-collapse:collapse}\
     body,table,td,th,div,p,li,h1,h2,h3{font-family:Georgia,'Times New Roman',serif}</style><![endif]-->",
);

/// Fills the line that mailboxes show beside the subject, so that no text of the mail follows the preheader: a joiner
/// and a non-joiner, which show as nothing, and a space that does not collapse.
const FILLER: &str = "&#847;&zwnj;&nbsp;";
const FILLERS: usize = 120;

/// The sides of a line, by the direction of the newsletter's language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sides {
    pub(super) start: &'static str,
    pub(super) end: &'static str,
}

impl Sides {
    pub(super) fn of(newsletter: &Newsletter) -> Self {
        let direction = newsletter.locale.direction();
        let (start, end) = match direction {
            "rtl" => ("right", "left"),
            _ => ("left", "right"),
        };
        Self { start, end }
    }
}

/// The document around the rows of a mail's sheet.
pub(super) fn frame(
    newsletter: &Newsletter,
    subject: &str,
    preheader: &str,
    rows: &Markup,
) -> Markup {
    let (lang, dir) = (newsletter.locale.lang(), newsletter.locale.direction());
    // Some mail programs drop `dir`.
    let rtl = newsletter.locale.is_rtl().then_some(style::RTL);
    let document = html! {
        (DOCTYPE)
        html lang=(lang) dir=(dir) xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml"
            xmlns:o="urn:schemas-microsoft-com:office:office" {
            (head(newsletter, subject))
            body.paper style=(style::BODY) {
                div role="main" {
                    div style=(style::PREHEADER) { (preheader) (PreEscaped(FILLER.repeat(FILLERS))) }
                    div role="article" aria-roledescription="email" aria-label=(subject) lang=(lang) dir=(dir) style=[rtl] {
                        table.paper role="presentation" width="100%" cellpadding="0" cellspacing="0" style=(style::OUTER) {
                            tr { td style=(style::MARGIN) {
                                (OUTLOOK_OPEN)
                                table role="presentation" width="100%" align="center" cellpadding="0" cellspacing="0" style=(style::SHEET) {
                                    (rows)
                                }
                                (OUTLOOK_CLOSE)
                            } }
                        }
                    }
                }
            }
        }
    };
    PreEscaped(look::fit(newsletter, document.into_string()))
}

fn head(newsletter: &Newsletter, subject: &str) -> Markup {
    let dark = look::dark(newsletter);
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width,initial-scale=1";
            meta name="color-scheme" content="light dark";
            meta name="supported-color-schemes" content="light dark";
            meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no";
            meta name="x-apple-disable-message-reformatting";
            title { (subject) }
            (OUTLOOK_HEAD)
            style { (PreEscaped(style::screens(&dark))) }
            style { (PreEscaped(style::outlook_dark(&dark))) }
        }
    }
}

/// The newsletter's name and a date on one line, and what belongs to the mail at its end.
pub(super) fn masthead(newsletter: &Newsletter, date: Option<&str>, aside: &Markup) -> Markup {
    html! {
        tr { td.rule style=(style::NAMEPLATE) {
            table role="presentation" width="100%" cellpadding="0" cellspacing="0" style=(style::FILL) { tr {
                td.quiet style=(style::MASTHEAD) {
                    @if let Some(logo) = &newsletter.mail_logo {
                        img src=(logo) alt="" height="28" style=(style::LOGO); " "
                    }
                    b.ink style=(style::NAME) { (newsletter.locale.isolate(&newsletter.name)) }
                    @if let Some(date) = date { " · " span style=(style::NAMED) { (date) } }
                }
                td.quiet align=(Sides::of(newsletter).end) style=(style::MASTHEAD) { (aside) }
            } }
        } }
    }
}

pub(super) fn button(label: &Message, url: &str) -> Markup {
    html! {
        table role="presentation" cellpadding="0" cellspacing="0" {
            tr { td.button style=(style::BUTTON_CELL) {
                a.pressed href=(url) style=(style::BUTTON) { (label) }
            } }
        }
    }
}

pub(super) fn footer(newsletter: &Newsletter, personal: &Personal) -> Markup {
    let locale = &newsletter.locale;
    html! {
        tr { td.quiet style=(style::FOOTER) {
            (locale.html("mail-why", args![newsletter = &newsletter.name]))
            br;
            (personal.address)
            br;
            a.spot href=(personal.unsubscribe_url) style=(style::LINK) { (locale.html("mail-unsubscribe", args![])) }
            " · "
            a.spot href=(personal.settings_url) style=(style::LINK) { (locale.html("mail-settings-link", args![])) }
            br;
            br;
            (postal_address(newsletter))
        } }
    }
}

pub(super) fn postal_address(newsletter: &Newsletter) -> Markup {
    html! {
        @for (number, line) in newsletter.postal_address.lines().enumerate() {
            @if number > 0 { br; }
            (newsletter.locale.isolate(line))
        }
    }
}
