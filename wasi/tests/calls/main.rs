//! The calls, made as a guest makes them: with numbers and a memory. Where files are concerned, on files in memory and
//! on a directory of the host alike.

mod args;
mod clocks;
mod descriptors;
mod directories;
mod files;
mod guest;
#[cfg(unix)]
mod host;
mod paths;
mod poll;
mod random;
#[cfg(unix)]
mod sockets;
mod stdio;
mod threads;
mod tree;
