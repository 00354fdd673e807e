//! A PostgreSQL for one test, which the test may stop. `tests/run` starts the one that all other tests share in the
//! same way.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use tempfile::TempDir;

/// A running cluster; stopped and removed when dropped.
pub(crate) struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    /// The user that it runs as, if not ours: PostgreSQL refuses to run as root.
    user: Option<&'static str>,
}

impl Cluster {
    pub(crate) fn start() -> Self {
        let cluster = Self {
            folder: tempfile::tempdir().unwrap(),
            programs: programs(),
            user: is_root().then(server_user),
        };
        let home = cluster.home();
        // The server's user keeps its data here, and we reach its socket.
        std::fs::set_permissions(home, PermissionsExt::from_mode(0o755)).unwrap();
        if let Some(user) = cluster.user {
            succeeds(Command::new("chown").arg(format!("{user}:")).arg(home));
        }
        let data = cluster.data();
        cluster.run(
            "initdb",
            &[
                "--pgdata",
                &data,
                "--username=verdict",
                "--auth=trust",
                "--no-sync",
            ],
        );
        // A commit must survive a crash of the server, but not of the machine.
        let socket = home.display();
        let settings =
            format!("listen_addresses = ''\nunix_socket_directories = '{socket}'\nfsync = off\n");
        let file = Path::new(&data).join("postgresql.conf");
        let sample = std::fs::read_to_string(&file).unwrap();
        std::fs::write(file, sample + &settings).unwrap();
        cluster.go_on();
        cluster.run(
            "createdb",
            &[
                "--host",
                home.to_str().unwrap(),
                "--username=verdict",
                "verdict",
            ],
        );
        cluster
    }

    /// The store's URL.
    pub(crate) fn url(&self) -> String {
        let socket = self.home().to_str().unwrap();
        let socket = utf8_percent_encode(socket, NON_ALPHANUMERIC);
        format!("postgres://verdict@localhost/verdict?host={socket}")
    }

    /// Stops it at once, as a crash of the machine does.
    pub(crate) fn stop(&self) {
        self.run(
            "pg_ctl",
            &[
                "stop",
                "--wait",
                "--silent",
                "--mode=immediate",
                "--pgdata",
                &self.data(),
            ],
        );
    }

    pub(crate) fn go_on(&self) {
        let log = format!("--log={}.log", self.data());
        self.run(
            "pg_ctl",
            &[
                "start",
                "--wait",
                "--silent",
                &log,
                "--pgdata",
                &self.data(),
            ],
        );
    }

    fn home(&self) -> &Path {
        self.folder.path()
    }

    fn data(&self) -> String {
        self.home().join("data").to_str().unwrap().to_owned()
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        succeeds(self.command(program).args(arguments));
    }

    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = match self.user {
            None => Command::new(program),
            Some(user) => {
                let mut command = Command::new("setpriv");
                let who = format!("--reuid={user}");
                command.args([
                    &who,
                    &format!("--regid={}", group(user)),
                    "--clear-groups",
                    "--",
                ]);
                command.arg(program);
                command
            }
        };
        command.current_dir(self.home());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // It may have stopped already.
        let data = self.data();
        let _ = self
            .command("pg_ctl")
            .args([
                "stop",
                "--wait",
                "--silent",
                "--mode=immediate",
                "--pgdata",
                &data,
            ])
            .output();
    }
}

/// The folder of the newest server's programs, which Debian keeps out of PATH.
fn programs() -> PathBuf {
    let servers = std::fs::read_dir("/usr/lib/postgresql").expect("PostgreSQL: run ./tests/run");
    let version = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = servers
        .map(|entry| entry.unwrap().path())
        .max_by_key(version);
    newest.expect("PostgreSQL: run ./tests/run").join("bin")
}

pub(crate) fn is_root() -> bool {
    succeeds(Command::new("id").arg("-u")).trim() == "0"
}

/// The user that Debian creates, or the one that `tests/run` creates elsewhere.
fn server_user() -> &'static str {
    let debians = Command::new("id").arg("postgres").output().unwrap();
    if debians.status.success() {
        "postgres"
    } else {
        "verdict-tests"
    }
}

fn group(user: &str) -> String {
    succeeds(Command::new("id").args(["-g", user]))
        .trim()
        .to_owned()
}

fn succeeds(command: &mut Command) -> String {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    let printed = String::from_utf8_lossy(&stderr);
    assert!(status.success(), "{command:?}: {printed}");
    String::from_utf8(stdout).unwrap()
}
