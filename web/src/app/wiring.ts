// Carries out what events ask for. The one place that knows both the connection and the features; started once somebody is signed in.
import { session } from '@/api/client';
import { unread } from '@/features/notifications/unread.svelte';
import { feed } from '@/features/posts/feed.svelte';
import { pending } from '@/features/posts/pending.svelte';
import { posts } from '@/features/posts/posts.svelte';
import { me } from '@/features/users/me.svelte';
import { changes } from '@/realtime/changes.svelte';
import { live } from '@/realtime/live';
import type { LiveEvent } from '@/realtime/protocol';
import { type Wish, wishesOf } from '@/realtime/reducer';
import { notices } from './notices.svelte';

/** The access cookie is renewed this long before it ends, since pictures cannot do it themselves. */
const RENEW_SECONDS = 120;
const RENEW_CHECK_MS = 30_000;
/** Above this many pixels from the top, new photos are pointed out. */
const NEAR_TOP = 300;

async function fetchPost(id: string): Promise<void> {
  await posts.refresh(id);
  if (feed.insert(id)) {
    const author = posts.get(id)?.author;
    if (author && author.user_id !== me.id) {
      notices.announce(`New photo from ${author.display_name}`);
      if (scrollY > NEAR_TOP) feed.arrived = [...feed.arrived, id];
    }
  }
  if (posts.get(id)?.processing === false) pending.remove(id);
}

async function notificationsChanged(): Promise<void> {
  const before = unread.count;
  changes.notifications += 1;
  await unread.load();
  live.acknowledge();
  if (unread.count > before)
    notices.announce(unread.count === 1 ? 'One new notification' : `${unread.count} new notifications`);
}

function reload(what: 'feed' | 'friends' | 'notifications'): void {
  if (what === 'feed') live.reload('feed');
  else if (what === 'friends') changes.friends += 1;
  else void notificationsChanged().catch(() => {});
}

function carryOut(wish: Wish): void {
  switch (wish.do) {
    case 'fetch-post':
      return void fetchPost(wish.id).catch(() => live.reload('feed'));
    case 'drop-post':
      return posts.drop(wish.id);
    case 'fail-post':
      return void pending.fail(wish.id);
    case 'drop-author':
      return posts.dropAuthor(wish.id);
    case 'reload':
      return reload(wish.what);
    case 'check-session':
      return void me.load();
  }
}

const apply = (event: LiveEvent): void => wishesOf(event).forEach(carryOut);

/** Follows the person's own channel and the feed, and keeps the session fresh while somebody looks. */
export function startLive(): void {
  pending.onReady = fetchPost;
  live.follow('me', {
    load: async () => {
      changes.friends += 1;
      changes.notifications += 1;
      await unread.load();
    },
    apply,
  });
  live.follow('feed', { load: () => feed.load(), apply });
  live.start();
  pending.start();

  const looking = () => document.visibilityState === 'visible';
  const freshen = () => void session.ensureFresh(RENEW_SECONDS).catch(() => {});
  session.adopt();
  setInterval(() => looking() && freshen(), RENEW_CHECK_MS);
  document.addEventListener('visibilitychange', () => {
    if (!looking()) return;
    freshen();
    live.wake();
  });
  addEventListener('online', () => live.wake());
}
