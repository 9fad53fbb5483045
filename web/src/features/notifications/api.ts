// The calls of notifications.
import { api, ok } from '@/api/client';
import type { Notification, Page } from '@/api/types';

export const getNotifications = (cursor?: string): Promise<Page<Notification>> =>
  ok(api.GET('/v1/notifications', { params: { query: cursor === undefined ? { limit: 30 } : { limit: 30, cursor } } }));

export const getUnreadCount = async (): Promise<number> => (await ok(api.GET('/v1/notifications/unread-count'))).count;

/** Marks everything up to and with this one read. */
export const markReadUpTo = (id: string): Promise<unknown> =>
  ok(api.POST('/v1/notifications/read', { body: { up_to: id } }));

export const markRead = (id: string): Promise<unknown> =>
  ok(api.POST('/v1/notifications/read', { body: { ids: [id] } }));
