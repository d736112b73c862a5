//! What threads mean, by behaviour: closures as guests on the in-memory host, one file a topic.

mod bad_arguments;
mod capabilities;
mod common;
mod condvar;
mod deadlock;
mod detach_exit;
mod ends;
mod limits;
mod mutex;
mod names_attributes;
mod notifier;
mod output_events;
mod outside;
mod scale;
mod slots;
mod spawn_join;
mod tls;
mod waits;
