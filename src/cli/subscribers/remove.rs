//! `verdict subscribers remove`: takes readers off the list, by their address or by a mail that they sent.
//!
//! Each newsletter names an address for unsubscribing (`smtp.unsubscribe_address`) with a signed token in its local
//! part: `leave+token@example.com`. The token tells who leaves, whatever address the mail is from.

use std::io;
use std::process::ExitCode;

use ::subscribers::address::Address;
use ::subscribers::consent::{Change, Consent, ConsentSource};
use ::subscribers::departure::Departure;
use ::subscribers::token::{self, Key, Purpose, Token, TokenError};
use mail_parser::MessageParser;

use super::CliResult;
use crate::app::App;
use crate::cli::{Failed, input, output};
use crate::readers::{self, Leave};
use crate::store::consent_changes::Cause;
use crate::store::subscribers as list;

/// The headers that name the address a mail went to.
const RECIPIENTS: [&str; 5] = ["To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To"];

/// Takes an address off the list. If it isn't on the list, records the departure.
pub(super) async fn by_address(
    app: &App,
    email: &str,
    reason: Option<&str>,
    erase: bool,
) -> CliResult {
    let address = Address::parse(email)?;
    let why = match erase {
        true => Departure::Erased,
        false => Departure::Unsubscribed,
    };
    let key = address.key();
    let mut found = list::find(&app.store, key).await?;
    if found.is_none() {
        readers::keep_off(app, &address, why).await?;
        // They may have been added at this very moment.
        found = list::find(&app.store, key).await?;
    }
    let Some(subscriber) = found else {
        return output::done(format_args!(
            "{email}: not on the list; recorded as {why}, so that no import and no editor adds them"
        ));
    };
    let cause = Cause {
        reason,
        ..Cause::by(ConsentSource::Editor)
    };
    if erase {
        readers::erase(app, subscriber.id, cause).await?;
        return output::done(format_args!(
            "{email}: erased; a keyed hash keeps it from being added again"
        ));
    }
    let before = subscriber.consent;
    let changed = readers::change(app, subscriber.id, Change::Leave, cause).await?;
    print_left(email, before, changed.map(|changed| changed.to))?;
    Ok(ExitCode::SUCCESS)
}

/// Unsubscribes the reader that a token names, in any form that people paste; `-` reads a mail from standard input.
pub(super) async fn by_token(app: &App, pasted: &str, reason: Option<&str>) -> CliResult {
    let tokens = if pasted == "-" {
        in_mail(&app.key, &String::from_utf8_lossy(&input::mail().await?))?
    } else {
        vec![in_word(&app.key, pasted).map_err(refused)?]
    };
    for token in tokens {
        leave(app, token, reason).await?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn leave(app: &App, token: Token, reason: Option<&str>) -> CliResult<()> {
    let Some(before) = list::get(&app.store, token.subscriber).await? else {
        return Err(
            "the token is right, but its reader is not in this database; remove them by address"
                .into(),
        );
    };
    // Links on the settings page carry 0.
    let edition = Some(token.about).filter(|edition| *edition > 0);
    if before.address.is_some() && readers::reader_of(app, token).await?.is_none() {
        output::line(
            "nothing to do: the token was mailed to an address that its reader no longer uses, and that gets no mail",
        )?;
        return Ok(());
    }
    let leave = Leave {
        subscriber: before.id,
        address_tag: Some(token.address_tag),
        edition,
        source: ConsentSource::Mailto,
        reason: reason.map(str::to_owned),
        with_undo: false,
    };
    readers::unsubscribe_all(app, vec![leave]).await?;
    let after = list::get(&app.store, before.id).await?;
    let who = before.address.map_or_else(
        || format!("reader {}", before.id),
        |address| address.to_string(),
    );
    print_left(&who, before.consent, after.map(|after| after.consent))?;
    Ok(())
}

fn print_left(who: &str, before: Consent, after: Option<Consent>) -> io::Result<()> {
    if after == Some(before) {
        return output::line(format_args!("{who}: was already off the list ({before})"));
    }
    output::line(format_args!("{who}: unsubscribed"))
}

/// The distinct tokens in the recipients of a mail. A single word is read like a pasted token.
fn in_mail(key: &Key, text: &str) -> CliResult<Vec<Token>> {
    if !text.trim().contains(char::is_whitespace) {
        return Ok(vec![in_word(key, text).map_err(refused)?]);
    }
    // In a mailbox file, a `From ` line precedes the headers.
    let mail = match text.split_once('\n') {
        Some((first, rest)) if first.starts_with("From ") => rest,
        _ => text,
    };
    let mail = MessageParser::default().parse(mail.as_bytes());
    let mut found = Vec::new();
    let mut closest = None;
    for (name, value) in mail.iter().flat_map(|mail| mail.headers_raw()) {
        if !RECIPIENTS
            .iter()
            .any(|header| name.eq_ignore_ascii_case(header))
        {
            continue;
        }
        let words = value.split(|c: char| c.is_whitespace() || ",;<>()\"".contains(c));
        for word in words.filter(|word| word.contains('@')) {
            match in_word(key, word) {
                Ok(token) if found.contains(&token) => {}
                Ok(token) => found.push(token),
                Err(error) if word.contains('+') => closest = Some(error),
                Err(_) => {}
            }
        }
    }
    if !found.is_empty() {
        return Ok(found);
    }
    let names = RECIPIENTS.join(", ");
    let none =
        || format!("the mail has no recipient with a token (looked at {names}); nothing was done");
    Err(closest.map_or_else(|| none().into(), refused))
}

/// Reads a token that is alone, in a link or in an address.
fn in_word(key: &Key, text: &str) -> Result<Token, TokenError> {
    let bare = bare(text);
    let link = token::verify(key, bare, Purpose::Unsubscribe);
    let mailto = token::verify_local_part(key, bare, Purpose::Unsubscribe);
    match (link, mailto) {
        (Ok(token), _) | (_, Ok(token)) => Ok(token),
        (Err(one), Err(other)) => Err([TokenError::WrongPurpose, TokenError::Forged]
            .into_iter()
            .find(|error| one == *error || other == *error)
            .unwrap_or(TokenError::Malformed)),
    }
}

/// Strips what people copy along with a token.
fn bare(text: &str) -> &str {
    let text = text.trim();
    let text = match (text.rfind('<'), text.rfind('>')) {
        (Some(start), Some(end)) if start < end => text[start + 1..end].trim(),
        _ => text,
    };
    let text = text.split(['?', '#']).next().unwrap_or_default();
    if text.contains("://") {
        let path = text.trim_end_matches('/');
        return path.rsplit('/').next().unwrap_or_default();
    }
    let scheme = text
        .get(..7)
        .filter(|scheme| scheme.eq_ignore_ascii_case("mailto:"));
    let text = scheme.map_or(text, |scheme| &text[scheme.len()..]);
    let local = match text.rsplit_once('@') {
        Some((local, _)) => local,
        None => text.trim_start_matches("/u/"),
    };
    let plus = ["+", "%2B", "%2b"]
        .into_iter()
        .find_map(|plus| local.rsplit_once(plus));
    plus.map_or(local, |(_, token)| token)
}

fn refused(error: TokenError) -> Failed {
    let why = match error {
        TokenError::Malformed => "this is not a token, or only part of one",
        TokenError::Forged => "the token was not made here, or was changed",
        TokenError::WrongPurpose => "the token is not for unsubscribing",
    };
    format!(
        "{why}; nothing was done. Paste the address that the mail went to (leave+…@…), or the \
         unsubscribe link of the newsletter"
    )
    .into()
}
