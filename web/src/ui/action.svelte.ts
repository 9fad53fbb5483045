// One thing a person does: busy while it runs, its error afterwards. Forms keep what was typed whatever happens.
import { untrack } from 'svelte';

export class Action {
  busy = $state(false);
  error = $state.raw<unknown>(null);

  /** Runs unless already running; true if it went well. An effect that starts it does not start it again when it has ended. */
  async run(job: () => Promise<unknown>): Promise<boolean> {
    if (untrack(() => this.busy)) return false;
    this.busy = true;
    this.error = null;
    try {
      await job();
      return true;
    } catch (error) {
      this.error = error;
      return false;
    } finally {
      this.busy = false;
    }
  }
}
