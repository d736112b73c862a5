//! What the system says, as the guest hears it.

use std::io;

use rustix::io::Errno as Host;

use crate::abi::Errno;

/// A number of the system's. It is never `INTR`, which programs do not expect here: what was interrupted is tried again.
pub(super) fn errno(host: Host) -> Errno {
    match host {
        Host::TOOBIG => Errno::TooBig,
        Host::ACCESS => Errno::Access,
        Host::ADDRINUSE => Errno::AddressInUse,
        Host::ADDRNOTAVAIL => Errno::AddressNotAvailable,
        Host::AFNOSUPPORT => Errno::AddressFamily,
        Host::AGAIN => Errno::Again,
        Host::ALREADY => Errno::Already,
        Host::BADF => Errno::BadDescriptor,
        Host::BUSY => Errno::Busy,
        Host::CANCELED => Errno::Cancelled,
        Host::CONNABORTED => Errno::ConnectionAborted,
        Host::CONNREFUSED => Errno::ConnectionRefused,
        Host::CONNRESET => Errno::ConnectionReset,
        Host::DEADLK => Errno::Deadlock,
        Host::DESTADDRREQ => Errno::DestinationRequired,
        Host::DOM => Errno::Domain,
        Host::DQUOT => Errno::Quota,
        Host::EXIST => Errno::Exists,
        Host::FBIG => Errno::FileTooBig,
        Host::HOSTUNREACH => Errno::HostUnreachable,
        Host::ILSEQ => Errno::IllegalSequence,
        Host::INPROGRESS => Errno::InProgress,
        Host::INVAL => Errno::Invalid,
        Host::ISCONN => Errno::IsConnected,
        Host::ISDIR => Errno::IsDirectory,
        Host::LOOP => Errno::Loop,
        Host::MFILE => Errno::TooManyOpen,
        Host::MLINK => Errno::TooManyLinks,
        Host::MSGSIZE => Errno::MessageSize,
        Host::NAMETOOLONG => Errno::NameTooLong,
        Host::NETDOWN => Errno::NetworkDown,
        Host::NETRESET => Errno::NetworkReset,
        Host::NETUNREACH => Errno::NetworkUnreachable,
        Host::NFILE => Errno::TooManyOpenInSystem,
        Host::NOBUFS => Errno::NoBuffers,
        Host::NODEV => Errno::NoDevice,
        Host::NOENT => Errno::NotFound,
        Host::NOLCK => Errno::NoLocks,
        Host::NOMEM => Errno::NoMemory,
        Host::NOSPC => Errno::NoSpace,
        Host::NOSYS => Errno::NoSystemCall,
        Host::NOTCONN => Errno::NotConnected,
        Host::NOTDIR => Errno::NotDirectory,
        Host::NOTEMPTY => Errno::NotEmpty,
        Host::NOTSOCK => Errno::NotSocket,
        Host::NOTSUP => Errno::NotSupported,
        Host::NOTTY => Errno::NotTerminal,
        Host::NXIO => Errno::NoDeviceOrAddress,
        Host::OVERFLOW => Errno::Overflow,
        Host::PERM => Errno::NotPermitted,
        Host::PIPE => Errno::BrokenPipe,
        Host::PROTO => Errno::Protocol,
        Host::RANGE => Errno::Range,
        Host::ROFS => Errno::ReadOnly,
        Host::SPIPE => Errno::Pipe,
        Host::STALE => Errno::Stale,
        Host::TIMEDOUT => Errno::TimedOut,
        Host::TXTBSY => Errno::TextBusy,
        Host::XDEV => Errno::CrossDevice,
        _ => Errno::Io,
    }
}

/// An error of cap-primitives: one without a number is a path that leads out.
pub(super) fn error(error: &io::Error) -> Errno {
    match Host::from_io_error(error) {
        Some(host) => errno(host),
        None if error.kind() == io::ErrorKind::PermissionDenied => Errno::NotPermitted,
        None if error.kind() == io::ErrorKind::InvalidInput => Errno::Invalid,
        None => Errno::Io,
    }
}
