//! The monthly digest: who wants it, when it comes, what it tells.

use chrono::TimeDelta;
use verdict::account::{self, Choice};
use verdict::edition;
use verdict::send::{self, Ended, Progress};
use verdict::store::subscribers::{self as list, Frequency};

use crate::database::Db;
use crate::engine::{Press, on_both_stores, stdout};
use crate::http;

const ADA: &str = "ada@example.com";
const BEN: &str = "ben@example.com";

/// A press with a reader who wants every issue and one who wants the digest. It is 23 November 2026, a
/// Monday; slots are on Thursdays at 09:00 in Berlin.
async fn press(db: Db) -> Press {
    let press = Press::on(db).await;
    press.reader(ADA).await.named_reader(BEN, Some("Ben")).await;
    let ben = list::find(&press.engine.store, BEN).await.unwrap().unwrap();
    let choice = Choice {
        frequency: Frequency::Digest,
        paused_until: None,
    };
    account::choose(&press.engine, &ben, choice).await.unwrap();
    press
}

async fn send(press: &Press, slug: &str) -> Ended {
    let edition = press.edition(slug).await;
    let progress = std::sync::Arc::new(Progress::default());
    send::send(
        &press.engine,
        &edition,
        progress,
        tokio_util::sync::CancellationToken::new(),
    )
    .await
    .unwrap()
}

on_both_stores! {
    async fn the_verdicts_of_a_month_come_in_one_mail_with_the_first_slot_of_the_next(db: Db) {
        let press = press(db).await;
        for slug in ["tea-vs-coffee", "pen-vs-pencil"] {
            press.issue(slug).send(slug).await;
        }
        let mails = |email: &str| press.catcher.for_recipient(email).len();
        assert_eq!((mails(ADA), mails(BEN)), (2, 0));
        assert_eq!(edition::freeze_digest(&press.engine).await.unwrap(), None, "it is November");

        // Thursday 3 December, 08:59 in Berlin.
        press.clock.advance(TimeDelta::minutes(9 * 24 * 60 + 23 * 60 + 59));
        press.issue("december").send("december").await;
        assert_eq!(edition::freeze_digest(&press.engine).await.unwrap(), None, "its slot is to come");
        press.clock.advance(TimeDelta::minutes(1));
        let frozen = edition::freeze_digest(&press.engine).await.unwrap();
        assert_eq!(frozen, Some(("digest-2026-11".to_owned(), 1)));
        assert_eq!(edition::freeze_digest(&press.engine).await.unwrap(), None, "once");
        assert_eq!(send(&press, "digest-2026-11").await, Ended::Finished);
        assert_eq!((mails(ADA), mails(BEN)), (3, 1));

        let mail = press.catcher.for_recipient(BEN).remove(0);
        let message = mail_parser::MessageParser::default().parse(&mail.content).unwrap();
        assert_eq!(message.subject(), Some("November 2026: 2 verdicts"));
        for part in [message.body_text(0).unwrap(), message.body_html(0).unwrap()] {
            assert!(part.contains("Hi Ben,"), "{part}");
            let [tea, pen] = ["tea-vs-coffee", "pen-vs-pencil"]
                .map(|slug| part.find(&format!("{}/issues/{slug}", press.site)).expect("a link"));
            assert!(tea < pen, "the oldest first");
            assert!(!part.contains("/issues/december"), "{part}");
        }
        let link = press.unsubscribe_link(BEN);
        assert_eq!(http::get(&link).await.status, 200);

        // It is no comparison: no page, no place in the archive, and no "last time".
        let page = http::get(&format!("{}/issues/digest-2026-11", press.site)).await;
        assert_eq!(page.status, 404);
        assert!(!http::get(&format!("{}/issues", press.site)).await.body.contains("digest-2026"));
        press.issue("next").send("next").await;
        assert_eq!((mails(ADA), mails(BEN)), (4, 1));
        let status = stdout(&press.verdict(&["status", "digest-2026-11"]));
        assert!(status.contains("finished (1 reader)"), "{status}");
    }

    async fn a_digest_comes_not_at_all_rather_than_late_or_empty(db: Db) {
        let press = press(db).await;
        // 3 December, 09:00 in Berlin: nothing was sent in November.
        press.clock.advance(TimeDelta::days(10));
        assert_eq!(edition::freeze_digest(&press.engine).await.unwrap(), None);
        press.issue("tea").send("tea").await;
        // 7 January, the first Thursday, 21:01: a slot may be 12 hours late.
        press.clock.advance(TimeDelta::days(35) + TimeDelta::minutes(12 * 60 + 1));
        assert_eq!(edition::freeze_digest(&press.engine).await.unwrap(), None);
        press.clock.advance(-TimeDelta::minutes(2));
        let frozen = edition::freeze_digest(&press.engine).await.unwrap();
        assert_eq!(frozen, Some(("digest-2026-12".to_owned(), 1)));
    }

    async fn who_rests_or_left_gets_no_digest(db: Db) {
        let press = press(db).await;
        press.issue("tea").send("tea").await;
        let ben = list::find(&press.engine.store, BEN).await.unwrap().unwrap();
        let rest = Choice::of(&ben).resting(&press.engine, 8);
        account::choose(&press.engine, &ben, rest).await.unwrap();
        press.clock.advance(TimeDelta::days(10));
        let frozen = edition::freeze_digest(&press.engine).await.unwrap();
        assert_eq!(frozen, Some(("digest-2026-11".to_owned(), 0)));
    }
}
