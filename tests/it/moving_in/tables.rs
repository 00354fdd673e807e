//! Systems that export tables and lists of addresses.

use super::{File, Move, Person, moves, utf16, windows};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    listmonk_with_unsubscribed_people,
    mailchimp_by_its_four_files,
    substack,
    beehiiv,
    kit,
    mailerlite_by_a_file_for_each_status,
    mailtrain,
    phplist_with_tabs,
    sendy_with_more_fields_than_the_header,
    mailman_with_encoded_names,
    verdict_itself_byte_for_byte,
    a_table_of_unknown_origin_by_its_usual_titles
);

const LISTMONK: &str = "uuid,email,name,attributes,status,created_at,updated_at\n";
const LISTMONK_ALL: &str = "\
    2b8d-01,Ada@Example.com,Ada,\"{\"\"city\"\": \"\"Oslo\"\"}\",enabled,2022-05-08 12:26:24.83+00,2022-05-08 12:26:24.83+00\n\
    2b8d-02,ben@example.com,\"Ben\nBenson\",{},enabled,2022-05-08 12:26:24.83+00,2022-05-08 12:26:24.83+00\n\
    2b8d-03,cy@example.com,Cy,{},disabled,2022-05-08 12:26:24.83+00,2022-05-08 12:26:24.83+00\n\
    2b8d-04,dee@example.com,Dee,{},blocklisted,2022-05-08 12:26:24.83+00,2022-05-08 12:26:24.83+00\n\
    \n\
    2b8d-05,ben+news@example.com,,{},enabled,2022-05-08 12:26:24.83+00,2022-05-08 12:26:24.83+00\n";
const LISTMONK_LEFT: &str = "\
    2b8d-02,BEN@example.com,,{},enabled,2022-05-08 12:26:24.83+00,2022-05-08 12:26:24.83+00\r\n\
    2b8d-06,eve@bücher.example.org,Eve,{},enabled,2022-05-08 12:26:24.83+00,2022-05-08 12:26:24.83+00\r\n\
    2b8d-07,fay@example.com,Fay,{},disabled,2022-05-08 12:26:24.83+00,2022-05-08 12:26:24.83+00\r\n\
    2b8d-08,gil@example.com,Gil,{},blocklisted,2022-05-08 12:26:24.83+00,2022-05-08 12:26:24.83+00";

const MAILCHIMP: &str = "Email Address,First Name,Last Name,Birthday,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,";
const END: &str = "LEID,EUID,NOTES,TAGS\r\n";

/// The files of a Mailchimp export.
pub(super) fn mailchimp() -> [(&'static str, Vec<u8>); 4] {
    let row = |email: &str, names: &str, own: &str| {
        format!(
            "{email},{names},,2,\"2021-02-03 04:05:06\",192.0.2.7,\"2021-02-03 04:06:00\",192.0.2.8,52.5,13.4,1,2,Europe/Berlin,de,be,\"2022-01-01 00:00:00\",{own}98765,ab12,,\"\"\"a\"\",\"\"b c\"\"\"\r\n"
        )
    };
    let unsub = "\"2023-03-04 05:06:07\",Issue 7,c0ffee,NORMAL,\"too many,\nreally\",";
    let files = [
        (
            "subscribed_email_audience_export_0f1e.csv",
            "",
            vec![
                row("ADA@EXAMPLE.COM", "Ada,Lovelace", ""),
                row("jose@example.com", "José,\"Núñez, the 2nd\"", ""),
                row("ben@example.com", "Ben,", ""),
                row("cy@example.com", ",Cyson", ""),
                row("ada+1@example.com", "=Ada,One", ""),
            ],
        ),
        (
            "unsubscribed_email_audience_export_0f1e.csv",
            "UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,UNSUB_REASON_OTHER,",
            vec![
                row("Ben@Example.com", "Ben,", unsub),
                row("dee@example.com", "Dee,D", unsub),
            ],
        ),
        (
            "cleaned_email_audience_export_0f1e.csv",
            "CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,",
            vec![
                row(
                    "cy@example.com",
                    ",",
                    "\"2023-03-04 05:06:07\",Issue 8,c0ffef,",
                ),
                row(
                    "user@bücher.example.org",
                    "Eve,",
                    "\"2023-03-04 05:06:07\",Issue 8,c0ffef,",
                ),
                row(
                    "dee@example.com",
                    "Dee,D",
                    "\"2023-03-04 05:06:07\",Issue 8,c0ffef,",
                ),
            ],
        ),
        (
            "nonsubscribed_email_audience_export_0f1e.csv",
            "",
            vec![row("fay@example.com", "Fay,", "")],
        ),
    ];
    files.map(|(name, own, rows)| {
        (
            name,
            format!("{MAILCHIMP}{own}{END}{}", rows.concat()).into_bytes(),
        )
    })
}

pub(super) const OF_MAILCHIMP: [Person<'_>; 8] = [
    ("ADA@EXAMPLE.COM", "confirmed", "Ada Lovelace"),
    ("jose@example.com", "confirmed", "José Núñez, the 2nd"),
    ("Ben@Example.com", "unsubscribed", "Ben"),
    ("cy@example.com", "bounced", "Cyson"),
    ("ada+1@example.com", "confirmed", "=Ada One"),
    ("dee@example.com", "unsubscribed", "Dee D"),
    ("user@bücher.example.org", "bounced", "Eve"),
    ("fay@example.com", "pending", "Fay"),
];

/// A phpList export: address; confirmed, blacklisted and disabled; first and last name; lists.
pub(super) fn phplist(people: &[(&str, [&str; 3], &str, &str)]) -> String {
    let header = "id\tEmail\tIs this subscriber confirmed\tIs this subscriber blacklisted\tDid this subscriber manually confirm\tNumber of bounces\tEntered\tLast Modified\tUnique ID\tSend this subscriber HTML emails\tWhich page was used to subscribe\tIs this account disabled?\tAdditional data\tForeign Key\tFirst Name\tLast Name\tcountry\tList Membership\n";
    let rows = people.iter().map(|(email, [confirmed, blacklisted, disabled], name, lists)| {
        format!("7\t{email}\t{confirmed}\t{blacklisted}\t1\t3\t2019-01-02 03:04:05\t2020-01-02 03:04:05\t0f1e\t1\t1\t{disabled}\t\t\t{name}\tNorway\t{lists}\n")
    });
    format!("{header}{}", rows.collect::<String>())
}

async fn listmonk_with_unsubscribed_people(db: Db) {
    let all = format!("\u{feff}{LISTMONK}{LISTMONK_ALL}");
    let left = format!("{LISTMONK}{LISTMONK_LEFT}");
    let files = [
        ("subscribers.csv", all.as_bytes()),
        ("subscribers-unsubscribed.csv", left.as_bytes()),
    ];
    moves(
        db,
        "listmonk",
        &files,
        &[],
        &[
            ("Ada@Example.com", "confirmed", "Ada"),
            ("BEN@example.com", "unsubscribed", "Ben Benson"),
            ("cy@example.com", "pending", "Cy"),
            ("dee@example.com", "blocked", "Dee"),
            ("ben+news@example.com", "confirmed", ""),
            ("eve@bücher.example.org", "unsubscribed", "Eve"),
            ("fay@example.com", "unsubscribed", "Fay"),
            ("gil@example.com", "blocked", "Gil"),
        ],
    )
    .await;
}

async fn mailchimp_by_its_four_files(db: Db) {
    let files = mailchimp();
    let files = files
        .each_ref()
        .map(|(name, contents)| (*name, contents.as_slice()));
    moves(db, "Mailchimp", &files, &[], &OF_MAILCHIMP).await;
    // A person who never agreed does not come in by a different spelling of the file's name.
    let mut spelled = files;
    spelled[3].0 = "Non-Subscribed members.csv";
    moves(db, "Mailchimp", &spelled, &[], &OF_MAILCHIMP).await;
}

async fn substack(db: Db) {
    let rows = "email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at\n\
        ada@example.com,false,,other,false,2023-07-01T10:00:00.000Z,\n\
        BEN@example.com,true,2027-01-01T00:00:00.000Z,yearly,true,2023-07-01T10:00:00.000Z,2023-07-02T10:00:00.000Z\n\
        cy@example.com,FALSE,,,TRUE,2023-07-01T10:00:00.000Z,\n\
        dee@example.com,True,,comp,False,2023-07-01T10:00:00.000Z\n\
        ada+s@bücher.example.org,false,,other,false,,,,\n";
    let people = [
        ("ada@example.com", "confirmed", ""),
        ("BEN@example.com", "unsubscribed", ""),
        ("cy@example.com", "unsubscribed", ""),
        ("dee@example.com", "confirmed", ""),
        ("ada+s@bücher.example.org", "confirmed", ""),
    ];
    moves(
        db,
        "Substack",
        &[("email_list.verdict.csv", &utf16(rows))],
        &[],
        &people,
    )
    .await;
    let older = "email,active_subscription,expiry,email_disabled,created_at\nada@example.com,false,,true,2023-07-01T10:00:00.000Z\n";
    moves(
        db,
        "Substack",
        &[("list.csv", older.as_bytes())],
        &[],
        &[("ada@example.com", "unsubscribed", "")],
    )
    .await;
}

async fn beehiiv(db: Db) {
    let rows = "email,First Name,Last Name,status,tier,created_at,stripe_customer_id,Free Tier,Premium Tier,unsubscribed_at,Subscription Date (Substack)\n\
        ada@example.com,Ada,Lovelace,active,free,2023-07-01 10:00:00,,1,,,\n\
        ben@example.com,Ben,,active,free,2023-07-01 10:00:00,,1,,2024-01-02T03:04:05Z,\n\
        Cy@Example.NET,\"Cy\r\n\",\"O'Neil\",inactive,free,2023-07-01 10:00:00,,1,,2024-01-02T03:04:05Z,\n\
        dee@example.com,Dee,,Pending,premium,2023-07-01 10:00:00,cus_1,,1,,2022-01-01\n\
        eve@bücher.example.org,,Eve,inactive,free,,,1,,,\n\
        ada@EXAMPLE.com,,,inactive,free,2023-07-01 10:00:00,,1,,,\n";
    moves(
        db,
        "beehiiv",
        &[("subscribers.csv", rows.as_bytes())],
        &[],
        &[
            ("ada@EXAMPLE.com", "unsubscribed", "Ada Lovelace"),
            ("ben@example.com", "unsubscribed", "Ben"),
            ("Cy@Example.NET", "unsubscribed", "Cy O'Neil"),
            ("dee@example.com", "pending", "Dee"),
            ("eve@bücher.example.org", "unsubscribed", "Eve"),
        ],
    )
    .await;
}

async fn kit(db: Db) {
    let rows = "first_name,email,created_at,status\r\n\
        Ada,ada@example.com,2023-07-01 10:00:00 UTC,active\r\n\
        \"Ben; B\",ben@example.com,2023-07-01 10:00:00 UTC,inactive\r\n\
        José,jose@example.com,2023-07-01 10:00:00 UTC,cancelled\r\n\
        ,dee@example.com,2023-07-01 10:00:00 UTC,bounced\r\n\
        '+Eve,EVE@example.com,2023-07-01 10:00:00 UTC,complained\r\n\
        Fay,fay@example.com,2023-07-01 10:00:00 UTC,confirmed\r\n\
        Gil,gil@example.com,2023-07-01 10:00:00 UTC,unconfirmed\r\n\
        Fay,fay+1@example.com,2023-07-01 10:00:00 UTC,Complained\r\n";
    moves(
        db,
        "Kit",
        &[("subscribers.csv", &windows(rows))],
        &[],
        &[
            ("ada@example.com", "confirmed", "Ada"),
            ("ben@example.com", "pending", "Ben; B"),
            ("jose@example.com", "unsubscribed", "José"),
            ("dee@example.com", "bounced", ""),
            ("EVE@example.com", "complained", "+Eve"),
            ("fay@example.com", "confirmed", "Fay"),
            ("gil@example.com", "pending", "Gil"),
            ("fay+1@example.com", "complained", "Fay"),
        ],
    )
    .await;
}

async fn mailerlite_by_a_file_for_each_status(db: Db) {
    let header = "Subscriber,Name,Last name,Subscribed,Groups\n";
    let file = |rows: &str| format!("{header}{rows}").into_bytes();
    let active = file(
        "ada@example.com,Ada,Lovelace,2023-07-01 10:00:00,\"a, b\"\nben@example.com,Ben,,2023-07-01 10:00:00,\ncy@example.com,Cy,,2023-07-01 10:00:00,\n",
    );
    let left = file("Ben@Example.com,,,2023-07-01 10:00:00,\n");
    let pending = file("dee@example.com,Dee,D,2023-07-01 10:00:00,\n");
    let bounced = file("user@bücher.example.org,Eve,,,\nCY@example.com,,,,\n");
    let junk = file("fay@example.com,Fay,,,\ncy@Example.com,,,,\n");
    let files: [File<'_>; 5] = [
        ("Subscribers_active_2024.csv", &active),
        ("Subscribers_unsubscribed_2024.csv", &left),
        ("unconfirmed.csv", &pending),
        ("active-list-bounced.csv", &bounced),
        ("junk.csv", &junk),
    ];
    moves(
        db,
        "MailerLite",
        &files,
        &[],
        &[
            ("ada@example.com", "confirmed", "Ada Lovelace"),
            ("Ben@Example.com", "unsubscribed", "Ben"),
            ("cy@Example.com", "complained", "Cy"),
            ("dee@example.com", "pending", "Dee D"),
            ("user@bücher.example.org", "bounced", "Eve"),
            ("fay@example.com", "complained", "Fay"),
        ],
    )
    .await;
    let there = Move::on(db).await;
    let nameless = there.file("export.csv", active);
    let printed = there.refuses(&[&nameless]);
    assert!(
        printed.contains("export.csv") && printed.contains("unsubscribed"),
        "{printed}"
    );
}

async fn mailtrain(db: Db) {
    let rows = "cid;status;HASH_EMAIL;EMAIL;MERGE_FIRST_NAME;MERGE_LAST_NAME;MERGE_COMPANY_NAME;MERGE_PHONE\n\
        a1;subscribed;c0ff;ada@example.com;Ada;Lovelace;Engines, Ltd;\n\
        a2;unsubscribed;c0ff;BEN@example.com;Ben;;Engines;\n\
        a3;bounced;c0ff;cy@bücher.example.org;\"Cy;\nCy\";;;+47 1\n\
        a4;complained;c0ff;dee@example.com;;Dee;;\n";
    moves(
        db,
        "Mailtrain",
        &[("list.csv", rows.as_bytes())],
        &[],
        &[
            ("ada@example.com", "confirmed", "Ada Lovelace"),
            ("BEN@example.com", "unsubscribed", "Ben"),
            ("cy@bücher.example.org", "bounced", "Cy; Cy"),
            ("dee@example.com", "complained", "Dee"),
        ],
    )
    .await;
}

async fn phplist_with_tabs(db: Db) {
    let lists = "\"news\ntests\"\t";
    let rows = phplist(&[
        ("ada@example.com", ["1", "0", "0"], "Ada\tLovelace", lists),
        ("BEN@Example.com", ["1", "1", "0"], "Ben\t", lists),
        ("cy@example.com", ["0", "0", "0"], "\tCy", lists),
        (
            "dee@bücher.example.org",
            ["1", "0", "1"],
            "José\tDee",
            lists,
        ),
        ("eve@example.com", ["0", "1", "1"], "\t", lists),
        (
            "fay@example.com",
            ["yes", "no", "no"],
            "\"Fay, F\"\t",
            lists,
        ),
    ]);
    moves(
        db,
        "phpList",
        &[("phplist.csv", rows.as_bytes())],
        &[],
        &[
            ("ada@example.com", "confirmed", "Ada Lovelace"),
            ("BEN@Example.com", "blocked", "Ben"),
            ("cy@example.com", "pending", "Cy"),
            ("dee@bücher.example.org", "blocked", "José Dee"),
            ("eve@example.com", "blocked", ""),
            ("fay@example.com", "confirmed", "Fay, F"),
        ],
    )
    .await;
}

async fn sendy_with_more_fields_than_the_header(db: Db) {
    let mut rows = String::from(
        "\"Name\",\"Email\",\"Joined\",\"Last activity\",\"Added via\",\"Opt-in method\",\"IP address\",\"Country\",\"Country code\",\"Signed up from\",\"Status\",\"GDPR\"\n",
    );
    let people = [
        ("Ada, A", "ada@example.com", "Active", "confirmed"),
        ("Ben", "BEN@Example.com", "Unsubscribed", "unsubscribed"),
        ("", "cy@example.com", "Unconfirmed", "pending"),
        ("Dee", "dee@example.com", "Bounced", "bounced"),
        ("Eve", "eve@bücher.example.org", "Soft bounced", "confirmed"),
        ("Fay", "fay@example.com", "Marked as spam", "complained"),
        ("Gil", "gil+1@example.com", "subscribed", "confirmed"),
    ];
    for (name, email, status, _) in people {
        rows += &format!(
            "\"{name}\",\"{email}\",\"Jan 2, 2023\",\"\",\"App\",\"Double\",\"192.0.2.7\",\"\",\"\",\"\",\"{status}\",\"No\",\"extra\",\"Unsubscribed\"\n"
        );
    }
    let people = people.map(|(name, email, _, consent)| (email, consent, name));
    moves(db, "Sendy", &[("sendy.csv", rows.as_bytes())], &[], &people).await;
}

async fn mailman_with_encoded_names(db: Db) {
    let members = "\"Doe, Jane\" <jane@example.com>\n\
        Ada Lovelace <ADA@example.com>\n\
        =?utf-8?b?Sm9zw6kgw4FsdmFyZXo=?= <jose@example.com>\n\
        =?iso-8859-1?q?Andr=E9_B=2E?= <andre@example.com>\n\
        =?utf-8?b?Wm/DqyA=?= =?utf-8?b?zqltZWdh?= <zoe@example.com>\n\
        \n\
        bare@example.com\n\
        \"Bob \\\"the\\\" Builder\" <bob+m@example.com>\n\
        Eve <eve@bücher.example.org>\n\
        <fay@example.com>\n";
    let user = "jane@example.com\r\n";
    let bounce = "BOB+m@example.com\r\ngone@example.com\r\n";
    let admin = "zoe@example.com\n";
    let files = [
        ("members.txt", members.as_bytes()),
        ("list-byuser.txt", user.as_bytes()),
        ("list-bybounce.txt", bounce.as_bytes()),
        ("list-byadmin.txt", admin.as_bytes()),
    ];
    moves(
        db,
        "Mailman",
        &files,
        &["--confirmed"],
        &[
            ("jane@example.com", "unsubscribed", "Doe, Jane"),
            ("ADA@example.com", "confirmed", "Ada Lovelace"),
            ("jose@example.com", "confirmed", "José Álvarez"),
            ("andre@example.com", "confirmed", "André B."),
            ("zoe@example.com", "blocked", "Zoë Ωmega"),
            ("bare@example.com", "confirmed", ""),
            ("BOB+m@example.com", "bounced", "Bob \"the\" Builder"),
            ("gone@example.com", "bounced", ""),
            ("eve@bücher.example.org", "confirmed", "Eve"),
            ("fay@example.com", "confirmed", ""),
        ],
    )
    .await;
    let only = [
        "=?utf-8?q?Jos=C3=A9=2C?= <jose@example.com>\n".as_bytes(),
        &windows("José <jose@example.com>\n"),
    ];
    for (members, name) in only.into_iter().zip(["José,", "José"]) {
        moves(
            db,
            "Mailman",
            &[("export.txt", members)],
            &["--anyway"],
            &[("jose@example.com", "confirmed", name)],
        )
        .await;
    }
}

async fn verdict_itself_byte_for_byte(db: Db) {
    // In the order of addresses, in which an import numbers people.
    let rows = "email,name,time_zone,consent,frequency,paused_until,language,created_at\n\
        ada+1@example.com,Ada,America/New_York,blocked,every,,,2024-01-02T00:00:00Z\n\
        ada@example.com,'=1+1,,pending,every,2126-12-21T08:00:00Z,,2020-01-02T03:04:05Z\n\
        ben@example.com,,,bounced,every,,,2022-01-02T00:00:00Z\n\
        cy@example.com,'quoted,,complained,every,,,2023-01-02T00:00:00Z\n\
        user@bücher.example.org,\"Dee, \"\"D\"\"\",,unsubscribed,every,,de-AT,2021-01-02T00:00:00Z\n\
        Zoe@Example.com,Zoë,Europe/Oslo,confirmed,digest,,nb,2020-01-02T03:04:05.678Z\n";
    moves(
        db,
        "Verdict",
        &[("list.csv", rows.as_bytes())],
        &[],
        &[
            ("Zoe@Example.com", "confirmed", "Zoë"),
            ("ada@example.com", "pending", "=1+1"),
            ("user@bücher.example.org", "unsubscribed", "Dee, \"D\""),
            ("ben@example.com", "bounced", ""),
            ("cy@example.com", "complained", "'quoted"),
            ("ada+1@example.com", "blocked", "Ada"),
        ],
    )
    .await;
    let here = Move::on(db).await;
    here.import(&[&here.file("list.csv", rows)]);
    assert_eq!(here.export(), rows);
    // Erased people are not in it any more, and stop nothing.
    here.run(&["subscribers", "remove", "zoe@example.com", "--erase"]);
    let there = Move::on(db).await;
    let printed = there.import(&[&there.file("list.csv", here.export())]);
    assert_eq!(printed["plan"]["rows"], 5);
    assert_eq!(there.export(), here.export());
}

async fn a_table_of_unknown_origin_by_its_usual_titles(db: Db) {
    let rows = "E-mail;First Name;Surname;Status;Sign-up date\r\n\
        Ada@Example.com;Ada;Lovelace;Subscribed;2020-01-02\r\n\
        ben@example.com;\"Ben; B\";;opted-out;\r\n\
        cy@example.com;Cy;;Cleaned;\r\n\
        dee@example.com;José;;;\r\n\
        eve@example.com;;Eve;SPAM;\r\n\
        fay@example.com;Fay\r\n";
    let people = |said_nothing| {
        [
            ("Ada@Example.com", "confirmed", "Ada Lovelace"),
            ("ben@example.com", "unsubscribed", "Ben; B"),
            ("cy@example.com", "bounced", "Cy"),
            ("dee@example.com", said_nothing, "José"),
            ("eve@example.com", "complained", "Eve"),
            ("fay@example.com", said_nothing, "Fay"),
        ]
    };
    let system = "a table of unknown origin";
    for contents in [
        windows(rows),
        utf16(rows),
        format!("\u{feff}{rows}").into_bytes(),
    ] {
        moves(
            db,
            system,
            &[("list.csv", &contents)],
            &[],
            &people("pending"),
        )
        .await;
    }
    moves(
        db,
        system,
        &[("list.csv", rows.as_bytes())],
        &["--confirmed"],
        &people("confirmed"),
    )
    .await;
}
