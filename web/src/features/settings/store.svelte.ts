// My settings as the screen shows them. Owns saving one change at a time against what is there now.
import { ApiProblem } from '@/api/problem';
import type { Settings, SettingsPatch } from '@/api/types';
import { Action } from '@/ui/action.svelte';
import { changeSettings, getSettings } from './api';

export class SettingsStore {
  value = $state.raw<Settings | null>(null);
  /** Grows when a change was not saved: the controls are drawn anew, as the settings still are. */
  failures = $state(0);
  readonly loading = new Action();
  readonly saving = new Action();
  #etag = '';

  load(): Promise<boolean> {
    return this.loading.run(() => this.#get());
  }

  /** Saves one change. If the settings were changed elsewhere meanwhile, shows those and saves this change on top of them. */
  async change(patch: SettingsPatch): Promise<void> {
    const done = await this.saving.run(async () => {
      try {
        await this.#save(patch);
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status !== 412) throw error;
        await this.#get();
        await this.#save(patch);
      }
    });
    if (!done) this.failures += 1;
  }

  async #save(patch: SettingsPatch): Promise<void> {
    this.value = await changeSettings(this.#etag, patch);
    await this.#get();
  }

  async #get(): Promise<void> {
    const { data, etag } = await getSettings();
    this.value = data;
    this.#etag = etag;
  }
}
