//! The sender killed with SIGKILL, at each step of a conversation and at random instants: nobody is
//! lost, nobody is mailed twice, and the doubtful are few and named.

use std::time::Duration;

use verdict::catcher::{Behaviour, Step};

use crate::child::{Running, binary, until};
use crate::database::Db;
use crate::engine::{Press, on_both_stores, stdout};

const SLUG: &str = "tea-vs-coffee";
/// As `Press` configures it: no more deliveries than this can be in doubt after one kill.
const CONNECTIONS: usize = 4;

/// Starts `verdict send` as a process of its own.
fn sender(press: &Press) -> Running {
    let dir = press.dir.path().to_str().unwrap();
    Running::start(binary().args(["--dir", dir, "send", SLUG]))
}

async fn kill(press: &Press, mut sender: Running) {
    sender.signal("KILL");
    sender.ended().await;
    press.forget_leases();
}

/// Lets a last sender finish, and looks at who got what.
async fn finish_and_count(press: &Press, readers: usize, kills: usize) {
    stdout(&press.verdict(&["send", SLUG]));
    let counts = press.counts(SLUG).await;
    assert_eq!(counts.open(), 0, "{counts:?}");
    let in_doubt = press.in_doubt(SLUG).await;
    assert!(
        in_doubt.len() <= kills * CONNECTIONS,
        "{} after {kills} kills",
        in_doubt.len()
    );
    for number in 1..=readers {
        let email = format!("reader-{number}@example.com");
        match press.catcher.for_recipient(&email).len() {
            0 => assert!(in_doubt.contains(&email), "{email} is lost"),
            1 => {}
            mails => panic!("{email} got {mails} mails"),
        }
    }
    assert!(
        press.catcher.faults().is_empty(),
        "{:?}",
        press.catcher.faults()
    );
}

on_both_stores! {
    async fn at_each_step_of_the_conversation(db: Db) {
        let press = Press::on(db).await;
        press.issue(SLUG).readers(60).await;
        let steps = [Step::Connect, Step::Mail, Step::Rcpt, Step::Data, Step::Content, Step::Dot];
        for step in steps {
            let gate = press.catcher.pause_at(step);
            let sender = sender(&press);
            gate.reached().await;
            kill(&press, sender).await;
            gate.release();
            press.catcher.set(Behaviour::new());
        }
        finish_and_count(&press, 60, steps.len()).await;
    }

    async fn between_the_relays_reply_and_the_next_mail(db: Db) {
        let press = Press::behaving(db, Behaviour::new().reply_delay(Duration::from_millis(2))).await;
        let (readers, kills) = if std::env::var_os("VERDICT_SOAK").is_some() { (4_000, 100) } else { (400, 6) };
        press.issue(SLUG).readers(readers).await;
        for number in 1..=kills {
            let sender = sender(&press);
            // Scattered, but the same in every run. Each kill may leave some in doubt that never
            // arrive, so the last ones must not be waited for.
            let arrivals = number * (readers - kills * CONNECTIONS) / (kills + 1) + number * 7 % 5;
            until("some mails arrive", || {
                let enough = press.catcher.len() >= arrivals;
                async move { enough }
            })
            .await;
            kill(&press, sender).await;
        }
        finish_and_count(&press, readers, kills).await;
    }
}
