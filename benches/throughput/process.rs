//! Processes of the bench. Each measured run is a process on its own core, so that no run pays for another's threads
//! and processor times stay separate.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Precedes the argument with a child's job.
const CHILD: &str = "--child";

/// The sender's core.
pub(crate) const SENDING: usize = 0;
/// The receiver's core.
pub(crate) const RECEIVING: usize = 1;

/// The cost of some work.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Spent {
    pub(crate) wall: Duration,
    /// Zero if the system does not report it.
    pub(crate) cpu: Duration,
}

impl Spent {
    /// What the work costs this process.
    pub(crate) async fn on(work: impl Future<Output = ()>) -> Self {
        let (cpu, start) = (ticks(), Instant::now());
        work.await;
        Self {
            wall: start.elapsed(),
            // Includes threads that have ended; the runs are long enough for steps of 10 ms.
            cpu: ticks().saturating_sub(cpu),
        }
    }
}

/// The processor time of this process and all its threads, past ones too, in steps of 10 ms.
pub(crate) fn ticks() -> Duration {
    Stat::read("self").map_or(Duration::ZERO, |stat| stat.own)
}

/// The same of another process, its children, and those of them that have ended.
pub(crate) fn ticks_of_family(parent: &str) -> Duration {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let stats = processes.filter_map(|process| {
        let name = process.file_name();
        let stat = Stat::read(name.to_str()?)?;
        (stat.parent == parent).then_some(stat.own)
    });
    let children: Duration = stats.sum();
    Stat::read(parent).map_or(Duration::ZERO, |stat| stat.own + stat.ended) + children
}

/// Of proc(5)'s `stat`, which counts time in 1/100 s.
struct Stat {
    parent: String,
    own: Duration,
    /// Of children that have ended.
    ended: Duration,
}

impl Stat {
    fn read(process: &str) -> Option<Self> {
        let text = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        let (_, fields) = text.rsplit_once(") ")?;
        let fields: Vec<_> = fields.split(' ').collect();
        let ticks = |first: usize| {
            let (user, system) = (fields.get(first)?, fields.get(first + 1)?);
            let ticks = user.parse::<u64>().ok()? + system.parse::<u64>().ok()?;
            Some(Duration::from_millis(ticks * 10))
        };
        Some(Self {
            parent: (*fields.get(1)?).to_owned(),
            own: ticks(11)?,
            ended: ticks(13)?,
        })
    }
}

/// The peak memory of this process, in bytes.
pub(crate) fn peak_memory() -> Option<u64> {
    memory("self", "VmHWM:")
}

/// The memory of this process now, in bytes.
pub(crate) fn memory_in_use() -> Option<u64> {
    memory("self", "VmRSS:")
}

/// A field of proc(5)'s `status` of a process, in bytes.
pub(crate) fn memory(process: &str, field: &str) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(field))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kibibytes * 1024)
}

/// The job of this process, if the bench started it.
pub(crate) fn job<J: DeserializeOwned>() -> Option<J> {
    let mut arguments = std::env::args().skip_while(|argument| argument != CHILD);
    let job = arguments.nth(1)?;
    Some(serde_json::from_str(&job).unwrap())
}

/// Starts this program again, to do `job` on one core.
pub(crate) fn start(core: usize, job: &impl Serialize) -> Child {
    spawn(on_core(core, &std::env::current_exe().unwrap()), job)
}

fn spawn(mut program: Command, job: &impl Serialize) -> Child {
    program
        .args([CHILD, &serde_json::to_string(job).unwrap()])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Starts this program again, and returns its output.
pub(crate) fn run<A: DeserializeOwned>(core: usize, job: &impl Serialize) -> A {
    answer(start(core, job))
}

/// As [`run`], on all cores.
pub(crate) fn run_on_all_cores<A: DeserializeOwned>(job: &impl Serialize) -> A {
    answer(spawn(Command::new(std::env::current_exe().unwrap()), job))
}

/// Waits for a child's end, and returns its output.
pub(crate) fn answer<A: DeserializeOwned>(child: Child) -> A {
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "a child of the bench failed");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Runs a single-threaded program to its end.
pub(crate) fn measure(mut command: Command) -> Spent {
    let start = Instant::now();
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let mut child = child.unwrap();
    // Its exit closes the pipe; until we wait for it, the system keeps its counters.
    std::io::copy(&mut child.stdout.take().unwrap(), &mut std::io::sink()).unwrap();
    let wall = start.elapsed();
    let process = PathBuf::from(format!("/proc/{}", child.id()));
    let cpu = Duration::from_nanos(on_processor(&process).unwrap_or_default());
    assert!(child.wait().unwrap().success(), "{command:?} failed");
    Spent { wall, cpu }
}

/// A command pinned to one core, if the machine has two and a way to do so.
pub(crate) fn on_core(core: usize, program: &Path) -> Command {
    static TASKSET: OnceLock<Option<PathBuf>> = OnceLock::new();
    let taskset = TASKSET.get_or_init(|| find("taskset").filter(|_| cores() > RECEIVING));
    match taskset {
        Some(taskset) => {
            let mut command = Command::new(taskset);
            command.args(["-c", &core.to_string()]).arg(program);
            command
        }
        None => Command::new(program),
    }
}

/// How many cores this machine has.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// A program, including those outside a user's `PATH`.
pub(crate) fn find(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin", "/usr/lib/postfix/sbin"].map(PathBuf::from))
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

/// The first field of `schedstat`: nanoseconds on a processor, of one thread or of a single-threaded process.
fn on_processor(process: &Path) -> Option<u64> {
    let text = std::fs::read_to_string(process.join("schedstat")).ok()?;
    text.split(' ').next()?.parse().ok()
}
