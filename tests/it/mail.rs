//! The mail itself: what arrives over SMTP, read by an independent mail parser.

use lettre::message::{MultiPart, SinglePart};
use mail_parser::{HeaderValue, Message, MessageParser, MimeHeaders};
use subscribers::address::Address;
use subscribers::token::{Purpose, verify, verify_local_part};

use crate::database::Db;
use crate::test_app::{TestApp, sample_issue};

const SLUG: &str = "tea-vs-coffee";

/// The mail that one reader received.
async fn received(app: &TestApp, email: &str) -> Vec<u8> {
    app.send(SLUG).await;
    app.catcher
        .for_recipient(email)
        .pop()
        .expect("a mail arrived")
        .content
}

fn parse(content: &[u8]) -> Message<'_> {
    MessageParser::default().parse(content).expect("a mail")
}

/// A header's value as written in the mail, unfolded.
fn header(content: &[u8], name: &str) -> Option<String> {
    let text = std::str::from_utf8(content).unwrap();
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    let head = head.replace("\r\n ", " ");
    head.split("\r\n").find_map(|line| {
        let (key, value) = line.split_once(": ")?;
        key.eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    })
}

#[tokio::test]
async fn every_expected_header_is_there() {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue(SLUG)
        .named_reader("ada@example.com", Some("Ada Lovelace"))
        .await;
    let content = received(&app, "ada@example.com").await;
    let of = |name: &str| header(&content, name).unwrap_or_else(|| panic!("no {name}"));
    assert_eq!(of("From"), "Verdict <weekly@example.org>");
    assert_eq!(of("To"), "\"Ada Lovelace\" <ada@example.com>");
    assert_eq!(
        of("Subject"),
        "Alpha of tea-vs-coffee vs Beta of tea-vs-coffee"
    );
    assert_eq!(of("Date"), "Mon, 23 Nov 2026 09:00:00 +0100");
    assert!(of("Message-ID").ends_with("@example.org>"));
    assert_eq!(of("List-Id"), "\"Weekly AI Tool Verdicts\" <example.org>");
    assert!(of("List-Unsubscribe").starts_with(&format!("<{}/u/", app.site)));
    assert_eq!(of("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    assert_eq!(of("List-Archive"), format!("<{}/issues>", app.site));
    assert_eq!(of("List-Help"), "<mailto:weekly@example.org?subject=help>");
    assert_eq!(of("Feedback-ID"), "tea-vs-coffee:edition:exampleorg");
    assert_eq!(of("Precedence"), "bulk");
    let delivery = verify(&app.key, &of("Verdict-Delivery"), Purpose::Delivery);
    let edition = app.edition(SLUG).await.id;
    assert_eq!(
        delivery.map(|token| (token.subscriber, token.about)),
        Ok((1, edition))
    );
    let from = &app.catcher.for_recipient("ada@example.com")[0].from;
    assert!(
        from.starts_with("weekly+") && from.ends_with("@example.org"),
        "VERP: {from}"
    );
}

#[tokio::test]
async fn both_parts_are_complete_and_text_comes_first() {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue(SLUG).reader("ada@example.com").await;
    let content = received(&app, "ada@example.com").await;
    let message = parse(&content);
    assert_eq!(
        message.content_type().unwrap().subtype(),
        Some("alternative")
    );
    let (text, html) = (message.body_text(0).unwrap(), message.body_html(0).unwrap());
    let link = app.unsubscribe_link("ada@example.com");
    for part in [&text, &html] {
        for printed in [
            "Alpha of tea-vs-coffee",
            "Beta of tea-vs-coffee",
            "ada@example.com",
            "1 Sample Street",
            "Hello,",
            &link,
            "Alpha of tea-vs-coffee: ship it.",
        ] {
            assert!(part.contains(printed), "{printed} in {part}");
        }
    }
    let first = content
        .windows(10)
        .position(|at| at == b"text/plain")
        .unwrap();
    assert!(
        first
            < content
                .windows(9)
                .position(|at| at == b"text/html")
                .unwrap()
    );
    assert!(!html.contains("<img") && !html.contains("<script"));
}

#[tokio::test]
async fn the_wire_form_is_plain() {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue(SLUG)
        .named_reader("ada@example.com", Some("Ада .Лавлейс & \"Со\""))
        .await;
    let content = received(&app, "ada@example.com").await;
    assert!(content.is_ascii() && content.ends_with(b"\r\n"));
    for line in std::str::from_utf8(&content).unwrap().split("\r\n") {
        assert!(line.len() <= 76, "{line}");
        assert!(!line.starts_with('.'), "{line}");
        assert!(!line.contains(['\r', '\n', '\u{2}', '\u{3}']), "{line:?}");
    }
    assert!(content.len() < 100 * 1024);
    assert!(app.catcher.faults().is_empty());
}

#[tokio::test]
async fn a_name_is_encoded_for_the_place_it_stands_in() {
    let app = TestApp::on(Db::Sqlite).await;
    let name = "<b>Зоя</b> \"& Co\"";
    app.issue(SLUG)
        .named_reader("zoya@example.com", Some(name))
        .await;
    let content = received(&app, "zoya@example.com").await;
    let message = parse(&content);
    assert_eq!(message.to().unwrap().first().unwrap().name(), Some(name));
    assert!(
        message
            .body_text(0)
            .unwrap()
            .contains(&format!("Hi {name},"))
    );
    let html = message.body_html(0).unwrap();
    assert!(
        html.contains("Hi &lt;b&gt;Зоя&lt;/b&gt; &quot;&amp; Co&quot;,"),
        "{html}"
    );
}

#[tokio::test]
async fn each_reader_has_links_and_a_message_id_of_their_own() {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue(SLUG).readers(2).await;
    app.send(SLUG).await;
    let mails = app.catcher.mails();
    let ids: Vec<_> = mails
        .iter()
        .map(|mail| header(&mail.content, "Message-ID"))
        .collect();
    assert_ne!(ids[0], ids[1]);
    let links = [1, 2].map(|n| app.unsubscribe_link(&format!("reader-{n}@example.com")));
    assert_ne!(links[0], links[1]);
}

#[tokio::test]
async fn an_address_outside_ascii_is_written_as_the_wire_wants_it() {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue(SLUG).reader("anna@bücher.example.org").await;
    app.reader("зоя@example.org").await;
    app.send(SLUG).await;
    let wire = app.catcher.for_recipient("anna@xn--bcher-kva.example.org");
    assert_eq!(wire.len(), 1);
    assert_eq!(
        header(&wire[0].content, "To").unwrap(),
        "anna@xn--bcher-kva.example.org"
    );
    let why = String::from_utf8(app.verdict(&["why", "зоя@example.org"]).stdout).unwrap();
    assert_eq!(
        app.catcher.for_recipient("зоя@example.org").len(),
        1,
        "{why}"
    );
}

/// The same content through lettre's own builder decodes to the same parts.
#[tokio::test]
async fn lettres_builder_is_the_oracle() {
    let app = TestApp::on(Db::Sqlite).await;
    let issue = sample_issue(SLUG).replace(
        "An intro.",
        ".A dot, a = sign, naïve “quotes” — and 中文 \\\\ ",
    );
    app.issue_file(SLUG, &issue)
        .named_reader("ada@example.com", Some("Ada"))
        .await;
    let content = received(&app, "ada@example.com").await;
    let ours = parse(&content);
    let (text, html) = (ours.body_text(0).unwrap(), ours.body_html(0).unwrap());
    let built = lettre::Message::builder()
        .from("Verdict <weekly@example.org>".parse().unwrap())
        .to("\"Ada\" <ada@example.com>".parse().unwrap())
        .subject(ours.subject().unwrap())
        .multipart(
            MultiPart::alternative()
                .singlepart(SinglePart::plain(text.to_string()))
                .singlepart(SinglePart::html(html.to_string())),
        )
        .unwrap()
        .formatted();
    let theirs = parse(&built);
    assert_eq!(text.trim_end(), theirs.body_text(0).unwrap().trim_end());
    assert_eq!(html.trim_end(), theirs.body_html(0).unwrap().trim_end());
    assert_eq!(ours.subject(), theirs.subject());
    assert_eq!(address(&ours), address(&theirs));
}

fn address(message: &Message<'_>) -> Option<String> {
    match message.header("To") {
        Some(HeaderValue::Address(address)) => address
            .first()
            .and_then(|to| to.address())
            .map(str::to_owned),
        _ => None,
    }
}

/// The complete normalised mail; personal values and those of this run are replaced by their names.
#[tokio::test]
async fn the_whole_mail_is_as_reviewed() {
    let app = TestApp::on(Db::Sqlite).await;
    app.issue(SLUG)
        .named_reader("ada@example.com", Some("Ada"))
        .await;
    let content = received(&app, "ada@example.com").await;
    let token = app.unsubscribe_link("ada@example.com");
    let token = token.rsplit('/').next().unwrap();
    let message = parse(&content);
    let boundary = message
        .content_type()
        .unwrap()
        .attribute("boundary")
        .unwrap();
    let vote = app.link("ada@example.com", "/v/");
    let id = message.message_id().unwrap().split('@').next().unwrap();
    let head = String::from_utf8(content.clone()).unwrap();
    let head = head.split("\r\n\r\n").next().unwrap();
    let whole = format!("{head}\n\n{}", message.body_text(0).unwrap());
    let whole = [
        (token, "TOKEN"),
        (vote.split('/').nth(4).unwrap(), "VOTE"),
        (&header(&content, "Verdict-Delivery").unwrap(), "DELIVERY"),
        (boundary, "BOUNDARY"),
        (id, "ID"),
        (&app.site, "SITE"),
    ]
    .into_iter()
    .fold(whole, |text, (from, to)| text.replace(from, to));
    insta::assert_snapshot!(whole.replace('\r', ""));
}

#[tokio::test]
async fn an_unsubscribe_mail_goes_to_its_own_address_if_configured() {
    let leave = |config: &mut verdict::config::Config| {
        let address = Address::parse("le&a%ve?@example.net").unwrap();
        config.smtp.unsubscribe_address = Some(address);
    };
    let app = TestApp::tuned(Db::Sqlite, verdict::catcher::Behaviour::new(), leave).await;
    app.issue(SLUG).reader("ada@example.com").await;
    let content = received(&app, "ada@example.com").await;
    let text = String::from_utf8(content).unwrap();
    let (_, header) = text.split_once("List-Unsubscribe: ").unwrap();
    let (header, _) = header.split_once("\r\nList-Unsubscribe-Post").unwrap();
    let (https, mailto) = header.split_once(",\r\n ").unwrap();
    assert!(https.starts_with(&format!("<{}/u/", app.site)), "{header}");
    let token = mailto.strip_prefix("<mailto:le%26a%25ve%3F+").unwrap();
    let token = token
        .strip_suffix("@example.net?subject=unsubscribe>")
        .unwrap();
    let key = &app.key;
    let read = verify_local_part(key, token, Purpose::Unsubscribe).unwrap();
    assert_eq!((read.subscriber, read.about), (1, 1));
    assert!(verify_local_part(key, token, Purpose::Bounce).is_err());
}

/// RFC 2047 §6.1: text that looks like an encoded word is decoded, unless it is encoded itself.
#[tokio::test]
async fn a_subject_that_looks_encoded_arrives_as_it_was_typed() {
    let long = "a ä =?utf-8?b?".repeat(8);
    for subject in [
        "=?utf-8?q?x?=",
        "is =?iso-8859-1?b?YQ==?= right",
        "a =?",
        "漢 =?utf-8?q?x?=",
        &long,
    ] {
        let app = TestApp::on(Db::Sqlite).await;
        let issue =
            sample_issue(SLUG).replacen("status", &format!("subject = \"{subject}\"\nstatus"), 1);
        app.issue_file(SLUG, &issue).reader("ada@example.com").await;
        let content = received(&app, "ada@example.com").await;
        assert_eq!(
            parse(&content).subject(),
            Some(subject.trim()),
            "{:?}",
            header(&content, "Subject")
        );
        let head = String::from_utf8_lossy(&content);
        let (head, _) = head.split_once("\r\n\r\n").unwrap();
        assert!(head.lines().all(|line| line.len() <= 78), "{head}");
    }
}

/// Mail programs also decode quoted text, against RFC 2047 §5.
#[tokio::test]
async fn a_name_that_looks_encoded_arrives_as_it_was_typed() {
    let named = |name: &str, email: &str| {
        let email = email.parse().unwrap();
        lettre::message::Mailbox::new(Some(name.to_owned()), email)
    };
    let [us, answers, ada] = ["=?utf-8?q?us?=", "to =?utf-8?b?YQ==?=", "A =?utf-8?q?x?="];
    let app = TestApp::tuned(Db::Sqlite, verdict::catcher::Behaviour::new(), |config| {
        config.newsletter.name = us.to_owned();
        config.newsletter.from = named(us, "verdict@example.org");
        config.newsletter.reply_to = Some(named(answers, "answers@example.org"));
    })
    .await;
    app.issue(SLUG)
        .named_reader("ada@example.com", Some(ada))
        .await;
    let edition = received(&app, "ada@example.com").await;
    crate::joining::sign_up(&app, "new@example.com", "").await;
    app.deliver_outbox().await;
    let confirmation = app.catcher.for_recipient("new@example.com").pop();
    let confirmation = confirmation.expect("a confirmation mail").content;
    for content in [&edition, &confirmation] {
        let message = parse(content);
        let name = |address: Option<&mail_parser::Address<'_>>| {
            let first = address.and_then(|address| address.first());
            first.and_then(|first| first.name().map(str::to_owned))
        };
        let text = String::from_utf8_lossy(content);
        let (head, _) = text.split_once("\r\n\r\n").unwrap();
        assert_eq!(name(message.from()).as_deref(), Some(us), "{head}");
        assert_eq!(name(message.reply_to()).as_deref(), Some(answers), "{head}");
        for typed in [us, answers, ada] {
            assert!(!head.contains(typed), "{head}");
        }
    }
    let to = parse(&edition)
        .to()
        .unwrap()
        .first()
        .unwrap()
        .name()
        .map(str::to_owned);
    assert_eq!(to.as_deref(), Some(ada));
    let confirmation = parse(&confirmation);
    assert!(confirmation.subject().unwrap().contains(us));
}

/// A browser turns it into `https://evil.example.net/x`, so every page and mail must show that.
#[tokio::test]
async fn an_address_is_emitted_as_a_browser_reads_it() {
    let app = TestApp::on(Db::Sqlite).await;
    let written = "HTTPS://EXAMPLE.com:443/a/../bü%7e?q=ä#ß";
    let parsed = "https://example.com/b%C3%BC%7e?q=%C3%A4#%C3%9F";
    let issue = sample_issue(SLUG)
        .replacen("https://example.com/tea-vs-coffee", written, 1)
        .replacen(
            "[[tools.reviews]]",
            &format!(
                "facts = [{{ text = \"A fact.\", source = \"{written}\" }}]\n[[tools.reviews]]"
            ),
            1,
        );
    app.issue_file(SLUG, &issue).reader("ada@example.com").await;
    let content = received(&app, "ada@example.com").await;
    let message = parse(&content);
    let page = crate::http::get(&format!("{}/issues/{SLUG}", app.site))
        .await
        .body;
    let feed = crate::http::get(&format!("{}/feed.xml", app.site))
        .await
        .body;
    for (what, text) in [
        ("text", message.body_text(0).unwrap().into_owned()),
        ("html", message.body_html(0).unwrap().into_owned()),
        ("page", page),
    ] {
        assert!(text.contains(parsed), "{what}: {text}");
    }
    for text in [&feed, &String::from_utf8_lossy(&content).into_owned()] {
        assert!(!text.contains("EXAMPLE.com:443"), "{text}");
    }
}
