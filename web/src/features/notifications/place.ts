// Where a notification leads.
import type { Notification } from '@/api/types';

/** The address inside this client, or null if it leads nowhere. */
export function placeOfNotification({ type, reference_type, reference_id, actor }: Notification): string | null {
  if (type === 'friend_request') return '/friends';
  if (reference_id === null) return null;
  if (reference_type === 'post') return `/p/${reference_id}`;
  if (reference_type === 'comment') return `/c/${reference_id}`;
  if (reference_type === 'user') return `/u/${actor?.user_id ?? reference_id}`;
  return null;
}
