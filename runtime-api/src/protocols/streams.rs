//! Output: one thread at a time writes to a stream, and waits for the outside while the stream takes nothing.
//! `outside.md` explains that.
//!
//! The word of a stream is that of a lock: free, held, or held while others may be parked. But it is held for as long as
//! the stream blocks, so whoever waits for it does so in the parking lot, where the process's end reaches it.

use core::ops::ControlFlow;

use super::{
    kernel::{Index, Kernel},
    lot::{Until, WaitKey, WaitKind},
};
use crate::{
    abi::{FOREVER, Status},
    host::{Call, GuestBytes, Host, Stream},
    words::Word,
};

const FREE: u32 = 0;
const HELD: u32 = 1;
const CONTENDED: u32 = 2;

fn key(stream: Stream) -> WaitKey {
    WaitKey { kind: WaitKind::Stream, address: stream as u64 }
}

impl<H: Host> Kernel<H> {
    /// Writes a call's bytes, not mixed with another's.
    pub(crate) fn write(&self, me: Index, stream: Stream, bytes: &mut GuestBytes<'_, H::Memory>) -> Call<Status> {
        let until = self.until(FOREVER);
        self.hold(me, stream, until)?;
        let written = self.wait_outside(me, until.limit, || self.host.write(stream, bytes));
        // Also when the process has ended; then nobody is woken.
        self.let_go(stream);
        written
    }

    fn word_of(&self, stream: Stream) -> Word<'_, H::Words> {
        match stream {
            Stream::Stdout => self.header().stdout(),
            Stream::Stderr => self.header().stderr(),
        }
    }

    fn hold(&self, me: Index, stream: Stream, until: Until) -> Call<()> {
        let word = self.word_of(stream);
        if word.exchange(FREE, HELD) {
            return Ok(());
        }
        loop {
            // Whoever gets it this way leaves CONTENDED in it, since it cannot know that nobody else is parked.
            let mut try_hold = || match word.swap(CONTENDED) {
                FREE => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            };
            match self.park_on(me, key(stream), until, &mut try_hold) {
                ControlFlow::Break(()) => return Ok(()),
                // It is free, but somebody else may be faster.
                ControlFlow::Continue(woken) => drop(woken?),
            }
        }
    }

    fn let_go(&self, stream: Stream) {
        if self.word_of(stream).swap(FREE) == CONTENDED {
            self.wake(key(stream), 1);
        }
    }
}
