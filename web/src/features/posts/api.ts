// The calls of posts and the feed.
import { api, ok, okTagged, type Tagged } from '@/api/client';
import type { Page, Post, UserCard, Visibility } from '@/api/types';

export const getPost = (post_id: string): Promise<Post> =>
  ok(api.GET('/v1/posts/{post_id}', { params: { path: { post_id } } }));

/** With the entity tag that an edit needs. */
export const getPostForEdit = (post_id: string): Promise<Tagged<Post>> =>
  okTagged(api.GET('/v1/posts/{post_id}', { params: { path: { post_id } } }));

export const getFeed = (limit: number, cursor?: string): Promise<Page<Post>> =>
  ok(api.GET('/v1/feed', { params: { query: cursor === undefined ? { limit } : { limit, cursor } } }));

export const getPostsOf = (user_id: string, cursor?: string): Promise<Page<Post>> =>
  ok(
    api.GET('/v1/users/{user_id}/posts', {
      params: { path: { user_id }, query: cursor === undefined ? { limit: 30 } : { limit: 30, cursor } },
    }),
  );

export interface Audience {
  visibility: Visibility;
  /** Ids of friends; empty for friends-only. */
  people: string[];
}

/** The two members of a request that say who may see a post. */
export function audienceFields({ visibility, people }: Audience): { visibility: Visibility; audience?: string[] } {
  return visibility === 'specific-friends' ? { visibility, audience: people } : { visibility };
}

export interface Draft {
  upload_id: string;
  caption: string;
  alt: string;
  audience: Audience;
}

/** Posts once, however often it is sent with the same key. */
export function createPost(draft: Draft, once: string): Promise<Post> {
  const { upload_id, caption, alt, audience } = draft;
  return ok(
    api.POST('/v1/posts', {
      params: { header: { 'Idempotency-Key': once } },
      body: {
        upload_id,
        ...(caption.trim() ? { caption: caption.trim() } : {}),
        ...(alt.trim() ? { alt: alt.trim() } : {}),
        ...audienceFields(audience),
      },
    }),
  );
}

export interface Edit {
  caption: string;
  alt: string;
  audience: Audience;
}

export function editPost(post_id: string, etag: string, { caption, alt, audience }: Edit): Promise<Post> {
  return ok(
    api.PATCH('/v1/posts/{post_id}', {
      params: { path: { post_id }, header: { 'If-Match': etag } },
      body: { caption: caption.trim() || null, alt: alt.trim() || null, ...audienceFields(audience) },
    }),
  );
}

export const deletePost = (post_id: string): Promise<unknown> =>
  ok(api.DELETE('/v1/posts/{post_id}', { params: { path: { post_id } } }));

export const restorePost = (post_id: string): Promise<Post> =>
  ok(api.POST('/v1/posts/{post_id}/restore', { params: { path: { post_id } } }));

export const getAudience = (post_id: string, cursor?: string): Promise<Page<UserCard>> =>
  ok(
    api.GET('/v1/posts/{post_id}/audience', {
      params: { path: { post_id }, query: cursor === undefined ? { limit: 50 } : { limit: 50, cursor } },
    }),
  );
