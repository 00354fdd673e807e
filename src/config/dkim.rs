//! `[dkim]`: what signs the mails.

use std::path::{Path, PathBuf};

use lettre::message::Mailbox;

use super::domains::domain;
use super::section::Section;
use crate::dkim::{Record, Selector, Signer, SigningKey};
use crate::findings::Report;
use crate::private_file;
use crate::toml_source::{self, Value};

/// The default of `[dkim] keys`.
pub const KEYS: &str = "dkim";

/// The longest label of a domain name, in octets (RFC 1035 §2.3.4).
const LABEL: usize = 63;

/// `[dkim]`: what signs the mails. Debug shows no key.
#[derive(Clone, Debug)]
pub struct Dkim {
    /// `domain` and `selectors`: every mail gets a signature by each of them.
    pub signer: Signer,
    /// `next`: selectors that sign later, once their records are published. Default: none.
    pub next: Vec<Selector>,
    /// `keys`: the folder with a file `<selector>.pem` for each, in the instance folder unless the path is absolute.
    /// Default: `dkim`.
    pub keys: PathBuf,
}

impl Dkim {
    /// The DNS record that each selector needs: first those that sign, then the next ones.
    pub fn records(&self) -> Vec<Record> {
        let next = |selector| Record::new(selector, self.signer.domain());
        let mut records = self.signer.records();
        records.extend(self.next.iter().map(next));
        records
    }
}

/// The file of a selector's private key.
pub fn key_file(keys: &Path, selector: &str) -> PathBuf {
    keys.join(format!("{selector}.pem"))
}

/// True if DMARC counts a signature of `domain` for mail from `from`, both as A-labels: it is the same domain, or one
/// above it. Both then belong to one organizational domain (RFC 7489 §3.1.1), which no list of public suffixes has to
/// confirm.
pub fn is_aligned(domain: &str, from: &str) -> bool {
    let below = from.strip_suffix(domain);
    domain.contains('.') && below.is_some_and(|below| below.is_empty() || below.ends_with('.'))
}

/// True if a selector can stand in a domain name and name a file: labels of letters, digits and inner hyphens.
pub fn is_selector(name: &str) -> bool {
    let is_label = |label: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let hyphen_outside = label.starts_with('-') || label.ends_with('-');
        (1..=LABEL).contains(&label.len()) && label.bytes().all(plain) && !hyphen_outside
    };
    name.len() <= 2 * LABEL && name.split('.').all(is_label)
}

/// The outer option is `None` if something is wrong, the inner one if no mail is signed.
#[allow(clippy::option_option)]
pub(super) fn read(
    section: &Section<'_>,
    from: Option<&Mailbox>,
    folder: &Path,
    report: &mut Report,
) -> Option<Option<Dkim>> {
    let keys = section.get("keys");
    let keys = keys.map_or(Some(KEYS.to_owned()), |v| v.line(4096, report));
    let keys = folder.join(keys?);
    let given = section.get("domain");
    let domain = given
        .as_ref()
        .map(|v| read_domain(v, from, report))
        .or_else(|| Some(Some(from?.email.domain().to_owned())));
    let selectors = match (section.get("selectors"), section.get("next"), given) {
        (Some(selectors), _, _) => selectors,
        (None, Some(value), _) | (None, None, Some(value)) => {
            let message = format!("`{}` signs nothing without `selectors`", value.key());
            report.push(
                value
                    .doubt("no-selectors", message)
                    .help("run `verdict dkim init`, which makes keys and names them here"),
            );
            return Some(None);
        }
        (None, None, None) => return Some(None),
    };
    let mut known = Vec::new();
    let signing = read_selectors(&selectors, &keys, &mut known, report);
    let next = section.get("next");
    let next = next.map_or(Some(Vec::new()), |v| {
        read_selectors(&v, &keys, &mut known, report)
    });
    let signing = signing?;
    if signing.is_empty() {
        return Some(None);
    }
    let signer = Signer::new(&domain??, signing);
    if !signer.is_slow() {
        report.push(
            selectors
                .doubt("no-rsa", "no selector has an RSA key")
                .help("many mailbox providers check RSA signatures only; `verdict dkim rotate` makes a key of each kind"),
        );
    }
    Some(Some(Dkim {
        signer,
        next: next?,
        keys,
    }))
}

fn read_domain(value: &Value<'_>, from: Option<&Mailbox>, report: &mut Report) -> Option<String> {
    let text = value.line(255, report)?;
    let Some(domain) = domain(&text) else {
        let finding = value.fault("bad-domain", format!("`{text}` is not a domain"));
        report.push(finding.help("write it like `example.com`"));
        return None;
    };
    let from = from?.email.domain();
    if !is_aligned(&domain, from) {
        let message = "`domain` does not fit the sender's address";
        report.push(
            value
                .fault("not-aligned", message)
                .label(format!("mails are from an address at {from}"))
                .help(format!(
                    "write `{from}`: mailboxes count only a signature of the sender's domain or of one above it \
                     (DMARC, RFC 7489 §3.1)"
                )),
        );
        return None;
    }
    Some(domain)
}

/// The selectors of a list, if all of them can be used. `known` are those of lists before this one.
fn read_selectors(
    value: &Value<'_>,
    keys: &Path,
    known: &mut Vec<String>,
    report: &mut Report,
) -> Option<Vec<Selector>> {
    let mut selectors = Vec::new();
    let mut all = true;
    for item in value.items(report)? {
        let selector = read_selector(&item, keys, known, report);
        all &= selector.is_some();
        selectors.extend(selector);
    }
    all.then_some(selectors)
}

fn read_selector(
    value: &Value<'_>,
    keys: &Path,
    known: &mut Vec<String>,
    report: &mut Report,
) -> Option<Selector> {
    let name = value.line(255, report)?;
    if !is_selector(&name) {
        let finding = value.fault("bad-selector", format!("`{name}` cannot be a selector"));
        report.push(finding.label("only letters, digits and hyphens, such as `verdict-2026`"));
        return None;
    }
    if known.contains(&name) {
        let finding = value.fault("duplicate-selector", format!("`{name}` is listed twice"));
        report.push(finding.label("each key signs a mail once"));
        return None;
    }
    known.push(name.clone());
    let file = key_file(keys, &name);
    let shown = file.display();
    let pem = match toml_source::read(&file) {
        Ok(pem) => pem,
        Err(error) => {
            let message = format!("the private key of `{name}` cannot be read");
            report.push(
                value
                    .fault("no-key", message)
                    .label(format!("{shown}: {error}"))
                    .help("copy the file from the machine that made it, or make new keys: take the section's keys out and run `verdict dkim init`"),
            );
            return None;
        }
    };
    if private_file::is_exposed(&file) {
        let message = format!("the private key of `{name}` can be read by others");
        let finding = value.fault("exposed-key", message);
        report.push(finding.help(format!("run `chmod 600 {shown}`")));
        return None;
    }
    match SigningKey::from_pem(&pem) {
        Ok(key) => Some(Selector { name, key }),
        Err(why) => {
            let message = format!("the file of `{name}` holds no key to sign with");
            report.push(
                value
                    .fault("bad-key", message)
                    .label(format!("{shown}: {why}"))
                    .help("it is a PEM file that begins with `-----BEGIN PRIVATE KEY-----`"),
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_fits_a_sender_at_it_or_below_it() {
        for (domain, from, fits) in [
            ("example.com", "example.com", true),
            ("example.com", "news.example.com", true),
            ("news.example.com", "example.com", false),
            ("example.com", "badexample.com", false),
            ("example.com", "example.net", false),
            ("com", "example.com", false),
        ] {
            assert_eq!(is_aligned(domain, from), fits, "{domain} {from}");
        }
    }

    #[test]
    fn a_selector_names_a_file_and_nothing_outside_its_folder() {
        for (name, fits) in [
            ("a", true),
            ("verdict-2026.b", true),
            ("", false),
            ("..", false),
            ("a/b", false),
            ("-a", false),
            ("a_b", false),
            ("ä", false),
        ] {
            assert_eq!(is_selector(name), fits, "{name}");
        }
    }
}
