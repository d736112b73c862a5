//! The signals that a thread lets through.
//!
//! What is wrong in guest code shows as a signal, which the engine turns into a trap; if the thread blocks that signal,
//! the system ends the application instead. A thread has the mask of its creator, who may have blocked all signals: to
//! take them on a thread of its own, or because its own starter did. So threads that run guests let faults through, and
//! block of the others what the thread blocked that started the process: no more, so that nothing is missed, and no less,
//! so that nothing is taken that the application waits for elsewhere.

pub(crate) use system::Mask;

#[cfg(target_os = "linux")]
mod system {
    #![expect(unsafe_code, reason = "sets of signals are filled in by calls")]

    use std::{ffi::c_int, mem::MaybeUninit, ptr};

    /// What the engine takes, and what the standard library does.
    const FAULTS: [c_int; 4] = [libc::SIGSEGV, libc::SIGBUS, libc::SIGILL, libc::SIGFPE];

    /// The signals that a thread blocks. Never faults.
    #[derive(Clone, Copy)]
    pub(crate) struct Mask(libc::sigset_t);

    impl Mask {
        /// What the caller blocks.
        pub(crate) fn of_caller() -> Mask {
            Mask::without_faults(|set| {
                // SAFETY: it fills in the set, and changes nothing.
                unsafe { libc::pthread_sigmask(libc::SIG_BLOCK, ptr::null(), set) };
            })
        }

        /// Everything, for threads that have nothing to do for the application.
        pub(crate) fn all() -> Mask {
            Mask::without_faults(|set| {
                // SAFETY: it fills in the set.
                unsafe { libc::sigfillset(set) };
            })
        }

        fn without_faults(fill: impl FnOnce(*mut libc::sigset_t)) -> Mask {
            let mut set = MaybeUninit::uninit();
            // SAFETY: the set is made empty, then filled in, and then changed.
            unsafe {
                libc::sigemptyset(set.as_mut_ptr());
                fill(set.as_mut_ptr());
                for signal in FAULTS {
                    libc::sigdelset(set.as_mut_ptr(), signal);
                }
                Mask(set.assume_init())
            }
        }

        /// Makes the calling thread block these signals and no others.
        pub(crate) fn adopt(self) {
            // SAFETY: it reads the set.
            let code = unsafe { libc::pthread_sigmask(libc::SIG_SETMASK, &raw const self.0, ptr::null_mut()) };
            debug_assert_eq!(code, 0);
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        fn blocks(mask: &Mask, signal: c_int) -> bool {
            // SAFETY: it reads the set.
            unsafe { libc::sigismember(&raw const mask.0, signal) == 1 }
        }

        #[test]
        fn faults_are_let_through_and_others_are_as_they_were() {
            let before = Mask::of_caller();
            Mask::all().adopt();
            let all = Mask::of_caller();
            assert!(blocks(&all, libc::SIGTERM) && blocks(&all, libc::SIGUSR1));
            assert!(FAULTS.iter().all(|&signal| !blocks(&all, signal)));
            before.adopt();
            assert_eq!(blocks(&Mask::of_caller(), libc::SIGTERM), blocks(&before, libc::SIGTERM));
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    /// Threads have their creator's.
    #[derive(Clone, Copy)]
    pub(crate) struct Mask;

    impl Mask {
        pub(crate) fn of_caller() -> Mask {
            Mask
        }

        pub(crate) fn all() -> Mask {
            Mask
        }

        pub(crate) fn adopt(self) {}
    }
}
