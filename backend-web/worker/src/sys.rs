//! What this module imports, and nothing else: control words and the guest's memory through modules that have them, and
//! the worker's script.
#![allow(unsafe_code, reason = "imports are foreign functions")]

/// Operations on the memory that holds the control words, by the address of a word in bytes. All of them are
/// sequentially consistent.
pub(crate) mod words {
    #[link(wasm_import_module = "words")]
    unsafe extern "C" {
        pub(crate) safe fn load(at: u32) -> u32;
        pub(crate) safe fn store(at: u32, value: u32);
        pub(crate) safe fn swap(at: u32, value: u32) -> u32;
        pub(crate) safe fn compare_exchange(at: u32, current: u32, new: u32) -> u32;
        pub(crate) safe fn add(at: u32, value: u32) -> u32;
        pub(crate) safe fn sub(at: u32, value: u32) -> u32;
        pub(crate) safe fn or(at: u32, bits: u32) -> u32;
        /// The greater of that and the 64-bit number at `at`, which becomes that.
        pub(crate) safe fn raise64(at: u32, value: u64) -> u64;
        pub(crate) safe fn fence();
        /// Blocks while the word holds that, but at most for so many nanoseconds; negative is for ever.
        pub(crate) safe fn wait(at: u32, expected: u32, timeout: i64) -> u32;
        pub(crate) safe fn notify(at: u32, count: u32) -> u32;
        /// Traps: it unwinds this module's frames and the guest's.
        pub(crate) safe fn trap() -> !;
    }
}

/// Operations on the guest's memory, by address. They trap outside of it: the caller has checked.
pub(crate) mod guest {
    #[link(wasm_import_module = "guest")]
    unsafe extern "C" {
        pub(crate) safe fn byte_len() -> u64;
        pub(crate) safe fn load32(at: u64) -> u32;
        pub(crate) safe fn load64(at: u64) -> u64;
        pub(crate) safe fn store32(at: u64, value: u32);
        pub(crate) safe fn store64(at: u64, value: u64);
        pub(crate) safe fn compare_exchange32(at: u64, current: u32, new: u32) -> u32;
        /// Not atomic, and of any alignment.
        pub(crate) safe fn read8(at: u64) -> u32;
        /// Not atomic, and of any alignment.
        pub(crate) safe fn read64(at: u64) -> u64;
        /// Not atomic, and of any alignment.
        pub(crate) safe fn write8(at: u64, value: u32);
        /// Not atomic, and of any alignment.
        pub(crate) safe fn write64(at: u64, value: u64);
        /// The size in pages before, or all ones.
        pub(crate) safe fn grow(pages: u64) -> u64;
    }
}

#[link(wasm_import_module = "script")]
unsafe extern "C" {
    /// Milliseconds since 1970, of a clock that is not set.
    pub(crate) safe fn now() -> f64;
    /// Tells the nursery that the process has ended.
    pub(crate) safe fn ended();
    /// Makes an instance ahead of need, if there is none.
    pub(crate) safe fn prepare();
    // These run guest code and answer 0, or 1 when it threw.
    pub(crate) safe fn instantiate() -> u32;
    pub(crate) safe fn fill_hooks() -> u32;
    pub(crate) safe fn init(is_first: u32) -> u32;
    /// Addresses as numbers of JavaScript's, which are exact up to 2^53.
    pub(crate) safe fn enter(top: f64, limit: f64, tls: f64) -> u32;
    pub(crate) safe fn call_constructors() -> u32;
    pub(crate) safe fn call_entry() -> u32;
    pub(crate) safe fn call(function: u64, arg: u64) -> u32;
    pub(crate) safe fn call_destructor(function: u64, value: u64) -> u32;
    /// Has the guest's own `raddle_trap` throw.
    pub(crate) safe fn probe() -> u32;
    /// What the last `call` returned.
    pub(crate) safe fn called() -> u64;
    /// Lets go of the instance, unless the next thread may have it.
    pub(crate) safe fn release();
    /// Whether the check of the stack pointer has trapped.
    pub(crate) safe fn stack_overflowed() -> u32;
    /// Puts a part of what was caught last, one of [`THROWN`](raddle_web_shared::names::THROWN), into the text buffer,
    /// and returns its length.
    pub(crate) safe fn thrown(part: u32) -> u32;

    #[link_name = "ask_for_worker"]
    fn script_ask_for_worker(name: *const u8, len: usize);
    #[link_name = "output"]
    fn script_output(number: u32, stream: u32, bytes: *const u8, len: usize);
    #[link_name = "event"]
    fn script_event(number: u32, bytes: *const u8, len: usize);
    #[link_name = "show"]
    fn script_show(text: *const u8, len: usize);
}

/// Has the nursery add a worker, for a thread of that name.
pub(crate) fn ask_for_worker(name: &str) {
    // SAFETY: the script reads so many bytes there, now.
    unsafe { script_ask_for_worker(name.as_ptr(), name.len()) }
}

/// Sends bytes of a stream to the page.
pub(crate) fn output(number: u32, stream: u32, bytes: &[u8]) {
    // SAFETY: the script reads so many bytes there, now.
    unsafe { script_output(number, stream, bytes.as_ptr(), bytes.len()) }
}

/// Tells the page of an event, as bytes.
pub(crate) fn event(number: u32, bytes: &[u8]) {
    // SAFETY: the script reads so many bytes there, now.
    unsafe { script_event(number, bytes.as_ptr(), bytes.len()) }
}

/// Shows text in the browser's console.
pub(crate) fn show(text: &[u8]) {
    // SAFETY: the script reads so many bytes there, now.
    unsafe { script_show(text.as_ptr(), text.len()) }
}
