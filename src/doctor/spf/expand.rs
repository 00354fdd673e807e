//! Expands the macros of a domain (RFC 7208 §7).

use std::fmt::Write as _;
use std::net::IpAddr;

use super::Client;

/// The longest name (RFC 1035 §2.3.4); a longer one loses labels from the left (§7.3).
const LONGEST: usize = 253;

/// The domain that a spec stands for, while the record of `domain` is evaluated.
pub(super) fn expand(spec: &str, client: Client<'_>, domain: &str) -> Result<String, String> {
    let wrong = || format!("`{spec}` has a macro that does not exist");
    let mut name = String::with_capacity(spec.len());
    let mut rest = spec;
    while let Some(at) = rest.find('%') {
        name.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match rest.as_bytes().first() {
            Some(b'%') => name.push('%'),
            Some(b'_') => name.push(' '),
            Some(b'-') => name.push_str("%20"),
            Some(b'{') => {
                let end = rest.find('}').ok_or_else(wrong)?;
                name.push_str(&value(&rest[1..end], client, domain).ok_or_else(wrong)?);
                rest = &rest[end + 1..];
                continue;
            }
            _ => return Err(wrong()),
        }
        rest = &rest[1..];
    }
    name.push_str(rest);
    while name.len() > LONGEST
        && let Some((_, shorter)) = name.split_once('.')
    {
        name = shorter.to_owned();
    }
    Ok(name.trim_end_matches('.').to_ascii_lowercase())
}

/// The value of what is between the braces: a letter, how many parts, `r` for reversed, and delimiters.
fn value(text: &str, client: Client<'_>, domain: &str) -> Option<String> {
    let letter = text.chars().next().filter(char::is_ascii_alphabetic)?;
    let (local, sender_domain) = client.sender.rsplit_once('@')?;
    let whole = match letter.to_ascii_lowercase() {
        's' => client.sender.to_owned(),
        'l' => local.to_owned(),
        'o' => sender_domain.to_owned(),
        'd' => domain.to_owned(),
        'i' => dotted(client.address),
        // It should not be used, and costs lookups of its own (§7.2).
        'p' => "unknown".to_owned(),
        'v' => match client.address {
            IpAddr::V4(_) => "in-addr".to_owned(),
            IpAddr::V6(_) => "ip6".to_owned(),
        },
        'h' => client.hello.to_owned(),
        _ => return None,
    };
    let rest = &text[1..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (count, rest) = rest.split_at(digits);
    let (reversed, delimiters) = match rest.strip_prefix(['r', 'R']) {
        Some(delimiters) => (true, delimiters),
        None => (false, rest),
    };
    if !delimiters.chars().all(|c| ".-+,/_=".contains(c)) {
        return None;
    }
    let is_delimiter = |c: char| match delimiters {
        "" => c == '.',
        delimiters => delimiters.contains(c),
    };
    let mut parts: Vec<&str> = whole.split(is_delimiter).collect();
    if reversed {
        parts.reverse();
    }
    if !count.is_empty() {
        let count = count.parse::<usize>().ok().filter(|count| *count > 0)?;
        parts.drain(..parts.len().saturating_sub(count));
    }
    let joined = parts.join(".");
    Some(match letter.is_ascii_uppercase() {
        true => url::form_urlencoded::byte_serialize(joined.as_bytes()).collect(),
        false => joined,
    })
}

/// IPv4 as usual, IPv6 as its nibbles between dots (§7.3).
fn dotted(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let mut nibbles = String::with_capacity(64);
            for nibble in format!("{:032x}", address.to_bits()).chars() {
                let _ = write!(nibbles, "{nibble}.");
            }
            nibbles.pop();
            nibbles
        }
    }
}
