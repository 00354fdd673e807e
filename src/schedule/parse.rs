//! Parses a crontab expression, or explains what is wrong with it and what to write instead.

use std::collections::BTreeSet;
use std::ops::{Range, RangeInclusive};
use std::str::FromStr;

use super::cron::{Cron, searches};
use super::error::CronError;

impl Cron {
    /// Reads an expression.
    ///
    /// # Errors
    /// If the text is not five fields or a nickname, if a field holds anything but numbers and names
    /// in range, or if no day can match it.
    pub fn parse(text: &str) -> Result<Self, CronError> {
        parse(text)
    }

    /// The field that makes it [follow real time](Self::follows_real_time), or the nickname, in bytes
    /// of the text.
    #[must_use]
    pub fn real_time_part(&self) -> Option<Range<usize>> {
        self.real_time.then(|| real_time_part(&self.text))
    }
}

impl FromStr for Cron {
    type Err = CronError;

    fn from_str(text: &str) -> Result<Self, CronError> {
        Self::parse(text)
    }
}

struct Field {
    name: &'static str,
    min: u32,
    max: u32,
    /// In order, from `min` on.
    names: &'static [&'static str],
}

const MINUTE: Field = field("minute", 0, 59, &[]);
const HOUR: Field = field("hour", 0, 23, &[]);
const DAY: Field = field("day of month", 1, 31, &[]);
const MONTH: Field = field("month", 1, 12, &MONTHS);
const WEEKDAY: Field = field("day of week", 0, SUNDAY_AS_LAST, &WEEKDAYS);
const SUNDAY_AS_LAST: u32 = 7;
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const WEEKDAYS: [&str; 7] = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const fn field(name: &'static str, min: u32, max: u32, names: &'static [&'static str]) -> Field {
    Field {
        name,
        min,
        max,
        names,
    }
}

/// In a leap year, January first.
const MONTH_LENGTHS: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const NICKNAMES: &[(&str, [&str; 5])] = &[
    ("@yearly", ["0", "0", "1", "1", "*"]),
    ("@annually", ["0", "0", "1", "1", "*"]),
    ("@monthly", ["0", "0", "1", "*", "*"]),
    ("@weekly", ["0", "0", "*", "*", "0"]),
    ("@daily", ["0", "0", "*", "*", "*"]),
    ("@midnight", ["0", "0", "*", "*", "*"]),
    ("@hourly", ["0", "*", "*", "*", "*"]),
];

/// [`parse`] adds the expression to the error.
type Parsed<T> = Result<T, CronError>;

/// A part of the expression, and its place.
#[derive(Clone, Copy)]
struct Part<'a> {
    text: &'a str,
    start: usize,
}

pub(super) fn parse(text: &str) -> Result<Cron, CronError> {
    let whole = Part { text, start: 0 };
    let cron = match words(whole).as_slice() {
        [] => Err(whole
            .refuse("the expression is empty")
            .help("to send on Mondays at nine, write `0 9 * * mon`")),
        [nickname, rest @ ..] if nickname.text.starts_with('@') => expand(*nickname, rest),
        &[minute, hour, day, month, weekday] => fields([minute, hour, day, month, weekday]),
        words => Err(wrong_count(words)),
    };
    let expression = text.to_owned();
    match cron {
        Ok(cron) => Ok(Cron {
            text: expression,
            ..cron
        }),
        Err(error) => Err(CronError {
            expression,
            ..error
        }),
    }
}

fn words(whole: Part<'_>) -> Vec<Part<'_>> {
    whole
        .split(|c| c.is_ascii_whitespace())
        .filter(|word| !word.text.is_empty())
        .collect()
}

/// The first field that makes an expression follow real time, or the whole nickname.
pub(super) fn real_time_part(text: &str) -> Range<usize> {
    let words = words(Part { text, start: 0 });
    let makes_it = |word: &&Part<'_>| word.text.starts_with('@') || follows_real_time(**word);
    let part = words.iter().take(2).find(makes_it);
    part.map_or(0..text.len(), |part| part.start..part.end())
}

fn follows_real_time(field: Part<'_>) -> bool {
    field.text.contains(['*', '/'])
}

fn expand(nickname: Part<'_>, rest: &[Part<'_>]) -> Parsed<Cron> {
    if let Some(extra) = rest.first() {
        return Err(extra.refuse("nothing may follow a nickname"));
    }
    let name = nickname.text.to_ascii_lowercase();
    if name == "@reboot" {
        return Err(nickname
            .refuse("`@reboot` is not a time: no edition is due because a machine started")
            .help("write the time to send at, such as `0 9 * * mon`"));
    }
    if let Some((_, meaning)) = NICKNAMES.iter().find(|(known, _)| *known == name) {
        return fields(meaning.map(|text| Part { text, start: 0 }));
    }
    let known: Vec<&str> = NICKNAMES.iter().map(|(known, _)| *known).collect();
    let help = did_you_mean(&name, &known);
    Err(nickname
        .refuse(format!("there is no nickname `{}`", nickname.text))
        .help(help.unwrap_or_else(|| format!("there are {}", known.join(", ")))))
}

fn fields([minute, hour, day, month, weekday]: [Part<'_>; 5]) -> Parsed<Cron> {
    let minutes = numbers(&MINUTE, minute)?;
    let hours = numbers(&HOUR, hour)?;
    let days = numbers(&DAY, day)?;
    let months = numbers(&MONTH, month)?;
    let weekdays = numbers(&WEEKDAY, weekday)?;
    let either_day = !day.text.starts_with('*') && !weekday.text.starts_with('*');
    if !either_day {
        refuse_impossible(&days, &months, day.start..month.end())?;
    }
    let fields = [minutes, hours, days, months, weekdays];
    Ok(Cron {
        text: String::new(),
        searches: searches(fields, either_day).map_err(|error| minute.refuse(error.to_string()))?,
        real_time: [minute, hour].into_iter().any(follows_real_time),
    })
}

/// Every month has every weekday, and every date falls on every weekday in some year. So an
/// expression is never due only if none of its months has its days.
fn refuse_impossible(
    days: &BTreeSet<u32>,
    months: &BTreeSet<u32>,
    span: Range<usize>,
) -> Parsed<()> {
    let lengths = (1..)
        .zip(MONTH_LENGTHS)
        .filter(|(month, _)| months.contains(month));
    let longest = lengths.map(|(_, length)| length).max().unwrap_or(0);
    if days.first().is_some_and(|first| *first <= longest) {
        return Ok(());
    }
    Err(refusal(span, "this is never due: no such day exists")
        .help(format!("a month named here has {longest} days at most")))
}

fn numbers(field: &Field, part: Part<'_>) -> Parsed<BTreeSet<u32>> {
    let mut numbers = BTreeSet::new();
    for item in part.split(|c| c == ',') {
        let parts = item.split_once('/');
        let (base, step) = parts.map_or((item, None), |(base, step)| (base, Some(step)));
        let range = range(field, base, step)?;
        let step = step.map_or(Ok(1), |step| step_size(field, step))?;
        numbers.extend(range.step_by(step).map(|number| field.canonical(number)));
    }
    Ok(numbers)
}

fn range(field: &Field, base: Part<'_>, step: Option<Part<'_>>) -> Parsed<RangeInclusive<u32>> {
    if base.text == "*" {
        return Ok(field.min..=field.max);
    }
    let Some((from, to)) = base.split_once('-') else {
        let number = number(field, base)?;
        let Some(step) = step else {
            return Ok(number..=number);
        };
        // Debian's cron refuses it as well; elsewhere it means a range to the end of the field.
        let help = format!("write `{}-{}/{}`", base.text, field.last(), step.text);
        return Err(base
            .refuse("a step needs a range or `*` before the `/`")
            .help(help));
    };
    let first = number(field, from)?;
    let last = match number(field, to)? {
        // By name, a week may end on its Sunday: `fri-sun` has no other meaning.
        0 if first > 0 && to.text.eq_ignore_ascii_case("sun") => SUNDAY_AS_LAST,
        last => last,
    };
    if first > last {
        return Err(runs_backwards(field, base, first, last, step));
    }
    Ok(first..=last)
}

fn runs_backwards(
    field: &Field,
    base: Part<'_>,
    first: u32,
    last: u32,
    step: Option<Part<'_>>,
) -> CronError {
    let range = |from: u32, to: u32| match from == to {
        true => from.to_string(),
        false => format!("{from}-{to}"),
    };
    let help = match (first, last) {
        _ if step.is_some() => "the smaller number comes first".to_owned(),
        (SUNDAY_AS_LAST, last) if field.is_week() => format!("write `{}`", range(0, last)),
        (first, 0) if field.is_week() => format!("write `{}`", range(first, SUNDAY_AS_LAST)),
        (first, last) => format!(
            "to wrap around, write `{},{}`",
            range(first, field.last()),
            range(field.min, last)
        ),
    };
    base.refuse(format!("the range `{}` runs backwards", base.text))
        .help(help)
}

fn step_size(field: &Field, step: Part<'_>) -> Parsed<usize> {
    match step.text.parse() {
        _ if !is_digits(step.text) => Err(step
            .refuse(format!("`{}` is not a step", step.text))
            .help("a step is a whole number, such as the 15 in `*/15`")),
        Ok(0) => Err(step
            .refuse("a step cannot be zero")
            .help(format!("write 1 or more, or `*` for every {}", field.name))),
        Ok(size) => Ok(size),
        Err(_) => Err(step.refuse(format!("the step {} is too large", step.text))),
    }
}

fn number(field: &Field, part: Part<'_>) -> Parsed<u32> {
    if is_digits(part.text) {
        let number = part.text.parse().ok();
        let number = number.filter(|number| (field.min..=field.max).contains(number));
        let message = format!("the {} {} is out of range", field.name, part.text);
        return number.ok_or_else(|| part.refuse(message).help(field.expected()));
    }
    let name = part.text.to_ascii_lowercase();
    let mut names = (field.min..).zip(field.names);
    match names.find(|(_, known)| **known == name) {
        Some((number, _)) => Ok(number),
        None => Err(not_a_number(field, part, &name)),
    }
}

fn not_a_number(field: &Field, part: Part<'_>, lower: &str) -> CronError {
    if lower.is_empty() {
        return part
            .refuse(format!("a number is missing in the {} field", field.name))
            .help(field.expected());
    }
    if let Some(help) = quartz_help(lower) {
        let message = format!("`{}` is Quartz notation, not crontab", part.text);
        return part.refuse(message).help(help);
    }
    let help = match field.names.iter().find(|known| lower.starts_with(**known)) {
        Some(known) => format!("names have three letters: write `{known}`"),
        None => did_you_mean(lower, field.names).unwrap_or_else(|| field.expected()),
    };
    part.refuse(format!(
        "the {} field does not take `{}`",
        field.name, part.text
    ))
    .help(help)
}

/// What to write instead of the marks that Quartz adds to crontab's.
fn quartz_help(lower: &str) -> Option<&'static str> {
    let numbered = |mark| {
        lower
            .strip_suffix(mark)
            .is_some_and(|day| day.is_empty() || is_digits(day))
    };
    if lower == "?" {
        Some("write `*` for any day")
    } else if lower.contains('#') {
        Some("there is no n-th weekday of a month; `0 9 * * mon` is every Monday")
    } else if numbered('l') {
        Some("there is no last day of a month; the first is `1`")
    } else if numbered('w') || lower == "lw" {
        Some("there is no nearest working day; working days are `mon-fri` in the last field")
    } else {
        None
    }
}

fn wrong_count(words: &[Part<'_>]) -> CronError {
    let message = format!("verdict takes five fields, and this has {}", words.len());
    if let Some((extra, five)) = without_seconds(words) {
        return extra.refuse(message).help(format!(
            "without seconds and year it is `{five}` (Sunday is 0 or 7, Monday 1)"
        ));
    }
    let span = match words {
        [_, _, _, _, _, extra, ..] => extra.start..extra.end(),
        [first, .., last] => first.start..last.end(),
        _ => words.first().map_or(0..0, |word| word.start..word.end()),
    };
    refusal(span, message).help("the fields are minute, hour, day of month, month and day of week")
}

/// The five fields of a Quartz expression, which has seconds before them, a year after them, or
/// both; and the first extra part.
fn without_seconds<'a>(words: &[Part<'a>]) -> Option<(Part<'a>, String)> {
    let is_year = |word: &Part<'_>| word.text.len() == 4 && is_digits(word.text);
    let (extra, five) = match words {
        [five @ .., year] if five.len() == 5 && is_year(year) => (year, five),
        [seconds, five @ ..] if five.len() == 5 => (seconds, five),
        [seconds, five @ .., _year] if five.len() == 5 => (seconds, five),
        _ => return None,
    };
    let five: Vec<&str> = five.iter().map(|word| word.text).collect();
    let five = five.join(" ").replace('?', "*");
    parse(&five).is_ok().then_some((*extra, five))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn did_you_mean(word: &str, known: &[&str]) -> Option<String> {
    known
        .iter()
        .map(|known| (strsim::damerau_levenshtein(word, known), known))
        .filter(|(distance, known)| *distance <= known.len().div_ceil(3))
        .min()
        .map(|(_, known)| format!("did you mean `{known}`?"))
}

fn refusal(span: Range<usize>, message: impl Into<String>) -> CronError {
    CronError {
        expression: String::new(),
        span,
        message: message.into(),
        help: None,
    }
}

impl Field {
    /// The largest number that does not repeat the meaning of another.
    fn last(&self) -> u32 {
        self.max - u32::from(self.is_week())
    }

    fn canonical(&self, number: u32) -> u32 {
        match self.is_week() {
            true => number % SUNDAY_AS_LAST,
            false => number,
        }
    }

    fn is_week(&self) -> bool {
        self.max == SUNDAY_AS_LAST
    }

    fn expected(&self) -> String {
        let Self { name, min, max, .. } = self;
        match self.names {
            [first, .., last] => {
                format!("the {name} field takes {min} to {max}, or {first} to {last}")
            }
            _ => format!("the {name} field takes {min} to {max}"),
        }
    }
}

impl<'a> Part<'a> {
    /// The pieces between separators, each of one byte.
    fn split(self, is_separator: fn(char) -> bool) -> impl Iterator<Item = Self> {
        self.text
            .split(is_separator)
            .scan(self.start, |next, text| {
                let start = *next;
                *next += text.len() + 1;
                Some(Self { text, start })
            })
    }

    fn split_once(self, separator: char) -> Option<(Self, Self)> {
        let (left, right) = self.text.split_once(separator)?;
        let start = self.start + left.len() + separator.len_utf8();
        Some((Self { text: left, ..self }, Self { text: right, start }))
    }

    fn end(self) -> usize {
        self.start + self.text.len()
    }

    fn refuse(self, message: impl Into<String>) -> CronError {
        refusal(self.start..self.end(), message)
    }
}

impl CronError {
    fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }
}
