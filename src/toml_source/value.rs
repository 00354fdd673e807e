//! A TOML value: reads it as the type it must have, and reports what is wrong with it.

use std::fmt::Display;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

use chrono::NaiveDate;
use templates::web_address::names_its_host;
use toml::Spanned;
use toml::de::DeValue;
use url::Url;

use super::date;
use super::literal::Literal;
use super::suggest::{did_you_mean, listed};
use crate::findings::{Finding, Report, Source, is_bidi_control};

/// A value of a document or of an environment variable.
///
/// A method that returns `None` has added a finding.
#[derive(Clone, Debug)]
pub struct Value<'d> {
    key: String,
    span: Range<usize>,
    raw: Raw<'d>,
    source: &'d Arc<Source>,
}

#[derive(Clone, Copy, Debug)]
enum Raw<'d> {
    Toml(&'d DeValue<'d>),
    /// From the environment, where everything is text.
    Text(&'d str),
}

impl<'d> Value<'d> {
    pub(super) fn new(key: &str, value: &'d Spanned<DeValue<'d>>, source: &'d Arc<Source>) -> Self {
        Self {
            key: key.to_owned(),
            span: value.span(),
            raw: Raw::Toml(value.get_ref()),
            source,
        }
    }

    /// An environment variable: numbers, booleans and comma-separated lists are read from its text.
    /// The source's text may be masked.
    pub fn from_text(key: &str, text: &'d str, source: &'d Arc<Source>) -> Self {
        Self {
            key: key.to_owned(),
            span: 0..text.len(),
            raw: Raw::Text(text),
            source,
        }
    }

    pub fn key(&self) -> &str {
        &self.key
    }

    /// Includes the quotes.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    pub fn source(&self) -> &'d Arc<Source> {
        self.source
    }

    pub(super) fn toml(&self) -> Option<&'d DeValue<'d>> {
        match self.raw {
            Raw::Toml(value) => Some(value),
            Raw::Text(_) => None,
        }
    }

    /// An error that points at the value.
    pub fn fault(&self, code: &'static str, message: impl Into<String>) -> Finding {
        Finding::error(code, message, self.source, self.span())
    }

    /// A warning that points at the value.
    pub fn doubt(&self, code: &'static str, message: impl Into<String>) -> Finding {
        Finding::warning(code, message, self.source, self.span())
    }

    /// The place in the file of a part of a text value; `part` is in bytes of the value itself.
    pub fn locate(&self, part: Range<usize>) -> Range<usize> {
        self.locator()(part)
    }

    /// [`locate`](Self::locate) for many parts in order: walks the text only once.
    pub fn locator(&self) -> impl FnMut(Range<usize>) -> Range<usize> {
        let span = self.span();
        let written = match self.raw {
            Raw::Text(_) => None,
            Raw::Toml(_) => Some(self.source.text().get(span.clone()).unwrap_or_default()),
        };
        let mut literal = written.and_then(Literal::new);
        move |part| {
            if written.is_none() {
                return part;
            }
            let mut at = |offset| Some(span.start + literal.as_mut()?.place(offset)?);
            match (at(part.start), at(part.end)) {
                (Some(start), Some(end)) => start..end,
                _ => span.clone(),
            }
        }
    }

    /// Reports that the value has the wrong type.
    pub fn wrong_type<T>(&self, expected: &str, report: &mut Report) -> Option<T> {
        let key = &self.key;
        let message = match self.raw {
            Raw::Toml(value) => format!("`{key}` is {}, not {expected}", kind(value)),
            Raw::Text(_) => format!("`{key}` is not {expected}"),
        };
        let finding = self.fault("wrong-type", message);
        report.refuse(finding.label(format!("expected {expected}")))
    }

    /// The text, with only its type checked.
    pub fn text(&self, report: &mut Report) -> Option<&'d str> {
        match self.raw {
            Raw::Text(text) => Some(text),
            Raw::Toml(DeValue::String(text)) => Some(text.as_ref()),
            Raw::Toml(value) => {
                let message = format!("`{}` is {}, not a text", self.key, kind(value));
                let finding = self
                    .fault("wrong-type", message)
                    .label("expected a text in quotes");
                let is_scalar = !matches!(value, DeValue::Array(_) | DeValue::Table(_));
                let written = self.source.text().get(self.span()).filter(|_| is_scalar);
                report.refuse(match written {
                    Some(written) => finding.help(format!("write `\"{written}\"`")),
                    None => finding,
                })
            }
        }
    }

    /// One line of text, trimmed: not empty, at most `most` characters, without control characters.
    pub fn line(&self, most: usize, report: &mut Report) -> Option<String> {
        let text = self.text(report)?;
        let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
        self.checked(text, most, breaks, report)?;
        Some(text.trim().to_owned())
    }

    /// A title, a subject or a name. Warns about invisible characters that change the direction of the text.
    pub fn title(&self, most: usize, report: &mut Report) -> Option<String> {
        let line = self.line(most, report)?;
        let text = self.text(report)?;
        if let Some((at, turning)) = text.char_indices().find(|(_, c)| is_bidi_control(*c)) {
            let span = self.locate(at..at + turning.len_utf8());
            let message = format!("`{}` may not read as it is written", self.key);
            let code = u32::from(turning);
            report.push(
                Finding::warning("bidi-control", message, self.source, span)
                    .label(format!(
                        "U+{code:04X} is invisible and changes the direction of the text"
                    ))
                    .help("remove it; text in any script is shown in its own direction without it"),
            );
        }
        Some(line)
    }

    /// Text of any number of lines: not empty, at most `most` characters, without control characters
    /// except line breaks and tabs.
    pub fn block(&self, most: usize, report: &mut Report) -> Option<&'d str> {
        let text = self.text(report)?;
        let bad = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
        self.checked(text, most, bad, report)?;
        Some(text)
    }

    fn checked(
        &self,
        text: &str,
        most: usize,
        refused: impl Fn(char) -> bool,
        report: &mut Report,
    ) -> Option<()> {
        let key = &self.key;
        if text.trim().is_empty() {
            let finding = self.fault("empty", format!("`{key}` is empty"));
            return report.refuse(finding.label("something must stand here"));
        }
        if let Some((at, stray)) = text.char_indices().find(|(_, c)| refused(*c)) {
            let span = self.locate(at..at + stray.len_utf8());
            let message = format!("`{key}` must be plain text{}", one_line(stray));
            let finding = Finding::error("control-character", message, self.source, span);
            return report.refuse(finding.label(control_name(stray)));
        }
        if let Some((cut, _)) = text.char_indices().nth(most) {
            let length = text.chars().count();
            let span = self.locate(cut..text.len());
            let message = format!("`{key}` is {length} characters long, at most {most} fit");
            let finding = Finding::error("too-long", message, self.source, span);
            return report.refuse(finding.label(format!("{} too many", length - most)));
        }
        Some(())
    }

    /// One of several words.
    pub fn choice<T: Copy>(&self, words: &[(&str, T)], report: &mut Report) -> Option<T> {
        let text = self.text(report)?;
        let meant = words.iter().find(|(word, _)| *word == text);
        if meant.is_none() && report.is_full() {
            report.omit();
        } else if meant.is_none() {
            let words: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            report.push(self.unknown_word(text, &words));
        }
        meant.map(|(_, value)| *value)
    }

    /// The finding for a word that is not one of `words`.
    pub fn unknown_word(&self, found: &str, words: &[&str]) -> Finding {
        let end = did_you_mean(found, words.iter().copied());
        let message = format!("`{}` cannot be `{found}`{end}", self.key);
        self.fault("unknown-word", message)
            .help(format!("it is one of {}", listed(words)))
    }

    /// `true` or `false`.
    pub fn boolean(&self, report: &mut Report) -> Option<bool> {
        match self.raw {
            Raw::Toml(DeValue::Boolean(value)) => Some(*value),
            Raw::Text("true") => Some(true),
            Raw::Text("false") => Some(false),
            _ => self.wrong_type("`true` or `false`", report),
        }
    }

    /// A whole number within limits.
    pub fn integer(&self, within: RangeInclusive<u32>, report: &mut Report) -> Option<u32> {
        let read: Option<i128> = match self.raw {
            Raw::Toml(DeValue::Integer(value)) => {
                i128::from_str_radix(value.as_str(), value.radix()).ok()
            }
            Raw::Text(text) => text.trim().parse().ok(),
            Raw::Toml(_) => None,
        };
        let Some(number) = read else {
            return self.wrong_type("a whole number", report);
        };
        let fitting = u32::try_from(number).ok();
        fitting
            .filter(|number| within.contains(number))
            .or_else(|| {
                let (least, most) = within.into_inner();
                self.out_of_range(number, format!("must be {least} to {most}"), report)
            })
    }

    /// A number above zero, at most `most`.
    pub fn positive_number(&self, most: f64, report: &mut Report) -> Option<f64> {
        let written = match self.raw {
            Raw::Toml(DeValue::Float(value)) => value.as_str(),
            Raw::Toml(DeValue::Integer(value)) if value.radix() == 10 => value.as_str(),
            Raw::Toml(_) => return self.wrong_type("a number", report),
            Raw::Text(text) => text.trim(),
        };
        let Ok(number) = written.parse::<f64>() else {
            return self.wrong_type("a number", report);
        };
        if number > 0.0 && number <= most {
            return Some(number);
        }
        let label = format!("must be more than 0, at most {most}");
        self.out_of_range(number, label, report)
    }

    fn out_of_range<T>(
        &self,
        number: impl Display,
        label: String,
        report: &mut Report,
    ) -> Option<T> {
        let finding = self.fault("out-of-range", format!("`{}` is {number}", self.key));
        report.refuse(finding.label(label))
    }

    /// A date without quotes: `2026-11-23`.
    pub fn date(&self, report: &mut Report) -> Option<NaiveDate> {
        let key = &self.key;
        match self.raw {
            Raw::Toml(DeValue::Datetime(when)) => match when.date {
                Some(day) if when.time.is_none() && when.offset.is_none() => {
                    NaiveDate::from_ymd_opt(day.year.into(), day.month.into(), day.day.into())
                }
                Some(day) => {
                    let message = format!("`{key}` is a day, without a time");
                    let finding = self.fault("wrong-type", message);
                    report.refuse(finding.help(format!("write `{day}`")))
                }
                None if when.time.is_some() => self.wrong_type("a day", report),
                // The parser has already reported what is wrong with it.
                None => None,
            },
            Raw::Toml(DeValue::String(text)) => report.refuse(self.quoted_date(text)),
            _ => self.wrong_type("a day, such as `2026-11-23`", report),
        }
    }

    fn quoted_date(&self, text: &str) -> Finding {
        let key = &self.key;
        let finding = self.fault("wrong-type", format!("`{key}` is a text, not a day"));
        match date::read(text) {
            Some(Ok(day)) => finding.help(format!("write it without quotes: `{key} = {day}`")),
            Some(Err(no_date)) => {
                no_date.finding(text, &format!("{key} = "), self.source, self.span())
            }
            None => finding.help(format!("write a day like this: `{key} = 2026-11-23`")),
        }
    }

    /// The URL of a web page: `http` or `https`, with a host. Returns it as the parser normalizes it, so that no
    /// reader's program can read it differently.
    pub fn web_address(&self, most: usize, report: &mut Report) -> Option<String> {
        let text = self.line(most, report)?;
        let bad = |what: &str| self.fault("bad-url", format!("`{}` {what}", self.key));
        let finding = match Url::parse(&text) {
            Ok(url) if !matches!(url.scheme(), "http" | "https") => {
                bad("is not the address of a web page")
                    .label(format!("`{}:` is neither http nor https", url.scheme()))
            }
            Ok(url) if !url.username().is_empty() || url.password().is_some() => {
                bad("holds a user name or a password").label("everyone can read this")
            }
            // The parser drops white space inside a URL; a reader's mail program may not.
            Ok(_) if text.contains(char::is_whitespace) => bad("is not a web address")
                .label("there is a space in it")
                .help("write a space as `%20`"),
            // Programs disagree about the host in `https:host`, and about backslashes.
            Ok(url) if !names_its_host(&text) => bad("is not a web address")
                .label(format!(
                    "two slashes and the host must follow `{}:`",
                    url.scheme()
                ))
                .help(format!("write `{url}`")),
            Ok(url) if text.contains('\\') => bad("is not a web address")
                .label("there is a backslash in it")
                .help(format!("write `{url}`")),
            Ok(url) => return Some(url.into()),
            Err(error) => self.no_web_address(&text, error),
        };
        report.refuse(finding)
    }

    fn no_web_address(&self, text: &str, error: url::ParseError) -> Finding {
        let finding = self.fault("bad-url", format!("`{}` is not a web address", self.key));
        if error != url::ParseError::RelativeUrlWithoutBase {
            return finding.label(error.to_string());
        }
        let finding = finding.label("it must begin with `https://` or `http://`");
        let whole = format!("https://{text}");
        match Url::parse(&whole) {
            Ok(_) if text.contains('.') => finding.help(format!("write `{whole}`")),
            _ => finding,
        }
    }

    /// The values of a list; from the environment, the parts between commas.
    pub fn items(&self, report: &mut Report) -> Option<Vec<Value<'d>>> {
        match self.raw {
            Raw::Toml(DeValue::Array(items)) => {
                let value = |item| Value::new(&self.key, item, self.source);
                Some(items.iter().map(value).collect())
            }
            Raw::Toml(_) => self.wrong_type("a list: `[…]`", report),
            Raw::Text(text) => Some(self.parts(text)),
        }
    }

    fn parts(&self, text: &'d str) -> Vec<Value<'d>> {
        let mut start = 0;
        let mut parts = Vec::new();
        for part in text.split(',') {
            let word = part.trim();
            let from = start + (part.len() - part.trim_start().len());
            start += part.len() + 1;
            if !word.is_empty() {
                let span = from..from + word.len();
                parts.push(Value {
                    span,
                    ..Value::from_text(&self.key, word, self.source)
                });
            }
        }
        parts
    }

    pub fn is_text(&self) -> bool {
        matches!(self.raw, Raw::Text(_) | Raw::Toml(DeValue::String(_)))
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or a time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// A URL as [`Value::web_address`] normalizes it, or the text itself if it is not a URL.
pub fn parsed_address(text: &str) -> String {
    Url::parse(text).map_or_else(|_| text.to_owned(), Into::into)
}

fn one_line(found: char) -> &'static str {
    match found {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' => " on one line",
        _ => "",
    }
}

fn control_name(found: char) -> String {
    match found {
        '\n' | '\u{2028}' | '\u{2029}' => "a line break".to_owned(),
        '\r' => "a carriage return".to_owned(),
        '\t' => "a tab".to_owned(),
        other => format!("the control character U+{:04X}", u32::from(other)),
    }
}
