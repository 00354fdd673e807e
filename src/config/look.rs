//! How the newsletter looks: its logo and its accent color.

use std::fmt;
use std::path::Path;
use std::str;
use std::sync::Arc;

use resvg::usvg::roxmltree::{Document, ParsingOptions};
use strum::VariantArray;
use templates::accent::{DARK, LIGHT};
use templates::color::{Color, READABLE};

use crate::findings::Report;
use crate::toml_source::{self, Value};

/// Most bytes of a logo: every page loads it.
const LOGO: usize = 200 * 1024;

/// The kind of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
pub enum LogoKind {
    Svg,
    Png,
    Webp,
    Jpeg,
    Gif,
}

impl LogoKind {
    /// Where the pages serve a logo of this kind.
    pub fn path(self) -> &'static str {
        match self {
            Self::Svg => "/logo.svg",
            Self::Png => "/logo.png",
            Self::Webp => "/logo.webp",
            Self::Jpeg => "/logo.jpg",
            Self::Gif => "/logo.gif",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
        }
    }

    /// The kind of a picture, by its content.
    fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            [
                b'R',
                b'I',
                b'F',
                b'F',
                _,
                _,
                _,
                _,
                b'W',
                b'E',
                b'B',
                b'P',
                ..,
            ] => Some(Self::Webp),
            _ => is_svg(bytes).then_some(Self::Svg),
        }
    }
}

/// True for an XML document whose root is an `svg` element.
fn is_svg(bytes: &[u8]) -> bool {
    let options = ParsingOptions {
        // Drawing programs write a document type.
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    let text = str::from_utf8(bytes).ok();
    let document = text.and_then(|text| Document::parse_with_options(text, options).ok());
    document.is_some_and(|document| {
        let name = document.root_element().tag_name();
        (name.namespace(), name.name()) == (Some("http://www.w3.org/2000/svg"), "svg")
    })
}

/// A picture that stands for the newsletter. Cheap to clone. Debug shows its kind and size.
#[derive(Clone, PartialEq, Eq)]
pub struct Logo {
    pub kind: LogoKind,
    pub bytes: Arc<[u8]>,
}

impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Logo({:?}, {} bytes)", self.kind, self.bytes.len())
    }
}

/// Reads the picture that a value names; a relative path starts at `folder`.
pub(super) fn logo(value: &Value<'_>, folder: &Path, report: &mut Report) -> Option<Logo> {
    let path = folder.join(value.line(4096, report)?);
    let bytes = match toml_source::read_file(&path) {
        Ok(bytes) => bytes,
        Err(error) => {
            let finding = value.fault("bad-logo", "`logo` names no file");
            let label = format!("{} cannot be read: {error}", path.display());
            return report.refuse(finding.label(label));
        }
    };
    if bytes.len() > LOGO {
        let finding = value.fault("bad-logo", "the logo is too large: every page loads it");
        let most = LOGO / 1024;
        return report.refuse(finding.label(format!("at most {most} KB")));
    }
    let Some(kind) = LogoKind::of(&bytes) else {
        let finding = value.fault("bad-logo", "`logo` names no picture");
        let label = format!("{} is not SVG, PNG, WebP, JPEG or GIF", path.display());
        return report.refuse(finding.label(label));
    };
    Some(Logo {
        kind,
        bytes: bytes.into(),
    })
}

/// Whether mails show the logo. Warns if readers would not see it there. `logo` is `None` if there is none, and
/// `Some(None)` if it cannot be used.
pub(super) fn mail_logo(
    value: &Value<'_>,
    logo: Option<Option<LogoKind>>,
    report: &mut Report,
) -> Option<bool> {
    let wanted = value.boolean(report)?;
    let hidden = match logo {
        _ if !wanted => None,
        None => Some(("there is no `logo` to show in mails", "set `logo` as well")),
        Some(Some(LogoKind::Svg)) => Some((
            "Gmail and Outlook show no SVG in mails",
            "give `logo` a PNG file, at twice the size that it is shown at",
        )),
        Some(Some(LogoKind::Webp)) => Some((
            "Outlook shows no WebP in mails",
            "give `logo` a PNG or JPEG file",
        )),
        Some(None | Some(LogoKind::Png | LogoKind::Jpeg | LogoKind::Gif)) => None,
    };
    if let Some((message, help)) = hidden {
        report.push(value.doubt("mail-logo", message).help(help));
    }
    Some(wanted)
}

/// A color that links and buttons can have: `#rrggbb`, readable on light pages. No color can be read there and in dark
/// mode, for which templates use a lighter shade.
pub(super) fn accent(value: &Value<'_>, report: &mut Report) -> Option<String> {
    let text = value.line(20, report)?;
    let Some(color) = Color::parse(&text) else {
        let finding = value.fault("bad-color", format!("`{text}` is not a color"));
        return report.refuse(finding.help("write it as `#` and six digits, like `#0b5a4a`"));
    };
    let contrast = color.contrast(LIGHT);
    if contrast < READABLE {
        let message = "links and buttons in this color are hard to read on a light page";
        let finding = value.fault("low-contrast", message);
        let darker = color.readable_on(LIGHT, Color::BLACK);
        let lighter = darker.readable_on(DARK, Color::WHITE);
        return report.refuse(
            finding
                .label(format!("its contrast is {contrast:.1}; text needs {READABLE}"))
                .help(format!(
                    "write `{darker}`, a darker shade of it; in dark mode, that is shown as `{lighter}`"
                )),
        );
    }
    Some(color.to_string())
}
