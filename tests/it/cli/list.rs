//! `verdict subscribers`: import, add, remove, list, export; and `init`.

use super::Instance;

#[test]
fn an_import_takes_what_is_right_and_reports_the_rest() {
    let instance = Instance::new();
    let mut list = b"\xef\xbb\xbfname,email,time_zone\r\n".to_vec();
    list.extend_from_slice("Ada,ada@example.com,Europe/London\r\n".as_bytes());
    list.extend_from_slice(b"\"Two\nlines\",two@example.com,\r\n");
    list.extend_from_slice(b"Latin \xe9,latin@example.com,\r\n");
    list.extend_from_slice(b"short\r\n");
    list.extend_from_slice(b"Zone,zone@example.com,Mars/Phobos\r\n");
    list.extend_from_slice("\"Quoted, name\",grace@example.org,\r\n".as_bytes());
    list.extend_from_slice(b"Again,ADA@Example.COM,\r\n");
    let file = instance.file("list.csv", list);
    let said = instance.rejects(&["subscribers", "import", &file, "--confirmed"]);
    let numbers: Vec<&str> = said
        .lines()
        .take(4)
        .filter_map(|line| line.split_whitespace().last())
        .collect();
    assert_eq!(numbers, ["5", "1", "0", "1"], "{said}");
    let rejected = std::fs::read_to_string(format!("{file}.rejected.csv")).unwrap();
    for said in [
        "list.csv,3,mended,line breaks or control characters",
        "list.csv,6,rejected,the address is empty",
        "list.csv,7,mended,the time zone is unknown",
    ] {
        assert!(rejected.contains(said), "{said}\n{rejected}");
    }
    let listed = instance.says(&["subscribers", "list"]);
    assert_eq!(listed.lines().count(), 5);
    assert!(
        listed.contains("grace@example.org\tconfirmed\tQuoted, name\t"),
        "{listed}"
    );
}

#[test]
fn importing_twice_changes_nothing_and_who_left_stays_off() {
    let instance = Instance::new();
    let file = instance.file(
        "list.csv",
        "email\na@example.com\nb@example.com\nc@example.com\n",
    );
    instance.says(&["subscribers", "import", &file, "--confirmed"]);
    let before = instance.says(&["subscribers", "export"]);
    instance.says(&["subscribers", "import", &file, "--confirmed"]);
    assert_eq!(instance.says(&["subscribers", "export"]), before);

    instance.says(&["subscribers", "remove", "a@example.com"]);
    instance.says(&["subscribers", "remove", "b@example.com", "--erase"]);
    let said = instance.says(&["subscribers", "import", &file, "--confirmed"]);
    assert!(said.contains("suppressed     2"), "{said}");
    let confirmed = instance.says(&["subscribers", "list", "--consent", "confirmed"]);
    assert_eq!(confirmed.lines().count(), 1);
    assert!(
        !instance
            .says(&["subscribers", "list"])
            .contains("b@example.com"),
        "erased"
    );
    for email in ["a@example.com", "b@example.com"] {
        assert!(
            instance
                .refuses(&["subscribers", "add", email])
                .contains("suppressed")
        );
    }
}

#[test]
fn a_list_without_consent_is_pending_and_gets_nothing() {
    let instance = Instance::new();
    instance.issue("tea-vs-coffee");
    let file = instance.file("list.csv", "email\na@example.com\n");
    instance.says(&["subscribers", "import", &file]);
    let said = instance.says(&["send", "tea-vs-coffee", "--dry-run"]);
    assert!(said.contains("0 readers"), "{said}");
    let said = instance.says(&["subscribers", "import", &file, "--confirmed"]);
    assert!(
        said.contains("1 of those already known has not confirmed"),
        "{said}"
    );
    let said = instance.says(&["send", "tea-vs-coffee", "--dry-run"]);
    assert!(said.contains("0 readers"), "{said}");
    let said = instance.says(&["subscribers", "add", "a@example.com"]);
    assert!(said.contains("confirmed"), "{said}");
    let said = instance.says(&["send", "tea-vs-coffee", "--dry-run"]);
    assert!(
        said.contains("a@example.com") && said.contains("1 reader"),
        "{said}"
    );
}

#[test]
fn an_export_can_be_imported_elsewhere() {
    let (here, there) = (Instance::new(), Instance::new());
    here.says(&[
        "subscribers",
        "add",
        "ada@example.com",
        "--name",
        "Ada, \"Countess\"",
        "--time-zone",
        "Europe/London",
    ]);
    here.says(&["subscribers", "add", "зоя@example.org", "--name", "Зоя"]);
    let file = here.path().join("out.csv");
    here.says(&["subscribers", "export", file.to_str().unwrap()]);
    there.says(&[
        "subscribers",
        "import",
        file.to_str().unwrap(),
        "--confirmed",
    ]);
    assert_eq!(
        here.says(&["subscribers", "list"]),
        there.says(&["subscribers", "list"])
    );
    assert!(
        here.refuses(&["subscribers", "export", file.to_str().unwrap()])
            .contains("out.csv")
    );
}

#[test]
fn what_cannot_be_an_entry_is_refused_with_a_reason() {
    let instance = Instance::new();
    for args in [
        &["subscribers", "add", "no-at-sign"][..],
        &[
            "subscribers",
            "add",
            "a@example.com",
            "--name",
            "a\r\nBcc: b@example.com",
        ],
        &[
            "subscribers",
            "add",
            "a@example.com",
            "--time-zone",
            "Mars/Phobos",
        ],
        &["subscribers", "remove", "nobody"],
        &["why", "nobody@example.com"],
    ] {
        assert!(instance.refuses(args).len() > 20, "{args:?}");
    }
    assert_eq!(instance.says(&["subscribers", "list"]), "");
}

#[test]
fn a_new_instance_works_and_is_not_overwritten() {
    let instance = Instance::new();
    assert!(instance.says(&["check"]).contains("0 issue files checked"));
    let dir = instance.path().to_str().unwrap().to_owned();
    assert!(instance.refuses(&["init", &dir]).contains("exists already"));
    instance.says(&["subscribers", "list"]);
    use std::os::unix::fs::PermissionsExt as _;
    let key = std::fs::metadata(instance.path().join("secret.key")).unwrap();
    assert_eq!(key.permissions().mode() & 0o777, 0o600);
    let ignored = std::fs::read_to_string(instance.path().join(".gitignore")).unwrap();
    assert!(ignored.contains("secret.key"), "{ignored}");
}

#[test]
fn a_large_list_goes_in_and_comes_out_whole() {
    let instance = Instance::new();
    let mut list = String::from("email,name\n");
    for number in 0..200_000 {
        list += &format!("reader-{number}@example.com,Reader {number}\n");
    }
    let file = instance.file("list.csv", &list);
    let said = instance.says(&["subscribers", "import", &file, "--confirmed"]);
    assert!(said.contains("accepted       200000"), "{said}");
    assert_eq!(
        instance.says(&["subscribers", "export"]).lines().count(),
        200_001
    );
}
