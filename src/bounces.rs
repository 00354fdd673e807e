//! Who is at fault when a mail does not arrive: pure rules on the codes of an SMTP reply, which the
//! status of a returned mail shares (RFC 3464 §2.3.4). And which mail a returned one is about.

mod returned;

pub use returned::{Unnamed, named_in};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    Accepted,
    /// Try again later.
    Deferred,
    /// Do not try again.
    Refused,
    /// Do not try again: the mailbox does not exist or accepts no mail any more.
    DeadMailbox,
    /// Refused by policy: the relay may object to this reader alone, or to the message or the
    /// sender.
    PolicyRefusal,
}

/// Classifies a reply by its enhanced status code (RFC 3463) if its text begins with one, otherwise
/// by its code. A 2xx code means accepted whatever the text is: the relay is responsible for the
/// mail then (RFC 5321 §4.2.5).
pub fn classify(code: u16, text: &str) -> Class {
    if code / 100 == 2 {
        return Class::Accepted;
    }
    match enhanced(text) {
        Some((4, _, _)) => Class::Deferred,
        Some((5, 1, 1 | 2 | 6 | 10) | (5, 2, 1)) => Class::DeadMailbox,
        // Security and policy; message too large for the system.
        Some((5, 7, _) | (5, 3, 4)) => Class::PolicyRefusal,
        Some((5, _, _)) => Class::Refused,
        // RFC 4954 §6: authentication is required, failed, or must be encrypted.
        _ if matches!(code, 530 | 534 | 535 | 538) => Class::PolicyRefusal,
        _ if code / 100 == 5 => Class::Refused,
        _ => Class::Deferred,
    }
}

/// True if the receiving domain asks for fewer mails: 421, or a temporary refusal by policy.
pub fn asks_to_slow_down(code: u16, text: &str) -> bool {
    code == 421 || (code / 100 == 4 && matches!(enhanced(text), Some((4, 7, _))))
}

/// The enhanced status code at the start of a text, such as (5, 1, 1).
pub fn enhanced(text: &str) -> Option<(u16, u16, u16)> {
    let mut numbers = text.split_whitespace().next()?.splitn(3, '.');
    let mut number = || numbers.next()?.parse().ok();
    Some((number()?, number()?, number()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_asks_for_fewer_mails() {
        assert!(asks_to_slow_down(421, "Come back later"));
        assert!(asks_to_slow_down(451, "4.7.1 Greylisted"));
        assert!(!asks_to_slow_down(452, "4.2.2 Mailbox full"));
        assert!(!asks_to_slow_down(550, "4.7.1 Odd"));
    }

    #[test]
    fn a_reply_is_sorted_by_what_it_says_of_the_mailbox() {
        for (code, text, class) in [
            (250, "2.0.0 Ok", Class::Accepted),
            (451, "4.7.1 Greylisted", Class::Deferred),
            (550, "5.1.1 No such user", Class::DeadMailbox),
            (550, "5.7.1 Policy", Class::PolicyRefusal),
            (552, "5.3.4 Too big", Class::PolicyRefusal),
            (535, "Who are you?", Class::PolicyRefusal),
            (552, "5.2.2 Mailbox full", Class::Refused),
            (550, "4.2.2 Mailbox full for now", Class::Deferred),
            (250, "5.7.1 Taken all the same", Class::Accepted),
            (550, "No such user", Class::Refused),
            (554, "5.1", Class::Refused),
        ] {
            assert_eq!(classify(code, text), class, "{code} {text}");
        }
    }
}
