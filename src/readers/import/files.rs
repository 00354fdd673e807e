//! The files of an import: those you name, those in folders, and those in zip archives.

use std::fs;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};
use encoding_rs_io::DecodeReaderBytesBuilder;
use zip::ZipArchive;

use super::ImportError;

/// Most files in one import.
const MOST_FILES: usize = 1_000;
/// The most bytes that a file in an archive may unpack to.
const MOST_BYTES: u64 = 4 << 30;
/// Beyond this size, a file in an archive counts as a zip bomb if it unpacks to more than [`MOST_TIMES`] its packed
/// size. Lists pack to a fifth or a tenth.
const SMALL: u64 = 64 << 20;
const MOST_TIMES: u64 = 100;
/// How many levels of folders are searched.
const DEPTH: usize = 4;

/// The extensions of files that may contain people. The plan lists the others in a folder or an archive as skipped.
const EXTENSIONS: [&str; 7] = ["csv", "tsv", "txt", "json", "jsonl", "ndjson", "list"];

/// A file, on the disk or in an archive.
#[derive(Clone, Debug)]
pub(super) struct File {
    /// What the operator sees: its path, after that of its archive.
    pub(super) name: String,
    place: Place,
    /// Its size, unpacked.
    pub(super) bytes: u64,
}

#[derive(Clone, Debug)]
enum Place {
    Disk(PathBuf),
    Archive(PathBuf, usize),
}

#[derive(Debug, Default)]
pub(super) struct Files {
    pub(super) all: Vec<File>,
    /// The names of files that cannot contain people.
    pub(super) passed_over: Vec<String>,
}

impl Files {
    /// Searches folders and archives.
    pub(super) fn find(paths: &[PathBuf]) -> Result<Self, ImportError> {
        let mut files = Self::default();
        for path in paths {
            let kind = fs::metadata(path).map_err(unreadable(path))?;
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
        let entries = fs::read_dir(folder).map_err(unreadable(folder))?;
        let paths: io::Result<Vec<_>> = entries.map(|entry| Ok(entry?.path())).collect();
        let mut paths = paths.map_err(unreadable(folder))?;
        paths.sort_unstable();
        for path in paths {
            let name = path.file_name().unwrap_or_default();
            let is_passed_over = is_hidden(&name.to_string_lossy()) || {
                let kind = fs::symlink_metadata(&path);
                kind.map_err(unreadable(folder))?.is_symlink()
            };
            if is_passed_over {
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
        let bytes = fs::metadata(path).map_err(unreadable(path))?.len();
        self.push(File {
            name: path.display().to_string(),
            place: Place::Disk(path.to_owned()),
            bytes,
        })
    }

    fn add_archive(&mut self, path: &Path) -> Result<(), ImportError> {
        let refused = |why| Err(ImportError::Archive(path.display().to_string(), why));
        let mut archive = open_archive(path)?;
        for index in 0..archive.len() {
            // Raw, because an encrypted file cannot be opened, but the error must name it.
            let entry = archive.by_index_raw(index).map_err(broken(path))?;
            let inside = entry.name().map_err(broken(path))?;
            let name = format!("{}/{inside}", path.display());
            let (bytes, packed) = (entry.size(), entry.compressed_size());
            if entry.is_dir() {
                continue;
            }
            let is_any_hidden = inside.split(['/', '\\']).any(is_hidden);
            if is_any_hidden || !may_hold_people(Path::new(&*inside)) {
                self.passed_over.push(name);
                continue;
            }
            if entry.encrypted() {
                return refused(format!("{inside} is encrypted; unpack it first"));
            }
            if bytes > MOST_BYTES || bytes > SMALL && bytes / packed.max(1) > MOST_TIMES {
                return refused(format!(
                    "{inside} would unpack to {bytes} bytes from {packed}, which is too much for a list"
                ));
            }
            self.push(File {
                name,
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
    /// Reads the file, converting UTF-16 to UTF-8.
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
                let inner = archive.by_index(*index);
                let inner = inner.map_err(|error| unreadable(error.into()))?;
                // An entry can unpack to more than the archive's directory lists.
                let left = self.bytes;
                read(&mut decoded(Bounded { inner, left }).map_err(unreadable)?)
            }
        }
    }
}

/// A reader that fails after a number of bytes.
struct Bounded<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let left = self.left.checked_sub(read as u64);
        let more = || io::Error::other("it unpacks to more bytes than the archive lists");
        self.left = left.ok_or_else(more)?;
        Ok(read)
    }
}

/// Converts UTF-16 to UTF-8. It shows in the byte order mark, or in the NUL beside the first letter. Other bytes stay,
/// except for a UTF-8 byte order mark, which JSON does not allow. Rows that are not UTF-8 are converted one by one,
/// from Windows-1252.
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
    let file = fs::File::open(path).map_err(unreadable(path))?;
    ZipArchive::new(io::BufReader::new(file)).map_err(broken(path))
}

fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> ImportError {
    |cause| ImportError::Unreadable(path.display().to_string(), cause)
}

fn broken(path: &Path) -> impl FnOnce(zip::result::ZipError) -> ImportError {
    |error| ImportError::Archive(path.display().to_string(), error.to_string())
}

fn is_archive(path: &Path) -> bool {
    has_extension(path, &["zip"])
}

fn may_hold_people(path: &Path) -> bool {
    has_extension(path, &EXTENSIONS)
}

fn has_extension(path: &Path, known: &[&str]) -> bool {
    let extension = path.extension().unwrap_or_default();
    known
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('.') || name == "__MACOSX"
}
