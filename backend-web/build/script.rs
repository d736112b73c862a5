//! Joins the files of `js/` into one script that loads no other.
//!
//! They are modules of JavaScript's in a plain style, which this holds them to: each `import { a, b } from
//! "./file.js";` stands on a line of its own at the top, each `export` in front of a declaration, and no two files
//! declare the same name. A file comes after those that it imports from, which import nothing from it.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
};

/// A text, or why there is none.
type Joined = Result<String, Box<dyn Error>>;

/// Joins a file and all that it imports from. `read` has the text of a file by its name.
pub(crate) fn join(first: &str, read: impl Fn(&str) -> Joined) -> Joined {
    let mut join = Join { read, done: BTreeMap::new(), path: Vec::new(), owners: BTreeMap::new(), text: String::new() };
    join.add(first)?;
    // By this, tools know the script for a module.
    join.text.push_str("export {};\n");
    Ok(join.text)
}

struct Join<R> {
    read: R,
    /// What each file exports that is in the text.
    done: BTreeMap<String, BTreeSet<String>>,
    /// The files that are being added, each imported by the one before.
    path: Vec<String>,
    /// Which file declares each name.
    owners: BTreeMap<String, String>,
    text: String,
}

impl<R: Fn(&str) -> Joined> Join<R> {
    fn add(&mut self, file: &str) -> Result<(), Box<dyn Error>> {
        if self.done.contains_key(file) {
            return Ok(());
        }
        if self.path.iter().any(|begun| begun == file) {
            return Err(format!("{} import from each other", self.path.join(" and ")).into());
        }
        self.path.push(file.to_owned());
        let source = (self.read)(file)?;
        let mut code = String::new();
        let mut exports = BTreeSet::new();
        for line in source.lines() {
            if let Some(import) = line.strip_prefix("import ") {
                self.import(file, import)?;
                continue;
            }
            let exported = line.strip_prefix("export ");
            let line = exported.unwrap_or(line);
            match declared(line) {
                Some(name) => {
                    if let Some(other) = self.owners.insert(name.to_owned(), file.to_owned()) {
                        return Err(format!("{file} and {other} both declare {name}").into());
                    }
                    if exported.is_some() {
                        exports.insert(name.to_owned());
                    }
                }
                None if exported.is_some() => return Err(format!("{file}: no declaration is exported: {line}").into()),
                None => {}
            }
            code.push_str(line);
            code.push('\n');
        }
        // Imports leave a gap.
        let code = code.trim().replace("\n\n\n", "\n\n");
        self.text.push_str(&format!("// {file}\n\n{code}\n\n"));
        self.done.insert(file.to_owned(), exports);
        self.path.pop();
        Ok(())
    }

    fn import(&mut self, file: &str, import: &str) -> Result<(), Box<dyn Error>> {
        let wrong = || format!("{file}: not `import {{ names }} from \"./file.js\";`: import {import}");
        let (names, from) = import.split_once(" from ").ok_or_else(wrong)?;
        let names = names.strip_prefix("{ ").and_then(|names| names.strip_suffix(" }")).ok_or_else(wrong)?;
        let from = from.strip_prefix("\"./").and_then(|from| from.strip_suffix("\";")).ok_or_else(wrong)?;
        self.add(from)?;
        match names.split(", ").find(|name| !self.done[from].contains(*name)) {
            Some(name) => Err(format!("{file}: {from} exports no {name}").into()),
            None => Ok(()),
        }
    }
}

/// The name that a line declares for its whole file: such a line is not indented.
fn declared(line: &str) -> Option<&str> {
    let line = line.strip_prefix("async ").unwrap_or(line);
    let rest = ["const ", "let ", "function ", "class "].into_iter().find_map(|word| line.strip_prefix(word))?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '$').unwrap_or(rest.len());
    Some(&rest[..end])
}
