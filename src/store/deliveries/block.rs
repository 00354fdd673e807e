//! The code of a block: accepted deliveries in the order of their subscribers, as differences.
//!
//! Each delivery is a head and the time of its acceptance, as variable-length integers. The head holds
//! how far its subscriber is from the one before, and two flags: one announces the number of attempts
//! if it is not 1, the other a due time if it is not that of the delivery before. Readers of one time
//! zone are due together and so get their mail at about the same time: the time of acceptance is a
//! difference from the last one with the same due time. Where nobody waits for a time zone, all
//! deliveries have the due time "none".

use crate::store::StoreError;

/// A delivery that was accepted, as far as a block keeps it: not the relay's reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Accepted {
    pub(super) subscriber: i64,
    /// When it was accepted, Unix milliseconds UTC.
    pub(super) at: i64,
    pub(super) attempts: i64,
    /// When it was first due, Unix milliseconds UTC, if its edition went out in readers' local time.
    pub(super) first_due_at: Option<i64>,
}

/// How long a block grows, in bytes. Four and their keys fill a page of SQLite's.
const FULL: usize = 980;

const MORE_ATTEMPTS: u128 = 1;
const OTHER_DUE: u128 = 2;

/// What both directions know of the deliveries so far.
#[derive(Debug, Default)]
struct Past {
    subscriber: i64,
    /// The due times, each with the time of the last acceptance.
    due: Vec<(Option<i64>, i64)>,
    /// Which of them the last delivery had.
    current: usize,
}

impl Past {
    /// The place of a due time, and whether it is a new one.
    fn place(&mut self, first_due_at: Option<i64>) -> (usize, bool) {
        if let Some(place) = self.due.iter().position(|(due, _)| *due == first_due_at) {
            return (place, false);
        }
        // Mail goes out soon after it is due.
        self.due.push((first_due_at, first_due_at.unwrap_or(0)));
        (self.due.len() - 1, true)
    }
}

/// A block that is being written.
#[derive(Debug, Default)]
pub(super) struct Block {
    past: Past,
    pub(super) first_subscriber: i64,
    pub(super) count: i64,
    pub(super) content: Vec<u8>,
}

impl Block {
    pub(super) fn is_full(&self) -> bool {
        self.content.len() >= FULL
    }

    /// Appends a delivery, whose subscriber must come after the one before.
    pub(super) fn push(&mut self, delivery: Accepted) {
        let past = &mut self.past;
        let (place, is_new) = past.place(delivery.first_due_at);
        let mut head = zigzag(difference(delivery.subscriber, past.subscriber)) << 2;
        if delivery.attempts != 1 {
            head |= MORE_ATTEMPTS;
        }
        let is_other = is_new || place != past.current;
        if is_other {
            head |= OTHER_DUE;
        }
        write(&mut self.content, head);
        if delivery.attempts != 1 {
            write(&mut self.content, zigzag(delivery.attempts.into()));
        }
        if is_other {
            write(&mut self.content, place as u128);
        }
        if is_new {
            // 0 is none.
            let due = delivery
                .first_due_at
                .map_or(0, |due| zigzag(due.into()) + 1);
            write(&mut self.content, due);
        }
        let last = &mut past.due[place].1;
        write(&mut self.content, zigzag(difference(delivery.at, *last)));
        *last = delivery.at;
        (past.subscriber, past.current) = (delivery.subscriber, place);
        if self.count == 0 {
            self.first_subscriber = delivery.subscriber;
        }
        self.count += 1;
    }
}

/// The deliveries of a block.
///
/// # Errors
/// [`StoreError::Unreadable`] if it is damaged.
pub(super) fn deliveries(content: &[u8]) -> Result<Vec<Accepted>, StoreError> {
    let (mut rest, mut past) = (content, Past::default());
    let mut found = Vec::new();
    while !rest.is_empty() {
        let read = next(&mut rest, &mut past);
        found.push(read.ok_or_else(|| StoreError::Unreadable {
            what: "a block of deliveries that is damaged after",
            found: format!("{} of them", found.len()),
        })?);
    }
    Ok(found)
}

fn next(rest: &mut &[u8], past: &mut Past) -> Option<Accepted> {
    let head = read(rest)?;
    let subscriber = apart(past.subscriber, head >> 2)?;
    let attempts = match head & MORE_ATTEMPTS {
        0 => 1,
        _ => apart(0, read(rest)?)?,
    };
    if head & OTHER_DUE != 0 {
        past.current = usize::try_from(read(rest)?).ok()?;
        if past.current == past.due.len() {
            let due = match read(rest)? {
                0 => None,
                due => Some(apart(0, due - 1)?),
            };
            past.place(due);
        }
    }
    let (first_due_at, last) = past.due.get_mut(past.current)?;
    *last = apart(*last, read(rest)?)?;
    past.subscriber = subscriber;
    Some(Accepted {
        subscriber,
        at: *last,
        attempts,
        first_due_at: *first_due_at,
    })
}

fn difference(a: i64, b: i64) -> i128 {
    i128::from(a) - i128::from(b)
}

/// The number that a difference leads to.
fn apart(from: i64, zigzag: u128) -> Option<i64> {
    let half = i128::try_from(zigzag >> 1).ok()?;
    let difference = if zigzag & 1 == 0 { half } else { -half - 1 };
    i64::try_from(i128::from(from) + difference).ok()
}

/// Small numbers of either sign as small numbers.
fn zigzag(number: i128) -> u128 {
    ((number << 1) ^ (number >> 127)).cast_unsigned()
}

/// Seven bits to a byte, the lowest first (LEB128); the eighth is set if more follow.
fn write(content: &mut Vec<u8>, mut number: u128) {
    while number >= 0x80 {
        content.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    content.push(number as u8);
}

fn read(rest: &mut &[u8]) -> Option<u128> {
    let mut number = 0;
    for shift in (0..u128::BITS).step_by(7) {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        number |= u128::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;

    use super::*;

    const BEGIN: i64 = 1_763_974_800_000;

    fn block(accepted: &[Accepted]) -> Block {
        let mut block = Block::default();
        accepted.iter().for_each(|one| block.push(*one));
        block
    }

    /// Numbers as they occur, and the ends of their range.
    fn number(usual: std::ops::Range<i64>) -> impl Strategy<Value = i64> {
        prop_oneof![8 => usual, 1 => any::<i64>()]
    }

    fn some_deliveries() -> impl Strategy<Value = Vec<Accepted>> {
        let due = option::of(prop_oneof![
            Just(BEGIN),
            Just(BEGIN + 3_600_000),
            any::<i64>()
        ]);
        let one = (
            number(1..2_000),
            number(BEGIN..BEGIN + 60_000),
            number(1..4),
            due,
        );
        vec(one, 0..600).prop_map(|rows| {
            let rows = rows.into_iter();
            let mut accepted: Vec<_> = rows
                .map(|(subscriber, at, attempts, first_due_at)| Accepted {
                    subscriber,
                    at,
                    attempts,
                    first_due_at,
                })
                .collect();
            accepted.sort_by_key(|one| one.subscriber);
            accepted.dedup_by_key(|one| one.subscriber);
            accepted
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(accepted in some_deliveries()) {
            let block = block(&accepted);
            prop_assert_eq!(block.count, accepted.len() as i64);
            prop_assert_eq!(deliveries(&block.content).unwrap(), accepted);
        }

        #[test]
        fn a_damaged_block_is_no_panic(content in vec(any::<u8>(), 0..200)) {
            // Some bytes are a block.
            let _ = deliveries(&content);
        }

        #[test]
        fn a_block_that_is_cut_short_is_an_error_or_a_beginning(
            accepted in some_deliveries(), cut in any::<prop::sample::Index>(),
        ) {
            let content = block(&accepted).content;
            let cut = cut.index(content.len() + 1);
            if let Ok(found) = deliveries(&content[..cut]) {
                prop_assert!(accepted.starts_with(&found));
            }
        }
    }

    /// Bytes for each delivery, to readers with these due times, of whom every `step`th is on the list.
    fn bytes(step: usize, due: impl Fn(i64) -> Option<i64>) -> f64 {
        let readers = (1..=300_i64).step_by(step);
        let accepted = readers.map(|subscriber| Accepted {
            subscriber,
            // 20 mails a second over eight connections, which answer in any order.
            at: due(subscriber).unwrap_or(BEGIN) + subscriber * 50 + subscriber * 7919 % 400,
            attempts: 1,
            first_due_at: due(subscriber),
        });
        let accepted = Vec::from_iter(accepted);
        block(&accepted).content.len() as f64 / accepted.len() as f64
    }

    #[test]
    fn a_delivery_takes_few_bytes() {
        assert!(bytes(1, |_| None) < 3.1);
        assert!(bytes(3, |_| None) < 3.2, "two of three have left");
        let zones = |subscriber| Some(BEGIN + subscriber * 31 % 24 * 3_600_000);
        assert!(bytes(1, zones) < 5.0);
    }
}
