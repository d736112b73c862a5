//! summary = "threads add up their parts of an array, whose values are their joiner's"
//! clauses = ["spawn-1", "spawn-2", "join-1", "join-2", "memory-1"]
//! requires = ["spawn"]
//! [expect]
//! return = ["i32:50005000"]
//! threads = { spawned = 5 }

const raddle = @import("common/raddle.zig");

const each = 2000;
var numbers: [5 * each]u32 = undefined;

fn sum(part: usize) callconv(.c) usize {
    var total: usize = 0;
    for (numbers[part * each ..][0..each]) |number| total += number;
    return total;
}

export fn main() i32 {
    for (&numbers, 1..) |*number, value| number.* = @intCast(value);
    var threads: [5]u32 = undefined;
    for (&threads, 0..) |*thread, part| thread.* = raddle.spawn(sum, part);
    var total: usize = 0;
    for (threads) |thread| total += raddle.join(thread);
    return @intCast(total);
}
