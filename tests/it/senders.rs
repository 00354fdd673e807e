//! The sender's address: a domain outside ASCII goes out as A-labels everywhere, and the configuration refuses an
//! address that would not fit into each mail.

use verdict::catcher::{Behaviour, Extension};

use crate::database::Db;
use crate::test_app::{TestApp, stderr, stdout};

const SLUG: &str = "tea-vs-coffee";
const GIVEN: &str = "b\u{fc}cher.example.org";
const WIRE: &str = "xn--bcher-kva.example.org";

/// Writes these addresses and a host of the pages into the configuration.
fn configure(app: &TestApp, from: &str, smtp: &str, base_url: &str) {
    let path = app.dir.path().join("verdict.toml");
    let config = std::fs::read_to_string(&path).unwrap();
    let config = config
        .replace("Verdict <weekly@example.org>", from)
        .replace("connections = 4", &format!("connections = 4\n{smtp}"))
        .replace(&app.site, base_url);
    std::fs::write(path, config).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_senders_domain_outside_ascii_goes_out_as_a_labels_everywhere() {
    let behaviour = Behaviour::new().without(Extension::SmtpUtf8).transcript();
    let app = TestApp::behaving(Db::Sqlite, behaviour).await;
    app.issue(SLUG).readers(2).await;
    let smtp = format!("unsubscribe_address = \"leave@{GIVEN}\"");
    let from = format!("Verdict <weekly@{GIVEN}>\"\nreply_to = \"answers@{GIVEN}");
    configure(&app, &from, &smtp, &format!("https://{GIVEN}"));
    stdout(&app.verdict(&["send", SLUG]));
    assert_eq!(app.catcher.len(), 2);
    for mail in app.catcher.mails() {
        assert!(mail.from.ends_with(&format!("@{WIRE}")), "{}", mail.from);
        let content = String::from_utf8(mail.content).unwrap();
        assert!(content.is_ascii());
        let (head, body) = content.split_once("\r\n\r\n").unwrap();
        let head = head.replace("\r\n ", " ");
        for name in [
            "From",
            "Reply-To",
            "Message-ID",
            "List-Id",
            "List-Unsubscribe",
            "List-Archive",
            "List-Help",
        ] {
            let field = head
                .lines()
                .find(|line| line.starts_with(&format!("{name}: ")));
            let field = field.unwrap_or_else(|| panic!("no {name} in {head}"));
            assert!(field.contains(WIRE), "{field}");
        }
        let body = body.replace("=\r\n", "");
        assert!(body.contains(&format!("https://{WIRE}/")), "{body}");
        assert!(!body.contains("b=C3=BCcher.example.org/"), "{body}");
    }
    let lines = app.catcher.transcript(1);
    assert!(lines.contains(&format!("C: EHLO {WIRE}")), "{lines:?}");
    assert!(app.catcher.faults().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_senders_local_part_outside_ascii_is_refused_with_a_caret() {
    let odd = "j\u{fc}rgen@example.org";
    for (from, smtp, shown) in [
        (
            format!("Verdict <{odd}>"),
            String::new(),
            ("`from`", "Verdict <j\u{fc}rgen@example.org>", 9),
        ),
        (
            format!("weekly@example.org\"\nreply_to = \"{odd}"),
            String::new(),
            ("`reply_to`", odd, 0),
        ),
        (
            "weekly@example.org".to_owned(),
            format!("bounce_address = \"{odd}\""),
            ("`bounce_address`", odd, 0),
        ),
        (
            "weekly@example.org".to_owned(),
            format!("unsubscribe_address = \"{odd}\""),
            ("`unsubscribe_address`", odd, 0),
        ),
    ] {
        let app = TestApp::on(Db::Sqlite).await;
        configure(&app, &from, &smtp, &app.site);
        let output = app.verdict(&["send", SLUG]);
        assert_eq!(output.status.code(), Some(2));
        let printed = stderr(&output);
        let (key, line, at) = shown;
        assert!(
            printed.contains("error[not-ascii]") && printed.contains(key),
            "{printed}"
        );
        assert!(
            printed.contains("write it like `") && printed.contains("RFC 6531"),
            "{printed}"
        );
        // The caret stands under the local part.
        let lines: Vec<_> = printed.lines().collect();
        let quoted = lines
            .iter()
            .position(|text| text.contains(&format!("\"{line}\"")))
            .unwrap();
        let start = lines[quoted].split(line).next().unwrap().chars().count() + at;
        let carets = lines[quoted + 1];
        assert_eq!(
            carets.chars().position(|c| c == '^'),
            Some(start),
            "{printed}"
        );
        assert_eq!(
            carets.matches('^').count(),
            "j\u{fc}rgen".chars().count(),
            "{printed}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_leaves_no_room_for_a_token_is_refused() {
    let long = |length| format!("{}@example.org", "b".repeat(length));
    let domain = format!("{0}.{0}.{0}.example.org", "d".repeat(59));
    for (from, smtp, key) in [
        (long(22), String::new(), "`from`"),
        (
            long(40),
            format!("bounce_address = \"{}\"", long(22)),
            "`bounce_address`",
        ),
        (
            long(40),
            format!(
                "bounce_address = \"b@{domain}\"\nunsubscribe_address = \"{}\"",
                long(22)
            ),
            "`unsubscribe_address`",
        ),
        (
            long(5),
            format!("bounce_address = \"{}@{domain}\"", "b".repeat(21)),
            "`bounce_address`",
        ),
    ] {
        let app = TestApp::on(Db::Sqlite).await;
        configure(&app, &from, &smtp, &app.site);
        let output = app.verdict(&["status"]);
        assert_eq!(output.status.code(), Some(2), "{from} {smtp}");
        let printed = stderr(&output);
        assert!(
            printed.contains("error[no-room]") && printed.contains(key),
            "{printed}"
        );
        assert!(
            printed.contains('^') && printed.contains("at most 21"),
            "{printed}"
        );
    }
    let app = TestApp::on(Db::Sqlite).await;
    app.issue(SLUG).readers(1).await;
    let smtp = format!(
        "bounce_address = \"{0}\"\nunsubscribe_address = \"{0}\"",
        long(21)
    );
    configure(&app, &long(40), &smtp, &app.site);
    stdout(&app.verdict(&["send", SLUG]));
    assert_eq!(app.catcher.len(), 1);
    assert!(app.catcher.faults().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn returned_mail_is_asked_for_by_its_header_and_a_name_for_each() {
    let app = TestApp::behaving(Db::Sqlite, Behaviour::new().with_dsn().transcript()).await;
    app.issue(SLUG).readers(3).await;
    app.send(SLUG).await;
    assert_eq!(app.catcher.faults(), []);
    let mut names = Vec::new();
    for line in (1..=4).flat_map(|connection| app.catcher.transcript(connection)) {
        let Some((start, name)) = line.split_once(" RET=HDRS ENVID=") else {
            assert!(!line.contains("MAIL FROM"), "{line}");
            continue;
        };
        let (_, from) = start.split_once('<').unwrap();
        let (local_part, _) = from.split_once('@').unwrap();
        assert_eq!(name.replace("+2B", "+"), local_part);
        names.push(name.to_owned());
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 3, "{names:?}");
}
