"""The peer: Kith's four measured requests on the stack that the specification itself recommends."""
