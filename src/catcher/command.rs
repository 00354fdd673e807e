//! Parses a command line (RFC 5321 §4.1).

use super::reply::Reply;

// In octets (RFC 5321 §4.5.3.1).
const LONGEST_LOCAL_PART: usize = 64;
const LONGEST_DOMAIN: usize = 255;

const SYNTAX: Reply = Reply::new(501, "5.5.4", "Syntax error in the arguments");
const UNKNOWN: Reply = Reply::new(500, "5.5.2", "Unknown command");
const BAD_SENDER: Reply = Reply::new(501, "5.1.7", "Not a valid sender address");
const BAD_RECIPIENT: Reply = Reply::new(501, "5.1.3", "Not a valid recipient address");
const BAD_PARAMETER: Reply = Reply::new(555, "5.5.4", "A parameter that is not known or valid");

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command<'a> {
    Helo,
    Ehlo,
    StartTls,
    Auth {
        mechanism: &'a str,
        initial: Option<&'a str>,
    },
    Mail(MailFrom<'a>),
    Rcpt(&'a str),
    Data,
    Rset,
    Noop,
    Vrfy,
    Quit,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct MailFrom<'a> {
    /// Without angle brackets; empty for the null sender.
    pub(super) from: &'a str,
    /// `SIZE=`, RFC 1870.
    pub(super) size: Option<usize>,
    /// `BODY=8BITMIME`, RFC 6152.
    pub(super) eight_bit: bool,
    /// `SMTPUTF8`, RFC 6531.
    pub(super) utf8: bool,
    /// `RET=` or `ENVID=`, RFC 3461.
    pub(super) dsn: bool,
}

/// Parses a line without its CRLF. The error is the reply.
pub(super) fn parse(line: &[u8]) -> Result<Command<'_>, Reply> {
    let line = std::str::from_utf8(line).map_err(|_| UNKNOWN)?;
    if line.chars().any(char::is_control) {
        return Err(Reply::new(500, "5.5.2", "A control character in a command"));
    }
    let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
    match verb.to_ascii_uppercase().as_str() {
        "EHLO" => domain(rest).map(|()| Command::Ehlo),
        "HELO" => domain(rest).map(|()| Command::Helo),
        "STARTTLS" => bare(rest, Command::StartTls),
        "AUTH" => auth(rest),
        "MAIL" => mail(rest).map(Command::Mail),
        "RCPT" => recipient(rest).map(Command::Rcpt),
        "DATA" => bare(rest, Command::Data),
        "RSET" => bare(rest, Command::Rset),
        "QUIT" => bare(rest, Command::Quit),
        "NOOP" => Ok(Command::Noop),
        "VRFY" => Ok(Command::Vrfy),
        _ => Err(UNKNOWN),
    }
}

fn bare<'a>(rest: &str, command: Command<'a>) -> Result<Command<'a>, Reply> {
    rest.trim().is_empty().then_some(command).ok_or(SYNTAX)
}

fn domain(rest: &str) -> Result<(), Reply> {
    let name = rest.trim_end();
    let is_name = !name.is_empty() && !name.contains(' ');
    is_name.then_some(()).ok_or(SYNTAX)
}

fn auth(rest: &str) -> Result<Command<'_>, Reply> {
    let mut words = rest.split_ascii_whitespace();
    let mechanism = words.next().ok_or(SYNTAX)?;
    let initial = words.next();
    match words.next() {
        None => Ok(Command::Auth { mechanism, initial }),
        Some(_) => Err(SYNTAX),
    }
}

fn mail(rest: &str) -> Result<MailFrom<'_>, Reply> {
    let (from, parameters) = path(rest, "FROM:").ok_or(SYNTAX)?;
    if !from.is_empty() && !is_mailbox(from) {
        return Err(BAD_SENDER);
    }
    let mut mail = MailFrom {
        from,
        ..MailFrom::default()
    };
    for parameter in parameters.split_ascii_whitespace() {
        let (key, value) = parameter.split_once('=').unwrap_or((parameter, ""));
        match key.to_ascii_uppercase().as_str() {
            "SIZE" => mail.size = Some(value.parse().map_err(|_| BAD_PARAMETER)?),
            "BODY" if value.eq_ignore_ascii_case("8BITMIME") => mail.eight_bit = true,
            "BODY" if value.eq_ignore_ascii_case("7BIT") => {}
            "SMTPUTF8" if value.is_empty() => mail.utf8 = true,
            "RET" if matches!(value, "FULL" | "HDRS") => mail.dsn = true,
            "ENVID" if is_xtext(value) => mail.dsn = true,
            // The AUTH parameter (RFC 4954 §5) has no effect here.
            "AUTH" => {}
            _ => return Err(BAD_PARAMETER),
        }
    }
    Ok(mail)
}

/// True for at most 100 characters of "xtext" (RFC 3461 §4, §4.4).
fn is_xtext(value: &str) -> bool {
    let is_hex = |code: &[u8]| {
        let digit = |byte: &u8| matches!(byte, b'0'..=b'9' | b'A'..=b'F');
        code.len() >= 2 && code[..2].iter().all(digit)
    };
    let bytes = value.as_bytes();
    let is_valid = |(at, byte): (usize, &u8)| match byte {
        b'+' => is_hex(&bytes[at + 1..]),
        byte => matches!(byte, b'!'..=b'~') && *byte != b'=',
    };
    (1..=100).contains(&bytes.len()) && bytes.iter().enumerate().all(is_valid)
}

fn recipient(rest: &str) -> Result<&str, Reply> {
    let (to, parameters) = path(rest, "TO:").ok_or(SYNTAX)?;
    if !parameters.trim().is_empty() {
        return Err(BAD_PARAMETER);
    }
    let is_valid = is_mailbox(to) || to.eq_ignore_ascii_case("postmaster");
    is_valid.then_some(to).ok_or(BAD_RECIPIENT)
}

/// Splits `FROM:<path> parameters` into path and parameters.
fn path<'a>(rest: &'a str, keyword: &str) -> Option<(&'a str, &'a str)> {
    let (start, rest) = rest.split_at_checked(keyword.len())?;
    if !start.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let rest = rest.strip_prefix('<')?;
    let end = closing_bracket(rest)?;
    let (path, parameters) = (&rest[..end], &rest[end + 1..]);
    (parameters.is_empty() || parameters.starts_with(' ')).then_some((path, parameters))
}

/// The end of the path. A `>` inside a quoted local part is not the end.
fn closing_bracket(rest: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    rest.bytes().position(|byte| {
        let end = byte == b'>' && !quoted;
        quoted ^= byte == b'"' && !escaped;
        escaped = byte == b'\\' && quoted && !escaped;
        end
    })
}

/// Checks only for a local part and a domain of permitted length. That is enough for tests;
/// `subscribers` has the full rules.
fn is_mailbox(address: &str) -> bool {
    let Some((local, domain)) = address.rsplit_once('@') else {
        return false;
    };
    let quoted = local.len() > 2 && local.starts_with('"') && local.ends_with('"');
    (1..=LONGEST_LOCAL_PART).contains(&local.len())
        && (1..=LONGEST_DOMAIN).contains(&domain.len())
        && (quoted || !local.contains([' ', '<', '"', '@']))
        && !domain.contains([' ', '<', '"'])
}
