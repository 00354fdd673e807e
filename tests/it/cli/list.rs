//! `verdict subscribers`: import, add, remove, list, export; and `init`.

use super::{Instance, steady};

#[test]
fn an_import_takes_valid_rows_and_reports_the_others() {
    let _steady = steady();
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
    let printed = instance.rejects(&["subscribers", "import", &file, "--confirmed"]);
    insta::assert_snapshot!(printed, @"
    accepted       5
    already known  1
    suppressed     0
    rejected       1
    fixed          2
    The rows that were rejected or fixed are in [folder]/list.csv.rejected.csv, with line and reason.
    ");
    let rejected = std::fs::read_to_string(format!("{file}.rejected.csv")).unwrap();
    insta::assert_snapshot!(rejected, @"
    file,line,outcome,reason,row
    [folder]/list.csv,6,rejected,the address is empty,short
    [folder]/list.csv,3,fixed,line breaks or control characters in the name became spaces,
    [folder]/list.csv,7,fixed,the time zone is unknown and was left out,
    ");
    let listed = instance.prints(&["subscribers", "list"]);
    insta::assert_snapshot!(listed, @"
    ada@example.com\tconfirmed\tAda\tEurope/London\tevery\t
    grace@example.org\tconfirmed\tQuoted, name\t\tevery\t
    latin@example.com\tconfirmed\tLatin é\t\tevery\t
    two@example.com\tconfirmed\tTwo lines\t\tevery\t
    zone@example.com\tconfirmed\tZone\t\tevery
    ");
}

#[test]
fn importing_twice_changes_nothing_and_readers_who_left_stay_off() {
    let instance = Instance::new();
    let file = instance.file(
        "list.csv",
        "email\na@example.com\nb@example.com\nc@example.com\n",
    );
    instance.prints(&["subscribers", "import", &file, "--confirmed"]);
    let before = instance.prints(&["subscribers", "export"]);
    instance.prints(&["subscribers", "import", &file, "--confirmed"]);
    assert_eq!(instance.prints(&["subscribers", "export"]), before);

    instance.prints(&["subscribers", "remove", "a@example.com"]);
    instance.prints(&["subscribers", "remove", "b@example.com", "--erase"]);
    let printed = instance.prints(&["subscribers", "import", &file, "--confirmed"]);
    insta::assert_snapshot!(printed, @"
    accepted       0
    already known  1
    suppressed     2
    rejected       0
    ");
    let confirmed = instance.prints(&["subscribers", "list", "--consent", "confirmed"]);
    assert_eq!(confirmed, "c@example.com\tconfirmed\t\t\tevery\t\n");
    // Nothing remains of the erased reader.
    assert_eq!(
        instance.prints(&["subscribers", "list"]),
        "a@example.com\tunsubscribed\t\t\tevery\t\nc@example.com\tconfirmed\t\t\tevery\t\n"
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
    instance.prints(&["subscribers", "import", &file]);
    let nobody = instance.prints(&["send", "tea-vs-coffee", "--dry-run"]);
    insta::assert_snapshot!(nobody, @"
    Subject: Alpha of tea-vs-coffee vs Beta of tea-vs-coffee
    a@example.com\tpending
    It would go to 0 readers, so `verdict send` refuses it; 1 is left out. Nothing was written.
    ");
    let printed = instance.prints(&["subscribers", "import", &file, "--confirmed"]);
    insta::assert_snapshot!(printed, @"
    accepted       0
    already known  1
    suppressed     0
    rejected       0
    1 of those already known has not confirmed: pending readers stay pending and get no mail. They confirm by the link in their confirmation mail; if a reader has agreed in another way, run `verdict subscribers add EMAIL`.
    ");
    let printed = instance.prints(&["send", "tea-vs-coffee", "--dry-run"]);
    assert_eq!(printed, nobody);
    let printed = instance.prints(&["subscribers", "add", "a@example.com"]);
    insta::assert_snapshot!(printed, @"a@example.com: confirmed");
    let printed = instance.prints(&["send", "tea-vs-coffee", "--dry-run"]);
    insta::assert_snapshot!(printed, @"
    Subject: Alpha of tea-vs-coffee vs Beta of tea-vs-coffee
    a@example.com
    It would go to 1 reader. Nothing was written.
    ");
}

#[test]
fn an_export_can_be_imported_elsewhere() {
    let _steady = steady();
    let (here, there) = (Instance::new(), Instance::new());
    here.prints(&[
        "subscribers",
        "add",
        "ada@example.com",
        "--name",
        "Ada, \"Countess\"",
        "--time-zone",
        "Europe/London",
    ]);
    here.prints(&["subscribers", "add", "зоя@example.org", "--name", "Зоя"]);
    let file = here.path().join("out.csv");
    here.prints(&["subscribers", "export", file.to_str().unwrap()]);
    there.prints(&[
        "subscribers",
        "import",
        file.to_str().unwrap(),
        "--confirmed",
    ]);
    assert_eq!(
        here.prints(&["subscribers", "list"]),
        there.prints(&["subscribers", "list"])
    );
    let printed = here.refuses(&["subscribers", "export", file.to_str().unwrap()]);
    insta::assert_snapshot!(printed, @"error: cannot write [folder]/out.csv: File exists (os error 17)");
}

#[test]
fn an_invalid_entry_is_refused_with_a_reason() {
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
    assert_eq!(instance.prints(&["subscribers", "list"]), "");
}

#[test]
fn a_new_instance_works_and_is_not_overwritten() {
    let _steady = steady();
    let instance = Instance::new();
    insta::assert_snapshot!(instance.prints(&["check"]), @"0 issue files checked: no problems found");
    let dir = instance.path().to_str().unwrap().to_owned();
    insta::assert_snapshot!(instance.refuses(&["init", &dir]), @"error: [folder]/verdict.toml already exists; nothing was written");
    instance.prints(&["subscribers", "list"]);
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
    let printed = instance.prints(&["subscribers", "import", &file, "--confirmed"]);
    insta::assert_snapshot!(printed, @"
    accepted       200000
    already known  0
    suppressed     0
    rejected       0
    ");
    assert_eq!(
        instance.prints(&["subscribers", "export"]).lines().count(),
        200_001
    );
}
