//! Nothing, but that there is a script: see the manifest.

fn main() {}
