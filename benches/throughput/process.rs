//! Processes of the bench: each measured run is one, on a core of its own, so that no run pays for
//! another one's threads and processor time can be told apart.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Before the argument that says what a child is to do.
const CHILD: &str = "--child";

/// Where whoever sends runs.
pub(crate) const SENDING: usize = 0;
/// Where the receiver runs.
pub(crate) const RECEIVING: usize = 1;

/// What a piece of work took.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Spent {
    pub(crate) wall: Duration,
    /// Zero where the system does not tell.
    pub(crate) cpu: Duration,
}

impl Spent {
    /// What the work takes, of this process.
    pub(crate) async fn on(work: impl Future<Output = ()>) -> Self {
        let (cpu, start) = (ticks(), Instant::now());
        work.await;
        Self {
            wall: start.elapsed(),
            // Of threads that ended meanwhile as well; the runs take long enough for steps of 10 ms.
            cpu: ticks().saturating_sub(cpu),
        }
    }
}

/// The processor time of this process and all threads it ever had, in steps of 10 ms.
pub(crate) fn ticks() -> Duration {
    parse_ticks().unwrap_or_default()
}

/// `utime` and `stime` of proc(5), of which Linux shows 100 a second.
fn parse_ticks() -> Option<Duration> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let (_, fields) = text.rsplit_once(") ")?;
    let mut fields = fields.split(' ').skip(11);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some(Duration::from_millis((ticks()? + ticks()?) * 10))
}

/// The most memory this process ever had, in bytes.
pub(crate) fn peak_memory() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024)
}

/// What this process was started to do, if another one of the bench started it.
pub(crate) fn job<J: DeserializeOwned>() -> Option<J> {
    let mut arguments = std::env::args().skip_while(|argument| argument != CHILD);
    let job = arguments.nth(1)?;
    Some(serde_json::from_str(&job).unwrap())
}

/// Starts this program again, to do `job` on one core.
pub(crate) fn start(core: usize, job: &impl Serialize) -> Child {
    on_core(core, &std::env::current_exe().unwrap())
        .args([CHILD, &serde_json::to_string(job).unwrap()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Starts this program again, and returns what it prints.
pub(crate) fn run<A: DeserializeOwned>(core: usize, job: &impl Serialize) -> A {
    let output = start(core, job).wait_with_output().unwrap();
    assert!(output.status.success(), "a child of the bench failed");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Runs a program with one thread to its end.
pub(crate) fn measure(mut command: Command) -> Spent {
    let start = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = child.unwrap();
    // Its end closes the pipe; until it is waited for, the system remembers what it took.
    std::io::copy(&mut child.stdout.take().unwrap(), &mut std::io::sink()).unwrap();
    let wall = start.elapsed();
    let process = PathBuf::from(format!("/proc/{}", child.id()));
    let cpu = Duration::from_nanos(on_processor(&process).unwrap_or_default());
    assert!(child.wait().unwrap().success(), "{command:?} failed");
    Spent { wall, cpu }
}

/// A command that stays on one core, where the machine has two and a way to say so.
pub(crate) fn on_core(core: usize, program: &Path) -> Command {
    static TASKSET: OnceLock<Option<PathBuf>> = OnceLock::new();
    let taskset = TASKSET.get_or_init(|| {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        find("taskset").filter(|_| cores > RECEIVING)
    });
    match taskset {
        Some(taskset) => {
            let mut command = Command::new(taskset);
            command.args(["-c", &core.to_string()]).arg(program);
            command
        }
        None => Command::new(program),
    }
}

/// A program, also where a user's `PATH` does not lead.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/lib/postfix/sbin"].map(PathBuf::from))
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}
/// The first field of `schedstat`: nanoseconds on a processor, of one thread or of a process with
/// a single thread.
fn on_processor(process: &Path) -> Option<u64> {
    let text = std::fs::read_to_string(process.join("schedstat")).ok()?;
    text.split(' ').next()?.parse().ok()
}
