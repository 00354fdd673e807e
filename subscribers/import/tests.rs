#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::{self, Read};

use proptest::prelude::*;

use super::*;

/// Everything a file gives, as one line of text each.
fn read(file: impl AsRef<[u8]>) -> Vec<String> {
    collect(Reader::new(file.as_ref()).unwrap())
}

fn collect(reader: Reader<impl Read>) -> Vec<String> {
    reader.map(|item| show(&item.unwrap())).collect()
}

fn show(row: &Result<Row, Rejected>) -> String {
    match row {
        Ok(row) => {
            let (name, zone) = (row.name.as_deref(), row.time_zone.as_deref());
            format!(
                "{} {} {} {}",
                row.line,
                row.address,
                name.unwrap_or("-"),
                zone.unwrap_or("-")
            )
        }
        Err(rejected) => format!("{} ! {} [{}]", rejected.line, rejected.reason, rejected.raw),
    }
}

fn refused(file: impl AsRef<[u8]>) -> String {
    Reader::new(file.as_ref()).unwrap_err().to_string()
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
fn reads_columns_by_their_titles() {
    let file = "\u{feff}Time_Zone, E-Mail ,Name,Company\n\
                Europe/Berlin,ann@example.com,\"Lee, Ann\",Acme\n\
                ,bob@example.com,,\n";
    let reader = Reader::new(file.as_bytes()).unwrap();
    assert_eq!(reader.ignored_columns(), ["Company"]);
    assert_eq!(
        collect(reader),
        [
            "2 ann@example.com Lee, Ann Europe/Berlin",
            "3 bob@example.com - -"
        ]
    );
}

#[test]
fn email_is_preferred_to_a_postal_address() {
    let reader = Reader::new(&b"address,email\n1 Main St,ann@example.com"[..]).unwrap();
    assert_eq!(reader.ignored_columns(), ["address"]);
    assert_eq!(collect(reader), ["2 ann@example.com - -"]);
}

#[test]
fn counts_physical_lines_whatever_ends_them() {
    let file = "email,note\n\
                ann@example.com,\"two\nlines\"\n\
                \n\
                bob@example.com,x\n\
                bad,x\n";
    for end in ["\n", "\r\n", "\r"] {
        let rows = read(file.replace('\n', end));
        assert_eq!(
            rows,
            [
                "2 ann@example.com - -",
                "5 bob@example.com - -",
                "6 ! the address has no @ [bad,x]"
            ],
            "{end:?}"
        );
    }
}

#[test]
fn a_bad_row_is_reported_and_the_others_imported() {
    let file = b"email,name,time_zone\n\
        a@example.com,A\n\
        b@example.com,B,,\n\
        \xff@example.com,C,\n\
        ,D,\n\
        e@example,E,\n\
        f@example.com,\"F\nBcc: x\",\n\
        g@example.com,G,Mars/Base\n\
        h@example.com,H,UTC\n";
    assert_eq!(
        read(file),
        [
            "2 ! 2 fields where the header has 3 [a@example.com,A]",
            "3 ! 4 fields where the header has 3 [b@example.com,B,,]",
            "4 ! not UTF-8; save the file as UTF-8 [\u{fffd}@example.com,C,]",
            "5 ! the address is empty [,D,]",
            "6 ! the domain has no dot [e@example,E,]",
            "7 ! the name contains a line break or another control character [f@example.com,\"F\nBcc: x\",]",
            "9 ! unknown time zone; write an IANA name, such as Europe/Berlin [g@example.com,G,Mars/Base]",
            "10 h@example.com H UTC",
        ]
    );
}

#[test]
fn a_character_split_by_a_comma_is_not_utf8() {
    let rows = read(b"email,name\n\"a\xc3\",\"\xa4@example.com\"\n");
    assert!(rows[0].starts_with("2 ! not UTF-8"), "{rows:?}");
}

#[test]
fn a_quote_that_is_never_closed_costs_one_row() {
    let tail = "bob@example.com,Bob\ncarl@example.com,Carl\n".repeat(4000);
    let file = format!("email,name\n\"ann@example.com,Ann\n{tail}");
    assert!(tail.len() > 2 * MAX_RECORD);
    let rows = read(&file);
    assert_eq!(
        rows[0],
        "2 ! a quote that is never closed, or a row of more than 64 KiB [\"ann@example.com,Ann]"
    );
    assert_eq!(rows[1], "3 bob@example.com Bob -");
    assert_eq!(rows.len(), 8001);
    assert!(rows[1..].iter().all(|row| !row.contains('!')));

    let short = read("email,name\nann@example.com,\"Ann\nbob@example.com,Bob");
    assert!(short[0].starts_with("2 ! a quote"), "{short:?}");
    assert_eq!(short[1..], ["3 bob@example.com Bob -"]);
}

#[test]
fn endless_quotes_on_every_line_do_not_make_the_import_quadratic() {
    // Each `x","` leaves a quote open, whether it begins a row or stands inside a quote.
    let hostile = "x\",\"\n".repeat(300_000);
    let rows = read(format!(
        "email,note\n{hostile}ann@example.com,\"a\nb\"\nbob@example.com,\"y\"\n"
    ));
    let rejected = rows.iter().filter(|row| row.contains("! a quote")).count();
    // From then on a quote ends with its line, so Ann's row is in two pieces, both refused.
    assert_eq!(rejected, 300_001);
    assert!(rows[300_001].starts_with("300003 ! "), "{}", rows[300_001]);
    assert_eq!(rows[300_002..], ["300004 bob@example.com - -"]);
}

#[test]
fn a_row_may_be_as_long_as_the_limit_and_no_longer() {
    for (over, taken) in [(0, true), (1, false)] {
        let head = "ann@example.com,";
        let row = format!("{head}{}\n", "x".repeat(MAX_RECORD + over - head.len() - 1));
        let rows = read(format!("email,note\n{row}bob@example.com,y\n"));
        assert_eq!(rows[0] == "2 ann@example.com - -", taken);
        assert_eq!(rows[1], "3 bob@example.com - -");
    }
}

#[test]
fn an_endless_line_is_passed_over_in_constant_memory() {
    let line = io::repeat(b'a').take(32 << 20);
    let source = (&b"email\n"[..])
        .chain(line)
        .chain(&b"\nbob@example.com\n"[..]);
    let mut reader = Reader::new(source).unwrap();
    let first = reader.next().unwrap().unwrap().unwrap_err();
    assert_eq!((first.line, first.reason), (2, Reason::Endless));
    assert!(first.raw.len() <= MAX_RAW + "…".len());
    assert_eq!(
        show(&reader.next().unwrap().unwrap()),
        "3 bob@example.com - -"
    );
    assert!(reader.next().is_none());
    assert_eq!(reader.bytes_read(), (32 << 20) + 6 + 17);
}

#[test]
fn a_file_without_a_usable_header_is_refused_with_what_would_be_right() {
    assert!(refused("").contains("needs a header row"));
    assert!(refused("\u{feff}\r\n\n").contains("needs a header row"));
    assert_eq!(
        refused("mail,name\n"),
        "the header has no column `email` (found `mail`, `name`)"
    );
    assert!(refused("email;name\n").ends_with("columns must be separated by commas"));
    assert!(refused("ann@example.com,Ann\n").ends_with("looks like a reader"));
    assert!(refused("Email,EMAIL\n").contains("`email` twice"));
    assert!(refused("email,name,Name\n").contains("`name` twice"));
    assert!(refused(b"\xff\xfee\0m\0a\0i\0l\0").contains("UTF-16"));
    assert!(refused(b"\x7fELF\xff\xfe,\0\0").contains("not text"));
    assert!(refused(vec![0; 200_000]).contains("not text"));
    let wide = refused("\u{1b}[31m,".repeat(2000));
    assert!(wide.len() < 600 && !wide.contains('\u{1b}'), "{wide}");
}

#[test]
fn a_failing_source_ends_the_import_with_its_error() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("gone"))
        }
    }
    let mut reader = Reader::new((&b"email\nann@example.com\nbob@ex"[..]).chain(Broken)).unwrap();
    assert!(matches!(reader.next(), Some(Ok(Ok(_)))));
    assert!(matches!(reader.next(), Some(Err(ImportError::Read(_)))));
    assert!(reader.next().is_none());
}

#[test]
fn debug_names_no_reader() {
    let rows: Vec<_> = Reader::new(&b"email,name\nann@example.com,Ann\nann@,Ann\n"[..])
        .unwrap()
        .collect();
    let shown = format!("{rows:?}");
    assert!(!shown.contains("nn"), "{shown}");
}

#[test]
fn the_sample_list_is_whole() {
    let rows: Vec<Row> = Reader::new(crate::EXAMPLE_CSV.as_bytes())
        .unwrap()
        .map(|item| item.unwrap().unwrap())
        .collect();
    assert_eq!(rows.len(), 24);
    let mut keys: Vec<_> = rows.iter().map(|row| row.address.key().clone()).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 24);
    for row in &rows {
        let domain = row.address.domain_ascii();
        let invented = ["example.com", "example.net", "example.org"];
        assert!(
            invented
                .iter()
                .any(|home| domain == *home || domain.ends_with(&format!(".{home}")))
        );
    }
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
        let mut wanted = Vec::new();
        for (local, name, note, always) in &rows {
            file += end;
            let line = 1 + file.replace("\r\n", "\n").matches(['\r', '\n']).count();
            let fields = [&format!("{local}@example.com"), name, note];
            file += &fields.map(|field| quoted(field, *always)).join(",");
            let name = Some(name.trim()).filter(|name| !name.is_empty()).unwrap_or("-");
            wanted.push(format!("{line} {local}@example.com {name} -"));
        }
        if closed {
            file += end;
        }
        let pieces = Reader::new(Pieces(file.as_bytes(), piece)).unwrap();
        prop_assert_eq!(collect(pieces), wanted);
    }

    #[test]
    fn any_bytes_give_the_same_in_any_pieces(
        body in prop::collection::vec(prop::sample::select(b"a@.,\"\r\n\xc3\xa4\xff\0".to_vec()), 0..200),
        piece in 1..9_usize,
    ) {
        let file = [&b"email,name\n"[..], &body].concat();
        let whole = read(&file);
        let pieces = collect(Reader::new(Pieces(&file, piece)).unwrap());
        prop_assert_eq!(&whole, &pieces);
        let lines: Vec<u64> = whole.iter().map(|row| row.split(' ').next().unwrap().parse().unwrap()).collect();
        prop_assert!(lines.is_sorted_by(|a, b| a < b));
    }
}
