//! Clocks.

use std::time::{SystemTime, UNIX_EPOCH};

use raddle_wasi::{Wasi, abi::Errno};

use crate::guest::{Guest, OUT, SIZE};

#[test]
fn two_clocks_tell_the_time() {
    let guest = Guest::new(Wasi::new());
    let time = |clock| {
        guest.ok("clock_time_get", &[clock, 0, OUT.into()]);
        guest.u64(OUT)
    };
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64;
    let (before, told, after) = (now(), time(0), now());
    assert!((before..=after).contains(&told), "{before} {told} {after}");
    let first = time(1);
    assert!(first > 0 && time(1) >= first);
    for clock in [0, 1] {
        guest.ok("clock_res_get", &[clock, OUT.into()]);
        assert_eq!(guest.u64(OUT), 1);
    }
}

#[test]
fn processor_time_is_not_told_wrong() {
    let guest = Guest::new(Wasi::new());
    for name in ["clock_time_get", "clock_res_get"] {
        for (clock, errno) in
            [(2, Errno::NotSupported), (3, Errno::NotSupported), (4, Errno::Invalid), (-1, Errno::Invalid)]
        {
            let args = if name == "clock_res_get" { vec![clock, OUT.into()] } else { vec![clock, 0, OUT.into()] };
            assert_eq!(guest.call(name, &args), errno);
        }
    }
    assert_eq!(guest.call("clock_time_get", &[0, 0, i64::from(SIZE) - 7]), Errno::Fault);
}
