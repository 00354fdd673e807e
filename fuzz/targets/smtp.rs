//! A relay's replies. At each `~` the relay waits briefly for a command. What is kept of the replies must not contain
//! the reader's address or the password.

use std::sync::LazyLock;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use verdict::config::{Config, Relay};
use verdict::smtp::{Conversation, Envelope, Failure, Reply, Step};

const READER: &str = "ada.reader@example.net";
const PASSWORD: &str = "hunter2hunter2";
/// Longest text of a reply that is kept, in characters.
const KEPT: usize = 200;
/// Both ends run in one thread, so data arrives at once. If none has arrived after this time, both ends are waiting.
const MOMENT: Duration = Duration::from_millis(5);
/// The most replies that a relay sends.
const REPLIES: usize = 32;

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    let mut runtime = Builder::new_current_thread();
    runtime.enable_all().build().expect("a runtime")
});

static LISTENER: LazyLock<TcpListener> = LazyLock::new(|| {
    let listener = RUNTIME.block_on(TcpListener::bind("127.0.0.1:0"));
    listener.expect("a port")
});

static RELAY: LazyLock<Relay> = LazyLock::new(|| {
    let port = LISTENER.local_addr().expect("an address").port();
    let file = Config::template().replace(
        "smtp://localhost:25",
        &format!("smtp://press:{PASSWORD}@127.0.0.1:{port}?tls=opportunistic"),
    );
    let config = Config::parse("verdict.toml".as_ref(), file.as_bytes(), |_| None);
    config.expect("a configuration").smtp.relay
});

pub(crate) fn run(data: &[u8]) {
    // Without credentials, the conversation takes another path.
    let (anonymous, replies) = match data.split_first() {
        Some((b'?', rest)) => (true, rest),
        _ => (false, data),
    };
    let mut relay = RELAY.clone();
    if anonymous {
        relay.credentials = None;
    }
    RUNTIME.block_on(async {
        tokio::join!(answer(replies), converse(&relay));
    });
}

/// Acts as the relay: sends the first reply at once, and each next one after a command.
async fn answer(replies: &[u8]) {
    let (mut client, _) = LISTENER.accept().await.expect("a client");
    let mut written = [0; 4096];
    let replies = replies.split(|byte| *byte == b'~').take(REPLIES);
    for (number, reply) in replies.enumerate() {
        if number > 0 {
            let _ = timeout(MOMENT, client.read(&mut written)).await;
        }
        if client.write_all(reply).await.is_err() {
            break;
        }
    }
    close(client).await;
}

/// Waits for the client to close first, because the side that closes first blocks its port for a minute (TIME_WAIT).
async fn close(mut client: TcpStream) {
    let _ = client.shutdown().await;
    let mut rest = [0; 4096];
    while matches!(client.read(&mut rest).await, Ok(1..)) {}
}

async fn converse(relay: &Relay) {
    let mut conversation = match Conversation::open(relay, "news.example.com").await {
        Ok(conversation) => conversation,
        Err(failure) => {
            is_discreet(&failure);
            return keeps_the_password(&failure);
        }
    };
    let envelope = Envelope {
        from: "returned@example.com",
        to: READER,
        octets: Some(40),
    };
    for _ in 0..2 {
        if let Err(failure) = conversation.envelope(envelope).await {
            is_discreet(&failure);
            if !conversation.is_usable() || conversation.reset().await.is_err() {
                return;
            }
            continue;
        }
        let mut content = b"Subject: x\r\n\r\ny\r\n".to_vec();
        let written = conversation.content(&mut content, Some(envelope)).await;
        match written.content {
            Ok(reply) => {
                assert_eq!(reply.code / 100, 2, "{reply:?}");
                is_kept(&reply);
            }
            Err(failure) => is_discreet(&failure),
        }
        if let Some(Err(failure)) = written.next {
            is_discreet(&failure);
        }
        if !conversation.is_usable() {
            return;
        }
    }
    conversation.quit().await;
}

fn is_discreet(failure: &Failure) {
    if let Failure::Refused { reply, .. } = failure {
        is_kept(reply);
    }
    let text = failure.to_string().to_lowercase();
    assert!(!text.contains(READER), "{text}");
    assert!(!text.contains(char::is_control), "{text:?}");
}

/// A relay may quote what the client sent to log in.
fn keeps_the_password(failure: &Failure) {
    let at_login = match failure {
        Failure::Refused { step, .. } | Failure::Lost { step, .. } => *step == Step::Auth,
        Failure::TooLarge { .. } => false,
    };
    assert!(
        !at_login || !failure.to_string().contains(PASSWORD),
        "{failure}"
    );
}

fn is_kept(reply: &Reply) {
    let _ = (reply.class(), reply.asks_to_slow_down());
    assert!(reply.text.chars().count() <= KEPT, "{reply:?}");
    assert!(!reply.text.contains(char::is_control), "{reply:?}");
    assert!(!reply.text.to_lowercase().contains(READER), "{reply:?}");
}
