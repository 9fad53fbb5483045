// How many notifications wait. Owns the number on the bell and in the tab's title.
import { Coalesce } from '@/realtime/coalesce';
import { getUnreadCount } from './api';

class Unread {
  count = $state(0);
  readonly #loading = new Coalesce();

  /** Asks the server; rejects if it cannot be reached. */
  load(): Promise<void> {
    return this.#loading.run('', async () => {
      this.count = await getUnreadCount();
    });
  }
}

export const unread = new Unread();
