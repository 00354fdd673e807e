use unicode_width::UnicodeWidthStr as _;

use super::*;
use crate::fixture;

fn at(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn group(name: &str, count: i64) -> Group {
    Group {
        name: name.to_owned(),
        count,
    }
}

/// A report with something in every part. `wild` stands where readers, editors and relays write.
fn report(wild: &str) -> Report {
    let hour = |hour, ship, skip| Hour { hour, ship, skip };
    Report {
        slug: "axolotl-vs-llama".to_owned(),
        kind: Kind::Issue,
        title: wild.to_owned(),
        state: State::Finished,
        complete: false,
        missing: Missing {
            refused: 3,
            in_doubt: 1,
            ..Missing::default()
        },
        pause_reason: Some(wild.to_owned()),
        sent_at: at("2026-11-26T09:00:00+01:00"),
        finished_at: Some(at("2026-11-26T09:20:00+01:00")),
        compacted_at: None,
        reported_at: at("2026-11-28T12:00:00+01:00"),
        readers: 1_204,
        deliveries: Deliveries {
            accepted: 1_193,
            refused: 3,
            unknown: 2,
            skipped: 6,
            ..Deliveries::default()
        },
        refused: vec![Refused {
            reason: "550 5.1.1".to_owned(),
            meaning: Some("the mailbox does not exist"),
            count: 3,
            example: Some(wild.to_owned()),
        }],
        in_doubt: vec![Doubt {
            reader: wild.to_owned(),
            since: Some(at("2026-11-26T09:10:00+01:00")),
            reply: Some(wild.to_owned()),
        }],
        skipped: vec![group("unsubscribed", 5), group(wild, 1)],
        texts: vec![
            TextReaders {
                revision: 0,
                revised_at: None,
                readers: 1_000,
            },
            TextReaders {
                revision: 1,
                revised_at: Some(at("2026-11-26T09:15:00+01:00")),
                readers: 195,
            },
        ],
        unsubscribed: Unsubscribed {
            count: 9,
            share_of_accepted: Some(9.0 / 1_193.0),
            taken_back: 1,
            by_way: vec![group("one-click", 8), group(wild, 1)],
            by_reason: vec![group("too-often", 5), group(words::NONE, 4)],
            comments: vec![Comment {
                at: at("2026-11-27T09:00:00+01:00"),
                text: wild.to_owned(),
            }],
            more_comments: 2,
        },
        bounced: 2,
        complained: 1,
        votes: vec![ToolVotes {
            tool: "a".to_owned(),
            name: wild.to_owned(),
            ship: 31,
            skip: 11,
            by_hour: vec![hour(0, 20, 10), hour(47, 10, 0), hour(48, 1, 1)],
        }],
        joined: Joined {
            count: 2,
            until: at("2026-11-28T12:00:00+01:00"),
            next: None,
            by_way: vec![group(&format!("page ({wild})"), 2)],
        },
        growth: Some(Growth {
            since: "tea-vs-coffee".to_owned(),
            since_sent_at: at("2026-11-19T09:00:00+01:00"),
            readers_then: 1_180,
            readers_now: 1_204,
            gained: 31,
            lost: 9,
            lost_to: vec![group("unsubscribed", 8), group("bounced", 1)],
        }),
    }
}

fn lines(report: &Report, is_ascii: bool) -> String {
    let lines = text(report, is_ascii).into_iter();
    lines.map(|line| line.text + "\n").collect()
}

#[test]
fn no_missing_reader_is_passed_over_in_any_state() {
    let missing = |waiting, refused, in_doubt, cancelled| Missing {
        waiting,
        refused,
        in_doubt,
        cancelled,
    };
    let mut report = report("Axolotl");
    for state in [
        State::Sending,
        State::Paused,
        State::Cancelled,
        State::Finished,
    ] {
        for (missing, named) in [
            (missing(1, 0, 0, 0), "1 waiting"),
            (missing(0, 1, 0, 0), "1 refused"),
            (missing(0, 0, 1, 0), "1 in doubt"),
            (missing(0, 0, 0, 1), "1 left out by the cancel"),
            (missing(1_000, 2, 0, 0), "1,000 waiting, 2 refused"),
        ] {
            report = Report {
                state,
                complete: false,
                missing,
                ..report
            };
            let headline = words::headline(&report);
            assert!(headline.contains(named), "{headline}");
            assert!(!headline.contains("everyone got it who"), "{headline}");
            let page = page(&report, &fixture::newsletter()).into_string();
            assert!(page.contains(&headline), "{headline}");
            assert!(lines(&report, false).contains(&headline), "{headline}");
        }
    }
}

#[test]
fn lines_fit_a_terminal_of_any_script() {
    for wild in [
        "Axolotl",
        "A name that is a good deal longer than the column in which all of the names are",
        "比較されるツールの名前がとても長い場合でも、表の列の幅に収まらなければなりません。本当に長い名前です。",
        "two\nlines\tand \u{1b}[31m a colour",
    ] {
        let report = report(wild);
        for is_ascii in [false, true] {
            for line in text(&report, is_ascii) {
                let width = line.text.width();
                assert!(width <= 80, "{width}: {}", line.text);
                assert!(!line.text.contains('\n'), "{:?}", line.text);
            }
        }
    }
    let plain = lines(&report("Axolotl"), true);
    assert!(plain.is_ascii(), "{plain}");
}

#[test]
fn the_text_has_every_number() {
    let text = lines(&report("Axolotl"), false);
    for shown in [
        "Finished, but not everyone got it: 3 refused, 1 in doubt (of 1,204 readers)",
        "  Accepted                               1,193   99.1%  ███████████████████████▊\n",
        "  No reply, settled                          1   0.08%  ▏\n",
        "Unsubscribed: 9 readers, 0.75% of those accepted",
        "2 mailboxes no longer exist, so their readers are off the list.",
        "hours 0 to 48, up to 30 votes an hour; 2 later",
        "Growth since the last edition: +24",
        "Pauses and the choice of the digest account for +2.",
    ] {
        assert!(text.contains(shown), "{shown}\n{text}");
    }
}

#[test]
fn the_page_runs_and_loads_nothing() {
    let wild = "</style></title><script>alert(1)</script>\"'><img src=x onerror=alert(2)> http://example.com";
    let page = page(&report(wild), &fixture::newsletter()).into_string();
    let (_, body) = page.split_once("</style>").unwrap();
    for tag in ["<script", "<img", "<link", "<style", " src=", " href="] {
        let found = body.replace("&lt;img src=x", "").contains(tag);
        assert!(!found, "{tag}");
    }
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(page.contains("default-src 'none'"));
}

#[test]
fn charts_come_with_their_tables() {
    let page = page(&report("Axolotl"), &fixture::newsletter()).into_string();
    let charts = page.matches("role=\"img\" aria-label=\"").count();
    assert_eq!(charts, 2, "deliveries, and the votes on one tool");
    for cell in [
        "<td class=\"number\">1,193</td>",
        "47–48 h",
        "48–49 h",
        "<td class=\"number\">31</td>",
    ] {
        assert!(page.contains(cell), "{cell}");
    }
}

#[test]
fn numbers_read_as_people_write_them() {
    let numbers = [0, 999, 1_000, 1_234_567, -1_000].map(words::number);
    assert_eq!(numbers, ["0", "999", "1,000", "1,234,567", "-1,000"]);
    let percents = [0.0, 0.000_01, 0.005, 0.333_3, 0.999_9, 1.0].map(words::percent);
    assert_eq!(
        percents,
        ["0%", "<0.01%", "0.50%", "33.3%", ">99.9%", "100%"]
    );
    assert_eq!([5, 0, -5].map(words::signed), ["+5", "0", "-5"]);
}
