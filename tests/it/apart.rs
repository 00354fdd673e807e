//! A machine of its own for a test, in Linux namespaces: every port is free, mail leaves from 192.0.2.25, the
//! system's DNS server is at 192.0.2.53, and temporary files are on a small disk that can fill up. Nothing leaves it, and
//! everything in it ends with the test.
//!
//! Where the system does not allow it, or a program is missing, the test says so and passes.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tokio::net::{TcpListener, TcpStream};

use crate::cluster::is_root;

/// Runs each of these functions as a test on a machine of its own, which has these programs.
macro_rules! on_a_machine_of_its_own {
    ($needs:ident; $($name:ident),+ $(,)?) => {$(
        mod $name {
            #[test]
            fn apart() {
                crate::apart::run(concat!(module_path!(), "::apart"), super::$needs, super::$name());
            }
        }
    )+};
}
pub(crate) use on_a_machine_of_its_own;

/// Where mail leaves from.
pub(crate) const OUTLET: &str = "192.0.2.25";
/// A server of readers' mailboxes.
pub(crate) const MAILBOXES: &str = "192.0.2.80";
/// The DNS server. Some resolvers ask none on loopback.
pub(crate) const NAMES: &str = "192.0.2.53:53";

/// Says that a test is on its machine already.
const INSIDE: &str = "VERDICT_TEST_APART";

/// How much fits on the disk.
const ROOM: u64 = 512 << 20;

/// Makes the machine, then runs a command on it. `$1` is its disk.
const SETUP: &str = r#"set -eu
PATH=$PATH:/usr/sbin:/sbin
ip link set lo up
for address in 192.0.2.25 192.0.2.53 192.0.2.80; do ip address add "$address/32" dev lo; done
mount -t tmpfs -o size=512m,mode=0711 tmpfs "$1"
echo 'nameserver 192.0.2.53' >"$1/resolv.conf"
mount --bind "$1/resolv.conf" /etc/resolv.conf
for base in passwd group services protocols; do echo "$base: files"; done >"$1/nsswitch.conf"
echo 'hosts: files dns' >>"$1/nsswitch.conf"
mount --bind "$1/nsswitch.conf" /etc/nsswitch.conf
export TMPDIR=$1
shift
exec "$@"
"#;

/// What a machine must have.
#[derive(Clone, Copy)]
pub(crate) struct Needs {
    pub(crate) programs: &'static [&'static str],
    /// Whether programs change their user, which only root may let them.
    pub(crate) root: bool,
}

/// Runs the test at this path.
pub(crate) fn run(path: &str, needs: Needs, test: impl Future<Output = ()>) {
    if std::env::var_os(INSIDE).is_some() {
        return crate::test_app::run(test);
    }
    let (_, path) = path.split_once("::").unwrap();
    if let Err(why) = possible(needs) {
        // Not captured, as the output of tests is.
        let _ = writeln!(std::io::stderr(), "{path} was skipped: {why}");
        return;
    }
    let disk = tempfile::tempdir().unwrap();
    let exe = std::env::current_exe().unwrap();
    let mut command = machine(disk.path());
    command.arg(exe).args(["--exact", path, "--nocapture"]);
    let output = command.env(INSIDE, "1").output().unwrap();
    let [printed, complained] =
        [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text));
    assert!(
        output.status.success(),
        "{}\n{printed}\n{complained}",
        output.status
    );
    assert!(printed.contains("1 passed"), "{printed}");
    println!("{printed}");
}

/// A command that runs another one on a machine with this disk.
fn machine(disk: &Path) -> Command {
    let mut command = Command::new("unshare");
    if !is_root() {
        command.arg("--map-root-user");
    }
    command
        .args([
            "--net",
            "--mount",
            "--pid",
            "--fork",
            "--kill-child",
            "--mount-proc",
            "--",
        ])
        .args(["sh", "-c", SETUP, "sh"])
        .arg(disk);
    command
}

fn possible(needs: Needs) -> Result<(), String> {
    for program in ["unshare", "ip", "mount"].iter().chain(needs.programs) {
        find(program).ok_or_else(|| format!("{program} is not installed"))?;
    }
    if needs.root && !is_root() {
        return Err("only root can start these programs".to_owned());
    }
    let disk = tempfile::tempdir().unwrap();
    let output = machine(disk.path()).arg("true").output().unwrap();
    match output.status.success() {
        true => Ok(()),
        false => Err(format!(
            "this system allows no machine of its own: {}",
            String::from_utf8_lossy(&output.stderr).trim_end()
        )),
    }
}

/// A program, among those for administrators as well.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::env::split_paths(&path).chain(["/usr/sbin".into(), "/sbin".into()]);
    folders
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// Lets only so much more fit on the disk; `None` makes it as large as at first.
pub(crate) fn leave_free(bytes: Option<u64>) {
    let disk = std::env::temp_dir();
    let size = bytes.map_or(ROOM, |bytes| used(&disk) + bytes);
    let output = Command::new("mount")
        .args(["-o", &format!("remount,size={size}")])
        .arg(&disk)
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
}

fn used(disk: &Path) -> u64 {
    let found = rustix::fs::statvfs(disk).unwrap();
    (found.f_blocks - found.f_bfree) * found.f_frsize
}

/// Leads connections to an address of this machine on to another.
pub(crate) async fn forward(from: &str, to: std::net::SocketAddr) {
    let listener = TcpListener::bind(from).await.unwrap();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            tokio::spawn(async move {
                let mut server = TcpStream::connect(to).await.unwrap();
                let _ = tokio::io::copy_bidirectional(&mut client, &mut server).await;
            });
        }
    });
}
