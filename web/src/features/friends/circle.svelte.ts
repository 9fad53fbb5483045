// My friends and open requests, all of them, held once for every screen. Loaded when first needed and again whenever a friendship changes.
import type { Friendship, Page } from '@/api/types';
import { Coalesce } from '@/realtime/coalesce';
import { getFriends, getRequests } from './api';

export type Relation = 'friend' | 'incoming' | 'outgoing' | 'none';

async function every<T>(fetchPage: (cursor?: string) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await fetchPage(cursor);
    items.push(...page.items);
    cursor = page.next_cursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

class Circle {
  friends = $state.raw<Friendship[]>([]);
  incoming = $state.raw<Friendship[]>([]);
  outgoing = $state.raw<Friendship[]>([]);
  loaded = $state(false);
  error = $state.raw<unknown>(null);
  readonly #loading = new Coalesce();

  /** Friends by name, as lists for people show them. */
  byName: Friendship[] = $derived(
    [...this.friends].sort((a, b) => a.user.display_name.localeCompare(b.user.display_name)),
  );

  /** Never rejects; the error stands beside what was known before. */
  async load(): Promise<void> {
    try {
      await this.#loading.run('', async () => {
        const [friends, incoming, outgoing] = await Promise.all([
          every(getFriends),
          every((cursor) => getRequests('incoming', cursor)),
          every((cursor) => getRequests('outgoing', cursor)),
        ]);
        this.friends = friends;
        this.incoming = incoming;
        this.outgoing = outgoing;
        this.loaded = true;
        this.error = null;
      });
    } catch (error) {
      this.error = error;
    }
  }

  relation(userId: string): { is: Relation; friendship: Friendship | undefined } {
    const find = (list: Friendship[]) => list.find(({ user }) => user.user_id === userId);
    const friend = find(this.friends);
    if (friend) return { is: 'friend', friendship: friend };
    const incoming = find(this.incoming);
    if (incoming) return { is: 'incoming', friendship: incoming };
    const outgoing = find(this.outgoing);
    return { is: outgoing ? 'outgoing' : 'none', friendship: outgoing };
  }
}

export const circle = new Circle();
