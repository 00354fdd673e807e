//! The receiver against a raw TCP client, octet by octet.

mod content;
mod misbehaviour;
mod protocol;
mod receiver;
mod tls;

use std::time::Duration;

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

use super::duplex::Duplex;
use super::{Behaviour, Catcher};

/// Long enough for anything that does happen.
const SOON: Duration = Duration::from_secs(10);
/// Long enough to see that something does not happen.
const A_WHILE: Duration = Duration::from_millis(50);

async fn catcher(behaviour: Behaviour) -> Catcher {
    Catcher::start(behaviour).await.unwrap()
}

/// A client that says what it is told, right or wrong.
struct Client<S = TcpStream>(BufReader<S>);

impl Client {
    /// Connects; the greeting is still to be read.
    async fn connect(catcher: &Catcher) -> Self {
        let stream = TcpStream::connect(catcher.addr()).await.unwrap();
        stream.set_nodelay(true).unwrap();
        Self(BufReader::new(stream))
    }

    /// Connects and says EHLO.
    async fn greet(catcher: &Catcher) -> Self {
        let mut client = Self::connect(catcher).await;
        client.expect("220").await;
        client.ask("EHLO client.example.com", "250").await;
        client
    }

    /// Comes as far as the 354.
    async fn begin(catcher: &Catcher, to: &str) -> Self {
        let mut client = Self::greet(catcher).await;
        client.envelope(to).await;
        client.ask("DATA", "354").await;
        client
    }
}

impl<S: Duplex> Client<S> {
    async fn envelope(&mut self, to: &str) {
        self.ask("MAIL FROM:<list@example.org>", "250").await;
        self.ask(&format!("RCPT TO:<{to}>"), "250").await;
    }

    async fn write(&mut self, bytes: impl AsRef<[u8]>) {
        self.0.get_mut().write_all(bytes.as_ref()).await.unwrap();
    }

    /// Reads a whole reply; lines are joined by LF, without CR.
    async fn reply(&mut self) -> String {
        let mut reply = String::new();
        loop {
            let mut line = String::new();
            let read = timeout(SOON, self.0.read_line(&mut line)).await;
            assert_ne!(
                read.expect("a reply in time").unwrap(),
                0,
                "after {reply:?}"
            );
            let line = line.strip_suffix("\r\n").expect("CRLF");
            reply.push_str(line);
            if line.as_bytes().get(3) == Some(&b' ') {
                return reply;
            }
            reply.push('\n');
        }
    }

    async fn expect(&mut self, start: &str) -> String {
        let reply = self.reply().await;
        assert!(reply.starts_with(start), "expected {start}, got {reply:?}");
        reply
    }

    async fn ask(&mut self, command: &str, start: &str) -> String {
        self.write(format!("{command}\r\n")).await;
        self.expect(start).await
    }

    /// What still comes until the server closes. A reset counts as closing.
    async fn rest(&mut self) -> Vec<u8> {
        let mut rest = Vec::new();
        let end = timeout(SOON, self.0.read_to_end(&mut rest)).await;
        let _closed_or_reset = end.expect("the server closes");
        rest
    }

    /// True if nothing comes for a while, the end of the connection neither.
    async fn hears_nothing(&mut self) -> bool {
        timeout(A_WHILE, self.0.fill_buf()).await.is_err()
    }

    /// Sends one mail on this connection.
    async fn send(&mut self, to: &str, content: &str) -> String {
        self.envelope(to).await;
        self.ask("DATA", "354").await;
        self.write(format!("{content}\r\n.\r\n")).await;
        self.reply().await
    }
}
