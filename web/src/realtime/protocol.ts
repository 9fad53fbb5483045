// The frames of the `kith.v1` subprotocol. Owns reading them; a frame that makes no sense is null, never an exception.

export type Channel = 'me' | 'feed' | `post:${string}`;

/** Events carry ids only: what changed is fetched again, if one may see it. */
export interface LiveEvent {
  kind: string;
  occurred_at?: string;
  post_id?: string;
  author_id?: string;
  comment_id?: string;
  friendship_id?: string;
  user_id?: string;
  notification_id?: string;
  session_id?: string;
}

export type ServerFrame =
  | { type: 'subscribed'; channel: Channel; cursor: string }
  | { type: 'event'; channel: Channel; cursor: string; event: LiveEvent }
  | { type: 'error'; channel?: Channel; problem: { status?: number; type?: string } }
  | { type: 'resync'; channel: Channel }
  | { type: 'pong' };

export type ClientFrame =
  | { type: 'subscribe'; channel: Channel; after?: string }
  | { type: 'unsubscribe'; channel: Channel }
  | { type: 'ack'; cursor: string }
  | { type: 'ping' };

export const SUBPROTOCOL = 'kith.v1';
export const CLOSED_NOT_AUTHENTICATED = 4401;
export const CLOSED_REVOKED = 4403;

export function parseFrame(data: unknown): ServerFrame | null {
  if (typeof data !== 'string') return null;
  let frame: Partial<Record<string, unknown>>;
  try {
    frame = JSON.parse(data) as typeof frame;
  } catch {
    return null;
  }
  const channel = typeof frame.channel === 'string';
  const cursor = typeof frame.cursor === 'string';
  switch (frame.type) {
    case 'pong':
    case 'error':
      return frame as ServerFrame;
    case 'resync':
      return channel ? (frame as ServerFrame) : null;
    case 'subscribed':
      return channel && cursor ? (frame as ServerFrame) : null;
    case 'event':
      return channel && cursor && typeof frame.event === 'object' && frame.event !== null
        ? (frame as ServerFrame)
        : null;
    default:
      return null;
  }
}
