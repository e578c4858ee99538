//! Reads `include/comgate_terminal.h`, so that tests and generators take names, numbers and prototypes from the header itself.
//!
//! No C parser: it knows the few shapes that cbindgen writes for us, and panics on a line it should know but does not.

/// What the header declares, in its order.
pub struct Header {
    pub constants: Vec<Constant>,
    pub handles: Vec<Handle>,
    pub callbacks: Vec<Callback>,
    pub functions: Vec<Function>,
}

/// `#define NAME VALUE /* comment */`. `table` is the title comment it stands under; empty for `CGT_ABI_VERSION`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constant {
    pub name: String,
    pub value: i32,
    pub comment: String,
    pub table: String,
}

/// `typedef struct name name;`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle {
    pub name: String,
    pub doc: String,
}

/// `typedef int32_t (CGT_CALL *name)(parameters);`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    pub name: String,
    pub parameters: Vec<Parameter>,
    pub doc: String,
}

/// `CGT_API int32_t CGT_CALL name(parameters);` Every function returns `int32_t`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    pub name: String,
    pub parameters: Vec<Parameter>,
    pub doc: String,
}

/// A parameter; `c_type` has no `struct` and one form only, such as `const char *` or `cgt_outcome **`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    pub c_type: String,
    pub name: String,
}

impl Function {
    /// The prototype in one line, without the macros.
    pub fn prototype(&self) -> String {
        format!("int32_t {}({})", self.name, joined(&self.parameters))
    }
}

impl Callback {
    /// The type in one line, without the macros.
    pub fn prototype(&self) -> String {
        format!("int32_t (*{})({})", self.name, joined(&self.parameters))
    }
}

impl Header {
    /// Reads the header committed in this repository.
    pub fn committed() -> Self {
        let path = crate::project().join("include/comgate_terminal.h");
        Self::parse(&std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
    }

    pub fn parse(text: &str) -> Self {
        let mut header =
            Self { constants: Vec::new(), handles: Vec::new(), callbacks: Vec::new(), functions: Vec::new() };
        let mut table = String::new();
        let mut doc = String::new();
        for piece in pieces(text) {
            match piece {
                Piece::Comment(comment) => doc = comment,
                Piece::Title(title) => table = title,
                Piece::Define(line) => header.constants.extend(constant(&line, &table, &doc)),
                Piece::Statement(statement) => header.add(&statement, &doc),
            }
        }
        header
    }

    /// The constant of this name.
    pub fn constant(&self, name: &str) -> &Constant {
        let found = self.constants.iter().find(|constant| constant.name == name);
        found.unwrap_or_else(|| panic!("the header has no {name}"))
    }

    fn add(&mut self, statement: &str, doc: &str) {
        let doc = doc.to_string();
        if let Some(rest) = statement.strip_prefix("CGT_API int32_t CGT_CALL ") {
            let (name, list) = rest.split_once('(').expect("a function has parameters");
            let (name, parameters) = (name.trim().to_string(), parameters(list));
            self.functions.push(Function { name, parameters, doc });
        } else if let Some(rest) = statement.strip_prefix("typedef int32_t (CGT_CALL *") {
            let (name, list) = rest.split_once(")(").expect("a callback has parameters");
            let (name, parameters) = (name.trim().to_string(), parameters(list));
            self.callbacks.push(Callback { name, parameters, doc });
        } else if let Some(name) = statement.strip_prefix("typedef struct ") {
            let name = name.split(' ').next().unwrap_or_default().to_string();
            self.handles.push(Handle { name, doc });
        } else {
            panic!("the header has a statement of an unknown shape: {statement}");
        }
    }
}

enum Piece {
    /// A comment of several lines: the doc of what follows.
    Comment(String),
    /// A comment of one line: the title of the constants that follow.
    Title(String),
    Define(String),
    /// Everything up to a semicolon, in one line.
    Statement(String),
}

/// Cuts the header into comments, defines and statements; other preprocessor lines and braces are left out.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut lines = text.lines().map(str::trim);
    while let Some(line) = lines.next() {
        if line.is_empty() || line.starts_with('}') || line == "extern \"C\" {" {
            continue;
        }
        if line.starts_with("#define ") {
            pieces.push(Piece::Define(line.to_string()));
        } else if line.starts_with('#') {
        } else if let Some(title) = line.strip_prefix("/* ").and_then(|rest| rest.strip_suffix(" */")) {
            pieces.push(Piece::Title(title.to_string()));
        } else if line.starts_with("/*") {
            let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "*/").collect();
            pieces.push(Piece::Comment(body.join("\n")));
        } else {
            let mut statement = line.to_string();
            while !statement.ends_with(';') {
                statement += " ";
                statement += lines.next().expect("a statement ends with a semicolon");
            }
            pieces.push(Piece::Statement(statement));
        }
    }
    pieces
}

/// None for a macro that is no number, such as `CGT_CALL`.
fn constant(line: &str, table: &str, doc: &str) -> Option<Constant> {
    let rest = line.strip_prefix("#define ")?;
    let (name, rest) = rest.split_once(' ')?;
    let (value, comment) = rest.split_once("/*").unwrap_or((rest, ""));
    let value = value.trim().parse().ok()?;
    let comment = comment.trim_end_matches("*/").trim().to_string();
    let (table, comment) = if comment.is_empty() { ("", doc.to_string()) } else { (table, comment) };
    Some(Constant { name: name.to_string(), value, comment, table: table.to_string() })
}

fn parameters(list: &str) -> Vec<Parameter> {
    let list = list.trim_end_matches(");").trim();
    if list == "void" {
        return Vec::new();
    }
    list.split(',').map(|text| parameter(text.trim())).collect()
}

fn parameter(text: &str) -> Parameter {
    let text = text.replace("struct ", "");
    let at = text.rfind([' ', '*']).unwrap_or_else(|| panic!("no name in parameter {text}")) + 1;
    let (c_type, name) = text.split_at(at);
    let c_type = c_type.split_whitespace().collect::<Vec<_>>().join(" ");
    Parameter { c_type, name: name.to_string() }
}

fn joined(parameters: &[Parameter]) -> String {
    if parameters.is_empty() {
        return "void".to_string();
    }
    let one = |parameter: &Parameter| {
        let space = if parameter.c_type.ends_with('*') { "" } else { " " };
        format!("{}{space}{}", parameter.c_type, parameter.name)
    };
    parameters.iter().map(one).collect::<Vec<_>>().join(", ")
}
