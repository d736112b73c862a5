//! The calls of the ABI are declared in one table. What is still written by hand says what the table says, and no other
//! file lists them.

use std::collections::BTreeSet;

use raddle_runtime_api::for_each_call;

use crate::text::{files, page, read, table};

/// A row of the table, as text.
struct Call {
    name: &'static str,
    params: &'static [(&'static str, &'static str)],
    result: &'static str,
    docs: &'static [&'static str],
    note: &'static str,
}

macro_rules! rows {
    ([] $module:literal; $(
        $(#[doc = $line:literal])* $constant:ident: $safety:tt
        fn $name:ident($($param:ident: $ty:tt),*) -> $result:tt $(, $note:ident)?;
    )*) => {
        &[$(Call {
            name: stringify!($name),
            params: &[$((stringify!($param), stringify!($ty))),*],
            result: stringify!($result),
            docs: &[$($line),*],
            note: stringify!($($note)?),
        }),*]
    };
}

const CALLS: &[Call] = for_each_call!(rows);

impl Call {
    /// As the chapter on the ABI has it: `(name: type, ...) -> type`.
    fn signature(&self) -> String {
        let params: Vec<_> = self.params.iter().map(|(name, ty)| format!("{name}: {ty}")).collect();
        let result = if ["()", "!"].contains(&self.result) { String::new() } else { format!(" -> {}", self.result) };
        format!("({}){result}", params.join(", "))
    }

    /// The first paragraph about it.
    fn meaning(&self) -> String {
        self.docs.iter().take_while(|line| !line.is_empty()).copied().collect()
    }

    fn blocks(&self) -> bool {
        self.note == "blocks"
    }
}

/// The calls of which something is so, as a sentence lists them.
fn listed(is_so: impl Fn(&Call) -> bool) -> String {
    let names: Vec<_> = CALLS.iter().filter(|call| is_so(call)).map(|call| format!("`{}`", call.name)).collect();
    let (last, others) = names.split_last().expect("some");
    format!("{} and {last}", others.join(", "))
}

#[test]
fn the_chapter_has_them_with_their_meaning() {
    let chapter = page("abi.md");
    let rows = table(&chapter, &["import", "signature", "meaning"]);
    assert_eq!(
        rows.iter().map(|row| &row[0]).collect::<Vec<_>>(),
        CALLS.iter().map(|call| call.name).collect::<Vec<_>>()
    );
    for (row, call) in rows.iter().zip(CALLS) {
        assert_eq!(row[1], call.signature(), "{}", call.name);
        // The table's sentence; the chapter may go on.
        let meaning = call.meaning();
        let (first, rest) = meaning.trim().split_at(1);
        let meaning = first.to_lowercase() + rest.trim_end_matches('.');
        assert!(row[2].starts_with(&meaning), "{} is '{}' and not '{meaning}'", call.name, row[2]);
    }
    let text = chapter.split_whitespace().collect::<Vec<_>>().join(" ");
    for sentence in [
        format!("{} never return.", listed(|call| call.result == "!")),
        format!("Only {} may block.", listed(Call::blocks)),
    ] {
        assert!(text.contains(&sentence), "{sentence}");
    }
    assert!(page("architecture.md").contains(&format!("{} calls", CALLS.len())), "the number of calls");
}

#[test]
fn those_that_block_say_how_long() {
    for call in CALLS {
        assert_eq!(call.docs.contains(&" # Blocking"), call.blocks(), "the heading `# Blocking` of {}", call.name);
    }
}

/// The files, other than tests, that have more than half of the calls by name. Whatever else has to name every call is
/// to be made from the table.
const LISTS: [(&str, &str); 6] = [
    ("conformance/mutants/src/threads.rs", "what is wrong with each call, in mutants"),
    ("guest/include/raddle.h", "the calls for C, with C's types; a test compares them"),
    ("guest/src/guest/host.rs", "the calls for Rust, with Rust's types"),
    ("guest/src/test_host.rs", "what the guest's crate is tested on"),
    ("runtime-api/src/abi/calls.rs", "the table: what each call means"),
    ("runtime-api/src/process/thread.rs", "what each call does"),
];

#[test]
fn no_other_file_lists_them() {
    let is_test = |path: &str| path.split('/').any(|folder| ["tests", "benches", "programs"].contains(&folder));
    let names_them = |path: &String| {
        let text = read(path).to_lowercase();
        let words: BTreeSet<_> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        CALLS.iter().filter(|call| words.contains(call.name)).count() > CALLS.len() / 2
    };
    let paths = ["c", "h", "js", "py", "rs", "ts"].iter().flat_map(|extension| files("", extension));
    let paths = paths.map(|path| path.display().to_string().replace('\\', "/"));
    let mut found: Vec<_> = paths.filter(|path| !is_test(path)).filter(names_them).collect();
    found.sort();
    assert_eq!(found, LISTS.map(|(path, _)| path));
}
