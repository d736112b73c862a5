//! Rights: what a descriptor may be used for.
//!
//! Of these a program relies on a few. wasi-libc opens a file with the rights that its directory can hand on, tells a
//! terminal by the lack of [`FD_SEEK`] and [`FD_TELL`], and derives what `fcntl(F_GETFL)` says from [`FD_READ`] and
//! [`FD_WRITE`]. So a descriptor has the rights that make sense for its kind, and those to read, to write and to truncate
//! are looked at; a call that its kind does not support says so by an error number of its own.

/// `fd_datasync`.
pub const FD_DATASYNC: u64 = 1 << 0;
/// `fd_read` and `sock_recv`.
pub const FD_READ: u64 = 1 << 1;
/// `fd_seek`.
pub const FD_SEEK: u64 = 1 << 2;
/// `fd_fdstat_set_flags`.
pub const FD_FDSTAT_SET_FLAGS: u64 = 1 << 3;
/// `fd_sync`.
pub const FD_SYNC: u64 = 1 << 4;
/// `fd_tell`.
pub const FD_TELL: u64 = 1 << 5;
/// `fd_write` and `sock_send`.
pub const FD_WRITE: u64 = 1 << 6;
/// `fd_advise`.
pub const FD_ADVISE: u64 = 1 << 7;
/// `fd_allocate`.
pub const FD_ALLOCATE: u64 = 1 << 8;
/// `path_create_directory`.
pub const PATH_CREATE_DIRECTORY: u64 = 1 << 9;
/// `path_open` with the flag to create.
pub const PATH_CREATE_FILE: u64 = 1 << 10;
/// `path_link` from here.
pub const PATH_LINK_SOURCE: u64 = 1 << 11;
/// `path_link` to here.
pub const PATH_LINK_TARGET: u64 = 1 << 12;
/// `path_open`.
pub const PATH_OPEN: u64 = 1 << 13;
/// `fd_readdir`.
pub const FD_READDIR: u64 = 1 << 14;
/// `path_readlink`.
pub const PATH_READLINK: u64 = 1 << 15;
/// `path_rename` from here.
pub const PATH_RENAME_SOURCE: u64 = 1 << 16;
/// `path_rename` to here.
pub const PATH_RENAME_TARGET: u64 = 1 << 17;
/// `path_filestat_get`.
pub const PATH_FILESTAT_GET: u64 = 1 << 18;
/// `path_open` with the flag to truncate.
pub const PATH_FILESTAT_SET_SIZE: u64 = 1 << 19;
/// `path_filestat_set_times`.
pub const PATH_FILESTAT_SET_TIMES: u64 = 1 << 20;
/// `fd_filestat_get`.
pub const FD_FILESTAT_GET: u64 = 1 << 21;
/// `fd_filestat_set_size`.
pub const FD_FILESTAT_SET_SIZE: u64 = 1 << 22;
/// `fd_filestat_set_times`.
pub const FD_FILESTAT_SET_TIMES: u64 = 1 << 23;
/// `path_symlink`.
pub const PATH_SYMLINK: u64 = 1 << 24;
/// `path_remove_directory`.
pub const PATH_REMOVE_DIRECTORY: u64 = 1 << 25;
/// `path_unlink_file`.
pub const PATH_UNLINK_FILE: u64 = 1 << 26;
/// `poll_oneoff` on the descriptor.
pub const POLL_FD_READWRITE: u64 = 1 << 27;
/// `sock_shutdown`.
pub const SOCK_SHUTDOWN: u64 = 1 << 28;
/// `sock_accept`.
pub const SOCK_ACCEPT: u64 = 1 << 29;

/// What a regular file can be used for.
pub const FILE: u64 = FD_DATASYNC
    | FD_READ
    | FD_SEEK
    | FD_FDSTAT_SET_FLAGS
    | FD_SYNC
    | FD_TELL
    | FD_WRITE
    | FD_ADVISE
    | FD_ALLOCATE
    | FD_FILESTAT_GET
    | FD_FILESTAT_SET_SIZE
    | FD_FILESTAT_SET_TIMES
    | POLL_FD_READWRITE;

/// What a directory can be used for.
pub const DIRECTORY: u64 = FD_FDSTAT_SET_FLAGS
    | FD_SYNC
    | PATH_CREATE_DIRECTORY
    | PATH_CREATE_FILE
    | PATH_LINK_SOURCE
    | PATH_LINK_TARGET
    | PATH_OPEN
    | FD_READDIR
    | PATH_READLINK
    | PATH_RENAME_SOURCE
    | PATH_RENAME_TARGET
    | PATH_FILESTAT_GET
    | PATH_FILESTAT_SET_SIZE
    | PATH_FILESTAT_SET_TIMES
    | FD_FILESTAT_GET
    | FD_FILESTAT_SET_TIMES
    | PATH_SYMLINK
    | PATH_REMOVE_DIRECTORY
    | PATH_UNLINK_FILE;

/// What a directory can hand on to what is opened in it.
pub const INHERITING: u64 = DIRECTORY | FILE;

/// What a pipe, a terminal or a device can be used for: those that make a cursor are missing.
pub const STREAM: u64 = FD_READ | FD_WRITE | FD_FDSTAT_SET_FLAGS | FD_FILESTAT_GET | POLL_FD_READWRITE;

/// What a connection can be used for.
pub const CONNECTION: u64 = STREAM | SOCK_SHUTDOWN;

/// What a listener can be used for.
pub const LISTENER: u64 = SOCK_ACCEPT | FD_FDSTAT_SET_FLAGS | FD_FILESTAT_GET | POLL_FD_READWRITE;

/// Those that need a host's file to be open for writing.
pub(crate) const WRITING: u64 = FD_WRITE | FD_ALLOCATE | FD_FILESTAT_SET_SIZE;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_those_of_the_specification() {
        let some = [(FD_WRITE, 6), (PATH_OPEN, 13), (FD_READDIR, 14), (PATH_UNLINK_FILE, 26), (SOCK_ACCEPT, 29)];
        for (right, bit) in some {
            assert_eq!(right, 1 << bit);
        }
    }

    /// What wasi-libc's `isatty` looks at.
    #[test]
    fn a_terminal_is_told_by_what_it_cannot_do() {
        assert_eq!(STREAM & (FD_SEEK | FD_TELL), 0);
        assert_eq!(FILE & (FD_SEEK | FD_TELL), FD_SEEK | FD_TELL);
        assert_eq!(DIRECTORY & (FD_SEEK | FD_TELL | FD_FILESTAT_SET_SIZE), 0);
    }
}
