// The comment that a link pointed at, for the post page that opens next.

export const target = { comment: '' };
