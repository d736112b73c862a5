//! [`Interests`]: what a thread waits for.

#[cfg(unix)]
use std::os::fd::AsFd;
use std::{
    fmt,
    sync::Arc,
    time::{Duration, Instant},
};

use super::{WakeHandle, parker::Parker};

/// What a call waits for that cannot be done yet: any one of these. With none at all it waits for the end of its
/// process.
///
/// It owns the descriptors, or shares of them, so that none is closed while a thread waits for it.
#[derive(Default)]
#[must_use = "a call that is not done returns it"]
pub struct Interests {
    #[cfg(unix)]
    descriptors: Vec<(Box<dyn AsFd>, Direction)>,
    until: Option<Instant>,
    handles: Vec<WakeHandle>,
}

/// What is to be done with a descriptor.
#[cfg(unix)]
#[derive(Debug, Clone, Copy)]
pub(super) enum Direction {
    Read,
    Write,
}

impl Interests {
    /// None yet.
    pub fn new() -> Interests {
        Interests::default()
    }

    /// A read would not block: there is something to read, or it is the end, or an error. Give an owner of the
    /// descriptor, such as an `Arc<OwnedFd>` or an `Arc<TcpStream>`.
    ///
    /// # Portability
    /// On Unix.
    #[cfg(unix)]
    pub fn readable(mut self, descriptor: impl AsFd + 'static) -> Interests {
        self.descriptors.push((Box::new(descriptor), Direction::Read));
        self
    }

    /// A write would not block, or would be an error.
    ///
    /// # Portability
    /// On Unix.
    #[cfg(unix)]
    pub fn writable(mut self, descriptor: impl AsFd + 'static) -> Interests {
        self.descriptors.push((Box::new(descriptor), Direction::Write));
        self
    }

    /// A time has come.
    pub fn until(mut self, time: Instant) -> Interests {
        self.until = Some(self.until.map_or(time, |other| other.min(time)));
        self
    }

    /// Somebody wakes a handle.
    pub fn woken(mut self, handle: &WakeHandle) -> Interests {
        self.handles.push(handle.clone());
        self
    }

    /// Blocks until any of them has come about, or `timeout` has passed; then `false`. It may return spuriously. This is
    /// for threads of the embedder's own: an import waits by [`wait_outside`](crate::ThreadState::wait_outside).
    ///
    /// # Blocking
    /// Until then.
    pub fn wait(&self, timeout: Option<Duration>) -> bool {
        super::wait_alone(self, timeout.into_iter().chain(self.left()).min())
    }

    /// How long it is until the time comes, if it waits for one.
    pub(crate) fn left(&self) -> Option<Duration> {
        self.until.map(|until| until.saturating_duration_since(Instant::now()))
    }

    #[cfg(unix)]
    pub(super) fn descriptors(&self) -> &[(Box<dyn AsFd>, Direction)] {
        &self.descriptors
    }

    /// Has all handles call the parker, until the watch is dropped. `None` if one was woken already.
    pub(super) fn watch<'a>(&'a self, parker: &'a Arc<Parker>) -> Option<Watch<'a>> {
        let mut watch = Watch { handles: &[], parker };
        for (handle, watched) in self.handles.iter().zip(1..) {
            if !handle.watch(parker) {
                return None;
            }
            watch.handles = &self.handles[..watched];
        }
        Some(watch)
    }
}

/// Handles that call a parker.
pub(super) struct Watch<'a> {
    handles: &'a [WakeHandle],
    parker: &'a Arc<Parker>,
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.handles.iter().for_each(|handle| handle.forget(self.parker));
    }
}

impl fmt::Debug for Interests {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Interests");
        #[cfg(unix)]
        debug.field(
            "descriptors",
            &self.descriptors.iter().map(|(descriptor, direction)| (descriptor.as_fd(), direction)).collect::<Vec<_>>(),
        );
        debug.field("until", &self.until).field("handles", &self.handles.len()).finish()
    }
}
