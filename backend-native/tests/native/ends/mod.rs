//! Ends: whatever ends a process ends all of it, once, and nothing but it.
//!
//! `matrix` has every kind of end in every state that threads may be in; `races` several ends at once; `embedder` what
//! several of the embedder's threads do at once, and what its code in the guest's threads does; `main_left` the ends of
//! processes without a main thread; `bulk` those of threads in the middle of long operations; `after` what is left.

mod after;
mod bulk;
mod embedder;
mod main_left;
mod matrix;
mod races;
