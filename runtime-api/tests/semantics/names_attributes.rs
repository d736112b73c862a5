//! Names, and the attributes of a spawn.
use crate::common::*;
use raddle_runtime_api::{
    Event,
    abi::{MAX_NAME_LEN, PointerWidth, attributes::AttributeLayout},
};

const ATTRIBUTES: u64 = 0x1100;
const TEXT: u64 = 0x2000;

/// Writes bytes into guest memory.
fn put(thread: &Guest, addr: u64, bytes: &[u8]) {
    for (at, word) in (addr..).step_by(4).zip(bytes.chunks(4)) {
        let mut padded = [0; 4];
        padded[..word.len()].copy_from_slice(word);
        thread.store(at, u32::from_le_bytes(padded));
    }
}

/// Writes attributes with every field.
fn attributes(thread: &Guest, flags: u32, stack_size: u32, name: &str) -> u64 {
    put(thread, TEXT, name.as_bytes());
    let layout = AttributeLayout::new(PointerWidth::Bits32);
    for (offset, value) in [
        (layout.size, layout.len),
        (layout.flags, flags),
        (layout.stack_size, stack_size),
        (layout.name, TEXT as u32),
        (layout.name_len, name.len() as u32),
    ] {
        thread.store(ATTRIBUTES + u64::from(offset), value);
    }
    ATTRIBUTES
}

fn started(process: &Process<MemoryHost>) -> Vec<String> {
    let events = process.host().events();
    let names = events.into_iter().filter_map(|event| match event {
        Event::ThreadStarted { thread: 2.., name } => Some(name),
        _ => None,
    });
    names.collect()
}

#[test]
fn a_spawned_thread_has_its_name_from_the_start() {
    let long = "é".repeat(40);
    let mut program = Program::new();
    let own_name = program.function(|thread, len| {
        assert_eq!(thread.name().len() as u64, len);
        Ok(0)
    });
    let expected = [String::new(), "worker".into(), long[..62].into()];
    let process = program
        .start(move |thread| {
            for (name, len) in [("", 0), ("worker", 6), (&*long, 62)] {
                let attributes = attributes(thread, 0, 0, name);
                assert_eq!(thread.thread_spawn(own_name, len, attributes, 0x1000)?, OK);
                join(thread, thread.load(0x1000) as i32)?;
            }
            Ok(vec![])
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    assert_eq!(started(&process), expected);
}

#[test]
fn a_thread_names_itself() {
    let process = Program::new()
        .start(|thread| {
            put(thread, TEXT, "main loop".as_bytes());
            assert_eq!(thread.thread_set_name(TEXT, 4)?, OK);
            assert_eq!(thread.thread_set_name(TEXT, 9)?, OK);
            assert_eq!(thread.thread_set_name(TEXT, 1 << 40)?, Fault);
            assert_eq!(thread.thread_set_name(u64::MAX, 1)?, Fault);
            put(thread, TEXT, &[0xff, 0xfe, 0, 0]);
            assert_eq!(thread.thread_set_name(TEXT, 2)?, Invalid);
            // A character that its end was cut from is no UTF-8, unless the limit cut it.
            put(thread, TEXT, "é".repeat(40).as_bytes());
            assert_eq!(thread.thread_set_name(TEXT, 63)?, Invalid);
            assert_eq!(thread.name(), "main loop", "a refused name changes nothing");
            thread.process_abort(0, 0).map(|()| vec![])
        })
        .unwrap();
    let Some(Outcome::Aborted { thread, .. }) = process.wait(None) else { panic!("{:?}", process.outcome()) };
    assert_eq!((thread.id, &*thread.name), (1, "main loop"));
    let named = |name: &str| Event::ThreadNamed { thread: 1, name: name.into() };
    assert!(process.host().events().contains(&named("main")));
    assert!(process.host().events().contains(&named("main loop")));
}

#[test]
fn of_a_long_name_the_beginning_is_kept() {
    returns(Program::new(), |thread| {
        put(thread, TEXT, &[b'n'; 1000]);
        assert_eq!(thread.thread_set_name(TEXT, 1000)?, OK);
        assert_eq!(thread.name(), "n".repeat(MAX_NAME_LEN));
        Ok(())
    });
}

#[test]
fn fields_beyond_size_are_not_read() {
    let mut program = Program::new();
    let nothing = program.function(|thread, name_len| {
        assert_eq!(thread.name().len() as u64, name_len);
        Ok(0)
    });
    returns(program, move |thread| {
        let layout = AttributeLayout::new(PointerWidth::Bits32);
        // Every field is bad, from some size on each is seen; but `size` itself is needed.
        for size in 0..=layout.len + 8 {
            let flags = if size < layout.flags + 4 { u32::MAX } else { 0 };
            let stack_size = if size < layout.stack_size + 4 { u32::MAX } else { 0 };
            let at = attributes(thread, flags, stack_size, "name");
            thread.store(at, size);
            let named = size >= layout.len;
            if !named {
                thread.store(at + u64::from(layout.name_len), u32::MAX);
            }
            let status = thread.thread_spawn(nothing, if named { 4 } else { 0 }, at, 0x1000)?;
            if size < 4 {
                assert_eq!(status, Invalid, "{size}");
                continue;
            }
            assert_eq!(status, OK, "{size}");
            join(thread, thread.load(0x1000) as i32)?;
        }
        Ok(())
    });
}

#[test]
fn bad_attributes_are_refused_and_spawn_nothing() {
    let mut program = Program::new();
    let nothing = program.function(|_, _| Ok(0));
    let process = program
        .start(move |thread| {
            thread.store(0x1000, 1234);
            let refused = |attributes| thread.thread_spawn(nothing, 0, attributes, 0x1000);
            for flags in [2, 3, 1 << 31] {
                assert_eq!(refused(attributes(thread, flags, 0, ""))?, Invalid);
            }
            attributes(thread, 0, 0, "name");
            put(thread, TEXT, &[0xc0, 0x80, 0, 0]);
            assert_eq!(refused(ATTRIBUTES)?, Invalid);
            for bad in [ATTRIBUTES + 1, 1 << 32, u64::MAX, u64::MAX - 3] {
                assert_eq!(refused(bad)?, Fault, "{bad:#x}");
            }
            // At the end of memory: the struct begins inside and ends outside.
            let end = thread.host().memory().byte_len();
            thread.store(end - 4, 20);
            assert_eq!(refused(end - 4)?, Fault);
            attributes(thread, 0, 0, "name");
            thread.store(ATTRIBUTES + 16, u32::MAX);
            assert_eq!(refused(ATTRIBUTES)?, Fault);
            assert_eq!(thread.thread_spawn(nothing, 0, 0, 0x1001)?, Fault);
            assert_eq!(thread.load(0x1000), 1234, "no id was stored");
            Ok(vec![])
        })
        .unwrap();
    assert_eq!(process.wait(None), Some(Outcome::Returned(vec![])));
    assert_eq!(process.stats().spawned, 0);
    assert_eq!(started(&process), Vec::<String>::new());
}
