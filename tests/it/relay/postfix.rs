//! A Postfix of a test's own: configuration, queue and log are in one folder, and it ends with the test's machine.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every service but those that listen, as in Debian's `master.cf`, without chroot.
const SERVICES: &str = "\
pickup    unix       n - n 60    1 pickup
cleanup   unix       n - n -     0 cleanup
qmgr      unix       n - n 300   1 qmgr
tlsmgr    unix       - - n 1000? 1 tlsmgr
rewrite   unix       - - n -     - trivial-rewrite
bounce    unix       - - n -     0 bounce
defer     unix       - - n -     0 bounce
trace     unix       - - n -     0 bounce
proxymap  unix       - - n -     - proxymap
smtp      unix       - - n -     - smtp
virtual   unix       - n n -     - virtual
retry     unix       - - n -     - error
anvil     unix       - - n -     1 anvil
scache    unix       - - n -     1 scache
postlog   unix-dgram n - n -     1 postlogd
";

/// A server with a name and an address.
pub(super) struct Postfix {
    folder: PathBuf,
}

impl Postfix {
    /// Makes the folder, whose files `settings` may name.
    pub(super) fn new(folder: PathBuf) -> Self {
        for part in ["etc", "queue", "data"] {
            fs::create_dir_all(folder.join(part)).unwrap();
        }
        set_mode(&folder, 0o755);
        let owner = Command::new("chown")
            .arg("postfix")
            .arg(folder.join("data"))
            .status();
        assert!(owner.unwrap().success());
        Self { folder }
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Listens as `services` of `master.cf` say.
    pub(super) fn start(&self, name: &str, address: &str, settings: &str, services: &str) {
        let folder = self.folder.display();
        let mut main = format!(
            "compatibility_level = 3.6\n\
             queue_directory = {folder}/queue\n\
             data_directory = {folder}/data\n\
             command_directory = /usr/sbin\n\
             daemon_directory = /usr/lib/postfix/sbin\n\
             maillog_file_prefixes = {folder}\n\
             maillog_file = {folder}/log\n\
             myhostname = {name}\n\
             inet_interfaces = {address}\n\
             inet_protocols = ipv4\n\
             mydestination =\n\
             alias_maps =\n"
        );
        let _ = write!(main, "{settings}");
        fs::write(self.folder.join("etc/main.cf"), main).unwrap();
        fs::write(
            self.folder.join("etc/master.cf"),
            format!("{services}{SERVICES}"),
        )
        .unwrap();
        let output = Command::new("/usr/sbin/postfix")
            .arg("-c")
            .arg(self.folder.join("etc"))
            .arg("start")
            .output()
            .unwrap();
        assert!(output.status.success(), "{output:?}\n{}", self.log());
    }

    /// What it has logged.
    pub(super) fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }
}

pub(super) fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}
