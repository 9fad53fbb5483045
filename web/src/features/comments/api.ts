// The calls of comments.
import { api, ok, okTagged, type Tagged } from '@/api/client';
import type { Comment, Page } from '@/api/types';

export const getComments = (post_id: string, cursor?: string): Promise<Page<Comment>> =>
  ok(
    api.GET('/v1/posts/{post_id}/comments', {
      params: { path: { post_id }, query: cursor === undefined ? { limit: 50 } : { limit: 50, cursor } },
    }),
  );

/** With the entity tag that an edit needs. */
export const getComment = (comment_id: string): Promise<Tagged<Comment>> =>
  okTagged(api.GET('/v1/comments/{comment_id}', { params: { path: { comment_id } } }));

export const createComment = (post_id: string, content: string, once: string): Promise<Comment> =>
  ok(
    api.POST('/v1/posts/{post_id}/comments', {
      params: { path: { post_id }, header: { 'Idempotency-Key': once } },
      body: { content },
    }),
  );

export const editComment = (comment_id: string, etag: string, content: string): Promise<Comment> =>
  ok(
    api.PATCH('/v1/comments/{comment_id}', {
      params: { path: { comment_id }, header: { 'If-Match': etag } },
      body: { content },
    }),
  );

export const deleteComment = (comment_id: string): Promise<unknown> =>
  ok(api.DELETE('/v1/comments/{comment_id}', { params: { path: { comment_id } } }));
