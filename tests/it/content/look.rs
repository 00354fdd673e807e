//! The rules about the finished mail (V016 to V018) find what our templates do wrong, so no issue file breaks them:
//! unit tests beside the rules break a mail. Here, the looks that a newsletter can choose keep them.

use serde_json::Value;
use templates::locale::Locale;

use super::{GOOD, run};
use crate::test_app::{stdout, verdict};

#[test]
fn no_language_logo_or_accent_makes_the_mail_hard_to_read() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().to_str().unwrap();
    stdout(&verdict(dir.path(), &["init", path]));
    let issues = dir.path().join("issues");
    std::fs::write(issues.join("a-vs-b.toml"), GOOD).unwrap();
    std::fs::write(dir.path().join("logo.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    let config = dir.path().join("verdict.toml");
    let plain = std::fs::read_to_string(&config).unwrap();
    for language in Locale::tags() {
        // The palest grey that the configuration accepts, and its darkest color.
        for accent in ["#676767", "#000000"] {
            let look = format!(
                "[newsletter]\nlanguage = \"{language}\"\naccent = \"{accent}\"\nlogo = \"logo.png\"\nmail_logo = true"
            );
            std::fs::write(&config, plain.replacen("[newsletter]", &look, 1)).unwrap();
            let output = run(dir.path(), &["--format", "json"]);
            let found: Vec<Value> = serde_json::from_str(&stdout(&output)).unwrap();
            let of_the_mail = found.iter().map(|one| one["code"].as_str().unwrap());
            let of_the_mail = of_the_mail.filter(|code| ["V016", "V017", "V018"].contains(code));
            assert_eq!(of_the_mail.count(), 0, "{language} {accent}: {found:#?}");
        }
    }
}
