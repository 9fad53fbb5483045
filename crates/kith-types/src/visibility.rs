//! Owns the enumerations of the specification, with the names that they have on the wire and in
//! PostgreSQL. It must never decide who may see what: that is one SQL definition.

use std::borrow::Cow;

use postgres_types::{FromSql, ToSql};
use serde::{Deserialize, Serialize};
use utoipa::openapi::schema::{Object, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

macro_rules! wire_enums {
    ($(
        $(#[$about:meta])*
        $name:ident = $postgres:literal {
            $( $(#[$variant_about:meta])* $variant:ident = $wire:literal, )+
        }
    )+) => { $(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSql, FromSql)]
        #[postgres(name = $postgres)]
        pub enum $name {
            $(
                $(#[$variant_about])*
                #[serde(rename = $wire)]
                #[postgres(name = $wire)]
                $variant,
            )+
        }

        // By hand: the derive does not see a name that a macro passed on.
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                Object::builder().schema_type(Type::String).enum_values(Some([$($wire),+])).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($name))
            }
        }

        impl $name {
            /// The name of the enumerated type in PostgreSQL.
            pub const POSTGRES_NAME: &str = $postgres;
            /// Every value, in the order of its declaration.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Returns the name that stands on the wire and in PostgreSQL.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $wire),+ }
            }
        }
    )+ };
}

wire_enums! {
    /// What an account may do.
    UserStatus = "user_status" {
        /// Signed in for the first time, without a username yet.
        Pending = "pending",
        /// Everything is open to it.
        Active = "active",
        /// Stopped by an administrator.
        Suspended = "suspended",
    }
    /// What an account may do beyond its own things.
    UserRole = "user_role" {
        /// Nothing more.
        Member = "member",
        /// Works on reports.
        Moderator = "moderator",
        /// Suspends accounts and reads the audit log.
        Admin = "admin",
    }
    /// How an account proves who it is.
    AuthMethod = "auth_method" {
        /// A code sent to its phone.
        Phone = "phone",
        /// A password.
        Password = "password",
        /// A WebAuthn credential.
        Passkey = "passkey",
        /// An OpenID Connect provider.
        Social = "social",
    }
    /// Whether a post is shown.
    PostStatus = "post_status" {
        /// Shown to whoever may see it.
        Active = "active",
        /// Removed by its author; restorable for some days.
        Deleted = "deleted",
        /// Hidden by a moderator.
        Flagged = "flagged",
    }
    /// Whom the author of a post shares it with.
    Visibility = "post_visibility" {
        /// Every friend.
        FriendsOnly = "friends-only",
        /// The friends that the author named.
        SpecificFriends = "specific-friends",
    }
    /// Whether a comment is shown.
    CommentStatus = "comment_status" {
        /// Shown to whoever may see the post.
        Active = "active",
        /// Removed by its author or by the author of the post.
        Deleted = "deleted",
        /// Hidden by a moderator.
        Flagged = "flagged",
    }
    /// What is known of a number in somebody's contact book.
    ContactStatus = "contact_status" {
        /// It belongs to a friend.
        Friend = "friend",
        /// It belongs to a member who is not a friend.
        Pending = "pending",
        /// No member that its owner may find has it.
        NotOnPlatform = "not-on-platform",
    }
    /// Whether a friendship has been accepted.
    FriendshipStatus = "friendship_status" {
        /// Asked for.
        Pending = "pending",
        /// Accepted.
        Active = "active",
    }
    /// What a notification is about.
    NotificationType = "notification_type" {
        /// Somebody commented on the recipient's post.
        Comment = "comment",
        /// Somebody asked to be friends, or accepted.
        FriendRequest = "friend_request",
        /// A word from the service itself.
        System = "system",
    }
    /// What the `reference_id` of a notification names.
    ReferenceType = "reference_type" {
        /// A post.
        Post = "post",
        /// A comment.
        Comment = "comment",
        /// A person.
        User = "user",
    }
    /// What somebody did, for the analytics that they can switch off.
    ActivityType = "activity_type" {
        /// Signed in.
        Login = "login",
        /// Posted.
        Post = "post",
        /// Commented.
        Comment = "comment",
        /// Looked at the feed.
        Browse = "browse",
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Debug;

    use bytes::BytesMut;
    use postgres_types::{FromSql, Kind, ToSql, Type};
    use serde::Serialize;
    use serde::de::DeserializeOwned;

    use super::*;

    fn is_the_same_everywhere<E>(postgres: &str, wire: &[&str], all: &[E])
    where
        E: Copy + Debug + PartialEq + Serialize + DeserializeOwned + ToSql + for<'a> FromSql<'a>,
    {
        let labels = wire.iter().map(ToString::to_string).collect();
        let kind = Type::new(postgres.to_owned(), 0, Kind::Enum(labels), "public".to_owned());
        assert!(<E as ToSql>::accepts(&kind) && <E as FromSql>::accepts(&kind), "{postgres}");
        assert_eq!(all.len(), wire.len(), "{postgres}");
        for (value, name) in all.iter().zip(wire) {
            let json = format!("\"{name}\"");
            assert_eq!(serde_json::to_string(value).unwrap(), json);
            assert_eq!(serde_json::from_str::<E>(&json).unwrap(), *value);
            let mut sql = BytesMut::new();
            value.to_sql(&kind, &mut sql).unwrap();
            assert_eq!(&sql[..], name.as_bytes());
            assert_eq!(E::from_sql(&kind, &sql).unwrap(), *value);
        }
        assert!(serde_json::from_str::<E>("\"unheard-of\"").is_err());
    }

    #[test]
    fn the_names_are_those_of_the_specification() {
        is_the_same_everywhere("user_status", &["pending", "active", "suspended"], UserStatus::ALL);
        is_the_same_everywhere(
            "auth_method",
            &["phone", "password", "passkey", "social"],
            AuthMethod::ALL,
        );
        is_the_same_everywhere("post_status", &["active", "deleted", "flagged"], PostStatus::ALL);
        is_the_same_everywhere(
            "post_visibility",
            &["friends-only", "specific-friends"],
            Visibility::ALL,
        );
        is_the_same_everywhere(
            "comment_status",
            &["active", "deleted", "flagged"],
            CommentStatus::ALL,
        );
        is_the_same_everywhere(
            "contact_status",
            &["friend", "pending", "not-on-platform"],
            ContactStatus::ALL,
        );
        is_the_same_everywhere("friendship_status", &["pending", "active"], FriendshipStatus::ALL);
        is_the_same_everywhere(
            "notification_type",
            &["comment", "friend_request", "system"],
            NotificationType::ALL,
        );
        is_the_same_everywhere("reference_type", &["post", "comment", "user"], ReferenceType::ALL);
        is_the_same_everywhere(
            "activity_type",
            &["login", "post", "comment", "browse"],
            ActivityType::ALL,
        );
        assert_eq!(ContactStatus::NotOnPlatform.as_str(), "not-on-platform");
    }
}
