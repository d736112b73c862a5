//! Real linkers: what each `wasm-ld` on the PATH makes of the C programs in `fixtures/`, with and without each flag.

#[allow(dead_code, reason = "each test file uses a part of it")]
mod support;

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use raddle_threadify::{
    Class, CodeOffsets, Error, How, Options, ThreadsSection, Warning, inspect, read_section, threadify,
};
use support::assert_preserved;

const EXPORTS: [&str; 4] = ["__stack_pointer", "__wasm_init_tls", "__tls_size", "__tls_align"];
const SHARED: [&str; 4] = ["--no-entry", "--shared-memory", "--import-memory", "--max-memory=16777216"];

/// The programs on the PATH that are called `name-NUMBER` or `name`, one for each name, the newest first.
fn programs(name: &str) -> Vec<PathBuf> {
    let version = |file: &str| match file.strip_prefix(name)? {
        "" => Some(0),
        rest => rest.strip_prefix('-')?.parse::<u32>().ok(),
    };
    let mut found = BTreeMap::new();
    let folders = env::var_os("PATH").unwrap_or_default();
    for entry in env::split_paths(&folders).filter_map(|folder| fs::read_dir(folder).ok()).flatten().flatten() {
        if let Some(version) = entry.file_name().to_str().and_then(version) {
            found.entry(version).or_insert_with(|| entry.path());
        }
    }
    found.into_values().rev().collect()
}

/// A toolchain: one compiler, every linker.
struct Toolchains {
    folder: PathBuf,
    clang: PathBuf,
    linkers: Vec<PathBuf>,
}

impl Toolchains {
    /// What is installed. `None`, with a message, if clang or every linker is missing.
    fn find(test: &str) -> Option<Toolchains> {
        let clang = programs("clang").into_iter().find(|clang| {
            let targets = Command::new(clang).arg("--print-targets").output();
            targets.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("wasm32"))
        });
        let linkers = programs("wasm-ld");
        let (Some(clang), false) = (clang, linkers.is_empty()) else {
            println!("skipped: needs clang with the target wasm32 and at least one wasm-ld on the PATH");
            return None;
        };
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
        fs::create_dir_all(&folder).unwrap();
        println!("{} and {linkers:?}", clang.display());
        Some(Toolchains { folder, clang, linkers })
    }

    /// The object file of a fixture, with 32-bit addresses unless the flags say otherwise.
    fn compile(&self, fixture: &str, flags: &[&str]) -> PathBuf {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(fixture);
        let object = self.folder.join(fixture).with_extension(format!("{}.o", flags.concat()));
        run(Command::new(&self.clang)
            .args([
                "--target=wasm32-unknown-unknown",
                "-matomics",
                "-mbulk-memory",
                "-mmutable-globals",
                "-ftls-model=local-exec",
                "-c",
                "-o",
            ])
            .arg(&object)
            .args(flags)
            .arg(source));
        object
    }

    fn link(&self, linker: &Path, object: &Path, flags: &[&str]) -> Vec<u8> {
        let wasm = object.with_extension("wasm");
        run(Command::new(linker).arg(object).arg("-o").arg(&wasm).args(flags));
        fs::read(wasm).unwrap()
    }
}

/// What the `wasm-opt` on the PATH makes of a module, if there is one.
fn optimise(folder: &Path, wasm: &[u8], level: &str) -> Option<Vec<u8>> {
    let Some(optimiser) = programs("wasm-opt").into_iter().next() else {
        println!("skipped: needs wasm-opt on the PATH");
        return None;
    };
    let [input, output] = ["before.wasm", "after.wasm"].map(|name| folder.join(name));
    fs::write(&input, wasm).unwrap();
    let features = ["threads", "bulk-memory", "mutable-globals", "reference-types"];
    run(Command::new(optimiser)
        .arg(level)
        .args(features.map(|feature| format!("--enable-{feature}")))
        .arg(&input)
        .arg("-o")
        .arg(&output));
    Some(fs::read(output).unwrap())
}

fn run(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn exports<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    names.into_iter().map(|name| format!("--export={name}")).collect()
}

fn with(more: &[String]) -> Vec<&str> {
    SHARED.into_iter().chain(more.iter().map(String::as_str)).collect()
}

#[test]
fn a_program_with_all_symbols_is_rewritten_in_place() {
    let Some(tools) = Toolchains::find("all") else { return };
    for optimisation in ["-O0", "-O1", "-O2", "-Os"] {
        let object = tools.compile("threads.c", &[optimisation, "-g"]);
        for linker in &tools.linkers {
            let wasm = tools.link(linker, &object, &with(&exports(EXPORTS)));
            for stack_check in [false, true] {
                let done = threadify(&wasm, &Options::new().stack_check(stack_check)).unwrap();
                assert_preserved(&wasm, &done);
                let context = format!("{optimisation} {}: {}", linker.display(), done.report);
                assert_eq!(done.report.class, Class::Ready, "{context}");
                assert_eq!(done.report.code_offsets, CodeOffsets::Kept, "{context}");
                // Three of the program's, and two of the linker's start function.
                assert_eq!(done.report.waits, 5, "{context}");
                assert!(!stack_check || done.report.stack_moves >= 2, "{context}");
                let section = &done.section;
                assert_eq!(section.tls.map(|tls| tls.size), Some(32), "{context}");
                assert!(section.stack.is_some_and(|stack| stack.top >= 65536), "{context}");
                assert!(
                    section.table && section.hooks && section.growable && section.reusable && section.init,
                    "{context}"
                );
                assert_eq!(section.memory.maximum, 256, "{context}");
            }
        }
    }
}

#[test]
fn each_missing_symbol_is_found_otherwise_or_named_with_its_flag() {
    let Some(tools) = Toolchains::find("missing") else { return };
    let object = tools.compile("threads.c", &["-O1"]);
    for linker in &tools.linkers {
        let complete = tools.link(linker, &object, &with(&exports(EXPORTS)));
        let complete = threadify(&complete, &Options::new()).unwrap().section;
        for strip in [&[][..], &["--strip-all".to_owned()]] {
            for missing in EXPORTS {
                let mut flags = exports(EXPORTS.into_iter().filter(|name| *name != missing));
                flags.extend_from_slice(strip);
                let wasm = tools.link(linker, &object, &with(&flags));
                let context = format!("{} without {missing} {strip:?}", linker.display());
                match missing {
                    "__wasm_init_tls" | "__tls_align" => {
                        let error = threadify(&wasm, &Options::new()).unwrap_err();
                        let Error::MissingSymbols { symbols } = &error else { panic!("{context}: {error}") };
                        assert_eq!(
                            symbols.iter().map(|symbol| symbol.name).collect::<Vec<_>>(),
                            [missing],
                            "{context}"
                        );
                        let text = error.to_string();
                        for flag in ["-Clink-arg=--export=", "-Wl,--export=", " --export="] {
                            assert!(text.contains(&format!("{flag}{missing} ")), "{context}: {text}");
                        }
                        assert_eq!(inspect(&wasm).unwrap().class, Class::Incomplete, "{context}");
                    }
                    _ => {
                        let done = threadify(&wasm, &Options::new()).unwrap();
                        // A symbol that is not exported may be no global at all.
                        let section = ThreadsSection { instance_size: complete.instance_size, ..done.section };
                        assert_eq!(section, complete, "{context}");
                        let symbol = done.report.symbols.iter().find(|symbol| symbol.name == missing).unwrap();
                        assert_ne!(symbol.how, How::Export, "{context}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_flags_that_the_error_names_are_enough() {
    let Some(tools) = Toolchains::find("hint") else { return };
    let object = tools.compile("threads.c", &["-O2"]);
    for linker in &tools.linkers {
        for strip in [false, true] {
            let mut flags = Vec::new();
            if strip {
                flags.push("--strip-all".to_owned());
            }
            let error = threadify(&tools.link(linker, &object, &with(&flags)), &Options::new()).unwrap_err();
            let Error::MissingSymbols { symbols } = &error else { panic!("{}: {error}", linker.display()) };
            flags.extend(symbols.iter().map(|symbol| symbol.flag()));
            let wasm = tools.link(linker, &object, &with(&flags));
            assert_preserved(&wasm, &threadify(&wasm, &Options::new()).unwrap());
        }
    }
}

#[test]
fn a_memory_of_its_own_that_cannot_grow_is_imported_and_can() {
    let Some(tools) = Toolchains::find("memory") else { return };
    let object = tools.compile("threads.c", &["-O1"]);
    for linker in &tools.linkers {
        let mut flags = vec!["--no-entry", "--shared-memory"];
        let exports = exports(EXPORTS);
        flags.extend(exports.iter().map(String::as_str));
        let wasm = tools.link(linker, &object, &flags);
        let done = threadify(&wasm, &Options::new()).unwrap();
        assert_preserved(&wasm, &done);
        assert!(done.report.memory_was_defined, "{}", linker.display());
        assert!(done.report.maximum_raised.is_some_and(|raised| raised.to == 65536), "{}", linker.display());
    }
}

#[test]
fn a_program_without_thread_local_variables_needs_no_flags() {
    let Some(tools) = Toolchains::find("plain") else { return };
    for optimisation in ["-O0", "-O1"] {
        let object = tools.compile("plain.c", &[optimisation]);
        for linker in &tools.linkers {
            for (strip, how) in [(&[][..], How::NameSection), (&["--strip-all".to_owned()], How::Shape)] {
                let wasm = tools.link(linker, &object, &with(strip));
                let done = threadify(&wasm, &Options::new().stack_check(true)).unwrap();
                assert_preserved(&wasm, &done);
                let context = format!("{optimisation} {}: {}", linker.display(), done.report);
                assert_eq!(done.section.tls, None, "{context}");
                let found: Vec<_> = done.report.symbols.iter().map(|symbol| (symbol.name, symbol.how)).collect();
                assert_eq!(found, [("__stack_pointer", how)], "{context}");
            }
        }
    }
}

#[test]
fn a_program_with_64_bit_addresses_is_rewritten() {
    let Some(mut tools) = Toolchains::find("memory64") else { return };
    let object = tools.compile("threads.c", &["--target=wasm64-unknown-unknown", "-O1"]);
    tools.linkers.sort_by_key(|linker| version(linker));
    let exports = exports(EXPORTS);
    let flags: Vec<_> = with(&exports).into_iter().chain(["-mwasm64"]).collect();
    let mut rewritten = Vec::new();
    for linker in &tools.linkers {
        let wasm = tools.link(linker, &object, &flags);
        match threadify(&wasm, &Options::new().stack_check(true)) {
            Ok(done) => {
                assert_preserved(&wasm, &done);
                assert_eq!(done.section.pointer_width.bytes(), 8);
                assert_eq!(done.section.tls.map(|tls| tls.size), Some(32));
                rewritten.push(linker);
            }
            // Linkers up to 16 write a start function that is not valid.
            Err(error) => assert!(error.code() == "TF0005" && version(linker) <= 16, "{}: {error}", linker.display()),
        }
    }
    assert!(
        rewritten.contains(&tools.linkers.last().unwrap()) || tools.linkers.iter().all(|linker| version(linker) <= 16)
    );
}

/// The version of LLVM that a linker is of, as it says itself.
fn version(linker: &Path) -> u32 {
    let output = Command::new(linker).arg("--version").output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let number = text.split_whitespace().find_map(|word| word.split_once('.')?.0.parse().ok());
    number.unwrap_or_else(|| panic!("{}: {text}", linker.display()))
}

#[test]
fn a_program_linked_without_shared_memory_is_told_how() {
    let Some(tools) = Toolchains::find("unshared") else { return };
    let object = tools.compile("plain.c", &["-O1"]);
    for linker in &tools.linkers {
        let error = threadify(&tools.link(linker, &object, &["--no-entry"]), &Options::new()).unwrap_err();
        assert_eq!(error.code(), "TF0007");
        assert!(error.to_string().contains("--shared-memory"), "{error}");
    }
    let object = fs::read(object).unwrap();
    assert_eq!(threadify(&object, &Options::new()).unwrap_err().code(), "TF0004");
}

#[test]
fn a_module_for_another_linker_is_a_linked_one() {
    let Some(tools) = Toolchains::find("relocations") else { return };
    let object = tools.compile("plain.c", &["-O1"]);
    for linker in &tools.linkers {
        let done =
            threadify(&tools.link(linker, &object, &with(&["--emit-relocs".to_owned()])), &Options::new()).unwrap();
        assert!(done.report.dropped.iter().any(|name| name == "linking"), "{}: {}", linker.display(), done.report);
        assert_eq!(inspect(&done.wasm).unwrap().class, Class::RaddleDone, "{}", linker.display());
    }
}

/// By the symbol that says so, and by where the segments are written to.
#[test]
fn the_end_of_the_main_threads_stack_is_found() {
    let Some(tools) = Toolchains::find("limit") else { return };
    let object = tools.compile("threads.c", &["-O1"]);
    for linker in &tools.linkers {
        for order in ["--stack-first", "--no-stack-first"] {
            // Linkers up to 21 lay the data first, and have no flag for it.
            let order =
                if order == "--no-stack-first" && version(linker) <= 21 { None } else { Some(order.to_owned()) };
            let flags: Vec<_> = exports(EXPORTS).into_iter().chain(order.clone()).collect();
            let threadified = |more: &[String]| {
                let wasm = tools.link(linker, &object, &with(&[flags.clone(), more.to_vec()].concat()));
                threadify(&wasm, &Options::new().stack_check(true)).unwrap()
            };
            let found = threadified(&[]);
            let told = threadified(&exports(["__data_end"]));
            let context = format!("{} {order:?}: {}", linker.display(), found.report);
            assert_eq!(found.section.stack, told.section.stack, "{context}");
            assert_eq!(
                found.section.stack.is_some_and(|stack| stack.limit == 0),
                order.as_deref() == Some("--stack-first")
            );
            assert!(!found.report.warnings.contains(&Warning::StackLimitUnknown), "{context}");
        }
    }
}

/// A constructor that an optimiser has put into what each thread runs.
#[test]
fn constructors_that_would_run_on_every_thread_are_refused() {
    let Some(tools) = Toolchains::find("constructors") else { return };
    let object = tools.compile("constructors.c", &["-O2"]);
    for linker in &tools.linkers {
        for level in ["-O1", "-O2", "-O4", "-Oz"] {
            let optimised = |more: &[&str]| {
                let flags: Vec<_> = exports(EXPORTS.iter().chain(more).copied()).into_iter().collect();
                let wasm = optimise(&tools.folder, &tools.link(linker, &object, &with(&flags)), level)?;
                Some(threadify(&wasm, &Options::new()))
            };
            let context = format!("{} {level}", linker.display());
            // Where they were not merged, the wrapper is seen through.
            let Some(wrapped) = optimised(&[]) else { return };
            assert!(wrapped.as_ref().err().is_none_or(|error| *error == Error::TlsInit), "{context}: {wrapped:?}");
            let right = optimised(&["__wasm_call_ctors"]).unwrap();
            assert!(right.is_ok(), "{context}: {}", right.unwrap_err());
        }
    }
}

/// Some optimisers mistake one of two tables for the other.
#[test]
fn a_threadified_module_keeps_its_word_after_an_optimiser_or_is_refused() {
    let Some(tools) = Toolchains::find("optimised") else { return };
    let object = tools.compile("functions.c", &["-O2"]);
    for linker in &tools.linkers {
        let done = threadify(&tools.link(linker, &object, &with(&exports(EXPORTS))), &Options::new()).unwrap();
        assert!(done.section.hooks);
        for level in ["-O1", "-O2", "-O4", "-Oz"] {
            let Some(wasm) = optimise(&tools.folder, &done.wasm, level) else { return };
            match read_section(&wasm) {
                Ok(section) => assert_eq!(section.as_ref(), Some(&done.section), "{} {level}", linker.display()),
                Err(error) => assert_eq!(error.code(), "TF0020", "{} {level}: {error}", linker.display()),
            }
        }
    }
}
