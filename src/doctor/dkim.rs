//! Whether DNS has the keys that mails are signed with (RFC 6376 §3.6.1).

use super::Check;
use crate::dkim::Record;

/// What the TXT records at the name of ours make of our key.
pub(super) fn judge(ours: &Record, records: &[String]) -> Check {
    let name = &ours.name;
    let wrong = |text: String| {
        Check::wrong("dkim", text)
            .advice("publish this record, or replace the one that is there:")
            .record(name.clone(), "TXT", ours.value.clone())
    };
    let keys: Vec<&String> = records.iter().filter(|text| is_key(text)).collect();
    let [text] = keys[..] else {
        return wrong(match keys.len() {
            0 => format!("there is no key at {name}, so nobody can verify the signatures"),
            count => {
                format!("there are {count} records at {name}: receivers may take the wrong one")
            }
        });
    };
    let tag = |wanted: &str| tag(text, wanted);
    if tag("p").is_none_or(|key| key.is_empty()) {
        return wrong(format!("the key at {name} is revoked: `p=` is empty"));
    }
    let kind = |text| self::tag(text, "k").unwrap_or_else(|| "rsa".to_owned());
    if !kind(text).eq_ignore_ascii_case(&kind(&ours.value)) {
        return wrong(format!("the record at {name} is for another kind of key"));
    }
    if tag("p") != self::tag(&ours.value, "p") {
        return wrong(format!(
            "the key at {name} is another one than the key here"
        ));
    }
    if tag("h").is_some_and(|hashes| !hashes.split(':').any(|hash| hash == "sha256")) {
        return wrong(format!(
            "the record at {name} does not allow SHA-256 (`h=`)"
        ));
    }
    if tag("s").is_some_and(|uses| !uses.split(':').any(|used| used == "*" || used == "email")) {
        return wrong(format!("the record at {name} is not for mail (`s=`)"));
    }
    if tag("t").is_some_and(|flags| flags.split(':').any(|flag| flag == "y")) {
        let text = format!("the record at {name} says that signing is only tested (`t=y`)");
        let check =
            Check::warning("dkim", text).advice("when mails arrive signed, publish this one:");
        return check.record(name.clone(), "TXT", ours.value.clone());
    }
    Check::ok(
        "dkim",
        format!("{name} has the key that mails are signed with"),
    )
}

/// A record without a version counts too.
fn is_key(text: &str) -> bool {
    tag(text, "v").map_or_else(|| tag(text, "p").is_some(), |version| version == "DKIM1")
}

/// The value of a tag without blanks, which may be anywhere in a key.
fn tag(text: &str, wanted: &str) -> Option<String> {
    let mut tags = text.split(';').filter_map(|tag| tag.split_once('='));
    let (_, value) = tags.find(|(name, _)| name.trim() == wanted)?;
    Some(value.split_whitespace().collect())
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;

    fn judged(records: &[&str]) -> Check {
        let ours = Record {
            selector: "v1".to_owned(),
            domain: "example.com".to_owned(),
            name: "v1._domainkey.example.com".to_owned(),
            value: "v=DKIM1; k=rsa; p=AbC+/=".to_owned(),
        };
        let records: Vec<_> = records.iter().map(|text| (*text).to_owned()).collect();
        judge(&ours, &records)
    }

    #[test]
    fn a_selector_has_exactly_our_key() {
        for records in [
            &["v=DKIM1; k=rsa; p=AbC+/="][..],
            &["p=AbC+/="],
            &["v=DKIM1;p=Ab C+ /= ; h=sha1:sha256; s=email; t=s"],
            &["v=DKIM1; p=AbC+/=", "something else"],
        ] {
            assert_eq!(judged(records).state, State::Ok, "{records:?}");
        }
        for (records, why) in [
            (&[][..], "no key"),
            (&["v=spf1 -all"], "no key"),
            (&["v=DKIM1; p="], "revoked"),
            (&["v=DKIM1; p=abC+/="], "another one"),
            (&["v=DKIM1; k=ed25519; p=AbC+/="], "another kind"),
            (&["v=DKIM1; h=sha1; p=AbC+/="], "SHA-256"),
            (&["v=DKIM1; s=tlsrpt; p=AbC+/="], "not for mail"),
            (&["v=DKIM1; p=AbC+/=", "v=DKIM1; p=AbC+/="], "2 records"),
        ] {
            let check = judged(records);
            assert_eq!(check.state, State::Wrong, "{records:?}");
            assert!(check.text.contains(why), "{}", check.text);
            let record = &check.records[0];
            assert_eq!(record.name, "v1._domainkey.example.com");
            assert_eq!(record.value, "v=DKIM1; k=rsa; p=AbC+/=");
        }
        assert_eq!(judged(&["v=DKIM1; t=y; p=AbC+/="]).state, State::Warning);
    }
}
