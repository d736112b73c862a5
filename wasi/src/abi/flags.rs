//! Sets of bits that calls take, and small numbers.

/// `clock`: the time of day.
pub const CLOCK_REALTIME: u32 = 0;
/// `clock`: the time since some moment, which is never set.
pub const CLOCK_MONOTONIC: u32 = 1;
/// `clock`: the processor time of the process. Not supported.
pub const CLOCK_PROCESS_CPUTIME: u32 = 2;
/// `clock`: the processor time of the thread. Not supported.
pub const CLOCK_THREAD_CPUTIME: u32 = 3;

/// `lookup`: a symbolic link at the end of the path is followed.
pub const LOOKUP_SYMLINK_FOLLOW: u32 = 1;

/// Flags of `path_open`: the file is created if it does not exist.
pub const OPEN_CREATE: u32 = 1;
/// Flags of `path_open`: it must be a directory.
pub const OPEN_DIRECTORY: u32 = 2;
/// Flags of `path_open`: with [`OPEN_CREATE`], the file must not exist.
pub const OPEN_EXCLUSIVE: u32 = 4;
/// Flags of `path_open`: the file becomes empty.
pub const OPEN_TRUNCATE: u32 = 8;

/// Flags of a descriptor: each write goes to the end of the file.
pub const FD_APPEND: u32 = 1;
/// Flags of a descriptor: each write waits for the content to be on the disk.
pub const FD_DSYNC: u32 = 2;
/// Flags of a descriptor: a call that would wait answers `AGAIN`.
pub const FD_NONBLOCK: u32 = 4;
/// Flags of a descriptor: each read waits, too.
pub const FD_RSYNC: u32 = 8;
/// Flags of a descriptor: each write waits for the attributes, too.
pub const FD_SYNC: u32 = 16;
/// All flags of a descriptor.
pub const FD_ALL: u32 = FD_APPEND | FD_DSYNC | FD_NONBLOCK | FD_RSYNC | FD_SYNC;

/// Flags of `*_filestat_set_times`: the time of access becomes the given one.
pub const SET_ATIM: u32 = 1;
/// Flags of `*_filestat_set_times`: the time of access becomes now.
pub const SET_ATIM_NOW: u32 = 2;
/// Flags of `*_filestat_set_times`: the time of change becomes the given one.
pub const SET_MTIM: u32 = 4;
/// Flags of `*_filestat_set_times`: the time of change becomes now.
pub const SET_MTIM_NOW: u32 = 8;

/// `whence`: from the beginning.
pub const SEEK_SET: u32 = 0;
/// `whence`: from the cursor.
pub const SEEK_CUR: u32 = 1;
/// `whence`: from the end.
pub const SEEK_END: u32 = 2;

/// The largest number of an `advice`.
pub const ADVICE_MAX: u32 = 5;

/// The kind of a subscription and of an event: a time.
pub const EVENT_CLOCK: u8 = 0;
/// The kind of a subscription and of an event: a descriptor can be read.
pub const EVENT_FD_READ: u8 = 1;
/// The kind of a subscription and of an event: a descriptor can be written.
pub const EVENT_FD_WRITE: u8 = 2;
/// Flags of a subscription to a clock: the time is absolute.
pub const SUBSCRIPTION_ABSTIME: u16 = 1;
/// Flags of an event: the other side has hung up.
pub const EVENT_HANGUP: u16 = 1;

/// Flags of `sock_recv`: what is received stays there.
pub const RECV_PEEK: u32 = 1;
/// Flags of `sock_recv`: waits until the buffers are full.
pub const RECV_WAITALL: u32 = 2;
/// `how` of `sock_shutdown`: nothing more is received.
pub const SHUTDOWN_RECV: u32 = 1;
/// `how` of `sock_shutdown`: nothing more is sent.
pub const SHUTDOWN_SEND: u32 = 2;
