//! An issue file. If it is valid, it must survive a round trip through JSON, and its frozen mail must parse.

use templates::comparison::{Comparison, Newsletter};
use templates::mail::Heading;
use verdict::edition::render::{self, Dated, Mail, Sender};
use verdict::issue::{self, Issue, Rules};

use crate::findings;

pub(crate) fn run(data: &[u8]) {
    let rules = Rules {
        roles: vec!["editor".to_owned()],
        newsletter: Newsletter {
            name: "Weekly Verdicts".to_owned(),
            base_url: "https://news.example.com".to_owned(),
            ..Newsletter::default()
        },
    };
    let checked = issue::check("issues/tea-vs-coffee.toml".as_ref(), data, &rules);
    findings::check(&checked.findings, |_| data.len());
    assert_eq!(checked.issue.is_none(), checked.findings.has_errors());
    if let Some(issue) = checked.issue {
        keeps(&issue.comparison);
        freezes(&issue, &rules.newsletter);
    }
}

fn keeps(comparison: &Comparison) {
    let kept = serde_json::to_string(comparison).expect("a comparison as JSON");
    let read: Comparison = serde_json::from_str(&kept).expect("a comparison that was kept");
    assert_eq!(&read, comparison);
}

fn freezes(issue: &Issue, newsletter: &Newsletter) {
    let sender = Sender {
        from: "Verdicts <verdicts@example.com>"
            .parse()
            .expect("a mailbox"),
        reply_to: None,
        unsubscribe: None,
    };
    let heading = Heading {
        subject: issue.subject.clone(),
        preheader: issue.preheader.clone(),
    };
    let comparison = &issue.comparison;
    let frozen = render::freeze(
        comparison,
        newsletter,
        &sender,
        &heading,
        None,
        Dated::ByReader,
    );
    assert!(frozen.mail.is_ascii());
    assert!(
        frozen
            .mail
            .split("\r\n")
            .all(|line| !line.contains(['\r', '\n']))
    );
    Mail::parse(&frozen.mail, &newsletter.locale).expect("a mail that was frozen");
}
