//! The newsletter's accent color on the pages and the card. `mail/look.rs` has those of the mail.

use crate::color::Color;
use crate::comparison::Newsletter;

/// The darkest ground of the light pages and the lightest of the dark ones: `--shade` in `style.css`. What can be read
/// on it can be read on the paper.
pub const LIGHT: Color = Color::new(0xed_e6_d6);
pub const DARK: Color = Color::new(0x25_23_1b);

/// The papers, in `style.css`.
const LIGHT_PAPER: Color = Color::new(0xfa_f7_f0);
const DARK_PAPER: Color = Color::new(0x16_15_0f);

/// The house's own green.
const GREEN: Color = Color::new(0x0b_5a_4a);

/// The color of large areas.
pub(crate) fn block(newsletter: &Newsletter) -> Color {
    configured(newsletter).unwrap_or(GREEN)
}

/// What the operator chose.
pub(crate) fn configured(newsletter: &Newsletter) -> Option<Color> {
    newsletter.accent.as_deref().and_then(Color::parse)
}

/// The custom properties that replace the colors of `style.css`; empty without a configured accent. Where the accent
/// is text, it is darkened or lightened until it can be read; where it is the ground, the text on it is black or
/// white.
pub(crate) fn properties(newsletter: &Newsletter) -> String {
    let Some(accent) = configured(newsletter) else {
        return String::new();
    };
    let light = of_scheme(accent, LIGHT, Color::BLACK, LIGHT_PAPER);
    let dark = of_scheme(accent, DARK, Color::WHITE, DARK_PAPER);
    format!(":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n")
}

fn of_scheme(accent: Color, ground: Color, end: Color, paper: Color) -> String {
    let spot = accent.readable_on(ground, end);
    let soft = paper.mixed(spot, 10);
    let spot = spot.readable_on(soft, end);
    let (on_spot, on_block) = (spot.text_on(), accent.text_on());
    format!(
        "--spot: {spot}; --on-spot: {on_spot}; --block: {accent}; --on-block: {on_block}; --aside: {on_block}; \
         --soft: {soft};"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::READABLE;
    use crate::fixture;

    /// The value of a custom property in a style sheet's nth rule.
    fn value(css: &str, name: &str, nth: usize) -> Option<Color> {
        let name = format!("{name}: ");
        let mut values = css.split(&name).skip(1 + nth);
        Color::parse(values.next()?.get(..7)?)
    }

    #[test]
    fn any_accent_can_be_read_in_light_and_dark() {
        let mut newsletter = fixture::newsletter();
        let sheet = crate::page::STYLE_CSS;
        for accent in [
            "#000000", "#ffffff", "#ffd400", "#777777", "#ff0000", "#00ff00", "#0000ff", "#0b5a4a",
        ] {
            newsletter.accent = Some(accent.to_owned());
            let css = properties(&newsletter);
            for scheme in [0, 1] {
                let of = |css, name| value(css, name, scheme);
                for (text, ground) in [
                    (of(&css, "--spot"), of(sheet, "--paper")),
                    (of(&css, "--spot"), of(sheet, "--shade")),
                    (of(&css, "--spot"), of(&css, "--soft")),
                    (of(sheet, "--ink"), of(&css, "--soft")),
                    (of(sheet, "--quiet"), of(&css, "--soft")),
                    (of(&css, "--on-spot"), of(&css, "--spot")),
                    (of(&css, "--on-block"), of(&css, "--block")),
                    (of(&css, "--aside"), of(&css, "--block")),
                ] {
                    let contrast = text.zip(ground).map(|(text, ground)| text.contrast(ground));
                    assert!(
                        contrast >= Some(READABLE),
                        "{accent}: {text:?} on {ground:?}: {contrast:?}\n{css}"
                    );
                }
            }
        }
    }

    #[test]
    fn without_an_accent_or_with_a_broken_one_the_sheet_stays() {
        let mut newsletter = fixture::newsletter();
        for accent in [None, Some("red;}*{}".to_owned())] {
            newsletter.accent = accent;
            assert_eq!(properties(&newsletter), "");
            assert_eq!(block(&newsletter), GREEN);
        }
    }

    #[test]
    fn the_grounds_are_those_of_the_style_sheet() {
        let sheet = crate::page::STYLE_CSS;
        for (name, grounds) in [
            ("--paper", [LIGHT_PAPER, DARK_PAPER]),
            ("--shade", [LIGHT, DARK]),
        ] {
            for (at, ground) in grounds.into_iter().enumerate() {
                assert_eq!(value(sheet, name, at), Some(ground), "{name}");
            }
        }
        assert_eq!(value(sheet, "--block", 0), Some(GREEN));
    }
}
