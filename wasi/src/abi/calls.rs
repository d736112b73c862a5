//! The calls of WASI preview 1, declared once: [`for_each_wasi_call`](crate::for_each_wasi_call).

/// Hands the calls of WASI preview 1, as one table, to a macro of the caller's: its format is that of
/// [`for_each_call`](raddle_runtime_api::for_each_call), so whoever makes imports of one table makes them of the other.
///
/// Its types are `P`, an address in a 32-bit memory; `u32`, `u64` and `i64`, which are the guest's `i32` and `i64`;
/// `errno`, an [`Errno`](crate::abi::Errno) as an `i32`; and `!` for a call that does not return. Each row with an
/// `errno` is a method of [`Calls`](crate::Calls), which takes an address as a `u32`.
#[macro_export]
macro_rules! for_each_wasi_call {
    ($callback:ident $(, $($context:tt)*)?) => {
        $callback! {
            [$($($context)*)?] "wasi_snapshot_preview1";

            /// Writes the arguments' addresses to `argv`, and the arguments, each with a NUL, to `buffer`.
            ARGS_GET: unsafe fn args_get(argv: P, buffer: P) -> errno;
            /// How many arguments there are, and how many bytes they take with their NULs.
            ARGS_SIZES_GET: unsafe fn args_sizes_get(count: P, size: P) -> errno;
            /// Writes the variables' addresses to `environ`, and the variables, each with a NUL, to `buffer`.
            ENVIRON_GET: unsafe fn environ_get(environ: P, buffer: P) -> errno;
            /// How many variables there are, and how many bytes they take with their NULs.
            ENVIRON_SIZES_GET: unsafe fn environ_sizes_get(count: P, size: P) -> errno;

            /// The resolution of a clock in nanoseconds.
            CLOCK_RES_GET: unsafe fn clock_res_get(clock: u32, out: P) -> errno;
            /// The time of a clock in nanoseconds.
            CLOCK_TIME_GET: unsafe fn clock_time_get(clock: u32, precision: u64, out: P) -> errno;

            /// Says how a part of a file will be used.
            FD_ADVISE: safe fn fd_advise(fd: u32, offset: u64, len: u64, advice: u32) -> errno;
            /// Makes a file at least so long.
            FD_ALLOCATE: safe fn fd_allocate(fd: u32, offset: u64, len: u64) -> errno;
            /// Closes a descriptor.
            FD_CLOSE: safe fn fd_close(fd: u32) -> errno;
            /// Sees to it that a file's content is on the disk.
            FD_DATASYNC: safe fn fd_datasync(fd: u32) -> errno;
            /// The kind, flags and rights of a descriptor.
            FD_FDSTAT_GET: unsafe fn fd_fdstat_get(fd: u32, out: P) -> errno;
            /// Changes a descriptor's flags.
            FD_FDSTAT_SET_FLAGS: safe fn fd_fdstat_set_flags(fd: u32, flags: u32) -> errno;
            /// Takes rights away from a descriptor.
            FD_FDSTAT_SET_RIGHTS: safe fn fd_fdstat_set_rights(fd: u32, base: u64, inheriting: u64) -> errno;
            /// The attributes of what is open.
            FD_FILESTAT_GET: unsafe fn fd_filestat_get(fd: u32, out: P) -> errno;
            /// Makes a file longer or shorter.
            FD_FILESTAT_SET_SIZE: safe fn fd_filestat_set_size(fd: u32, size: u64) -> errno;
            /// Sets the times of what is open.
            FD_FILESTAT_SET_TIMES: safe fn fd_filestat_set_times(fd: u32, atim: u64, mtim: u64, flags: u32) -> errno;
            /// Reads at an offset, and leaves the cursor where it is.
            FD_PREAD: unsafe fn fd_pread(fd: u32, iovs: P, count: u32, offset: u64, out: P) -> errno;
            /// The length of the name of a directory that the host opened.
            FD_PRESTAT_GET: unsafe fn fd_prestat_get(fd: u32, out: P) -> errno;
            /// The name of a directory that the host opened.
            FD_PRESTAT_DIR_NAME: unsafe fn fd_prestat_dir_name(fd: u32, path: P, len: u32) -> errno;
            /// Writes at an offset, and leaves the cursor where it is.
            FD_PWRITE: unsafe fn fd_pwrite(fd: u32, iovs: P, count: u32, offset: u64, out: P) -> errno;
            /// Reads at the cursor.
            FD_READ: unsafe fn fd_read(fd: u32, iovs: P, count: u32, out: P) -> errno, blocks;
            /// Reads entries of a directory, from a cookie on.
            FD_READDIR: unsafe fn fd_readdir(fd: u32, buffer: P, len: u32, cookie: u64, out: P) -> errno;
            /// Closes `to` and has it name what `fd` names, in one step.
            FD_RENUMBER: safe fn fd_renumber(fd: u32, to: u32) -> errno;
            /// Moves the cursor.
            FD_SEEK: unsafe fn fd_seek(fd: u32, offset: i64, whence: u32, out: P) -> errno;
            /// Sees to it that a file's content and attributes are on the disk.
            FD_SYNC: safe fn fd_sync(fd: u32) -> errno;
            /// Where the cursor is.
            FD_TELL: unsafe fn fd_tell(fd: u32, out: P) -> errno;
            /// Writes at the cursor.
            FD_WRITE: unsafe fn fd_write(fd: u32, iovs: P, count: u32, out: P) -> errno, blocks;

            /// Creates a directory.
            PATH_CREATE_DIRECTORY: unsafe fn path_create_directory(fd: u32, path: P, len: u32) -> errno;
            /// The attributes of what a path names.
            PATH_FILESTAT_GET: unsafe fn path_filestat_get(fd: u32, lookup: u32, path: P, len: u32, out: P) -> errno;
            /// Sets the times of what a path names.
            PATH_FILESTAT_SET_TIMES: unsafe fn path_filestat_set_times(
                fd: u32, lookup: u32, path: P, len: u32, atim: u64, mtim: u64, flags: u32
            ) -> errno;
            /// Gives a file a second name.
            PATH_LINK: unsafe fn path_link(
                from: u32, lookup: u32, path: P, len: u32, to: u32, new_path: P, new_len: u32
            ) -> errno;
            /// Opens what a path names.
            PATH_OPEN: unsafe fn path_open(
                fd: u32, lookup: u32, path: P, len: u32, flags: u32, base: u64, inheriting: u64, fd_flags: u32, out: P
            ) -> errno;
            /// Reads what a symbolic link says.
            PATH_READLINK: unsafe fn path_readlink(
                fd: u32, path: P, len: u32, buffer: P, buffer_len: u32, out: P
            ) -> errno;
            /// Removes an empty directory.
            PATH_REMOVE_DIRECTORY: unsafe fn path_remove_directory(fd: u32, path: P, len: u32) -> errno;
            /// Gives a file or a directory another name.
            PATH_RENAME: unsafe fn path_rename(
                from: u32, path: P, len: u32, to: u32, new_path: P, new_len: u32
            ) -> errno;
            /// Creates a symbolic link that says `target`.
            PATH_SYMLINK: unsafe fn path_symlink(
                target: P, target_len: u32, fd: u32, path: P, len: u32
            ) -> errno;
            /// Removes a name that is not a directory's.
            PATH_UNLINK_FILE: unsafe fn path_unlink_file(fd: u32, path: P, len: u32) -> errno;

            /// Waits until at least one of the subscriptions has its event.
            POLL_ONEOFF: unsafe fn poll_oneoff(
                subscriptions: P, events: P, count: u32, out: P
            ) -> errno, blocks;

            /// Ends every thread, wherever it is, and the process.
            PROC_EXIT: safe fn proc_exit(code: u32) -> !;
            /// Sends a signal to the process: not supported.
            PROC_RAISE: safe fn proc_raise(signal: u32) -> errno;
            /// Fills memory with random bytes.
            RANDOM_GET: unsafe fn random_get(buffer: P, len: u32) -> errno;
            /// Lets other threads run.
            SCHED_YIELD: safe fn sched_yield() -> errno;

            /// Accepts a connection.
            SOCK_ACCEPT: unsafe fn sock_accept(fd: u32, flags: u32, out: P) -> errno, blocks;
            /// Receives from a connection.
            SOCK_RECV: unsafe fn sock_recv(
                fd: u32, iovs: P, count: u32, flags: u32, out: P, out_flags: P
            ) -> errno, blocks;
            /// Sends to a connection.
            SOCK_SEND: unsafe fn sock_send(fd: u32, iovs: P, count: u32, flags: u32, out: P) -> errno, blocks;
            /// Ends a connection in one direction or both.
            SOCK_SHUTDOWN: safe fn sock_shutdown(fd: u32, how: u32) -> errno;
        }
    };
}
