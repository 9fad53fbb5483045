import { flushSync } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import { Action } from '@/ui/action.svelte';

describe('Action', () => {
  it('runs one thing at a time and keeps its error', async () => {
    const action = new Action();
    let end = (): void => {};
    const first = action.run(() => new Promise<void>((resolve) => (end = resolve)));
    expect(action.busy).toBe(true);
    expect(await action.run(async () => {})).toBe(false);
    end();
    expect(await first).toBe(true);
    expect(await action.run(() => Promise.reject(new Error('no')))).toBe(false);
    expect(action.error).toEqual(new Error('no'));
  });

  it('that an effect starts is started once', async () => {
    const action = new Action();
    const job = vi.fn(async () => {});
    const stop = $effect.root(() => {
      $effect(() => void action.run(job));
    });
    for (let turn = 0; turn < 5; turn += 1) {
      flushSync();
      await Promise.resolve();
      await Promise.resolve();
    }
    expect(action.busy).toBe(false);
    expect(job).toHaveBeenCalledOnce();
    stop();
  });
});
