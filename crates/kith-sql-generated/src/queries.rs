// This file was generated with `cornucopia`. Do not modify.

pub mod activity;
pub mod admin;
pub mod auth;
pub mod comments;
pub mod contacts;
pub mod db;
pub mod events;
pub mod friends;
pub mod http;
pub mod notifications;
pub mod posts;
pub mod retention;
pub mod security;
pub mod settings;
pub mod uploads;
pub mod users;
