//! Formats that do not show who left: refused with what is missing, and accepted with `--anyway`.

use super::tables::mailchimp;
use super::{File, Move};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    listmonk_csv,
    ghost_csv,
    mailman_members,
    a_list_without_stopped_people_misses_nothing,
    mailchimp_subscribed_alone,
    mailchimp_without_unsubscribed_people,
    mailchimp_without_addresses_that_bounced_is_taken_with_a_note,
    mailman_with_some_stopped_people_missing_is_taken_with_a_note,
    nothing_is_missing_where_the_other_file_is_empty
);

/// Refuses the files without `--anyway`, and prints this.
async fn hides(db: Db, files: &[File<'_>], words: &[&str], mailable: usize) {
    let there = Move::on(db).await;
    let paths: Vec<String> = files
        .iter()
        .map(|(name, contents)| there.file(name, contents))
        .collect();
    let mut args: Vec<&str> = paths.iter().map(String::as_str).collect();
    for option in ["--confirmed", "--json"] {
        let printed = there.refuses(&[args.as_slice(), &[option]].concat());
        for word in words.iter().chain(&["--anyway"]) {
            assert!(printed.contains(word), "{word}: {printed}");
        }
    }
    args.push("--anyway");
    there.import(&args);
    let confirmed = there.people();
    let confirmed = confirmed.iter().filter(|person| person[1] == "confirmed");
    assert_eq!(confirmed.count(), mailable);
}

async fn listmonk_csv(db: Db) {
    let rows = "uuid,email,name,attributes,status,created_at,updated_at\n1,ada@example.com,Ada,{},enabled,,\n";
    hides(
        db,
        &[("subscribers.csv", rows.as_bytes())],
        &["listmonk", "unsubscribed", "/api/subscribers"],
        1,
    )
    .await;
}

async fn ghost_csv(db: Db) {
    let rows = "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers\r\n\
        1,ada@example.com,Ada,,true,,,,,,\r\n2,ben@example.com,Ben,,false,,,,,,\r\n";
    hides(
        db,
        &[("members.csv", rows.as_bytes())],
        &["Ghost", "email_suppression", "Admin API"],
        1,
    )
    .await;
}

async fn mailman_members(db: Db) {
    let rows = "Ada <ada@example.com>\nben@example.com\n";
    hides(
        db,
        &[("members.txt", rows.as_bytes())],
        &["Mailman", "byuser", "bybounce", "byadmin"],
        2,
    )
    .await;
}

async fn a_list_without_stopped_people_misses_nothing(db: Db) {
    let there = Move::on(db).await;
    let members = there.file("members.txt", "Ada <ada@example.com>\nben@example.com\n");
    let stopped =
        ["byuser", "bybounce", "byadmin"].map(|word| there.file(&format!("list-{word}.txt"), "\n"));
    there.import(
        &[
            &[members.as_str()],
            stopped.each_ref().map(String::as_str).as_slice(),
        ]
        .concat(),
    );
    there.expect(&[
        ("ada@example.com", "confirmed", "Ada"),
        ("ben@example.com", "confirmed", ""),
    ]);
}

async fn mailchimp_subscribed_alone(db: Db) {
    let [subscribed, _, _, nonsubscribed] = mailchimp();
    let files = [(subscribed.0, &*subscribed.1)];
    let words = [
        "Mailchimp",
        "unsubscribed_…csv",
        "cleaned_…csv",
        "Export audience",
    ];
    hides(db, &files, &words, 5).await;
    hides(
        db,
        &[files[0], (nonsubscribed.0, &nonsubscribed.1)],
        &words,
        5,
    )
    .await;
}

async fn mailchimp_without_unsubscribed_people(db: Db) {
    let [subscribed, _, cleaned, _] = mailchimp();
    let files = [(subscribed.0, &*subscribed.1), (cleaned.0, &*cleaned.1)];
    // One of the five bounced.
    hides(db, &files, &["Mailchimp", "Add `unsubscribed_…csv`:"], 4).await;
}

async fn mailchimp_without_addresses_that_bounced_is_taken_with_a_note(db: Db) {
    let there = Move::on(db).await;
    let files = mailchimp();
    let files = files
        .each_ref()
        .map(|(name, contents)| there.file(name, contents));
    let [subscribed, unsubscribed, cleaned, _] = files.each_ref().map(String::as_str);
    let shown = there.ends(0, &[subscribed, unsubscribed]);
    assert!(
        shown.contains("Note: Mailchimp's `cleaned_…csv` is missing"),
        "{shown}"
    );
    let printed = there.import(&[subscribed, unsubscribed]);
    let notes = printed["plan"]["notes"].as_array().unwrap();
    assert_eq!(notes.len(), 1, "{printed:#}");
    assert!(
        notes[0].as_str().unwrap().contains("bounced"),
        "{printed:#}"
    );
    assert!(
        !there
            .ends(0, &[subscribed, unsubscribed, cleaned])
            .contains("Note:")
    );
}

async fn mailman_with_some_stopped_people_missing_is_taken_with_a_note(db: Db) {
    let there = Move::on(db).await;
    let members = there.file("members.txt", "Ada <ada@example.com>\n");
    let stopped = ["byuser", "bybounce", "byadmin"]
        .map(|word| there.file(&format!("list-{word}.txt"), "ben@example.com\n"));
    let [user, bounce, admin] = stopped.each_ref().map(String::as_str);
    for (files, missing) in [
        (&[user][..], "lists `bybounce` and `byadmin` are"),
        (&[bounce], "lists `byuser` and `byadmin` are"),
        (&[admin], "lists `byuser` and `bybounce` are"),
        (&[user, bounce], "list `byadmin` is"),
        (&[user, admin], "list `bybounce` is"),
        (&[bounce, admin], "list `byuser` is"),
    ] {
        let args = [&[members.as_str()], files].concat();
        let shown = there.ends(0, &args);
        assert!(
            shown.contains(&format!("Note: Mailman's {missing} missing")),
            "{missing}: {shown}"
        );
    }
    let printed = there.import(&[members.as_str(), user, bounce, admin]);
    assert_eq!(printed["plan"]["notes"], serde_json::json!([]));
}

async fn nothing_is_missing_where_the_other_file_is_empty(db: Db) {
    let there = Move::on(db).await;
    let [subscribed, unsubscribed, _, _] = mailchimp();
    let one = there.file(subscribed.0, &subscribed.1);
    let header = unsubscribed.1.split(|byte| *byte == b'\n').next().unwrap();
    let two = there.file(unsubscribed.0, header);
    there.import(&[&one, &two]);
    assert_eq!(there.people().len(), 5);
}
