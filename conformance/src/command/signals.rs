//! The signals that end a program: Ctrl-C, SIGTERM and SIGHUP.

use std::io;

/// Calls something for each of these signals from now on, on a thread of its own. Those that are ignored when the program
/// starts stay ignored, as `nohup` asks.
///
/// # Errors
/// If the system has no thread for it, or another handler is there already.
pub(super) fn on_signals(mut on_signal: impl FnMut() + Send + 'static) -> io::Result<()> {
    #[cfg(unix)]
    {
        use signal_hook::{
            consts::{SIGHUP, SIGINT, SIGTERM},
            iterator::Signals,
        };

        let ignored = ignored();
        let mut signals =
            Signals::new([SIGINT, SIGTERM, SIGHUP].into_iter().filter(|&signal| !is_in(signal, ignored)))?;
        let call = move || signals.forever().for_each(|_| on_signal());
        std::thread::Builder::new().name("signals".into()).spawn(call).map(drop)
    }
    #[cfg(not(unix))]
    ctrlc::set_handler(on_signal).map_err(io::Error::other)
}

/// The signals that are ignored, a bit for each; none where the system does not say.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let bits = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    bits.and_then(|bits| u64::from_str_radix(bits.trim(), 16).ok()).unwrap_or(0)
}

#[cfg(unix)]
fn is_in(signal: i32, set: u64) -> bool {
    set & (1 << (signal - 1)) != 0
}
