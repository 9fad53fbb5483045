//! Compiles the C side (`native/`) against the codecs that `scripts/setup-codecs` prepared and links
//! them as static archives. Looks in `KITH_CODECS_DIR`, else in `build/codecs` of the workspace.

use std::path::{Path, PathBuf};
use std::{env, fs, process};

const SOURCES: [&str; 4] = ["jpeg_decode.c", "jpeg_encode.c", "av1.c", "webp_encode.c"];

fn main() {
    println!("cargo:rerun-if-env-changed=KITH_CODECS_DIR");
    println!("cargo:rerun-if-changed=native");
    let codecs = codecs_folder();
    let manifest_path = codecs.join("manifest");
    println!("cargo:rerun-if-changed={}", manifest_path.display());
    let Ok(manifest) = fs::read_to_string(&manifest_path) else {
        // A build script has no better way to tell a person what to do than its error output.
        eprintln!(
            "error: no picture codecs in {}\n       run scripts/setup-codecs once, or set KITH_CODECS_DIR to where they are",
            codecs.display()
        );
        process::exit(1);
    };
    compile(&codecs, &manifest);
    link(&codecs);
}

fn codecs_folder() -> PathBuf {
    if let Some(folder) = env::var_os("KITH_CODECS_DIR") {
        return folder.into();
    }
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    here.join("../../build/codecs")
}

fn compile(codecs: &Path, manifest: &str) {
    let mut build = cc::Build::new();
    build
        .files(SOURCES.map(|name| Path::new("native").join(name)))
        .include("native")
        .include(codecs.join("include"))
        .opt_level(2)
        .warnings(true);
    if has_jpegli(codecs) {
        build.define("KITH_HAVE_JPEGLI", None);
    }
    if manifest.lines().any(|line| line == "tune_iq=yes") {
        build.define("KITH_HAVE_TUNE_IQ", None);
    }
    build.compile("kith_codecs");
}

fn has_jpegli(codecs: &Path) -> bool {
    codecs.join("lib/libjpegli.a").exists()
}

fn link(codecs: &Path) {
    println!("cargo:rustc-link-search=native={}", codecs.join("lib").display());
    for library in ["aom", "jpeg", "webp"] {
        println!("cargo:rustc-link-lib=static={library}");
    }
    // Part of libwebp itself in older releases.
    if codecs.join("lib/libsharpyuv.a").exists() {
        println!("cargo:rustc-link-lib=static=sharpyuv");
    }
    if has_jpegli(codecs) {
        println!("cargo:rustc-link-lib=static=jpegli");
        println!("cargo:rustc-link-lib=stdc++");
    }
    println!("cargo:rustc-link-lib=m");
}
