//! Services that take mail by SMTP and send it on from addresses of their own.

/// A service, by the host that mail is submitted to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Provider {
    pub(super) name: &'static str,
    /// What the host ends with.
    host: &'static str,
    /// The domain whose SPF record lists its addresses.
    pub(super) include: &'static str,
    /// True if it replaces the envelope sender by an address of its own, or below a domain that you set up there. Then
    /// the SPF record of that domain counts.
    pub(super) rewrites_sender: bool,
}

const fn provider(
    name: &'static str,
    host: &'static str,
    include: &'static str,
    rewrites_sender: bool,
) -> Provider {
    Provider {
        name,
        host,
        include,
        rewrites_sender,
    }
}

const PROVIDERS: [Provider; 11] = [
    provider("Amazon SES", "amazonaws.com", "amazonses.com", true),
    provider("Brevo", "brevo.com", "spf.brevo.com", true),
    provider(
        "Fastmail",
        "messagingengine.com",
        "spf.messagingengine.com",
        false,
    ),
    provider("Google Workspace", "gmail.com", "_spf.google.com", false),
    provider("Mailgun", "mailgun.org", "mailgun.org", true),
    provider("Mailjet", "mailjet.com", "spf.mailjet.com", true),
    provider("Mandrill", "mandrillapp.com", "spf.mandrillapp.com", true),
    provider(
        "Microsoft 365",
        "outlook.com",
        "spf.protection.outlook.com",
        false,
    ),
    provider(
        "Microsoft 365",
        "office365.com",
        "spf.protection.outlook.com",
        false,
    ),
    provider("Postmark", "postmarkapp.com", "spf.mtasv.net", true),
    provider("SendGrid", "sendgrid.net", "sendgrid.net", true),
];

/// The service that a host belongs to.
pub(super) fn of(host: &str) -> Option<&'static Provider> {
    let host = host.to_ascii_lowercase();
    let is_of = |provider: &&Provider| {
        let before = host.strip_suffix(provider.host);
        before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
    };
    PROVIDERS.iter().find(is_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_is_known_by_its_host() {
        let name = |host| of(host).map(|provider| provider.name);
        assert_eq!(
            name("email-smtp.eu-central-1.amazonaws.com"),
            Some("Amazon SES")
        );
        assert_eq!(name("SMTP.Postmarkapp.com"), Some("Postmark"));
        assert_eq!(name("smtp.notpostmarkapp.com"), None);
        assert_eq!(name("mail.example.com"), None);
    }
}
