//! The systems that export JSON: listmonk, Ghost, Buttondown.

use serde_json::{Value, json};

use super::{Move, moves, rows};
use crate::database::Db;
use crate::test_app::on_both_stores;

on_both_stores!(
    listmonk_by_its_api_single_opt_in,
    listmonk_by_its_api_double_opt_in,
    listmonk_twice_on_a_list_counts_by_the_stricter,
    ghost_with_the_json_that_has_bounces,
    ghost_by_the_newsletter_that_is_named,
    buttondown_each_of_its_sixteen_types
);

/// A subscriber from listmonk's API: name of the list, its opt-in, the subscription's status.
pub(super) fn subscriber(email: &str, name: &str, status: &str, lists: &[[&str; 3]]) -> Value {
    let lists: Vec<Value> = lists
        .iter()
        .map(|[name, optin, subscription]| {
            json!({
                "subscription_status": subscription, "subscription_created_at": "2022-05-08T12:26:24.83+00:00",
                "subscription_meta": {}, "id": if *name == "Weekly" { 3 } else { 4 },
                "uuid": "2b8d6b8a-7e01-4b0f-8c5a-0f2f5f4f0001", "name": name, "type": "public", "optin": optin,
                "tags": ["news"], "description": "",
            })
        })
        .collect();
    json!({
        "id": 1, "created_at": "2022-05-08T12:26:24.83+00:00", "updated_at": "2023-01-02T03:04:05+00:00",
        "uuid": "2b8d6b8a-7e01-4b0f-8c5a-0f2f5f4f0002", "email": email, "name": name,
        "attribs": { "city": "Oslo", "email": "other@example.net" }, "status": status, "lists": lists,
    })
}

pub(super) fn page(number: u64, subscribers: &[Value]) -> Vec<u8> {
    let page = json!({
        "data": { "search": "", "query": "", "results": subscribers, "total": 30, "per_page": 20, "page": number }
    });
    format!("\u{feff}{page:#}\r\n").into_bytes()
}

pub(super) const SINGLE: &str = "single";
pub(super) const DOUBLE: &str = "double";

fn listmonk() -> [Vec<u8>; 3] {
    let first = [
        subscriber(
            "Ada@EXAMPLE.com",
            "Ada Lovelace",
            "enabled",
            &[["Weekly", SINGLE, "unconfirmed"]],
        ),
        subscriber(
            "ben@example.com",
            "Ben",
            "enabled",
            &[
                ["Weekly", SINGLE, "unsubscribed"],
                ["Deep", DOUBLE, "confirmed"],
            ],
        ),
        subscriber(
            "cy@example.com",
            "",
            "disabled",
            &[["Weekly", SINGLE, "confirmed"]],
        ),
        subscriber(
            "dee@example.com",
            "Dee",
            "blocklisted",
            &[
                ["Weekly", SINGLE, "confirmed"],
                ["Deep", DOUBLE, "confirmed"],
            ],
        ),
        subscriber(
            "eve@example.com",
            "Eve",
            "blocklisted",
            &[["Weekly", SINGLE, "unsubscribed"]],
        ),
        subscriber(
            "fay@example.com",
            "Fay",
            "enabled",
            &[["Deep", DOUBLE, "unconfirmed"]],
        ),
        subscriber(
            "user@xn--bcher-kva.example.org",
            "",
            "enabled",
            &[["Weekly", SINGLE, "confirmed"]],
        ),
        subscriber(
            "ann+news@example.com",
            "Ann",
            "enabled",
            &[["Weekly", SINGLE, "unsubscribed"]],
        ),
    ];
    let second = [
        subscriber(
            "gil@example.com",
            "Gil",
            "blocklisted",
            &[["Deep", DOUBLE, "unsubscribed"]],
        ),
        subscriber("hal@example.com", "Hal", "enabled", &[]),
        subscriber(
            "user@BÜCHER.example.org",
            "Jürgen\r\nÜser",
            "enabled",
            &[["Weekly", SINGLE, "unsubscribed"]],
        ),
        subscriber(
            "ann@example.com",
            "=Ann",
            "enabled",
            &[
                ["Weekly", SINGLE, "confirmed"],
                ["Deep", DOUBLE, "unconfirmed"],
            ],
        ),
        subscriber(
            "ida@example.com",
            " Ida ",
            "disabled",
            &[["Weekly", SINGLE, "unsubscribed"]],
        ),
        subscriber(
            "jo@example.com",
            "Jo",
            "enabled",
            &[["Deep", DOUBLE, "confirmed"]],
        ),
    ];
    [page(1, &first), page(2, &second), page(3, &[])]
}

async fn listmonk_by_its_api_single_opt_in(db: Db) {
    let [one, two, three] = listmonk();
    let files = [("page-1.json", &*one), ("page-2.json", &*two)];
    moves(
        db,
        "listmonk",
        &files,
        &["--list", "Weekly"],
        &[
            ("Ada@EXAMPLE.com", "confirmed", "Ada Lovelace"),
            ("ben@example.com", "unsubscribed", "Ben"),
            ("cy@example.com", "pending", ""),
            ("dee@example.com", "blocked", "Dee"),
            ("eve@example.com", "blocked", "Eve"),
            ("user@BÜCHER.example.org", "unsubscribed", "Jürgen Üser"),
            ("ann+news@example.com", "unsubscribed", "Ann"),
            ("gil@example.com", "blocked", "Gil"),
            ("ann@example.com", "confirmed", "=Ann"),
            ("ida@example.com", "unsubscribed", "Ida"),
        ],
    )
    .await;
    let there = Move::on(db).await;
    let pages = [
        there.file("1.json", one),
        there.file("2.json", two),
        there.file("3.json", three),
    ];
    let [one, two, three] = pages.each_ref().map(String::as_str);
    let printed = there.refuses(&[one, two]);
    assert!(
        printed.contains("Weekly") && printed.contains("Deep") && printed.contains("--list"),
        "{printed}"
    );
    let printed = there.refuses(&[one, two, "--list", "Monthly"]);
    assert!(
        printed.contains("`Monthly`") && printed.contains("Weekly"),
        "{printed}"
    );
    // A list's number works as well, and a page after the last is empty.
    let printed = there.import(&[one, two, three, "--list", "3", "--from", "listmonk"]);
    assert_eq!(rows(&printed, "on other lists"), 3);
}

async fn listmonk_by_its_api_double_opt_in(db: Db) {
    let [one, two, _] = listmonk();
    let files = [("page-1.json", &*one), ("page-2.json", &*two)];
    moves(
        db,
        "listmonk",
        &files,
        &["--list", "Deep"],
        &[
            ("ben@example.com", "confirmed", "Ben"),
            ("dee@example.com", "blocked", "Dee"),
            ("eve@example.com", "blocked", "Eve"),
            ("fay@example.com", "pending", "Fay"),
            ("gil@example.com", "blocked", "Gil"),
            ("ann@example.com", "pending", "=Ann"),
            ("jo@example.com", "confirmed", "Jo"),
        ],
    )
    .await;
}

async fn listmonk_twice_on_a_list_counts_by_the_stricter(db: Db) {
    let twice = [
        ["Weekly", SINGLE, "confirmed"],
        ["Weekly", SINGLE, "unsubscribed"],
    ];
    let turned = [
        ["Weekly", SINGLE, "unsubscribed"],
        ["Weekly", SINGLE, "confirmed"],
    ];
    let subscribers = [
        subscriber("ada@example.com", "Ada", "enabled", &twice),
        subscriber("ben@example.com", "Ben", "enabled", &turned),
    ];
    let page = page(1, &subscribers);
    moves(
        db,
        "listmonk",
        &[("page.json", &page)],
        &[],
        &[
            ("ada@example.com", "unsubscribed", "Ada"),
            ("ben@example.com", "unsubscribed", "Ben"),
        ],
    )
    .await;
}

async fn ghost_with_the_json_that_has_bounces(db: Db) {
    let json = ghost_json();
    let files = [
        ("members.ghost.csv", GHOST.as_bytes()),
        ("members.json", &*json),
    ];
    moves(
        db,
        "Ghost",
        &files,
        &[],
        &[
            ("ada@example.com", "confirmed", "Ada"),
            ("Ben@Example.COM", "unsubscribed", "=HYPERLINK(\"x\")"),
            ("cy@example.com", "bounced", "Cy, the \"third\""),
            ("dee@example.com", "complained", "Dee D."),
            ("eve@example.com", "unsubscribed", "Eve"),
            ("fay+ghost@example.com", "confirmed", "-Fay"),
            ("user@bücher.example.org", "bounced", "'Quoted'"),
            ("gil@example.com", "unsubscribed", "Gil"),
        ],
    )
    .await;
}

async fn ghost_by_the_newsletter_that_is_named(db: Db) {
    let member = |email: &str, newsletters: &[&str]| {
        let newsletters: Vec<Value> = newsletters
            .iter()
            .map(|name| json!({ "id": "1", "name": name, "status": "active" }))
            .collect();
        json!({ "email": email, "name": null, "newsletters": newsletters, "email_suppression": { "suppressed": false, "info": null } })
    };
    let members = json!({ "members": [
        member("ada@example.com", &["Weekly", "Monthly"]), member("ben@example.com", &["Monthly"]), member("cy@example.com", &[]),
    ], "meta": { "pagination": { "page": 1, "pages": 1 } } }).to_string();
    moves(
        db,
        "Ghost",
        &[("members.json", members.as_bytes())],
        &["--list", "Weekly"],
        &[
            ("ada@example.com", "confirmed", ""),
            ("ben@example.com", "unsubscribed", ""),
            ("cy@example.com", "unsubscribed", ""),
        ],
    )
    .await;
    let there = Move::on(db).await;
    let file = there.file("members.json", members);
    let printed = there.refuses(&[&file]);
    assert!(
        printed.contains("Weekly") && printed.contains("Monthly"),
        "{printed}"
    );
    // A missing list would take everyone off.
    let printed = there.refuses(&[&file, "--list", "Wekly"]);
    assert!(
        printed.contains("`Wekly`") && printed.contains("Monthly"),
        "{printed}"
    );
}

async fn buttondown_each_of_its_sixteen_types(db: Db) {
    let subscribers: Vec<Value> = TYPES.iter().map(|(kind, _)| json!({
        "id": "sub_1", "email_address": format!("{kind}@example.com"), "notes": "", "metadata": { "status": "x" }, "tags": [],
        "referrer_url": "", "creation_date": "2023-04-05T06:07:08.000Z", "secondary_id": 7, "type": kind, "source": "embedded_form",
        "unsubscription_date": "2024-01-02T00:00:00Z", "unsubscription_reason": "too\nmany", "undeliverability_date": null,
    })).collect();
    let json =
        json!({ "results": subscribers, "next": null, "previous": null, "count": 16 }).to_string();
    let mut csv = String::from(
        "\u{feff}id,email_address,notes,metadata,tags,referrer_url,creation_date,secondary_id,type,source,unsubscription_date,unsubscription_reason,undeliverability_date,undeliverability_reason\r\n",
    );
    for (kind, _) in TYPES {
        csv += &format!(
            "sub_1,{kind}@example.com,\"a note,\nof two lines\",\"{{\"\"a\"\": 1}}\",\"['x', 'y']\",,2023-04-05 06:07:08,7,{kind},api,,,,\r\n"
        );
    }
    let addresses: Vec<String> = TYPES
        .iter()
        .map(|(kind, _)| format!("{kind}@example.com"))
        .collect();
    let people: Vec<_> = TYPES
        .iter()
        .zip(&addresses)
        .map(|((_, consent), address)| (address.as_str(), *consent, ""))
        .collect();
    moves(
        db,
        "Buttondown",
        &[("subscribers.json", json.as_bytes())],
        &[],
        &people,
    )
    .await;
    moves(
        db,
        "Buttondown",
        &[("subscribers.csv", csv.as_bytes())],
        &[],
        &people,
    )
    .await;
    let there = Move::on(db).await;
    let file = there.file(
        "subscribers.json",
        json.replace("\"regular\"", "\"irregular\""),
    );
    let printed = there.refuses(&[&file]);
    assert!(
        printed.contains("type=irregular") && printed.contains("subscribers.json, element 1)"),
        "{printed}"
    );
}

/// Buttondown's types. The last two are not in its documentation of who is mailed.
const TYPES: [(&str, &str); 16] = [
    ("regular", "confirmed"),
    ("premium", "confirmed"),
    ("gifted", "confirmed"),
    ("trialed", "confirmed"),
    ("churning", "confirmed"),
    ("churned", "confirmed"),
    ("past_due", "confirmed"),
    ("paused", "confirmed"),
    ("unactivated", "pending"),
    ("unsubscribed", "unsubscribed"),
    ("removed", "unsubscribed"),
    ("undeliverable", "bounced"),
    ("complained", "complained"),
    ("blocked", "blocked"),
    ("unpaid", "confirmed"),
    ("upcoming", "pending"),
];

/// Ghost's CSV: formulas are guarded, and bounced or complained people are still `true`.
const GHOST: &str = "id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers,gift_id\r\n\
    64a1,ada@example.com,Ada,,true,false,,2023-07-01T10:00:00.000Z,,,,\r\n\
    64a2,Ben@Example.COM,\"'=HYPERLINK(\"\"x\"\")\",\"a note\r\nof two lines\",false,false,,2023-07-01T10:00:00.000Z,,vip,,\r\n\
    64a3,cy@example.com,\"Cy, the \"\"third\"\"\",,true,true,cus_1,2023-07-01T10:00:00.000Z,,\"a,b\",Gold,\r\n\
    64a4,dee@example.com,Dee D.,,true,false,,2023-07-01T10:00:00.000Z,,,,\r\n\
    64a5,eve@example.com,Eve,,true,false,,2023-07-01T10:00:00.000Z,2024-02-03T04:05:06.000Z,,,\r\n\
    64a6,fay+ghost@example.com,'-Fay,,true,false,,2023-07-01T10:00:00.000Z,,,,\r\n\
    64a7,user@bücher.example.org,'Quoted',,true,false,,2023-07-01T10:00:00.000Z,,,,\r\n\
    64a8,gil@example.com,Gil,,,false,,2023-07-01T10:00:00.000Z,2024-02-03T04:05:06.000Z,,,\r\n";

fn ghost_json() -> Vec<u8> {
    let member = |email: &str, subscribed: bool, suppression: Value| {
        let newsletters = if subscribed {
            json!([{ "id": "1", "name": "Weekly", "description": null, "status": "active" }])
        } else {
            json!([])
        };
        json!({
            "id": "64a1", "uuid": "5d0a", "email": email, "name": null, "note": null, "geolocation": null, "subscribed": subscribed,
            "created_at": "2023-07-01T10:00:00.000Z", "labels": [], "newsletters": newsletters, "email_suppression": suppression,
        })
    };
    let fine = || json!({ "suppressed": false, "info": null });
    let because = |reason: &str| json!({ "suppressed": true, "info": { "reason": reason, "timestamp": "2024-03-04T05:06:07.000Z" } });
    let members = [
        member("ada@example.com", true, fine()),
        member("Ben@Example.COM", false, fine()),
        member("cy@example.com", true, because("fail")),
        member("dee@example.com", true, because("spam")),
        member("user@bücher.example.org", true, because("fail")),
    ];
    json!({ "members": members, "meta": { "pagination": { "page": 1, "limit": 15, "pages": 1, "total": 5 } } })
        .to_string()
        .into_bytes()
}
