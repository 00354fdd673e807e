//! Rules about DNS are pure: they read what is known, and name the question whose answer they lack.

use std::collections::HashMap;
use std::net::IpAddr;

use crate::dns::{Answer, Dns, Question, Silence};

/// What DNS has answered until now.
#[derive(Debug, Default)]
pub(super) struct Known(HashMap<Question, Answer>);

/// Why a rule has no result yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Lack {
    /// This has not been asked yet.
    Answer(Question),
    /// DNS gave no answer.
    Silence(Silence),
}

impl Known {
    pub(super) fn txt(&self, name: &str) -> Result<&[String], Lack> {
        self.records(Question::Txt(name.to_owned()))
    }

    pub(super) fn mx(&self, domain: &str) -> Result<&[String], Lack> {
        self.records(Question::Mx(domain.to_owned()))
    }

    pub(super) fn names(&self, address: IpAddr) -> Result<&[String], Lack> {
        self.records(Question::Ptr(address))
    }

    pub(super) fn addresses(&self, name: &str) -> Result<Vec<IpAddr>, Lack> {
        let records = self.records(Question::Addresses(name.to_owned()))?;
        Ok(records
            .iter()
            .filter_map(|text| text.parse().ok())
            .collect())
    }

    pub(super) fn learn(&mut self, question: Question, answer: Answer) {
        self.0.insert(question, answer);
    }

    fn records(&self, question: Question) -> Result<&[String], Lack> {
        match self.0.get(&question) {
            None => Err(Lack::Answer(question)),
            Some(Ok(records)) => Ok(records),
            Some(Err(silence)) => Err(Lack::Silence(silence.clone())),
        }
    }
}

/// The result of a rule, once DNS has answered all that it reads.
pub(super) async fn answered<T>(
    dns: &Dns,
    rule: impl Fn(&Known) -> Result<T, Lack>,
) -> Result<T, Silence> {
    let mut known = Known::default();
    loop {
        match rule(&known) {
            Ok(result) => return Ok(result),
            Err(Lack::Silence(silence)) => return Err(silence),
            Err(Lack::Answer(question)) => {
                let answer = dns.ask(&question).await;
                known.learn(question, answer);
            }
        }
    }
}

/// What a zone file answers: `name TYPE value`, one a line. What is not listed does not exist.
fn in_zone(zone: &str, question: &Question) -> Answer {
    let (wanted, kinds): (String, &[&str]) = match question {
        Question::Txt(name) => (name.clone(), &["TXT"]),
        Question::Mx(name) => (name.clone(), &["MX"]),
        Question::Addresses(name) => (name.clone(), &["A", "AAAA"]),
        Question::Ptr(address) => (address.to_string(), &["PTR"]),
    };
    let lines = zone.lines().filter_map(|line| {
        let mut words = line.trim().splitn(3, ' ');
        let (name, kind) = (words.next()?, words.next()?);
        (name == wanted && kinds.contains(&kind))
            .then(|| words.next().unwrap_or_default().to_owned())
    });
    Ok(lines.collect())
}

/// The result of a rule by a zone file, and how many questions it took.
pub(super) fn answered_by<T>(
    zone: &str,
    rule: impl Fn(&Known) -> Result<T, Lack>,
) -> Result<(T, usize), Silence> {
    let mut known = Known::default();
    loop {
        match rule(&known) {
            Ok(result) => return Ok((result, known.0.len())),
            Err(Lack::Silence(silence)) => return Err(silence),
            Err(Lack::Answer(question)) => {
                let answer = in_zone(zone, &question);
                known.learn(question, answer);
            }
        }
    }
}

#[cfg(test)]
impl Known {
    /// The result of a rule by a zone file.
    pub(super) fn answer<T>(zone: &str, rule: impl Fn(&Self) -> Result<T, Lack>) -> T {
        match answered_by(zone, rule) {
            Ok((result, _)) => result,
            Err(silence) => panic!("{silence}"),
        }
    }
}
