//! The chapter on the guest ABI says what `raddle_runtime_api::abi` says.

use raddle_runtime_api::abi::{
    self, PointerWidth, Signature, Status, Ty,
    attributes::{self, AttributeLayout},
    exports, mutex,
    section::{self, MemoryImport, StackRange, ThreadsSection, TlsLayout},
};

use crate::text::{page, read, table};

fn chapter() -> String {
    page("abi.md")
}

fn ty(text: &str) -> Ty {
    match text.trim() {
        "P" => Ty::P,
        "i32" | "status" => Ty::I32,
        "i64" => Ty::I64,
        other => panic!("no type of the ABI: {other}"),
    }
}

/// Reads `(name: type, ...) -> type`.
fn signature(text: &str) -> (Vec<Ty>, Vec<Ty>) {
    let (params, result) = text.split_once(')').expect("a closing bracket");
    let params = params.strip_prefix('(').expect("an opening bracket");
    let param = |param: &str| ty(param.split_once(':').expect("a name and a type").1);
    let params = params.split(',').filter(|param| !param.is_empty()).map(param).collect();
    let result = result.trim().strip_prefix("->").map(ty);
    (params, result.into_iter().collect())
}

fn assert_signature(name: &str, text: &str, expected: Signature) {
    assert_eq!(signature(text), (expected.params.to_vec(), expected.results.to_vec()), "{name}{text}");
}

fn number(text: &str) -> u64 {
    text.strip_prefix("0x").map_or_else(|| text.parse(), |hex| u64::from_str_radix(hex, 16)).expect("a number")
}

#[test]
fn every_status_is_there() {
    let rows = table(&chapter(), &["code", "name", "meaning"]);
    let found: Vec<_> = rows.iter().map(|row| (row[0].parse().expect("a number"), row[1].as_str())).collect();
    assert_eq!(found, Status::ALL.iter().map(|status| (status.code(), status.name())).collect::<Vec<_>>());
}

/// `raddle.h` says of each status what the chapter says.
#[test]
fn the_header_has_the_same_statuses() {
    let header = read("guest/include/raddle.h");
    let (_, statuses) = header.split_once("enum raddle_status {\n").expect("the enum");
    let (statuses, _) = statuses.split_once("\n};").expect("its end");
    let status = |line: &str| {
        let (status, meaning) = line.split_once("/*").expect("a meaning");
        let status = status.trim().trim_end_matches(',').strip_prefix("RADDLE_").expect("the prefix").to_owned();
        (status, meaning.trim_end_matches("*/").trim().to_owned())
    };
    let rows = table(&chapter(), &["code", "name", "meaning"]);
    let rows = rows.iter().map(|row| (format!("{} = {}", row[1], row[0]), without_links(&row[2])));
    assert_eq!(statuses.lines().map(status).collect::<Vec<_>>(), rows.collect::<Vec<_>>());
}

/// Text where `[words](target)` is `words`.
fn without_links(text: &str) -> String {
    let mut parts = text.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (words, rest) = part.split_once("](").expect("a link");
        plain += words;
        plain += rest.split_once(')').expect("its end").1;
    }
    plain
}

#[test]
fn numbers_are_the_codes() {
    let rows = table(&chapter(), &["name", "value", "meaning"]);
    let found: Vec<_> = rows.iter().map(|row| (row[0].as_str(), row[1].parse().expect("a number"))).collect();
    let expected: [(&str, i64); 7] = [
        ("VERSION", abi::VERSION.into()),
        ("MAX_THREAD_ID", abi::MAX_THREAD_ID.into()),
        ("MAX_NAME_LEN", abi::MAX_NAME_LEN as i64),
        ("TLS_DESTRUCTOR_ROUNDS", abi::TLS_DESTRUCTOR_ROUNDS.into()),
        ("STDOUT", abi::STDOUT.into()),
        ("STDERR", abi::STDERR.into()),
        ("FOREVER", abi::FOREVER),
    ];
    assert_eq!(found, expected);
    assert!(chapter().contains(&format!("import module name is `{}`", abi::MODULE)));
}

#[test]
fn attributes_lie_where_they_lie() {
    let rows = table(&chapter(), &["field", "type", "offset, 32-bit", "offset, 64-bit", "meaning"]);
    let found: Vec<_> = rows.iter().map(|row| (row[0].as_str(), number(&row[2]), number(&row[3]))).collect();
    let [narrow, wide] = [PointerWidth::Bits32, PointerWidth::Bits64].map(AttributeLayout::new);
    let expected = [
        ("size", narrow.size, wide.size),
        ("flags", narrow.flags, wide.flags),
        ("stack_size", narrow.stack_size, wide.stack_size),
        ("name", narrow.name, wide.name),
        ("name_len", narrow.name_len, wide.name_len),
    ];
    assert_eq!(found, expected.map(|(name, narrow, wide)| (name, narrow.into(), wide.into())));
    assert!(chapter().contains(&format!("{} bytes, or {} with 64-bit", narrow.len, wide.len)));
    assert_eq!(attributes::ALL_FLAGS, 1 << 0, "the chapter knows bit 0 alone");
}

#[test]
fn mutex_bits_are_the_codes() {
    let rows = table(&chapter(), &["bits", "name", "meaning"]);
    let found: Vec<_> = rows.iter().map(|row| (number(&row[0]), row[1].as_str())).collect();
    let expected = [
        (mutex::OWNER_MASK.into(), "OWNER_MASK"),
        (mutex::OWNER_DIED.into(), "OWNER_DIED"),
        (mutex::WAITERS.into(), "WAITERS"),
    ];
    assert_eq!(found, expected);
}

#[test]
fn every_export_is_there_with_its_type() {
    let rows = table(&chapter(), &["export", "type", "meaning"]);
    let mut names: Vec<_> = rows.iter().map(|row| row[0].as_str()).collect();
    names.sort_unstable();
    let mut expected = exports::NAMES.to_vec();
    expected.sort_unstable();
    assert_eq!(names, expected);
    for row in &rows {
        let expected = match row[0].as_str() {
            exports::INIT => exports::INIT_SIGNATURE,
            exports::ENTER => exports::ENTER_SIGNATURE,
            exports::CALL => exports::CALL_SIGNATURE,
            exports::CALL_DESTRUCTOR => exports::CALL_DESTRUCTOR_SIGNATURE,
            exports::TRAP => exports::TRAP_SIGNATURE,
            exports::HOOKS => {
                assert_eq!(row[1].replace('`', ""), format!("table of {} funcref", exports::HOOK_COUNT));
                let [first, second, third] = exports::HOOK_IMPORTS;
                let order = format!("`{first}`, `{second}` and `{third}` here, in that order");
                assert!(row[2].contains(&order), "{order}");
                continue;
            }
            exports::STACK_OVERFLOWED => {
                assert_eq!(row[1].replace('`', ""), "mutable i32 global");
                continue;
            }
            other => panic!("an export that this test does not know: {other}"),
        };
        assert_signature(&row[0], &row[1], expected);
    }
}

/// A section with every field and no flag.
fn full_section() -> ThreadsSection {
    ThreadsSection {
        pointer_width: PointerWidth::Bits32,
        memory: MemoryImport { module: "env".into(), name: "memory".into(), minimum: 1, maximum: 2 },
        tls: Some(TlsLayout { size: 1, align: 1 }),
        stack: Some(StackRange { top: 16, limit: 0 }),
        stack_checked: false,
        init: false,
        table: false,
        hooks: false,
        growable: false,
        reusable: false,
        functions: 1,
        instance_size: 1,
    }
}

/// The tags of an encoded section, with each field's content. Every number in it is below 128, so it has one byte.
fn fields(section: &ThreadsSection) -> Vec<(u8, Vec<u8>)> {
    let bytes = section.encode();
    let (&version, mut rest) = bytes.split_first().expect("a version");
    assert_eq!(u32::from(version), section::VERSION);
    let mut fields = Vec::new();
    while let [tag, len, content @ ..] = rest {
        let (field, after) = content.split_at(usize::from(*len));
        fields.push((*tag, field.to_vec()));
        rest = after;
    }
    fields
}

#[test]
fn the_section_is_as_it_is_written() {
    let chapter = chapter();
    assert!(chapter.contains(&format!("### The section `{}`", section::NAME)));
    assert!(chapter.contains(&format!("a version ({}, LEB128)", section::VERSION)));
    let rows = table(&chapter, &["tag", "field", "content"]);
    let found: Vec<_> = rows.iter().map(|row| number(&row[0])).collect();
    let written: Vec<_> = fields(&full_section()).iter().map(|(tag, _)| u64::from(*tag)).collect();
    assert_eq!(found, written);
}

#[test]
fn the_sections_flags_are_the_bits_that_are_written() {
    type Set = fn(&mut ThreadsSection);
    let set: [(&str, Set); 6] = [
        ("stack_checked", |section| section.stack_checked = true),
        ("init", |section| section.init = true),
        ("table", |section| section.table = true),
        ("hooks", |section| section.hooks = true),
        ("growable", |section| section.growable = true),
        ("reusable", |section| section.reusable = true),
    ];
    let rows = table(&chapter(), &["bit", "flag", "meaning"]);
    let tags = table(&chapter(), &["tag", "field", "content"]);
    let flags_row = tags.iter().find(|row| row[1] == "flags").expect("a field");
    assert_eq!(rows.len(), set.len());
    for (row, (name, set)) in rows.iter().zip(set) {
        assert_eq!(row[1], name);
        let mut section = full_section();
        set(&mut section);
        let tag = number(&flags_row[0]) as u8;
        let fields = fields(&section);
        let (_, flags) = fields.iter().find(|(found, _)| *found == tag).expect("flags are always there");
        assert_eq!(flags[..], [1 << number(&row[0])], "{name}");
    }
}
