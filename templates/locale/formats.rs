//! Dates, numbers and lists. chrono does the arithmetic; the order and the names are messages.

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, TimeDelta};

use super::{Locale, Message, args};

impl Locale {
    /// Such as "2 June 2026".
    pub fn date(&self, date: NaiveDate) -> String {
        let (day, month, year) = self.parts(date);
        self.text("date", args![day, month, year])
    }

    /// Such as "Tuesday 2 June 2026".
    pub fn weekday_and_date(&self, date: NaiveDate) -> String {
        let (day, month, year) = self.parts(date);
        let weekday = date.weekday().number_from_monday();
        self.text("weekday-and-date", args![weekday, day, month, year])
    }

    /// Such as "Tuesday 2 June 2026, 09:00 (UTC+02:00)".
    pub fn date_and_time(&self, moment: DateTime<FixedOffset>) -> String {
        let (day, month, year) = self.parts(moment.date_naive());
        let weekday = moment.weekday().number_from_monday();
        let time = self.0.numerals.digits(&moment.format("%H:%M").to_string());
        // Left to right in every script, and known to everyone by this form.
        let zone = moment.format("UTC%:z").to_string();
        self.text(
            "date-and-time",
            args![weekday, day, month, year, time, zone],
        )
    }

    /// Such as "June 2026".
    pub fn month(&self, date: NaiveDate) -> String {
        let (_, month, year) = self.parts(date);
        self.text("month-and-year", args![month, year])
    }

    /// Such as "2026".
    pub fn year(&self, date: NaiveDate) -> String {
        // Without a separator.
        self.0.numerals.digits(&date.year().to_string())
    }

    fn parts(&self, date: NaiveDate) -> (u32, u32, String) {
        (date.day(), date.month(), self.year(date))
    }

    /// Such as "1,234".
    pub fn number(&self, number: i64) -> String {
        self.0.numerals.write(&number.to_string())
    }

    /// Such as "62%".
    pub fn percent(&self, percent: u64) -> String {
        self.text("percent", args![number = percent])
    }

    /// Such as "the builder, the skeptic and the founder".
    pub fn list(&self, items: Vec<Message>) -> Message {
        let mut items = items.into_iter();
        let last = items.next_back().unwrap_or_default();
        let Some(first) = items.next() else {
            return last;
        };
        if items.len() == 0 {
            return self.message("list-pair", args![first, second = last]);
        }
        let list = items.fold(first, |list, item| {
            self.message("list-middle", args![list, item])
        });
        self.message("list-end", args![list, item = last])
    }

    /// Sentences in a row.
    pub fn sentences(&self, sentences: impl IntoIterator<Item = Message>) -> Message {
        let mut sentences = sentences.into_iter();
        let first = sentences.next().unwrap_or_default();
        sentences.fold(first, |first, second| {
            self.message("two-sentences", args![first, second])
        })
    }

    /// A length of time in its two largest units: "2 days 3 hours", "3 hours 5 minutes", "40 seconds".
    pub fn duration(&self, duration: TimeDelta) -> String {
        let seconds = duration.num_seconds().max(0);
        let (days, hours) = (seconds / 86_400, seconds / 3_600 % 24);
        let (minutes, rest) = (seconds / 60 % 60, seconds % 60);
        let mut units = Vec::new();
        if days > 0 {
            units.push(self.text("duration-days", args![count = days]));
        }
        if hours > 0 {
            units.push(self.text("duration-hours", args![count = hours]));
        }
        if minutes > 0 {
            units.push(self.text("duration-minutes", args![count = minutes]));
        }
        if rest > 0 || units.is_empty() {
            units.push(self.text("duration-seconds", args![count = rest]));
        }
        match units.as_slice() {
            [first, second, ..] => self.text("duration-pair", args![first, second]),
            _ => units.concat(),
        }
    }
}
