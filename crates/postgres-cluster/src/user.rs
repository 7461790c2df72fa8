//! The user that the server runs as.

use std::fs;
use std::io;

#[derive(Debug)]
pub(crate) struct User {
    pub(crate) id: u32,
    pub(crate) group: u32,
}

impl User {
    /// Returns another user where this program is root's: PostgreSQL refuses to run as root.
    pub(crate) fn for_server() -> io::Result<Option<Self>> {
        if !crate::server::is_root() {
            return Ok(None);
        }
        let users = fs::read_to_string("/etc/passwd")?;
        let found = ["postgres", "nobody"]
            .iter()
            .find_map(|name| Self::named(&users, name));
        let missing = "neither of the users postgres and nobody is there to run the server";
        found.map(Some).ok_or_else(|| io::Error::other(missing))
    }

    fn named(users: &str, name: &str) -> Option<Self> {
        let mut lines = users.lines().map(|line| line.split(':'));
        let mut fields =
            lines.find_map(|mut fields| (fields.next() == Some(name)).then_some(fields))?;
        Some(Self {
            id: fields.nth(1)?.parse().ok()?,
            group: fields.next()?.parse().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_found_by_its_whole_name() {
        let users = "root:x:0:0:root:/root:/bin/sh\nnobody2:x:9:9::/:/x\nnobody:x:65534:65533:nobody:/:/x\n";
        let user = User::named(users, "nobody").unwrap();
        assert_eq!((user.id, user.group), (65534, 65533));
        assert!(User::named(users, "postgres").is_none());
    }
}
