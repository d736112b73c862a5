//! Reading: files of the repository, and Markdown as far as the tests look at it.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// The repository's root.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// A file of the repository.
#[track_caller]
pub(crate) fn read(path: impl AsRef<Path>) -> String {
    let path = root().join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A page of the book.
#[track_caller]
pub(crate) fn page(name: &str) -> String {
    read(Path::new("docs/src").join(name))
}

/// Every file below a folder of the repository with that extension, as paths from the root.
pub(crate) fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
            let path = entry.unwrap().path();
            match path.is_dir() {
                true if path.ends_with("target") || path == root().join("docs/book") => {}
                true => folders.push(path),
                false if path.extension().is_some_and(|found| found == extension) => {
                    found.push(path.strip_prefix(root()).unwrap().to_owned());
                }
                false => {}
            }
        }
    }
    found.sort();
    found
}

/// The rows of every table of the page whose header is that, as cells.
#[track_caller]
pub(crate) fn table(page: &str, header: &[&str]) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut lines = page.lines().map(str::trim);
    while let Some(line) = lines.next() {
        if cells(line).is_some_and(|cells| cells == header) {
            // The line below the header is the rule.
            rows.extend(lines.by_ref().skip(1).map_while(cells));
        }
    }
    assert!(!rows.is_empty(), "there is no table with the header {header:?}");
    rows
}

fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    Some(inner.split('|').map(|cell| uncoded(cell.trim()).to_owned()).collect())
}

/// What a cell holds that is one piece of code; any other as it is.
fn uncoded(cell: &str) -> &str {
    let inner = cell.strip_prefix('`').and_then(|cell| cell.strip_suffix('`'));
    inner.filter(|inner| !inner.contains('`')).unwrap_or(cell)
}

/// Fenced blocks, as their language and content.
pub(crate) fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            let content: Vec<_> = lines.by_ref().take_while(|line| line.trim() != "```").collect();
            blocks.push((language.trim().to_owned(), content.join("\n") + "\n"));
        }
    }
    blocks
}

/// The page without its fenced blocks.
pub(crate) fn prose(page: &str) -> String {
    let mut fenced = false;
    let mut prose = String::new();
    for line in page.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            prose.push_str(line);
            prose.push('\n');
        }
    }
    prose
}

/// What a file holds between `ANCHOR: name` and `ANCHOR_END: name`, without the lines of other anchors.
#[track_caller]
pub(crate) fn anchor(path: &str, name: &str) -> String {
    let text = read(path);
    let begin = format!("ANCHOR: {name}");
    let end = format!("ANCHOR_END: {name}");
    assert!(text.lines().any(|line| line.ends_with(&end)), "{path} has no {end}");
    let inside = text.lines().skip_while(|line| !line.ends_with(&begin)).skip(1);
    let inside = inside.take_while(|line| !line.ends_with(&end));
    let lines: Vec<_> = inside.filter(|line| !line.contains("ANCHOR")).collect();
    assert!(!lines.is_empty(), "{path} has no {begin}");
    lines.join("\n") + "\n"
}

/// Codes like `TF0008` in a text, sorted, each once.
pub(crate) fn codes(text: &str, prefix: &str) -> Vec<String> {
    let is_code = |rest: &str| rest.len() >= 4 && rest.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    let found = text.match_indices(prefix).map(|(at, _)| &text[at + prefix.len()..]).filter(|rest| is_code(rest));
    let mut codes: Vec<_> = found.map(|rest| format!("{prefix}{}", &rest[..4])).collect();
    codes.sort();
    codes.dedup();
    codes
}

/// Panics unless the file has that text after `before` and up to the first line that begins with `after`, or is empty
/// if that is; with `RADDLE_BLESS=1` it is written there instead.
#[track_caller]
pub(crate) fn held(path: &str, before: &str, after: &str, expected: &str) {
    let text = read(path);
    let begin = text.find(before).unwrap_or_else(|| panic!("{path} has no {before:?}")) + before.len();
    let is_inside = |line: &&str| if after.is_empty() { *line != "\n" } else { !line.starts_with(after) };
    let end = begin + text[begin..].split_inclusive('\n').take_while(is_inside).map(str::len).sum::<usize>();
    if std::env::var_os("RADDLE_BLESS").is_some() {
        // At once: other tests read the file.
        let (path, new) = (root().join(path), root().join(path.to_owned() + ".new"));
        fs::write(&new, [&text[..begin], expected, &text[end..]].concat()).unwrap();
        fs::rename(new, path).unwrap();
    } else {
        assert_eq!(&text[begin..end], expected, "{path}: RADDLE_BLESS=1 writes it, if the declaration is right");
    }
}
