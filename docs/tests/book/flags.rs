//! Wherever a command links a program, it has the flags of the one list.

use std::collections::BTreeSet;

use raddle_threadify::LINKER_FLAGS;

use crate::text::{page, read, table};

/// Flags that are a command's own: how far the memory can grow, and what says where a program begins.
const OWN: [&str; 2] = ["--max-memory=", "--no-entry"];

/// The linker's flags in a command, whichever tool they are passed by.
fn flags(command: &str) -> BTreeSet<String> {
    let text = command.replace("-Clink-arg=", " ").replace("-Wl,", " ").replace([',', '"'], " ");
    let is_linkers = |word: &&str| {
        word.starts_with("--export") || LINKER_FLAGS.contains(word) || OWN.iter().any(|own| word.starts_with(own))
    };
    let words = text.split_whitespace().filter(is_linkers).filter(|word| !OWN.iter().any(|own| word.starts_with(own)));
    words.map(str::to_owned).collect()
}

/// The commands of a text that link for a shared memory: from the flag that says so to where the paragraph or the code
/// ends.
fn commands(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let goes_on = |line: &str| !line.trim_matches([' ', '*']).is_empty() && !line.starts_with("```");
    let first = |line: &str| {
        ["-Clink-arg=--shared-memory", "--no-entry,--shared-memory", "--no-entry --shared-memory"]
            .iter()
            .any(|begin| line.contains(begin))
    };
    let begin = (0..lines.len()).filter(|&at| first(lines[at]));
    begin
        .map(|at| {
            lines[at..].iter().take_while(|line| goes_on(line)).fold(String::new(), |all, line| all + line + "\n")
        })
        .collect()
}

#[test]
fn every_command_that_links_has_them() {
    let expected: BTreeSet<String> = LINKER_FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
    for (path, count) in [
        ("docs/src/threadify.md", 2),
        ("docs/src/first-program.md", 1),
        ("examples/guests/README.md", 2),
        ("guest/include/raddle.h", 1),
    ] {
        let commands = commands(&read(path));
        assert_eq!(commands.len(), count, "{path}: {commands:?}");
        for command in commands {
            assert_eq!(flags(&command), expected, "{path}:\n{command}");
        }
    }
}

#[test]
fn each_is_explained() {
    let rows = table(&page("threadify.md"), &["flag", "why"]);
    let explained = rows.iter().map(|row| row[0].replace(['`', ','], " ") + " ").collect::<String>();
    assert_eq!(flags(&explained), LINKER_FLAGS.iter().map(|flag| (*flag).to_owned()).collect());
}
