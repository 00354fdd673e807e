//! Wraps, indents and aligns plain text. Widths are columns of a terminal: a Chinese or Japanese character takes two.

use unicode_linebreak::linebreaks;
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Breaks `text` at blanks, and between Chinese or Japanese characters, into lines of at most `width` columns, and
/// keeps its line breaks. A longer word, such as a URL, gets its own line and is never cut.
pub(crate) fn wrap(text: &str, width: usize) -> String {
    let lines = text.split('\n').map(|line| wrap_line(line, width));
    lines.collect::<Vec<_>>().join("\n")
}

fn wrap_line(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut used = 0;
    for word in text.split([' ', '\t']).filter(|word| !word.is_empty()) {
        let mut blank = usize::from(used > 0);
        for piece in pieces(word) {
            let columns = piece.width();
            if used > 0 && used + blank + columns > width {
                out.push('\n');
                used = 0;
            } else if blank > 0 {
                out.push(' ');
                used += 1;
            }
            out.push_str(piece);
            used += columns;
            blank = 0;
        }
    }
    out
}

/// Cuts a word where the Unicode line breaking algorithm (UAX #14) allows it next to a wide character. Elsewhere it
/// would cut URLs and compounds.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let breaks = linebreaks(word).filter(|(at, _)| {
        let (before, after) = word.split_at(*at);
        let is_wide = |c: Option<char>| c.and_then(char::width) == Some(2);
        after.is_empty() || is_wide(before.chars().next_back()) || is_wide(after.chars().next())
    });
    breaks.map(move |(end, _)| &word[std::mem::replace(&mut start, end)..end])
}

/// Puts `mark` before the first line, and blanks of the same width before the others.
pub(crate) fn hang(mark: &str, text: &str) -> String {
    let blank = " ".repeat(mark.width());
    let marks = std::iter::once(mark).chain(std::iter::repeat(&*blank));
    let lines = marks.zip(text.split('\n'));
    let lines = lines.map(|(mark, line)| format!("{mark}{line}").trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

/// Rows of cells, each wrapped within its column. Two blanks stand between columns.
pub(crate) fn columns<const N: usize>(widths: [usize; N], rows: &[[String; N]]) -> String {
    let row = |cells: &[String; N]| {
        let columns = std::array::from_fn::<_, N, _>(|at| fit(&cells[at], widths[at]));
        let height = columns.iter().map(Vec::len).max().unwrap_or(0);
        let line = |at: usize| {
            let mut line = String::new();
            for (column, width) in columns.iter().zip(widths) {
                let cell = column.get(at).map_or("", String::as_str);
                line.push_str(cell);
                line.push_str(&" ".repeat((width + 2).saturating_sub(cell.width())));
            }
            line.trim_end().to_owned()
        };
        (0..height).map(line).collect::<Vec<_>>().join("\n")
    };
    rows.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// Lines of at most `width` columns: a longer word is cut.
fn fit(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for line in wrap(text, width).split('\n') {
        let (mut cut, mut used) = (String::new(), 0);
        for c in line.chars() {
            used += c.width().unwrap_or(0);
            if used > width {
                lines.push(std::mem::take(&mut cut));
                used = c.width().unwrap_or(0);
            }
            cut.push(c);
        }
        lines.push(cut);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_text_breaks_at_blanks_only() {
        assert_eq!(wrap("one  two\tthree\nfour", 7), "one two\nthree\nfour");
        let address = "https://example.com/a-b/c?d=e";
        assert_eq!(
            wrap(&format!("see {address} now"), 10),
            format!("see\n{address}\nnow")
        );
        assert_eq!(wrap("cafe\u{301}s are open", 9), "cafe\u{301}s are\nopen");
    }

    #[test]
    fn wide_characters_count_twice_and_break_where_they_may() {
        assert_eq!(
            wrap("専門家は全員「採用」と答えました。", 12),
            "専門家は全員\n「採用」と答\nえました。"
        );
        assert_eq!(
            wrap("三人中两人会选择Llama 4来发布", 16),
            "三人中两人会选择\nLlama 4来发布"
        );
        assert_eq!(
            wrap("すべて見る https://example.com/a-b", 10),
            "すべて見る\nhttps://example.com/a-b"
        );
    }

    #[test]
    fn a_hanging_mark_is_as_wide_as_the_blanks_below_it() {
        assert_eq!(hang("・", "a\nb"), "・a\n  b");
    }

    #[test]
    fn wide_characters_take_two_columns_and_break_anywhere_but_at_punctuation() {
        assert_eq!(wrap("一二三四五", 6), "一二三\n四五");
        assert_eq!(wrap("一二三。四五", 6), "一二\n三。四\n五");
        assert_eq!(wrap("一二「三四」", 6), "一二\n「三\n四」");
        assert_eq!(wrap("GPU 一枚で動く", 9), "GPU 一枚\nで動く");
        assert_eq!(wrap("a-b-c d/e", 3), "a-b-c\nd/e");
        assert_eq!(wrap("👩‍💻👩‍💻", 2), "👩‍💻\n👩‍💻");
        assert_eq!(hang("一 ", "a\nb"), "一 a\n   b");
    }

    #[test]
    fn cells_stay_in_their_columns() {
        let rows = [
            ["Name", "Axolotl v0.16", "通義 四号"].map(str::to_owned),
            ["", "incomprehensibilities", ""].map(str::to_owned),
        ];
        assert_eq!(
            columns([4, 8, 6], &rows),
            "Name  Axolotl   通義\n      v0.16     四号\n      incompre\n      hensibil\n      ities"
        );
    }
}
