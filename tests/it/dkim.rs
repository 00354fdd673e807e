//! Every mail is signed by both keys, and an independent program (mail-auth) verifies the signatures by the records
//! that `verdict dkim` prints.

mod commands;
mod readers;

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use mail_auth::common::parse::TxtRecordParser as _;
use mail_auth::common::verify::DomainKey;
use mail_auth::{
    AuthenticatedMessage, DkimResult, MessageAuthenticator, Parameters, ResolverCache, Txt,
};
use subscribers::address::Address;
use templates::alert;
use verdict::catcher::Behaviour;
use verdict::config::Config;
use verdict::dkim::SigningKey;

use crate::database::Db;
use crate::joining::sign_up;
use crate::test_app::{TestApp, on_both_stores, stdout};

on_both_stores!(
    an_edition_is_signed_and_its_declared_size_includes_it,
    what_the_outbox_sends_is_signed,
    an_ed25519_key_signs_alone,
);

const SLUG: &str = "tea-vs-coffee";

/// What a verifier finds in DNS.
pub(crate) struct Dns(HashMap<Box<str>, Txt>);

impl Dns {
    /// The records as `verdict dkim` prints them for a form on a web page.
    pub(crate) fn printed(text: &str) -> Self {
        let record = |(name, value): (&str, &str)| {
            let key = DomainKey::parse(value.as_bytes()).unwrap();
            (format!("{name}.").into(), Txt::DomainKey(Arc::new(key)))
        };
        Self(printed_records(text).map(record).collect())
    }

    /// What each signature of a mail comes to, by its selector.
    async fn verify(&self, mail: &[u8]) -> Vec<(String, DkimResult)> {
        let resolver = MessageAuthenticator::new_cloudflare().unwrap();
        let message = AuthenticatedMessage::parse(mail).unwrap();
        let parameters = Parameters::new(&message).with_txt_cache(self);
        let found = resolver.verify_dkim(parameters).await;
        let one = |output: &mail_auth::DkimOutput<'_>| {
            let signature = output.signature().unwrap();
            (signature.s.clone(), output.result().clone())
        };
        found.iter().map(one).collect()
    }

    /// The selectors of a mail whose signatures all pass.
    pub(crate) async fn passing(&self, mail: &[u8]) -> Vec<String> {
        let mut selectors = Vec::new();
        for (selector, result) in self.verify(mail).await {
            let shown = String::from_utf8_lossy(mail);
            assert_eq!(result, DkimResult::Pass, "{selector}\n{shown}");
            selectors.push(selector);
        }
        selectors
    }
}

/// The names and values of the records that `verdict dkim` prints.
pub(crate) fn printed_records(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let of = move |word: &'static str| {
        let lines = text.lines().map(str::trim_start);
        lines.filter_map(move |line| Some(line.strip_prefix(word)?.trim_start()))
    };
    of("name ").zip(of("value "))
}

impl ResolverCache<Box<str>, Txt> for Dns {
    fn get<Q>(&self, name: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        // What is not here does not exist: nothing asks the network.
        let missing = Txt::Error(mail_auth::Error::Dns(mail_auth::DnsError::Resolver(
            "no such record".into(),
        )));
        Some(self.0.get(name).cloned().unwrap_or(missing))
    }

    fn remove<Q>(&self, _: &Q) -> Option<Txt>
    where
        Box<str>: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        None
    }

    fn insert(&self, _: Box<str>, _: Txt, _: Instant) {}
}

/// Writes the keys of selectors `r` and `e`.
pub(crate) fn write_keys(dir: &Path) {
    let made = [
        ("r", SigningKey::make_rsa().unwrap()),
        ("e", SigningKey::make_ed25519().unwrap()),
    ];
    std::fs::create_dir_all(dir.join("dkim")).unwrap();
    for (selector, (_, pem)) in made {
        write_key(dir, selector, &pem);
    }
}

fn write_key(dir: &Path, selector: &str, pem: &str) {
    let path = dir.join(format!("dkim/{selector}.pem"));
    std::fs::write(&path, pem).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// An instance that signs by these selectors, and the records of its keys.
async fn signing(
    db: Db,
    selectors: &str,
    behaviour: Behaviour,
    tune: impl FnOnce(&mut Config),
) -> (TestApp, Dns) {
    let smtp = |catcher: &verdict::catcher::Catcher, dir: &Path| {
        write_keys(dir);
        format!(
            "url = \"{}\"\nconnections = 4\n[dkim]\nselectors = [{selectors}]",
            catcher.url()
        )
    };
    let app = TestApp::relaying(db, behaviour, smtp, tune).await;
    let dns = Dns::printed(&stdout(&app.verdict(&["dkim", "records"])));
    (app, dns)
}

async fn an_edition_is_signed_and_its_declared_size_includes_it(db: Db) {
    let behaviour = Behaviour::new().transcript();
    let (app, dns) = signing(db, r#""r", "e""#, behaviour, |_| {}).await;
    app.issue(SLUG).readers(5).await;
    app.send(SLUG).await;
    let mails = app.catcher.mails();
    assert_eq!(mails.len(), 5);
    for mail in &mails {
        assert_eq!(dns.passing(&mail.content).await, ["r", "e"]);
    }
    let mut sizes: Vec<usize> = mails.iter().map(|mail| mail.size).collect();
    sizes.sort_unstable();
    let lines = (1..=4).flat_map(|connection| app.catcher.transcript(connection));
    let lines: Vec<String> = lines.collect();
    let words = lines.iter().flat_map(|line| line.split(' '));
    let sizes_in = words.filter_map(|word| word.strip_prefix("SIZE="));
    let mut declared: Vec<usize> = sizes_in.filter_map(|size| size.parse().ok()).collect();
    declared.sort_unstable();
    assert_eq!(declared, sizes);
    let text = String::from_utf8(mails[0].content.clone()).unwrap();
    let (signature, _) = text.split_once(" bh=").unwrap();
    insta::assert_snapshot!(signature.replace('\r', ""), @"
    DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
     d=example.org;
     s=r;
     h=From:From:To:Subject:
      Date:Message-ID:MIME-Version:Content-Type:
      List-Id:List-Unsubscribe:List-Unsubscribe-Post:Verdict-Delivery;
     t=1795420800;
    ");
    assert_eq!(app.catcher.faults(), []);

    // A changed byte of a signed field or of the body, or a second sender, breaks both.
    for (from, to) in [
        ("weekly@example.org>\r\nTo", "weekly@example.com>\r\nTo"),
        ("\r\nSubject: ", "\r\nSubject: Re: "),
        ("List-Unsubscribe: <http", "List-Unsubscribe: <https"),
        ("List-Unsubscribe=One-Click", "List-Unsubscribe=One-Clicks"),
        ("Verdict-Delivery: ", "Verdict-Delivery: A"),
        ("An intro.", "An outro."),
        ("\r\nTo: ", "\r\nFrom: Eve <eve@example.net>\r\nTo: "),
    ] {
        assert!(text.contains(from), "{from}");
        let changed = text.replacen(from, to, 1);
        for (selector, result) in dns.verify(changed.as_bytes()).await {
            assert_ne!(result, DkimResult::Pass, "{selector}: {to}");
        }
    }
    // Folding and blanks may change on the way.
    let refolded = text.replacen("\r\nSubject: ", "\r\nsubject:\t  ", 1);
    assert_eq!(dns.passing(refolded.as_bytes()).await, ["r", "e"]);

    // The test mail and `render` are signed in the same way, by the real binary.
    let rendered = app.verdict(&["render", SLUG, "--to", "reader-1@example.com"]);
    assert_eq!(dns.passing(stdout(&rendered).as_bytes()).await, ["r", "e"]);
    stdout(&app.verdict(&["send", SLUG, "--test", "chief@example.com"]));
    let test = &app.catcher.for_recipient("chief@example.com")[0];
    assert_eq!(dns.passing(&test.content).await, ["r", "e"]);
}

async fn what_the_outbox_sends_is_signed(db: Db) {
    let editors = |config: &mut Config| {
        config.alerts.to = vec![Address::parse("chief@example.org").unwrap()];
    };
    let (app, dns) = signing(db, r#""r", "e""#, Behaviour::new(), editors).await;
    sign_up(&app, "ada@example.com", "").await;
    let alert = alert::edition_paused(app.locale(), SLUG, ".a line with a dot\n.another");
    let mut tx = app.store.begin().await.unwrap();
    app.alert(&mut tx, &alert).await.unwrap();
    tx.commit().await.unwrap();
    app.deliver_outbox().await;
    for email in ["ada@example.com", "chief@example.org"] {
        let mails = app.catcher.for_recipient(email);
        assert_eq!(mails.len(), 1, "{email}");
        assert_eq!(dns.passing(&mails[0].content).await, ["r", "e"], "{email}");
    }
}

async fn an_ed25519_key_signs_alone(db: Db) {
    let (app, dns) = signing(db, r#""e""#, Behaviour::new(), |_| {}).await;
    assert!(app.config.warnings.to_string().contains("no-rsa"));
    app.issue(SLUG).readers(3).await;
    app.send(SLUG).await;
    for mail in app.catcher.mails() {
        assert_eq!(dns.passing(&mail.content).await, ["e"]);
    }
}
