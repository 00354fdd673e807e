//! Forms of the same list: several documents in one file, a line that names the separator, old line ends, a name
//! beside the address.

use serde_json::{Value, json};

use super::json::{SINGLE, page, subscriber};
use super::rows::report;
use super::{Move, moves, rows};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    json_one_person_a_line,
    json_pages_one_after_another,
    json_of_a_person_with_a_field_named_like_a_list,
    json_of_another_kind_is_named,
    a_first_line_that_names_the_separator,
    a_list_whose_lines_end_with_cr_alone,
    a_name_beside_the_address
);

/// A Buttondown subscriber.
fn regular(email: &str) -> Value {
    json!({ "email_address": email, "type": "regular", "data": [], "metadata": { "data": [] }, "results": null })
}

async fn json_one_person_a_line(db: Db) {
    let people = [
        subscriber(
            "ada@example.com",
            "Ada",
            "enabled",
            &[["Weekly", SINGLE, "confirmed"]],
        ),
        subscriber(
            "ben@example.com",
            "Ben\u{feff}{",
            "enabled",
            &[["Weekly", SINGLE, "unsubscribed"]],
        ),
        subscriber("cy@example.com", "[Cy]", "blocklisted", &[]),
    ];
    let lines = people.each_ref().map(Value::to_string);
    for (start, end) in [("", "\n"), ("\u{feff}", "\r\n"), ("", "\n\n")] {
        let text = format!("{start}{}{end}", lines.join(end));
        moves(
            db,
            "listmonk",
            &[("people.jsonl", text.as_bytes())],
            &[],
            &[
                ("ada@example.com", "confirmed", "Ada"),
                ("ben@example.com", "unsubscribed", "Ben\u{feff}{"),
                ("cy@example.com", "blocked", "[Cy]"),
            ],
        )
        .await;
    }
    // In a folder they are found by their extensions.
    let there = Move::on(db).await;
    there.file("move/a.jsonl", &lines[0]);
    there.file("move/b.ndjson", &lines[1]);
    let printed = there.import(&[there.folder().join("move").to_str().unwrap()]);
    assert_eq!(printed["plan"]["rows"], 2);
}

async fn json_pages_one_after_another(db: Db) {
    let weekly =
        |email: &str, status: &str| subscriber(email, "", "enabled", &[["Weekly", SINGLE, status]]);
    let one = page(
        1,
        &[
            weekly("ada@example.com", "confirmed"),
            weekly("ben@example.com", "confirmed"),
        ],
    );
    let two = page(2, &[weekly("cy@example.com", "unsubscribed")]);
    let array = json!([weekly("BEN@example.com", "unsubscribed")])
        .to_string()
        .into_bytes();
    let single = weekly("dee@example.com", "confirmed")
        .to_string()
        .into_bytes();
    let all = [one, two, page(3, &[]), array, single].concat();
    moves(
        db,
        "listmonk",
        &[("pages.json", &all)],
        &[],
        &[
            ("ada@example.com", "confirmed", ""),
            ("BEN@example.com", "unsubscribed", ""),
            ("cy@example.com", "unsubscribed", ""),
            ("dee@example.com", "confirmed", ""),
        ],
    )
    .await;
}

async fn json_of_a_person_with_a_field_named_like_a_list(db: Db) {
    let text = format!(
        "{}\n{}\n",
        regular("ada@example.com"),
        regular("ben@example.com")
    );
    moves(
        db,
        "Buttondown",
        &[("list.jsonl", text.as_bytes())],
        &[],
        &[
            ("ada@example.com", "confirmed", ""),
            ("ben@example.com", "confirmed", ""),
        ],
    )
    .await;
}

async fn json_of_another_kind_is_named(db: Db) {
    let there = Move::on(db).await;
    let file = there.file("other.json", "{\"people\": 7}");
    let printed = there.refuses(&[&file]);
    assert!(
        printed
            .contains("other.json as JSON: there is no data or results or members or subscribers"),
        "{printed}"
    );
    let ada = regular("ada@example.com");
    for (text, word) in [
        (
            format!("{ada}\n{{\"error\": \"too many requests\"}}\n"),
            "element 2 is not like the others",
        ),
        (format!("{ada}\n{{\"email_address\": \"ben"), "as JSON: "),
        (format!("[{ada}], [{ada}]"), "as JSON: "),
        (format!("{ada}\n7"), "as JSON: "),
    ] {
        let printed = there.refuses(&[&there.file("list.json", text)]);
        assert!(
            printed.contains("list.json") && printed.contains(word),
            "{printed}"
        );
    }
}

async fn a_first_line_that_names_the_separator(db: Db) {
    for (start, separator) in [
        ("sep=;", ";"),
        ("SEP=,", ","),
        ("\u{feff}sep=\t", "\t"),
        ("\"sep=|\"", "|"),
    ] {
        let there = Move::on(db).await;
        // Otherwise commas would count as the separator.
        let text = "email~name, first, last, whole~status\r\nada@example.com~Ada~subscribed\r\nnobody~~subscribed\r\n\r\nben@example.com~Ben, B~unsubscribed\r\n";
        let quoted = text
            .replace("name, first, last, whole", "name")
            .replace("Ben, B", "\"Ben, B\"");
        let text = if separator == "," { &quoted } else { text };
        let text = format!("{start}\r\n{}", text.replace('~', separator));
        let printed = report(&there, &[&there.file("list.csv", text)]);
        assert_eq!(printed.len(), 1, "{printed:?}");
        assert_eq!(printed[0].0, "list.csv:4", "{start:?}");
        let name = if separator == "," {
            ["Ada", "Ben, B"]
        } else {
            ["", ""]
        };
        there.expect(&[
            ("ada@example.com", "confirmed", name[0]),
            ("ben@example.com", "unsubscribed", name[1]),
        ]);
    }
}

async fn a_list_whose_lines_end_with_cr_alone(db: Db) {
    let there = Move::on(db).await;
    for end in ["\r", "\r\n", "\n"] {
        let text = [
            "ada@example.com",
            "",
            "Ben B <ben@example.com>",
            "ben.example.com",
            "cy@example.com",
            "",
        ]
        .join(end);
        let printed = report(
            &there,
            &["--as", "unsubscribed", &there.file("list.txt", &text)],
        );
        assert_eq!(
            (printed.len(), printed[0].0.as_str(), printed[0].3.as_str()),
            (1, "list.txt:4", "ben.example.com"),
            "{end:?}"
        );
        there.expect(&[
            ("ada@example.com", "unsubscribed", ""),
            ("ben@example.com", "unsubscribed", "Ben B"),
            ("cy@example.com", "unsubscribed", ""),
        ]);
    }
    // A line of any length is one line.
    let long = there.file(
        "long.txt",
        format!("dee@example.com\r{}\rnobody\r", "x".repeat(300_000)),
    );
    let printed = report(&there, &[&long]);
    let places: Vec<&str> = printed.iter().map(|(place, ..)| place.as_str()).collect();
    assert_eq!(places, ["long.txt:2", "long.txt:3"]);
}

async fn a_name_beside_the_address(db: Db) {
    let there = Move::on(db).await;
    let table = there.file(
        "list.csv",
        "email,name,status\n\
        Ada Lovelace <Ada@example.com>,,subscribed\n\
        Ben <ben@example.com>,Benjamin,unsubscribed\n\
        \"\"\"Doe, Jane\"\" <jane@example.com>\",,subscribed\n\
        <cy@example.com>,,subscribed\n\
        =?utf-8?q?Jos=C3=A9?= <jose@example.com>,,subscribed\n\
        Dee <dee@example.com,,subscribed\n\
        \"Eve <eve@example.com>, Fay <fay@example.com>\",,subscribed\n",
    );
    let kit = there.file(
        "kit.csv",
        "first_name,email,created_at,status\n,Gil <gil@example.com>,,active\n",
    );
    let people = [
        json!({ "email_address": "Hal <hal@example.com>", "type": "unsubscribed" }),
        json!({ "email_address": "ida@example.com", "type": "regular" }),
    ];
    let json = there.file("list.json", json!(people).to_string());
    let lists = [["Weekly", SINGLE, "confirmed"]];
    let listmonk = there.file(
        "page.json",
        page(
            1,
            &[
                subscriber("Jo J <jo@example.com>", "Joanna", "enabled", &lists),
                subscriber("Kay K <kay@example.com>", "", "enabled", &lists),
            ],
        ),
    );
    let printed = report(&there, &[&table, &kit, &json, &listmonk]);
    let places: Vec<&str> = printed.iter().map(|(place, ..)| place.as_str()).collect();
    assert_eq!(places, ["list.csv:8"], "a cell with two people is rejected");
    there.expect(&[
        ("Ada@example.com", "confirmed", "Ada Lovelace"),
        ("ben@example.com", "unsubscribed", "Benjamin"),
        ("jane@example.com", "confirmed", "Doe, Jane"),
        ("cy@example.com", "confirmed", ""),
        ("jose@example.com", "confirmed", "José"),
        ("dee@example.com", "confirmed", "Dee"),
        ("gil@example.com", "confirmed", "Gil"),
        ("hal@example.com", "unsubscribed", "Hal"),
        ("ida@example.com", "confirmed", ""),
        ("jo@example.com", "confirmed", "Joanna"),
        ("kay@example.com", "confirmed", "Kay K"),
    ]);
    let two = there.file("two.txt", "Liv <liv@example.com>, Mia <mia@example.com>\n");
    let printed = there.ends(2, &["--yes", &two]);
    assert!(printed.contains("two.txt"), "{printed}");
    let list = there.file(
        "members.txt",
        "Liv <liv@example.com>\nMia <mia@example.com>, Nan <nan@example.com>\n",
    );
    let printed = report(&there, &["--anyway", &list]);
    assert_eq!(printed[0].0, "members.txt:2");
    let printed = there.import(&[&table]);
    assert_eq!(rows(&printed, "rejected"), 1);
}
