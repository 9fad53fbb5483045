import { describe, expect, it } from 'vitest';
import { AskedSwitch } from '@/features/number/switch.svelte';

/** A switch over a truth that the server changes when it is asked to, or does not. */
function scene() {
  const asked: boolean[] = [];
  const answers: ((taken: boolean) => void)[] = [];
  let truth = false;
  const lock = new AskedSwitch(() => truth);
  const ask = (to: boolean) =>
    new Promise<void>((resolve, reject) => {
      asked.push(to);
      answers.push((taken) => {
        if (!taken) return reject(new Error('no'));
        truth = to;
        resolve();
      });
    });
  return { asked, answers, lock, change: (to: boolean) => lock.change(to, ask) };
}

describe('AskedSwitch', () => {
  it('shows what was chosen at once, and the truth afterwards', async () => {
    const { answers, lock, change } = scene();
    const changing = change(true);
    expect(lock.on).toBe(true);
    answers[0]?.(true);
    await changing;
    expect(lock.on).toBe(true);
  });

  it('goes back if the change was refused, and says why', async () => {
    const { answers, lock, change } = scene();
    const changing = change(true);
    answers[0]?.(false);
    await changing;
    expect(lock.on).toBe(false);
    expect(lock.asking.error).toEqual(new Error('no'));
  });

  it('is not moved by a second choice while the first is asked for', async () => {
    const { asked, answers, lock, change } = scene();
    const changing = change(true);
    await change(false);
    expect(lock.on).toBe(true);
    answers[0]?.(true);
    await changing;
    expect(lock.on).toBe(true);
    expect(asked).toEqual([true]);
  });
});
