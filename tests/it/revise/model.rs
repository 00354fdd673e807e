//! Random sequences of what editors and operators do to an issue, with the real binary: edit, approve, send, pause,
//! revise, resume, kill. Nobody gets two mails of it unless an operator resends one in doubt, which then has the same
//! text; every text was approved; a corrected text is the last one, but for
//! the mail on the wire; a reader gets at most one notice, and only after an earlier text.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use verdict::catcher::{Behaviour, Gate, Mail, Step as At};
use verdict::clock::Clock;
use verdict::store::deliveries::{self, State};
use verdict::store::editions::{self, EditionState};

use super::{SLUG, body, email};
use crate::child::{Running, at_gate, binary, is_soak};
use crate::database::Db;
use crate::model::hold_for;
use crate::test_app::{TestApp, sample_issue, verdict};

const READERS: usize = 8;
const NOTICE: &str = "tea-vs-coffee-correction";
/// How many sequences a normal run and a soak run take.
const SEQUENCES: (u32, u32) = (12, 200);

#[derive(Clone, Copy, Debug)]
enum Act {
    /// The file gets a new text.
    Edit,
    Approve,
    Pause,
    Revise {
        notify: bool,
    },
    Resume,
    Settle {
        resend: bool,
    },
}

#[derive(Clone, Debug)]
enum Step {
    Do(Vec<Act>),
    /// `verdict send`, which freezes the issue or continues.
    Send,
    /// The same, up to the final dot of this mail; then something happens, and the sender is killed or goes on.
    SendUntil {
        mail: u64,
        meanwhile: Vec<Act>,
        kill: bool,
    },
}

fn act() -> impl Strategy<Value = Act> + Clone {
    prop_oneof![
        4 => Just(Act::Edit),
        4 => Just(Act::Approve),
        4 => Just(Act::Pause),
        5 => prop::bool::weighted(0.3).prop_map(|notify| Act::Revise { notify }),
        4 => Just(Act::Resume),
        1 => any::<bool>().prop_map(|resend| Act::Settle { resend }),
    ]
}

/// What an editor does about a mistake: mostly all of it, and sometimes not yet the last.
fn mend() -> impl Strategy<Value = Vec<Act>> + Clone {
    let all = |notify, resumes| {
        let mut all = vec![Act::Pause, Act::Edit, Act::Approve, Act::Revise { notify }];
        all.extend(bool::then_some(resumes, Act::Resume));
        all
    };
    let all = (prop::bool::weighted(0.3), any::<bool>())
        .prop_map(move |(notify, resumes)| all(notify, resumes));
    let some = |all: Vec<Act>| prop::sample::subsequence(all.clone(), 2..all.len());
    prop_oneof![4 => all.clone().boxed(), 1 => all.prop_flat_map(some).boxed()]
}

fn step() -> impl Strategy<Value = Step> {
    let meanwhile = prop_oneof![
        4 => mend().boxed(),
        2 => Just(vec![Act::Pause]).boxed(),
        1 => prop::collection::vec(act(), 0..3).boxed(),
    ];
    prop_oneof![
        4 => act().prop_map(|act| Step::Do(vec![act])),
        3 => mend().prop_map(Step::Do),
        1 => Just(Step::Send),
        6 => (1..3_u64, meanwhile, any::<bool>())
            .prop_map(|(mail, meanwhile, kill)| Step::SendUntil { mail, meanwhile, kill }),
    ]
}

/// Half of the sequences begin with a correction of the first mails, which the sender may outlive.
fn sequence() -> impl Strategy<Value = Vec<Step>> {
    let approve = || Step::Do(vec![Act::Approve]);
    let mend = vec![
        Act::Pause,
        Act::Edit,
        Act::Approve,
        Act::Revise { notify: false },
        Act::Resume,
    ];
    let corrected = (1..3_u64, any::<bool>()).prop_map(move |(mail, kill)| {
        let meanwhile = mend.clone();
        vec![
            approve(),
            Step::SendUntil {
                mail,
                meanwhile,
                kill,
            },
        ]
    });
    let begun = prop_oneof![Just(vec![approve()]).boxed(), corrected.boxed()];
    (begun, prop::collection::vec(step(), 4..12))
        .prop_map(|(begun, steps)| begun.into_iter().chain(steps).collect())
}

struct World {
    app: TestApp,
    /// The number of the text in the file.
    text: u32,
    /// The number of the edition's newest text, once it is frozen.
    newest: Option<u32>,
    /// How many mails may have had an older text, because they were on the wire.
    on_the_wire: usize,
    /// How many of the catcher's mails have been checked.
    seen: usize,
    approved: BTreeSet<u32>,
    /// How many more mails each reader may get, because an operator resent one in doubt.
    resent: BTreeMap<String, usize>,
    story: Vec<String>,
}

type Checked = Result<(), String>;

impl World {
    async fn new(db: Db) -> Self {
        let app = TestApp::on(db).await;
        let path = app.dir.path().join("verdict.toml");
        let config = std::fs::read_to_string(&path).unwrap();
        let config = config.replace("connections = 4", "connections = 1");
        std::fs::write(path, config + "\n[issues]\nrequire_approval = true\n").unwrap();
        app.clock.set(Clock::system().now());
        app.readers(READERS).await;
        let mut world = Self {
            app,
            text: 0,
            newest: None,
            on_the_wire: 0,
            seen: 0,
            approved: BTreeSet::new(),
            resent: BTreeMap::new(),
            story: Vec::new(),
        };
        world.edit();
        world
    }

    fn edit(&mut self) {
        self.text += 1;
        let text = format!("Text number {}.", self.text);
        let issue = sample_issue(SLUG).replace("An intro.", &text);
        self.app
            .issue_file(SLUG, &format!("author = \"Ada\"\n{issue}"));
    }

    /// Runs the binary; true if it succeeded.
    fn run(&mut self, args: &[&str]) -> bool {
        let output = verdict(self.app.dir.path(), args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = output.status.code();
        self.story.push(format!("{args:?}: {code:?} {said}"));
        output.status.success()
    }

    async fn act(&mut self, act: Act) -> Checked {
        match act {
            Act::Edit => {
                self.edit();
                self.story.push(format!("text {}", self.text));
            }
            Act::Approve => {
                if self.run(&["approve", SLUG, "--as", "Grace"]) {
                    self.approved.insert(self.text);
                }
            }
            Act::Pause => drop(self.run(&["pause", SLUG])),
            Act::Resume => drop(self.run(&["resume", SLUG])),
            Act::Revise { notify } => {
                let notify = notify.then_some("--notify");
                let args: Vec<&str> = ["revise", SLUG].into_iter().chain(notify).collect();
                if self.run(&args) {
                    self.newest = Some(self.text);
                    if !self.approved.contains(&self.text) {
                        return Err(format!("text {} was not approved", self.text));
                    }
                }
            }
            Act::Settle { resend } => {
                let how = if resend { "--resend" } else { "--leave" };
                let Some(edition) = editions::find(&self.app.store, SLUG).await.unwrap() else {
                    return Ok(());
                };
                for reader in self.app.in_doubt(&edition.slug).await {
                    if resend {
                        *self.resent.entry(reader).or_default() += 1;
                    }
                }
                self.run(&["settle", SLUG, how]);
            }
        }
        Ok(())
    }

    async fn step(&mut self, step: &Step) -> Checked {
        match step {
            Step::Do(acts) => {
                for act in acts {
                    self.act(*act).await?;
                }
            }
            Step::Send => {
                self.run(&["send", SLUG]);
                self.note_freeze().await;
            }
            Step::SendUntil {
                mail,
                meanwhile,
                kill,
            } => self.send_until(*mail, meanwhile, *kill).await?,
        }
        self.check()
    }

    async fn note_freeze(&mut self) {
        if editions::find(&self.app.store, SLUG)
            .await
            .unwrap()
            .is_some()
        {
            self.newest = self.newest.or(Some(self.text));
        }
    }

    async fn send_until(&mut self, mail: u64, meanwhile: &[Act], kill: bool) -> Checked {
        let gate = Gate::new();
        self.app
            .catcher
            .set(Behaviour::new().at(At::Dot).nth(mail).pause(&gate));
        let mut command = binary();
        command.arg("--dir").arg(self.app.dir.path());
        let mut sender = Running::start(command.args(["send", SLUG]));
        self.story.push(format!("send until mail {mail}"));
        let reached = tokio::select! {
            () = at_gate(&gate, 1) => true,
            _ = sender.ended() => false,
        };
        self.note_freeze().await;
        if reached {
            self.check_new()?;
            self.on_the_wire += 1;
            for act in meanwhile {
                match act {
                    Act::Pause => self.halt().await,
                    // It waits for the sender.
                    Act::Settle { .. } => {}
                    act => self.act(*act).await?,
                }
            }
            if kill {
                sender.signal("KILL");
            }
            gate.release();
            sender.ended().await;
            self.app.forget_leases();
            self.story.push(format!("killed: {kill}"));
        }
        self.app.catcher.set(Behaviour::new());
        Ok(())
    }

    /// As `verdict pause`, which would wait for the mail on the wire.
    async fn halt(&mut self) {
        let Some(edition) = editions::find(&self.app.store, SLUG).await.unwrap() else {
            return;
        };
        let mut tx = self.app.store.begin().await.unwrap();
        let paused = editions::pause(&mut tx, edition.id, None).await.unwrap();
        tx.commit().await.unwrap();
        self.story.push(format!("paused: {paused}"));
    }

    /// The number of a mail's text; `None` if it is a notice.
    fn text_of(mail: &Mail) -> Option<u32> {
        let body = body(mail);
        let (_, rest) = body.split_once("Text number ")?;
        let (number, _) = rest.split_once('.')?;
        (!body.contains("It should say:")).then(|| number.parse().unwrap())
    }

    /// Only what was on the wire has an older text than the newest one, or what was sent again because it was in doubt.
    fn check_new(&mut self) -> Checked {
        let mails = self.app.catcher.mails();
        for mail in &mails[self.seen..] {
            let Some(text) = Self::text_of(mail) else {
                continue;
            };
            let is_again = self.resent.keys().any(|email| mail.to == [email.as_str()]);
            if Some(text) != self.newest && !is_again {
                let left = self.on_the_wire.checked_sub(1);
                self.on_the_wire = left.ok_or(format!("{:?} got text {text}", mail.to))?;
            }
        }
        self.seen = mails.len();
        Ok(())
    }

    fn check(&mut self) -> Checked {
        self.check_new()?;
        for number in 1..=READERS {
            let (mut texts, mut notices) = (Vec::new(), 0);
            let email = email(number);
            for mail in self.app.catcher.for_recipient(&email) {
                let Some(text) = Self::text_of(&mail) else {
                    notices += 1;
                    continue;
                };
                if !self.approved.contains(&text) {
                    return Err(format!("{email} got text {text}, which nobody approved"));
                }
                texts.push(text);
            }
            let most = 1 + self.resent.get(&email).copied().unwrap_or_default();
            if texts.len() > most || notices > 1 {
                return Err(format!("{email} got {texts:?} and {notices} notices"));
            }
            texts.dedup();
            if texts.len() > 1 {
                return Err(format!("{email} got different texts: {texts:?}"));
            }
            if notices == 1 && texts.is_empty() {
                return Err(format!("{email} got a notice about nothing"));
            }
        }
        Ok(())
    }

    /// Lets everything go out. Everyone has the issue then, or is in doubt.
    async fn finish(&mut self) -> Checked {
        if editions::find(&self.app.store, SLUG)
            .await
            .unwrap()
            .is_none()
        {
            self.act(Act::Approve).await?;
        }
        self.run(&["resume", SLUG]);
        self.run(&["send", SLUG]);
        self.note_freeze().await;
        if editions::find(&self.app.store, NOTICE)
            .await
            .unwrap()
            .is_some()
        {
            self.run(&["send", NOTICE]);
        }
        self.check()?;
        let edition = self.app.edition(SLUG).await;
        if edition.state != EditionState::Finished {
            return Err(format!("it is {:?}", edition.state));
        }
        let in_doubt = self.app.in_doubt(SLUG).await;
        for number in 1..=READERS {
            let email = email(number);
            let mails = self.app.catcher.for_recipient(&email);
            let text = mails.iter().find_map(Self::text_of);
            let reader = crate::test_app::find_subscriber(&self.app.store, &email).await;
            let history = deliveries::history(&self.app.store, reader.unwrap().id)
                .await
                .unwrap();
            let delivery = history.iter().find(|one| one.slug == SLUG).unwrap();
            match delivery.state {
                State::Accepted if text.is_some() => {}
                State::Unknown => {}
                state => return Err(format!("{email} is {state:?}, in doubt: {in_doubt:?}")),
            }
        }
        Ok(())
    }
}

async fn run(db: Db, steps: &[Step]) -> Checked {
    let mut world = World::new(db).await;
    let mut done = Ok(());
    for step in steps {
        done = world.step(step).await;
        if done.is_err() {
            break;
        }
    }
    if done.is_ok() {
        done = world.finish().await;
    }
    done.map_err(|wrong| {
        format!(
            "{wrong}\n\nWhat happened:\n  {}\n",
            world.story.join("\n  ")
        )
    })
}

fn holds(db: Db) {
    let cases = if is_soak() { SEQUENCES.1 } else { SEQUENCES.0 };
    hold_for(cases, 30, &sequence(), async |steps| run(db, steps).await);
}

#[test]
fn whatever_editors_do_nobody_gets_two_mails_or_an_unapproved_text_on_sqlite() {
    holds(Db::Sqlite);
}

#[test]
fn whatever_editors_do_nobody_gets_two_mails_or_an_unapproved_text_on_postgres() {
    holds(Db::Postgres);
}
