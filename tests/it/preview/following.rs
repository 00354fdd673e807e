//! It follows the files as they are saved, whatever is in them.

use std::fs;

use super::{Preview, SLUG, asking, instance, save};
use crate::test_app::sample_issue;

#[tokio::test]
async fn a_save_is_an_event_and_another_picture() {
    let preview = Preview::start().await;
    let mut events = preview.events_of_issue().await;
    let first = events.next().await.unwrap();
    let page = preview.get(&format!("/issues/{SLUG}")).await.body;
    assert!(
        page.contains(&format!("data-revision=\"{first}\"")),
        "{page}"
    );
    preview.save(asking("Which one wakes you?"));
    let second = events.next().await.unwrap();
    assert_ne!(first, second);
    let mail = preview.get(&format!("/issues/{SLUG}/mail")).await.body;
    assert!(
        mail.contains("id=\"changed\"") && mail.contains("Which one wakes you?"),
        "{mail}"
    );
    // A comment changes no picture.
    let frames = |page: &str| page.split("v=").nth(1).unwrap()[..16].to_owned();
    let before = preview.get(&format!("/issues/{SLUG}")).await.body;
    preview.save(format!("# a note\n{}", asking("Which one wakes you?")));
    assert_ne!(events.next().await.unwrap(), second);
    let after = preview.get(&format!("/issues/{SLUG}")).await.body;
    assert_eq!(frames(&before), frames(&after));
}

#[tokio::test]
async fn a_broken_file_keeps_the_last_picture_and_names_the_line() {
    let preview = Preview::start().await;
    let mut events = preview.events_of_issue().await;
    events.next().await;
    preview.save(asking("Broken?").replacen("maker = ", "makr = ", 1));
    events.next().await;
    let page = preview.get(&format!("/issues/{SLUG}")).await.body;
    assert!(
        page.contains("unknown key <code>makr</code>, did you mean <code>maker</code>?"),
        "{page}"
    );
    assert!(page.contains("Line <b>7</b>, column 1"), "{page}");
    assert!(page.contains("<mark>makr</mark>"), "{page}");
    assert!(
        page.contains("This is the last version without any."),
        "{page}"
    );
    let mail = preview.get(&format!("/issues/{SLUG}/mail")).await.body;
    assert!(
        mail.contains("Which of the two in tea-vs-coffee?"),
        "{mail}"
    );
    preview.save(asking("Mended?"));
    events.next().await;
    let page = preview.get(&format!("/issues/{SLUG}")).await.body;
    assert!(page.contains("No problems found."), "{page}");
}

#[tokio::test]
async fn a_file_that_was_never_right_shows_only_what_is_wrong() {
    let dir = instance();
    save(dir.path(), SLUG, "question = 3\n");
    let preview = Preview::of(dir, &[]).await;
    let page = preview.get(&format!("/issues/{SLUG}")).await.body;
    assert!(
        page.contains("The file has errors. Correct them to see the mail."),
        "{page}"
    );
    assert!(!page.contains("<iframe"), "{page}");
    assert_eq!(
        preview.get(&format!("/issues/{SLUG}/mail")).await.status,
        404
    );
}

#[tokio::test]
async fn the_configuration_is_followed_too() {
    let preview = Preview::start().await;
    let mut events = preview.events_of_issue().await;
    events.next().await;
    let path = preview.dir.path().join("verdict.toml");
    let config = fs::read_to_string(&path).unwrap();
    let name = config
        .lines()
        .find(|line| line.starts_with("name = "))
        .unwrap();
    fs::write(&path, config.replace(name, "name = \"Renamed Weekly\"")).unwrap();
    events.next().await;
    let mail = preview.get(&format!("/issues/{SLUG}/mail")).await.body;
    assert!(mail.contains("Renamed Weekly"), "{mail}");
    fs::write(&path, "[newsletter]\nname = 3\n").unwrap();
    events.next().await;
    let page = preview.get(&format!("/issues/{SLUG}")).await.body;
    assert!(
        page.contains("<code>name</code> is a number, not a text") && page.contains("verdict.toml"),
        "{page}"
    );
    let mail = preview.get(&format!("/issues/{SLUG}/mail")).await.body;
    assert!(mail.contains("Renamed Weekly"), "{mail}");
}

#[tokio::test]
async fn no_file_stops_it() {
    let preview = Preview::start().await;
    let path = preview.save(sample_issue(SLUG));
    let mut events = preview.events_of_issue().await;
    events.next().await;
    for content in [
        b"\xff\xfe\x00broken".to_vec(),
        vec![b'\xff'; 1024 * 1024],
        vec![b'['; 1024 * 1024],
        vec![b' '; 1024 * 1024 + 1],
        format!("{}# {}", sample_issue(SLUG), "x".repeat(1024 * 1024)).into_bytes(),
        Vec::new(),
    ] {
        preview.save(content);
        events.next().await.unwrap();
        let page = preview.get(&format!("/issues/{SLUG}")).await;
        assert_eq!(page.status, 200);
        assert!(
            page.body.contains("class=\"finding error\""),
            "{}",
            page.body
        );
        assert!(page.bytes.len() < 300_000, "{}", page.bytes.len());
    }
    // Many saves, each by another name first, as some editors write.
    let other = path.with_extension("tmp");
    for number in 0..200 {
        fs::write(&other, asking(&format!("Number {number}?"))).unwrap();
        fs::remove_file(&path).unwrap();
        fs::rename(&other, &path).unwrap();
    }
    loop {
        events.next().await.unwrap();
        let mail = preview.get(&format!("/issues/{SLUG}/mail")).await.body;
        if mail.contains("Number 199?") {
            break;
        }
    }
    fs::remove_file(&path).unwrap();
    events.next().await.unwrap();
    let page = preview.get(&format!("/issues/{SLUG}")).await.body;
    assert!(page.contains("the file cannot be read"), "{page}");
    let mail = preview.get(&format!("/issues/{SLUG}/mail")).await.body;
    assert!(mail.contains("Number 199?"), "{mail}");
    preview.save(asking("Back?"));
    events.next().await.unwrap();
    let mail = preview.get(&format!("/issues/{SLUG}/mail")).await.body;
    assert!(mail.contains("Back?"), "{mail}");
}

#[tokio::test]
async fn many_tabs_follow_and_ctrl_c_ends_at_once() {
    let mut preview = Preview::start().await;
    let mut tabs = Vec::new();
    for _ in 0..40 {
        let mut tab = preview.events_of_issue().await;
        tab.next().await.unwrap();
        tabs.push(tab);
    }
    preview.save(asking("Do all see it?"));
    let mut seen = Vec::new();
    for tab in &mut tabs {
        seen.push(tab.next().await.unwrap());
    }
    seen.dedup();
    assert_eq!(seen.len(), 1);
    assert_eq!(preview.process.end_by("INT").await, Some(0));
    for tab in &mut tabs {
        assert_eq!(tab.next().await, None);
    }
}
