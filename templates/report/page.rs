//! A report as one HTML file that loads nothing.

use chrono::{DateTime, FixedOffset};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::words::{self, counted, number, percent, signed};
use super::{
    CHART_HOURS, Group, Growth, Hour, Joined, Kind, Outcome, Report, ToolVotes, chart, charts,
    share,
};
use crate::accent;
use crate::comparison::Newsletter;

const STYLE: &str = include_str!("../report.css");

/// Nothing is loaded and nothing runs, whatever a name or a reply contains.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The whole page, with its style.
pub fn page(report: &Report, newsletter: &Newsletter) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width,initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (report.title) " · Report" }
                style { (PreEscaped(STYLE)) (PreEscaped(accent::properties(newsletter))) }
            }
            body {
                header { (head(report, newsletter)) }
                main {
                    (figures(report))
                    (delivery(report))
                    @if !report.refused.is_empty() { (refused(report)) }
                    @if !report.in_doubt.is_empty() { (in_doubt(report)) }
                    @if !report.skipped.is_empty() { (skipped(report)) }
                    @if !report.texts.is_empty() { (texts(report)) }
                    (unsubscribed(report))
                    @if report.kind == Kind::Issue { (votes(report)) }
                    (joined(&report.joined))
                    @if let Some(growth) = &report.growth { (growth_since(growth)) }
                }
                footer {
                    p { "Made " (time(report.reported_at)) " by " code { "verdict report " (report.slug) } }
                }
            }
        }
    }
}

fn head(report: &Report, newsletter: &Newsletter) -> Markup {
    let kind = match report.kind {
        Kind::Issue => "Report",
        Kind::Digest => "Report on a digest",
        Kind::Correction => "Report on a correction notice",
    };
    html! {
        p.over { bdi { (newsletter.name) } " · " (kind) }
        h1 { bdi { (report.title) } }
        p.headline.attention[!report.complete] { (words::headline(report)) }
        @if let Some(reason) = &report.pause_reason {
            p { "Paused because: " bdi { (reason) } }
        }
        p.small {
            "Frozen " (time(report.sent_at))
            @if let Some(at) = report.finished_at { " · ended " (time(at)) }
            @if let Some(at) = report.compacted_at { " · compacted " (time(at)) }
        }
    }
}

/// The figures that an editor looks for first.
fn figures(report: &Report) -> Markup {
    let accepted = report.deliveries.accepted;
    let left = &report.unsubscribed;
    html! {
        dl.figures {
            (figure("Accepted", &number(accepted), &format!("{} of {}", percent(report.share(accepted)), words::readers(report.readers))))
            (figure("Unsubscribed", &number(left.count), &words::of_accepted(left)))
            @if report.kind == Kind::Issue { (figure("Votes", &number(report.all_votes()), "on both tools")) }
            (figure("Joined", &number(report.joined.count), "since this edition"))
            @if let Some(growth) = &report.growth {
                (figure("Growth", &signed(growth.readers_now - growth.readers_then), "readers since the last"))
            }
        }
    }
}

fn figure(name: &str, value: &str, note: &str) -> Markup {
    html! { div { dt { (name) } dd { strong { (value) } span.small { (note) } } } }
}

fn delivery(report: &Report) -> Markup {
    let outcomes = report.outcomes();
    let shares: Vec<(Outcome, f64)> = outcomes
        .iter()
        .map(|(outcome, count)| (*outcome, report.share(*count)))
        .collect();
    let parts = outcomes
        .iter()
        .map(|(outcome, count)| format!("{} {}", words::outcome(*outcome), number(*count)));
    let label = format!("Deliveries: {}", parts.collect::<Vec<_>>().join(", "));
    html! {
        section {
            h2 { "Delivery" }
            (chart::stacked(&label, &shares))
            table {
                thead { tr { th { "Outcome" } th.number { "Readers" } th.number { "Share" } } }
                tbody {
                    @for (outcome, count) in &outcomes {
                        tr {
                            th scope="row" { (chart::key(chart::class(*outcome))) (words::outcome(*outcome)) }
                            td.number { (number(*count)) }
                            td.number { (percent(report.share(*count))) }
                        }
                    }
                }
                tfoot { tr { th scope="row" { "All" } td.number { (number(report.readers)) } td.number {} } }
            }
        }
    }
}

fn texts(report: &Report) -> Markup {
    html! {
        section {
            h2 { "Which text readers have, or may have" }
            table {
                thead { tr { th { "Text" } th.number { "Readers" } th.number { "Share" } } }
                tbody {
                    @for one in &report.texts {
                        tr {
                            th scope="row" { (words::text(one)) }
                            td.number { (number(one.readers)) }
                            td.number { (percent(report.share(one.readers))) }
                        }
                    }
                }
            }
        }
    }
}

fn refused(report: &Report) -> Markup {
    html! {
        section {
            h2 { "Refused, by reason" }
            table {
                thead { tr { th { "Reason" } th.number { "Readers" } th.wide { span.unseen { "Share" } } } }
                tbody {
                    @for one in &report.refused {
                        tr {
                            th scope="row" {
                                bdi { (words::refused(&one.reason)) }
                                @if let Some(meaning) = one.meaning { " · " (meaning) }
                            }
                            td.number { (number(one.count)) }
                            td.wide { (chart::bar(share(one.count, report.deliveries.refused))) }
                        }
                        @if let Some(example) = &one.example {
                            tr { td.example.small colspan="3" { "Such as: " bdi { (example) } } }
                        }
                    }
                }
            }
            p.small { "To mail those who may still get mail: " code { "verdict resend " (report.slug) " --refused" } }
        }
    }
}

fn in_doubt(report: &Report) -> Markup {
    html! {
        section {
            h2 { "In doubt, by name" }
            p { "No reply came, so these readers may have got it, or not. Decide with "
                code { "verdict settle " (report.slug) } "." }
            ul.list {
                @for doubt in &report.in_doubt {
                    li {
                        strong { bdi { (doubt.reader) } }
                        @if let Some(since) = doubt.since { " " span.small { "since " (time(since)) } }
                        @if let Some(reply) = &doubt.reply { br; span.small { bdi { (reply) } } }
                    }
                }
            }
        }
    }
}

fn skipped(report: &Report) -> Markup {
    let total = report.deliveries.skipped;
    html! {
        section {
            h2 { "Skipped, by reason" }
            (groups("Reason", "Readers", &report.skipped, total, |name| words::skipped(name).to_owned()))
        }
    }
}

fn unsubscribed(report: &Report) -> Markup {
    let left = &report.unsubscribed;
    html! {
        section {
            h2 { "Unsubscribed" }
            p {
                (words::readers(left.count)) " left by a link of this edition: " (words::of_accepted(left)) "."
                @for sentence in words::besides(report) { " " (sentence) }
            }
            @if left.count > 0 {
                div.two {
                    (groups("Way", "Readers", &left.by_way, left.count, |name| words::way(name).to_owned()))
                    (groups("Reason", "Readers", &left.by_reason, left.count, |name| words::reason(name).to_owned()))
                }
            }
            @if !left.comments.is_empty() {
                h3 { "What they wrote" }
                ul.list {
                    @for comment in &left.comments {
                        li { q { bdi { (comment.text) } } " " span.small { (time(comment.at)) } }
                    }
                }
                @if left.more_comments > 0 { p.small { "And " (number(left.more_comments as i64)) " older ones." } }
            }
        }
    }
}

fn votes(report: &Report) -> Markup {
    let (charts, most) = charts(report);
    html! {
        section {
            h2 { "Votes" }
            @if report.all_votes() == 0 { p { "Nobody has voted yet." } }
            @else {
                p.small {
                    (chart::key("ship")) "ship " (chart::key("skip")) "skip, by the hour since it was frozen. The top of \
                    each chart is " (counted(most, "vote")) " an hour."
                }
                @for (tool, (hours, later)) in report.votes.iter().zip(&charts) {
                    (votes_on(tool, hours, *later, most))
                }
            }
        }
    }
}

fn votes_on(tool: &ToolVotes, hours: &[Hour], later: i64, most: i64) -> Markup {
    let (ship, skip) = (number(tool.ship), number(tool.skip));
    let label = format!("{}: {ship} ship, {skip} skip in all", tool.name);
    let middle = CHART_HOURS / 2;
    html! {
        figure {
            figcaption {
                h3 { bdi { (tool.name) } }
                @match tool.total() {
                    0 => { "No votes" }
                    total => { (percent(share(tool.ship, total))) " would ship it: " (ship) " ship, " (skip) " skip" }
                }
            }
            @if tool.total() > 0 {
                (chart::hours(&label, hours, most))
                div.axis.small aria-hidden="true" { span { "0 h" } span { (middle) " h" } span { (CHART_HOURS) " h" } }
                @if later > 0 { p.small { (counted(later, "vote")) " came later." } }
                details {
                    summary { "Votes by hour as a table" }
                    table {
                        thead { tr { th { "Hour" } th.number { "Ship" } th.number { "Skip" } } }
                        tbody {
                            @for hour in &tool.by_hour {
                                tr {
                                    th scope="row" { (hour.hour) "–" (hour.hour + 1) " h" }
                                    td.number { (number(hour.ship)) }
                                    td.number { (number(hour.skip)) }
                                }
                            }
                        }
                        tfoot { tr { th scope="row" { "All" } td.number { (ship) } td.number { (skip) } } }
                    }
                }
            }
        }
    }
}

fn joined(joined: &Joined) -> Markup {
    html! {
        section {
            h2 { "Joined" }
            p {
                (words::readers(joined.count)) " joined since it was frozen"
                @match &joined.next {
                    Some(next) => { ", until " code { (next) } " was." }
                    None => { "." }
                }
            }
            @if joined.count > 0 { (groups("Way", "Readers", &joined.by_way, joined.count, words::joined)) }
        }
    }
}

fn growth_since(growth: &Growth) -> Markup {
    let Growth {
        readers_then,
        readers_now,
        gained,
        lost,
        ..
    } = *growth;
    let most = readers_then.max(readers_now);
    html! {
        section {
            h2 { "Growth since the last edition" }
            table {
                thead { tr { th { "Edition" } th.number { "Readers" } th.wide { span.unseen { "Size" } } } }
                tbody {
                    @for (name, readers) in [(growth.since.as_str(), readers_then), ("This edition", readers_now)] {
                        tr {
                            th scope="row" { (name) }
                            td.number { (number(readers)) }
                            td.wide { (chart::bar(share(readers, most))) }
                        }
                    }
                }
                tfoot { tr { th scope="row" { "Difference" } td.number { (signed(readers_now - readers_then)) } td.wide {} } }
            }
            p {
                "In between, the list gained " (words::readers(gained)) " and lost " (number(lost)) "."
                @if growth.choices() != 0 { " " (words::choices(growth)) }
            }
            @if lost > 0 {
                (groups("Lost", "Readers", &growth.lost_to, lost, |name| words::lost(name).to_owned()))
            }
        }
    }
}

/// A table that is its own chart.
fn groups(
    head: &str,
    counted: &str,
    groups: &[Group],
    total: i64,
    name: impl Fn(&str) -> String,
) -> Markup {
    html! {
        table {
            thead { tr { th { (head) } th.number { (counted) } th.wide { span.unseen { "Share" } } } }
            tbody {
                @for group in groups {
                    tr {
                        th scope="row" { bdi { (name(&group.name)) } }
                        td.number { (number(group.count)) }
                        td.wide { (chart::bar(share(group.count, total))) }
                    }
                }
            }
        }
    }
}

fn time(at: DateTime<FixedOffset>) -> Markup {
    html! { time datetime=(at.to_rfc3339()) { (words::time(at)) } }
}
