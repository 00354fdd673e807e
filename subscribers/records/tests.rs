#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::{self, Read};

use proptest::prelude::*;

use super::*;

/// Everything a file gives, as one line of text each: the line, and the fields between bars.
fn read(file: impl AsRef<[u8]>) -> Vec<String> {
    collect(file.as_ref()).unwrap()
}

fn collect(source: impl Read) -> io::Result<Vec<String>> {
    let mut records = Records::new(source, None)?;
    let mut shown = Vec::new();
    while let Some(found) = records.next()? {
        shown.push(match found {
            Found::Endless { line, raw } => format!("{line} ! [{raw}]"),
            Found::Record { line, fields, .. } => {
                let fields = (0..fields.len()).map(|at| fields.get(at).unwrap());
                let fields: Vec<_> = fields.map(String::from_utf8_lossy).collect();
                format!("{line} {}", fields.join("|"))
            }
        });
    }
    Ok(shown)
}

/// Gives its bytes in pieces of one size.
struct Pieces<'a>(&'a [u8], usize);

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let size = self.1.min(buffer.len());
        self.0.read(&mut buffer[..size])
    }
}

#[test]
fn counts_physical_lines_whatever_ends_them() {
    let file = "email,note\nann@example.com,\"two\nlines\"\n\nbob@example.com,x\n";
    for end in ["\n", "\r\n", "\r"] {
        let rows = read(file.replace('\n', end));
        assert_eq!(rows[0], "1 email|note", "{end:?}");
        assert_eq!(rows[1], format!("2 ann@example.com|two{end}lines"));
        assert_eq!(rows[2], "5 bob@example.com|x", "{end:?}");
    }
}

#[test]
fn the_delimiter_is_what_the_first_line_has_most_of_outside_quotes() {
    assert_eq!(read("a;b;c\n1,5;2;3"), ["1 a|b|c", "2 1,5|2|3"]);
    assert_eq!(read("a\tb, or c\n1\t2"), ["1 a|b, or c", "2 1|2"]);
    assert_eq!(read("\"a;;;\",b\n1,2"), ["1 a;;;|b", "2 1|2"]);
    assert_eq!(read("a\n1;2"), ["1 a", "2 1;2"]);
}

#[test]
fn a_first_line_may_name_the_delimiter() {
    for line in ["sep=|", "SEP=|", "\"sep=|\"", "\u{feff}sep=|"] {
        for end in ["\n", "\r\n", "\r"] {
            let file = format!("{line}{end}a,b|c{end}{end}1|2{end}");
            assert_eq!(read(&file), ["2 a,b|c", "4 1|2"], "{line:?} {end:?}");
            let pieces = collect(Pieces(file.as_bytes(), 1)).unwrap();
            assert_eq!(pieces, ["2 a,b|c", "4 1|2"]);
        }
    }
    // A header like any other.
    for line in ["sep=", "sep=;;", "sep=a", "\"sep=;", "sept;"] {
        assert!(read(format!("{line}\n1"))[0].starts_with('1'), "{line}");
    }
    assert_eq!(read("sep=;"), [""; 0]);
}

#[test]
fn a_quote_that_is_never_closed_costs_one_row() {
    let tail = "bob@example.com,Bob\ncarl@example.com,Carl\n".repeat(4000);
    let file = format!("email,name\n\"ann@example.com,Ann\n{tail}");
    assert!(tail.len() > 2 * MAX_RECORD);
    let rows = read(&file);
    assert_eq!(rows[1], "2 ! [\"ann@example.com,Ann]");
    assert_eq!(rows[2], "3 bob@example.com|Bob");
    assert_eq!(rows.len(), 8002);
    assert!(rows[2..].iter().all(|row| !row.contains('!')));

    let short = read("email,name\nann@example.com,\"Ann\nbob@example.com,Bob");
    assert_eq!(short[1], "2 ! [ann@example.com,\"Ann]");
    assert_eq!(short[2], "3 bob@example.com|Bob");
}

#[test]
fn endless_quotes_on_every_line_do_not_make_the_reading_quadratic() {
    // Each `x","` leaves a quote open, whether it begins a row or stands inside a quote.
    let hostile = "x\",\"\n".repeat(300_000);
    let rows = read(format!("email,note\n{hostile}bob@example.com,\"y\"\n"));
    assert_eq!(
        rows.iter().filter(|row| row.contains(" ! [")).count(),
        300_000
    );
    assert_eq!(rows[300_001..], ["300002 bob@example.com|y"]);
}

#[test]
fn a_row_may_be_as_long_as_the_limit_and_no_longer() {
    for (over, taken) in [(0, true), (1, false)] {
        let head = "ann@example.com,";
        let row = format!("{head}{}\n", "x".repeat(MAX_RECORD + over - head.len() - 1));
        let rows = read(format!("email,note\n{row}bob@example.com,y\n"));
        assert_eq!(!rows[1].starts_with("2 !"), taken);
        assert_eq!(rows[2], "3 bob@example.com|y");
    }
}

#[test]
fn an_endless_line_is_passed_over_in_constant_memory() {
    let line = io::repeat(b'a').take(32 << 20);
    let source = (&b"email\n"[..])
        .chain(line)
        .chain(&b"\nbob@example.com\n"[..]);
    let mut records = Records::new(source, None).unwrap();
    records.next().unwrap();
    match records.next().unwrap().unwrap() {
        Found::Endless { line, raw } => {
            assert_eq!(line, 2);
            assert!(raw.len() <= MAX_RAW + "…".len());
        }
        Found::Record { .. } => panic!("a row of 32 MiB"),
    }
    assert!(matches!(
        records.next(),
        Ok(Some(Found::Record { line: 3, .. }))
    ));
    assert!(matches!(records.next(), Ok(None)));
    assert_eq!(records.bytes_read(), (32 << 20) + 6 + 17);
}

#[test]
fn a_failing_source_ends_the_reading_with_its_error() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }
    }
    let source = (&b"email\nann@example.com\nbob@ex"[..]).chain(Broken);
    assert!(collect(source).is_err());
}

/// What a writer would make of a field.
fn quoted(field: &str, always: bool) -> String {
    if always || field.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        rows in prop::collection::vec(("[a-z]{1,8}", "[a-zÄ \",]{0,12}", "[a-z\r\n\",]{0,6}", any::<bool>()), 0..12),
        end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        bom in any::<bool>(),
        closed in any::<bool>(),
        piece in 1..40_usize,
    ) {
        let mut file = format!("{}email,name,note", if bom { "\u{feff}" } else { "" });
        let mut wanted = vec!["1 email|name|note".to_owned()];
        for (local, name, note, always) in &rows {
            file += end;
            let line = 1 + file.replace("\r\n", "\n").matches(['\r', '\n']).count();
            let fields = [local, name, note];
            file += &fields.map(|field| quoted(field, *always)).join(",");
            wanted.push(format!("{line} {local}|{name}|{note}"));
        }
        if closed {
            file += end;
        }
        prop_assert_eq!(collect(Pieces(file.as_bytes(), piece)).unwrap(), wanted);
    }

    #[test]
    fn any_bytes_give_the_same_in_any_pieces(
        body in prop::collection::vec(prop::sample::select(b"a@.,;\t\"\r\n\xc3\xa4\xff\0".to_vec()), 0..200),
        piece in 1..9_usize,
    ) {
        let file = [&b"email,name\n"[..], &body].concat();
        let whole = read(&file);
        let pieces = collect(Pieces(&file, piece)).unwrap();
        prop_assert_eq!(&whole, &pieces);
        let lines: Vec<u64> = whole.iter().map(|row| row.split(' ').next().unwrap().parse().unwrap()).collect();
        prop_assert!(lines.is_sorted_by(|a, b| a < b));
    }
}
