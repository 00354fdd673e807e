//! Which receiving domains share a throttle.

/// The large mailbox providers, by the domains that their servers accept mail for. A provider
/// counts the mail from one sender for all its domains, so a request to slow down applies to all of
/// them. The first domain of each line names the provider. In the order of the lines:
///
/// - <https://support.google.com/mail/answer/81126> ("personal Gmail accounts")
/// - <https://knowledge.validity.com/hc/en-us/articles/224887947> (Outlook.com's domains)
/// - <https://senders.yahooinc.com> (Yahoo and AOL), without yahoo.co.jp, which is another company
/// - <https://support.apple.com/102322> (iCloud Mail)
/// - <https://postmaster.gmx.net> (GMX, WEB.DE and mail.com)
/// - <https://proton.me/support/addresses-and-aliases> (Proton Mail)
const PROVIDERS: [&[&str]; 6] = [
    &["gmail.com", "googlemail.com"],
    &[
        "outlook.com",
        "hotmail.com",
        "live.com",
        "msn.com",
        "windowslive.com",
        "hotmail.co.uk",
        "hotmail.de",
        "hotmail.es",
        "hotmail.fr",
        "hotmail.it",
        "live.co.uk",
        "live.fr",
        "live.nl",
    ],
    &[
        "yahoo.com",
        "ymail.com",
        "rocketmail.com",
        "aol.com",
        "yahoo.ca",
        "yahoo.co.in",
        "yahoo.co.uk",
        "yahoo.com.br",
        "yahoo.de",
        "yahoo.es",
        "yahoo.fr",
        "yahoo.it",
    ],
    &["icloud.com", "me.com", "mac.com"],
    &[
        "gmx.net", "gmx.de", "gmx.at", "gmx.ch", "web.de", "mail.com",
    ],
    &["proton.me", "protonmail.com", "pm.me"],
];

/// The group of a domain in lower-case A-labels: its provider's first domain, or the domain itself.
pub(super) fn domain_group(domain: &str) -> &str {
    let provider = PROVIDERS.iter().find(|domains| domains.contains(&domain));
    provider
        .and_then(|domains| domains.first())
        .map_or(domain, |first| *first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_domains_of_a_provider_are_one_group() {
        for (domain, group) in [
            ("gmail.com", "gmail.com"),
            ("googlemail.com", "gmail.com"),
            ("msn.com", "outlook.com"),
            ("aol.com", "yahoo.com"),
            ("mac.com", "icloud.com"),
        ] {
            assert_eq!(domain_group(domain), group, "{domain}");
        }
    }

    #[test]
    fn every_other_domain_is_a_group_of_its_own() {
        for domain in ["example.com", "mail.example.com", "yahoo.co.jp"] {
            assert_eq!(domain_group(domain), domain);
        }
    }

    #[test]
    fn no_domain_has_two_providers() {
        let mut domains: Vec<_> = PROVIDERS.concat();
        let count = domains.len();
        domains.sort_unstable();
        domains.dedup();
        assert_eq!(domains.len(), count);
    }
}
