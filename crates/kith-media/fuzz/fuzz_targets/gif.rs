//! Fuzzes GIF pictures. Owns the entry point alone: what is run stands in the library, where the tests run it too.

#![no_main]

libfuzzer_sys::fuzz_target!(|input: &[u8]| kith_media::fuzz::gif(input));
