//! summary = "threadlocal variables: each thread counts in a copy of its own, which begins as it was initialised, under a common mutex"
//! clauses = ["tls-15", "tls-16", "mutex-1", "mutex-10"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:4000"]
//! threads = { spawned = 8 }

const raddle = @import("common/raddle.zig");

threadlocal var own: u32 = 100;
var mutex: u32 = 0;
var common: u32 = 0;

fn count(turns: usize) callconv(.c) usize {
    for (0..turns) |turn| {
        raddle.ok(raddle.mutex_lock(&mutex, raddle.forever));
        const read = common;
        if (turn % 50 == 0) raddle.thread_yield();
        common = read + 1;
        raddle.ok(raddle.mutex_unlock(&mutex));
        own += 1;
    }
    return own;
}

export fn main() i32 {
    var threads: [8]u32 = undefined;
    for (&threads) |*thread| thread.* = raddle.spawn(count, 500);
    for (threads) |thread| raddle.check(raddle.join(thread) == 600);
    raddle.check(own == 100);
    return @intCast(common);
}
