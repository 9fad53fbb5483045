// The shapes of the public contract as this client uses them. Types only, no code. `schema.d.ts` is generated from the server's own document;
// the rest stands here by hand until the server describes it.

import type { components, paths as generated } from './schema';

type Schemas = components['schemas'];
export type UserCard = Schemas['UserCard'];
export type Me = Schemas['Me'] & { suspension?: { reason: string; at: string } | null };
export type Image = Schemas['Image'];
export type Rendition = Schemas['Rendition'];
export type Session = Schemas['SessionBody'];
export type PrivacySettings = Schemas['PrivacySettings'];
export type QuietHours = Schemas['QuietHours'];
export type NotificationPreferences = Schemas['NotificationPreferences'];
export type Settings = Schemas['Settings'];
export type PublicConfig = Schemas['ConfigBody'];
export type Verification = Schemas['Started'];
/** A JSON merge patch of the settings. */
export type SettingsPatch = {
  privacy_settings?: Partial<PrivacySettings>;
  notification_preferences?: Partial<NotificationPreferences>;
};
export type Visibility = 'friends-only' | 'specific-friends';
export interface Post {
  post_id: string;
  version: number;
  author: UserCard;
  image: Image | null;
  processing: boolean;
  caption: string | null;
  visibility: Visibility;
  /** Present for the author of a specific-friends post only. */
  audience?: UserCard[] | null;
  comment_count: number;
  status: string;
  posted_at: string;
  created_at: string;
  updated_at: string;
}
export interface Comment {
  comment_id: string;
  version: number;
  post_id: string;
  author: UserCard;
  content: string;
  commented_at: string;
  status: string;
  created_at: string;
  updated_at: string;
}
export type ContactStatus = 'friend' | 'pending' | 'not-on-platform';
export interface Contact {
  contact_id: string;
  contact_name: string;
  contact_phone_number: string;
  status: ContactStatus;
  user: UserCard | null;
  date_added: string;
}
export type Direction = 'incoming' | 'outgoing';
export interface Friendship {
  friendship_id: string;
  user: UserCard;
  status: 'pending' | 'active';
  direction: Direction | null;
  requested_at: string;
  accepted_at: string | null;
  contact_name: string | null;
}
export interface Suggestion {
  user: UserCard;
  contact_name: string | null;
}
export interface Block {
  user: UserCard;
  created_at: string;
}
export interface Notification {
  notification_id: string;
  type: 'comment' | 'friend_request' | 'system';
  reference_type: 'post' | 'comment' | 'user' | null;
  reference_id: string | null;
  content: string;
  actor: UserCard | null;
  created_at: string;
  read_at: string | null;
  delivered: boolean;
}
export interface Upload {
  upload_id: string;
  method: string;
  url: string;
  headers: Record<string, string>;
  expires_at: string;
}
export interface UploadState {
  state: 'awaiting' | 'processing' | 'ready' | 'failed';
  failure?: { type: string; detail: string } | null;
  image?: Image | null;
}
export interface ImportReport {
  imported: number;
  updated: number;
  invalid: { index: number; reason: string }[];
  matched: number;
  deferred: number;
}
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}
interface PageQuery {
  limit?: number;
  cursor?: string;
}
interface NewPost {
  upload_id: string;
  caption?: string;
  alt?: string;
  visibility: Visibility;
  audience?: string[];
}
interface PostPatch {
  caption?: string | null;
  alt?: string | null;
  visibility?: Visibility;
  audience?: string[];
}

interface Extra {
  query?: object;
  path?: object;
  header?: object;
  body?: object;
}
/** One operation in the form that openapi-fetch reads. */
type Op<Answer, X extends Extra = object> = {
  parameters: (X extends { query: infer Q } ? { query?: Q } : { query?: never }) &
    (X extends { path: infer P } ? { path: P } : { path?: never }) &
    (X extends { header: infer H } ? { header: H } : { header?: never });
  responses: { 200: { content: { 'application/json': Answer } } };
} & (X extends { body: infer B } ? { requestBody: { content: { 'application/json': B } } } : { requestBody?: never });
type Id<Name extends string> = Record<Name, string>;
interface Once {
  'Idempotency-Key': string;
}
interface IfMatch {
  'If-Match': string;
}

interface ByHand {
  '/v1/me/profile-picture': { put: Op<Me, { body: { upload_id: string } }>; delete: Op<undefined> };
  '/v1/users/{user_id}/posts': { get: Op<Page<Post>, { path: Id<'user_id'>; query: PageQuery }> };
  '/v1/contacts': {
    get: Op<Page<Contact>, { query: PageQuery & { status?: ContactStatus } }>;
    delete: Op<undefined>;
  };
  '/v1/contacts/import': {
    post: Op<ImportReport, { body: { region: string; contacts: { name: string; phone_number: string }[] } }>;
  };
  '/v1/contacts/{contact_id}': { delete: Op<undefined, { path: Id<'contact_id'> }> };
  '/v1/friends': { get: Op<Page<Friendship>, { query: PageQuery }> };
  '/v1/friends/{user_id}': { delete: Op<undefined, { path: Id<'user_id'> }> };
  '/v1/friends/requests': {
    get: Op<Page<Friendship>, { query: PageQuery & { direction: Direction } }>;
    post: Op<Friendship, { header: Once; body: { user_id?: string; username?: string; contact_id?: string } }>;
  };
  '/v1/friends/requests/{friendship_id}': { delete: Op<undefined, { path: Id<'friendship_id'> }> };
  '/v1/friends/requests/{friendship_id}/accept': { post: Op<Friendship, { path: Id<'friendship_id'> }> };
  '/v1/friends/suggestions': { get: Op<Page<Suggestion>, { query: PageQuery }> };
  '/v1/blocks': { get: Op<Page<Block>, { query: PageQuery }> };
  '/v1/blocks/{user_id}': {
    put: Op<undefined, { path: Id<'user_id'> }>;
    delete: Op<undefined, { path: Id<'user_id'> }>;
  };
  '/v1/uploads': {
    post: Op<Upload, { header: Once; body: { content_type: string; byte_size: number; sha256: string } }>;
  };
  '/v1/uploads/{upload_id}': { get: Op<UploadState, { path: Id<'upload_id'> }> };
  '/v1/uploads/{upload_id}/complete': {
    post: Op<{ upload_id: string; state: string }, { path: Id<'upload_id'> }>;
  };
  '/v1/posts': { post: Op<Post, { header: Once; body: NewPost }> };
  '/v1/posts/{post_id}': {
    get: Op<Post, { path: Id<'post_id'> }>;
    patch: Op<Post, { path: Id<'post_id'>; header: IfMatch; body: PostPatch }>;
    delete: Op<undefined, { path: Id<'post_id'> }>;
  };
  '/v1/posts/{post_id}/restore': { post: Op<Post, { path: Id<'post_id'> }> };
  '/v1/posts/{post_id}/audience': { get: Op<Page<UserCard>, { path: Id<'post_id'>; query: PageQuery }> };
  '/v1/posts/{post_id}/comments': {
    get: Op<Page<Comment>, { path: Id<'post_id'>; query: PageQuery }>;
    post: Op<Comment, { path: Id<'post_id'>; header: Once; body: { content: string } }>;
  };
  '/v1/comments/{comment_id}': {
    get: Op<Comment, { path: Id<'comment_id'> }>;
    patch: Op<Comment, { path: Id<'comment_id'>; header: IfMatch; body: { content: string } }>;
    delete: Op<undefined, { path: Id<'comment_id'> }>;
  };
  '/v1/feed': { get: Op<Page<Post>, { query: PageQuery }> };
  '/v1/notifications': { get: Op<Page<Notification>, { query: PageQuery }> };
  '/v1/notifications/unread-count': { get: Op<{ count: number }> };
  '/v1/notifications/read': { post: Op<undefined, { body: { up_to?: string; ids?: string[] } }> };
}

export type paths = generated & Omit<ByHand, keyof generated>;
