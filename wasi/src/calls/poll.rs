//! Waiting for times and descriptors.

use raddle_runtime_api::{GuestMemory, Tried};

use super::{Calls, tried};
use crate::{
    abi::{
        Errno, Result,
        flags::{
            CLOCK_MONOTONIC, CLOCK_REALTIME, EVENT_CLOCK, EVENT_FD_READ, EVENT_FD_WRITE, EVENT_HANGUP,
            SUBSCRIPTION_ABSTIME,
        },
        layouts::{self, EVENT, SUBSCRIPTION, Subscription},
        rights::{FD_READ, FD_WRITE},
    },
    interests::{Answer, Direction, Interest, Interests},
    system::Readiness,
    table::{Object, lock},
};

/// How many subscriptions a call takes at most.
const MAX_SUBSCRIPTIONS: u32 = 8192;

#[expect(missing_docs, reason = "for_each_wasi_call! describes each")]
impl<M: GuestMemory + ?Sized> Calls<'_, M> {
    pub fn poll_oneoff(&self, subscriptions: u32, events: u32, count: u32, out: u32) -> Answer {
        tried(|| {
            if count == 0 || count > MAX_SUBSCRIPTIONS {
                return Err(Errno::Invalid);
            }
            self.memory.check(subscriptions, u64::from(count) * u64::from(SUBSCRIPTION))?;
            self.memory.check(events, u64::from(count) * u64::from(EVENT))?;
            self.memory.check(out, 4)?;

            let mut interests = Interests::default();
            let mut found = Vec::new();
            for index in 0..count {
                let subscription = Subscription::parse(&self.memory.array(subscriptions + index * SUBSCRIPTION)?);
                let came = match subscription.kind {
                    EVENT_CLOCK => self.clock(&subscription, &mut interests),
                    EVENT_FD_READ => self.descriptor(subscription.id, Direction::Read, &mut interests),
                    EVENT_FD_WRITE => self.descriptor(subscription.id, Direction::Write, &mut interests),
                    _ => return Err(Errno::Invalid),
                };
                // What is wrong with one subscription is that one's event.
                let (errno, ready) = match came {
                    Ok(None) => continue,
                    Ok(Some(ready)) => (Errno::Success, ready),
                    Err(errno) => (errno, Readiness::default()),
                };
                let flags = if ready.hangup { EVENT_HANGUP } else { 0 };
                let Subscription { userdata, kind, .. } = subscription;
                found.extend(layouts::event(userdata, errno.code(), kind, ready.bytes, flags));
            }
            if found.is_empty() {
                return Ok(Tried::NotYet(interests));
            }
            self.memory.write(events, &found)?;
            self.memory.set_u32(out, found.len() as u32 / EVENT)?;
            Ok(Tried::Done(()))
        })
    }

    /// Whether a time has come; otherwise when the call is to be tried again.
    fn clock(&self, subscription: &Subscription, interests: &mut Interests) -> Result<Option<Readiness>> {
        let left = if subscription.flags & SUBSCRIPTION_ABSTIME != 0 {
            subscription.timeout.saturating_sub(self.time(subscription.id)?)
        } else {
            // However the time of day is set meanwhile, it is a duration.
            if subscription.id != CLOCK_REALTIME && subscription.id != CLOCK_MONOTONIC {
                self.time(subscription.id)?;
            }
            let now = self.state.system.monotonic();
            let began = self.began.get().unwrap_or(now);
            self.began.set(Some(began));
            began.saturating_add(subscription.timeout).saturating_sub(now)
        };
        if left == 0 {
            return Ok(Some(Readiness::default()));
        }
        interests.after = Some(interests.after.map_or(left, |after| after.min(left)));
        Ok(None)
    }

    /// Whether a descriptor is ready; otherwise what the call waits for.
    fn descriptor(&self, fd: u32, direction: Direction, interests: &mut Interests) -> Result<Option<Readiness>> {
        let descriptor = self.state.table.get(fd)?;
        let ready: Tried<Readiness, Interest> = match &descriptor.object {
            Object::File { file, cursor } => {
                let size = file.metadata()?.size;
                let bytes = if file.cursor().is_some() { size } else { size.saturating_sub(*lock(cursor)) };
                Tried::Done(Readiness { bytes, hangup: false })
            }
            Object::Directory { .. } => Tried::Done(Readiness::default()),
            Object::Stream(stream) => {
                descriptor.need(if direction == Direction::Read { FD_READ } else { FD_WRITE })?;
                stream.ready(direction)
            }
            Object::Listener(listener) if direction == Direction::Read => listener.ready(),
            Object::Listener(_) => return Err(Errno::BadDescriptor),
        };
        Ok(match ready {
            Tried::Done(ready) => Some(ready),
            Tried::NotYet(interest) => {
                interests.sources.push(interest);
                None
            }
        })
    }
}
