//! Plain text in lines: wrapping and hanging indents.

/// Breaks `text` into lines of at most `width` characters at blanks; keeps the breaks it has. A
/// word longer than a line, such as an address, stands on a line of its own and is never cut.
pub(crate) fn wrap(text: &str, width: usize) -> String {
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| wrap_line(line, width))
        .collect();
    lines.join("\n")
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

/// Puts `mark` before the first line and as many blanks before the others.
pub(crate) fn hang(mark: &str, text: &str) -> String {
    let blank = " ".repeat(mark.chars().count());
    let lines: Vec<String> = text
        .split('\n')
        .enumerate()
        .map(|(at, line)| format!("{}{line}", if at == 0 { mark } else { &blank }))
        .map(|line| line.trim_end().to_owned())
        .collect();
    lines.join("\n")
}
