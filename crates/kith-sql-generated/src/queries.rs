// This file was generated with `cornucopia`. Do not modify.

pub mod auth;
pub mod db;
pub mod events;
pub mod http;
pub mod posts;
pub mod settings;
pub mod uploads;
pub mod users;
