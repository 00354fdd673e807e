//! The fonts that draw the cards: one is built in, the others are the system's.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use fontdb::{Database, FaceInfo, Style};
use templates::card::{self, FONT};
use templates::comparison::{Comparison, Newsletter};
use ttf_parser::Face;

/// What the fonts of this machine cannot draw, and what to install.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingFonts {
    /// In order, each once.
    pub characters: String,
    /// Debian's name of the package that has them.
    pub package: &'static str,
}

/// Fonts for the characters of a card.
pub(super) struct Fonts {
    /// Where the renderer finds them.
    pub(super) database: Arc<Database>,
    families: HashMap<char, String>,
    missing: BTreeSet<char>,
}

impl Fonts {
    /// Slow if a character is not in the built-in font: the first time, it reads the system's fonts.
    pub(super) fn of(newsletter: &Newsletter, comparison: &Comparison) -> Self {
        let mut fonts = Self {
            database: built_in(),
            families: HashMap::new(),
            missing: characters(newsletter, comparison),
        };
        fonts.search(newsletter.locale.lang());
        if !fonts.missing.is_empty() {
            fonts.database = all();
            fonts.search(newsletter.locale.lang());
        }
        fonts
    }

    /// Looks for a font for each missing character.
    fn search(&mut self, language: &str) {
        let mut faces: Vec<&FaceInfo> = self.database.faces().collect();
        // Scripts that several languages share look different in each.
        faces.sort_by_key(|face| (face.style != Style::Normal, !is_for(face, language)));
        for face in faces {
            if self.missing.is_empty() {
                return;
            }
            let Some((family, _)) = face.families.first() else {
                continue;
            };
            let has = |font: &[u8], index| {
                let face = Face::parse(font, index).ok()?;
                let found = self.missing.iter().copied();
                Some(found.filter(|c| face.glyph_index(*c).is_some()).collect())
            };
            let found = self.database.with_face_data(face.id, has).flatten();
            let found: Vec<char> = found.unwrap_or_default();
            for c in found {
                self.missing.remove(&c);
                self.families.insert(c, family.clone());
            }
        }
    }

    /// The font that draws a character.
    pub(super) fn family(&self, c: char) -> Option<&str> {
        self.families.get(&c).map(String::as_str)
    }

    pub(super) fn missing(&self) -> Option<MissingFonts> {
        Some(MissingFonts {
            package: package(*self.missing.first()?),
            characters: self.missing.iter().collect(),
        })
    }
}

/// What the card of a comparison would leave out.
pub fn missing_fonts(newsletter: &Newsletter, comparison: &Comparison) -> Option<MissingFonts> {
    Fonts::of(newsletter, comparison).missing()
}

/// Every character that a card shows.
fn characters(newsletter: &Newsletter, comparison: &Comparison) -> BTreeSet<char> {
    let characters = std::cell::RefCell::new(BTreeSet::new());
    card::card(newsletter, comparison, &|c| {
        characters.borrow_mut().insert(c);
        Some(FONT)
    });
    characters.into_inner()
}

fn built_in() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let load = || {
        let mut fonts = Database::new();
        for font in [dejavu::serif::regular(), dejavu::serif::bold()] {
            fonts.load_font_data(font.to_vec());
        }
        Arc::new(fonts)
    };
    Arc::clone(FONTS.get_or_init(load))
}

/// The built-in font, and the system's behind it.
fn all() -> Arc<Database> {
    static FONTS: OnceLock<Arc<Database>> = OnceLock::new();
    let load = || {
        let mut fonts = Database::clone(&built_in());
        fonts.load_system_fonts();
        Arc::new(fonts)
    };
    Arc::clone(FONTS.get_or_init(load))
}

/// True for a variant of a CJK font that was made for this language.
fn is_for(face: &FaceInfo, language: &str) -> bool {
    let language = language.to_ascii_lowercase();
    let variant = match language.split('-').next() {
        Some("ja") => " JP",
        Some("ko") => " KR",
        Some("zh") if language.contains("hant") || language.contains("-tw") => " TC",
        Some("zh") => " SC",
        _ => return false,
    };
    let mut families = face.families.iter();
    families.any(|(family, _)| family.ends_with(variant))
}

/// Debian's package with a font for a character's script.
fn package(c: char) -> &'static str {
    match c {
        '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' => {
            "fonts-noto-cjk"
        }
        '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}' => {
            "fonts-noto-cjk"
        }
        '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}' => "fonts-symbola",
        _ => "fonts-noto-core",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_names_the_package_with_its_font() {
        for (c, want) in [
            ('通', "fonts-noto-cjk"),
            ('ラ', "fonts-noto-cjk"),
            ('한', "fonts-noto-cjk"),
            ('ل', "fonts-noto-core"),
            ('அ', "fonts-noto-core"),
            ('🦀', "fonts-symbola"),
        ] {
            assert_eq!(package(c), want, "{c}");
        }
    }

    #[test]
    fn the_built_in_font_draws_european_scripts() {
        let mut fonts = Fonts {
            database: built_in(),
            families: HashMap::new(),
            missing: "Łódź Ελλάδα Москва “…” — · ✓通".chars().collect(),
        };
        fonts.search("en");
        assert_eq!(fonts.family('Л'), None);
        assert_eq!(fonts.family('М'), Some(FONT));
        assert_eq!(fonts.family('通'), None);
        assert!(fonts.missing.contains(&'通') && !fonts.missing.contains(&'—'));
    }
}
