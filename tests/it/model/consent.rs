//! Who may be mailed, as the README promises it: a pure model, written to be read as the specification. It has no
//! tables, numbers or links of the product. A reader is a person on the list, with one mailbox at a time; a link is
//! in a mailbox, and anyone may press it.

use std::collections::{BTreeMap, BTreeSet};

/// Unix milliseconds UTC.
pub(super) type Time = i64;
pub(super) type Mailbox = usize;
pub(super) type ReaderNo = u32;

pub(super) const HOUR: Time = 3_600_000;

/// Later ones are stricter: an event that stops mail only moves a reader down this list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    Pending,
    Confirmed,
    Bounced,
    Left,
    Blocked,
    Complained,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) digest: bool,
    pub(super) paused_until: Option<Time>,
}

#[derive(Clone, Debug)]
pub(super) struct Reader {
    /// `None` once erased.
    pub(super) mailbox: Option<Mailbox>,
    pub(super) standing: Standing,
    pub(super) choice: Choice,
    /// The last act, while it can be undone.
    undo: Option<Undo>,
    /// Links from an earlier era have ended.
    era: u32,
    /// A link to another address from an earlier request has ended.
    moves: u32,
}

#[derive(Clone, Debug)]
struct Undo {
    number: u32,
    until: Time,
    /// `None` after leaving.
    before: Option<Choice>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// In every issue: leave, get less mail, or have the link to the settings mailed.
    Issue,
    Confirm,
    Settings,
    Address,
    Erase,
}

/// A link in a mailbox.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) kind: Kind,
    pub(super) reader: ReaderNo,
    /// The mailbox that it was mailed to.
    pub(super) mailbox: Mailbox,
    mailed_at: Time,
    era: u32,
    moves: u32,
    serial: u32,
}

/// Requested on a page and not decided: an address joins, or becomes a reader's new address.
#[derive(Clone, Copy, Debug)]
struct Request {
    mailbox: Mailbox,
    mover: Option<ReaderNo>,
}

/// The journal's entries for a mailbox; they survive a restored backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Event {
    Stopped(Standing),
    Gone,
    Returned,
}

#[derive(Clone, Debug, Default)]
pub(super) struct List {
    pub(super) now: Time,
    readers: BTreeMap<ReaderNo, Reader>,
    /// Erased here or moved away: no list brings them back, only their own double opt-in.
    gone: BTreeSet<Mailbox>,
    /// They complained or were blocked: nothing brings them back.
    for_good: BTreeMap<Mailbox, Standing>,
    requests: Vec<Request>,
    used: BTreeSet<u32>,
    /// What a restored backup does not have.
    lost: Vec<std::ops::Range<u32>>,
    journal: Vec<(Mailbox, Event)>,
    serial: u32,
}

impl List {
    pub(super) fn new(now: Time) -> Self {
        Self {
            now,
            ..Self::default()
        }
    }

    /// Whether an issue may go out to a mailbox now, or the reason why not.
    pub(super) fn may_get(&self, reader: ReaderNo, mailbox: Mailbox) -> Result<(), &'static str> {
        let reader = self.readers.get(&reader).ok_or("there is no such reader")?;
        let paused = reader
            .choice
            .paused_until
            .is_some_and(|until| until > self.now);
        match reader.standing {
            _ if reader.mailbox.is_none() => Err("the reader is erased"),
            _ if reader.mailbox != Some(mailbox) => Err("the reader has another address"),
            Standing::Pending => Err("the reader has not confirmed"),
            Standing::Bounced => Err("the mailbox bounced"),
            Standing::Left => Err("the reader has left"),
            Standing::Blocked => Err("the reader is blocked"),
            Standing::Complained => Err("the reader complained"),
            Standing::Confirmed if reader.choice.digest => Err("the reader wants the digest only"),
            Standing::Confirmed if paused => Err("the reader has paused"),
            Standing::Confirmed => Ok(()),
        }
    }

    /// No mail of any kind goes to a mailbox that complained or is blocked.
    pub(super) fn is_never_mailed(&self, mailbox: Mailbox) -> bool {
        let reader = self.at(mailbox).map(|(_, reader)| reader.standing);
        self.for_good.contains_key(&mailbox) || reader >= Some(Standing::Blocked)
    }

    pub(super) fn at(&self, mailbox: Mailbox) -> Option<(ReaderNo, &Reader)> {
        let mut readers = self.readers.iter();
        let found = readers.find(|(_, reader)| reader.mailbox == Some(mailbox))?;
        Some((*found.0, found.1))
    }

    pub(super) fn reader(&self, number: ReaderNo) -> Option<&Reader> {
        self.readers.get(&number)
    }

    /// A file of another system may make any reader stricter. It adds only addresses that are new here and never
    /// left; people who left there are added as readers who left.
    pub(super) fn import(&mut self, mailbox: Mailbox, says: Standing) {
        let stops = says > Standing::Confirmed;
        let away = self.gone.contains(&mailbox) || self.for_good.contains_key(&mailbox);
        match self
            .at(mailbox)
            .map(|(number, reader)| (number, reader.standing))
        {
            Some((number, standing)) if stops && says > standing => {
                self.keep_off(mailbox, says);
                self.stop(mailbox, says);
                self.end_links(number);
                self.drop_requests_of(number);
            }
            Some(_) => {}
            None if away && stops => {
                self.keep_off(mailbox, says);
                self.journal.push((mailbox, Event::Stopped(says)));
            }
            None if away => {}
            None => self.add(mailbox, says),
        }
    }

    pub(super) fn ask_to_join(&mut self, mailbox: Mailbox) {
        self.requests.push(Request {
            mailbox,
            mover: None,
        });
    }

    /// A reader has at most one open move.
    pub(super) fn ask_to_move(&mut self, link: Link, mailbox: Mailbox) {
        self.drop_requests_of(link.reader);
        let mover = Some(link.reader);
        self.requests.push(Request { mailbox, mover });
    }

    /// Joining makes a stranger pending, and changes nobody else.
    pub(super) fn decide(&mut self) {
        for Request { mailbox, mover } in std::mem::take(&mut self.requests) {
            match mover {
                _ if self.is_never_mailed(mailbox) => {}
                None if self.at(mailbox).is_none() => self.add(mailbox, Standing::Pending),
                None => {}
                Some(mover) => self.with(mover, |reader| reader.moves += 1),
            }
        }
    }

    /// A link arrives in a mailbox.
    pub(super) fn mailed(&mut self, kind: Kind, number: ReaderNo, mailbox: Mailbox) -> Link {
        let reader = self.readers.get(&number);
        let (era, moves) = reader.map_or((0, 0), |reader| (reader.era, reader.moves));
        Link {
            kind,
            reader: number,
            mailbox,
            mailed_at: self.now,
            era,
            moves,
            serial: self.count(),
        }
    }

    /// Links in issues are valid for ever, while the mailbox is the reader's. Other links end by time, with the next
    /// act that stops mail or moves the reader, and, if they change an address or a consent, once used.
    pub(super) fn is_good(&self, link: Link) -> bool {
        let Some(reader) = self
            .readers
            .get(&link.reader)
            .filter(|reader| reader.mailbox.is_some())
        else {
            return false;
        };
        let hours = match link.kind {
            Kind::Issue => return reader.mailbox == Some(link.mailbox),
            Kind::Confirm => 48,
            Kind::Settings | Kind::Address | Kind::Erase => 24,
        };
        self.now < link.mailed_at + hours * HOUR
            && link.era == reader.era
            && (link.kind != Kind::Address || link.moves == reader.moves)
            && !self.lost.iter().any(|lost| lost.contains(&link.serial))
    }

    /// The double opt-in, by a link mailed to that very mailbox. It starts afresh.
    pub(super) fn confirm(&mut self, link: Link) {
        if !self.is_good(link)
            || self.is_never_mailed(link.mailbox)
            || !self.used.insert(link.serial)
        {
            return;
        }
        self.gone.remove(&link.mailbox);
        self.journal.push((link.mailbox, Event::Returned));
        self.with(link.reader, |reader| {
            reader.standing = Standing::Confirmed;
            reader.choice = Choice::default();
            reader.undo = None;
        });
    }

    /// Leaving ends every earlier link and undo. A reader who was on the list can take it back, if the page offered
    /// it.
    pub(super) fn leave(&mut self, link: Link, by_page: bool) -> Option<u32> {
        if !self.is_good(link) {
            return None;
        }
        let was_on = self.readers.get(&link.reader)?.standing == Standing::Confirmed;
        self.remove(link.mailbox);
        (by_page && was_on).then(|| self.offer_undo(link.reader, None))
    }

    /// An editor takes an address off.
    pub(super) fn remove(&mut self, mailbox: Mailbox) {
        self.stop(mailbox, Standing::Left);
        if let Some((number, _)) = self.at(mailbox) {
            self.end_links(number);
        }
    }

    pub(super) fn complain(&mut self, mailbox: Mailbox) {
        if let Some((number, _)) = self.at(mailbox) {
            self.keep_off(mailbox, Standing::Complained);
            self.stop(mailbox, Standing::Complained);
            self.with(number, |reader| reader.undo = None);
        }
    }

    pub(super) fn bounce(&mut self, mailbox: Mailbox) {
        self.stop(mailbox, Standing::Bounced);
    }

    /// A button on an issue's page: only a reader on the list gets less mail. Pressing it again within the hour does
    /// nothing.
    pub(super) fn get_less(&mut self, link: Link, choice: Choice) -> Option<u32> {
        let reader = self.readers.get(&link.reader)?;
        let may = self.is_good(link) && reader.standing == Standing::Confirmed;
        let is_near = match (reader.choice.paused_until, choice.paused_until) {
            (Some(before), Some(after)) => (after - before).abs() < HOUR,
            (before, after) => before == after,
        };
        let again = is_near && reader.choice.digest == choice.digest;
        (may && !again).then(|| self.choose(link.reader, choice))
    }

    /// The settings: saving unchanged values is not an act.
    pub(super) fn save(&mut self, link: Link, choice: Choice) {
        let changed = |reader: &Reader| reader.choice != choice;
        if self.is_good(link) && self.readers.get(&link.reader).is_some_and(changed) {
            self.choose(link.reader, choice);
        }
    }

    /// Within an hour, and only if it was the reader's last act.
    pub(super) fn undo(&mut self, number: ReaderNo, undo: u32) {
        let now = self.now;
        let Some(reader) = self.readers.get_mut(&number) else {
            return;
        };
        let Some(undo) = reader
            .undo
            .take_if(|last| last.number == undo && now < last.until)
        else {
            return;
        };
        match undo.before {
            Some(before) => reader.choice = before,
            None if reader.standing == Standing::Left => {
                reader.standing = Standing::Confirmed;
                self.journal
                    .extend(reader.mailbox.map(|mailbox| (mailbox, Event::Returned)));
            }
            None => {}
        }
    }

    /// By the link mailed to the new mailbox, unless another reader has it. It is the new mailbox's double opt-in;
    /// the old one is gone. A move confirms nobody.
    pub(super) fn change_address(&mut self, link: Link) {
        let taken = self
            .at(link.mailbox)
            .is_some_and(|(owner, _)| owner != link.reader);
        let never = self.for_good.contains_key(&link.mailbox);
        if !self.is_good(link) || taken || never || !self.used.insert(link.serial) {
            return;
        }
        let Some(reader) = self.readers.get_mut(&link.reader) else {
            return;
        };
        let (standing, old) = (reader.standing, reader.mailbox.replace(link.mailbox));
        self.end_links(link.reader);
        self.drop_requests_of(link.reader);
        if let Some(old) = old.filter(|old| *old != link.mailbox) {
            self.gone.insert(old);
            self.keep_off(old, standing);
            self.gone.remove(&link.mailbox);
            let stays_away = standing > Standing::Confirmed;
            let came = if stays_away {
                Event::Stopped(standing)
            } else {
                Event::Returned
            };
            self.journal
                .extend([(old, Event::Stopped(Standing::Left)), (link.mailbox, came)]);
        }
    }

    pub(super) fn erase(&mut self, mailbox: Mailbox) {
        let Some((number, reader)) = self.at(mailbox) else {
            return;
        };
        let standing = reader.standing;
        self.keep_off(mailbox, standing);
        self.gone.insert(mailbox);
        self.journal.push((mailbox, Event::Gone));
        self.drop_requests_of(number);
        self.with(number, |reader| {
            (reader.mailbox, reader.undo) = (None, None)
        });
    }

    /// An old backup is restored: the list is as it was, except for departures since, which the journal has.
    pub(super) fn restore(&mut self, backup: &Self) {
        let since = self.journal[backup.journal.len()..].to_vec();
        let (now, serial, journal) = (self.now, self.serial, self.journal.clone());
        let for_good = self.for_good.clone();
        let mut lost = std::mem::take(&mut self.lost);
        lost.push(backup.serial + 1..serial + 1);
        *self = Self {
            now,
            serial,
            journal,
            lost,
            ..backup.clone()
        };
        let last: BTreeMap<Mailbox, Event> = since.into_iter().collect();
        for (mailbox, event) in last {
            match (event, self.at(mailbox).map(|(number, _)| number)) {
                (Event::Returned, _) => {}
                (Event::Gone, Some(_)) => self.erase(mailbox),
                (Event::Stopped(standing), Some(number)) => {
                    self.stop(mailbox, standing);
                    self.end_links(number);
                }
                (_, None) => {
                    self.gone.insert(mailbox);
                }
            }
        }
        for (mailbox, standing) in for_good {
            self.stop(mailbox, standing);
            self.keep_off(mailbox, standing);
        }
    }

    /// Readers who complained or were blocked stay away for good, whatever becomes of them.
    fn keep_off(&mut self, mailbox: Mailbox, standing: Standing) {
        if standing >= Standing::Blocked {
            let kept = self.for_good.entry(mailbox).or_insert(standing);
            *kept = standing.max(*kept);
        }
    }

    fn stop(&mut self, mailbox: Mailbox, standing: Standing) {
        let Some((number, _)) = self.at(mailbox) else {
            return;
        };
        self.journal.push((mailbox, Event::Stopped(standing)));
        self.with(number, |reader| {
            reader.standing = reader.standing.max(standing)
        });
    }

    fn end_links(&mut self, number: ReaderNo) {
        self.with(number, |reader| {
            (reader.undo, reader.era) = (None, reader.era + 1)
        });
    }

    fn choose(&mut self, number: ReaderNo, choice: Choice) -> u32 {
        let before = self.readers.get(&number).map(|reader| reader.choice);
        self.with(number, |reader| reader.choice = choice);
        self.offer_undo(number, before)
    }

    fn offer_undo(&mut self, number: ReaderNo, before: Option<Choice>) -> u32 {
        let undo = self.count();
        let until = self.now + HOUR;
        self.with(number, |reader| {
            reader.undo = Some(Undo {
                number: undo,
                until,
                before,
            })
        });
        undo
    }

    fn add(&mut self, mailbox: Mailbox, standing: Standing) {
        let number = self.count();
        let (mailbox, choice) = (Some(mailbox), Choice::default());
        let reader = Reader {
            mailbox,
            standing,
            choice,
            undo: None,
            era: 0,
            moves: 0,
        };
        self.readers.insert(number, reader);
    }

    fn with<T>(&mut self, number: ReaderNo, change: impl FnOnce(&mut Reader) -> T) {
        if let Some(reader) = self.readers.get_mut(&number) {
            change(reader);
        }
    }

    fn drop_requests_of(&mut self, number: ReaderNo) {
        self.requests
            .retain(|request| request.mover != Some(number));
    }

    fn count(&mut self) -> u32 {
        self.serial += 1;
        self.serial
    }
}
