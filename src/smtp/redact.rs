//! Masks email addresses in relays' replies. Relays quote them in many spellings: as given, as A-labels, in
//! lower case, quoted, percent-encoded, or as in VERP. Replies go to the ledger, to logs and to editors, so
//! they must not name a reader.
//!
//! When in doubt, the text is masked, so a host name after an equals sign is masked too.

use std::borrow::Cow;

/// Replaces an address.
const MASK: &str = "<address>";

/// Spellings of the at sign.
const AT: [&str; 8] = [
    "@", "\u{ff20}", "\u{fe6b}", "%40", "=40", "+40", "&#64;", "&#x40;",
];

/// Replace the at sign where one mailbox is encoded in another (VERP, the percent hack).
const JOINTS: [char; 2] = ['=', '%'];

/// How far to look for a closing bracket, in characters.
const BRACKET: usize = 400;

/// The text with each address replaced by `<address>`.
pub(super) fn redacted(text: &str) -> Cow<'_, str> {
    let suspicious = |c: char| matches!(c, '@' | '=' | '%' | '+' | '&' | '!') || !c.is_ascii();
    if !text.contains(suspicious) {
        return text.into();
    }
    let text: Vec<char> = text.chars().collect();
    let (mut shown, mut done, mut at) = (String::new(), 0, 0);
    while at < text.len() {
        match address_around(&text, at, done) {
            Some((start, end)) => {
                shown.extend(&text[done..start]);
                shown += MASK;
                (done, at) = (end, end);
            }
            None => at += 1,
        }
    }
    shown.extend(&text[done..]);
    shown.into()
}

/// The start and end of the address with its at sign at `at`, brackets included. It starts at `from` at
/// the earliest.
fn address_around(text: &[char], at: usize, from: usize) -> Option<(usize, usize)> {
    let (mut start, mut end) = if let Some(length) = at_sign(&text[at..]) {
        around_at_sign(text, at, length, from)?
    } else if JOINTS.contains(&text[at]) {
        let end = domain(text, at + 1).filter(|end| is_host_name(&text[at + 1..*end]))?;
        (local_part(text, at, from), end)
    } else if text[at] == '!' {
        // A UUCP bang path: the host comes first.
        let start = domain_before(text, at, from);
        if !is_host_name(&text[start..at]) {
            return None;
        }
        let end = text[at + 1..].iter().position(|c| !is_local(*c));
        let end = end.map_or(text.len(), |length| at + 1 + length);
        (end > at + 1).then_some((start, end))?
    } else {
        return None;
    };
    if start == at && at_sign(&text[at..]).is_none() {
        return None;
    }
    // A route, or an address encoded in another, continues without a gap.
    while let Some(more) = rest(text, end) {
        end = more;
    }
    if let Some((opening, closing)) = brackets(text, start, end, from) {
        (start, end) = (opening, closing);
    }
    Some((start, end))
}

/// The length of the at sign at the start of the text, if there is one.
fn at_sign(text: &[char]) -> Option<usize> {
    let begins = |sign: &&&str| {
        let mut signs = sign.chars().zip(text);
        let same = |(a, b): (char, &char)| a.eq_ignore_ascii_case(b);
        sign.chars().count() <= text.len() && signs.all(same)
    };
    let sign = AT.iter().find(begins)?;
    Some(sign.chars().count())
}

fn around_at_sign(text: &[char], at: usize, length: usize, from: usize) -> Option<(usize, usize)> {
    let start = local_part(text, at, from);
    let end = domain(text, at + length);
    if let Some(end) = end
        && start < at
    {
        return Some((start, end));
    }
    // RFC 5322 §4.4 allows spaces around it. So does prose, so require something like a host name.
    let before = text[from..at].iter().rposition(|c| *c != ' ');
    let before = before.map_or(at, |last| from + last + 1);
    let after = text[at + length..].iter().position(|c| *c != ' ')?;
    let after = at + length + after;
    let end_after = domain(text, after).filter(|end| is_host_name(&text[after..*end]));
    match (end_after, end) {
        (Some(end), _) => Some((local_part(text, before, from), end)),
        // Only a host, as in a source route.
        (None, Some(end)) => Some((at, end)),
        (None, None) => (start < at).then_some((start, at + length)),
    }
}

/// The end of what continues an address without a gap, if anything does.
fn rest(text: &[char], end: usize) -> Option<usize> {
    let next = text.get(end)?;
    if let Some(length) = at_sign(&text[end..]) {
        return Some(domain(text, end + length).unwrap_or(end + length));
    }
    // A source route: `@relay.example.com:ada@example.net`, or `@one,@two:…`.
    let route = matches!(next, ':' | ',');
    let word = text[end..].iter().skip(1).position(|c| !is_local(*c));
    let word = word.map_or(text.len(), |length| end + 1 + length);
    let has_sign = |range: &[char]| (0..range.len()).any(|i| at_sign(&range[i..]).is_some());
    if route && word > end + 1 && has_sign(&text[end + 1..word]) {
        return Some(word);
    }
    // Encoded: `ada%40example%2Enet`, `ada=example.net=relay`.
    (JOINTS.contains(next) && text.get(end + 1).is_some_and(|c| is_domain(*c)))
        .then(|| domain(text, end + 1))
        .flatten()
}

/// The start of the local part that ends before `at`.
fn local_part(text: &[char], at: usize, from: usize) -> usize {
    let mut start = at;
    while start > from {
        match text[start - 1] {
            '"' => match opening_quote(text, start - 1, from) {
                Some(opening) => start = opening,
                None => break,
            },
            c if is_local(c) => start -= 1,
            _ => break,
        }
    }
    start
}

/// The start of the quoted string that ends at `closing`.
fn opening_quote(text: &[char], closing: usize, from: usize) -> Option<usize> {
    let quotes = || (from..closing).rev().filter(|at| text[*at] == '"');
    let escaped = |at: usize| {
        text[from..at]
            .iter()
            .rev()
            .take_while(|c| **c == '\\')
            .count()
            % 2
            == 1
    };
    quotes()
        .find(|at| !escaped(*at))
        .or_else(|| quotes().next())
}

/// The end of the domain that starts at `at`, if there is one.
fn domain(text: &[char], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    if rest.first() == Some(&'[') {
        // An address literal.
        let closing = rest.iter().take(BRACKET).position(|c| *c == ']')?;
        return Some(at + closing + 1);
    }
    let length = rest
        .iter()
        .position(|c| !is_domain(*c))
        .unwrap_or(rest.len());
    let dots = rest[..length]
        .iter()
        .rev()
        .take_while(|c| is_dot(**c))
        .count();
    (length > dots).then_some(at + length - dots)
}

fn domain_before(text: &[char], at: usize, from: usize) -> usize {
    let length = text[from..at]
        .iter()
        .rev()
        .take_while(|c| is_domain(**c))
        .count();
    at - length
}

/// True for dotted labels that end in a top-level domain, so not for numbers.
fn is_host_name(text: &[char]) -> bool {
    let Some(dot) = text.iter().rposition(|c| is_dot(*c)) else {
        return false;
    };
    let top: String = text[dot + 1..].iter().collect::<String>().to_lowercase();
    let is_word = top.chars().count() >= 2 && top.chars().all(char::is_alphabetic);
    dot > 0 && (is_word || top.starts_with("xn--"))
}

/// The angle brackets around an address, or around a local part with unquoted spaces.
fn brackets(text: &[char], start: usize, end: usize, from: usize) -> Option<(usize, usize)> {
    let opening = text[from..start]
        .iter()
        .rposition(|c| matches!(c, '<' | '>'))
        .map(|at| from + at)
        .filter(|at| text[*at] == '<')?;
    let closing = text[end..]
        .iter()
        .take(BRACKET)
        .position(|c| matches!(c, '<' | '>'))
        .map(|at| end + at)
        .filter(|at| text[*at] == '>')?;
    Some((opening, closing + 1))
}

fn is_dot(c: char) -> bool {
    // The others are dots to IDNA (RFC 3490 §3.1).
    matches!(c, '.' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}')
}

fn is_domain(c: char) -> bool {
    c.is_alphanumeric()
        || is_dot(c)
        || matches!(c, '-' | '_')
        || (!c.is_ascii() && !c.is_whitespace())
}

fn is_local(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | ':' | '"')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_spelling_of_an_address_is_masked_and_the_rest_stays() {
        for (said, shown) in [
            (
                "5.1.1 <ada@example.net>: user unknown",
                "5.1.1 <address>: user unknown",
            ),
            (
                "5.1.1 ada@example.net: user unknown",
                "5.1.1 <address>: user unknown",
            ),
            (
                "No mailbox here by that name. ada@example.net.",
                "No mailbox here by that name. <address>.",
            ),
            ("to=<ADA@EXAMPLE.NET> (full)", "to=<address> (full)"),
            ("mailto:ada@example.net", "mailto:<address>"),
            ("rfc822;ada@example.net; 5.2.2", "rfc822;<address>; 5.2.2"),
            ("<zoë@bücher.example.org> no", "<address> no"),
            ("<zoë@xn--bcher-kva.example.org> no", "<address> no"),
            ("<\"ada lovelace\"@example.net> no", "<address> no"),
            ("\"ada lovelace\"@example.net no", "<address> no"),
            ("\"a\\\"da b\"@example.net no", "<address> no"),
            (
                "said \\\"ada lovelace\\\"@example.net no",
                "said <address> no",
            ),
            ("<ada lovelace@example.net> no", "<address> no"),
            ("ada%40example.net no", "<address> no"),
            (
                "http://example.org/why?id=%22ada%20l%22%40example.net;ip=192.0.2.1",
                "http:<address>;ip=192.0.2.1",
            ),
            (
                "bounces+ada=example.net@lists.example.org no",
                "<address> no",
            ),
            ("bounces-ada=example.net no", "<address> no"),
            ("ada=40example.net no", "<address> no"),
            ("ada+40example.net no", "<address> no"),
            ("ada%2540example.net no", "<address> no"),
            ("ada%example.net@relay.example.org no", "<address> no"),
            ("ada%example.net no", "<address> no"),
            ("ada&#64;example.net no", "<address> no"),
            ("ada＠example.net no", "<address> no"),
            ("ada @ example.net no", "<address> no"),
            ("<@relay.example.org:ada@example.net> no", "<address> no"),
            (
                "<@relay.example.org,@b.example.org:ada@example.net> no",
                "<address> no",
            ),
            ("example.net!ada no", "<address> no"),
            ("ada@[192.0.2.1] no", "<address> no"),
            ("ada@localhost no", "<address> no"),
            (
                "<a@example.net> <b@example.net>, c@example.net",
                "<address> <address>, <address>",
            ),
        ] {
            assert_eq!(redacted(said), shown, "{said}");
        }
    }

    #[test]
    fn what_names_nobody_is_left_as_it_is() {
        for said in [
            "2.0.0 Ok: queued as 4F0B212345",
            "2.0.0 OK 1763974800 d2e1a72fcca58-7c3f155c6f1si10481.0 - gsmtp",
            "5.3.4 size=10485760 is over the limit of 5.5MB (100%)",
            "4.7.1 Try again in 300 s; ip=192.0.2.1 score=7.5",
            "Go away! Now!",
            "Ça ne va pas: boîte pleine",
            "<<< >>>",
            "@ = % + & !",
            "",
        ] {
            assert_eq!(redacted(said), said);
        }
    }

    #[test]
    fn a_hostile_reply_takes_no_longer_than_a_long_one() {
        for unit in [
            "@", "<@", "\"@x", "a=", "a@ ", "!", "=40", "<a@b", "@:", "\\\"@", "a.b=",
        ] {
            let text = unit.repeat(20_000);
            assert!(!redacted(&text).is_empty());
        }
    }

    proptest! {
        #[test]
        fn no_local_part_stays(
            // Without the letters that mark the local part and the host.
            before in "[a-p .:<(]{0,8}",
            local in "[a-z0-9!#$&'*/?^_`{|}~-]{1,8}(\\.[a-z0-9]{1,3})?",
            at in prop::sample::select(&AT[..]),
            host in "q[a-z]{2,8}\\.(com|net|xn--p1ai)",
            after in "[ >).:;][a-p .]{0,8}",
        ) {
            let said = format!("{before} zq{local}{at}{host}{after}");
            let shown = redacted(&said).into_owned();
            prop_assert!(!shown.contains("zq") && !shown.contains(&host), "{said:?} {shown:?}");
        }

        #[test]
        fn any_text_is_taken(text in "[@=%+&!<>\"\\\\.:, a40x;#]{0,40}|\\PC{0,40}") {
            let _ = redacted(&text);
        }
    }
}
