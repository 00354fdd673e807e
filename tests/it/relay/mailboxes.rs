//! Readers' mailboxes: a Postfix for example.com, whose milters opendkim and opendmarc judge each mail.

use std::fs;
use std::path::Path;
use std::process::Command;

use tokio::net::TcpStream;

use super::postfix::{Postfix, set_mode};
use crate::apart::{self, MAILBOXES, NAMES};
use crate::child::{Running, until};

/// The records by which mail finds it.
pub(super) const RECORDS: &str = "\
example.com MX mx.example.com
mx.example.com A 192.0.2.80
192.0.2.80 PTR mx.example.com
";

const SERVER: &str = "mx.example.com";
const DKIM: &str = "127.0.0.1:8891";
const DMARC: &str = "127.0.0.1:8893";

pub(super) struct Mailboxes {
    postfix: Postfix,
    dkim: Running,
    _dmarc: Running,
}

impl Mailboxes {
    /// A server for these addresses.
    pub(super) async fn start(emails: &[String]) -> Self {
        let postfix = Postfix::new(std::env::temp_dir().join("mailboxes"));
        let folder = postfix.folder();
        fs::create_dir(folder.join("boxes")).unwrap();
        set_mode(&folder.join("boxes"), 0o777);
        let map: String = emails
            .iter()
            .map(|email| format!("{email} {email}/\n"))
            .collect();
        fs::write(folder.join("map"), map).unwrap();

        let dkim = opendkim(folder).await;
        let dmarc = milter(
            "opendmarc",
            &["-f", "-c"],
            &folder.join("opendmarc.conf"),
            &format!(
                "Socket {}\nTrustedAuthservIDs {SERVER}\nSPFSelfValidate true\nSPFIgnoreResults true\n\
                 Syslog false\nBackground false\n",
                socket(DMARC)
            ),
        );
        listening(DMARC).await;

        let path = folder.display();
        let settings = format!(
            "mynetworks = 127.0.0.1/32\n\
             virtual_mailbox_domains = example.com\n\
             virtual_mailbox_base = {path}/boxes\n\
             virtual_mailbox_maps = texthash:{path}/map\n\
             virtual_uid_maps = static:65534\n\
             virtual_gid_maps = static:65534\n\
             smtpd_milters = inet:{DKIM}, inet:{DMARC}\n\
             milter_default_action = tempfail\n"
        );
        let services = "25 inet n - n - - smtpd\n";
        postfix.start(SERVER, MAILBOXES, &settings, services);
        Self {
            postfix,
            dkim,
            _dmarc: dmarc,
        }
    }

    /// Forgets what DNS has answered: opendkim remembers that there was no key.
    pub(super) async fn forget_names(&mut self) {
        self.dkim.end_by("KILL").await;
        self.dkim = opendkim(self.postfix.folder()).await;
    }

    /// Takes the one mail out of a mailbox, once it is there.
    pub(super) async fn take(&self, email: &str) -> Vec<u8> {
        let new = self.postfix.folder().join("boxes").join(email).join("new");
        let files = || {
            let files = fs::read_dir(&new).into_iter().flatten();
            files.map(|file| file.unwrap().path()).collect::<Vec<_>>()
        };
        until(&format!("a mail reaches {email}"), || async {
            !files().is_empty()
        })
        .await;
        let files = files();
        let [file] = &files[..] else {
            panic!("{email} got {files:?}")
        };
        let mail = fs::read(file).unwrap();
        fs::remove_file(file).unwrap();
        mail
    }

    pub(super) fn log(&self) -> String {
        self.postfix.log()
    }
}

async fn opendkim(folder: &Path) -> Running {
    let nameserver = NAMES.trim_end_matches(":53");
    let settings = format!(
        "Mode v\nSocket {}\nNameservers {nameserver}\nSyslog no\nBackground no\n\
         AlwaysAddARHeader yes\n",
        socket(DKIM)
    );
    let file = folder.join("opendkim.conf");
    let opendkim = milter("opendkim", &["-f", "-x"], &file, &settings);
    listening(DKIM).await;
    opendkim
}

async fn listening(address: &str) {
    let connects = || async { TcpStream::connect(address).await.is_ok() };
    until(&format!("{address} listens"), connects).await;
}

/// An address as milters write it.
fn socket(address: &str) -> String {
    let (host, port) = address.split_once(':').unwrap();
    format!("inet:{port}@{host}")
}

fn milter(program: &str, arguments: &[&str], file: &Path, settings: &str) -> Running {
    fs::write(file, format!("AuthservID {SERVER}\n{settings}")).unwrap();
    let program = apart::find(program).unwrap();
    Running::start(Command::new(program).args(arguments).arg(file))
}

/// What the server found about a mail, such as `spf=pass` and, with its selector, `dkim=pass r`.
pub(super) fn findings(mail: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(mail).replace("\r\n", "\n");
    let (head, _) = text.split_once("\n\n").unwrap();
    let head = head.replace("\n ", " ").replace("\n\t", " ");
    let fields = head
        .lines()
        .filter_map(|line| line.strip_prefix("Authentication-Results: mx.example.com;"));
    let results = fields.flat_map(|field| {
        let field = without_comments(field);
        let results = field.split(';').map(|result| {
            let mut words = result.split_whitespace();
            let found = words.next().unwrap_or_default().to_owned();
            let selector = words.find_map(|word| word.strip_prefix("header.s="));
            selector.map_or(found.clone(), |selector| format!("{found} {selector}"))
        });
        results.collect::<Vec<_>>()
    });
    let mut results: Vec<String> = results.filter(|found| !found.contains("atps")).collect();
    results.sort();
    results
}

fn without_comments(field: &str) -> String {
    let mut depth = 0;
    let keep = |c: &char| {
        match c {
            '(' => depth += 1,
            ')' => {
                depth -= 1;
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    field.chars().filter(keep).collect()
}
