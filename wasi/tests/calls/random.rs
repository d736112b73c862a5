//! Randomness.

use raddle_wasi::{Wasi, abi::Errno};

use crate::guest::{Guest, OUTPUT, SIZE};

#[test]
fn any_amount_is_filled_and_nothing_beyond() {
    let guest = Guest::new(Wasi::new());
    guest.ok("random_get", &[OUTPUT.into(), 0]);
    assert_eq!(guest.bytes(OUTPUT, 1), [0]);
    // Above what browsers give at a time, and above a piece of ours.
    let len = 300_000;
    guest.ok("random_get", &[OUTPUT.into(), len.into()]);
    let bytes = guest.bytes(OUTPUT, len);
    for piece in bytes.chunks(1000) {
        assert!(piece.iter().any(|&byte| byte != 0), "1000 zeros");
    }
    assert_eq!(guest.bytes(OUTPUT + len, 64), [0; 64]);
    guest.ok("random_get", &[i64::from(SIZE) - 8, 8]);
    assert_eq!(guest.call("random_get", &[i64::from(SIZE) - 8, 9]), Errno::Fault);
    assert_eq!(guest.call("random_get", &[-1, -1]), Errno::Fault);
}
