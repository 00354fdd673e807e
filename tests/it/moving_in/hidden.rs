//! Formats that do not show who left: each is refused with what is missing, and taken with `--anyway`.

use super::tables::mailchimp;
use super::{File, Move};
use crate::database::Db;
use crate::engine::on_both_stores;

/// Refuses the files without `--anyway`, and says these words.
async fn hides(db: Db, files: &[File<'_>], words: &[&str], mailable: usize) {
    let there = Move::on(db).await;
    let paths: Vec<String> = files
        .iter()
        .map(|(name, contents)| there.file(name, contents))
        .collect();
    let mut args: Vec<&str> = paths.iter().map(String::as_str).collect();
    for option in ["--confirmed", "--json"] {
        let said = there.refuses(&[args.as_slice(), &[option]].concat());
        for word in words.iter().chain(&["--anyway"]) {
            assert!(said.contains(word), "{word}: {said}");
        }
    }
    args.push("--anyway");
    there.import(&args);
    let confirmed = there.people();
    let confirmed = confirmed.iter().filter(|person| person[1] == "confirmed");
    assert_eq!(confirmed.count(), mailable);
}

on_both_stores! {
    async fn listmonk_csv(db: Db) {
        let rows = "uuid,email,name,attributes,status,created_at,updated_at\n1,ada@example.com,Ada,{},enabled,,\n";
        hides(db, &[("subscribers.csv", rows.as_bytes())], &["listmonk", "unsubscribed", "/api/subscribers"], 1).await;
    }

    async fn ghost_csv(db: Db) {
        let rows = "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers\r\n\
            1,ada@example.com,Ada,,true,,,,,,\r\n2,ben@example.com,Ben,,false,,,,,,\r\n";
        hides(db, &[("members.csv", rows.as_bytes())], &["Ghost", "email_suppression", "Admin API"], 1).await;
    }

    async fn mailman_members(db: Db) {
        let rows = "Ada <ada@example.com>\nben@example.com\n";
        hides(db, &[("members.txt", rows.as_bytes())], &["Mailman", "byuser", "bybounce", "byadmin"], 2).await;
    }

    async fn of_a_list_where_nobody_is_stopped_nothing_is_missing(db: Db) {
        let there = Move::on(db).await;
        let members = there.file("members.txt", "Ada <ada@example.com>\nben@example.com\n");
        let stopped = ["byuser", "bybounce", "byadmin"].map(|word| there.file(&format!("list-{word}.txt"), "\n"));
        there.import(&[&[members.as_str()], stopped.each_ref().map(String::as_str).as_slice()].concat());
        there.expect(&[("ada@example.com", "confirmed", "Ada"), ("ben@example.com", "confirmed", "")]);
    }

    async fn mailchimp_subscribed_alone(db: Db) {
        let [subscribed, _, _, nonsubscribed] = mailchimp();
        let files = [(subscribed.0, &*subscribed.1)];
        let words = ["Mailchimp", "unsubscribed_…csv", "cleaned_…csv", "Export audience"];
        hides(db, &files, &words, 5).await;
        hides(db, &[files[0], (nonsubscribed.0, &nonsubscribed.1)], &words, 5).await;
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
}
