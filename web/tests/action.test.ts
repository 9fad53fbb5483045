import { describe, expect, it } from 'vitest';
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
});
