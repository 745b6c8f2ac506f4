//! Drives the sandbox over real connections, as a browser does.

mod access;
mod connection;
mod consent;
mod control;
mod destinations;
mod faults;
mod fixtures;
mod identity;
mod inventory;
mod program;
mod registration;
mod registry;
mod scenarios;
mod server;
mod shapes;
mod site;
mod storefronts;
mod waiting;
