//! A CSV file. No byte is read twice, and an export of its cells must read back the same.

use subscribers::formula;
use subscribers::records::{Fields, Found, MAX_RECORD, Records};

pub(crate) fn run(data: &[u8]) {
    let mut records = Records::new(data, None).expect("bytes in memory");
    let (mut last, mut taken) = (0, 0);
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(Vec::new());
    let mut cells = Vec::new();
    while let Some(found) = records.next().expect("bytes in memory") {
        let line = match found {
            Found::Record { line, raw, fields } => {
                taken += raw.len();
                let guarded = guarded(&fields);
                // Writing doubles the quotes, which may make the row too long.
                if raw.len() * 2 < MAX_RECORD {
                    writer.write_record(&guarded).expect("a row");
                    cells.push(guarded);
                }
                line
            }
            Found::Endless { line, .. } => line,
        };
        assert!(line > last, "line {line} after line {last}");
        last = line;
    }
    assert!(taken <= data.len());
    assert_eq!(records.bytes_read(), data.len() as u64);
    let written = writer.into_inner().expect("rows");
    reads_the_same(&written, &cells);
}

/// The cells as an export writes them: never as a formula.
fn guarded(fields: &Fields<'_>) -> Vec<String> {
    let cells = (0..fields.len()).filter_map(|at| fields.get(at));
    let texts = cells.map(|cell| String::from_utf8_lossy(cell).into_owned());
    texts
        .map(|text| {
            let cell = formula::guard(&text).into_owned();
            assert_eq!(formula::unguard(&cell), text);
            cell
        })
        .collect()
}

fn reads_the_same(written: &[u8], cells: &[Vec<String>]) {
    // As in an export, a header comes first, so the delimiter is a comma and there is no `sep=` line.
    let table = [b"a,b\n", written].concat();
    let mut records = Records::new(&*table, None).expect("bytes in memory");
    let _titles = records.next().expect("bytes in memory");
    for row in cells {
        let Some(Found::Record { fields, .. }) = records.next().expect("bytes in memory") else {
            panic!("no row where {row:?} was written");
        };
        let read: Vec<_> = (0..fields.len()).filter_map(|at| fields.get(at)).collect();
        let row: Vec<_> = row.iter().map(String::as_bytes).collect();
        assert_eq!(read, row);
    }
    assert!(records.next().expect("bytes in memory").is_none());
}
