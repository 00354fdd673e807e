//! Departures: the strictest row wins, and no later import brings anyone back.

use subscribers::address::Address;
use subscribers::departure::Departure;
use verdict::store::suppressions;

use super::{Move, rows};
use crate::backup::{back_up, put_back};
use crate::database::Db;
use crate::test_app::{on_both_stores, stdout};

on_both_stores!(
    the_strictest_row_wins_in_any_order,
    one_person_in_every_spelling_of_the_address,
    a_person_who_left_elsewhere_leaves_here_and_stays_away,
    a_reader_whom_an_import_takes_off_does_not_get_the_waiting_issue,
    a_later_import_only_makes_a_departure_stricter,
    a_files_status_of_a_reader_erased_here_survives_a_restored_backup,
    everyone_in_a_file_gets_the_operators_status,
    an_unreadable_departure_is_reported_first
);

/// Statuses in a table, from the weakest to the strictest, and the results.
const STATUSES: [(&str, &str); 6] = [
    ("subscribed", "confirmed"),
    ("pending", "pending"),
    ("bounced", "bounced"),
    ("unsubscribed", "unsubscribed"),
    ("blocked", "blocked"),
    ("complained", "complained"),
];

async fn the_strictest_row_wins_in_any_order(db: Db) {
    let there = Move::on(db).await;
    let (mut one, mut two) = (
        String::from("email,name,status\n"),
        String::from("email,status\n"),
    );
    let mut expected = Vec::new();
    for (a, (first, _)) in STATUSES.iter().enumerate() {
        for (b, (second, _)) in STATUSES.iter().enumerate() {
            one += &format!("p{a}{b}@example.com,Name {a}{b},{first}\n");
            two += &format!("P{a}{b}@example.com,{second}\n");
            expected.push((
                format!("p{a}{b}@example.com"),
                STATUSES[a.max(b)].1,
                format!("Name {a}{b}"),
            ));
        }
    }
    one += "same@example.com,Same,unsubscribed\nsame@example.com,,subscribed\nother@example.com,,subscribed\nother@example.com,Other,complained\n";
    expected.push((
        "same@example.com".to_owned(),
        "unsubscribed",
        "Same".to_owned(),
    ));
    expected.push((
        "other@example.com".to_owned(),
        "complained",
        "Other".to_owned(),
    ));
    let printed = there.import(&[&there.file("one.csv", one), &there.file("two.csv", two)]);
    assert_eq!(rows(&printed, "merged"), 38);
    let people: Vec<[String; 3]> = there
        .people()
        .into_iter()
        .map(|[address, consent, name]| [address.to_lowercase(), consent, name])
        .collect();
    let mut expected: Vec<[String; 3]> = expected
        .into_iter()
        .map(|(address, consent, name)| [address, consent.to_owned(), name])
        .collect();
    expected.sort();
    let mut people = people;
    people.sort();
    assert_eq!(people, expected);
}

async fn one_person_in_every_spelling_of_the_address(db: Db) {
    let there = Move::on(db).await;
    let file = there.file(
        "list.csv",
        "email,status\n\
        ÅNGSTRÖM@bücher.example.org,subscribed\n\
        \u{212b}NGSTRÖM@BU\u{308}CHER.example.org,subscribed\n\
        ångström@xn--bcher-kva.Example.org,unsubscribed\n\
        ångström+1@bücher.example.org,subscribed\n\
        angstrom@bücher.example.org,subscribed\n",
    );
    let printed = there.import(&[&file]);
    assert_eq!(
        (
            rows(&printed, "merged"),
            rows(&printed, "mailable"),
            rows(&printed, "unsubscribed")
        ),
        (2, 2, 1)
    );
}

async fn a_person_who_left_elsewhere_leaves_here_and_stays_away(db: Db) {
    let there = Move::on(db).await;
    let members = "email,name\nada@example.com,Ada\nben@example.com,Ben\ncy@example.com,Cy\ndee@example.com,Dee\neve@example.com,Eve\n";
    let old = there.file("old.csv", members);
    there.import(&[&old, "--confirmed"]);
    let left = there.file("left.csv", "email,status\nADA@example.com,unsubscribed\nben@example.com,bounced\ncy@example.com,complained\ndee@example.com,blocked\nfay@example.com,unsubscribed\n");
    let printed = there.import(&[&left]);
    assert_eq!(
        ["unsubscribed", "bounced", "complained", "blocked"].map(|outcome| rows(&printed, outcome)),
        [2, 1, 1, 1]
    );
    let expected = [
        ("ada@example.com", "unsubscribed", "Ada"),
        ("ben@example.com", "bounced", "Ben"),
        ("cy@example.com", "complained", "Cy"),
        ("dee@example.com", "blocked", "Dee"),
        ("eve@example.com", "confirmed", "Eve"),
        ("fay@example.com", "unsubscribed", ""),
    ];
    there.expect(&expected);
    let printed = there.import(&[&old, "--confirmed", "--anyway"]);
    assert_eq!(
        (
            rows(&printed, "left here before"),
            rows(&printed, "already known"),
            rows(&printed, "mailable")
        ),
        (4, 1, 0)
    );
    there.expect(&expected);
    there.run(&["subscribers", "import", &old, "--confirmed"]);
    there.expect(&expected);
    let why = stdout(&there.run(&["why", "ada@example.com"]));
    assert!(
        why.contains("unsubscribed by import") && why.contains("left.csv"),
        "{why}"
    );
    there.app.issue("first");
    there.app.send("first").await;
    assert_eq!(there.app.catcher.len(), 1);
    assert_eq!(there.app.catcher.for_recipient("eve@example.com").len(), 1);
}

async fn a_reader_whom_an_import_takes_off_does_not_get_the_waiting_issue(db: Db) {
    let there = Move::on(db).await;
    there
        .app
        .issue("first")
        .reader("ada@example.com")
        .await
        .reader("ben@example.com")
        .await;
    there.app.freeze("first").await;
    there.import(&[
        "--as",
        "unsubscribed",
        &there.file("left.txt", "ADA@example.com\n"),
    ]);
    there.app.send("first").await;
    assert_eq!(there.app.catcher.for_recipient("ada@example.com").len(), 0);
    assert_eq!(there.app.catcher.for_recipient("ben@example.com").len(), 1);
}

async fn a_later_import_only_makes_a_departure_stricter(db: Db) {
    let there = Move::on(db).await;
    for (status, consent) in [
        ("bounced", "bounced"),
        ("complained", "complained"),
        ("unsubscribed", "complained"),
        ("subscribed", "complained"),
    ] {
        let file = there.file(
            "list.csv",
            format!("email,status\nada@example.com,{status}\n"),
        );
        there.import(&[&file]);
        there.expect(&[("ada@example.com", consent, "")]);
    }
    there.run(&["subscribers", "add", "ben@example.com"]);
    there.run(&["subscribers", "remove", "ben@example.com", "--erase"]);
    let file = there.file("list.csv", "email,status\nben@example.com,subscribed\n");
    let printed = there.import(&[&file]);
    assert_eq!(rows(&printed, "left here before"), 1);
    assert!(!there.export().contains("ben@example.com"));
}

async fn a_files_status_of_a_reader_erased_here_survives_a_restored_backup(db: Db) {
    let there = Move::on(db).await;
    let app = &there.app;
    app.reader("ada@example.com").await;
    let erased = app.verdict(&["subscribers", "remove", "ada@example.com", "--erase"]);
    assert!(erased.status.success());
    back_up(app);
    let list = there.file("complaints.txt", "ada@example.com\n");
    let printed = there.import(&["--as", "complained", &list]);
    assert_eq!(rows(&printed, "complained"), 1);
    put_back(app);
    app.replay().await.unwrap();
    let hash = app.hash_of(Address::parse("ada@example.com").unwrap().key());
    let mut tx = app.store.begin().await.unwrap();
    let reasons = suppressions::reasons(&mut tx, &[&hash]).await.unwrap();
    assert_eq!(reasons[&hash], Departure::Complained);
}

async fn everyone_in_a_file_gets_the_operators_status(db: Db) {
    let there = Move::on(db).await;
    there.app.reader("ada@example.com").await;
    let bare = there.file(
        "bare.txt",
        "\u{feff}ADA@example.com\r\n\r\nBen B <ben@example.com>\r\nb+1@bücher.example.org",
    );
    let table = there.file(
        "table.csv",
        "Email Address;First Name;Anything status\nCy@example.com;Cy;whatever\n",
    );
    let printed = there.import(&["--as", "blocked", &bare, &table]);
    assert_eq!(rows(&printed, "blocked"), 4);
    let json = there.file("list.json", "[{\"email_address\": \"dee@example.com\", \"type\": \"regular\", \"id\": \"1\"}, {\"email_address\": \"eve@example.com\", \"type\": \"odd\", \"id\": \"2\"}]");
    let printed = there.import(&["--as", "bounced", &json]);
    assert_eq!(rows(&printed, "bounced"), 2);
    there.expect(&[
        ("ada@example.com", "blocked", ""),
        ("ben@example.com", "blocked", "Ben B"),
        ("b+1@bücher.example.org", "blocked", ""),
        ("Cy@example.com", "blocked", "Cy"),
        ("dee@example.com", "bounced", ""),
        ("eve@example.com", "bounced", ""),
    ]);
    for word in ["confirmed", "pending", "erased", "gone"] {
        assert!(
            there
                .refuses(&["--as", word, &bare])
                .contains("unsubscribed, bounced, complained or blocked")
        );
    }
    let printed = there.refuses(&["--as", "blocked", "--confirmed", &bare]);
    assert!(printed.contains("--confirmed"), "{printed}");
}

async fn an_unreadable_departure_is_reported_first(db: Db) {
    let there = Move::on(db).await;
    let file = there.file("list.csv", "email,name,status\nada@example.com,Ada,subscribed\nben.example.com,\"Ben\nB\",unsubscribed\nnobody,,subscribed\n,,complained\n");
    let bare = there.file("bybounce.txt", "cy@example.com\ndee@@example.com\n");
    for args in [&[][..], &["--yes"]] {
        let output = there.run(&[&["import", &file, &bare], args].concat());
        let printed = String::from_utf8(output.stdout).unwrap();
        assert_eq!(output.status.code(), Some(1), "{printed}");
        let first: Vec<&str> = printed.lines().take(4).collect();
        assert!(
            first[0]
                .starts_with("WARNING: 3 rows record departures, but the address cannot be read:"),
            "{printed}"
        );
        assert!(
            first[1].contains("list.csv, line 3: the address has no @"),
            "{printed}"
        );
        assert!(
            first[2].contains("list.csv, line 6: the address is empty"),
            "{printed}"
        );
        assert!(first[3].contains("bybounce.txt, line 2"), "{printed}");
    }
    let printed = there.import(&[&file, &bare]);
    assert_eq!(
        printed["plan"]["lost_departures"].as_array().unwrap().len(),
        3
    );
}
