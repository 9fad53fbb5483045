// This file was generated with `cornucopia`. Do not modify.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(non_camel_case_types)]
pub enum FriendEdgeState {
    Active,
    Suspended,
    Incoming,
    Outgoing,
    Declined,
}
impl<'a> postgres_types::ToSql for FriendEdgeState {
    fn to_sql(
        &self,
        ty: &postgres_types::Type,
        buf: &mut postgres_types::private::BytesMut,
    ) -> Result<postgres_types::IsNull, Box<dyn std::error::Error + Sync + Send>> {
        let s = match *self {
            FriendEdgeState::Active => "active",
            FriendEdgeState::Suspended => "suspended",
            FriendEdgeState::Incoming => "incoming",
            FriendEdgeState::Outgoing => "outgoing",
            FriendEdgeState::Declined => "declined",
        };
        buf.extend_from_slice(s.as_bytes());
        std::result::Result::Ok(postgres_types::IsNull::No)
    }
    fn accepts(ty: &postgres_types::Type) -> bool {
        if ty.name() != "friend_edge_state" {
            return false;
        }
        match *ty.kind() {
            postgres_types::Kind::Enum(ref variants) => {
                if variants.len() != 5 {
                    return false;
                }
                variants.iter().all(|v| match &**v {
                    "active" => true,
                    "suspended" => true,
                    "incoming" => true,
                    "outgoing" => true,
                    "declined" => true,
                    _ => false,
                })
            }
            _ => false,
        }
    }
    fn to_sql_checked(
        &self,
        ty: &postgres_types::Type,
        out: &mut postgres_types::private::BytesMut,
    ) -> Result<postgres_types::IsNull, Box<dyn std::error::Error + Sync + Send>> {
        postgres_types::__to_sql_checked(self, ty, out)
    }
}
impl<'a> postgres_types::FromSql<'a> for FriendEdgeState {
    fn from_sql(
        ty: &postgres_types::Type,
        buf: &'a [u8],
    ) -> Result<FriendEdgeState, Box<dyn std::error::Error + Sync + Send>> {
        match std::str::from_utf8(buf)? {
            "active" => Ok(FriendEdgeState::Active),
            "suspended" => Ok(FriendEdgeState::Suspended),
            "incoming" => Ok(FriendEdgeState::Incoming),
            "outgoing" => Ok(FriendEdgeState::Outgoing),
            "declined" => Ok(FriendEdgeState::Declined),
            s => Result::Err(Into::into(format!("invalid variant `{}`", s))),
        }
    }
    fn accepts(ty: &postgres_types::Type) -> bool {
        if ty.name() != "friend_edge_state" {
            return false;
        }
        match *ty.kind() {
            postgres_types::Kind::Enum(ref variants) => {
                if variants.len() != 5 {
                    return false;
                }
                variants.iter().all(|v| match &**v {
                    "active" => true,
                    "suspended" => true,
                    "incoming" => true,
                    "outgoing" => true,
                    "declined" => true,
                    _ => false,
                })
            }
            _ => false,
        }
    }
}
