//! Whatever a page names is there: chapters, links, headings, samples, files.

use std::{
    collections::BTreeSet,
    path::{Component, Path, PathBuf},
};

use crate::text::{anchor, blocks, files, prose, read, root};

/// The pages of the book, and those at the repository's root.
fn pages() -> Vec<PathBuf> {
    let mut pages = files("docs/src", "md");
    pages.extend(["README.md", "CONTRIBUTING.md", "CHANGELOG.md"].map(Into::into));
    pages
}

/// The targets of the links in a text: what stands in `](...)`.
fn links(text: &str) -> Vec<String> {
    let ends = text.split("](").skip(1).filter_map(|rest| rest.split_once(')'));
    ends.map(|(target, _)| target.trim().to_owned()).collect()
}

/// A path from the root, without `..` in it; `None` when it leads out of the repository.
fn resolve(from: &Path, target: &str) -> Option<PathBuf> {
    let mut path = PathBuf::new();
    for component in from.parent()?.join(target).components() {
        match component {
            Component::ParentDir => path.pop().then_some(())?,
            Component::Normal(name) => path.push(name),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(path)
}

/// The ids that a page's headings get.
fn headings(text: &str) -> BTreeSet<String> {
    let id = |heading: &str| -> String {
        let kept = heading.trim().chars().filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c.to_ascii_lowercase()),
            _ => None,
        });
        kept.collect()
    };
    let prose = prose(text);
    prose.lines().filter(|line| line.starts_with('#')).map(|line| id(line.trim_start_matches('#'))).collect()
}

#[test]
fn links_lead_somewhere() {
    let mut seen = 0;
    for page in pages() {
        let text = read(&page);
        for link in links(&prose(&text)) {
            if link.starts_with("https://") {
                continue;
            }
            seen += 1;
            let (target, fragment) = link.split_once('#').map_or((link.as_str(), None), |(to, at)| (to, Some(at)));
            let path = match target {
                "" => page.clone(),
                target => resolve(&page, target).unwrap_or_else(|| panic!("{}: {link}", page.display())),
            };
            assert!(root().join(&path).exists(), "{}: {link} does not exist", page.display());
            if let Some(fragment) = fragment {
                let headings = headings(&read(&path));
                assert!(headings.contains(fragment), "{}: {link} is none of {headings:?}", page.display());
            }
        }
    }
    assert!(seen > 40, "only {seen} links were found");
}

#[test]
fn the_summary_has_every_page() {
    let summary = read("docs/src/SUMMARY.md");
    let listed: BTreeSet<PathBuf> = links(&summary).into_iter().map(|link| Path::new("docs/src").join(link)).collect();
    let mut there: BTreeSet<PathBuf> = files("docs/src", "md").into_iter().collect();
    there.remove(Path::new("docs/src/SUMMARY.md"));
    assert_eq!(listed, there);
}

#[test]
fn samples_are_there() {
    let mut seen = 0;
    for page in files("docs/src", "md") {
        for include in read(&page).split("{{#").skip(1) {
            let include = include.split_once("}}").unwrap_or_else(|| panic!("{}: unclosed", page.display())).0;
            let target = include.strip_prefix("include ").unwrap_or_else(|| panic!("{}: {include}", page.display()));
            let (path, name) = target.split_once(':').map_or((target, None), |(path, name)| (path, Some(name)));
            let path = resolve(&page, path).unwrap_or_else(|| panic!("{}: {target}", page.display()));
            let path = path.to_str().unwrap();
            match name {
                Some(name) => drop(anchor(path, name)),
                None => assert!(!read(path).is_empty()),
            }
            seen += 1;
        }
    }
    assert!(seen > 10, "only {seen} samples were found");
}

/// The pages beside the code are chapters of the book.
#[test]
fn pages_beside_the_code_are_chapters() {
    let beside = ["runtime-api/src", "threadify/src", "backend-native/src"].map(|folder| files(folder, "md")).concat();
    assert!(beside.len() >= 5, "{beside:?}");
    let book: String = files("docs/src", "md").iter().map(read).collect();
    for page in beside {
        assert!(book.contains(&format!("../{}}}}}", page.display())), "{} is not included", page.display());
    }
}

/// Rust and C in the book are files of the repository.
#[test]
fn code_is_included() {
    for page in files("docs/src", "md") {
        for (language, code) in blocks(&read(&page)) {
            if ["rust", "c"].contains(&language.as_str()) {
                assert!(code.starts_with("{{#include"), "{}: {code}", page.display());
            }
            assert!(!language.is_empty(), "{}: a block without a language: {code}", page.display());
        }
    }
}

#[test]
fn files_that_are_named_exist() {
    const FOLDERS: [&str; 9] =
        ["runtime-api", "threadify", "backend-native", "conformance", "guest", "cli", "docs", "examples", "xtask"];
    let mut seen = 0;
    for page in pages() {
        let text = prose(&read(&page));
        for name in text.split('`').skip(1).step_by(2) {
            let is_path =
                FOLDERS.iter().any(|folder| name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')));
            if is_path {
                assert!(root().join(name).exists(), "{}: {name} does not exist", page.display());
                seen += 1;
            }
        }
    }
    assert!(seen > 20, "only {seen} files were found");
}

/// Paths of somebody's machine, and of what is outside the repository.
#[test]
fn no_page_leads_out_of_the_repository() {
    // `../raddle/guest` in the first chapter is a reader's own clone, the address is what `raddle serve` prints, and
    // `/work` is a directory of a program's.
    for page in pages() {
        let text = read(&page).replace("\"../raddle/guest\"", "").replace("http://localhost:8080/", "");
        let text = text.replace("/work/file", "").replace("/work", "");
        let words = text.split(|c: char| c.is_whitespace() || "`\"'()<>=".contains(c));
        let absolute = |word: &&str| word.strip_prefix('/').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        let found: Vec<_> = words.filter(absolute).collect();
        assert!(found.is_empty(), "{} names {found:?}", page.display());
        for forbidden in ["file://", "localhost"] {
            assert!(!text.contains(forbidden), "{} names {forbidden}", page.display());
        }
    }
}
