//! `verdict subscribers export` writes what `import` reads back: the same list, byte for byte.

use std::path::Path;

use super::{Instance, steady};
use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, on_both_stores, stdout};

on_both_stores!(
    formulas_are_guarded_and_come_back_as_they_were,
    the_readers_own_export_has_the_same_guard,
    pause_and_digest_are_shown_exported_and_kept
);

/// Names and addresses that a spreadsheet would read as a formula, and some that it would not.
const ODD: [(&str, &str); 10] = [
    ("=cmd|'/c!A0@example.com", "=1+1"),
    ("+a@example.com", "+z"),
    ("-b@example.com", "-x"),
    ("c@example.com", "@y"),
    ("d@example.com", "'quoted"),
    ("'=e@example.com", "'=not a guard"),
    ("f@example.com", "''-twice"),
    ("g@example.com", "  a blank in front"),
    ("h@example.com", "\"Quoted\", \u{ff1d}wide"),
    ("i@example.com", "Zoë O'Neill-Ωmega"),
];

fn import(dir: &Path, file: &Path) -> String {
    let args = [
        "subscribers",
        "import",
        file.to_str().unwrap(),
        "--confirmed",
    ];
    stdout(&crate::test_app::verdict(dir, &args))
}

/// An export without the last two columns: the language, and when they joined.
pub(super) fn without_times(exported: &str) -> String {
    let rows = exported
        .lines()
        .map(|row| row.rsplitn(3, ',').nth(2).unwrap());
    rows.map(|row| format!("{row}\n")).collect()
}

async fn formulas_are_guarded_and_come_back_as_they_were(db: Db) {
    let (here, there) = (TestApp::on(db).await, TestApp::on(db).await);
    for (email, name) in ODD {
        stdout(&here.verdict(&["subscribers", "add", &format!("--name={name}"), "--", email]));
    }
    let export = |app: &TestApp| stdout(&app.verdict(&["subscribers", "export"]));
    let first = export(&here);
    for row in first.lines().skip(1) {
        let cells = row.split(',').map(|cell| cell.trim_start_matches('"'));
        for cell in cells {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\u{ff1d}']), "{row}");
        }
    }
    for row in [
        "'=cmd|'/c!A0@example.com,'=1+1,",
        "\nd@example.com,'quoted,",
        "\n''=e@example.com,''=not a guard,",
    ] {
        assert!(first.contains(row), "{row}\n{first}");
    }
    let file = here.dir.path().join("out.csv");
    std::fs::write(&file, &first).unwrap();
    let printed = import(there.dir.path(), &file);
    insta::assert_snapshot!(printed, @"
    accepted       10
    already known  0
    suppressed     0
    rejected       0
    ");
    // An import numbers people in the order of addresses.
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&export(&there)), sorted(&first));
    let listed = |app: &TestApp| stdout(&app.verdict(&["subscribers", "list"]));
    assert_eq!(sorted(&listed(&there)), sorted(&listed(&here)));
    assert!(
        listed(&here).contains("\nc@example.com\tconfirmed\t@y\t"),
        "a list is no spreadsheet"
    );
    assert!(listed(&here).contains("\tconfirmed\ta blank in front\t"));
}

async fn the_readers_own_export_has_the_same_guard(db: Db) {
    let app = TestApp::on(db).await;
    app.issue("first")
        .named_reader("+ada@example.com", Some("=HYPERLINK(\"x\")"))
        .await;
    app.send("first").await;
    let offer = app
        .unsubscribe_link("+ada@example.com")
        .replace("/u/", "/settings/");
    http::post(&offer, "").await;
    app.deliver_outbox().await;
    let link = app.link("+ada@example.com", "/reader/");
    let csv = http::get(&format!("{link}/export.csv")).await.body;
    assert!(
        csv.starts_with("what,about,at,value\r\naddress,,,'+ada@example.com\r\n"),
        "{csv}"
    );
    assert!(
        csv.contains("\r\nname,,,\"'=HYPERLINK(\"\"x\"\")\"\r\n"),
        "{csv}"
    );
}

async fn pause_and_digest_are_shown_exported_and_kept(db: Db) {
    let (here, there) = (TestApp::on(db).await, TestApp::on(db).await);
    here.issue("first");
    for reader in ["ada@example.com", "ben@example.com", "cy@example.com"] {
        here.reader(reader).await;
    }
    here.send("first").await;
    // `why` uses the system's clock to check whether a pause is over.
    here.clock.set("2126-11-23T08:00:00Z".parse().unwrap());
    for (reader, less) in [
        ("ada@example.com", "digest"),
        ("ben@example.com", "pause-4"),
    ] {
        let answer = http::post(&here.unsubscribe_link(reader), &format!("instead={less}")).await;
        assert_eq!(answer.status, 200, "{answer:?}");
    }
    let prints = |app: &TestApp, args: &[&str]| stdout(&app.verdict(args));
    let until = "2126-12-21T08:00:00Z";
    let listed = prints(&here, &["subscribers", "list"]);
    let rows = [
        "ada@example.com\tconfirmed\t\t\tdigest\t\n".to_owned(),
        format!("ben@example.com\tconfirmed\t\t\tevery\t{until}\n"),
        "cy@example.com\tconfirmed\t\t\tevery\t\n".to_owned(),
    ];
    assert_eq!(listed, rows.concat());
    let exported = prints(&here, &["subscribers", "export"]);
    let rows = [
        "email,name,time_zone,consent,frequency,paused_until\n",
        "ada@example.com,,,confirmed,digest,\n",
        &format!("ben@example.com,,,confirmed,every,{until}\n"),
        "cy@example.com,,,confirmed,every,\n",
    ];
    assert_eq!(without_times(&exported), rows.concat());
    let printed = prints(&here, &["why", "ada@example.com"]);
    insta::assert_snapshot!(printed, @"
    ada@example.com  confirmed
      Gets the monthly digest instead of every issue.
      2026-11-23 09:00:00 CET  confirmed by editor
    first  accepted  2026-11-23 09:00:00 CET  250 2.0.0 Taken
    ");
    let printed = prints(&here, &["why", "ben@example.com"]);
    insta::assert_snapshot!(printed, @"
    ben@example.com  confirmed
      Paused until 2126-12-21 09:00:00 CET.
      2026-11-23 09:00:00 CET  confirmed by editor
    first  accepted  2026-11-23 09:00:00 CET  250 2.0.0 Taken
    ");
    let printed = prints(&here, &["why", "cy@example.com"]);
    insta::assert_snapshot!(printed, @"
    cy@example.com  confirmed
      2026-11-23 09:00:00 CET  confirmed by editor
    first  accepted  2026-11-23 09:00:00 CET  250 2.0.0 Taken
    ");

    let file = here.dir.path().join("out.csv");
    std::fs::write(&file, &exported).unwrap();
    // Readers who are there already keep their choices.
    stdout(&there.verdict(&["subscribers", "add", "cy@example.com"]));
    stdout(&there.verdict(&["subscribers", "add", "ada@example.com"]));
    import(there.dir.path(), &file);
    let mut rows: Vec<String> = prints(&there, &["subscribers", "list"])
        .lines()
        .map(str::to_owned)
        .collect();
    rows.sort();
    assert_eq!(
        rows,
        [
            "ada@example.com\tconfirmed\t\t\tevery\t".to_owned(),
            format!("ben@example.com\tconfirmed\t\t\tevery\t{until}"),
            "cy@example.com\tconfirmed\t\t\tevery\t".to_owned(),
        ]
    );
    let third = TestApp::on(db).await;
    import(third.dir.path(), &file);
    assert_eq!(prints(&third, &["subscribers", "export"]), exported);
    third.issue("second");
    third.send("second").await;
    assert_eq!(
        third.catcher.len(),
        1,
        "who pauses or wants the digest gets no issue"
    );
    assert_eq!(third.catcher.for_recipient("cy@example.com").len(), 1);
}

#[test]
fn a_wrong_pause_or_frequency_is_left_out_and_reported() {
    let _steady = steady();
    let instance = Instance::new();
    let list = "email,Frequency,paused_until\na@example.com,Weekly,\nb@example.com,digest,tomorrow\n\
                c@example.com,every,2026-12-21\nd@example.com,,2026-12-21T09:00:00+01:00\n";
    let file = instance.file("list.csv", list);
    let printed = instance.prints(&["subscribers", "import", &file, "--confirmed"]);
    insta::assert_snapshot!(printed, @"
    accepted       4
    already known  0
    suppressed     0
    rejected       0
    fixed          2
    The rows that were rejected or fixed are in [folder]/list.csv.rejected.csv, with line and reason.
    ");
    let report = std::fs::read_to_string(format!("{file}.rejected.csv")).unwrap();
    insta::assert_snapshot!(report, @"
    file,line,outcome,reason,row
    [folder]/list.csv,2,fixed,the frequency is unknown and was left out,
    [folder]/list.csv,3,fixed,a time could not be read and was left out,
    ");
    assert_eq!(
        instance.prints(&["subscribers", "list"]),
        "a@example.com\tconfirmed\t\t\tevery\t\nb@example.com\tconfirmed\t\t\tdigest\t\n\
         c@example.com\tconfirmed\t\t\tevery\t2026-12-21T00:00:00Z\n\
         d@example.com\tconfirmed\t\t\tevery\t2026-12-21T08:00:00Z\n"
    );
}

#[test]
fn a_rejected_row_is_not_a_formula_either() {
    let _steady = steady();
    let instance = Instance::new();
    let file = instance.file("list.csv", "email,name\n=1+1,Ada\n");
    instance.run(&["subscribers", "import", &file]);
    let report = std::fs::read_to_string(format!("{file}.rejected.csv")).unwrap();
    insta::assert_snapshot!(report, @r#"
    file,line,outcome,reason,row
    [folder]/list.csv,2,rejected,the address has no @,"'=1+1,Ada"
    "#);
}
