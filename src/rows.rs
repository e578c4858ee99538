//! A list as the C ABI hands it out: rows, each with the fields that it has. It knows nothing of what it lists.

use serde_json::{Map, Value};

use crate::codes::{Code, RowField};
use crate::error::Error;

/// The values of one row: a text or a whole number for each of its fields.
pub(crate) type Row = Vec<(RowField, Value)>;

/// All rows of a list, and the one that is being read.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    rows: Vec<Row>,
    /// How many rows were reached. 0: none yet. One more than there are: all are over.
    reached: usize,
}

impl Rows {
    pub(crate) fn new(rows: impl IntoIterator<Item = Row>) -> Self {
        Self { rows: rows.into_iter().collect(), reached: 0 }
    }

    /// The companies that share a terminal.
    pub(crate) fn of_companies(ids: Vec<String>) -> Self {
        Self::new(ids.into_iter().map(|id| vec![(RowField::DaughterCompanyId, id.into())]))
    }

    /// Moves to the next row. False: there is none any more.
    pub(crate) fn next(&mut self) -> bool {
        self.reached = (self.reached + 1).min(self.rows.len() + 1);
        self.present().is_ok()
    }

    /// A field of the present row as text; numbers as digits.
    pub(crate) fn text(&self, field: RowField) -> Result<String, Error> {
        match self.value(field)? {
            Value::String(text) => Ok(text.clone()),
            number => Ok(number.to_string()),
        }
    }

    /// A field of the present row that is a number.
    pub(crate) fn number(&self, field: RowField) -> Result<i64, Error> {
        self.present()?;
        if field.detail() != "number" {
            return Err(Error::new(Code::Field, format!("{} is a text, not a number", field.c_name())));
        }
        self.value(field)?.as_i64().ok_or_else(|| absent(field))
    }

    /// All rows as one JSON array of objects.
    pub(crate) fn to_json(&self) -> String {
        let object = |row: &Row| row.iter().map(|(field, value)| (name(*field), value.clone())).collect::<Map<_, _>>();
        Value::Array(self.rows.iter().map(|row| Value::Object(object(row))).collect()).to_string()
    }

    fn value(&self, field: RowField) -> Result<&Value, Error> {
        let found = self.present()?.iter().find(|(named, _)| *named == field);
        found.map(|(_, value)| value).ok_or_else(|| absent(field))
    }

    fn present(&self) -> Result<&Row, Error> {
        let row = self.reached.checked_sub(1).and_then(|at| self.rows.get(at));
        row.ok_or_else(|| {
            let why = if self.reached == 0 { "call cgt_rows_next first" } else { "the last row is over" };
            Error::new(Code::Order, format!("there is no row to be read: {why}"))
        })
    }
}

/// The name of a field in JSON: as in the header, in lower case without CGT_R_.
fn name(field: RowField) -> String {
    field.c_name().trim_start_matches("CGT_R_").to_lowercase()
}

fn absent(field: RowField) -> Error {
    Error::new(Code::Absent, format!("this row has no {}", field.c_name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELD: RowField = RowField::DaughterCompanyId;

    fn code<T: std::fmt::Debug>(result: Result<T, Error>) -> Code {
        result.expect_err("refused").code()
    }

    /// Before the first row and after the last one there is nothing to be read, however often it is asked.
    #[test]
    fn api_rows_are_read_one_after_the_other_and_end() {
        let mut rows = Rows::of_companies(vec!["1001".into(), "Pobočka".into()]);
        assert_eq!(code(rows.text(FIELD)), Code::Order);
        assert!(rows.next());
        assert_eq!(rows.text(FIELD).ok().as_deref(), Some("1001"));
        assert_eq!(code(rows.number(FIELD)), Code::Field);
        assert!(rows.next());
        assert_eq!(rows.text(FIELD).ok().as_deref(), Some("Pobočka"));
        for _ in 0..3 {
            assert!(!rows.next());
            assert_eq!(code(rows.text(FIELD)), Code::Order);
        }
        assert_eq!(rows.to_json(), r#"[{"daughter_company_id":"1001"},{"daughter_company_id":"Pobočka"}]"#);
    }

    #[test]
    fn api_a_row_without_a_value_says_so_and_no_rows_are_an_empty_list() {
        let mut rows = Rows::new([Row::new()]);
        assert!(rows.next());
        assert_eq!(code(rows.text(FIELD)), Code::Absent);
        let mut none = Rows::default();
        assert!(!none.next());
        assert_eq!(none.to_json(), "[]");
    }
}
