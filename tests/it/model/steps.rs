//! The possible steps, as plain data that proptest generates and shrinks.

use proptest::prelude::*;

use super::consent::{HOUR, Mailbox, Standing, Time};

/// The mailboxes of a sequence: few, so that steps affect each other.
pub(super) const MAILBOXES: [&str; 4] = [
    "ada@example.com",
    "ben@example.com",
    "cem@example.net",
    "dee@example.org",
];

/// A link in a mailbox: the newest of its kind, or one this many before it. Without one, the step does nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Held {
    pub(super) by: Mailbox,
    pub(super) older: usize,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Less {
    Rest,
    LongRest,
    Digest,
}

/// An imported file's row for a mailbox.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    Absent,
    /// The address alone: the editor may vouch for it.
    Silent,
    Says(Standing),
}

/// Acts of readers, strangers and editors, which may happen while an issue goes out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Act {
    /// A file with this row for each mailbox is imported.
    Import {
        rows: [Row; MAILBOXES.len()],
        confirmed: bool,
    },
    /// A stranger or the owner types an address into the form.
    SignUp(Mailbox),
    /// The outbox worker decides and sends.
    Outbox,
    Confirm(Held),
    Leave {
        link: Held,
        by_page: bool,
    },
    GetLess {
        link: Held,
        less: Less,
    },
    /// The newest page that offers an undo, or one this many before it.
    Undo {
        older: usize,
    },
    AskForSettings(Held),
    Save {
        link: Held,
        digest: bool,
        pause: Option<bool>,
    },
    Export(Held),
    AskToMove {
        link: Held,
        to: Mailbox,
    },
    Move(Held),
    AskToErase(Held),
    Erase(Held),
    /// An editor takes an address off the list.
    Remove(Mailbox),
    /// An editor erases an address.
    Forget(Mailbox),
    Complain(Mailbox),
}

/// What the relay does with the mails to one mailbox.
#[derive(Clone, Copy, Debug)]
pub(super) enum Relay {
    Takes,
    /// 451 at the final dot.
    Defers(Mailbox),
    /// 550 5.1.1: no such user.
    Bounces(Mailbox),
    /// 552 5.2.2: the mailbox is full.
    Refuses(Mailbox),
    /// It accepts the mail and closes the connection before it replies.
    HangsUp(Mailbox),
}

#[derive(Clone, Debug)]
pub(super) enum Step {
    Do(Act),
    /// One reader does all of it: from the link in the newest issue to the link in the other mailbox.
    MoveAllTheWay {
        from: Mailbox,
        to: Mailbox,
    },
    JoinAllTheWay(Mailbox),
    EraseAllTheWay(Mailbox),
    Freeze,
    /// Everything that is due goes out. `meanwhile` happens while the first mail is at its final dot.
    Send {
        relay: Relay,
        meanwhile: Vec<Act>,
    },
    /// `verdict resend` of the newest edition, or one this many before it.
    Resend {
        older: usize,
        refused: bool,
    },
    /// `verdict settle` of the same.
    Settle {
        older: usize,
        resend: bool,
    },
    /// `verdict compact` of the same.
    Compact {
        older: usize,
    },
    Wait(Time),
    BackUp,
    Restore,
}

const WAITS: [Time; 7] = [
    HOUR / 6,
    HOUR * 5 / 6,
    HOUR + HOUR / 6,
    25 * HOUR,
    49 * HOUR,
    29 * 24 * HOUR,
    13 * 7 * 24 * HOUR,
];

fn mailbox() -> impl Strategy<Value = Mailbox> + Clone {
    0..MAILBOXES.len()
}

fn held() -> impl Strategy<Value = Held> + Clone {
    let older = prop_oneof![3 => Just(0_usize), 1 => 1_usize..4];
    (mailbox(), older).prop_map(|(by, older)| Held { by, older })
}

/// Most files contain people who may be mailed.
fn rows() -> impl Strategy<Value = [Row; MAILBOXES.len()]> + Clone {
    use Standing::{Blocked, Bounced, Complained, Confirmed, Left, Pending};
    let departures = prop::sample::select(&[Bounced, Left, Blocked, Complained][..]);
    let row = prop_oneof![
        8 => Just(Row::Absent),
        8 => Just(Row::Silent),
        2 => Just(Row::Says(Confirmed)),
        1 => Just(Row::Says(Pending)),
        2 => departures.prop_map(Row::Says),
    ];
    prop::array::uniform4(row)
}

fn act() -> impl Strategy<Value = Act> + Clone {
    let less = prop_oneof![Just(Less::Rest), Just(Less::LongRest), Just(Less::Digest)];
    let save = (held(), any::<bool>(), any::<Option<bool>>());
    prop_oneof![
        4 => (rows(), prop::bool::weighted(0.8)).prop_map(|(rows, confirmed)| Act::Import { rows, confirmed }),
        3 => mailbox().prop_map(Act::SignUp),
        3 => Just(Act::Outbox),
        3 => held().prop_map(Act::Confirm),
        5 => (held(), prop::bool::weighted(0.7)).prop_map(|(link, by_page)| Act::Leave { link, by_page }),
        4 => (held(), less).prop_map(|(link, less)| Act::GetLess { link, less }),
        5 => prop_oneof![3 => Just(0_usize), 1 => 1_usize..4].prop_map(|older| Act::Undo { older }),
        3 => held().prop_map(Act::AskForSettings),
        3 => save.prop_map(|(link, digest, pause)| Act::Save { link, digest, pause }),
        1 => held().prop_map(Act::Export),
        3 => (held(), mailbox()).prop_map(|(link, to)| Act::AskToMove { link, to }),
        3 => held().prop_map(Act::Move),
        1 => held().prop_map(Act::AskToErase),
        1 => held().prop_map(Act::Erase),
        1 => mailbox().prop_map(Act::Remove),
        1 => mailbox().prop_map(Act::Forget),
        1 => mailbox().prop_map(Act::Complain),
    ]
}

fn relay() -> impl Strategy<Value = Relay> {
    prop_oneof![
        4 => Just(Relay::Takes),
        2 => mailbox().prop_map(Relay::Defers),
        1 => mailbox().prop_map(Relay::Bounces),
        1 => mailbox().prop_map(Relay::Refuses),
        1 => mailbox().prop_map(Relay::HangsUp),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let older = || prop_oneof![2 => Just(0_usize), 1 => 1_usize..3];
    let meanwhile = prop_oneof![
        2 => Just(Vec::new()).boxed(),
        1 => prop::collection::vec(act(), 1..3).boxed(),
    ];
    prop_oneof![
        20 => act().prop_map(Step::Do),
        3 => (mailbox(), mailbox()).prop_map(|(from, to)| Step::MoveAllTheWay { from, to }),
        2 => mailbox().prop_map(Step::JoinAllTheWay),
        2 => mailbox().prop_map(Step::EraseAllTheWay),
        4 => Just(Step::Freeze),
        6 => (relay(), meanwhile).prop_map(|(relay, meanwhile)| Step::Send { relay, meanwhile }),
        1 => (older(), any::<bool>()).prop_map(|(older, refused)| Step::Resend { older, refused }),
        1 => (older(), any::<bool>()).prop_map(|(older, resend)| Step::Settle { older, resend }),
        2 => older().prop_map(|older| Step::Compact { older }),
        4 => prop::sample::select(WAITS.as_slice()).prop_map(Step::Wait),
        1 => Just(Step::BackUp),
        1 => Just(Step::Restore),
    ]
}

/// A sequence. Most begin with readers who have an issue in their mailbox, as most lists do.
pub(super) fn sequence() -> impl Strategy<Value = Vec<Step>> {
    let begun = vec![
        Step::Do(Act::Import {
            rows: [Row::Silent, Row::Silent, Row::Silent, Row::Absent],
            confirmed: true,
        }),
        Step::Freeze,
        Step::Send {
            relay: Relay::Takes,
            meanwhile: Vec::new(),
        },
    ];
    let begin = prop_oneof![1 => Just(Vec::new()), 4 => Just(begun)];
    // A step that does nothing lets a sequence shrink below the minimum length.
    let steps = prop::collection::vec(prop::option::weighted(0.98, step()), 10..=37);
    (begin, steps).prop_map(|(begin, steps)| {
        begin
            .into_iter()
            .chain(steps.into_iter().flatten())
            .collect()
    })
}
