//! Test mails: an issue to addresses that need not be on the list. Neither the list nor the ledger changes.

use subscribers::address::Address;
use subscribers::token::{self, Key, Purpose, Token};

use super::sample::{SampleReader, sample_key, sample_mail};
use crate::app::App;
use crate::edition::render::BrokenMail;
use crate::edition::{self, EditionError};
use crate::issue::Issue;
use crate::smtp::{Conversation, Envelope, Failure, Reply};

/// What stands before the subject.
const MARK: &str = "[Test] ";

/// Why no test mail was sent.
#[derive(Debug, thiserror::Error)]
pub enum TestError {
    #[error("the relay cannot be reached: {0}")]
    Relay(#[from] Failure),
    #[error("the system gives no random numbers, so the mail's links cannot be made up")]
    Random,
    #[error(transparent)]
    Edition(#[from] EditionError),
    #[error(transparent)]
    Mail(#[from] BrokenMail),
}

/// What became of one test mail: the relay's reply, or why it did not take it.
pub type Tested = Result<Reply, String>;

/// Sends an issue to each of these addresses as a reader without a name would get it now, with a mark before the
/// subject. Its links look real and open nothing. Any issue without errors will do, ready or not.
///
/// # Errors
/// If the relay cannot be reached before the first mail; a later failure is that of its address.
pub async fn send_test(
    app: &App,
    issue: &Issue,
    addresses: &[Address],
) -> Result<Vec<Tested>, TestError> {
    let (comparison, previous) = edition::as_of_now(app, issue).await?;
    let issue = Issue {
        subject: format!("{MARK}{}", issue.subject),
        comparison,
        ..issue.clone()
    };
    let zone = app.config.schedule.time_zone;
    let due = app.clock.now().with_timezone(&zone).fixed_offset();
    let mut open = Some(app.connect_to_relay().await?);
    let mut tested = Vec::with_capacity(addresses.len());
    for address in addresses {
        let reader = SampleReader {
            address,
            name: None,
            due,
        };
        // The key decides the Message-ID too, by which mailboxes know a mail that they have.
        let key = sample_key().map_err(|_| TestError::Random)?;
        let mail = sample_mail(&app.config, &issue, previous.as_ref(), &reader, &key)?;
        tested.push(send(app, &mut open, address, &key, mail.content).await);
    }
    if let Some(mut conversation) = open {
        conversation.quit().await;
    }
    Ok(tested)
}

/// Sends one mail, over a new connection if the last one is gone.
async fn send(
    app: &App,
    open: &mut Option<Conversation>,
    address: &Address,
    key: &Key,
    content: Vec<u8>,
) -> Tested {
    let mut conversation = match open.take() {
        Some(conversation) => conversation,
        None => app
            .connect_to_relay()
            .await
            .map_err(|failure| failure.to_string())?,
    };
    let mut content = app
        .signed(content)
        .await
        .map_err(|error| error.to_string())?;
    if let Some(objection) = conversation.objection(address) {
        *open = Some(conversation);
        return Err(objection.to_owned());
    }
    let bounce = token::return_path(
        key,
        &app.config.smtp.bounce_address,
        Token::new(Purpose::Bounce, 0, 0),
    );
    let envelope = Envelope {
        from: &bounce,
        to: &address.on_the_wire(),
        octets: Some(content.len() as u64),
    };
    let sent = conversation.mail(envelope, &mut content).await;
    *open = Some(conversation).filter(Conversation::is_usable);
    sent.map_err(|failure| failure.to_string())
}
