//! The sender killed with SIGKILL, at each stage of a mail and at random instants: nobody is lost, nobody is mailed
//! twice unless so configured, and readers in doubt are few and listed.

use std::process::Command;
use std::time::Duration;

use verdict::catcher::{Behaviour, Gate, Step};
use verdict::edition;
use verdict::store::deliveries::{self, Counts};
use verdict::store::editions;

use crate::chance::Chance;
use crate::child::{LIMIT, Running, at_gate, binary, is_soak, until};
use crate::database::Db;
use crate::delivery_audit;
use crate::dkim;
use crate::test_app::{TestApp, find_subscriber, on_both_stores, sample_issue};

on_both_stores!(
    at_every_stage_nobody_is_lost_or_doubled,
    at_every_stage_nobody_is_lost_if_doubts_are_sent_again,
    at_every_stage_a_correction_reaches_those_who_are_left,
    at_random_instants_nobody_is_lost_or_doubled,
    at_random_instants_nobody_is_lost_if_doubts_are_sent_again
);

const SLUG: &str = "tea-vs-coffee";
/// As `TestApp` configures it: at most this many deliveries can be in doubt after one kill.
const CONNECTIONS: usize = 4;
/// Every mail is longer than this many octets.
const SOME_CONTENT: usize = 3_000;
/// About how many mails a sender sends before it dies at a random instant, and at most how many.
const MAILS_A_KILL: usize = 24;

/// What happens to a mail in doubt, which the relay may or may not have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum OnDoubt {
    Hold,
    Resend,
}

/// Where a mail is when its sender dies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Frozen,
    Claimed,
    Marked,
    InTheContent,
    AfterTheDot,
    /// The relay has replied, but the ledger has not recorded it.
    Accepted,
}

const STAGES: [Stage; 6] = [
    Stage::Frozen,
    Stage::Claimed,
    Stage::Marked,
    Stage::InTheContent,
    Stage::AfterTheDot,
    Stage::Accepted,
];

/// An instance whose senders get killed.
struct Victims {
    app: TestApp,
    on_doubt: OnDoubt,
    readers: usize,
    kills: usize,
}

impl Victims {
    async fn on(db: Db, on_doubt: OnDoubt, readers: usize) -> Self {
        let app = TestApp::on(db).await;
        app.issue(SLUG).readers(readers).await;
        dkim::write_keys(app.dir.path());
        Self {
            app,
            on_doubt,
            readers,
            kills: 0,
        }
    }

    /// Starts `verdict send` as its own process.
    fn sender(&self) -> Running {
        Running::start(&mut self.command())
    }

    fn command(&self) -> Command {
        let mut command = binary();
        command
            .arg("--dir")
            .arg(self.app.dir.path())
            .args(["send", SLUG]);
        // Signed on threads of its own in one case, and composed without in the other.
        match self.on_doubt {
            OnDoubt::Hold => command.env("VERDICT_DKIM_SELECTORS", "r,e"),
            OnDoubt::Resend => command.env("VERDICT_SMTP_ON_DOUBT", "resend"),
        };
        command
    }

    async fn kill(&mut self, mut sender: Running) {
        sender.signal("KILL");
        sender.ended().await;
        self.kills += 1;
        let counts = self.app.counts(SLUG).await;
        let most = i64::try_from(CONNECTIONS).unwrap();
        assert!(counts.in_flight <= most, "{counts:?}");
        self.app.forget_leases();
    }

    async fn kill_at(&mut self, stage: Stage) {
        let gate = Gate::new();
        self.app.catcher.set(stage.hold(&gate));
        let sender = self.sender();
        at_gate(&gate, 1).await;
        match stage {
            Stage::Claimed => self.until_ledger(|counts| counts.claimed > 0).await,
            Stage::Marked => self.until_ledger(|counts| counts.in_flight > 0).await,
            Stage::Accepted => {
                at_gate(&gate, CONNECTIONS).await;
                let ledger = self.app.hold_ledger().await;
                let before = self.app.catcher.len();
                gate.release();
                self.arrivals(before + CONNECTIONS).await;
                self.kill(sender).await;
                drop(ledger);
                return;
            }
            Stage::Frozen | Stage::InTheContent | Stage::AfterTheDot => {}
        }
        self.kill(sender).await;
    }

    /// Kills at a random instant: at the nth occurrence of a step of the conversation, or after this many more mails,
    /// wherever the other connections are then.
    async fn kill_by(&mut self, chance: &mut Chance) {
        let gate = Gate::new();
        let catcher = &self.app.catcher;
        if chance.below(2) == 0 {
            catcher.set(hold_one(chance, &gate));
            let sender = self.sender();
            at_gate(&gate, 1).await;
            self.kill(sender).await;
        } else {
            catcher.set(unhurried());
            let wanted = catcher.len() + chance.below(MAILS_A_KILL);
            let sender = self.sender();
            self.arrivals(wanted).await;
            self.kill(sender).await;
        }
    }

    async fn arrivals(&self, count: usize) {
        self.app.catcher.wait_for(count, LIMIT).await.unwrap();
    }

    async fn until_ledger(&self, holds: impl Fn(Counts) -> bool) {
        until("the ledger says so", || async {
            holds(self.app.counts(SLUG).await)
        })
        .await;
    }

    /// Corrects the issue: what the mails say is the number of the text.
    async fn revise(&self, text: i64) {
        let app = &self.app;
        let issue = sample_issue(SLUG).replace("An intro.", &format!("Text {text}."));
        app.issue_file(SLUG, &issue);
        let id = app.edition(SLUG).await.id;
        let mut tx = app.store.begin().await.unwrap();
        editions::pause(&mut tx, id, None).await.unwrap();
        tx.commit().await.unwrap();
        let edition = app.edition(SLUG).await;
        let revised = edition::revise(app, &edition, false).await.unwrap();
        assert_eq!(revised.revision, text);
        let mut tx = app.store.begin().await.unwrap();
        let now = app.clock.now_millis();
        assert!(editions::resume(&mut tx, id, now).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// Everyone has the text that the ledger names.
    async fn check_texts(&self) {
        for number in 1..=self.readers {
            let email = format!("reader-{number}@example.com");
            let reader = find_subscriber(&self.app.store, &email).await.unwrap();
            let history = deliveries::history(&self.app.store, reader.id).await;
            let text = match history.unwrap()[0].revision {
                0 => "An intro.".to_owned(),
                revision => format!("Text {revision}."),
            };
            for mail in self.app.catcher.for_recipient(&email) {
                let content = String::from_utf8(mail.content).unwrap();
                assert!(content.contains(&text), "{email} has not {text:?}");
            }
        }
    }

    /// Lets a last sender finish, and checks what each reader got. Returns how many are in doubt or got one mail too
    /// many.
    async fn finish_and_count(self) -> usize {
        let Self {
            app,
            readers,
            kills,
            ..
        } = &self;
        app.catcher.set(Behaviour::new());
        // It sends most of the mails, and each waits for the disk.
        let (status, printed) = self.sender().ended_while(|| app.catcher.len()).await;
        let most = kills * CONNECTIONS;
        match self.on_doubt {
            OnDoubt::Hold => {
                let in_doubt = delivery_audit::held(app, SLUG, *readers, most).await;
                assert_eq!(status.code(), Some(i32::from(in_doubt > 0)), "{printed}");
                in_doubt
            }
            OnDoubt::Resend => {
                let (doubles, held) = delivery_audit::resent(app, SLUG, *readers, most).await;
                assert_eq!(status.code(), Some(i32::from(held > 0)), "{printed}");
                doubles + held
            }
        }
    }
}

impl Stage {
    /// Holds every mail at this stage.
    fn hold(self, gate: &Gate) -> Behaviour {
        let relay = unhurried();
        match self {
            Self::Frozen => relay.at(Step::Connect),
            Self::Claimed => relay.at(Step::Mail),
            Self::Marked => relay.at(Step::Data),
            Self::InTheContent => relay.at(Step::Content).after_bytes(SOME_CONTENT),
            Self::AfterTheDot | Self::Accepted => relay.at(Step::Dot),
        }
        .pause(gate)
    }
}

/// Holds one connection at a random place.
fn hold_one(chance: &mut Chance, gate: &Gate) -> Behaviour {
    let steps = [
        Step::Connect,
        Step::Mail,
        Step::Rcpt,
        Step::Data,
        Step::Content,
        Step::Dot,
    ];
    let step = steps[chance.below(steps.len())];
    let times = if step == Step::Connect {
        CONNECTIONS
    } else {
        MAILS_A_KILL
    };
    let nth = 1 + chance.below(times) as u64;
    let bytes = if step == Step::Content {
        chance.below(SOME_CONTENT)
    } else {
        0
    };
    unhurried().at(step).after_bytes(bytes).nth(nth).pause(gate)
}

/// A relay with the latency of one in the same town, so that a process dies in the middle of mails, not between them.
fn unhurried() -> Behaviour {
    Behaviour::new().reply_delay(Duration::from_millis(2))
}

async fn at_every_stage(db: Db, on_doubt: OnDoubt) {
    let mut victims = Victims::on(db, on_doubt, 80).await;
    for stage in STAGES {
        victims.kill_at(stage).await;
    }
    // No other reader can be in doubt or doubled, because the relay has their mails.
    let told = victims.finish_and_count().await;
    assert!(
        told >= CONNECTIONS,
        "{told}: those accepted without the ledger's knowing"
    );
}

async fn at_every_stage_a_correction_reaches_those_who_are_left(db: Db) {
    for on_doubt in [OnDoubt::Hold, OnDoubt::Resend] {
        let mut victims = Victims::on(db, on_doubt, 80).await;
        for (text, stage) in (1..).zip(STAGES) {
            victims.kill_at(stage).await;
            victims.revise(text).await;
        }
        victims.app.catcher.set(Behaviour::new());
        victims.sender().ended().await;
        victims.check_texts().await;
        victims.finish_and_count().await;
    }
}

async fn at_random_instants(db: Db, on_doubt: OnDoubt) {
    let kills = if is_soak() { 60 } else { 4 };
    let mut victims = Victims::on(db, on_doubt, (kills + 2) * 2 * MAILS_A_KILL).await;
    let mut chance = Chance(kills as u64);
    for _ in 0..kills {
        victims.kill_by(&mut chance).await;
    }
    let told = victims.finish_and_count().await;
    let what = if on_doubt == OnDoubt::Hold {
        "in doubt"
    } else {
        "doubled"
    };
    println!("{kills} kills on {db:?}: {told} {what}");
}

async fn at_every_stage_nobody_is_lost_or_doubled(db: Db) {
    at_every_stage(db, OnDoubt::Hold).await;
}

async fn at_every_stage_nobody_is_lost_if_doubts_are_sent_again(db: Db) {
    at_every_stage(db, OnDoubt::Resend).await;
}

async fn at_random_instants_nobody_is_lost_or_doubled(db: Db) {
    at_random_instants(db, OnDoubt::Hold).await;
}

async fn at_random_instants_nobody_is_lost_if_doubts_are_sent_again(db: Db) {
    at_random_instants(db, OnDoubt::Resend).await;
}
