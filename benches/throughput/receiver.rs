//! A receiver fast enough not to limit the measurement: a thread for each connection, one write for each group of
//! commands, and contents discarded unread except for their ends. It runs as its own process, on another core than
//! the sender.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdin, ChildStdout};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::process;

const GREETING: &[u8] = b"220 receiver.example.com ESMTP\r\n";
const CAPABILITIES: &[u8] = b"250-receiver.example.com\r\n250-PIPELINING\r\n250-8BITMIME\r\n\
    250-SMTPUTF8\r\n250 ENHANCEDSTATUSCODES\r\n";

/// More than the largest mail of the bench, so that one read can take it.
const BUFFER: usize = 256 * 1024;

const END: &[u8] = b"\r\n.\r\n";

/// The most bytes that can follow an end of content: a client waits for the reply to `DATA` before it sends more (RFC
/// 2920 §3.1), so at most one envelope does.
const BEHIND_END: usize = 4096;

static MESSAGES: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);

/// What has arrived so far.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Received {
    pub(crate) messages: u64,
    /// The size of their contents.
    pub(crate) bytes: u64,
    /// The receiver's own processor time.
    pub(crate) cpu: Duration,
}

/// A receiver that runs as its own process until this is dropped.
pub(crate) struct Receiver {
    child: Child,
    /// A line on it asks for the counts; closing it ends the receiver.
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    pub(crate) port: u16,
}

impl Receiver {
    /// Starts this program again as the receiver, with `job` as its argument.
    pub(crate) fn start(job: &impl Serialize) -> Self {
        let mut child = process::start(process::RECEIVING, job);
        let mut receiver = Self {
            questions: child.stdin.take(),
            answers: BufReader::new(child.stdout.take().unwrap()),
            child,
            port: 0,
        };
        receiver.port = receiver.answer();
        receiver
    }

    /// What has arrived since the start.
    pub(crate) fn received(&mut self) -> Received {
        let questions = self.questions.as_mut().unwrap();
        questions.write_all(b"\n").unwrap();
        self.answer()
    }

    fn answer<A: serde::de::DeserializeOwned>(&mut self) -> A {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        drop(self.questions.take());
        let _ = self.child.wait();
    }
}

/// The receiver itself. It prints its port, then answers each line with the counts until the input ends. It delays
/// every write of replies by `delay`.
pub(crate) fn serve(delay: Duration) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    println!("{}", listener.local_addr().unwrap().port());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            // A client that hangs up is no error here: missing mails show in the counts.
            thread::spawn(move || Session::new(stream, delay).and_then(Session::serve));
        }
    });
    for _ in io::stdin().lines() {
        let received = Received {
            messages: MESSAGES.load(Ordering::Relaxed),
            bytes: BYTES.load(Ordering::Relaxed),
            cpu: process::ticks(),
        };
        println!("{}", serde_json::to_string(&received).unwrap());
    }
}

struct Session {
    stream: TcpStream,
    delay: Duration,
    replies: Vec<u8>,
    /// How much of a content has passed, while one is arriving.
    content: Option<u64>,
    over: bool,
}

impl Session {
    fn new(stream: TcpStream, delay: Duration) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        Ok(Self {
            stream,
            delay,
            replies: GREETING.to_vec(),
            content: None,
            over: false,
        })
    }

    fn serve(mut self) -> io::Result<()> {
        let mut buffer = vec![0; BUFFER];
        let mut filled = 0;
        loop {
            // The remainder of a partial group is on its way: one answer for all.
            if filled == 0 || self.content.is_some() {
                self.answer()?;
            }
            if self.over {
                return Ok(());
            }
            match self.stream.read(&mut buffer[filled..])? {
                0 => return Ok(()),
                count => filled += count,
            }
            let taken = self.take(&buffer[..filled]);
            buffer.copy_within(taken..filled, 0);
            filled -= taken;
        }
    }

    fn answer(&mut self) -> io::Result<()> {
        if !self.replies.is_empty() {
            if !self.delay.is_zero() {
                thread::sleep(self.delay);
            }
            self.stream.write_all(&self.replies)?;
            self.replies.clear();
        }
        Ok(())
    }

    /// Processes complete commands; returns how many bytes those were.
    fn take(&mut self, bytes: &[u8]) -> usize {
        let mut taken = 0;
        loop {
            let rest = &bytes[taken..];
            if let Some(gone_by) = self.content {
                match end_of_content(rest) {
                    Some(length) => {
                        // Excludes the line end of DATA and the final dot.
                        let length_of_content = gone_by + length as u64 - END.len() as u64;
                        BYTES.fetch_add(length_of_content, Ordering::Relaxed);
                        MESSAGES.fetch_add(1, Ordering::Relaxed);
                        self.content = None;
                        self.replies.extend_from_slice(b"250 2.0.0 Ok: queued\r\n");
                        taken += length;
                    }
                    None => {
                        let gone = rest.len().saturating_sub(END.len() - 1);
                        self.content = Some(gone_by + gone as u64);
                        return taken + gone;
                    }
                }
            } else {
                let Some(end) = rest.iter().position(|byte| *byte == b'\n') else {
                    return taken;
                };
                self.command(&rest[..end]);
                // The line end of DATA may be the one before the final dot.
                taken += if self.content.is_some() {
                    end - 1
                } else {
                    end + 1
                };
            }
        }
    }

    fn command(&mut self, line: &[u8]) {
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let reply: &[u8] = match verb.as_slice() {
            b"EHLO" => CAPABILITIES,
            b"HELO" => b"250 receiver.example.com\r\n",
            b"MAIL" => b"250 2.1.0 Ok\r\n",
            b"RCPT" => b"250 2.1.5 Ok\r\n",
            b"DATA" => {
                self.content = Some(0);
                b"354 Go ahead\r\n"
            }
            b"RSET" | b"NOOP" => b"250 2.0.0 Ok\r\n",
            b"QUIT" => {
                self.over = true;
                b"221 2.0.0 Bye\r\n"
            }
            _ => b"500 5.5.2 What?\r\n",
        };
        self.replies.extend_from_slice(reply);
    }
}

/// How many bytes there are to the end of a content, including its final dot. Checks only the last bytes, because
/// what follows an end is short.
fn end_of_content(bytes: &[u8]) -> Option<usize> {
    let before = bytes.len().saturating_sub(BEHIND_END);
    let last = &bytes[before..];
    let at = last.windows(END.len()).rposition(|window| window == END)?;
    Some(before + at + END.len())
}
