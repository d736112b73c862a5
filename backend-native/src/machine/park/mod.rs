//! Park and unpark on a control word: one small file for each way to do it.
//!
//! `park` blocks while the word holds a value, for at most a given time, and may return spuriously. `unpark` wakes one
//! or all of the threads parked on the word. The word has been changed before, so a thread that is about to park sees
//! the change.

#[cfg(target_os = "linux")]
mod futex;
#[cfg(any(test, not(target_os = "linux")))]
mod lot;

#[cfg(target_os = "linux")]
pub(crate) use futex::{park, unpark_all, unpark_one};
#[cfg(not(target_os = "linux"))]
pub(crate) use lot::{park, unpark_all, unpark_one};

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicU32, Ordering::SeqCst},
        thread,
        time::Duration,
    };

    type Park = fn(&AtomicU32, u32, Option<Duration>);
    type Unpark = fn(&AtomicU32);

    const WAYS: [(Park, Unpark, Unpark); 2] = [
        (super::park, super::unpark_one, super::unpark_all),
        (super::lot::park, super::lot::unpark_one, super::lot::unpark_all),
    ];

    #[test]
    fn a_changed_word_is_not_waited_for() {
        for (park, ..) in WAYS {
            park(&AtomicU32::new(1), 0, None);
        }
    }

    #[test]
    fn a_time_out_ends_a_park() {
        for (park, ..) in WAYS {
            park(&AtomicU32::new(0), 0, Some(Duration::from_nanos(1)));
            park(&AtomicU32::new(0), 0, Some(Duration::ZERO));
        }
    }

    #[test]
    fn parked_threads_are_woken() {
        for (park, unpark_one, unpark_all) in WAYS {
            for (unpark, threads) in [(unpark_one, 1), (unpark_all, 3)] {
                let word = AtomicU32::new(0);
                thread::scope(|scope| {
                    for _ in 0..threads {
                        scope.spawn(|| {
                            while word.load(SeqCst) == 0 {
                                park(&word, 0, None);
                            }
                        });
                    }
                    word.store(1, SeqCst);
                    unpark(&word);
                });
            }
        }
    }
}
