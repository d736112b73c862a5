//! Arguments and variables.

use raddle_wasi::{Error, Wasi, abi::Errno};

use crate::guest::{Guest, INPUT, OUT, OUTPUT, SIZE};

fn strings(guest: &Guest, sizes: &str, get: &str) -> Vec<String> {
    guest.ok(sizes, &[OUT.into(), i64::from(OUT) + 4]);
    let (count, size) = (guest.u32(OUT), guest.u32(OUT + 4));
    guest.ok(get, &[INPUT.into(), OUTPUT.into()]);
    let mut end = OUTPUT;
    let strings = (0..count).map(|index| {
        let start = guest.u32(INPUT + 4 * index);
        assert_eq!(start, end, "one after the other");
        let rest = guest.bytes(start, OUTPUT + size - start);
        let len = rest.iter().position(|&byte| byte == 0).expect("a NUL");
        end = start + len as u32 + 1;
        String::from_utf8(rest[..len].into()).unwrap()
    });
    let strings = strings.collect();
    assert_eq!(end, OUTPUT + size, "the size counts each NUL");
    strings
}

#[test]
fn the_programs_name_is_always_the_first() {
    let guest = Guest::new(Wasi::new());
    assert_eq!(strings(&guest, "args_sizes_get", "args_get"), ["main"]);
    let guest = Guest::new(Wasi::new().arg("-c").args(["", "größe"]).argv0("prog"));
    assert_eq!(strings(&guest, "args_sizes_get", "args_get"), ["prog", "-c", "", "größe"]);
}

#[test]
fn no_variable_is_passed_on_and_the_last_of_a_name_counts() {
    let guest = Guest::new(Wasi::new());
    assert!(strings(&guest, "environ_sizes_get", "environ_get").is_empty());
    let guest = Guest::new(Wasi::new().env("A", "1").env("B", "x=y").env("A", "2"));
    assert_eq!(strings(&guest, "environ_sizes_get", "environ_get"), ["B=x=y", "A=2"]);
}

#[test]
fn what_a_program_could_not_see_whole_is_refused() {
    let error = |wasi: Wasi| wasi.build().unwrap_err();
    assert!(matches!(error(Wasi::new().arg("a").arg("b\0c")), Error::Argument { index: 2, .. }));
    assert!(matches!(error(Wasi::new().argv0("\0")), Error::Argument { index: 0, .. }));
    for (name, value) in [("", "a"), ("A=", "a"), ("A\0", "a"), ("A", "\0")] {
        let error = error(Wasi::new().env(name, value));
        assert!(matches!(error, Error::Variable { .. }), "{error}");
        assert!(error.to_string().starts_with(error.code()) && !error.hint().is_empty());
    }
}

#[test]
fn nothing_is_written_when_something_lies_outside() {
    let guest = Guest::new(Wasi::new().arg("abc"));
    let end = i64::from(SIZE);
    for args in [[end - 4, OUTPUT.into()], [INPUT.into(), end - 8], [INPUT.into(), -1]] {
        assert_eq!(guest.call("args_get", &args), Errno::Fault);
    }
    assert_eq!(guest.call("args_sizes_get", &[OUT.into(), end - 3]), Errno::Fault);
    assert_eq!((guest.u32(OUT), guest.u32(INPUT)), (0, 0));
    guest.ok("args_get", &[INPUT.into(), end - 9]);
}
