//! Reads our Rust sources as tokens, for the guards: which messages they ask for, and which words they hold.

use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

/// Attributes of HTML whose values are read by people.
const TEXT_ATTRIBUTES: [&str; 5] = ["alt", "aria-label", "label", "placeholder", "title"];

/// A Rust file that is not a test.
pub(super) struct Source {
    /// Relative to its crate's folder.
    pub(super) path: String,
    text: String,
}

/// A call that asks for a message.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Call {
    pub(super) line: usize,
    /// `None` if it is not a literal.
    pub(super) id: Option<String>,
    /// The names of the arguments.
    pub(super) args: Vec<String>,
}

/// The Rust files of a folder, except tests and what only they use.
pub(super) fn sources(folder: &Path) -> Vec<Source> {
    let mut files = Vec::new();
    collect(folder, &mut files);
    let is_test = |path: &str| {
        let stem = path.trim_end_matches(".rs").rsplit('/').next();
        let ours = ["tests", "fixture", "guard", "sources"];
        stem.is_some_and(|stem| ours.contains(&stem)) || path.contains("/tests/")
    };
    let sources = files.into_iter().map(|file| Source {
        path: file
            .strip_prefix(folder)
            .unwrap()
            .to_str()
            .unwrap()
            .replace('\\', "/"),
        text: std::fs::read_to_string(&file).unwrap(),
    });
    let sources: Vec<_> = sources.filter(|source| !is_test(&source.path)).collect();
    assert!(sources.len() > 10, "{} was not read", folder.display());
    sources
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|end| end == "rs") {
            files.push(path);
        }
    }
    files.sort();
}

impl Source {
    pub(super) fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    /// Calls of `message`, `text` and `html` whose first argument is a literal or whose second is `args![…]`.
    pub(super) fn calls(&self) -> Vec<Call> {
        let mut calls = Vec::new();
        self.each(&mut |tokens, at, _| calls.extend(call(&tokens[at..])));
        calls
    }

    /// String literals that a reader could see, with their lines.
    pub(super) fn words(&self) -> Vec<(usize, String)> {
        let mut words = Vec::new();
        self.each(&mut |tokens, at, in_maud| {
            if let TokenTree::Literal(literal) = &tokens[at]
                && let Some(text) = string(literal)
                && is_shown(&text, &tokens[..at], &tokens[at + 1..], in_maud)
            {
                words.push((literal.span().start().line, text));
            }
        });
        words
    }

    /// Shows every token with its neighbors, and whether it is in Maud's language.
    fn each(&self, visit: &mut impl FnMut(&[TokenTree], usize, bool)) {
        let tokens: TokenStream = self.text.parse().unwrap();
        each(tokens, false, visit);
    }
}

fn each(tokens: TokenStream, in_maud: bool, visit: &mut impl FnMut(&[TokenTree], usize, bool)) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        if let Some(skipped) = unseen(&tokens[at..], in_maud) {
            at += skipped;
            continue;
        }
        visit(&tokens, at, in_maud);
        if let TokenTree::Group(group) = &tokens[at] {
            let opens = at >= 2 && is(&tokens[at - 1], '!') && is_word(&tokens[at - 2], "html");
            let is_value = at >= 1 && is(&tokens[at - 1], '=');
            let goes_on = in_maud && !is_value && group.delimiter() == Delimiter::Brace;
            each(group.stream(), opens || goes_on, visit);
        }
        at += 1;
    }
}

/// The length of what no reader sees: an assertion, a line of the log, or an attribute, with the item after it if that
/// is a test.
fn unseen(tokens: &[TokenTree], in_maud: bool) -> Option<usize> {
    match tokens {
        _ if in_maud => return None,
        [hash, bang, TokenTree::Group(_), ..] if is(hash, '#') && is(bang, '!') => return Some(3),
        [name, bang, TokenTree::Group(_), ..] if is_word(name, "debug_assert") && is(bang, '!') => {
            return Some(3);
        }
        [name, _, _, _, bang, TokenTree::Group(_), ..]
            if is_word(name, "tracing") && is(bang, '!') =>
        {
            return Some(6);
        }
        _ => {}
    }
    let [hash, TokenTree::Group(group), rest @ ..] = tokens else {
        return None;
    };
    if !is(hash, '#') || group.delimiter() != Delimiter::Bracket {
        return None;
    }
    if group.stream().to_string().replace(' ', "") != "cfg(test)" {
        return Some(2);
    }
    let end = rest.iter().position(|token| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        token => is(token, ';'),
    });
    Some(2 + end.map_or(rest.len(), |end| end + 1))
}

fn call(tokens: &[TokenTree]) -> Option<Call> {
    let [dot, name, TokenTree::Group(group), ..] = tokens else {
        return None;
    };
    let asks = ["message", "text", "html"];
    let is_call = is(dot, '.') && asks.iter().any(|ask| is_word(name, ask));
    if !is_call || group.delimiter() != Delimiter::Parenthesis {
        return None;
    }
    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
    let id = inner.first().and_then(|first| match first {
        TokenTree::Literal(literal) => string(literal),
        _ => None,
    });
    let args = inner.windows(3).find_map(|three| match three {
        [name, mark, TokenTree::Group(args)] if is_word(name, "args") && is(mark, '!') => {
            Some(names(args))
        }
        _ => None,
    });
    (id.is_some() || args.is_some()).then(|| Call {
        line: name.span().start().line,
        id,
        args: args.unwrap_or_default(),
    })
}

/// The names in `args![one, other = value]`.
fn names(args: &Group) -> Vec<String> {
    let tokens: Vec<TokenTree> = args.stream().into_iter().collect();
    let parts = tokens.split(|token| is(token, ','));
    let first = parts.filter_map(|part| part.first());
    first.map(ToString::to_string).collect()
}

/// The text of a string literal, without its line continuations.
fn string(literal: &Literal) -> Option<String> {
    let source = literal.to_string();
    let quoted = source.trim_start_matches('r').trim_matches('#');
    let text = quoted.strip_prefix('"')?.strip_suffix('"')?;
    let mut lines = text.split("\\\n");
    let mut joined = lines.next().unwrap_or_default().to_owned();
    lines.for_each(|line| joined.push_str(line.trim_start()));
    Some(joined)
}

fn is_shown(text: &str, before: &[TokenTree], after: &[TokenTree], in_maud: bool) -> bool {
    if !in_maud {
        return is_sentence(text);
    }
    let is_pattern = matches!(after, [one, two, ..] if is(one, '=') && is(two, '>'));
    match before.split_last() {
        _ if is_pattern => false,
        Some((sign, name)) if is(sign, '=') => {
            TEXT_ATTRIBUTES.contains(&&*attribute_name(name)) && text.contains(char::is_alphabetic)
        }
        // An id or a class.
        Some((sign, _)) if is(sign, '#') || is(sign, '.') => false,
        _ => text.contains(char::is_alphabetic),
    }
}

/// The name at the end of the tokens, such as `aria-label`.
fn attribute_name(tokens: &[TokenTree]) -> String {
    let mut name = String::new();
    for token in tokens.iter().rev() {
        let goes_on = match token {
            TokenTree::Ident(_) => name.is_empty() || name.starts_with('-'),
            token => is(token, '-'),
        };
        if !goes_on {
            break;
        }
        name.insert_str(0, &token.to_string());
    }
    name
}

/// True for two words in a row, one of which may be a placeholder, and for one in title case.
fn is_sentence(text: &str) -> bool {
    let is_plain = |word: &str| {
        let word = word.trim_end_matches(['.', ',', ':', ';', '?', '!', '…']);
        !word.is_empty() && word.chars().all(|c| c.is_alphabetic() || "’'".contains(c))
    };
    let is_placeholder = |word: &str| word.starts_with('{') && word.contains('}');
    let words: Vec<&str> = text.split_whitespace().collect();
    let pairs = words.windows(2).any(|pair| {
        let plain = pair.iter().filter(|word| is_plain(word)).count();
        let values = pair.iter().filter(|word| is_placeholder(word)).count();
        plain > 0 && plain + values == 2
    });
    let title = |word: &str| {
        let mut chars = word.chars();
        is_plain(word)
            && chars.next().is_some_and(char::is_uppercase)
            && chars.next().is_some_and(char::is_lowercase)
    };
    pairs || matches!(words.as_slice(), [only] if title(only))
}

fn is(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}
