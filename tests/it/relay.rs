//! The whole way of a mail: the binary, a Postfix that relays it, and another with readers' mailboxes, where opendkim
//! and opendmarc judge it. Then one thing after the other is broken: the doctor names it, and so does what arrives.

mod filters;
mod kinds;
mod mailboxes;
mod postfix;

use verdict::store::editions;

use self::mailboxes::{Mailboxes, RECORDS, findings};
use self::postfix::Postfix;
use crate::apart::{Needs, OUTLET, on_a_machine_of_its_own};
use crate::dkim::Dns;
use crate::doctor::check;
use crate::doctor::front::certified;
use crate::doctor::instance::{Clinic, GOOD, SLUG};
use crate::doctor::names::zone_of;
use crate::test_app::stdout;

const NEEDS: Needs = Needs {
    programs: &["postfix", "opendkim", "opendmarc"],
    root: true,
};

on_a_machine_of_its_own!(
    NEEDS;
    an_edition_is_authenticated_in_fifty_mailboxes,
    what_the_doctor_names_is_what_receivers_find
);

const ADA: &str = "ada@example.com";

/// The relay, by its name in DNS.
const RELAY: (&str, &str) = ("VERDICT_SMTP_URL", "smtp://mail.example.org:587");
const AUTHORITY: (&str, &str) = ("VERDICT_SMTP_CA_FILE", "relay-ca.pem");

/// An instance that signs, its relay, and its readers' mailboxes.
struct Press {
    clinic: Clinic,
    relay: Postfix,
    mailboxes: Mailboxes,
    /// What DNS has if everything is well.
    zone: String,
    keys: Dns,
}

impl Press {
    /// With ada@example.com and so many other readers.
    async fn new(others: usize) -> Self {
        let clinic = Clinic::apart().await;
        clinic.app.readers(others).await;
        let printed = stdout(&clinic.app.verdict(&["dkim", "init", "--selector", "v1"]));
        let zone = format!("{GOOD}{RECORDS}{}", zone_of(&printed));
        clinic.names.set(&zone);
        let relay = relay(&clinic);
        let mut emails: Vec<_> = (1..=others)
            .map(|n| format!("reader-{n}@example.com"))
            .collect();
        emails.push(ADA.to_owned());
        let mailboxes = Mailboxes::start(&emails).await;
        Self {
            clinic,
            relay,
            mailboxes,
            zone,
            keys: Dns::printed(&printed),
        }
    }

    /// Sends an issue of its own, and says whether it went.
    async fn send(&self, slug: &str, preflight: &str, variables: &[(&str, &str)]) -> bool {
        let mut all = vec![RELAY, AUTHORITY, ("VERDICT_SMTP_PREFLIGHT", preflight)];
        all.extend(variables);
        self.clinic.app.issue(slug);
        let output = self.clinic.run_with(&["send", slug], &all).await;
        let edition = editions::find(&self.clinic.app.store, slug).await.unwrap();
        let code = i32::from(edition.is_none());
        assert_eq!(
            output.status.code(),
            Some(code),
            "{output:?}\n{}",
            self.relay.log()
        );
        edition.is_some()
    }

    async fn examined(&self, variables: &[(&str, &str)]) -> serde_json::Value {
        let mut all = vec![RELAY, AUTHORITY];
        all.extend(variables);
        self.clinic.examined(&all).await
    }
}

/// Takes mail of this machine with TLS on port 587, and without on port 25.
fn relay(clinic: &Clinic) -> Postfix {
    let postfix = Postfix::new(std::env::temp_dir().join("relay"));
    let identity = certified("mail.example.org");
    std::fs::write(clinic.app.dir.path().join(AUTHORITY.1), identity.authority).unwrap();
    let folder = postfix.folder();
    let pem = format!("{}{}", identity.key, identity.certificate);
    std::fs::write(folder.join("relay.pem"), pem).unwrap();
    postfix::set_mode(&folder.join("relay.pem"), 0o600);
    let settings = format!(
        "mynetworks = {OUTLET}/32\n\
         smtp_bind_address = {OUTLET}\n\
         smtpd_tls_chain_files = {}/relay.pem\n\
         smtpd_tls_security_level = may\n",
        folder.display()
    );
    let services =
        "25 inet n - n - - smtpd -o smtpd_tls_security_level=none\n587 inet n - n - - smtpd\n";
    postfix.start("mail.example.org", OUTLET, &settings, services);
    postfix
}

async fn an_edition_is_authenticated_in_fifty_mailboxes() {
    let press = Press::new(49).await;
    let json = press.examined(&[]).await;
    for name in [
        "relay",
        "relay-tls",
        "spf",
        "dkim",
        "dmarc",
        "alignment",
        "ptr",
        "one-click",
        "gmail",
    ] {
        assert_eq!(check(&json, name).0, "ok", "{json:#}");
    }
    assert_eq!(json["hurts"], false, "{json:#}");
    assert!(press.send(SLUG, "block", &[]).await);
    let emails = (1..=49)
        .map(|n| format!("reader-{n}@example.com"))
        .chain([ADA.to_owned()]);
    for email in emails {
        let mail = &press.mailboxes.take(&email).await;
        assert_eq!(
            findings(mail),
            [
                "dkim=pass v1-ed25519",
                "dkim=pass v1-rsa",
                "dmarc=pass",
                "spf=pass"
            ],
            "{}\n{}",
            String::from_utf8_lossy(mail),
            press.mailboxes.log()
        );
        // Another verifier agrees: signatures survive both servers.
        let wire = String::from_utf8_lossy(mail).replace('\n', "\r\n");
        assert_eq!(
            press.keys.passing(wire.as_bytes()).await,
            ["v1-rsa", "v1-ed25519"]
        );
    }
}

/// What is broken, and the check that names it.
struct Case {
    slug: &'static str,
    dns: &'static [(&'static str, &'static str)],
    variables: &'static [(&'static str, &'static str)],
    check: &'static str,
    says: &'static str,
}

const SAME: Case = Case {
    slug: "",
    dns: &[],
    variables: &[],
    check: "",
    says: "",
};

const CASES: &[Case] = &[
    Case {
        slug: "wrong-selector",
        dns: &[
            ("v1-rsa._domainkey", "other._domainkey"),
            ("v1-ed25519._domainkey", "another._domainkey"),
        ],
        check: "dkim",
        says: "there is no key at v1-rsa._domainkey.example.org",
        ..SAME
    },
    Case {
        slug: "revoked-key",
        dns: &[
            ("k=rsa; p=", "k=rsa; p=; was="),
            ("k=ed25519; p=", "k=ed25519; p=; was="),
        ],
        check: "dkim",
        says: "is revoked: `p=` is empty",
        ..SAME
    },
    Case {
        slug: "spf-without-the-relay",
        dns: &[("ip4:192.0.2.25 -all", "ip4:198.51.100.1 -all")],
        check: "spf",
        says: "refuses 192.0.2.25",
        ..SAME
    },
    Case {
        slug: "no-ptr",
        dns: &[("192.0.2.25 PTR mail.example.org\n", "")],
        check: "ptr",
        says: "192.0.2.25 has no name",
        ..SAME
    },
    Case {
        slug: "http-pages",
        variables: &[("VERDICT_WEB_BASE_URL", "http://news.example.org:PLAIN")],
        check: "https",
        says: "one-click over https only",
        ..SAME
    },
    Case {
        slug: "relay-without-tls",
        variables: &[("VERDICT_SMTP_URL", "smtp://mail.example.org:25")],
        check: "relay-tls",
        says: "go to mail.example.org:25 unencrypted",
        ..SAME
    },
];

async fn what_the_doctor_names_is_what_receivers_find() {
    let mut press = Press::new(0).await;
    let mut found = String::new();
    for case in CASES {
        found += &broken_then_mended(&mut press, case).await;
    }
    // Without a signature, only the envelope sender could speak for `From`.
    let config = press.clinic.app.dir.path().join("verdict.toml");
    let signing = std::fs::read_to_string(&config).unwrap();
    std::fs::write(
        &config,
        signing.replace("\nselectors = ", "\n# selectors = "),
    )
    .unwrap();
    let case = Case {
        slug: "from-not-aligned",
        dns: &[
            ("p=none", "p=reject"),
            (
                "example.org MX",
                "example.net TXT v=spf1 ip4:192.0.2.25 -all\nexample.net MX mail.example.org\nexample.org MX",
            ),
        ],
        variables: &[("VERDICT_SMTP_BOUNCE_ADDRESS", "bounces@example.net")],
        check: "alignment",
        says: "the envelope sender is at example.net",
    };
    found += &broken_then_mended(&mut press, &case).await;
    insta::assert_snapshot!(found, @"
    wrong-selector: dkim=fail v1-ed25519, dkim=fail v1-rsa, dmarc=pass, spf=pass
    revoked-key: dkim=fail v1-ed25519, dkim=fail v1-rsa, dmarc=pass, spf=pass
    spf-without-the-relay: dkim=pass v1-ed25519, dkim=pass v1-rsa, dmarc=pass, spf=fail
    no-ptr: dkim=pass v1-ed25519, dkim=pass v1-rsa, dmarc=pass, spf=pass, sender without a name
    http-pages: dkim=pass v1-ed25519, dkim=pass v1-rsa, dmarc=pass, spf=pass
    relay-without-tls: dkim=pass v1-ed25519, dkim=pass v1-rsa, dmarc=pass, spf=pass
    from-not-aligned: dkim=none, dmarc=fail, spf=pass
    ");
}

/// What the reader's server finds if the mail is sent all the same.
async fn broken_then_mended(press: &mut Press, case: &Case) -> String {
    let Case {
        slug, variables, ..
    } = case;
    let mut zone = press.zone.clone();
    for (from, to) in case.dns {
        assert!(zone.contains(from), "{slug}: {from}");
        zone = zone.replace(from, to);
    }
    press.clinic.names.set(&zone);
    press.mailboxes.forget_names().await;
    let json = press.examined(variables).await;
    let (state, text) = check(&json, case.check);
    assert_eq!(
        (state, text.contains(case.says)),
        ("wrong", true),
        "{slug}: {json:#}"
    );
    assert!(!press.send(slug, "block", variables).await, "{slug}");

    // Nothing arrives but what is sent now.
    assert!(
        press
            .send(&format!("{slug}-anyway"), "off", variables)
            .await,
        "{slug}"
    );
    let mail = press.mailboxes.take(ADA).await;
    let unnamed = String::from_utf8_lossy(&mail).contains("(unknown [192.0.2.25])");
    let unnamed = if unnamed {
        ", sender without a name"
    } else {
        ""
    };
    let found = format!("{slug}: {}{unnamed}\n", findings(&mail).join(", "));

    press.clinic.names.set(&press.zone);
    assert!(press.send(slug, "block", &[]).await, "{slug}, mended");
    press.mailboxes.take(ADA).await;
    found
}
