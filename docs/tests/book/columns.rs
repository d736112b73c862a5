//! Prose is wrapped at 120 columns, as code is: in the book, and in what is read beside it. So are scripts, which no
//! tool wraps.

use std::path::PathBuf;

use crate::text::{files, prose, read};

const COLUMNS: usize = 120;

/// Whether a line may be longer: a row of a table, an image with what it shows, or what has no place to break at.
fn is_whole(line: &str) -> bool {
    let text = line.trim_start().trim_start_matches("- ");
    text.starts_with(['|', '!']) || text.starts_with("[![") || !text.trim_end().contains(' ')
}

#[test]
fn prose_is_wrapped() {
    const OTHERS: [&str; 7] = [
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "backend-web/npm/README.md",
        "conformance/cases/README.md",
        "conformance/programs/README.md",
        "examples/guests/README.md",
    ];
    let mut pages = files("docs/src", "md");
    pages.extend(files("runtime-api/src", "md"));
    pages.extend(OTHERS.map(PathBuf::from));
    let mut long = Vec::new();
    for page in pages {
        let text = prose(&read(&page));
        let lines = text.lines().filter(|line| line.chars().count() > COLUMNS && !is_whole(line));
        long.extend(lines.map(|line| format!("{}: {line}", page.display())));
    }
    assert!(long.is_empty(), "longer than {COLUMNS} columns:\n{}", long.join("\n"));
}

#[test]
fn scripts_are_wrapped() {
    let folders = ["backend-web", "bench/web", "conformance/web", "docs/samples", "examples/web"];
    let scripts = folders.iter().flat_map(|folder| [files(folder, "js"), files(folder, "ts")]).flatten();
    let mut long = Vec::new();
    for script in scripts {
        let text = read(&script);
        let lines = text.lines().filter(|line| line.chars().count() > COLUMNS);
        long.extend(lines.map(|line| format!("{}: {line}", script.display())));
    }
    assert!(long.is_empty(), "longer than {COLUMNS} columns:\n{}", long.join("\n"));
}
