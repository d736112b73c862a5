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
    meaning: &'static str,
    blocks: bool,
}

macro_rules! rows {
    ([] $module:literal; $(
        $(#[doc = $meaning:literal])* $constant:ident: $safety:tt
        fn $name:ident($($param:ident: $ty:tt),*) -> $result:tt $(, $blocks:ident)?;
    )*) => {
        &[$(Call {
            name: stringify!($name),
            params: &[$((stringify!($param), stringify!($ty))),*],
            result: stringify!($result),
            meaning: concat!($($meaning),*),
            blocks: !stringify!($($blocks)?).is_empty(),
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

    /// As the trait has it, up to the result.
    fn method(&self) -> String {
        let ty = |ty: &'static str| if ty == "P" { "u64" } else { ty };
        let params: String = self.params.iter().map(|&(name, of)| format!(", {name}: {}", ty(of))).collect();
        format!("fn {}(&self{params}) -> ", self.name)
    }

    /// The results that its method may have: those of a call that always returns to the guest are not in a `Call`.
    fn results(&self) -> Vec<String> {
        let ty = match self.result {
            "status" => return vec!["Call<Status>".into()],
            "()" | "!" => return vec!["Call<()>".into()],
            "P" => "u64",
            ty => ty,
        };
        vec![ty.into(), format!("Call<{ty}>")]
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
        let (first, rest) = call.meaning.trim().split_at(1);
        let meaning = first.to_lowercase() + rest.trim_end_matches('.');
        assert!(row[2].starts_with(&meaning), "{} is '{}' and not '{meaning}'", call.name, row[2]);
    }
    let text = chapter.split_whitespace().collect::<Vec<_>>().join(" ");
    for sentence in [
        format!("{} never return.", listed(|call| call.result == "!")),
        format!("Only {} may block.", listed(|call| call.blocks)),
    ] {
        assert!(text.contains(&sentence), "{sentence}");
    }
    assert!(page("architecture.md").contains(&format!("{} calls", CALLS.len())), "the number of calls");
}

#[test]
fn the_trait_has_them() {
    let source = read("runtime-api/src/process/threads.rs");
    let (_, body) = source.split_once("pub trait Threads {\n").expect("the trait");
    let methods: Vec<_> = body.split_inclusive(";\n").filter(|text| text.contains("    fn ")).collect();
    assert_eq!(methods.len(), CALLS.len());
    for (text, call) in methods.iter().zip(CALLS) {
        let (docs, method) = text.split_once("    fn ").expect("a method");
        let method = format!("fn {}", method.trim_end_matches(";\n"));
        let expected = call.results().into_iter().map(|result| call.method() + &result).collect::<Vec<_>>();
        assert!(expected.contains(&method), "'{method}' is none of {expected:?}");
        assert_eq!(docs.contains("# Blocking"), call.blocks, "the heading `# Blocking` of {}", call.name);
    }
}

/// The files, other than tests, that have more than half of the calls by name. Whatever else has to name every call is
/// to be made from the table.
const LISTS: [(&str, &str); 7] = [
    ("conformance/mutants/src/threads.rs", "what is wrong with each call, in mutants"),
    ("guest/include/raddle.h", "the calls for C, with C's types; a test compares them"),
    ("guest/src/guest/host.rs", "the calls for Rust, with Rust's types"),
    ("guest/src/test_host.rs", "what the guest's crate is tested on"),
    ("runtime-api/src/abi/calls.rs", "the table"),
    ("runtime-api/src/process/thread.rs", "what each call does"),
    ("runtime-api/src/process/threads.rs", "what each call means to a backend"),
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
