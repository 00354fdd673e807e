//! `pause`, `resume` and `cancel`, while another process sends.

use std::time::Duration;

use verdict::catcher::Behaviour;

use crate::child::{Running, binary, until};
use crate::database::Db;
use crate::engine::{Press, on_both_stores, stderr, stdout};

const SLUG: &str = "tea-vs-coffee";
const READERS: usize = 300;

/// A press whose relay takes its time, and a process that is in the middle of sending.
async fn sending(db: Db) -> (Press, Running) {
    let slowly = Behaviour::new().reply_delay(Duration::from_millis(5));
    let press = Press::behaving(db, slowly).await;
    press.issue(SLUG).readers(READERS).await;
    let dir = press.dir.path().to_str().unwrap();
    let send = Running::start(binary().args(["--dir", dir, "send", SLUG]));
    until("some mails arrive", || {
        let enough = press.catcher.len() >= 20;
        async move { enough }
    })
    .await;
    (press, send)
}

/// How many mails arrived; nobody got two.
fn arrived(press: &Press) -> usize {
    let mut arrived = 0;
    for number in 1..=READERS {
        let email = format!("reader-{number}@example.com");
        let mails = press.catcher.for_recipient(&email).len();
        assert!(mails <= 1, "{email} got {mails}");
        arrived += mails;
    }
    arrived
}

/// What a command says that fails.
fn refused(press: &Press, args: &[&str]) -> String {
    let output = press.verdict(args);
    assert_eq!(output.status.code(), Some(2), "{args:?}: {output:?}");
    stderr(&output)
}

on_both_stores! {
    async fn a_pause_is_exact_to_the_mail(db: Db) {
        let (press, mut send) = sending(db).await;
        let said = stdout(&press.verdict(&["pause", SLUG]));
        let arrived_then = arrived(&press);
        assert!(arrived_then < READERS, "it was too late");
        assert!(said.contains("Paused `tea-vs-coffee`"), "{said}");
        assert!(said.contains(&format!("accepted   {arrived_then}\n")), "{said}");
        assert!(!said.contains("in flight") && !said.contains("On the wire"), "{said}");

        let (status, told) = send.ended().await;
        assert_eq!(status.code(), Some(1), "{told}");
        assert!(told.contains("It is paused"), "{told}");
        assert_eq!(arrived(&press), arrived_then, "nothing went out after the pause");
        let counts = press.counts(SLUG).await;
        let open = i64::try_from(READERS - arrived_then).unwrap();
        assert_eq!((counts.queued, counts.unknown, counts.held()), (open, 0, 0));

        stdout(&press.verdict(&["pause", SLUG]));
        stdout(&press.verdict(&["resume", SLUG]));
        stdout(&press.verdict(&["send", SLUG]));
        assert_eq!(arrived(&press), READERS);
        assert!(press.catcher.faults().is_empty(), "{:?}", press.catcher.faults());
    }

    async fn a_cancelled_edition_stays_where_it_is(db: Db) {
        let (press, mut send) = sending(db).await;
        let said = stdout(&press.verdict(&["cancel", SLUG]));
        let arrived_then = arrived(&press);
        assert!(said.contains("Cancelled `tea-vs-coffee`: nobody else gets it."), "{said}");
        let (status, told) = send.ended().await;
        assert_eq!(status.code(), Some(1), "{told}");
        assert!(told.contains("It was cancelled"), "{told}");
        assert_eq!(arrived(&press), arrived_then);
        let counts = press.counts(SLUG).await;
        let skipped = i64::try_from(READERS - arrived_then).unwrap();
        assert_eq!((counts.skipped, counts.open()), (skipped, 0));

        let last = format!("reader-{READERS}@example.com");
        let why = stdout(&press.verdict(&["why", &last]));
        assert!(why.contains("skipped") && why.contains("cancelled"), "{why}");
        for args in [&["resume", SLUG][..], &["pause", SLUG], &["resend", SLUG, "--refused"]] {
            let said = refused(&press, args);
            assert!(said.contains("cancelled"), "{args:?}: {said}");
        }
        stdout(&press.verdict(&["cancel", SLUG]));
        assert_eq!(press.verdict(&["send", SLUG]).status.code(), Some(1));
        assert_eq!(arrived(&press), arrived_then);
    }

    async fn only_what_is_being_sent_can_be_held(db: Db) {
        let press = Press::on(db).await;
        press.issue(SLUG).readers(1).await;
        press.send(SLUG).await;
        let said = refused(&press, &["pause", SLUG]);
        assert!(said.contains("nothing to pause: `tea-vs-coffee` is finished"), "{said}");
        let said = refused(&press, &["resume", SLUG]);
        assert!(said.contains("nothing to resume"), "{said}");
        let said = refused(&press, &["cancel", "tea-vs-cofee"]);
        assert!(said.contains("did you mean `tea-vs-coffee`?"), "{said}");
    }

    async fn a_press_that_serves_leaves_a_paused_edition_and_takes_up_a_resumed_one(db: Db) {
        let press = Press::on(db).await;
        press.issue(SLUG).readers(3).await;
        let dir = press.dir.path().to_str().unwrap();
        let relay = press.catcher.url();
        let mut send = binary();
        send.args(["--dir", dir, "send", SLUG]).env("VERDICT_SMTP_URL", "smtp://127.0.0.1:1?tls=none");
        Running::start(&mut send).ended().await;
        stdout(&press.verdict(&["pause", SLUG]));
        let mut serve = binary();
        serve.args(["--dir", dir, "serve", "--only", "send"]).env("VERDICT_SMTP_URL", relay);
        let mut serve = Running::start(serve.env("VERDICT_METRICS_LISTEN", "127.0.0.1:0"));
        serve.line("serving metrics").await;
        stdout(&press.verdict(&["resume", SLUG]));
        until("everyone has it", || {
            let all = press.catcher.len() == 3;
            async move { all }
        })
        .await;
        assert_eq!(serve.end_by("TERM").await, Some(0));
    }
}
