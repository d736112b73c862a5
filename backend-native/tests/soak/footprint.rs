//! What the test's own process holds.

/// How many OS threads may come and go: those that compile, and one that is about to be idle, for which another was
/// started.
#[cfg(target_os = "linux")]
const OTHER_THREADS: usize = 4;

/// What this process holds of the operating system.
#[cfg(target_os = "linux")]
#[derive(Debug, Clone, Copy)]
pub(crate) struct Footprint {
    /// Bytes of memory that is really there.
    resident: u64,
    files: usize,
    os_threads: usize,
}

#[cfg(target_os = "linux")]
impl Footprint {
    pub(crate) fn now() -> Footprint {
        let status = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line of it");
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
        let count = |directory| std::fs::read_dir(directory).expect("Linux has it").count();
        Footprint { resident: kilobytes * 1024, files: count("/proc/self/fd"), os_threads: count("/proc/self/task") }
    }

    /// Whether nothing has come to what was held before.
    #[track_caller]
    pub(crate) fn check_flat_since(self, before: Footprint) {
        let what = format!("before: {before:?}, now: {self:?}");
        println!("{what}");
        // The allocator's noise: less than 42 bytes a thread, or 420 a process.
        assert!(self.resident < before.resident + 4 * 1024 * 1024, "{what}");
        assert!(self.files <= before.files, "{what}");
        assert!(self.has_threads_of(before), "{what}");
    }

    /// Whether there are no more threads than before.
    pub(crate) fn has_threads_of(self, before: Footprint) -> bool {
        self.os_threads <= before.os_threads + OTHER_THREADS
    }
}

/// Elsewhere only the guest's side is seen.
#[cfg(not(target_os = "linux"))]
#[derive(Debug, Clone, Copy)]
pub(crate) struct Footprint;

#[cfg(not(target_os = "linux"))]
impl Footprint {
    pub(crate) fn now() -> Footprint {
        Footprint
    }

    pub(crate) fn check_flat_since(self, _: Footprint) {}

    pub(crate) fn has_threads_of(self, _: Footprint) -> bool {
        true
    }
}
