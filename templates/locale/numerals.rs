//! How a language writes numbers.

/// A language's digits and the mark between its thousands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numerals {
    zero: char,
    separator: String,
    /// The fewest digits of a number with a separator.
    least: usize,
}

impl Default for Numerals {
    fn default() -> Self {
        Self {
            zero: '0',
            separator: String::new(),
            least: usize::MAX,
        }
    }
}

impl Numerals {
    /// The numerals of a language that writes 1234 and 12345 so.
    pub(super) fn like(four: &str, five: &str) -> Self {
        let one = five.chars().next().filter(|one| one.is_numeric());
        let zero = one.and_then(|one| char::from_u32(u32::from(one) - 1));
        let separator = five.chars().skip(2).take_while(|c| !c.is_numeric());
        let separator: String = separator.collect();
        let least = match (separator.is_empty(), four.contains(&separator)) {
            (true, _) => usize::MAX,
            (false, true) => 4,
            (false, false) => 5,
        };
        Self {
            zero: zero.unwrap_or('0'),
            separator,
            least,
        }
    }

    /// A decimal number in ASCII, as the language writes it.
    pub(super) fn write(&self, number: &str) -> String {
        let digits = number.trim_start_matches('-');
        let sign = &number[..number.len() - digits.len()];
        let groups = digits.len() >= self.least && digits.bytes().all(|b| b.is_ascii_digit());
        let mut written = sign.to_owned();
        for (at, digit) in digits.char_indices() {
            let behind = digits.len() - at;
            if groups && at > 0 && behind.is_multiple_of(3) {
                written.push_str(&self.separator);
            }
            written.push(self.digit(digit));
        }
        written
    }

    /// A text with the language's digits, such as a year or a time.
    pub(super) fn digits(&self, text: &str) -> String {
        text.chars().map(|c| self.digit(c)).collect()
    }

    fn digit(&self, c: char) -> char {
        let value = c.to_digit(10);
        let digit = value.and_then(|value| char::from_u32(u32::from(self.zero) + value));
        digit.unwrap_or(c)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_like_the_samples() {
        let numbers = ["0", "999", "1234", "12345", "1234567", "-1234"];
        for ((four, five), said) in [
            (
                ("1,234", "12,345"),
                ["0", "999", "1,234", "12,345", "1,234,567", "-1,234"],
            ),
            (
                ("1234", "12\u{a0}345"),
                [
                    "0",
                    "999",
                    "1234",
                    "12\u{a0}345",
                    "1\u{a0}234\u{a0}567",
                    "-1234",
                ],
            ),
            (
                ("١٬٢٣٤", "١٢٬٣٤٥"),
                ["٠", "٩٩٩", "١٬٢٣٤", "١٢٬٣٤٥", "١٬٢٣٤٬٥٦٧", "-١٬٢٣٤"],
            ),
            (
                ("1234", "12345"),
                ["0", "999", "1234", "12345", "1234567", "-1234"],
            ),
            (("", ""), ["0", "999", "1234", "12345", "1234567", "-1234"]),
        ] {
            let numerals = Numerals::like(four, five);
            assert_eq!(numbers.map(|number| numerals.write(number)), said);
        }
        assert_eq!(Numerals::like("", "١٢٬٣٤٥").digits("09:30"), "٠٩:٣٠");
    }
}
