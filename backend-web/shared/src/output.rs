//! What a guest writes, and what is told of it, in the order in which it happened.
//!
//! Workers send messages to the page, each by a way of its own; a number in each says where it belongs. A page that is
//! busy gets them later, and so that they do not pile up without end, a worker waits while more than [`MOST`] bytes are
//! under way, by the [`weight`] of each message.

use std::collections::BTreeMap;

use raddle_runtime_api::{Stream, Words};

use crate::{
    pool::{Park, Pool},
    region::{Region, header},
};

/// How many bytes may be under way to the page.
pub const MOST: u32 = 4 << 20;

/// About what a message takes beyond the bytes that it carries.
const MESSAGE: u32 = 256;

/// What a message takes that carries so many bytes.
#[must_use]
pub fn weight(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX).saturating_add(MESSAGE)
}

/// The number of a stream, in messages.
#[must_use]
pub fn stream_number(stream: Stream) -> u32 {
    match stream {
        Stream::Stdout => 0,
        Stream::Stderr => 1,
    }
}

/// The stream of that number; any other is taken for standard error, so that nothing is lost.
#[must_use]
pub fn stream(number: u32) -> Stream {
    if number == 0 { Stream::Stdout } else { Stream::Stderr }
}

/// Counts a message of that weight and returns its number. The output lock is held.
pub fn count(words: &(impl Words + ?Sized), region: Region, weight: u32) -> u32 {
    words.fetch_add(region.word(header::SENT_BYTES), weight);
    words.fetch_add(region.word(header::SENT), 1)
}

/// How many bytes are under way, and the count of bytes handed on that this was found with.
pub fn under_way(words: &(impl Words + ?Sized), region: Region) -> (u32, u32) {
    let handed_on = words.load(region.word(header::HANDED_ON));
    (words.load(region.word(header::SENT_BYTES)).wrapping_sub(handed_on), handed_on)
}

/// Notes on the page that a message of that weight was handed on, and wakes those that wait for that.
pub fn handed_on<P: Park>(host: &P, region: Region, weight: u32) {
    let word = region.word(header::HANDED_ON);
    host.words().fetch_add(word, weight);
    host.unpark(word, u32::MAX);
}

/// Runs something that sends messages, with nobody else's between them.
pub fn in_order<P: Park, R>(pool: &Pool<P>, run: impl FnOnce() -> R) -> R {
    pool.locked(header::OUTPUT_LOCK, run)
}

/// Messages as they come, put in order.
#[derive(Debug)]
pub struct Inbox<T> {
    next: u32,
    early: BTreeMap<u32, T>,
}

impl<T> Default for Inbox<T> {
    fn default() -> Inbox<T> {
        Inbox { next: 0, early: BTreeMap::new() }
    }
}

impl<T> Inbox<T> {
    /// Takes a message in.
    pub fn put(&mut self, number: u32, message: T) {
        self.early.insert(number, message);
    }

    /// The next message in order, if it is there.
    pub fn take(&mut self) -> Option<T> {
        let message = self.early.remove(&self.next)?;
        self.next = self.next.wrapping_add(1);
        Some(message)
    }

    /// How many messages were taken; wraps.
    #[must_use]
    pub fn taken(&self) -> u32 {
        self.next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_have_numbers() {
        for each in [Stream::Stdout, Stream::Stderr] {
            assert_eq!(stream(stream_number(each)), each);
        }
    }

    #[test]
    fn messages_weigh_something_that_carry_nothing() {
        assert!(weight(0) > 0);
        assert_eq!(weight(100) - weight(0), 100);
        assert_eq!(weight(usize::MAX), u32::MAX);
    }

    #[test]
    fn messages_come_out_in_order() {
        let mut inbox = Inbox::default();
        inbox.put(1, 'b');
        assert_eq!(inbox.take(), None);
        inbox.put(0, 'a');
        inbox.put(2, 'c');
        assert_eq!([inbox.take(), inbox.take(), inbox.take(), inbox.take()], [Some('a'), Some('b'), Some('c'), None]);
        assert_eq!(inbox.taken(), 3);
    }
}
