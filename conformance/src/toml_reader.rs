//! Reads TOML by hand, so that every mistake is told with the file, the line and what would have been right.
//!
//! A [`Reader`] is one table. It is asked for its keys one by one; whatever it was not asked for is an unknown key.

use std::{cell::RefCell, ops::Range, path::Path};

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use crate::error::{Error, Place};

/// A file's name and text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Document<'a> {
    pub(crate) path: &'a Path,
    pub(crate) text: &'a str,
}

/// One table of a document.
#[derive(Debug)]
pub(crate) struct Reader<'a> {
    document: Document<'a>,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    /// What the table is called in messages: empty for the document itself.
    name: String,
    asked: RefCell<Vec<String>>,
}

/// A value with its place, of which the type is not known yet.
#[derive(Debug)]
pub(crate) struct Item<'a> {
    document: Document<'a>,
    value: &'a Spanned<DeValue<'a>>,
    name: String,
}

impl<'a> Document<'a> {
    /// Parses the document.
    pub(crate) fn parse(self) -> Result<Spanned<DeTable<'a>>, Error> {
        DeTable::parse(self.text).map_err(|error| Error::Toml {
            place: self.place(error.span().map_or(0, |span| span.start)),
            message: error.message().to_owned(),
        })
    }

    /// The reader of the whole document.
    pub(crate) fn reader(self, table: &'a Spanned<DeTable<'a>>) -> Reader<'a> {
        Reader { document: self, table: table.get_ref(), span: 0..0, name: String::new(), asked: RefCell::default() }
    }

    fn place(self, offset: usize) -> Place {
        let offset = offset.min(self.text.len());
        let line = self.text.as_bytes()[..offset].iter().filter(|&&byte| byte == b'\n').count() + 1;
        Place { file: self.path.into(), line: u32::try_from(line).unwrap_or(u32::MAX) }
    }
}

impl<'a> Reader<'a> {
    /// The value of a key, if it is there.
    pub(crate) fn item(&self, key: &str) -> Option<Item<'a>> {
        self.asked.borrow_mut().push(key.to_owned());
        let value = self.table.get(key)?;
        Some(Item { document: self.document, value, name: self.child(key) })
    }

    /// The value of a key that has to be there.
    pub(crate) fn required(&self, key: &str) -> Result<Item<'a>, Error> {
        self.item(key).ok_or_else(|| Error::MissingKey { place: self.place(), key: self.child(key) })
    }

    /// The value of a key as [`Item`] reads it, if it is there.
    pub(crate) fn get<T>(
        &self,
        key: &str,
        read: impl FnOnce(&Item<'a>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        self.item(key).map(|item| read(&item)).transpose()
    }

    /// The keys that are there.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.table.keys().map(|key| key.get_ref().as_ref())
    }

    /// Where the table begins.
    pub(crate) fn place(&self) -> Place {
        self.document.place(self.span.start)
    }

    /// What the table is called: empty for the document itself.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Refuses keys that were not asked for.
    pub(crate) fn finish(self) -> Result<(), Error> {
        let asked = self.asked.borrow();
        let unknown = self.table.keys().find(|key| !asked.iter().any(|asked| asked == key.get_ref()));
        unknown.map_or(Ok(()), |key| {
            let name = key.get_ref().as_ref();
            Err(Error::UnknownKey {
                place: self.document.place(key.span().start),
                key: self.child(name),
                nearest: nearest(name, asked.iter().map(String::as_str)).map(|nearest| self.child(nearest)),
            })
        })
    }

    fn child(&self, key: &str) -> String {
        if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) }
    }
}

impl<'a> Item<'a> {
    pub(crate) fn string(&self) -> Result<String, Error> {
        self.value.get_ref().as_str().map(Into::into).ok_or_else(|| self.wrong("a string"))
    }

    pub(crate) fn boolean(&self) -> Result<bool, Error> {
        self.value.get_ref().as_bool().ok_or_else(|| self.wrong("true or false"))
    }

    /// An integer of a type, which bounds it.
    pub(crate) fn integer<T: TryFrom<i128> + Bounds>(&self) -> Result<T, Error> {
        let integer = self.value.get_ref().as_integer();
        let number = integer.and_then(|integer| i128::from_str_radix(integer.as_str(), integer.radix()).ok());
        number
            .and_then(|number| T::try_from(number).ok())
            .ok_or_else(|| self.wrong(&format!("an integer from {} to {}", T::LEAST, T::MOST)))
    }

    pub(crate) fn list(&self) -> Result<Vec<Item<'a>>, Error> {
        let array = self.value.get_ref().as_array().ok_or_else(|| self.wrong("a list"))?;
        Ok(array.iter().map(|value| Item { document: self.document, value, name: self.name.clone() }).collect())
    }

    pub(crate) fn strings(&self) -> Result<Vec<String>, Error> {
        self.list()?.iter().map(Item::string).collect()
    }

    pub(crate) fn table(&self) -> Result<Reader<'a>, Error> {
        let table = self.value.get_ref().as_table().ok_or_else(|| self.wrong("a table"))?;
        let asked = RefCell::default();
        Ok(Reader { document: self.document, table, span: self.value.span(), name: self.name.clone(), asked })
    }

    /// The error that something else should stand here.
    pub(crate) fn wrong(&self, expected: &str) -> Error {
        let found = &self.document.text[self.value.span()];
        Error::WrongValue {
            place: self.place(),
            key: self.name.clone(),
            expected: expected.to_owned(),
            found: found.chars().take(60).collect(),
        }
    }

    /// One of several names.
    pub(crate) fn one_of<T: Copy>(&self, names: &[(&str, T)]) -> Result<T, Error> {
        let text = self.string()?;
        let found = names.iter().find(|(name, _)| *name == text);
        found.map(|(_, value)| *value).ok_or_else(|| {
            let all: Vec<_> = names.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            self.wrong(&format!("one of {}", all.join(", ")))
        })
    }

    pub(crate) fn place(&self) -> Place {
        self.document.place(self.value.span().start)
    }
}

/// The range of an integer type, for messages.
pub(crate) trait Bounds {
    const LEAST: i128;
    const MOST: i128;
}

impl Bounds for i32 {
    const LEAST: i128 = i32::MIN as i128;
    const MOST: i128 = i32::MAX as i128;
}

impl Bounds for u32 {
    const LEAST: i128 = 0;
    const MOST: i128 = u32::MAX as i128;
}

impl Bounds for u64 {
    const LEAST: i128 = 0;
    const MOST: i128 = u64::MAX as i128;
}

/// The name that somebody may have meant.
pub(crate) fn nearest<'n>(name: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let scored = names.into_iter().map(|known| (strsim::jaro_winkler(name, known), known));
    scored.filter(|(score, _)| *score > 0.7).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, known)| known)
}
