//! Wraps, indents and aligns plain text. Widths are columns of a terminal: most Chinese, Japanese and Korean
//! characters take two.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Punctuation that begins no line, where lines may break between any two characters.
const NEVER_FIRST: &str = "、。，．・：；？！）］｝」』】〉》〕’”ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…％.,:;!?)]}\"'%";

/// Punctuation that ends no line there.
const NEVER_LAST: &str = "（［｛「『【〈《〔‘“([{\"'";

/// Breaks `text` at blanks and beside wide characters into lines of at most `width` columns, and keeps its line
/// breaks. A longer word, such as a URL, gets its own line and is never cut.
pub(crate) fn wrap(text: &str, width: usize) -> String {
    let lines = text.split('\n').map(|line| wrap_line(line, width));
    lines.collect::<Vec<_>>().join("\n")
}

fn wrap_line(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut used = 0;
    for word in text.split([' ', '\t']).filter(|word| !word.is_empty()) {
        let mut gap = " ";
        for piece in pieces(word) {
            let length = piece.width();
            if used > 0 && used + gap.len() + length > width {
                out.push('\n');
                used = 0;
            } else if used > 0 {
                out.push_str(gap);
                used += gap.len();
            }
            out.push_str(piece);
            used += length;
            gap = "";
        }
    }
    out
}

/// Cuts a word where a line may break: beside wide characters, except before or behind some punctuation.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let mut chars = rest.char_indices().peekable();
        while let Some((_, last)) = chars.next() {
            let at = chars.peek().filter(|(_, first)| breaks(last, *first));
            if let Some(&(at, _)) = at {
                let (piece, behind) = rest.split_at(at);
                rest = behind;
                return Some(piece);
            }
        }
        let piece = std::mem::take(&mut rest);
        (!piece.is_empty()).then_some(piece)
    })
}

fn breaks(last: char, first: char) -> bool {
    let [before, behind] = [last, first].map(|c| c.width().unwrap_or(0));
    // A character without width belongs to its neighbours.
    before.min(behind) > 0
        && before.max(behind) > 1
        && !NEVER_LAST.contains(last)
        && !NEVER_FIRST.contains(first)
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
