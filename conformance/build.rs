//! Builds the suite in: writes a list of the files in `cases` and `programs`, each with its text and, of a program, its
//! module; and one of those in `expectations`.

use std::{
    env,
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let mut list = String::from("static FILES: &[Embedded] = &[\n");
    for folder in ["cases", "programs"] {
        println!("cargo::rerun-if-changed={folder}");
        for group in entries(&root.join(folder))?.iter().filter(|path| path.is_dir()) {
            for path in entries(group)?.iter().filter(|path| is_source(path)) {
                write_entry(&mut list, folder, path);
            }
        }
    }
    list.push_str("];\n\nstatic EXPECTATIONS: &[(&str, &str)] = &[\n");
    println!("cargo::rerun-if-changed=expectations");
    for path in entries(&root.join("expectations"))? {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        writeln!(list, "    ({name:?}, include_str!({path:?})),").expect("a string takes all");
    }
    list.push_str("];\n");
    let to = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it")).join("embedded.rs");
    fs::write(to, list)
}

fn is_source(path: &Path) -> bool {
    path.extension().is_some_and(|extension| ["wat", "rs", "c", "zig"].iter().any(|known| extension == *known))
}

fn write_entry(list: &mut String, folder: &str, path: &Path) {
    let group = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let module = path.with_extension("wasm");
    let module = if module.is_file() { format!("Some(include_bytes!({module:?}))") } else { "None".into() };
    let id = format!("{group}/{name}");
    let shown = format!("conformance/{folder}/{group}/{file}");
    writeln!(list, "    Embedded {{ id: {id:?}, path: {shown:?}, text: include_str!({path:?}), module: {module} }},")
        .expect("a string takes all");
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<_> =
        fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    paths.sort();
    Ok(paths)
}
