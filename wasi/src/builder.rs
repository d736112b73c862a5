//! [`Wasi`]: what an embedder gives a process.

use std::{collections::BTreeMap, fmt, io, sync::Arc};

use crate::{
    abi::rights,
    error::Error,
    memory_files::MemoryFiles,
    state::State,
    streams::{Input, Output},
    system::{Directory, Listener, System},
    table::{Descriptor, Object, Rights, Table},
};

/// How many descriptors a process can have open at a time, unless the embedder says otherwise.
const MAX_DESCRIPTORS: usize = 1024;

/// What a process gets: arguments, variables, directories, streams, clocks. It gets nothing that is not named here: no
/// directory, no variable, no input, and its output goes nowhere.
///
/// ```
/// use raddle_wasi::{Input, Wasi};
///
/// let wasi = Wasi::new()
///     .argv0("count")
///     .arg("--lines")
///     .env("LANG", "C")
///     .file("/data/a.txt", "one\ntwo\n")?
///     .stdin(Input::bytes("three\n"));
/// let state = wasi.build()?;
/// # Ok::<(), raddle_wasi::Error>(())
/// ```
///
/// Of two directories named `/` and `.`, both are where programs look for relative paths; wasi-libc takes the later one.
pub struct Wasi {
    argv0: Vec<u8>,
    args: Vec<Vec<u8>>,
    variables: Vec<(Vec<u8>, Vec<u8>)>,
    directories: Vec<(Vec<u8>, Arc<dyn Directory>)>,
    files: BTreeMap<Vec<u8>, MemoryFiles>,
    listeners: Vec<Arc<dyn Listener>>,
    stdin: Input,
    stdout: Output,
    stderr: Output,
    max_descriptors: usize,
    system: Option<Arc<dyn System>>,
}

impl Default for Wasi {
    fn default() -> Wasi {
        Wasi::new()
    }
}

impl fmt::Debug for Wasi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Variables may be secrets.
        f.debug_struct("Wasi").field("args", &self.args.len()).finish_non_exhaustive()
    }
}

impl Wasi {
    /// A process that gets nothing. Its name, its first argument, is `main`.
    #[must_use]
    pub fn new() -> Wasi {
        Wasi {
            argv0: b"main".to_vec(),
            args: Vec::new(),
            variables: Vec::new(),
            directories: Vec::new(),
            files: BTreeMap::new(),
            listeners: Vec::new(),
            stdin: Input::empty(),
            stdout: Output::sink(),
            stderr: Output::sink(),
            max_descriptors: MAX_DESCRIPTORS,
            system: None,
        }
    }

    /// The name by which the program is called: its argument 0.
    #[must_use]
    pub fn argv0(mut self, name: impl Into<Vec<u8>>) -> Wasi {
        self.argv0 = name.into();
        self
    }

    /// One more argument, after the program's name.
    #[must_use]
    pub fn arg(mut self, arg: impl Into<Vec<u8>>) -> Wasi {
        self.args.push(arg.into());
        self
    }

    /// More arguments.
    #[must_use]
    pub fn args(mut self, args: impl IntoIterator<Item: Into<Vec<u8>>>) -> Wasi {
        self.args.extend(args.into_iter().map(Into::into));
        self
    }

    /// An environment variable. The last one of a name counts.
    #[must_use]
    pub fn env(mut self, name: impl Into<Vec<u8>>, value: impl Into<Vec<u8>>) -> Wasi {
        let name = name.into();
        self.variables.retain(|(other, _)| *other != name);
        self.variables.push((name, value.into()));
        self
    }

    /// Whether there is an environment variable of that name.
    #[must_use]
    pub fn has_env(&self, name: &str) -> bool {
        self.variables.iter().any(|(other, _)| other == name.as_bytes())
    }

    /// A directory of the host and all beneath it, under a path of the guest's.
    ///
    /// # Errors
    /// [`Error::Directory`], [`Error::GuestPath`], [`Error::TwiceNamed`].
    #[cfg(unix)]
    pub fn dir(self, host: impl AsRef<std::path::Path>, guest: &str) -> Result<Wasi, Error> {
        let directory = crate::host::HostDirectory::open(host.as_ref())?;
        self.directory(Arc::new(directory), guest)
    }

    /// A directory of the host and all beneath it, which the guest cannot change.
    ///
    /// # Errors
    /// As [`dir`](Wasi::dir).
    #[cfg(unix)]
    pub fn dir_read_only(self, host: impl AsRef<std::path::Path>, guest: &str) -> Result<Wasi, Error> {
        let directory = crate::host::HostDirectory::open(host.as_ref())?;
        self.directory(Arc::new(crate::system::ReadOnly::new(Arc::new(directory))), guest)
    }

    /// Any directory: [`MemoryFiles`], or an embedder's own.
    ///
    /// # Errors
    /// [`Error::GuestPath`], [`Error::TwiceNamed`].
    pub fn directory(mut self, directory: Arc<dyn Directory>, guest: &str) -> Result<Wasi, Error> {
        let name = guest_path(guest)?;
        let is_taken = |name: &[u8]| self.files.contains_key(name) || self.directories.iter().any(|(n, _)| n == name);
        if is_taken(&name) {
            return Err(Error::TwiceNamed { path: guest.into() });
        }
        self.directories.push((name, directory));
        Ok(self)
    }

    /// A file in memory, which the guest may change; nobody else sees that. `/data/a.txt` makes a directory `/data`
    /// whose files are all in memory; `/a.txt` makes `/` one, and a path that is not absolute makes `.` one.
    ///
    /// # Errors
    /// [`Error::GuestPath`], [`Error::MemoryFile`] if the name is taken, [`Error::TwiceNamed`] if a directory has its
    /// first part as its name.
    pub fn file(mut self, guest: &str, content: impl Into<Vec<u8>>) -> Result<Wasi, Error> {
        let path = guest_path(guest)?;
        let (root, rest) = match path.strip_prefix(b"/") {
            None => (&b"."[..], &path[..]),
            Some(rest) => match rest.iter().position(|&byte| byte == b'/') {
                Some(end) => (&path[..=end], &rest[end + 1..]),
                None => (&b"/"[..], rest),
            },
        };
        if self.directories.iter().any(|(name, _)| name == root) {
            return Err(Error::TwiceNamed { path: String::from_utf8_lossy(root).into() });
        }
        let files = self.files.entry(root.to_vec()).or_default();
        files.insert(rest, content.into()).map_err(|_| Error::MemoryFile { path: guest.into() })?;
        Ok(self)
    }

    /// What the guest reads from its standard input.
    #[must_use]
    pub fn stdin(self, stdin: Input) -> Wasi {
        Wasi { stdin, ..self }
    }

    /// Where the guest writes to by its standard output.
    #[must_use]
    pub fn stdout(self, stdout: Output) -> Wasi {
        Wasi { stdout, ..self }
    }

    /// Where the guest writes to by its standard error.
    #[must_use]
    pub fn stderr(self, stderr: Output) -> Wasi {
        Wasi { stderr, ..self }
    }

    /// The host's own three standard streams.
    #[cfg(unix)]
    #[must_use]
    pub fn inherit_stdio(self) -> Wasi {
        let (stdout, stderr) = (Output::inherit_stdout(), Output::inherit_stderr());
        Wasi { stdin: Input::inherit(), stdout, stderr, ..self }
    }

    /// A listener, which is made non-blocking. Its number follows those of all directories, which begin at 3.
    ///
    /// # Errors
    /// [`Error::Listener`]
    #[cfg(unix)]
    pub fn tcp_listen(self, listener: std::net::TcpListener) -> Result<Wasi, Error> {
        let listener = crate::host::HostListener::new(listener).map_err(|source| Error::Listener { source })?;
        Ok(self.listener(Arc::new(listener)))
    }

    /// Any listener.
    #[must_use]
    pub fn listener(mut self, listener: Arc<dyn Listener>) -> Wasi {
        self.listeners.push(listener);
        self
    }

    /// How many descriptors may be open at a time; beyond that the guest gets `MFILE`. 1024 unless it is set.
    #[must_use]
    pub fn max_descriptors(self, max_descriptors: usize) -> Wasi {
        Wasi { max_descriptors, ..self }
    }

    /// Other clocks and randomness than the host's.
    #[must_use]
    pub fn system(self, system: Arc<dyn System>) -> Wasi {
        Wasi { system: Some(system), ..self }
    }

    /// The state of a process that was given all this.
    ///
    /// # Errors
    /// [`Error::Argument`], [`Error::Variable`], [`Error::Inherit`].
    ///
    /// # Panics
    /// On WebAssembly, without a [`system`](Wasi::system).
    pub fn build(self) -> Result<State, Error> {
        let args: Vec<_> = std::iter::once(self.argv0).chain(self.args).collect();
        if let Some((index, arg)) = args.iter().enumerate().find(|(_, arg)| arg.contains(&0)) {
            return Err(Error::Argument { index, text: String::from_utf8_lossy(arg).into() });
        }
        let is_bad = |name: &[u8], value: &[u8]| {
            name.is_empty() || name.contains(&b'=') || name.contains(&0) || value.contains(&0)
        };
        if let Some((name, value)) = self.variables.iter().find(|(name, value)| is_bad(name, value)) {
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into();
            return Err(Error::Variable { name: text(name), value: text(value) });
        }
        let variables = self.variables.into_iter().map(|(name, value)| [&name[..], b"=", &value].concat()).collect();

        let standard = |stream: &'static str, object: io::Result<Object>, without: u64| {
            let object = object.map_err(|source| Error::Inherit { stream, source })?;
            let all = object.all_rights();
            Ok(Descriptor::new(object, Rights { base: all.base & !without, ..all }, 0))
        };
        let mut descriptors = vec![
            standard("standard input", self.stdin.0, rights::FD_WRITE)?,
            standard("standard output", self.stdout.0, rights::FD_READ)?,
            standard("standard error", self.stderr.0, rights::FD_READ)?,
        ];
        // Files in memory come first: where a program looks for relative paths, the later directory counts.
        let files = self.files.into_iter().map(|(name, files)| (name, Arc::new(files) as Arc<dyn Directory>));
        descriptors.extend(files.chain(self.directories).map(|(name, dir)| Descriptor::preopened(dir, &name)));
        // A program looks for directories up to the first number that is not one.
        let listeners = self.listeners.into_iter().map(Object::Listener);
        descriptors.extend(listeners.map(Descriptor::with_all_rights));

        let system = self.system.unwrap_or_else(default_system);
        Ok(State::new(args, variables, Table::new(descriptors, self.max_descriptors), system))
    }
}

#[cfg(not(target_family = "wasm"))]
fn default_system() -> Arc<dyn System> {
    Arc::new(crate::system::native::Native::new())
}

#[cfg(target_family = "wasm")]
fn default_system() -> Arc<dyn System> {
    panic!("a host on WebAssembly gives its processes clocks and randomness")
}

/// A guest's path without slashes at its end; `/` is itself.
fn guest_path(path: &str) -> Result<Vec<u8>, Error> {
    if path.is_empty() || path.contains('\0') {
        return Err(Error::GuestPath { path: path.into() });
    }
    let trimmed = path.trim_end_matches('/');
    Ok(if trimmed.is_empty() { b"/".to_vec() } else { trimmed.as_bytes().to_vec() })
}
