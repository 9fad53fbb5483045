// What an event asks of this client, as data. Pure: events in, wishes out; features carry them out.
import type { LiveEvent } from './protocol';

export type Wish =
  | { do: 'fetch-post' | 'drop-post' | 'fail-post'; id: string }
  | { do: 'drop-author'; id: string }
  | { do: 'fetch-comment' | 'drop-comment'; id: string; by: string }
  | { do: 'reload'; what: 'feed' | 'friends' | 'notifications' }
  | { do: 'check-session' };

/** The wishes that follow from one event; an event of a kind not known here asks for nothing. */
export function wishesOf(event: LiveEvent): Wish[] {
  const { kind, post_id = '', comment_id = '', user_id = '', author_id = '' } = event;
  switch (kind) {
    case 'post.ready':
    case 'post.updated':
      return [{ do: 'fetch-post', id: post_id }];
    case 'post.removed':
      return [{ do: 'drop-post', id: post_id }];
    case 'post.failed':
      return [{ do: 'fail-post', id: post_id }];
    case 'comment.created':
    case 'comment.updated':
      return [{ do: 'fetch-comment', id: comment_id, by: author_id }];
    case 'comment.removed':
      return [{ do: 'drop-comment', id: comment_id, by: author_id }];
    case 'friend.requested':
      return [{ do: 'reload', what: 'friends' }];
    case 'friend.accepted':
      // Everything that the new friend posted before becomes visible without an event for each.
      return [
        { do: 'reload', what: 'friends' },
        { do: 'reload', what: 'feed' },
      ];
    case 'friend.removed':
      return [
        { do: 'drop-author', id: user_id },
        { do: 'reload', what: 'friends' },
        { do: 'reload', what: 'feed' },
      ];
    case 'notification.created':
    case 'notification.read':
      return [{ do: 'reload', what: 'notifications' }];
    case 'session.revoked':
      return [{ do: 'check-session' }];
    default:
      return [];
  }
}
