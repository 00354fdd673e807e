//! Takes the content of a mail, and answers its final dot.

use std::borrow::Cow;
use std::sync::Arc;

use super::super::behaviour::Step;
use super::super::content::{FINAL_DOT, Scan, unstuffed};
use super::super::reply::Reply;
use super::super::rules::Rules;
use super::super::wire::Over;
use super::commands::{NOBODY, TOO_LARGE};
use super::{Decision, Envelope, Session};

const TAKEN: Reply = Reply::new(250, "2.0.0", "Taken");

/// The rules for the content that have not acted yet, and how much content each waits for.
type Waiting = Vec<(usize, usize)>;

impl Session<'_> {
    /// Reads to the final dot and answers it.
    pub(super) async fn take(&mut self) -> Result<(), Over> {
        let rules = Arc::clone(&self.rules);
        let mut waiting: Waiting = (0..rules.count())
            .filter_map(|number| Some((number, rules.content_wait(number)?)))
            .collect();
        let limit = rules.settings.max_size();
        let mut scan = Scan::default();
        let mut dropped = 0;
        let length = loop {
            let found = scan.advance(self.wire.unread());
            let arrived = dropped + found.unwrap_or(self.wire.unread().len());
            self.meet_content(&rules, &mut waiting, arrived).await?;
            if let Some(length) = found {
                break length;
            }
            if self.wire.unread().len() > limit + FINAL_DOT.len() {
                let forgotten = scan.forget();
                self.wire.consume(forgotten);
                dropped += forgotten;
            }
            if self.wire.unread().len() > limit + FINAL_DOT.len() {
                // A single line is longer than the limit.
                self.answer(&TOO_LARGE).await?;
                return Err(self.hang_up().await);
            }
            self.wire.fill().await?;
        };
        let too_large = dropped + length > limit;
        self.dot(&scan, length, too_large).await
    }

    /// Runs the rules that wait for no more content than has arrived.
    async fn meet_content(
        &mut self,
        rules: &Rules,
        waiting: &mut Waiting,
        arrived: usize,
    ) -> Result<(), Over> {
        while let Some(next) = waiting.iter().position(|(_, wait)| *wait <= arrived) {
            let (number, _) = waiting.remove(next);
            let Some(action) = rules.action(number, self.scene(Step::Content, &[])) else {
                continue;
            };
            match self.perform(action).await? {
                None | Some(Decision::Pass | Decision::Silent) => {}
                Some(Decision::AcceptThenHangUp) => return Err(self.hang_up().await),
                Some(Decision::Reply(reply)) => {
                    self.answer(&reply).await?;
                    return Err(self.hang_up().await);
                }
            }
        }
        Ok(())
    }

    async fn dot(&mut self, scan: &Scan, length: usize, too_large: bool) -> Result<(), Over> {
        let own = self.judge_content(scan, length, too_large);
        let reply = match self.meet(Step::Dot, &[]).await? {
            Decision::Pass => Some(own),
            Decision::Reply(reply) => Some(reply),
            Decision::Silent => None,
            Decision::AcceptThenHangUp => {
                self.keep(scan, length, !too_large);
                return Err(self.hang_up().await);
            }
        };
        let keep = reply.as_ref().is_some_and(Reply::is_positive);
        self.keep(scan, length, keep && !too_large);
        self.wire.consume(length + FINAL_DOT.len());
        match reply {
            Some(reply) => self.answer(&reply).await,
            None => Ok(()),
        }
    }

    /// The receiver's own reply to the final dot. Records what is wrong.
    fn judge_content(&mut self, scan: &Scan, length: usize, too_large: bool) -> Reply {
        if too_large {
            return TOO_LARGE;
        }
        let mail = self.envelope.as_ref();
        if mail.is_some_and(|mail| mail.to.is_empty()) {
            return NOBODY;
        }
        let declared = mail.is_some_and(|mail| mail.eight_bit);
        let seven_bit = declared || self.wire.unread()[..length].is_ascii();
        let flaw = scan.flaws().describe().map(|flaw| ("5.6.0", flaw));
        let undeclared = || ("5.6.1", "8-bit content without BODY=8BITMIME".to_owned());
        match flaw.or_else(|| (!seven_bit).then(undeclared)) {
            None => TAKEN,
            Some((status, flaw)) => {
                self.fault(&flaw);
                match self.rules.settings.lenient {
                    true => TAKEN,
                    false => Reply::told(554, status, flaw),
                }
            }
        }
    }

    /// Ends the mail: puts it into the mailbox or drops it.
    fn keep(&mut self, scan: &Scan, length: usize, keep: bool) {
        let envelope = self.envelope.take().filter(|_| keep);
        let Some(Envelope { from, to, .. }) = envelope.filter(|mail| !mail.to.is_empty()) else {
            return;
        };
        let mut content = Cow::Borrowed(&self.wire.unread()[..length]);
        if scan.is_stuffed() {
            content = Cow::Owned(unstuffed(&content));
        }
        let how = self.rules.settings.keep;
        self.mailbox
            .accept(self.connection, from, to, &content, how);
    }
}
