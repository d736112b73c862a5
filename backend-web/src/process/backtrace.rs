//! Backtraces as on native hosts: a browser gives a function's index and an offset, and the module itself the rest.

use std::cell::LazyCell;

use raddle_runtime_api::{Frame, Outcome, TrapKind};
use raddle_symbols::Symbols;
use raddle_web_shared::trap::EITHER_BOUNDS;

/// An outcome with names and source lines in its backtraces. The module's own functions are the first `functions`;
/// those that `threadify` appended are left out.
pub(crate) fn explain(mut outcome: Outcome, wasm: &[u8], functions: u32) -> Outcome {
    // Most processes end without a backtrace, and a module's names and source lines take long to read.
    let symbols = LazyCell::new(|| Symbols::read(wasm));
    let explained = |backtrace: &[Frame]| {
        let own = backtrace.iter().filter(|frame| frame.index < functions);
        own.flat_map(|frame| symbols.frames(frame)).collect()
    };
    match &mut outcome {
        Outcome::Trapped { trap, .. } => {
            if trap.message == EITHER_BOUNDS {
                trap.message.clear();
                let innermost = trap.backtrace.first().and_then(|frame| frame.offset);
                if innermost.is_some_and(|offset| symbols.is_of_table(offset)) {
                    trap.kind = TrapKind::TableOutOfBounds;
                }
            }
            trap.backtrace = explained(&trap.backtrace);
        }
        Outcome::Deadlocked { threads } => {
            for thread in threads {
                thread.backtrace = explained(&thread.backtrace);
            }
        }
        _ => {}
    }
    outcome
}
