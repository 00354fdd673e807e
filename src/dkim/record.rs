//! The DNS records of public keys (RFC 6376 §3.6.1, RFC 8463 §4).

use data_encoding::BASE64;

use super::{Selector, Signer};

/// The longest string of a TXT record, in octets (RFC 1035 §3.3).
const STRING: usize = 255;

/// The TXT record that a selector needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub selector: String,
    /// The domain that signs, as A-labels.
    pub domain: String,
    /// `<selector>._domainkey.<domain>`, without a dot at the end.
    pub name: String,
    /// The whole text, without quotes.
    pub value: String,
}

impl Record {
    /// The record of a selector of this domain.
    pub fn new(selector: &Selector, domain: &str) -> Self {
        let (name, key) = (&selector.name, &selector.key);
        let public = BASE64.encode(&key.public());
        Self {
            selector: name.clone(),
            domain: domain.to_owned(),
            name: format!("{name}._domainkey.{domain}"),
            value: format!("v=DKIM1; k={}; p={public}", key.kind()),
        }
    }

    /// The text as a zone file has it: quoted strings of at most 255 octets, which readers join.
    pub fn strings(&self) -> String {
        // It is ASCII throughout.
        let strings = self.value.as_bytes().chunks(STRING);
        let quoted = strings.map(|string| format!("\"{}\"", String::from_utf8_lossy(string)));
        quoted.collect::<Vec<_>>().join(" ")
    }
}

impl Signer {
    /// The records that its signatures need, in the order of its selectors.
    pub fn records(&self) -> Vec<Record> {
        let record = |selector| Record::new(selector, self.domain());
        self.selectors().iter().map(record).collect()
    }
}
