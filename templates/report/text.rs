//! A report as lines of 80 columns for a terminal.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::words::{self, counted, number, percent, readers, signed, time};
use super::{Group, Growth, Kind, Report, charts, share};
use crate::lines::{hang, wrap};

/// A line, with what a terminal may do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub style: Style,
    /// Without a line break. It may contain what readers, editors and relays wrote: print it harmlessly.
    pub text: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Plain,
    Title,
    Good,
    Bad,
}

/// Columns of a line.
const WIDTH: usize = 80;
/// Columns of a row's name, and of its bar.
const NAME: usize = 34;
const BAR: usize = 24;

/// An eighth of a block, two eighths, and so on to the whole.
const EIGHTHS: [char; 8] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'];
const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const ASCII_LEVELS: [char; 8] = ['.', ':', '-', '=', '+', '*', '%', '#'];

/// The report, wrapped at 80 columns. A longer word, such as an email address, is not broken. Charts use block
/// characters, or only ASCII.
pub fn text(report: &Report, is_ascii: bool) -> Vec<Line> {
    let mut text = Text {
        is_ascii,
        lines: Vec::new(),
    };
    text.head(report);
    text.delivery(report);
    text.refused(report);
    text.in_doubt(report);
    text.skipped(report);
    text.texts(report);
    text.unsubscribed(report);
    if report.kind == Kind::Issue {
        text.votes(report);
    }
    text.joined(report);
    if let Some(growth) = &report.growth {
        text.growth(growth);
    }
    text.lines
}

struct Text {
    is_ascii: bool,
    lines: Vec<Line>,
}

impl Text {
    fn head(&mut self, report: &Report) {
        self.styled(Style::Title, "", &report.title);
        let style = if report.complete {
            Style::Good
        } else {
            Style::Bad
        };
        self.styled(style, "", &words::headline(report));
        if let Some(reason) = &report.pause_reason {
            self.line("", &format!("Paused because: {reason}"));
        }
        self.line("", &format!("frozen     {}", time(report.sent_at)));
        for (what, at) in [
            ("ended", report.finished_at),
            ("compacted", report.compacted_at),
        ] {
            if let Some(at) = at {
                self.line("", &format!("{what:<10} {}", time(at)));
            }
        }
    }

    fn delivery(&mut self, report: &Report) {
        self.heading("Delivery", &readers(report.readers));
        for (outcome, count) in report.outcomes() {
            self.row(words::outcome(outcome), count, report.share(count));
        }
    }

    fn refused(&mut self, report: &Report) {
        if report.refused.is_empty() {
            return;
        }
        self.heading("Refused, by reason", "");
        for one in &report.refused {
            let share = share(one.count, report.deliveries.refused);
            self.row(words::refused(&one.reason), one.count, share);
            if let Some(meaning) = one.meaning {
                self.line("    ", meaning);
            }
            if let Some(example) = &one.example {
                self.line("    ", &format!("such as: {example}"));
            }
        }
    }

    fn in_doubt(&mut self, report: &Report) {
        if report.in_doubt.is_empty() {
            return;
        }
        self.heading("In doubt, because no reply came", "");
        for doubt in &report.in_doubt {
            self.line("  ", &doubt.reader);
            let since = doubt.since.map(|since| format!("since {}", time(since)));
            for known in since.iter().chain(&doubt.reply) {
                self.line("    ", known);
            }
        }
        self.line("  ", &format!("Decide: verdict settle {}", report.slug));
    }

    fn skipped(&mut self, report: &Report) {
        if !report.skipped.is_empty() {
            self.heading("Skipped, by reason", "");
            self.groups(&report.skipped, |name| words::skipped(name).to_owned());
        }
    }

    fn texts(&mut self, report: &Report) {
        if report.texts.is_empty() {
            return;
        }
        self.heading("Which text readers have, or may have", "");
        for one in &report.texts {
            self.row(&words::text(one), one.readers, report.share(one.readers));
        }
    }

    fn unsubscribed(&mut self, report: &Report) {
        let left = &report.unsubscribed;
        let share = words::of_accepted(left);
        self.heading("Unsubscribed", &format!("{}, {share}", readers(left.count)));
        self.groups(&left.by_way, |name| words::way(name).to_owned());
        if left.count > 0 {
            self.line("  ", "Why:");
        }
        self.groups(&left.by_reason, |name| words::reason(name).to_owned());
        for comment in &left.comments {
            self.line("    ", &format!("\"{}\"", comment.text));
        }
        if left.more_comments > 0 {
            self.line("    ", &format!("and {} older ones", left.more_comments));
        }
        for sentence in words::besides(report) {
            self.line("  ", &sentence);
        }
    }

    fn votes(&mut self, report: &Report) {
        let (charts, most) = charts(report);
        self.heading("Votes", &counted(report.all_votes(), "vote"));
        for (tool, (hours, later)) in report.votes.iter().zip(charts) {
            self.line("  ", &tool.name);
            self.row("  would ship it", tool.ship, share(tool.ship, tool.total()));
            self.row("  would skip it", tool.skip, share(tool.skip, tool.total()));
            if tool.total() > 0 {
                let columns = hours.iter().map(|hour| self.level(hour.total(), most));
                let columns: String = columns.collect();
                self.line("    ", &format!("|{columns}|"));
                let later = match later {
                    0 => String::new(),
                    later => format!("; {} later", number(later)),
                };
                let most = counted(most, "vote");
                self.line(
                    "    ",
                    &format!("hours 0 to 48, up to {most} an hour{later}"),
                );
            }
        }
    }

    fn joined(&mut self, report: &Report) {
        let joined = &report.joined;
        let until = match &joined.next {
            Some(next) => format!(", until `{next}` was"),
            None => String::new(),
        };
        let count = readers(joined.count);
        self.heading("Joined", &format!("{count} since it was frozen{until}"));
        self.groups(&joined.by_way, words::joined);
    }

    fn growth(&mut self, growth: &Growth) {
        let (then, now) = (growth.readers_then, growth.readers_now);
        let difference = signed(now - then);
        self.heading("Growth since the last edition", &difference);
        let most = then.max(now);
        self.bare_row(&growth.since, then, most);
        self.bare_row("this edition", now, most);
        let (gained, lost) = (readers(growth.gained), number(growth.lost));
        self.line("  ", &format!("The list gained {gained} and lost {lost}."));
        self.groups(&growth.lost_to, |name| words::lost(name).to_owned());
        if growth.choices() != 0 {
            self.line("  ", &words::choices(growth));
        }
    }

    /// An empty line, a title, and something about it.
    fn heading(&mut self, title: &str, about: &str) {
        self.line("", "");
        let gap = if about.is_empty() { "" } else { ": " };
        self.styled(Style::Title, "", &format!("{title}{gap}{about}"));
    }

    fn groups(&mut self, groups: &[Group], name: impl Fn(&str) -> String) {
        let total = groups.iter().map(|group| group.count).sum();
        for group in groups {
            self.row(&name(&group.name), group.count, share(group.count, total));
        }
    }

    /// A count with its share of a whole, and a bar.
    fn row(&mut self, name: &str, count: i64, share: f64) {
        let bar = self.bar(share);
        self.table_row(name, count, &percent(share), &bar);
    }

    /// A count with a bar, where its share means nothing.
    fn bare_row(&mut self, name: &str, count: i64, most: i64) {
        let bar = self.bar(share(count, most));
        self.table_row(name, count, "", &bar);
    }

    fn table_row(&mut self, name: &str, count: i64, percent: &str, bar: &str) {
        let name = self.fitted(&name.replace(char::is_control, " "));
        let count = number(count);
        let row = format!("  {name} {count:>9} {percent:>7}  {bar}");
        self.push(Style::Plain, row.trim_end());
    }

    /// A name in as many columns as all names.
    fn fitted(&self, name: &str) -> String {
        let mut fitted = name.to_owned();
        if name.width() > NAME {
            let mark = if self.is_ascii { "~" } else { "…" };
            let mut used = mark.width();
            let fits = |c: &char| {
                used += c.width().unwrap_or(0);
                used <= NAME
            };
            fitted = name.chars().take_while(fits).collect();
            fitted.push_str(mark);
        }
        let blank = NAME.saturating_sub(fitted.width());
        fitted + &" ".repeat(blank)
    }

    /// A share from 0 to 1 as a bar. What is not nothing can be seen.
    fn bar(&self, share: f64) -> String {
        if share <= 0.0 {
            return String::new();
        }
        let length = share.min(1.0) * BAR as f64;
        if self.is_ascii {
            return "#".repeat((length.round() as usize).max(1));
        }
        let eighths = ((length * 8.0).round() as usize).max(1);
        let mut bar = EIGHTHS[7].to_string().repeat(eighths / 8);
        bar.extend((eighths % 8).checked_sub(1).map(|at| EIGHTHS[at]));
        bar
    }

    /// The column of an hour.
    fn level(&self, count: i64, most: i64) -> char {
        let levels = if self.is_ascii { ASCII_LEVELS } else { LEVELS };
        let level = (share(count, most) * 8.0).ceil() as usize;
        let level = level.checked_sub(1).and_then(|at| levels.get(at));
        level.copied().unwrap_or(' ')
    }

    /// A text in as many lines as it needs, each after the same blanks.
    fn line(&mut self, indent: &str, text: &str) {
        self.styled(Style::Plain, indent, text);
    }

    fn styled(&mut self, style: Style, indent: &str, text: &str) {
        let text = text.replace(char::is_control, " ");
        let width = WIDTH - indent.width();
        // Wrapping merges blanks, which a chart needs.
        let wrapped = match text.width() <= width {
            true => text,
            false => wrap(&text, width),
        };
        for line in hang(indent, &wrapped).split('\n') {
            self.push(style, line);
        }
    }

    fn push(&mut self, style: Style, text: &str) {
        self.lines.push(Line {
            style,
            text: text.to_owned(),
        });
    }
}
