// The ways into my account, as far as this tab knows. Shared by the screen that lists them and the question whether it is still me.
import type { WaysIn } from '@/api/types';
import { Action } from '@/ui/action.svelte';
import { getWaysIn } from './api';

class Ways {
  value = $state.raw<WaysIn | null>(null);
  readonly loading = new Action();

  load(): Promise<boolean> {
    return this.loading.run(async () => {
      this.value = await getWaysIn();
    });
  }

  /** The lock was set or taken off: so it is, without asking again. */
  locked(registration_lock: boolean): void {
    if (this.value) this.value = { ...this.value, registration_lock };
  }
}

export const ways = new Ways();
