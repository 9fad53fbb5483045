// This file was generated with `cornucopia`. Do not modify.

pub mod auth;
pub mod contacts;
pub mod db;
pub mod events;
pub mod friends;
pub mod http;
pub mod settings;
pub mod users;
