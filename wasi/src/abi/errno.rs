//! Error numbers.

/// The enumeration, the list of its variants, and their names in the specification.
macro_rules! errnos {
    ($($(#[$of:meta])* $variant:ident = $number:literal => $text:literal,)*) => {
        /// What a call answers: 0 for success, or why not. The names in the specification are POSIX's.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[repr(u16)]
        #[must_use]
        pub enum Errno {
            $($(#[$of])* $variant = $number,)*
        }

        impl Errno {
            /// Every number, in order.
            pub const ALL: &'static [Errno] = &[$(Errno::$variant),*];

            /// The name in the specification, such as `BADF`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Errno::$variant => $text,)*
                }
            }
        }
    };
}

errnos! {
    /// Done.
    Success = 0 => "SUCCESS",
    /// The argument list is too long.
    TooBig = 1 => "2BIG",
    /// Permission denied.
    Access = 2 => "ACCES",
    /// The address is in use.
    AddressInUse = 3 => "ADDRINUSE",
    /// The address is not available.
    AddressNotAvailable = 4 => "ADDRNOTAVAIL",
    /// The address family is not supported.
    AddressFamily = 5 => "AFNOSUPPORT",
    /// The resource is not ready, or the call would wait.
    Again = 6 => "AGAIN",
    /// The connection is already under way.
    Already = 7 => "ALREADY",
    /// There is no such descriptor, or it cannot do this.
    BadDescriptor = 8 => "BADF",
    /// A bad message.
    BadMessage = 9 => "BADMSG",
    /// The device or resource is busy.
    Busy = 10 => "BUSY",
    /// The operation was cancelled.
    Cancelled = 11 => "CANCELED",
    /// There are no child processes.
    Child = 12 => "CHILD",
    /// The connection was aborted.
    ConnectionAborted = 13 => "CONNABORTED",
    /// The connection was refused.
    ConnectionRefused = 14 => "CONNREFUSED",
    /// The connection was reset.
    ConnectionReset = 15 => "CONNRESET",
    /// The resource would deadlock.
    Deadlock = 16 => "DEADLK",
    /// A destination address is required.
    DestinationRequired = 17 => "DESTADDRREQ",
    /// An argument is outside of a function's domain.
    Domain = 18 => "DOM",
    /// A disk quota was exceeded.
    Quota = 19 => "DQUOT",
    /// The file exists.
    Exists = 20 => "EXIST",
    /// The address lies outside of memory.
    Fault = 21 => "FAULT",
    /// The file is too large.
    FileTooBig = 22 => "FBIG",
    /// The host is unreachable.
    HostUnreachable = 23 => "HOSTUNREACH",
    /// The identifier was removed.
    IdentifierRemoved = 24 => "IDRM",
    /// An illegal byte sequence.
    IllegalSequence = 25 => "ILSEQ",
    /// The operation is in progress.
    InProgress = 26 => "INPROGRESS",
    /// The call was interrupted.
    Interrupted = 27 => "INTR",
    /// An invalid argument.
    Invalid = 28 => "INVAL",
    /// An input or output error.
    Io = 29 => "IO",
    /// The socket is connected.
    IsConnected = 30 => "ISCONN",
    /// It is a directory.
    IsDirectory = 31 => "ISDIR",
    /// Too many symbolic links, or one that is not to be followed.
    Loop = 32 => "LOOP",
    /// The process has too many open descriptors.
    TooManyOpen = 33 => "MFILE",
    /// Too many links.
    TooManyLinks = 34 => "MLINK",
    /// The message is too large.
    MessageSize = 35 => "MSGSIZE",
    /// Reserved.
    Multihop = 36 => "MULTIHOP",
    /// The name is too long.
    NameTooLong = 37 => "NAMETOOLONG",
    /// The network is down.
    NetworkDown = 38 => "NETDOWN",
    /// The network aborted the connection.
    NetworkReset = 39 => "NETRESET",
    /// The network is unreachable.
    NetworkUnreachable = 40 => "NETUNREACH",
    /// The system has too many open files.
    TooManyOpenInSystem = 41 => "NFILE",
    /// There is no buffer space.
    NoBuffers = 42 => "NOBUFS",
    /// There is no such device.
    NoDevice = 43 => "NODEV",
    /// There is no such file or directory.
    NotFound = 44 => "NOENT",
    /// The file cannot be executed.
    NotExecutable = 45 => "NOEXEC",
    /// There are no locks available.
    NoLocks = 46 => "NOLCK",
    /// Reserved.
    NoLink = 47 => "NOLINK",
    /// There is not enough memory.
    NoMemory = 48 => "NOMEM",
    /// There is no such message.
    NoMessage = 49 => "NOMSG",
    /// The protocol is not available.
    NoProtocolOption = 50 => "NOPROTOOPT",
    /// There is no space left on the device.
    NoSpace = 51 => "NOSPC",
    /// The call is not implemented.
    NoSystemCall = 52 => "NOSYS",
    /// The socket is not connected.
    NotConnected = 53 => "NOTCONN",
    /// It is not a directory.
    NotDirectory = 54 => "NOTDIR",
    /// The directory is not empty.
    NotEmpty = 55 => "NOTEMPTY",
    /// The state cannot be recovered.
    NotRecoverable = 56 => "NOTRECOVERABLE",
    /// It is not a socket.
    NotSocket = 57 => "NOTSOCK",
    /// The operation is not supported.
    NotSupported = 58 => "NOTSUP",
    /// The device does not support this control.
    NotTerminal = 59 => "NOTTY",
    /// There is no such device or address.
    NoDeviceOrAddress = 60 => "NXIO",
    /// The value is too large for its type.
    Overflow = 61 => "OVERFLOW",
    /// The previous owner died.
    OwnerDead = 62 => "OWNERDEAD",
    /// The operation is not permitted: for instance, the path leads out of its directory.
    NotPermitted = 63 => "PERM",
    /// Nobody reads from the pipe or the connection.
    BrokenPipe = 64 => "PIPE",
    /// A protocol error.
    Protocol = 65 => "PROTO",
    /// The protocol is not supported.
    ProtocolNotSupported = 66 => "PROTONOSUPPORT",
    /// The wrong protocol for the socket.
    ProtocolType = 67 => "PROTOTYPE",
    /// The result is too large.
    Range = 68 => "RANGE",
    /// The file system is read-only.
    ReadOnly = 69 => "ROFS",
    /// A pipe, a terminal or a socket has no cursor.
    Pipe = 70 => "SPIPE",
    /// There is no such process.
    NoProcess = 71 => "SRCH",
    /// Reserved.
    Stale = 72 => "STALE",
    /// The connection timed out.
    TimedOut = 73 => "TIMEDOUT",
    /// The program is being executed.
    TextBusy = 74 => "TXTBSY",
    /// The two names are on different file systems.
    CrossDevice = 75 => "XDEV",
    /// The descriptor does not have the right.
    NotCapable = 76 => "NOTCAPABLE",
}

impl Errno {
    /// The number that the guest sees.
    #[must_use]
    pub const fn code(self) -> u16 {
        self as u16
    }
}

/// What a part of a call answers; the whole call answers an [`Errno`] alone.
pub type Result<T> = core::result::Result<T, Errno>;

impl From<Result<()>> for Errno {
    fn from(result: Result<()>) -> Errno {
        result.err().unwrap_or(Errno::Success)
    }
}

impl core::fmt::Display for Errno {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.name())
    }
}

impl core::error::Error for Errno {}

#[cfg(test)]
mod tests {
    use super::Errno;

    #[test]
    fn numbers_are_the_positions_in_the_list() {
        for (number, errno) in Errno::ALL.iter().enumerate() {
            assert_eq!(usize::from(errno.code()), number, "{errno}");
        }
        // Some that a mistake in the order would move.
        let some = [(Errno::BadDescriptor, 8), (Errno::Invalid, 28), (Errno::NotFound, 44), (Errno::NotCapable, 76)];
        for (errno, number) in some {
            assert_eq!(errno.code(), number, "{errno}");
        }
    }
}
