//! A C or C++ compiler that takes every warning for an error.

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

/// What to tell the compiler, and how its files end.
#[derive(Clone, Copy)]
pub struct Language {
    standard: &'static str,
    suffix: &'static str,
}

pub const C99: Language = Language { standard: "-std=c99", suffix: "c" };
pub const C11: Language = Language { standard: "-std=c11", suffix: "c" };
pub const CPP17: Language = Language { standard: "-std=c++17", suffix: "cpp" };

pub struct Compiler(String);

impl Compiler {
    /// None, with a line that says so, when this machine does not have it. Where CI=true, gcc and g++ must be there.
    pub fn find(name: &str) -> Option<Self> {
        if Command::new(name).arg("--version").output().is_ok() {
            return Some(Self(name.to_string()));
        }
        let required = matches!(name, "gcc" | "g++") && env::var("CI").as_deref() == Ok("true");
        assert!(!required, "{name} is missing");
        println!("skipped: {name} is missing");
        None
    }

    /// Compiles and links files, given as name and text, into one program.
    pub fn program(&self, language: Language, files: &[(&str, &str)]) {
        let folder = self.folder(language, files[0].0);
        let mut command = Command::new(&self.0);
        command.args([language.standard, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-I"]);
        command.arg(crate::project().join("include"));
        for (name, text) in files {
            let file = folder.join(format!("{name}.{}", language.suffix));
            fs::write(&file, text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
            command.arg(file);
        }
        let output = command.arg("-o").arg(folder.join("program")).output().expect("the compiler runs");
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{} {}:\n{words}", self.0, language.standard);
    }

    /// Compiles one file without linking it.
    pub fn object(&self, language: Language, name: &str, text: &str) {
        let folder = self.folder(language, name);
        let file = folder.join(format!("{name}.{}", language.suffix));
        fs::write(&file, text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let mut command = Command::new(&self.0);
        command.args([language.standard, "-Wall", "-Wextra", "-Werror", "-c", "-I"]);
        command.arg(crate::project().join("include")).arg(&file);
        let output = command.arg("-o").arg(folder.join("object.o")).output().expect("the compiler runs");
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{name}:\n{words}\n{text}");
    }

    /// A folder of its own for every program: tests run side by side.
    fn folder(&self, language: Language, program: &str) -> PathBuf {
        let name = format!("header-{}{}-{program}", self.0, language.standard);
        let folder = crate::build_folder().join("tmp").join(name);
        fs::create_dir_all(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        folder
    }
}
