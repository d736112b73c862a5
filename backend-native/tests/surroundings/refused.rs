//! What the system refuses: threads, address space, executable memory.

use std::{fmt::Write, io};

use raddle_backend_native::{Error, Program, Runtime, Value};

use crate::common::{SPAWN_AND_JOIN, child, module, program_on, returned};

/// Sets a limit of this process's.
fn limit(of: libc::__rlimit_resource_t, value: u64) {
    let mut limit = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    // SAFETY: it is filled in, and read.
    let code = unsafe {
        libc::getrlimit(of, &raw mut limit);
        limit.rlim_cur = value.min(limit.rlim_max);
        libc::setrlimit(of, &raw const limit)
    };
    assert_eq!(code, 0, "{}", io::Error::last_os_error());
}

/// A module that is worth several threads.
fn large() -> String {
    let mut functions = String::new();
    for number in 0..2_000 {
        let _ = write!(functions, "(func (param i32) (result i32) (i32.add (local.get 0) (i32.const {number})))");
    }
    module(&["child"], &format!("{SPAWN_AND_JOIN} {functions}"))
}

#[test]
fn few_threads_are_enough_to_compile_and_none_are_no_harm() {
    const NAME: &str = "refused::few_threads_are_enough_to_compile_and_none_are_no_harm";
    if !child::is_one() {
        return child::run(child::again(NAME));
    }
    let (runtime, wasm) = (Runtime::new().expect("a runtime"), wat::parse_str(large()).expect("valid text"));
    // SAFETY: there is one thread. Root has as many as it likes; who else runs this has more than the limits below.
    unsafe {
        if libc::getuid() == 0 {
            assert_eq!(libc::setuid(65534), 0);
        }
    }
    for threads in [1, 2, 3, 4] {
        limit(libc::RLIMIT_NPROC, threads);
        let program = Program::new(&runtime, &wasm).expect("compiled, on whatever threads there are");
        match program.process().run() {
            Ok(outcome) => assert!(threads > 1, "{outcome}"),
            Err(error) => assert_eq!(error.code(), "ST0009", "{}", error.report()),
        }
    }
    limit(libc::RLIMIT_NPROC, u64::MAX);
    let program = Program::new(&runtime, &wasm).expect("a program");
    assert_eq!(program.process().run().expect("a process"), returned(&[Value::I32(42)]));
}

#[test]
fn too_little_address_space_is_an_error() {
    const NAME: &str = "refused::too_little_address_space_is_an_error";
    if !child::is_one() {
        return child::run(child::again(NAME));
    }
    let text = module(&["child"], SPAWN_AND_JOIN);
    let wasm = wat::parse_str(&text).expect("valid text");
    let runtime = Runtime::new().expect("a runtime");
    let program = program_on(&runtime, &text);
    assert_eq!(program.process().run().expect("a process"), returned(&[Value::I32(42)]));
    // More than an idle thread gives back meanwhile.
    limit(libc::RLIMIT_AS, 1 << 28);
    let error = program.process().run().expect_err("a memory takes gigabytes");
    assert_eq!(error.code(), "ST0008", "{}", error.report());
    limit(libc::RLIMIT_AS, 1 << 20);
    assert!(matches!(Program::new(&runtime, &wasm), Err(Error::Engine(_))));
    assert!(matches!(Runtime::new(), Err(Error::Engine(_))));
    limit(libc::RLIMIT_AS, u64::MAX);
    assert_eq!(program_on(&runtime, &text).process().run().expect("a process"), returned(&[Value::I32(42)]));
}

#[test]
fn memory_that_must_not_be_executable_is_not_the_modules_fault() {
    const NAME: &str = "refused::memory_that_must_not_be_executable_is_not_the_modules_fault";
    if !child::is_one() {
        return child::run(child::again(NAME));
    }
    const PR_SET_MDWE: i32 = 65;
    const PR_MDWE_REFUSE_EXEC_GAIN: u64 = 1;
    let runtime = Runtime::new().expect("a runtime");
    let text = module(&["child"], SPAWN_AND_JOIN);
    let saved = program_on(&runtime, &text).save().expect("bytes");
    // SAFETY: it changes what later mappings may become.
    if unsafe { libc::prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0_u64, 0_u64, 0_u64) } != 0 {
        println!("skipped: this system has no such setting");
        return;
    }
    let wasm = wat::parse_str(&text).expect("valid text");
    // SAFETY: they were saved just now.
    for result in [Program::new(&runtime, &wasm), unsafe { Program::load(&runtime, &saved) }] {
        let error = result.expect_err("no machine code can be had");
        assert_eq!(error.code(), "BN0001", "{}", error.report());
        assert!(error.hint().expect("one").contains("executable"), "{}", error.report());
    }
}
