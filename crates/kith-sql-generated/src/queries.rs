// This file was generated with `cornucopia`. Do not modify.

pub mod activity;
pub mod admin;
pub mod auth;
pub mod budget;
pub mod comments;
pub mod contacts;
pub mod db;
pub mod email;
pub mod events;
pub mod friends;
pub mod http;
pub mod identities;
pub mod notifications;
pub mod number;
pub mod passkeys;
pub mod password;
pub mod posts;
pub mod retention;
pub mod security;
pub mod settings;
pub mod sms;
pub mod step_up;
pub mod uploads;
pub mod users;
pub mod ways_in;
