//! The product and the model side by side: each step applies to both.

use std::collections::HashMap;

use chrono::TimeDelta;
use subscribers::consent::{Change, ConsentSource};
use subscribers::token::stamp;
use verdict::catcher::Behaviour;
use verdict::readers;
use verdict::readers::import::{self, Options};
use verdict::store::consent_changes::Cause;
use verdict::store::editions::{self, Edition};
use verdict::store::subscribers::Subscriber;

use super::backup::Backup;
use super::checks::{Checked, Copies};
use super::consent::{Choice, Kind, Link, List, Mailbox, ReaderNo, Standing, Time};
use super::steps::{Act, Held, Less, MAILBOXES, Row, Step};
use crate::choosing::action;
use crate::database::Db;
use crate::http::{self, Answer};
use crate::test_app::{TestApp, find_subscriber};

/// A link in a mailbox, and its target.
#[derive(Clone, Debug)]
pub(super) struct HeldLink {
    pub(super) link: Link,
    pub(super) url: String,
}

/// A page that offers an undo.
#[derive(Clone, Debug)]
struct HeldUndo {
    reader: ReaderNo,
    undo: u32,
    url: String,
}

pub(super) struct World {
    pub(super) app: TestApp,
    pub(super) list: List,
    /// The steps so far, in plain words.
    pub(super) story: Vec<String>,
    /// The readers by their numbers on the list.
    pub(super) numbers: HashMap<i64, ReaderNo>,
    pub(super) links: Vec<HeldLink>,
    /// How many of the catcher's mails have been checked.
    pub(super) seen: usize,
    pub(super) copies: HashMap<(i64, i64), Copies>,
    pub(super) slugs: Vec<String>,
    pub(super) backup: Option<Backup>,
    undos: Vec<HeldUndo>,
    pub(super) issues: usize,
}

impl World {
    pub(super) async fn new(db: Db) -> Self {
        let app = TestApp::tuned(db, Behaviour::new(), |config| {
            config.join.per_address = 1_000_000;
            config.join.per_network = 1_000_000;
            // Mails go out one after another, so that the one on the wire is known.
            config.smtp.connections = 1;
        })
        .await;
        let list = List::new(app.clock.now_millis());
        Self {
            app,
            list,
            story: Vec::new(),
            numbers: HashMap::new(),
            links: Vec::new(),
            seen: 0,
            copies: HashMap::new(),
            slugs: Vec::new(),
            backup: None,
            undos: Vec::new(),
            issues: 0,
        }
    }

    pub(super) async fn step(&mut self, step: &Step) -> Checked {
        match step {
            Step::Do(act) => self.act(*act).await?,
            Step::MoveAllTheWay { from, to } => self.move_all_the_way(*from, *to).await?,
            Step::JoinAllTheWay(mailbox) => {
                self.act(Act::SignUp(*mailbox)).await?;
                self.act(Act::Outbox).await?;
                self.act(Act::Confirm(newest(*mailbox))).await?;
            }
            Step::EraseAllTheWay(mailbox) => {
                self.act(Act::AskForSettings(newest(*mailbox))).await?;
                self.act(Act::Outbox).await?;
                self.act(Act::AskToErase(newest(*mailbox))).await?;
                self.act(Act::Outbox).await?;
                self.act(Act::Erase(newest(*mailbox))).await?;
            }
            Step::Freeze => drop(self.freeze().await?),
            Step::Send { relay, meanwhile } => self.send_all(*relay, meanwhile).await?,
            Step::Resend { older, refused } => self.resend(*older, *refused).await?,
            Step::Settle { older, resend } => self.settle(*older, *resend).await?,
            Step::Compact { older } => self.compact(*older).await?,
            Step::Wait(time) => {
                // A request on a page is mailed within seconds.
                self.act(Act::Outbox).await?;
                self.tell(format!("{} minutes pass", time / 60_000));
                self.pass(*time);
            }
            Step::BackUp => {
                // A link is lost if its message was queued after the backup; the model uses the time of mailing.
                self.act(Act::Outbox).await?;
                self.tell("the store is backed up");
                self.back_up();
            }
            Step::Restore => self.restore().await,
        }
        self.check().await
    }

    async fn move_all_the_way(&mut self, from: Mailbox, to: Mailbox) -> Checked {
        self.act(Act::AskForSettings(newest(from))).await?;
        self.act(Act::Outbox).await?;
        self.act(Act::AskToMove {
            link: newest(from),
            to,
        })
        .await?;
        self.act(Act::Outbox).await?;
        self.act(Act::Move(newest(to))).await
    }

    pub(super) async fn act(&mut self, act: Act) -> Checked {
        // No two acts have the same instant.
        self.pass(1);
        match act {
            Act::Import { rows, confirmed } => self.import(rows, confirmed).await,
            Act::SignUp(mailbox) => self.sign_up(mailbox).await,
            Act::Outbox => {
                self.list.decide();
                self.app.deliver_outbox().await;
                self.compare().await?;
                self.read_the_mails(None, None)?;
            }
            Act::Confirm(held) => {
                if let Some((link, url)) = self.held(Kind::Confirm, held, "confirms") {
                    http::post(&url, "").await;
                    self.list.confirm(link);
                }
            }
            Act::Leave { link, by_page } => self.leave(link, by_page).await?,
            Act::GetLess { link, less } => self.get_less(link, less).await?,
            Act::Undo { older } => self.undo(older).await,
            Act::AskForSettings(held) => {
                if let Some((link, url)) = self.held(Kind::Issue, held, "asks for the settings") {
                    let page = http::post(&url.replace("/u/", "/settings/"), "").await;
                    self.is_as_good(&page, link)?;
                }
            }
            Act::Save {
                link,
                digest,
                pause,
            } => self.save(link, digest, pause).await?,
            Act::Export(held) => {
                if let Some((link, url)) = self.held(Kind::Settings, held, "exports") {
                    let page = http::get(&format!("{url}/export.json")).await;
                    self.is_as_good(&page, link)?;
                }
            }
            Act::AskToMove { link, to } => {
                let what = format!("asks to move to {}", MAILBOXES[to]);
                if let Some((link, url)) = self.held(Kind::Settings, link, &what) {
                    let form = format!("email={}", MAILBOXES[to]);
                    let page = http::post(&format!("{url}/address"), &form).await;
                    self.is_as_good(&page, link)?;
                    if page.status == 200 {
                        self.list.ask_to_move(link, to);
                    }
                }
            }
            Act::Move(held) => {
                if let Some((link, url)) = self.held(Kind::Address, held, "becomes the new address")
                {
                    http::post(&url, "").await;
                    self.list.change_address(link);
                }
            }
            Act::AskToErase(held) => {
                if let Some((link, url)) = self.held(Kind::Settings, held, "asks to be erased") {
                    let page = http::post(&format!("{url}/erase"), "").await;
                    self.is_as_good(&page, link)?;
                }
            }
            Act::Erase(held) => {
                if let Some((link, url)) = self.held(Kind::Erase, held, "is erased") {
                    let page = http::post(&url, "").await;
                    let reader = self.list.reader(link.reader);
                    if reader.is_some_and(|reader| reader.mailbox.is_none()) {
                        // Loaded again after the erasure, the page may say so once more.
                        return self.compare().await;
                    }
                    self.is_as_good(&page, link)?;
                    if self.list.is_good(link) {
                        self.list.erase(link.mailbox);
                    }
                }
            }
            Act::Remove(_) | Act::Forget(_) | Act::Complain(_) => self.edit(act).await,
        }
        self.compare().await
    }

    async fn import(&mut self, rows: [Row; MAILBOXES.len()], confirmed: bool) {
        let vouched = if confirmed {
            Standing::Confirmed
        } else {
            Standing::Pending
        };
        let mut csv = "email,status\n".to_owned();
        for (mailbox, row) in rows.into_iter().enumerate() {
            let (word, says) = match row {
                Row::Absent => continue,
                Row::Silent => ("", vouched),
                Row::Says(standing) => (word(standing), standing),
            };
            csv += &format!("{},{word}\n", MAILBOXES[mailbox]);
            self.list.import(mailbox, says);
        }
        let how = if confirmed { "with" } else { "without" };
        self.tell(format!(
            "import {how} --confirmed of {}",
            csv.replace('\n', "; ")
        ));
        let path = self.app.dir.path().join("import.csv");
        std::fs::write(&path, csv).unwrap();
        let options = Options {
            paths: vec![path],
            confirmed,
            ..Options::default()
        };
        let mut plan = import::read(options, |_, _| {}).await.unwrap();
        let applied = import::apply(&self.app, &mut plan, None, |_, _| {}).await;
        applied.unwrap();
    }

    /// A form fetched some time ago, without moving the clock.
    async fn sign_up(&mut self, mailbox: Mailbox) {
        let email = MAILBOXES[mailbox];
        self.tell(format!("{email} is typed into the form"));
        // No two forms are the same.
        let number = u64::try_from(self.story.len()).unwrap().to_be_bytes();
        let stamp = stamp::sign(&self.app.key, self.list.now - 3_000, number);
        let form = format!("stamp={stamp}&form=page-1&email={email}");
        let answer = http::post(&format!("{}/subscribe", self.app.site), &form).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        self.list.ask_to_join(mailbox);
    }

    async fn leave(&mut self, held: Held, by_page: bool) -> Checked {
        let (body, what) = match by_page {
            true => ("", "leaves by the page"),
            false => ("List-Unsubscribe=One-Click", "leaves by one click"),
        };
        let Some((link, url)) = self.held(Kind::Issue, held, what) else {
            return Ok(());
        };
        let page = http::post(&url, body).await;
        let undo = self.list.leave(link, by_page);
        self.keep_undo(&page, link, undo)
    }

    async fn get_less(&mut self, held: Held, less: Less) -> Checked {
        let (body, weeks) = match less {
            Less::Rest => ("instead=pause-4", Some(4)),
            Less::LongRest => ("instead=pause-12", Some(12)),
            Less::Digest => ("instead=digest", None),
        };
        let Some((link, url)) = self.held(Kind::Issue, held, body) else {
            return Ok(());
        };
        let page = http::post(&url, body).await;
        let before = self.list.reader(link.reader).map(|reader| reader.choice);
        let before = before.unwrap_or_default();
        let choice = match weeks {
            Some(weeks) => Choice {
                paused_until: Some(self.in_weeks(weeks)),
                ..before
            },
            None => Choice {
                digest: true,
                ..before
            },
        };
        let undo = self.list.get_less(link, choice);
        self.keep_undo(&page, link, undo)
    }

    /// The page offers an undo exactly if the model does.
    fn keep_undo(&mut self, page: &Answer, link: Link, undo: Option<u32>) -> Checked {
        let offered = page.body.contains("action=\"/undo/");
        let Some(undo) = undo else {
            return match offered {
                true => {
                    Err("the page offers an undo; the model says that there is none".to_owned())
                }
                false => Ok(()),
            };
        };
        if !offered {
            return Err(format!("the page offers no undo ({})", page.status));
        }
        self.undos.push(HeldUndo {
            reader: link.reader,
            undo,
            url: action(&self.app, &page.body, "/undo/"),
        });
        Ok(())
    }

    async fn undo(&mut self, older: usize) {
        let Some(held) = nth_last(&self.undos, older).cloned() else {
            return;
        };
        let number = self.undos.len() - 1 - older % self.undos.len();
        self.tell(format!("undo on page {number} is pressed"));
        http::post(&held.url, "").await;
        self.list.undo(held.reader, held.undo);
    }

    async fn save(&mut self, held: Held, digest: bool, pause: Option<bool>) -> Checked {
        let frequency = if digest { "digest" } else { "every" };
        let weeks = match pause {
            None => "keep",
            Some(false) => "0",
            Some(true) => "8",
        };
        let form = format!("name=&time_zone=&frequency={frequency}&pause={weeks}");
        let Some((link, url)) = self.held(Kind::Settings, held, &form) else {
            return Ok(());
        };
        let page = http::post(&url, &form).await;
        self.is_as_good(&page, link)?;
        let before = self.list.reader(link.reader).map(|reader| reader.choice);
        let paused_until = match pause {
            None => before.unwrap_or_default().paused_until,
            Some(false) => None,
            Some(true) => Some(self.in_weeks(8)),
        };
        self.list.save(
            link,
            Choice {
                digest,
                paused_until,
            },
        );
        Ok(())
    }

    /// An editor's act, or feedback from a provider.
    async fn edit(&mut self, act: Act) {
        let (Act::Remove(mailbox) | Act::Forget(mailbox) | Act::Complain(mailbox)) = act else {
            return;
        };
        self.tell(format!("{act:?} ({})", MAILBOXES[mailbox]));
        let Some(subscriber) = self.subscriber(mailbox).await else {
            return;
        };
        let app = &self.app;
        match act {
            Act::Remove(_) => {
                let removed =
                    readers::unsubscribe(app, subscriber.id, None, ConsentSource::Editor, None);
                removed.await.unwrap();
                self.list.remove(mailbox);
            }
            Act::Forget(_) => {
                let erased = readers::erase(app, subscriber.id, Cause::by(ConsentSource::Editor));
                erased.await.unwrap();
                self.list.erase(mailbox);
            }
            _ => {
                let cause = Cause::by(ConsentSource::Complaint);
                let change = readers::change(app, subscriber.id, Change::Complain, cause);
                change.await.unwrap();
                self.list.complain(mailbox);
            }
        }
    }

    /// The editions of this sequence.
    pub(super) async fn editions(&self) -> Vec<(String, Edition)> {
        let mut found = Vec::new();
        for slug in &self.slugs {
            let edition = editions::find(&self.app.store, slug).await.unwrap();
            found.extend(edition.map(|edition| (slug.clone(), edition)));
        }
        found
    }

    pub(super) async fn subscriber(&self, mailbox: Mailbox) -> Option<Subscriber> {
        find_subscriber(&self.app.store, MAILBOXES[mailbox]).await
    }

    /// The chosen link, and a note of its use.
    fn held(&mut self, kind: Kind, held: Held, what: &str) -> Option<(Link, String)> {
        let of_kind: Vec<HeldLink> = self
            .links
            .iter()
            .filter(|one| one.link.kind == kind && one.link.mailbox == held.by)
            .cloned()
            .collect();
        let HeldLink { link, url } = nth_last(&of_kind, held.older)?.clone();
        let number = of_kind.len() - held.older % of_kind.len();
        let email = MAILBOXES[held.by];
        self.tell(format!(
            "{email}, by {kind:?} link {number} of {}: {what}",
            of_kind.len()
        ));
        Some((link, url))
    }

    /// A page exists exactly if the link is valid.
    fn is_as_good(&self, page: &Answer, link: Link) -> Checked {
        let good = self.list.is_good(link);
        match page.status {
            404 if good => {
                Err("the page treats the link as expired; the model has it as valid".to_owned())
            }
            200 | 429 if !good => {
                Err("the link opens a page; the model says that it is over".to_owned())
            }
            404 | 200 | 429 => Ok(()),
            status => Err(format!("the page answers {status}: {}", page.body)),
        }
    }

    fn pass(&mut self, time: Time) {
        self.app.clock.advance(TimeDelta::milliseconds(time));
        self.list.now += time;
    }

    fn in_weeks(&self, weeks: Time) -> Time {
        self.list.now + TimeDelta::weeks(weeks).num_milliseconds()
    }

    pub(super) fn tell(&mut self, what: impl Into<String>) {
        self.story.push(what.into());
    }
}

/// The row in another system's file.
fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Pending => "unconfirmed",
        Standing::Confirmed => "subscribed",
        Standing::Bounced => "bounced",
        Standing::Left => "unsubscribed",
        Standing::Blocked => "blocked",
        Standing::Complained => "complained",
    }
}

fn newest(by: Mailbox) -> Held {
    Held { by, older: 0 }
}

/// The last one, or one this many before it, wrapping around.
pub(super) fn nth_last<T>(all: &[T], older: usize) -> Option<&T> {
    let back = older.checked_rem(all.len())?;
    all.iter().rev().nth(back)
}
