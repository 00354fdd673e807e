//! The binary as a process that runs while a test acts: its output line by line, signals, and its exit.

use std::future::Future;
use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};
use tokio::time::{Instant, sleep, timeout};
use verdict::catcher::Gate;

/// How long anything may take on a busy machine.
pub(crate) const LIMIT: Duration = Duration::from_secs(90);
/// How often to check a condition that has no event.
const LOOK: Duration = Duration::from_millis(20);

/// A process that is killed when this is dropped.
pub(crate) struct Running {
    child: Child,
    lines: UnboundedReceiver<String>,
    seen: Vec<String>,
}

impl Running {
    /// Starts a program and reads what it prints, on standard output and standard error.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{:?}: {error}", command.get_program()));
        let (sender, lines) = mpsc::unbounded_channel();
        read_lines(child.stdout.take().unwrap(), sender.clone());
        read_lines(child.stderr.take().unwrap(), sender);
        Self {
            child,
            lines,
            seen: Vec::new(),
        }
    }

    /// Waits for a line that contains `text`, among the lines not yet consumed.
    pub(crate) async fn line(&mut self, text: &str) -> String {
        match self.line_or_end(text).await {
            Some(line) => line,
            None => panic!(
                "it ended without saying {text:?}:\n{}",
                self.seen.join("\n")
            ),
        }
    }

    /// As [`line`](Self::line); `None` if the process ends without it.
    pub(crate) async fn line_or_end(&mut self, text: &str) -> Option<String> {
        let found = timeout(LIMIT, async {
            while let Some(line) = self.lines.recv().await {
                self.seen.push(line.clone());
                if line.contains(text) {
                    return Some(line);
                }
            }
            None
        });
        match found.await {
            Ok(found) => found,
            Err(_) => panic!("it never printed {text:?}:\n{}", self.seen.join("\n")),
        }
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal by its name, such as `INT`.
    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill")
            .args(["-s", name, &pid])
            .status()
            .unwrap();
        assert!(sent.success(), "no process {pid} to send SIG{name} to");
    }

    /// Kills the process, and its children if it was started as a group.
    pub(crate) fn kill_group(&self) {
        let group = format!("-{}", self.child.id());
        // They may have exited already.
        let _ = Command::new("kill")
            .args(["-s", "KILL", "--", &group])
            .stderr(Stdio::null())
            .status();
    }

    /// True while the process lives.
    pub(crate) fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    /// Waits for the exit, and returns it with all output.
    pub(crate) async fn ended(&mut self) -> (ExitStatus, String) {
        let child = &mut self.child;
        until("the process ends", || {
            let over = child.try_wait().unwrap().is_some();
            async move { over }
        })
        .await;
        let status = self.child.wait().unwrap();
        while let Some(line) = timeout(LIMIT, self.lines.recv()).await.unwrap() {
            self.seen.push(line);
        }
        (status, self.seen.join("\n"))
    }

    /// Waits for the exit of a process with much work, as long as `done` grows within [`LIMIT`]. The total time
    /// depends on what else the machine does.
    pub(crate) async fn ended_while(&mut self, done: impl Fn() -> usize) -> (ExitStatus, String) {
        let (mut count, mut since) = (done(), Instant::now());
        while self.is_running() {
            let now = done();
            if now > count {
                (count, since) = (now, Instant::now());
            }
            if since.elapsed() > LIMIT {
                while let Ok(line) = self.lines.try_recv() {
                    self.seen.push(line);
                }
                let printed = self.seen.join("\n");
                panic!("no progress beyond {count} in {LIMIT:?}:\n{printed}");
            }
            sleep(LOOK).await;
        }
        self.ended().await
    }

    /// Sends a signal and waits for the exit; returns the exit code.
    pub(crate) async fn end_by(&mut self, signal: &str) -> Option<i32> {
        self.signal(signal);
        self.ended().await.0.code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have exited already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read_lines(stream: impl Read + Send + 'static, lines: UnboundedSender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if lines.send(line).is_err() {
                break;
            }
        }
    });
}

/// Waits until a condition holds.
pub(crate) async fn until<F: Future<Output = bool>>(what: &str, mut holds: impl FnMut() -> F) {
    let end = Instant::now() + LIMIT;
    while !holds().await {
        assert!(Instant::now() < end, "not within {LIMIT:?}: {what}");
        sleep(LOOK).await;
    }
}

/// Waits until this many connections stand at a gate.
pub(crate) async fn at_gate(gate: &Gate, count: usize) {
    let arrived = timeout(LIMIT, gate.reached_by(count as u64)).await;
    assert!(arrived.is_ok(), "{} of {count} got there", gate.arrivals());
}

/// True if the long tests are wanted (`tests/run --soak`).
pub(crate) fn is_soak() -> bool {
    std::env::var_os("VERDICT_SOAK").is_some()
}

/// The binary, without the environment of the tests.
pub(crate) fn binary() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verdict"));
    for (name, _) in std::env::vars_os() {
        let ours = name
            .to_str()
            .is_some_and(|name| name.starts_with("VERDICT_"));
        if ours {
            command.env_remove(&name);
        }
    }
    command
}

/// The binary with its own folder for temporary files.
pub(crate) fn binary_with_tmp(tmp: &Path) -> Command {
    let mut command = binary();
    command.env("TMPDIR", tmp);
    command
}

/// True if a folder is empty.
pub(crate) fn is_empty(folder: &Path) -> bool {
    std::fs::read_dir(folder).unwrap().next().is_none()
}
