// What the programs have in common: the calls of the guest ABI that they make.

pub const forever: i64 = -1;

const Start = *const fn (usize) callconv(.c) usize;

pub extern "raddle_v1" fn thread_spawn(start: Start, arg: usize, attributes: usize, out: *u32) i32;
pub extern "raddle_v1" fn thread_join(thread: u32, timeout: i64, out: *usize) i32;
pub extern "raddle_v1" fn thread_yield() void;
pub extern "raddle_v1" fn mutex_lock(mutex: *u32, timeout: i64) i32;
pub extern "raddle_v1" fn mutex_unlock(mutex: *u32) i32;

/// Traps where something is not as it should be.
pub fn check(condition: bool) void {
    if (!condition) @trap();
}

pub fn ok(status: i32) void {
    check(status == 0);
}

pub fn spawn(start: Start, arg: usize) u32 {
    var thread: u32 = 0;
    ok(thread_spawn(start, arg, 0, &thread));
    return thread;
}

pub fn join(thread: u32) usize {
    var value: usize = 0;
    ok(thread_join(thread, forever, &value));
    return value;
}
