// A switch whose change has to be asked for. Owns what it shows meanwhile: what was chosen last, and the truth once the answer is there.
import { Action } from '@/ui/action.svelte';

export class AskedSwitch {
  readonly asking = new Action();
  #chosen = $state<boolean | null>(null);

  constructor(private readonly truth: () => boolean) {}

  get on(): boolean {
    return this.#chosen ?? this.truth();
  }

  /** Asks for the change, unless one is being asked for: what is shown stays what was asked for. */
  async change(to: boolean, ask: (to: boolean) => Promise<unknown>): Promise<void> {
    if (this.asking.busy) return;
    this.#chosen = to;
    try {
      await this.asking.run(() => ask(to));
    } finally {
      this.#chosen = null;
    }
  }
}
