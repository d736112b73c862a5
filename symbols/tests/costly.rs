//! Debug information that a few kilobytes make costly: it is left out before anybody reads it.

use std::borrow::Cow;

use raddle_runtime_api::Frame;
use raddle_symbols::{Symbols, without_costly_dwarf};

const COMPILE_UNIT: u8 = 0x11;
const SUBPROGRAM: u8 = 0x2e;
const INLINED_SUBROUTINE: u8 = 0x1d;

const NAME: u8 = 0x03;
const STMT_LIST: u8 = 0x10;
const LOW_PC: u8 = 0x11;
const HIGH_PC: u8 = 0x12;
const COMP_DIR: u8 = 0x1b;
const RANGES: u8 = 0x55;

const ADDR: u8 = 0x01;
const STRING: u8 = 0x08;
const DATA1: u8 = 0x0b;
const SEC_OFFSET: u8 = 0x17;
const FLAG_PRESENT: u8 = 0x19;

/// A module of one function, and what a test puts into its debug information.
#[derive(Default)]
struct Module {
    kinds: Vec<u8>,
    info: Vec<u8>,
    lines: Vec<u8>,
    ranges: Vec<u8>,
    strings: Vec<u8>,
}

impl Module {
    /// Adds a kind of entry: number, tag, whether it has children, attributes with their forms.
    fn kind(&mut self, number: u8, tag: u8, has_children: bool, attributes: &[(u8, u8)]) {
        self.kinds.extend([number, tag, u8::from(has_children)]);
        self.kinds.extend(attributes.iter().flat_map(|&(name, form)| [name, form]));
        self.kinds.extend([0, 0]);
    }

    /// Adds a unit of these entries, of DWARF 4.
    fn unit(&mut self, entries: &[u8]) {
        self.info.extend((7 + entries.len() as u32).to_le_bytes());
        self.info.extend([4, 0, 0, 0, 0, 0, 4]);
        self.info.extend(entries);
    }

    /// Makes the line program: one file and so many rows.
    fn program(&mut self, file: &str, rows: usize) {
        let lengths = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1];
        let header = [&[1, 1, 1, 0xfb, 14, 13], &lengths[..], &[0], file.as_bytes(), &[0, 0, 0, 0, 0]].concat();
        // A special opcode that moves on by an address and a line; the end of the sequence.
        let rows = [vec![0x21; rows], vec![0, 1, 1]].concat();
        self.lines.extend((6 + (header.len() + rows.len()) as u32).to_le_bytes());
        self.lines.extend([4, 0]);
        self.lines.extend((header.len() as u32).to_le_bytes());
        self.lines.extend([header, rows].concat());
    }

    fn bytes(&self) -> Vec<u8> {
        let escaped = |bytes: &[u8]| bytes.iter().map(|byte| format!("\\{byte:02x}")).collect::<String>();
        let section = |name: &str, bytes: &[u8]| format!("(@custom \"{name}\" \"{}\")", escaped(bytes));
        let kinds = [&self.kinds[..], &[0]].concat();
        let text = format!(
            "(module (func $f unreachable) (@custom \"before\" \"a\") {} {} {} {} {} (@custom \"behind\" \"b\"))",
            section(".debug_abbrev", &kinds),
            section(".debug_info", &self.info),
            section(".debug_line", &self.lines),
            section(".debug_ranges", &self.ranges),
            section(".debug_str", &self.strings),
        );
        wat::parse_str(text).expect("a module")
    }

    /// Whether it is read.
    fn is_read(&self) -> bool {
        let wasm = self.bytes();
        // Whatever it says, there is a frame for the function's one instruction, which stands in front of all of this.
        let code = wasm.windows(2).position(|bytes| bytes == [0x00, 0x0b]).expect("its code");
        let frame = Frame::new(0, Some(code as u64));
        assert_eq!(Symbols::read(&wasm).frames(&frame).len(), 1);
        match without_costly_dwarf(&wasm) {
            Cow::Borrowed(_) => true,
            Cow::Owned(rest) => {
                let text = r#"(module (func $f unreachable) (@custom "before" "a") (@custom "behind" "b"))"#;
                assert_eq!(rest, wat::parse_str(text).expect("a module"));
                false
            }
        }
    }
}

#[test]
fn a_line_program_is_one_units() {
    let units = |count| {
        let mut module = Module::default();
        module.kind(1, COMPILE_UNIT, false, &[(STMT_LIST, SEC_OFFSET)]);
        (0..count).for_each(|_| module.unit(&[1, 0, 0, 0, 0]));
        module.program("f", 20_000);
        module
    };
    assert!(units(1).is_read());
    assert!(units(2).is_read());
    assert!(!units(3).is_read());
    assert!(!units(2_000).is_read());
}

#[test]
fn a_list_of_ranges_is_few_functions() {
    let functions = |count: usize| {
        let mut module = Module::default();
        module.kind(1, COMPILE_UNIT, true, &[]);
        module.kind(2, SUBPROGRAM, false, &[(RANGES, SEC_OFFSET)]);
        module.unit(&[&[1], [2, 0, 0, 0, 0].repeat(count).as_slice(), &[0]].concat());
        module.ranges = [1_u32, 2].map(u32::to_le_bytes).as_flattened().repeat(10_000);
        module.ranges.extend([0; 8]);
        module
    };
    assert!(functions(2).is_read());
    assert!(!functions(10_000).is_read());
}

/// A function that is everywhere, and functions inlined in it, each in the one before.
fn nested(depth: usize) -> Module {
    const EVERYWHERE: [u8; 5] = [0, 0, 0, 0, 0xff];
    let mut module = Module::default();
    module.kind(1, COMPILE_UNIT, true, &[(LOW_PC, ADDR), (HIGH_PC, DATA1)]);
    module.kind(2, SUBPROGRAM, true, &[(LOW_PC, ADDR), (HIGH_PC, DATA1)]);
    module.kind(3, INLINED_SUBROUTINE, true, &[]);
    module.unit(&[&[1], &EVERYWHERE[..], &[2], &EVERYWHERE, &vec![3; depth], &vec![0; depth + 2]].concat());
    module
}

#[test]
fn functions_are_not_nested_without_end() {
    assert!(!nested(300).is_read());
    assert!(!nested(1_000_000).is_read());
}

/// A thread that traps may have used up all its stack but what is kept for the host.
#[test]
fn nested_functions_take_little_stack_to_read() {
    const STACK: usize = 256 << 10;
    let read = || assert!(nested(190).is_read());
    std::thread::Builder::new().stack_size(STACK).spawn(read).unwrap().join().unwrap();
}

#[test]
fn a_table_of_kinds_is_not_read_too_often() {
    let units = |count| {
        let mut module = Module::default();
        module.kind(1, COMPILE_UNIT, false, &[]);
        (0..20_000).for_each(|_| module.kind(2, SUBPROGRAM, false, &[(NAME, STRING), (STMT_LIST, ADDR)]));
        (0..count).for_each(|_| module.unit(&[1]));
        module
    };
    assert!(units(10).is_read());
    assert!(!units(1_000).is_read());
}

#[test]
fn attributes_that_take_no_room_are_counted() {
    let attributes = |attributes: usize, entries: usize| {
        let mut module = Module::default();
        module.kind(1, COMPILE_UNIT, true, &[]);
        module.kind(2, SUBPROGRAM, false, &vec![(STMT_LIST, FLAG_PRESENT); attributes]);
        module.unit(&[&[1], vec![2; entries].as_slice(), &[0]].concat());
        module
    };
    assert!(attributes(200, 10).is_read());
    assert!(!attributes(300, 10).is_read());
    assert!(!attributes(200, 100_000).is_read());
}

#[test]
fn names_and_paths_are_short() {
    let named = |len: usize| {
        let mut module = Module::default();
        module.kind(1, COMPILE_UNIT, false, &[(NAME, STRING)]);
        module.unit(&[&[1], "n".repeat(len).as_bytes(), &[0]].concat());
        module
    };
    assert!(named(10_000).is_read());
    assert!(!named(20_000).is_read());
    assert!(Module { strings: b"n".repeat(10_000), ..named(1) }.is_read());
    assert!(!Module { strings: b"n".repeat(20_000), ..named(1) }.is_read());
}

/// Inlined functions, each of which has the names of one entry.
fn named_alike(functions: usize, names: usize, name: &[u8]) -> Module {
    const ABSTRACT_ORIGIN: u8 = 0x31;
    const REF1: u8 = 0x11;
    const STRP: u8 = 0x0e;
    /// Behind the unit's header and its first entry.
    const NAMED: u8 = 11 + 1;
    let mut module = Module::default();
    module.kind(1, COMPILE_UNIT, true, &[]);
    module.kind(2, INLINED_SUBROUTINE, false, &[(ABSTRACT_ORIGIN, REF1)]);
    module.kind(3, SUBPROGRAM, false, &vec![(NAME, STRP); names]);
    module.unit(&[&[1, 3], &vec![0; 4 * names][..], &[2, NAMED].repeat(functions), &[0]].concat());
    module.strings = [name, &[0]].concat();
    module
}

#[test]
fn a_name_is_not_looked_for_too_often() {
    assert!(named_alike(60_000, 2, b"short").is_read());
    assert!(named_alike(1_000, 2, &[b'n'; 16_000]).is_read());
    assert!(!named_alike(60_000, 2, &[b'n'; 16_000]).is_read());
    assert!(!named_alike(10, 200, b"short").is_read());
}

#[test]
fn files_without_names_are_counted() {
    let files = |count: usize| {
        let mut module = Module::default();
        module.kind(1, COMPILE_UNIT, false, &[(STMT_LIST, SEC_OFFSET)]);
        module.unit(&[1, 0, 0, 0, 0]);
        // One directory and so many files, each with a path in its place; and no rows.
        let mut lengths = vec![1, 1, 1, 0xfb, 14, 13, 0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1];
        lengths.extend([1, 1, STRING, 1, b'd', 0, 1, 1, STRING]);
        let mut rest = count;
        while rest > 0x7f {
            lengths.push(0x80 | (rest & 0x7f) as u8);
            rest >>= 7;
        }
        lengths.push(rest as u8);
        lengths.extend(vec![0; count]);
        module.lines.extend((8 + lengths.len() as u32).to_le_bytes());
        module.lines.extend([5, 0, 4, 0]);
        module.lines.extend((lengths.len() as u32).to_le_bytes());
        module.lines.extend(lengths);
        module
    };
    assert!(files(1_000).is_read());
    assert!(!files(1_000_000).is_read());
}

/// Every unit has its own line program, and the paths of its files begin with a directory that all share.
#[test]
fn paths_are_not_put_together_too_often() {
    let units = |count: usize| {
        let mut module = Module::default();
        // In .debug_str.
        const STRP: u8 = 0x0e;
        module.kind(1, COMPILE_UNIT, false, &[(STMT_LIST, SEC_OFFSET), (COMP_DIR, STRP)]);
        module.strings = [b"d".repeat(16_000), vec![0]].concat();
        for _ in 0..count {
            let program = module.lines.len() as u32;
            module.unit(&[&[1], program.to_le_bytes().as_slice(), &[0; 4]].concat());
            module.program("f", 1);
        }
        module
    };
    assert!(units(10).is_read());
    assert!(!units(2_000).is_read());
}

#[test]
fn what_compilers_write_is_read() {
    let mut wat = wat::Parser::new();
    wat.generate_dwarf(wat::GenerateDwarf::Full);
    let wasm = wat.parse_str(Some("here.wat".as_ref()), "(module (func $f (param i32) (nop)) (func $g))").unwrap();
    assert!(matches!(without_costly_dwarf(&wasm), Cow::Borrowed(_)));
    for length in 0..wasm.len() {
        let _ = without_costly_dwarf(&wasm[..length]);
    }
}
