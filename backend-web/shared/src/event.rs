//! How an [`Event`] gets from a worker to the page: as bytes, which the scripts between them only carry.

use raddle_runtime_api::{Event, Limit};

const STARTED: u8 = 0;
const NAMED: u8 = 1;
const ENDED: u8 = 2;
const LIMIT: u8 = 3;

/// An event as bytes: its kind, the number of a thread or of a limit, and a name or a value. `None` for one that
/// is not told in browsers.
#[must_use]
pub fn encode(event: &Event) -> Option<Vec<u8>> {
    let (kind, number, rest) = match event {
        Event::ThreadStarted { thread, name } => (STARTED, *thread, name.as_bytes().to_vec()),
        Event::ThreadNamed { thread, name } => (NAMED, *thread, name.as_bytes().to_vec()),
        Event::ThreadEnded { thread } => (ENDED, *thread, Vec::new()),
        Event::LimitReached { limit, value } => {
            let number = Limit::ALL.iter().position(|known| known == limit)?;
            (LIMIT, number as u32, value.to_le_bytes().to_vec())
        }
        _ => return None,
    };
    let mut bytes = vec![kind];
    bytes.extend(number.to_le_bytes());
    bytes.extend(rest);
    Some(bytes)
}

/// The event that bytes stand for; `None` for what [`encode`] never made.
#[must_use]
pub fn decode(bytes: &[u8]) -> Option<Event> {
    let (&kind, rest) = bytes.split_first()?;
    let (number, rest) = rest.split_first_chunk()?;
    let thread = u32::from_le_bytes(*number);
    let name = || String::from_utf8(rest.to_vec()).ok();
    Some(match kind {
        STARTED => Event::ThreadStarted { thread, name: name()? },
        NAMED => Event::ThreadNamed { thread, name: name()? },
        ENDED => Event::ThreadEnded { thread },
        LIMIT => Event::LimitReached {
            limit: *Limit::ALL.get(thread as usize)?,
            value: u64::from_le_bytes(rest.try_into().ok()?),
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_event_arrives() {
        let name = "a name, naïve".to_owned();
        let mut events = vec![
            Event::ThreadStarted { thread: 1, name: String::new() },
            Event::ThreadStarted { thread: 7, name: name.clone() },
            Event::ThreadNamed { thread: u32::MAX, name },
            Event::ThreadEnded { thread: 7 },
        ];
        events.extend(Limit::ALL.iter().map(|&limit| Event::LimitReached { limit, value: u64::MAX - 1 }));
        for event in events {
            assert_eq!(decode(&encode(&event).unwrap()), Some(event));
        }
    }

    #[test]
    fn other_bytes_are_no_event() {
        for bytes in [
            &[][..],
            &[STARTED],
            &[9, 0, 0, 0, 0],
            &[LIMIT, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            &[LIMIT, 0, 0, 0, 0, 1],
        ] {
            assert_eq!(decode(bytes), None, "{bytes:?}");
        }
    }
}
