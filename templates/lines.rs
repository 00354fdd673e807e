//! Wraps and indents plain text.

/// Breaks `text` at blanks into lines of at most `width` characters, and keeps its line breaks. A
/// longer word, such as a URL, gets its own line and is never cut.
pub(crate) fn wrap(text: &str, width: usize) -> String {
    let lines = text.split('\n').map(|line| wrap_line(line, width));
    lines.collect::<Vec<_>>().join("\n")
}

fn wrap_line(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut used = 0;
    for word in text.split([' ', '\t']).filter(|word| !word.is_empty()) {
        let length = word.chars().count();
        if used > 0 && used + 1 + length > width {
            out.push('\n');
            used = 0;
        } else if used > 0 {
            out.push(' ');
            used += 1;
        }
        out.push_str(word);
        used += length;
    }
    out
}

/// Puts `mark` before the first line, and blanks of the same width before the others.
pub(crate) fn hang(mark: &str, text: &str) -> String {
    let blank = " ".repeat(mark.chars().count());
    let marks = std::iter::once(mark).chain(std::iter::repeat(&*blank));
    let lines = marks.zip(text.split('\n'));
    let lines = lines.map(|(mark, line)| format!("{mark}{line}").trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}
