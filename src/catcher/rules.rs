//! A behaviour in use: its rules, and how often each was met.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::behaviour::{Action, Behaviour, Rule, Settings, Step};
use super::gate::Gate;

#[derive(Debug)]
pub(super) struct Rules {
    pub(super) settings: Settings,
    rules: Vec<Arc<Counted>>,
}

/// A rule, and how often its step and filters matched.
#[derive(Debug)]
struct Counted {
    rule: Rule,
    met: AtomicU64,
}

/// The current step of a conversation, for matching rules.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scene<'a> {
    pub(super) step: Step,
    pub(super) connection: u64,
    pub(super) recipients: &'a [String],
}

impl Rules {
    pub(super) fn new(behaviour: Behaviour) -> Self {
        Self {
            settings: behaviour.settings,
            rules: behaviour.rules.into_iter().map(Counted::new).collect(),
        }
    }

    /// The same rules with the same counts, after a new first rule that holds connections.
    pub(super) fn with_gate(&self, step: Step, gate: &Gate) -> Self {
        let gated = Behaviour::new().at(step).pause(gate).rules;
        let gated = gated.into_iter().map(Counted::new);
        Self {
            settings: self.settings.clone(),
            rules: gated.chain(self.rules.iter().cloned()).collect(),
        }
    }

    pub(super) fn count(&self) -> usize {
        self.rules.len()
    }

    /// The action of the rule with this number, if it acts here. Every call counts: call it once a step.
    pub(super) fn action(&self, number: usize, scene: Scene<'_>) -> Option<&Action> {
        let counted = self.rules.get(number)?;
        counted.acts(scene).then_some(&counted.rule.action)
    }

    /// How much content the rule with this number waits for; `None` if it is for another step.
    pub(super) fn content_wait(&self, number: usize) -> Option<usize> {
        let rule = &self.rules.get(number)?.rule;
        (rule.step == Step::Content).then_some(rule.after_bytes)
    }
}

impl Counted {
    fn new(rule: Rule) -> Arc<Self> {
        let met = AtomicU64::new(0);
        Arc::new(Self { rule, met })
    }

    fn acts(&self, scene: Scene<'_>) -> bool {
        if !self.rule.fits(scene) {
            return false;
        }
        let met = self.met.fetch_add(1, Ordering::Relaxed);
        met.checked_sub(self.rule.let_pass)
            .is_some_and(|past| past < self.rule.times)
    }
}

impl Rule {
    fn fits(&self, scene: Scene<'_>) -> bool {
        let mut recipients = scene.recipients.iter();
        self.step == scene.step
            && self
                .connection
                .is_none_or(|number| number == scene.connection)
            && match self.recipient.as_deref() {
                None => true,
                Some("") => scene.recipients.is_empty(),
                Some(wanted) => recipients.any(|one| one.eq_ignore_ascii_case(wanted)),
            }
    }
}
