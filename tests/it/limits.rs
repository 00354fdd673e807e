//! An issue at its limits, in English and in Japanese: the longest names, and quotes as long as real reviewers write.

use mail_parser::MessageParser;
use templates::locale::Locale;
use verdict::catcher::Behaviour;

use crate::database::Db;
use crate::http;
use crate::test_app::{TestApp, stdout};

const ADA: &str = "ada@example.com";

/// Each with its language.
pub(crate) const ISSUES: [(&str, &str); 2] = [
    ("en", include_str!("limits/english.toml")),
    ("ja", include_str!("limits/japanese.toml")),
];

/// An instance in a language, that sent the issue `limits`.
pub(crate) async fn sent(language: &str, issue: &str) -> TestApp {
    let speak = |config: &mut verdict::config::Config| {
        config.newsletter.locale = Locale::new(language, &[]).0;
    };
    let app = TestApp::tuned(Db::Sqlite, Behaviour::new(), speak).await;
    app.issue_file("limits", issue).reader(ADA).await;
    app.send("limits").await;
    app
}

#[tokio::test]
async fn an_issue_at_its_limits_is_checked_and_sent_in_any_script() {
    for (language, issue) in ISSUES {
        let app = sent(language, issue).await;
        let findings = stdout(&app.verdict(&["check"]));
        let warnings = |code: &str| findings.matches(&format!("warning[{code}")).count();
        // This machine may have no font for Japanese.
        assert_eq!(
            warnings("V010") + warnings("no-font"),
            warnings(""),
            "{findings}"
        );

        let content = app.catcher.for_recipient(ADA).pop().unwrap().content;
        let message = MessageParser::default().parse(&content).unwrap();
        let [html, text] = [message.body_html(0).unwrap(), message.body_text(0).unwrap()];
        assert!(html.len() < 100_000, "{} bytes", html.len());
        println!(
            "{language}: {} bytes of HTML, {} sent",
            html.len(),
            content.len()
        );
        let page = http::get(&format!("{}/issues/limits", app.site)).await.body;
        let quotes: Vec<&str> = issue.split("quote = \"").skip(1).collect();
        assert_eq!(quotes.len(), 8);
        for part in [&*html, &*text, &page] {
            let part: String = part.split_whitespace().collect();
            for quote in &quotes {
                let end: String = quote
                    .split('"')
                    .next()
                    .unwrap()
                    .split_whitespace()
                    .collect();
                let end: String = end.chars().skip(end.chars().count() - 30).collect();
                assert!(part.contains(&end), "{language}: {end}");
            }
            assert!(part.contains("75%") && part.contains("100%"), "{part}");
        }
        for part in [&html, &text] {
            assert!(
                !part.contains("Community"),
                "{language}: nobody has voted yet"
            );
        }
        for line in text.lines().filter(|line| !line.contains("://")) {
            assert!(columns(line) <= 72, "{language}: {line}");
        }
    }
}

/// The columns of a line in a terminal: two for a character of Chinese or Japanese.
fn columns(line: &str) -> usize {
    let wide = |c: &char| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ff60}');
    line.chars().count() + line.chars().filter(wide).count()
}
