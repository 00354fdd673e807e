//! Colors, and how well they can be read on each other (WCAG 2.2).

use std::fmt;

/// The contrast that text needs at least.
pub const READABLE: f64 = 4.5;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color([u8; 3]);

impl Color {
    pub const BLACK: Self = Self([0; 3]);
    pub const WHITE: Self = Self([255; 3]);

    /// From 0xrrggbb.
    pub const fn new(rgb: u32) -> Self {
        let [_, red, green, blue] = rgb.to_be_bytes();
        Self([red, green, blue])
    }

    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        // `from_str_radix` takes a sign.
        let is_hex = digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        let rgb = u32::from_str_radix(digits, 16).ok().filter(|_| is_hex)?;
        Some(Self::new(rgb))
    }

    /// From 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn luminance(self) -> f64 {
        let linear = |channel: u8| match f64::from(channel) / 255.0 {
            low if low <= 0.04045 => low / 12.92,
            high => ((high + 0.055) / 1.055).powf(2.4),
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// Black or white, whichever is easier to read on this color. Its contrast is always above 4.5.
    pub fn text_on(self) -> Self {
        match self.contrast(Self::WHITE) >= self.contrast(Self::BLACK) {
            true => Self::WHITE,
            false => Self::BLACK,
        }
    }

    /// This color, moved towards `end` until it can be read on `ground`.
    #[must_use]
    pub fn readable_on(self, ground: Self, end: Self) -> Self {
        let mut steps = (0..100).map(|percent| self.mixed(end, percent));
        let readable = steps.find(|color| color.contrast(ground) >= READABLE);
        readable.unwrap_or(end)
    }

    /// With the opposite lightness (HSL), and the same hue and saturation.
    #[must_use]
    pub fn inverted(self) -> Self {
        let (least, most) = self.extremes();
        Self(self.0.map(|part| u8::MAX - most + (part - least)))
    }

    /// True if its lightness (HSL) is below one half.
    pub fn is_dark(self) -> bool {
        let (least, most) = self.extremes();
        least < u8::MAX - most
    }

    /// True if its lightness (HSL) is above one half.
    pub fn is_light(self) -> bool {
        let (least, most) = self.extremes();
        least > u8::MAX - most
    }

    /// Its least and its greatest channel.
    fn extremes(self) -> (u8, u8) {
        let [red, green, blue] = self.0;
        (red.min(green).min(blue), red.max(green).max(blue))
    }

    /// With so many percent of another color.
    #[must_use]
    pub fn mixed(self, other: Self, percent: u16) -> Self {
        let mix = |at: usize| {
            let (one, two) = (u16::from(self.0[at]), u16::from(other.0[at]));
            let mixed = (one * (100 - percent) + two * percent + 50) / 100;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Self([mix(0), mix(1), mix(2)])
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_color_is_read_and_written_as_css_does() {
        let color = Color::parse("#0B5a4a");
        assert_eq!(
            color.map(|color| color.to_string()).as_deref(),
            Some("#0b5a4a")
        );
        for wrong in ["", "0b5a4a", "#0b5a4", "#0b5a4a0", "#+b5a4a", "#ééé"] {
            assert_eq!(Color::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrasts_are_those_of_wcag() {
        let contrast = |one: u32, two: u32| Color::new(one).contrast(Color::new(two));
        for (one, two, want) in [
            (0x00_00_00, 0xff_ff_ff, 21.0),
            (0x77_77_77, 0xff_ff_ff, 4.48),
            (0x76_76_76, 0xff_ff_ff, 4.54),
            (0x12_34_56, 0x12_34_56, 1.0),
        ] {
            assert!((contrast(one, two) - want).abs() < 0.01, "{one:x} {two:x}");
        }
    }

    #[test]
    fn an_inverted_color_keeps_its_hue() {
        for (color, inverted) in [
            (0x00_00_00, 0xff_ff_ff),
            (0x0b_5a_4a, 0xa5_f4_e4),
            (0xff_d4_00, 0xff_d4_00),
        ] {
            let (color, inverted) = (Color::new(color), Color::new(inverted));
            assert_eq!((color.inverted(), inverted.inverted()), (inverted, color));
            assert_eq!(color.is_dark(), inverted.is_light());
        }
    }

    #[test]
    fn text_is_readable_on_every_color() {
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let color = Color::new(red << 16 | green << 8 | blue);
                    let contrast = color.contrast(color.text_on());
                    assert!(contrast >= READABLE, "{color}: {contrast}");
                }
            }
        }
    }
}
