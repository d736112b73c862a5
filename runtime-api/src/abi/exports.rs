//! What `threadify` adds to a module for its host to call.

use super::{
    Signature,
    Ty::{I32, P},
};

/// A function, `(stack_top: P, stack_limit: P, tls: P)`: prepares the instance for the calling thread. It sets the
/// stack pointer and the stack's limit and initialises the TLS block at `tls`. Then it runs the module's start
/// function, unless that is the linker's, which [`INIT`] runs. The host calls it once on every thread, after [`INIT`]
/// and before any other code of the program.
///
/// The stack reaches from `stack_limit` (inclusive) to `stack_top` (exclusive) and grows down. A module without a stack
/// or without TLS ignores the arguments concerned.
pub const ENTER: &str = "raddle_enter";
/// The type of [`ENTER`].
pub const ENTER_SIGNATURE: Signature = Signature { params: &[P, P, P], results: &[] };

/// A function, `(function: P, arg: P) -> P`: calls a start function through table 0. Absent when the module has no
/// table 0.
pub const CALL: &str = "raddle_call";
/// The type of [`CALL`].
pub const CALL_SIGNATURE: Signature = Signature { params: &[P, P], results: &[P] };

/// A function, `(function: P, value: P)`: calls a TLS destructor through table 0. Absent when the module has no
/// table 0.
pub const CALL_DESTRUCTOR: &str = "raddle_call_destructor";
/// The type of [`CALL_DESTRUCTOR`].
pub const CALL_DESTRUCTOR_SIGNATURE: Signature = Signature { params: &[P, P], results: &[] };

/// A function, `(first: i32)`: initialises the memory, which instantiating would do too often or too early. Present when
/// the module had active data segments, which every instantiation would have written again over live data, or the
/// linker's start function `__wasm_init_memory`, which may wait and would have run before the host had filled [`HOOKS`].
///
/// The host calls it on every instance before [`ENTER`], with 1 on the process's first instance, where it writes the
/// segments, and 0 on all others. It then runs the linker's start function. So instantiating alone runs no code of the
/// module and does not touch its memory: a host may make instances ahead of need.
pub const INIT: &str = "raddle_init";
/// The type of [`INIT`].
pub const INIT_SIGNATURE: Signature = Signature { params: &[I32], results: &[] };

/// A function, `()`: traps. It is how a JavaScript host unwinds for exit and kill, because a guest's `catch_all`
/// catches exceptions but never a trap.
pub const TRAP: &str = "raddle_trap";
/// The type of [`TRAP`].
pub const TRAP_SIGNATURE: Signature = Signature { params: &[], results: &[] };

/// A table of [`HOOK_COUNT`] `funcref`: after instantiation, the host puts its `wait32`, `wait64` and `notify` here, in
/// that order, and rewritten waits call through it. Absent if the module has no waits, or imports the three calls
/// itself.
pub const HOOKS: &str = "raddle_hooks";
/// The size of the table [`HOOKS`].
pub const HOOK_COUNT: u32 = 3;
/// The imports whose functions go into [`HOOKS`], in the table's order.
pub const HOOK_IMPORTS: [&str; HOOK_COUNT as usize] =
    [super::imports::WAIT32, super::imports::WAIT64, super::imports::NOTIFY];

/// A mutable `i32` global: 0 until a checked stack overflows, 1 from then on. The stack check sets it and traps with
/// `unreachable`, so a host can tell that trap from the guest's own. Present when stacks are checked.
pub const STACK_OVERFLOWED: &str = "raddle_stack_overflowed";

/// Every name above: a module that already has one of them is already threadified, or has a conflicting export.
pub const NAMES: &[&str] = &[ENTER, CALL, CALL_DESTRUCTOR, INIT, TRAP, HOOKS, STACK_OVERFLOWED];
