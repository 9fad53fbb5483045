// The calls of friends, requests, suggestions and blocks.
import { api, ok } from '@/api/client';
import type { Block, Direction, Friendship, Page, Suggestion } from '@/api/types';

const query = (cursor: string | undefined) => (cursor === undefined ? { limit: 50 } : { limit: 50, cursor });

export const getFriends = (cursor?: string): Promise<Page<Friendship>> =>
  ok(api.GET('/v1/friends', { params: { query: query(cursor) } }));

export const getRequests = (direction: Direction, cursor?: string): Promise<Page<Friendship>> =>
  ok(api.GET('/v1/friends/requests', { params: { query: { ...query(cursor), direction } } }));

export const getSuggestions = (cursor?: string): Promise<Page<Suggestion>> =>
  ok(api.GET('/v1/friends/suggestions', { params: { query: query(cursor) } }));

export const getBlocks = (cursor?: string): Promise<Page<Block>> =>
  ok(api.GET('/v1/blocks', { params: { query: query(cursor) } }));

export type Whom = { user_id: string } | { username: string } | { contact_id: string };

export const askToBeFriends = (whom: Whom, once: string): Promise<Friendship> =>
  ok(api.POST('/v1/friends/requests', { params: { header: { 'Idempotency-Key': once } }, body: whom }));

export const acceptRequest = (friendship_id: string): Promise<Friendship> =>
  ok(api.POST('/v1/friends/requests/{friendship_id}/accept', { params: { path: { friendship_id } } }));

/** Declines an incoming request or cancels an outgoing one. */
export const endRequest = (friendship_id: string): Promise<unknown> =>
  ok(api.DELETE('/v1/friends/requests/{friendship_id}', { params: { path: { friendship_id } } }));

export const unfriend = (user_id: string): Promise<unknown> =>
  ok(api.DELETE('/v1/friends/{user_id}', { params: { path: { user_id } } }));

export const block = (user_id: string): Promise<unknown> =>
  ok(api.PUT('/v1/blocks/{user_id}', { params: { path: { user_id } } }));

export const unblock = (user_id: string): Promise<unknown> =>
  ok(api.DELETE('/v1/blocks/{user_id}', { params: { path: { user_id } } }));
