//! What attackers put into forms or issue files to inject it elsewhere.

use resvg::usvg;
use subscribers::address::Address;
use verdict::edition;

use super::{ADA, SLUG, sent, settings_link, sign_up};
use crate::database::Db;
use crate::http::{self, Answer};
use crate::test_app::{TestApp, find_subscriber, on_both_stores, sample_issue};

on_both_stores!(
    no_field_of_a_form_gets_into_a_header,
    a_name_is_a_name_wherever_it_stands,
    a_form_in_the_wrong_place_changes_nothing_else,
    a_media_type_is_known_in_any_case
);

/// Line breaks of different programs, with a header after each.
const BREAKS: [&str; 9] = [
    "%0D%0AX-Evil:%20yes",
    "%0AX-Evil:%20yes",
    "%0DX-Evil:%20yes",
    "%0D%0A%0D%0AX-Evil:%20yes",
    "%00X-Evil:%20yes",
    "%C2%85X-Evil:%20yes",
    "%E2%80%A8X-Evil:%20yes",
    "%E5%98%8D%E5%98%8AX-Evil:%20yes",
    "%250D%250AX-Evil:%20yes",
];

/// An answer without an attacker's header.
fn is_whole(answer: &Answer, what: &str) {
    let mut names = answer.headers.keys().map(|name| name.as_str());
    let evil = names.any(|name| name.starts_with("x-evil"));
    assert!(!evil, "{what}: {answer:?}");
    assert!(answer.status < 500, "{what}: {answer:?}");
}

/// No received mail has an attacker's header.
fn mails_are_whole(app: &TestApp) {
    for mail in app.catcher.mails() {
        let content = String::from_utf8(mail.content).unwrap();
        let (head, _) = content.split_once("\r\n\r\n").unwrap();
        for line in head.lines() {
            let line = line.to_lowercase();
            assert!(
                !line.starts_with("x-evil") && !line.starts_with("bcc"),
                "{head}"
            );
        }
        for name in ["from:", "to:", "subject:", "message-id:", "content-type:"] {
            let count = head
                .lines()
                .filter(|line| line.to_lowercase().starts_with(name))
                .count();
            assert_eq!(count, 1, "{name} in {head}");
        }
        assert!(!head.replace("\r\n", "").contains(['\r', '\n']), "{head:?}");
    }
    assert!(
        app.catcher.faults().is_empty(),
        "{:?}",
        app.catcher.faults()
    );
}

async fn no_field_of_a_form_gets_into_a_header(db: Db) {
    let app = TestApp::tuned(db, verdict::catcher::Behaviour::new(), |config| {
        config.join.per_network = 1_000_000;
        config.join.per_address = 1_000_000;
    })
    .await;
    app.issue(SLUG)
        .reader(ADA)
        .await
        .reader("ben@example.com")
        .await
        .send(SLUG)
        .await;
    let leave = app.unsubscribe_link("ben@example.com");
    let vote = app.link(ADA, "/v/");
    let settings = settings_link(&app, ADA).await;
    for broken in BREAKS {
        for (name, rest) in [
            ("email", "&name=Eve"),
            ("name", "&email=new@example.org"),
            ("time_zone", "&email=new@example.org"),
            ("form", "&email=new@example.org"),
            ("website", "&email=new@example.org"),
            ("stamp", "&email=new@example.org"),
        ] {
            let form = format!("{name}=a@example.com{broken}{rest}");
            is_whole(&sign_up(&app, &form).await, &form);
        }
        for (url, fields) in [
            (
                settings.clone(),
                &["name", "time_zone", "frequency", "pause"][..],
            ),
            (format!("{settings}/address"), &["email"]),
            (leave.clone(), &["instead", "why", "reason"]),
            (vote.clone(), &["verdict"]),
        ] {
            for field in fields {
                let form = format!("{field}=a@example.com{broken}");
                is_whole(&http::post(&url, &form).await, &form);
            }
        }
        for path in [
            format!("/issues?q={broken}&category={broken}&page={broken}"),
            format!("/issues/{broken}"),
            format!("/tools/{broken}"),
            format!("/{broken}"),
            format!("/u/{broken}"),
            format!("/subscribe?{broken}={broken}"),
        ] {
            is_whole(&http::get(&format!("{}{path}", app.site)).await, &path);
        }
    }
    app.deliver_outbox().await;
    app.issue("second").send("second").await;
    mails_are_whole(&app);
    assert!(app.catcher.for_recipient(ADA).len() >= 2);
}

async fn a_name_is_a_name_wherever_it_stands(db: Db) {
    let app = TestApp::on(db).await;
    let names = [
        "\"; Bcc: eve@example.net",
        "Ada <eve@example.net>, Eve",
        "=?utf-8?q?=0D=0ABcc:_eve@example.net?=",
        "a\u{2028}Bcc: eve@example.net",
        "\u{202e}gro.elpmaxe@eve",
        "{{name}} %name% ${name} {unsubscribe_url}",
        "\u{feff}\u{200b}\u{fffe}",
        "../../etc/passwd",
        "'; DROP TABLE subscribers; --",
        "</p><script>owned=1</script>",
    ];
    for (number, name) in names.iter().enumerate() {
        app.named_reader(&format!("reader-{number}@example.com"), Some(name))
            .await;
    }
    app.issue(SLUG).send(SLUG).await;
    assert_eq!(app.catcher.len(), names.len());
    mails_are_whole(&app);
    for (number, name) in names.iter().enumerate() {
        let email = format!("reader-{number}@example.com");
        let mail = app.catcher.for_recipient(&email).remove(0);
        let message = mail_parser::MessageParser::default()
            .parse(&mail.content)
            .unwrap();
        let to: Vec<_> = message
            .to()
            .unwrap()
            .iter()
            .map(|one| one.address().unwrap())
            .collect();
        assert_eq!(to, [email.as_str()], "{name}");
        let html = message.body_html(0).unwrap();
        assert!(!html.contains("<script"), "{name}");
    }
}

async fn a_form_in_the_wrong_place_changes_nothing_else(db: Db) {
    let app = sent(db).await;
    app.named_reader("ben@example.com", Some("Ben")).await;
    let settings = settings_link(&app, ADA).await;
    // Fields that the form does not have.
    let form = "name=Ada&id=2&subscriber=2&address=eve@example.net&email=eve@example.net\
                &consent=erased&token=x&address_key=eve@example.net";
    assert_eq!(http::post(&settings, form).await.status, 200);
    let ada = find_subscriber(&app.store, ADA).await.unwrap();
    assert_eq!(
        (
            ada.name.as_deref(),
            ada.address.as_ref().map(Address::as_given)
        ),
        (Some("Ada"), Some(ADA))
    );
    let ben = find_subscriber(&app.store, "ben@example.com")
        .await
        .unwrap();
    assert_eq!(ben.name.as_deref(), Some("Ben"));
    assert!(
        find_subscriber(&app.store, "eve@example.net")
            .await
            .is_none()
    );
}

/// A one-line file that must not let an editor inject a line break.
#[tokio::test]
async fn no_field_of_an_issue_gets_into_a_header() {
    let app = sent(Db::Sqlite).await;
    let evil = "x\\r\\nBcc: eve@example.net";
    let top = |key: &str| {
        sample_issue("evil").replacen("status", &format!("{key} = \"{evil}\"\nstatus"), 1)
    };
    let field = |key: &str| {
        let issue = sample_issue("evil");
        let (before, rest) = issue
            .split_once(&format!("\n{key} = "))
            .expect("the key is there");
        let (_, after) = rest.split_once('\n').unwrap();
        format!("{before}\n{key} = \"{evil}\"\n{after}")
    };
    let question = sample_issue("evil").replace("Which of the two in evil?", evil);
    let mut refused = 0;
    for issue in ["title", "subject", "preheader"]
        .map(top)
        .into_iter()
        .chain(
            [
                "name", "maker", "category", "tagline", "price", "url", "reviewer", "verdict",
            ]
            .map(field),
        )
        .chain([question])
    {
        app.issue_file("evil", &issue);
        let opened = edition::open(&app, "evil").await;
        assert!(opened.is_err(), "{issue}");
        refused += 1;
    }
    assert_eq!(refused, 12);
    // The newsletter's name is in From and in the subject of notices.
    assert!(Address::parse("eve@example.net\r\nBcc: x@example.net").is_err());
    app.issue("evil").send("evil").await;
    mails_are_whole(&app);
}

/// Characters that XML does not allow: some feed readers drop the whole feed for one of them.
#[tokio::test]
async fn no_character_of_an_issue_breaks_the_feed_or_the_card() {
    let app = TestApp::on(Db::Sqlite).await;
    let odd = "\u{fffe}\u{ffff}\u{feff}\u{202e}\u{10ffff}]]>&#xfffe;&lt;";
    let issue = sample_issue("odd")
        .replace("Alpha of odd", &format!("Alpha{odd}"))
        .replace("An intro.", odd)
        .replace("What *", &format!("{odd} *"));
    app.issue_file("odd", &issue).reader(ADA).await;
    app.send("odd").await;
    let feed = http::get(&format!("{}/feed.xml", app.site)).await;
    assert_eq!(feed.status, 200);
    assert!(feed.body.contains("<title>Alpha"), "{}", feed.body);
    usvg::roxmltree::Document::parse(&feed.body).expect("well-formed");
    let sitemap = http::get(&format!("{}/sitemap.xml", app.site)).await;
    usvg::roxmltree::Document::parse(&sitemap.body).expect("well-formed");
    let card = http::get(&format!("{}/issues/odd/card.png", app.site)).await;
    assert_eq!(card.status, 200);
}

/// A `multipart/form-data` form that is too short, by its length and by its lines.
#[tokio::test]
async fn a_truncated_form_is_a_bad_request() {
    let app = sent(Db::Sqlite).await;
    let link = app.unsubscribe_link(ADA).replace(&app.site, "");
    let begun = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Cl";
    for path in [&*link, "/subscribe"] {
        for (length, cut) in [
            (9_000, begun),
            (begun.len(), begun),
            (9_000, ""),
            (9_000, &begun[..9]),
        ] {
            let mut stream = tokio::net::TcpStream::connect(super::host(&app))
                .await
                .unwrap();
            let request = format!(
                "POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\n\
                 Content-Length: {length}\r\n\r\n{cut}"
            );
            tokio::io::AsyncWriteExt::write_all(&mut stream, request.as_bytes())
                .await
                .unwrap();
            tokio::io::AsyncWriteExt::shutdown(&mut stream)
                .await
                .unwrap();
            let answer = super::until_closed(&mut stream).await;
            assert_eq!(super::status(&answer), 400, "{path} {cut:?}: {answer}");
        }
    }
    assert!(
        app.consent(ADA).await.may_receive(),
        "an incomplete click does nothing"
    );
}

async fn a_media_type_is_known_in_any_case(db: Db) {
    let app = sent(db).await;
    let link = app.unsubscribe_link(ADA);
    let body = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n";
    let answer = http::post_as("Multipart/Form-Data; Boundary=b", &link, body).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (200, "You’re unsubscribed.\n")
    );
    assert!(!app.consent(ADA).await.may_receive());
}
