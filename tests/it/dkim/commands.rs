//! `verdict dkim`, and what is said of a wrong `[dkim]`.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Output;

use tempfile::TempDir;
use verdict::dkim::SigningKey;

use super::{Dns, write_key};
use crate::child::binary;
use crate::test_app::{sample_issue, stderr, stdout, verdict};

const SLUG: &str = "tea-vs-coffee";

/// An instance from `verdict init`, with an issue and a reader.
struct Press(TempDir);

impl Press {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        stdout(&binary().arg("init").arg(dir.path()).output().unwrap());
        let issue = dir.path().join(format!("issues/{SLUG}.toml"));
        std::fs::write(issue, sample_issue(SLUG)).unwrap();
        let press = Self(dir);
        press.prints(&["subscribers", "add", "ada@example.com"]);
        press
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn run(&self, args: &[&str]) -> Output {
        verdict(self.path(), args)
    }

    fn prints(&self, args: &[&str]) -> String {
        stdout(&self.run(args))
    }

    /// Standard error of a command that could not run, without the folder's name.
    fn refuses(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let folder = self.path().display().to_string();
        stderr(&output).replace(&folder, "[folder]")
    }

    fn config(&self) -> String {
        std::fs::read_to_string(self.path().join("verdict.toml")).unwrap()
    }

    /// Writes `[dkim]`.
    fn configure(&self, section: &str) -> &Self {
        let config = self.config();
        let (before, after) = config.split_once("[dkim]\n").unwrap();
        let (_, after) = after.split_once("\n[web]").unwrap();
        let config = format!("{before}[dkim]\n{section}\n[web]{after}");
        std::fs::write(self.path().join("verdict.toml"), config).unwrap();
        self
    }

    fn keys(&self) -> Vec<PathBuf> {
        let folder = std::fs::read_dir(self.path().join("dkim"));
        let files = folder
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().path());
        let mut keys: Vec<PathBuf> = files
            .filter(|path| path.extension().is_some_and(|end| end == "pem"))
            .collect();
        keys.sort();
        keys
    }

    /// The selectors that sign the reader's mail, whose signatures pass by these records.
    async fn signed_by(&self, dns: &Dns) -> Vec<String> {
        let mail = self.prints(&["render", SLUG, "--to", "ada@example.com"]);
        dns.passing(mail.as_bytes()).await
    }
}

/// What was changed, as in `diff`.
fn changed(before: &str, after: &str) -> String {
    let only = |these: &str, others: &str, mark: &str| {
        let lines = these
            .lines()
            .filter(|line| !others.lines().any(|other| other == *line));
        lines
            .map(|line| format!("{mark} {line}\n"))
            .collect::<String>()
    };
    only(before, after, "-") + &only(after, before, "+")
}

/// The text without its public keys.
fn without_keys(text: &str) -> String {
    let cut = |line: &str| match line.split_once("p=") {
        Some((start, _)) => format!("{start}p=…\n"),
        None => format!("{line}\n"),
    };
    text.lines().map(cut).collect()
}

#[tokio::test]
async fn init_makes_keys_and_a_rotation_replaces_them() {
    let press = Press::new();
    let before = press.config();
    let dir = press.path().display().to_string();
    let printed = press.prints(&["dkim", "init", "--selector", "a"]);
    insta::assert_snapshot!(without_keys(&printed).replace(&dir, "[folder]"), @r#"
    Made two keys in [folder]/dkim and named them in verdict.toml. Publish these TXT records:

    a-rsa._domainkey.example.com. IN TXT ( "v=DKIM1; k=rsa; p=…

      name   a-rsa._domainkey.example.com
      value  v=DKIM1; k=rsa; p=…

    a-ed25519._domainkey.example.com. IN TXT ( "v=DKIM1; k=ed25519; p=…

      name   a-ed25519._domainkey.example.com
      value  v=DKIM1; k=ed25519; p=…

    Mails are signed from the next start on, so publish the records first, then restart `verdict serve`. Every machine
    that sends needs the key files too.
    "#);
    insta::assert_snapshot!(changed(&before, &press.config()), @r#"
    - # domain = "example.com"
    - # selectors = ["verdict-rsa", "verdict-ed25519"]
    + domain = "example.com"
    + selectors = ["a-rsa", "a-ed25519"]
    "#);
    let old = Dns::printed(&printed);
    assert_eq!(press.signed_by(&old).await, ["a-rsa", "a-ed25519"]);
    for key in press.keys() {
        let mode = std::fs::metadata(&key).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // Every string of a zone file's line fits, and together they are the value.
    for line in printed.lines().filter(|line| line.contains(" IN TXT ")) {
        let strings: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
        assert!(strings.iter().all(|string| string.len() <= 255));
        assert!(printed.contains(&format!("value  {}\n", strings.concat())));
    }

    let after_init = press.config();
    let printed = press.prints(&["dkim", "rotate", "--selector", "b"]);
    insta::assert_snapshot!(changed(&after_init, &press.config()), @r#"
    - # next = ["verdict2-rsa", "verdict2-ed25519"]
    + next = ["b-rsa", "b-ed25519"]
    "#);
    assert_eq!(press.signed_by(&old).await, ["a-rsa", "a-ed25519"]);
    let new = Dns::printed(&printed);
    let all = press.prints(&["dkim", "records"]);
    for name in ["a-rsa", "a-ed25519", "b-rsa", "b-ed25519"] {
        assert!(all.contains(&format!("{name}._domainkey.example.com. IN TXT")));
    }
    let during = press.config();
    insta::assert_snapshot!(press.refuses(&["dkim", "rotate"]), @"error: new keys wait already: `verdict dkim records` prints their records; when these are published, `verdict dkim rotate --finish` signs with them");

    let printed = press.prints(&["dkim", "rotate", "--finish"]);
    let printed = printed.replace(&dir, "[folder]");
    let day = printed.split("From ").nth(1).unwrap();
    let printed = printed.replace(&day[..10], "[day]");
    insta::assert_snapshot!(printed, @"
    verdict.toml signs with b-rsa and b-ed25519. Restart `verdict serve`, on every machine.

    Mails that are on their way still need the old records. From [day] on, remove them, and then the files of their keys:

      a-rsa._domainkey.example.com  [folder]/dkim/a-rsa.pem
      a-ed25519._domainkey.example.com  [folder]/dkim/a-ed25519.pem
    ");
    insta::assert_snapshot!(changed(&during, &press.config()), @r#"
    - selectors = ["a-rsa", "a-ed25519"]
    - next = ["b-rsa", "b-ed25519"]
    + selectors = ["b-rsa", "b-ed25519"]
    + next = []
    "#);
    assert_eq!(press.signed_by(&new).await, ["b-rsa", "b-ed25519"]);
    assert_eq!(press.keys().len(), 4);
    insta::assert_snapshot!(press.refuses(&["dkim", "rotate", "--finish"]), @"error: no keys wait to replace the old ones: `verdict dkim rotate` makes them");
    insta::assert_snapshot!(press.refuses(&["dkim", "init"]), @"error: verdict.toml names keys already: `verdict dkim records` prints their records, and `verdict dkim rotate` replaces them");
}

#[test]
fn init_overwrites_no_key_and_leaves_nothing_half_done() {
    let press = Press::new();
    insta::assert_snapshot!(press.refuses(&["dkim", "records"]), @"error: verdict.toml names no keys yet: `verdict dkim init` makes them");
    insta::assert_snapshot!(press.refuses(&["dkim", "init", "--domain", "example.net"]), @"error: `newsletter.from` is an address at example.com, and mailboxes count only a signature of example.com or of a domain above it (DMARC), not of example.net");
    insta::assert_snapshot!(press.refuses(&["dkim", "init", "--selector", "../a"]), @"error: `../a` cannot begin a selector: use letters, digits and hyphens");
    let before = press.config();
    std::fs::create_dir(press.path().join("dkim")).unwrap();
    write_key(press.path(), "a-ed25519", "mine");
    insta::assert_snapshot!(press.refuses(&["dkim", "init", "--selector", "a"]), @"error: [folder]/dkim/a-ed25519.pem exists already, and keys are never overwritten; nothing was written. Choose another name with `--selector`");
    let mine = std::fs::read_to_string(&press.keys()[0]).unwrap();
    assert_eq!((press.keys().len(), mine.as_str()), (1, "mine"));

    // Space for the keys, but not for the configuration.
    let mut command = binary();
    command
        .arg("--dir")
        .arg(press.path())
        .args(["dkim", "init"]);
    let output = crate::cli::disk::with_files_of_at_most(4, &command);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!((press.keys().len(), press.config()), (1, before));
    assert!(!press.path().join("verdict.toml.new").exists());

    // A variable would hide what the command writes.
    let mut command = binary();
    command.env("VERDICT_DKIM_DOMAIN", "example.com");
    command
        .arg("--dir")
        .arg(press.path())
        .args(["dkim", "init"]);
    command.env("VERDICT_DKIM_SELECTORS", "");
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let printed = stderr(&output);
    let refused = printed.lines().last();
    insta::assert_snapshot!(refused.unwrap(), @"error: VERDICT_DKIM_DOMAIN is set, and wins over verdict.toml, which this command changes: unset it");
    assert_eq!(press.keys().len(), 1);

    // Files of a command that was killed before it named them are in nobody's way.
    write_key(press.path(), "b-rsa", "half");
    press.prints(&["dkim", "init", "--selector", "c"]);
    // A machine without the keys can still check issues.
    std::fs::remove_file(press.path().join("dkim/c-rsa.pem")).unwrap();
    press.refuses(&["check"]);
    let mut command = binary();
    command.arg("--dir").arg(press.path()).arg("check");
    stdout(&command.env("VERDICT_DKIM_SELECTORS", ",").output().unwrap());
}

#[test]
fn a_wrong_section_is_refused_before_any_mail() {
    let press = Press::new();
    let folder = press.path().join("dkim");
    std::fs::create_dir(&folder).unwrap();
    let (_, pem) = SigningKey::make_ed25519().unwrap();
    write_key(press.path(), "good", &pem);
    write_key(press.path(), "open", &pem);
    write_key(press.path(), "empty", "");
    let open = std::fs::Permissions::from_mode(0o644);
    std::fs::set_permissions(folder.join("open.pem"), open).unwrap();
    let public = pem.replace("PRIVATE", "PUBLIC");
    write_key(press.path(), "public", &public);
    let mut found = String::new();
    for section in [
        "domain = \"example.net\"\nselectors = [\"good\"]",
        "domain = \"com\"\nselectors = [\"good\"]",
        "selectors = [\"missing\", \"open\", \"empty\", \"public\"]",
        "selectors = [\"good\", \"good\", \"a_b\", \"..\"]",
        "selectors = [\"good\"]\nnext = [\"good\"]",
        "selector = [\"good\"]",
    ] {
        let output = press.configure(section).refuses(&["check"]);
        assert_eq!(output, press.refuses(&["serve"]), "{section}");
        assert!(!output.contains(pem.lines().nth(1).unwrap()));
        found += &output;
        found.push('\n');
    }
    insta::assert_snapshot!(found, @r#"
    error[not-aligned]: `domain` does not fit the sender's address
       --> [folder]/verdict.toml:144:10
        |
    144 | domain = "example.net"
        |          ^^^^^^^^^^^^^ mails are from an address at example.com
        |
        = help: write `example.com`: mailboxes count only a signature of the sender's domain or of one above it (DMARC, RFC 7489 §3.1)
    error[bad-domain]: `com` is not a domain
       --> [folder]/verdict.toml:144:10
        |
    144 | domain = "com"
        |          ^^^^^
        |
        = help: write it like `example.com`
    error[no-key]: the private key of `missing` cannot be read
       --> [folder]/verdict.toml:144:14
        |
    144 | selectors = ["missing", "open", "empty", "public"]
        |              ^^^^^^^^^ [folder]/dkim/missing.pem: No such file or directory (os error 2)
        |
        = help: copy the file from the machine that made it, or make new keys: take the section's keys out and run `verdict dkim init`

    error[exposed-key]: the private key of `open` can be read by others
       --> [folder]/verdict.toml:144:25
        |
    144 | selectors = ["missing", "open", "empty", "public"]
        |                         ^^^^^^
        |
        = help: run `chmod 600 [folder]/dkim/open.pem`

    error[bad-key]: the file of `empty` holds no key to sign with
       --> [folder]/verdict.toml:144:33
        |
    144 | selectors = ["missing", "open", "empty", "public"]
        |                                 ^^^^^^^ [folder]/dkim/empty.pem: there is no PEM private key in it
        |
        = help: it is a PEM file that begins with `-----BEGIN PRIVATE KEY-----`

    error[bad-key]: the file of `public` holds no key to sign with
       --> [folder]/verdict.toml:144:42
        |
    144 | selectors = ["missing", "open", "empty", "public"]
        |                                          ^^^^^^^^ [folder]/dkim/public.pem: there is no PEM private key in it
        |
        = help: it is a PEM file that begins with `-----BEGIN PRIVATE KEY-----`
    error[duplicate-selector]: `good` is listed twice
       --> [folder]/verdict.toml:144:22
        |
    144 | selectors = ["good", "good", "a_b", ".."]
        |                      ^^^^^^ each key signs a mail once

    error[bad-selector]: `a_b` cannot be a selector
       --> [folder]/verdict.toml:144:30
        |
    144 | selectors = ["good", "good", "a_b", ".."]
        |                              ^^^^^ only letters, digits and hyphens, such as `verdict-2026`

    error[bad-selector]: `..` cannot be a selector
       --> [folder]/verdict.toml:144:37
        |
    144 | selectors = ["good", "good", "a_b", ".."]
        |                                     ^^^^ only letters, digits and hyphens, such as `verdict-2026`
    warning[no-rsa]: no selector has an RSA key
       --> [folder]/verdict.toml:144:13
        |
    144 | selectors = ["good"]
        |             ^^^^^^^^
        |
        = help: many mailbox providers check RSA signatures only; `verdict dkim rotate` makes a key of each kind

    error[duplicate-selector]: `good` is listed twice
       --> [folder]/verdict.toml:145:9
        |
    145 | next = ["good"]
        |         ^^^^^^ each key signs a mail once
    error[unknown-key]: unknown key `selector`, did you mean `selectors`?
       --> [folder]/verdict.toml:144:1
        |
    144 | selector = ["good"]
        | ^^^^^^^^
        |
        = help: the keys here are `domain`, `selectors`, `next` and `keys`
    "#);
}
