//! A thread's name and stack size, before it is there.

use std::io;

use super::join::JoinHandle;
use super::scope::{Scope, ScopedJoinHandle};
use super::start::{Wishes, start};

/// A thread's name and stack size, as [`std::thread::Builder`].
///
/// ```
/// let thread = raddle_guest::thread::Builder::new()
///     .name("weft".into())
///     .stack_size(256 * 1024)
///     .spawn(|| raddle_guest::thread::current().name().map(String::from))?;
/// assert_eq!(thread.join().unwrap().as_deref(), Some("weft"));
/// # std::io::Result::Ok(())
/// ```
#[derive(Debug)]
#[must_use = "a builder starts nothing until its spawn is called"]
pub struct Builder {
    wishes: Wishes,
}

impl Builder {
    /// A thread without a name, with a stack of the host's default size.
    #[allow(clippy::new_without_default, reason = "std's has none either, and a program should build on it, too")]
    pub fn new() -> Builder {
        Builder { wishes: Wishes::default() }
    }

    /// Names the thread, for traps, traces and the host's tools. The host keeps the first 63 bytes of the name.
    ///
    /// # Panics
    /// The spawn panics when the name contains a null byte.
    pub fn name(mut self, name: String) -> Builder {
        self.wishes.name = Some(name);
        self
    }

    /// The size of the thread's stack in linear memory, in bytes; 0 for the host's default.
    pub fn stack_size(mut self, size: usize) -> Builder {
        self.wishes.stack_size = size;
        self
    }

    /// Starts the thread.
    ///
    /// # Errors
    /// [`WouldBlock`](io::ErrorKind::WouldBlock) when a limit of the host is reached, [`Unsupported`](io::ErrorKind::Unsupported)
    /// when the host has no threads.
    pub fn spawn<F, T>(self, f: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send + 'static,
        T: Send + 'static,
    {
        // SAFETY: nothing is borrowed.
        unsafe { start(self.checked(), f, || {}) }.map(JoinHandle)
    }

    /// Starts a thread that may borrow, without the compiler's check that it lives no longer than what it borrows.
    ///
    /// # Errors
    /// As [`spawn`](Self::spawn).
    ///
    /// # Safety
    /// What `f` and its value borrow must live until the thread has ended: until it has been joined, for instance.
    pub unsafe fn spawn_unchecked<F, T>(self, f: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T + Send,
        T: Send,
    {
        // SAFETY: vouched for by the caller.
        unsafe { start(self.checked(), f, || {}) }.map(JoinHandle)
    }

    /// Starts the thread in a scope.
    ///
    /// # Errors
    /// As [`spawn`](Self::spawn).
    pub fn spawn_scoped<'scope, 'env, F, T>(
        self,
        scope: &'scope Scope<'scope, 'env>,
        f: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        scope.start(self.checked(), f)
    }

    fn checked(self) -> Wishes {
        let name = self.wishes.name.as_deref();
        assert!(!name.is_some_and(|name| name.contains('\0')), "a thread's name must not contain a null byte");
        self.wishes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unchecked_spawn_has_the_type_of_std_s() {
        type F = fn() -> u8;
        type Spawn<B, H> = unsafe fn(B, F) -> io::Result<H>;
        let _: Spawn<std::thread::Builder, std::thread::JoinHandle<u8>> = std::thread::Builder::spawn_unchecked;
        let _: Spawn<Builder, JoinHandle<u8>> = Builder::spawn_unchecked;
    }
}
