//! Addresses of people, servers and pages, and other short values.

use std::net::{IpAddr, SocketAddr};
use std::ops::Range;

use lettre::message::Mailbox;
use subscribers::address::{Address, MAX_ADDRESS, MAX_LOCAL_PART};
use subscribers::token::MAX_LOCAL_PART_TOKEN;
use unicode_normalization::char::is_combining_mark;
use url::Url;

use crate::findings::{Finding, Report};
use crate::toml_source::Value;

/// The longest mailbox with its name, in characters.
const MAILBOX: usize = 320;

/// A sender: `Name <name@example.com>`, or only the address. The domain is kept as A-labels (RFC 5890), as sent.
pub(super) fn mailbox(value: &Value<'_>, report: &mut Report) -> Option<Mailbox> {
    let text = value.title(MAILBOX, report)?;
    let mailbox: Option<Mailbox> = text.parse().ok();
    // Returned mail and logs know addresses by the list's rules, so these must hold as well.
    let valid = mailbox.and_then(|mailbox| {
        let address = Address::parse(mailbox.email.as_ref()).ok()?;
        Some((mailbox.name, address))
    });
    let Some((name, address)) = valid else {
        // lettre knows fewer characters outside ASCII than we do, and names none.
        let bare = text.rsplit_once('<');
        let bare = bare.map_or(&*text, |(_, rest)| rest.trim_end_matches([' ', '>']));
        if let Ok(address) = Address::parse(bare) {
            is_ascii(&address, value, report)?;
        }
        let message = format!("`{}` is not an email address", value.key());
        report.push(
            value
                .fault("bad-address", message)
                .help("write it like `Name <name@example.com>`"),
        );
        return None;
    };
    is_ascii(&address, value, report)?;
    let email = lettre::Address::new(address.local_part(), address.domain_ascii());
    Some(Mailbox::new(name, email.ok()?))
}

/// An address that every mail carries, with a token in its local part.
pub(super) fn tagged(value: &Value<'_>, report: &mut Report) -> Option<Address> {
    let address = address(value, report)?;
    is_ascii(&address, value, report)?;
    has_room(&address, value, report)?;
    Some(address)
}

/// The default address for returned mail: that of the sender.
pub(super) fn bounce(value: &Value<'_>, from: &Mailbox, report: &mut Report) -> Option<Address> {
    let address = Address::parse(from.email.as_ref()).ok()?;
    has_room(&address, value, report)?;
    Some(address)
}

/// A local part outside ASCII would need SMTPUTF8 (RFC 6531) from every relay and every reader's server.
fn is_ascii(address: &Address, value: &Value<'_>, report: &mut Report) -> Option<()> {
    let local = address.local_part();
    if local.is_ascii() {
        return Some(());
    }
    let message = format!(
        "`{}` has characters outside ASCII before its @",
        value.key()
    );
    let finding = Finding::error(
        "not-ascii",
        message,
        value.source(),
        local_part(value, report),
    );
    report.push(
        finding
            .label("servers without SMTPUTF8 (RFC 6531) would refuse every mail")
            .help(format!(
                "write it like `name@{}`; only the part behind the @ may be outside ASCII",
                address.domain()
            )),
    );
    None
}

/// Checks that the address can carry a token: `local+token@domain` within the limits of RFC 5321 §4.5.3.1.1 and
/// §4.5.3.1.3.
fn has_room(address: &Address, value: &Value<'_>, report: &mut Report) -> Option<()> {
    let length = address.local_part().len();
    let token = 1 + MAX_LOCAL_PART_TOKEN;
    let whole = length + token + 1 + address.domain_ascii().len();
    if length + token <= MAX_LOCAL_PART && whole <= MAX_ADDRESS {
        return Some(());
    }
    let most = MAX_LOCAL_PART - token;
    let message = format!(
        "`{}` leaves no room for the token that each mail adds, as in `name+token@example.com`",
        value.key()
    );
    let finding = Finding::error(
        "no-room",
        message,
        value.source(),
        local_part(value, report),
    );
    let help = match value.key() {
        "from" => "give `smtp.bounce_address` a shorter one for returned mail",
        _ => "write a shorter one, such as `news@example.com`",
    };
    report.push(
        finding
            .label(format!(
                "at most {most} octets before the @ and {} in all",
                MAX_ADDRESS - token
            ))
            .help(help),
    );
    None
}

/// The place of an address's local part in the file.
fn local_part(value: &Value<'_>, report: &mut Report) -> Range<usize> {
    let text = value.text(report).unwrap_or_default();
    let end = text.rfind('@').unwrap_or(text.len());
    let start = text[..end].rfind(['<', ' ']).map_or(0, |at| at + 1);
    value.locate(start..end)
}

/// An address without a name.
pub(super) fn address(value: &Value<'_>, report: &mut Report) -> Option<Address> {
    let text = value.line(MAILBOX, report)?;
    match Address::parse(&text) {
        Ok(address) => Some(address),
        Err(error) => {
            let message = format!("`{}` is not an email address", value.key());
            let finding = value.fault("bad-address", message).label(error.to_string());
            report.push(finding.help("write it like `name@example.com`"));
            None
        }
    }
}

/// A panel role: letters and digits of any script, blanks and hyphens, at most 30 characters.
pub(super) fn role(value: &Value<'_>, report: &mut Report) -> Option<String> {
    let text = value.line(30, report)?;
    // Vowel signs and accents belong to letters, and joiners to the spelling of Persian and of Indian languages.
    let belongs = |c: char| is_combining_mark(c) || matches!(c, '\u{200c}' | '\u{200d}');
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | ' ') || belongs(c);
    let Some((at, other)) = text.char_indices().find(|(_, c)| !plain(*c)) else {
        return Some(text);
    };
    let message = format!("`{text}` cannot be a role");
    let span = value.locate(at..at + other.len_utf8());
    let finding = Finding::error("bad-role", message, value.source(), span);
    report.push(finding.label("only letters, digits, blanks and hyphens"));
    None
}

/// The valid entries of a list.
pub(super) fn list<T>(
    value: &Value<'_>,
    read: fn(&Value<'_>, &mut Report) -> Option<T>,
    report: &mut Report,
) -> Vec<T> {
    let items = value.items(report).unwrap_or_default();
    items.iter().filter_map(|item| read(item, report)).collect()
}

/// A postal address with each line trimmed, and no empty ones.
pub(super) fn postal(text: &str) -> String {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

/// The shape of a language tag (RFC 5646 §2.1), such as `en` or `pt-BR`.
pub(super) fn language(value: &Value<'_>, report: &mut Report) -> Option<String> {
    let text = value.line(35, report)?;
    let mut parts = text.split('-');
    let primary = parts.next().unwrap_or_default();
    let primary = matches!(primary.len(), 2..=3) && primary.bytes().all(|b| b.is_ascii_lowercase());
    let rest = |part: &str| {
        matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    if primary && parts.all(rest) {
        return Some(text);
    }
    let finding = value.fault("bad-language", format!("`{text}` is not a language tag"));
    report.push(finding.help("write it like `en`, `de` or `pt-BR`"));
    None
}

/// An IP address and a port to listen on.
pub(super) fn listen(value: &Value<'_>, report: &mut Report) -> Option<SocketAddr> {
    let text = value.line(60, report)?;
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    let message = "`listen` is not an IP address and a port";
    let finding = value.fault("bad-listen", message);
    let port = text
        .rsplit(':')
        .next()
        .and_then(|port| port.parse::<u16>().ok());
    report.push(match port {
        Some(port) => finding.help(format!(
            "write `127.0.0.1:{port}` for this machine alone, `0.0.0.0:{port}` or `[::]:{port}` for all"
        )),
        None => finding.help("write it like `127.0.0.1:8080`"),
    });
    None
}

/// The IP address and port of a server.
pub(super) fn server(value: &Value<'_>, report: &mut Report) -> Option<SocketAddr> {
    let text = value.line(60, report)?;
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    let message = format!("`{}` is not an IP address and a port", value.key());
    let finding = value.fault("bad-server", message);
    report.push(match text.parse::<IpAddr>() {
        Ok(address) => finding.help(format!("write `{}`", SocketAddr::new(address, 53))),
        Err(_) => finding.help("write it like `192.0.2.53:53` or `[2001:db8::53]:53`"),
    });
    None
}

/// An IP address.
pub(super) fn ip(value: &Value<'_>, report: &mut Report) -> Option<IpAddr> {
    let text = value.line(60, report)?;
    if let Ok(address) = text.parse() {
        return Some(address);
    }
    let message = format!("`{text}` is not an IP address");
    let finding = value.fault("bad-ip", message);
    report.push(finding.help("write it like `127.0.0.1` or `::1`"));
    None
}

/// The base URL of the pages: http or https, the host as A-labels, no slash at the end.
pub(super) fn base_url(value: &Value<'_>, report: &mut Report) -> Option<String> {
    let url = Url::parse(&value.web_address(200, report)?).ok()?;
    if url.query().is_some() || url.fragment().is_some() {
        let finding = value.fault("bad-url", "`base_url` goes on after its host");
        report.push(finding.label("leave out everything from `?` or `#` on"));
        return None;
    }
    if !url.path().trim_end_matches('/').is_empty() {
        let finding = value.fault("bad-url", "`base_url` has a path");
        report.push(
            finding.help("give the pages a host of their own, such as `https://news.example.com`"),
        );
        return None;
    }
    let bare = url.as_str().trim_end_matches('/');
    if value.line(200, report)?.ends_with('/') {
        let finding = value.fault("bad-url", "`base_url` ends with a slash");
        report.push(finding.help(format!("write `{bare}`")));
        return None;
    }
    if url.scheme() == "http" && !url.host_str().is_some_and(is_loopback) {
        let message = "mail programs only offer one-click unsubscribe over https";
        report.push(
            value
                .doubt("no-https", message)
                .help("serve the pages over https; Gmail and others ask for one-click (RFC 8058)"),
        );
    }
    Some(bare.to_owned())
}

/// True for a loopback name or address.
pub fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    let address: Option<IpAddr> = bare.parse().ok();
    bare == "localhost" || address.is_some_and(|address| address.is_loopback())
}
