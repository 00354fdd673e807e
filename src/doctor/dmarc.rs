//! DMARC (RFC 7489): the policy of a domain, and whether another domain is aligned with it.
//!
//! The organizational domain is found by walking up the tree (DMARCbis), which needs no list of public suffixes.

use super::known::{Known, Lack};

/// The most labels that the walk looks at below the top.
const MOST_LABELS: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Policy {
    None,
    Quarantine,
    Reject,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alignment {
    Relaxed,
    Strict,
}

/// What a record says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) policy: Policy,
    subdomains: Option<Policy>,
    pub(super) dkim: Alignment,
    pub(super) spf: Alignment,
    /// `psd`: true for a public suffix, false for an organizational domain.
    public_suffix: Option<bool>,
    /// True if aggregate reports go anywhere (`rua`).
    pub(super) reports: bool,
}

/// A record with the domain that it was found at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) domain: String,
    pub(super) record: Record,
}

/// Why a domain has no record that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoRecord {
    Missing,
    /// Receivers ignore all if there are several (§6.6.3).
    Several(String),
    /// The record at this domain cannot be used.
    Broken(String),
}

/// The record that receivers apply to mail from a domain: its own, or that of its organization.
pub(super) fn record_of(known: &Known, domain: &str) -> Result<Result<Found, NoRecord>, Lack> {
    match at(known, domain)? {
        Err(NoRecord::Missing) => {}
        Err(other) => return Ok(Err(other)),
        Ok(record) => {
            let domain = domain.to_owned();
            return Ok(Ok(Found { domain, record }));
        }
    }
    let organization = organization(known, domain)?;
    Ok(at(known, &organization)?.map(|record| Found {
        domain: organization,
        record: Record {
            policy: record.subdomains.unwrap_or(record.policy),
            ..record
        },
    }))
}

/// True if a domain that passed SPF or DKIM counts for mail from another one (§3.1).
pub(super) fn is_aligned(
    known: &Known,
    from: &str,
    passed: &str,
    mode: Alignment,
) -> Result<bool, Lack> {
    if from == passed {
        return Ok(true);
    }
    Ok(mode == Alignment::Relaxed && organization(known, from)? == organization(known, passed)?)
}

/// The organizational domain: the highest one with a record, below a public suffix.
pub(super) fn organization(known: &Known, domain: &str) -> Result<String, Lack> {
    let mut highest = domain.to_owned();
    let mut below = domain.to_owned();
    for (step, name) in tree(domain).enumerate() {
        if let Ok(record) = at(known, &name)? {
            match record.public_suffix {
                Some(false) => return Ok(name),
                Some(true) if step == 0 => return Ok(name),
                Some(true) => return Ok(below),
                None => highest.clone_from(&name),
            }
        }
        below = name;
    }
    Ok(highest)
}

/// A domain and those above it; of a long name, only the last labels.
fn tree(domain: &str) -> impl Iterator<Item = String> {
    let labels: Vec<String> = domain.split('.').map(str::to_owned).collect();
    let count = labels.len();
    let starts = (0..count).filter(move |start| *start == 0 || count - start < MOST_LABELS);
    starts.map(move |start| labels[start..].join("."))
}

fn at(known: &Known, domain: &str) -> Result<Result<Record, NoRecord>, Lack> {
    let texts = known.txt(&format!("_dmarc.{domain}"))?;
    let mut records = texts.iter().filter(|text| is_dmarc(text));
    Ok(match (records.next(), records.next()) {
        (None, _) => Err(NoRecord::Missing),
        (Some(_), Some(_)) => Err(NoRecord::Several(domain.to_owned())),
        (Some(text), None) => parse(text).ok_or_else(|| NoRecord::Broken(domain.to_owned())),
    })
}

fn is_dmarc(text: &str) -> bool {
    let version = text.split(';').next().unwrap_or_default();
    let version: String = version.split_whitespace().collect();
    version == "v=DMARC1"
}

fn parse(text: &str) -> Option<Record> {
    let tags: Vec<(&str, &str)> = text
        .split(';')
        .filter_map(|tag| tag.split_once('='))
        .map(|(name, value)| (name.trim(), value.trim()))
        .collect();
    let tag = |wanted: &str| {
        let mut found = tags
            .iter()
            .filter(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.next().map(|(_, value)| value.to_ascii_lowercase())
    };
    let policy = |text: &str| match text {
        "none" => Some(Policy::None),
        "quarantine" => Some(Policy::Quarantine),
        "reject" => Some(Policy::Reject),
        _ => None,
    };
    let alignment = |name| match tag(name).as_deref() {
        Some("s") => Alignment::Strict,
        _ => Alignment::Relaxed,
    };
    let reports = tag("rua").is_some_and(|to| !to.is_empty());
    let wanted = tag("p").as_deref().and_then(policy);
    Some(Record {
        // Without a policy, a record that asks for reports counts as `none` (§6.6.3).
        policy: wanted.or(reports.then_some(Policy::None))?,
        subdomains: tag("sp").as_deref().and_then(policy),
        dkim: alignment("adkim"),
        spf: alignment("aspf"),
        public_suffix: match tag("psd").as_deref() {
            Some("y") => Some(true),
            Some("n") => Some(false),
            _ => None,
        },
        reports,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn found(zone: &str, domain: &str) -> Result<Found, NoRecord> {
        Known::answer(zone, |known| record_of(known, domain))
    }

    #[test]
    fn a_domain_has_its_own_policy_or_that_of_its_organization() {
        let zone = "\
            _dmarc.example.com TXT v=DMARC1; p=reject; sp=quarantine; rua=mailto:d@example.com
            _dmarc.own.example.com TXT v = DMARC1 ; p = none ; aspf=s";
        let own = found(zone, "own.example.com").unwrap();
        assert_eq!(own.record.policy, Policy::None);
        assert_eq!(own.record.spf, Alignment::Strict);
        assert!(!own.record.reports);
        let above = found(zone, "news.example.com").unwrap();
        assert_eq!(
            (above.domain.as_str(), above.record.policy),
            ("example.com", Policy::Quarantine)
        );
        assert_eq!(
            found(zone, "example.com").unwrap().record.policy,
            Policy::Reject
        );
        assert_eq!(found(zone, "example.org"), Err(NoRecord::Missing));
    }

    #[test]
    fn what_is_no_record_does_not_count() {
        for (record, result) in [
            (
                "v=DMARC1; p=reject\n_dmarc.example.com TXT v=DMARC1; p=none",
                NoRecord::Several("example.com".into()),
            ),
            ("v=DMARC1; p=strict", NoRecord::Broken("example.com".into())),
            ("v=DMARC2; p=none", NoRecord::Missing),
            ("p=none; v=DMARC1", NoRecord::Missing),
        ] {
            let zone = format!("_dmarc.example.com TXT {record}");
            assert_eq!(found(&zone, "example.com"), Err(result), "{record}");
        }
        let zone = "_dmarc.example.com TXT v=DMARC1; rua=mailto:d@example.com";
        assert_eq!(
            found(zone, "example.com").unwrap().record.policy,
            Policy::None
        );
    }

    #[test]
    fn domains_of_one_organization_are_aligned_unless_strictly() {
        let zone = "\
            _dmarc.example.com TXT v=DMARC1; p=none
            _dmarc.co.example TXT v=DMARC1; p=none; psd=y
            _dmarc.own.example.net TXT v=DMARC1; p=none; psd=n
            _dmarc.example.net TXT v=DMARC1; p=none";
        for (from, passed, relaxed) in [
            ("example.com", "example.com", true),
            ("example.com", "bounces.example.com", true),
            ("a.example.com", "b.c.example.com", true),
            ("example.com", "example.org", false),
            ("example.com", "badexample.com", false),
            ("a.co.example", "b.co.example", false),
            ("a.co.example", "x.a.co.example", true),
            ("own.example.net", "example.net", false),
            ("x.own.example.net", "y.own.example.net", true),
        ] {
            let aligned = |mode| Known::answer(zone, |known| is_aligned(known, from, passed, mode));
            assert_eq!(aligned(Alignment::Relaxed), relaxed, "{from} {passed}");
            assert_eq!(
                aligned(Alignment::Strict),
                from == passed,
                "{from} {passed}"
            );
        }
    }

    #[test]
    fn a_long_name_costs_eight_questions() {
        let names: Vec<_> = tree("a.b.c.d.e.f.g.h.i.example.com").collect();
        assert_eq!(names.len(), 8);
        assert_eq!(names[1], "e.f.g.h.i.example.com");
        assert_eq!(names.last().unwrap(), "com");
    }

    proptest::proptest! {
        #[test]
        fn any_record_is_read(text in r"\PC{0,60}", tags in "[ a-z0-9:;=]{0,60}") {
            for rest in [text, tags] {
                is_dmarc(&rest);
                parse(&format!("v=DMARC1;{rest}"));
            }
        }
    }
}
