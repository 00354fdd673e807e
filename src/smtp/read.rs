//! Reads replies as octets arrive (RFC 5321 §4.2), and converts them for lettre.
//!
//! lettre reads any number of lines, which must be UTF-8, requires a space after the code, and rejects codes such as
//! 571. So it gets each reply in that form, once it is complete.

use std::io;

/// The longest reply with all its lines, in octets. RFC 5321 §4.5.3.1.5 allows 512 octets for each line.
const LONGEST: usize = 64 << 10;
/// How much of a line is kept, in octets: lettre accepts lines of 1000.
const LONGEST_LINE: usize = 900;
/// How much of a reply is kept, in octets: lettre accepts 100,000, and an invalid octet becomes three.
const KEPT: usize = 32 << 10;

/// A complete reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Whole {
    /// The relay's own code.
    pub(super) code: u16,
    /// The lines in the form that lettre reads.
    pub(super) text: String,
}

/// Assembles replies from octets.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// The incomplete line.
    line: Vec<u8>,
    /// The lines before it, and their code.
    text: String,
    code: Option<[u8; 3]>,
    octets: usize,
}

impl Reader {
    /// Takes octets up to the end of a reply. Returns how many it took, and the reply if it is complete.
    ///
    /// # Errors
    /// If the octets are not a reply, or if it is too long.
    pub(super) fn take(&mut self, octets: &[u8]) -> io::Result<(usize, Option<Whole>)> {
        let mut taken = 0;
        while taken < octets.len() {
            let rest = &octets[taken..];
            let end = rest.iter().position(|octet| *octet == b'\n');
            let part = end.map_or(rest, |end| &rest[..=end]);
            taken += part.len();
            self.octets += part.len();
            if self.octets > LONGEST {
                let why = format!("the relay's reply is longer than {LONGEST} octets");
                return Err(broken(&why));
            }
            self.line.extend_from_slice(part);
            if end.is_some()
                && let Some(whole) = self.end_line()?
            {
                return Ok((taken, Some(whole)));
            }
        }
        Ok((taken, None))
    }

    /// True in the middle of a reply.
    pub(super) fn has_begun(&self) -> bool {
        self.octets > 0
    }

    /// Reads the complete line. Returns the reply if that was its last line.
    fn end_line(&mut self) -> io::Result<Option<Whole>> {
        let line = std::mem::take(&mut self.line);
        let line = line.strip_suffix(b"\n").unwrap_or(&line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let Some((code, rest)) = line.split_first_chunk::<3>() else {
            return Err(no_reply());
        };
        // The text is optional, and the space with it.
        let (is_last, text) = match rest.split_first() {
            None => (true, &[][..]),
            Some((b' ', text)) => (true, text),
            Some((b'-', text)) => (false, text),
            Some(_) => return Err(no_reply()),
        };
        let is_code = matches!(code[0], b'2'..=b'5') && code.iter().all(u8::is_ascii_digit);
        // All lines of a reply have the same code (RFC 5321 §4.2.1).
        if !is_code || self.code.is_some_and(|before| before != *code) {
            return Err(no_reply());
        }
        self.code = Some(*code);
        self.keep(*code, is_last, text);
        if !is_last {
            return Ok(None);
        }
        let Self { text, .. } = std::mem::take(self);
        let [a, b, c] = code.map(|digit| u16::from(digit - b'0'));
        let code = a * 100 + b * 10 + c;
        Ok(Some(Whole { code, text }))
    }

    fn keep(&mut self, [class, subject, detail]: [u8; 3], is_last: bool, text: &[u8]) {
        if !is_last && self.text.len() > KEPT {
            return;
        }
        let text = &text[..text.len().min(LONGEST_LINE / 3)];
        // lettre accepts only the second digits of RFC 5321 §4.2.1.
        let digits = [class, subject.min(b'5'), detail].map(char::from);
        self.text.extend(digits);
        self.text.push(if is_last { ' ' } else { '-' });
        self.text.push_str(&String::from_utf8_lossy(text));
        self.text.push_str("\r\n");
    }
}

pub(super) const UNEXPECTED_REPLY: &str = "the relay sent an unexpected reply";

pub(super) fn no_reply() -> io::Error {
    broken("the relay sent something that is not an SMTP reply")
}

pub(super) fn ended() -> io::Error {
    let why = "the relay closed the connection before it replied";
    io::Error::new(io::ErrorKind::UnexpectedEof, why)
}

pub(super) fn broken(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why.to_owned())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// The replies that octets make, however they are cut into pieces.
    fn replies(octets: &[u8]) -> io::Result<Vec<(u16, String)>> {
        let of = |size: usize| {
            let (mut reader, mut replies) = (Reader::default(), Vec::new());
            for mut piece in octets.chunks(size) {
                while !piece.is_empty() {
                    let (taken, whole) = reader.take(piece)?;
                    replies.extend(whole.map(|Whole { code, text }| (code, text)));
                    piece = &piece[taken..];
                }
            }
            assert!(!reader.has_begun());
            io::Result::Ok(replies)
        };
        let whole = of(octets.len());
        assert_eq!(of(1).ok(), whole.as_ref().ok().cloned());
        whole
    }

    #[test]
    fn what_the_standard_allows_is_read() {
        let several = replies(b"250\r\n220 hi\r\n250-a\r\n250-\r\n250\r\n").unwrap();
        let texts = ["250 \r\n", "220 hi\r\n", "250-a\r\n250-\r\n250 \r\n"].map(str::to_owned);
        assert_eq!(
            several.iter().map(|(code, _)| *code).collect::<Vec<_>>(),
            [250, 220, 250]
        );
        assert_eq!(
            several
                .into_iter()
                .map(|(_, text)| text)
                .collect::<Vec<_>>(),
            texts
        );
    }

    #[test]
    fn a_text_is_octets_and_a_code_may_be_any() {
        let latin = replies(b"550 5.1.1 Unbekannter Empf\xe4nger\n").unwrap();
        assert_eq!(
            latin,
            [(550, "550 5.1.1 Unbekannter Empf\u{fffd}nger\r\n".to_owned())]
        );
        assert_eq!(
            replies(b"571 No\r\n").unwrap(),
            [(571, "551 No\r\n".to_owned())]
        );
    }

    #[test]
    fn what_is_no_reply_is_told() {
        let none: [&[u8]; 7] = [
            b"\r\n",
            b"25\r\n",
            b"150 x\r\n",
            b"650 x\r\n",
            b"25x y\r\n",
            b"250x\r\n",
            b"250-a\r\n251 b\r\n",
        ];
        for octets in none {
            assert!(replies(octets).is_err(), "{octets:?}");
        }
    }

    #[test]
    fn a_long_reply_is_cut_and_an_endless_one_refused() {
        let line = [b"250-".as_slice(), &[0xff; 2000], b"\r\n"].concat();
        let long = [line.repeat(30).as_slice(), b"250 end\r\n"].concat();
        let (code, text) = replies(&long).unwrap().remove(0);
        assert_eq!(code, 250);
        assert!(text.len() < 100_000 && text.lines().all(|line| line.len() < 1000));
        assert!(text.ends_with("250 end\r\n"));
        assert!(Reader::default().take(&[b'2'; LONGEST + 1]).is_err());
        assert!(
            Reader::default()
                .take(&b"250-a\r\n".repeat(LONGEST / 7 + 1))
                .is_err()
        );
    }
}
