//! [`Clause`]: a sentence of the contract that a guest or an embedder can observe, with an id.

use std::path::Path;

use crate::{
    error::{Error, Place},
    toml_reader::{Document, Item, nearest},
};

/// One sentence of the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Clause {
    /// The group and a number, such as `join-1`. It is never given to another clause.
    pub id: String,
    /// The group.
    pub group: String,
    /// The sentence.
    pub text: String,
    /// Where the book says so: a page and a heading, such as `abi.md#threads`.
    pub anchor: String,
}

/// All clauses, in the order of their file.
#[derive(Debug, Clone, Default)]
pub struct Clauses(Vec<Clause>);

impl Clauses {
    /// Reads a list of clauses; `path` is used in messages.
    ///
    /// # Errors
    /// [`Error`]: what is wrong, with the line.
    pub fn parse(path: &Path, text: &str) -> Result<Clauses, Error> {
        let document = Document { path, text };
        let table = document.parse()?;
        let reader = document.reader(&table);
        let mut clauses: Vec<Clause> = Vec::new();
        for item in reader.get("clause", Item::list)?.unwrap_or_default() {
            let clause = item.table()?;
            let id = clause.required("id")?;
            let read = Clause {
                id: id.string()?,
                group: clause.required("group")?.string()?,
                text: clause.required("text")?.string()?,
                anchor: clause.required("anchor")?.string()?,
            };
            let number = read.id.strip_prefix(&format!("{}-", read.group));
            if number.is_none_or(|number| number.parse::<u32>().is_err()) {
                return Err(id.wrong("the group, a hyphen and a number"));
            }
            if clauses.iter().any(|known| known.id == read.id) {
                return Err(Error::Twice { place: id.place(), name: read.id });
            }
            clause.finish()?;
            clauses.push(read);
        }
        reader.finish()?;
        Ok(Clauses(clauses))
    }

    /// The clause with an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Clause> {
        self.0.iter().find(|clause| clause.id == id)
    }

    /// All of them, in the order of their file.
    pub fn iter(&self) -> impl Iterator<Item = &Clause> {
        self.0.iter()
    }

    /// Checks that each of these exists.
    pub(crate) fn check(&self, ids: &[String], place: &Place) -> Result<(), Error> {
        let unknown = ids.iter().find(|id| self.get(id).is_none());
        unknown.map_or(Ok(()), |id| {
            let nearest = nearest(id, self.0.iter().map(|clause| clause.id.as_str())).map(Into::into);
            Err(Error::UnknownClause { place: place.clone(), clause: id.clone(), nearest })
        })
    }
}
