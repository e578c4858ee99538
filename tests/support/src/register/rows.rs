//! Lists: the handle, and the companies that share a terminal.

use comgate_terminal::Code;
use comgate_terminal::codes::RowField;

use super::Register;
use super::outcome::read;
use crate::abi::{
    cgt_daughter_companies, cgt_rows, cgt_rows_free, cgt_rows_get_i64, cgt_rows_get_text, cgt_rows_json, cgt_rows_next,
};

/// A list, freed at the end.
pub struct Rows(*mut cgt_rows);

impl Rows {
    pub fn next(&self) -> bool {
        let mut has = 99;
        assert_eq!(unsafe { cgt_rows_next(self.0, &raw mut has) }, 0);
        has == 1
    }

    /// A field of the present row. The error is the code.
    pub fn text(&self, field: RowField) -> Result<String, i32> {
        let mut need = 0;
        let field = field.number();
        let code = unsafe { cgt_rows_get_text(self.0, field, std::ptr::null_mut(), 0, &raw mut need) };
        if code != Code::Buffer.number() {
            return Err(code);
        }
        Ok(read(|buf, cap, need| unsafe { cgt_rows_get_text(self.0, field, buf, cap, need) }))
    }

    pub fn number(&self, field: RowField) -> Result<i64, i32> {
        let mut value = 99;
        let code = unsafe { cgt_rows_get_i64(self.0, field.number(), &raw mut value) };
        if code == 0 { Ok(value) } else { Err(code) }
    }

    pub fn json(&self) -> serde_json::Value {
        let json = read(|buf, cap, need| unsafe { cgt_rows_json(self.0, buf, cap, need) });
        serde_json::from_str(&json).expect("a list is JSON")
    }
}

impl Drop for Rows {
    fn drop(&mut self) {
        assert_eq!(unsafe { cgt_rows_free(self.0) }, 0);
    }
}

impl Register {
    /// The companies that share the terminal. The error is the code.
    pub fn daughter_companies(&self) -> Result<Rows, i32> {
        let mut rows = std::ptr::null_mut();
        let code = unsafe { cgt_daughter_companies(self.handle, &raw mut rows) };
        assert_eq!(rows.is_null(), code != 0, "a list comes with CGT_CALL_OK and only then");
        if code == 0 { Ok(Rows(rows)) } else { Err(code) }
    }
}
