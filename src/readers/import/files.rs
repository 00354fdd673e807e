//! The files of a move: named ones, those of a folder, those in a zip archive.

use std::fs;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;
use zip::ZipArchive;

use super::ImportError;

/// Most files of one move.
const MOST_FILES: usize = 1_000;
/// The most bytes that a file in an archive unpacks to, whatever its packed size.
const MOST_BYTES: u64 = 4 << 30;
/// Beyond this size, a file in an archive that unpacks to more than [`MOST_TIMES`] its packed size is a bomb:
/// lists pack to a fifth or a tenth.
const SMALL: u64 = 64 << 20;
const MOST_TIMES: u64 = 100;
/// How deep folders are looked into.
const DEPTH: usize = 4;

/// The endings of files that may hold people. Others in a folder or an archive are passed over, and named.
const ENDINGS: [&str; 7] = ["csv", "tsv", "txt", "json", "jsonl", "ndjson", "list"];

/// A file, on the disk or in an archive.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// How it is named to the operator: its path, behind that of its archive.
    pub(super) name: String,
    place: Place,
    /// How many bytes it has, unpacked.
    pub(super) bytes: u64,
}

#[derive(Clone, Debug)]
enum Place {
    Disk(PathBuf),
    Archive(PathBuf, usize),
}

/// The files of a move, and the names of those that were passed over.
#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) all: Vec<File>,
    pub(super) passed_over: Vec<String>,
}

impl Files {
    /// Looks into folders and archives.
    pub(super) fn find(paths: &[PathBuf]) -> Result<Self, ImportError> {
        let mut files = Self::default();
        for path in paths {
            let unreadable = |cause| ImportError::Unreadable(path.display().to_string(), cause);
            let kind = fs::metadata(path).map_err(unreadable)?;
            if kind.is_dir() {
                files.add_folder(path, DEPTH)?;
            } else {
                files.add_file(path)?;
            }
        }
        if files.all.is_empty() {
            return Err(ImportError::NoFiles);
        }
        Ok(files)
    }

    fn add_folder(&mut self, folder: &Path, depth: usize) -> Result<(), ImportError> {
        let unreadable = |cause| ImportError::Unreadable(folder.display().to_string(), cause);
        let entries: io::Result<Vec<_>> = fs::read_dir(folder).map_err(unreadable)?.collect();
        let mut paths: Vec<PathBuf> = entries
            .map_err(unreadable)?
            .iter()
            .map(fs::DirEntry::path)
            .collect();
        paths.sort_unstable();
        for path in paths {
            let hidden = path
                .file_name()
                .is_some_and(|name| is_hidden(&name.to_string_lossy()));
            if hidden
                || fs::symlink_metadata(&path)
                    .map_err(unreadable)?
                    .is_symlink()
            {
                self.passed_over.push(path.display().to_string());
            } else if path.is_dir() && depth > 0 {
                self.add_folder(&path, depth - 1)?;
            } else if path.is_file() && (may_hold_people(&path) || is_archive(&path)) {
                self.add_file(&path)?;
            } else {
                self.passed_over.push(path.display().to_string());
            }
        }
        Ok(())
    }

    fn add_file(&mut self, path: &Path) -> Result<(), ImportError> {
        if is_archive(path) {
            return self.add_archive(path);
        }
        let unreadable = |cause| ImportError::Unreadable(path.display().to_string(), cause);
        let bytes = fs::metadata(path).map_err(unreadable)?.len();
        self.push(File {
            name: path.display().to_string(),
            place: Place::Disk(path.to_owned()),
            bytes,
        })
    }

    fn add_archive(&mut self, path: &Path) -> Result<(), ImportError> {
        let name = || path.display().to_string();
        let mut archive = open_archive(path)?;
        for index in 0..archive.len() {
            // As it is packed: one that is encrypted cannot be opened, and is to be named.
            let entry = archive
                .by_index_raw(index)
                .map_err(|error| broken(path, &error))?;
            let inside = entry.name().map_err(|error| broken(path, &error))?;
            let inside = inside.into_owned();
            let (bytes, packed) = (entry.size(), entry.compressed_size());
            let hidden = inside.split(['/', '\\']).any(is_hidden);
            if entry.is_dir() {
                continue;
            }
            if hidden || !may_hold_people(Path::new(&inside)) {
                self.passed_over.push(format!("{}/{inside}", name()));
                continue;
            }
            if entry.encrypted() {
                return Err(ImportError::Archive(
                    name(),
                    format!("{inside} is encrypted; unpack it first"),
                ));
            }
            if bytes > MOST_BYTES || bytes > SMALL && bytes / packed.max(1) > MOST_TIMES {
                let why = format!(
                    "{inside} would unpack to {bytes} bytes from {packed}, as no list does"
                );
                return Err(ImportError::Archive(name(), why));
            }
            self.push(File {
                name: format!("{}/{inside}", name()),
                place: Place::Archive(path.to_owned(), index),
                bytes,
            })?;
        }
        Ok(())
    }

    fn push(&mut self, file: File) -> Result<(), ImportError> {
        if self.all.len() == MOST_FILES {
            return Err(ImportError::TooMany(MOST_FILES));
        }
        self.all.push(file);
        Ok(())
    }
}

impl File {
    /// The last part of the name.
    pub(super) fn short_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name)
    }

    /// Reads the file: as it is, or as UTF-8 if it is UTF-16.
    pub(super) fn read<T>(
        &self,
        read: impl FnOnce(&mut dyn Read) -> Result<T, ImportError>,
    ) -> Result<T, ImportError> {
        let unreadable = |cause| ImportError::Unreadable(self.name.clone(), cause);
        match &self.place {
            Place::Disk(path) => {
                let file = fs::File::open(path).map_err(unreadable)?;
                read(&mut decoded(file).map_err(unreadable)?)
            }
            Place::Archive(path, index) => {
                let mut archive = open_archive(path)?;
                let entry = archive
                    .by_index(*index)
                    .map_err(|error| unreadable(error.into()))?;
                // The directory of an archive may say less than what comes out of it.
                let bounded = Bounded {
                    inner: entry,
                    left: self.bytes,
                };
                read(&mut decoded(bounded).map_err(unreadable)?)
            }
        }
    }
}

/// A reader that fails where there is more than was announced.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let left = self.left.checked_sub(read as u64);
        self.left =
            left.ok_or_else(|| io::Error::other("it unpacks to more than the archive says"))?;
        Ok(read)
    }
}

/// UTF-16 becomes UTF-8, told by its byte order mark or by the NUL beside the first letter. Everything else
/// stays as it is, but for the mark of UTF-8, which JSON may not have: a row that is not UTF-8 is read as
/// Windows-1252 by itself.
fn decoded(mut source: impl Read) -> io::Result<impl Read> {
    let mut first = Vec::new();
    source.by_ref().take(3).read_to_end(&mut first)?;
    let encoding: Option<&'static Encoding> = match *first {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [letter, 0, ..] if letter != 0 => Some(UTF_16LE),
        [0, letter, ..] if letter != 0 => Some(UTF_16BE),
        _ => None,
    };
    if first == b"\xef\xbb\xbf" {
        first.clear();
    }
    let whole = io::Cursor::new(first).chain(source);
    let mut builder = DecodeReaderBytesBuilder::new();
    builder
        .encoding(encoding)
        .bom_override(encoding.is_some())
        .utf8_passthru(true);
    Ok(match encoding {
        Some(_) => Decoded::Utf16(Box::new(builder.build(whole))),
        None => Decoded::Bytes(whole),
    })
}

enum Decoded<A, B> {
    Utf16(Box<A>),
    Bytes(B),
}

impl<A: Read, B: Read> Read for Decoded<A, B> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Utf16(reader) => reader.read(buffer),
            Self::Bytes(reader) => reader.read(buffer),
        }
    }
}

fn open_archive(path: &Path) -> Result<ZipArchive<impl Read + Seek>, ImportError> {
    let unreadable = |cause| ImportError::Unreadable(path.display().to_string(), cause);
    let file = fs::File::open(path).map_err(unreadable)?;
    ZipArchive::new(io::BufReader::new(file)).map_err(|error| broken(path, &error))
}

fn broken(path: &Path, error: &zip::result::ZipError) -> ImportError {
    ImportError::Archive(path.display().to_string(), error.to_string())
}

fn is_archive(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

fn may_hold_people(path: &Path) -> bool {
    match path.extension() {
        Some(ending) => ENDINGS
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known)),
        None => false,
    }
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name == "__MACOSX"
}
