//! `include/raddle.h` says what the ABI says: every call with its type, every number.

use raddle_runtime_api::abi::{self, Status, Ty, attributes, imports::IMPORTS, mutex};

const HEADER: &str = include_str!("../include/raddle.h");

/// The ABI's type of a C parameter or result: all pointers, and the integers of a pointer's size, are `P`.
fn ty(c: &str) -> Option<Ty> {
    if c.contains('*') {
        return Some(Ty::P);
    }
    match c.split_whitespace().next()? {
        "raddle_start" | "raddle_destructor" | "uintptr_t" => Some(Ty::P),
        "int32_t" | "uint32_t" => Some(Ty::I32),
        "int64_t" | "uint64_t" => Some(Ty::I64),
        "void" => None,
        other => panic!("raddle.h uses {other}, which this test does not know"),
    }
}

/// What follows each `RADDLE_IMPORT("name")`: the name, and the declaration up to its semicolon.
fn declarations() -> Vec<(&'static str, &'static str)> {
    let mut declarations = HEADER.split("RADDLE_IMPORT(\"").skip(1).map(|rest| {
        let (name, rest) = rest.split_once("\")").expect("a closing quote");
        (name, rest.split_once(';').expect("a semicolon").0.trim())
    });
    declarations.by_ref().collect()
}

#[test]
fn every_call_is_declared_with_its_type() {
    let declarations = declarations();
    for import in IMPORTS {
        let found: Vec<_> = declarations.iter().filter(|(name, _)| *name == import.name).collect();
        let [(_, declaration)] = found[..] else { panic!("{} is declared {} times", import.name, found.len()) };

        let (head, params) = declaration.trim_end_matches(')').split_once('(').expect("parameters");
        let returning = head.strip_prefix("RADDLE_NORETURN ");
        assert_eq!(returning.is_none(), import.returns, "{declaration}");
        let (result, function) = returning.unwrap_or(head).rsplit_once(' ').expect("a result");
        assert_eq!(params.split(',').filter_map(ty).collect::<Vec<_>>(), import.signature.params, "{declaration}");
        // `void *f` splits with the star at the name.
        let result = if function.starts_with('*') { Some(Ty::P) } else { ty(result) };
        assert_eq!(result.as_slice(), import.signature.results, "{declaration}");

        let function = function.trim_start_matches('*').trim_start_matches("raddle_").trim_end_matches("_slow");
        assert_eq!(function, import.name);
    }
    assert_eq!(declarations.len(), IMPORTS.len());
}

/// The number after the first `NAME = ` or `#define NAME `.
fn number(name: &str) -> Option<i64> {
    let of = |line: &'static str| {
        let mut words = line.split_whitespace();
        match (words.next()?, words.next()?, words.next()?) {
            ("#define", n, value) if n == name => Some(value),
            (n, "=", value) if n == name => Some(value),
            _ => None,
        }
    };
    let text = HEADER.lines().find_map(of)?;
    let text = text.trim_start_matches("((int64_t)").trim_end_matches([')', ',', 'u']);
    let number = text.strip_prefix("0x").map_or_else(|| text.parse(), |hex| i64::from_str_radix(hex, 16));
    Some(number.unwrap_or_else(|_| panic!("{name} is {text}")))
}

#[test]
fn every_number_is_the_abi_s() {
    for status in Status::ALL {
        let name = format!("RADDLE_{}", status.name());
        assert_eq!(number(&name), Some(i64::from(status.code())), "{name}");
    }
    for (name, value) in [
        ("RADDLE_ABI_VERSION", i64::from(abi::VERSION)),
        ("RADDLE_FOREVER", abi::FOREVER),
        ("RADDLE_STDOUT", abi::STDOUT.into()),
        ("RADDLE_STDERR", abi::STDERR.into()),
        ("RADDLE_MAX_NAME_LEN", abi::MAX_NAME_LEN as i64),
        ("RADDLE_MAX_THREAD_ID", abi::MAX_THREAD_ID.into()),
        ("RADDLE_TLS_DESTRUCTOR_ROUNDS", abi::TLS_DESTRUCTOR_ROUNDS.into()),
        ("RADDLE_DETACHED", attributes::DETACHED.into()),
        ("RADDLE_MUTEX_OWNER_MASK", mutex::OWNER_MASK.into()),
        ("RADDLE_MUTEX_OWNER_DIED", mutex::OWNER_DIED.into()),
        ("RADDLE_MUTEX_WAITERS", mutex::WAITERS.into()),
    ] {
        assert_eq!(number(name), Some(value), "{name}");
    }
    assert!(HEADER.contains(&format!("#define RADDLE_MODULE \"{}\"", abi::MODULE)));
}

#[test]
fn the_attributes_are_laid_out_as_the_abi_s() {
    // The compiler checks the header's own assertions, so the test checks what they assert, for both widths.
    for width in [abi::PointerWidth::Bits32, abi::PointerWidth::Bits64] {
        let layout = attributes::AttributeLayout::new(width);
        let asserted = |what: &str| {
            let (_, rest) =
                HEADER.split_once(&format!("{what} == ")).unwrap_or_else(|| panic!("{what} is not asserted"));
            let sum = rest.split_once(',').expect("a message").0;
            let term = |term: &str| match term.trim().split_once(" * ") {
                Some((factor, "sizeof(void *)")) => factor.parse::<u32>().expect("a factor") * width.bytes(),
                None if term.trim() == "sizeof(void *)" => width.bytes(),
                _ => term.trim().parse().expect("a number"),
            };
            sum.split('+').map(term).sum::<u32>()
        };
        for (field, offset) in [
            ("size", layout.size),
            ("flags", layout.flags),
            ("stack_size", layout.stack_size),
            ("name", layout.name),
            ("name_len", layout.name_len),
        ] {
            assert_eq!(asserted(&format!("offsetof(raddle_attributes, {field})")), offset, "{field}");
        }
        assert_eq!(asserted("sizeof(raddle_attributes)"), layout.len);
    }
}
