import { describe, expect, it } from 'vitest';
import { backoff } from '@/realtime/backoff';
import { Coalesce } from '@/realtime/coalesce';
import { wishesOf } from '@/realtime/reducer';

describe('wishesOf', () => {
  it('takes a removed post away at once and asks nothing', () => {
    expect(wishesOf({ kind: 'post.removed', post_id: 'p', author_id: 'a' })).toEqual([{ do: 'drop-post', id: 'p' }]);
  });

  it.each(['post.ready', 'post.updated'])('%s fetches what one may see', (kind) => {
    expect(wishesOf({ kind, post_id: 'p' })).toEqual([{ do: 'fetch-post', id: 'p' }]);
  });

  it('drops everything of a former friend before asking', () => {
    const [first, ...rest] = wishesOf({ kind: 'friend.removed', friendship_id: 'f', user_id: 'u' });
    expect(first).toEqual({ do: 'drop-author', id: 'u' });
    expect(rest).toContainEqual({ do: 'reload', what: 'feed' });
  });

  it('names the writer of a comment', () => {
    expect(wishesOf({ kind: 'comment.created', comment_id: 'c', post_id: 'p', author_id: 'a' })).toEqual([
      { do: 'fetch-comment', id: 'c', by: 'a' },
    ]);
  });

  it('ignores kinds of a newer server', () => {
    expect(wishesOf({ kind: 'post.applauded', post_id: 'p' })).toEqual([]);
  });
});

describe('Coalesce', () => {
  it('runs once more for any number of wishes during a run', async () => {
    const coalesce = new Coalesce();
    const finish: (() => void)[] = [];
    let runs = 0;
    const job = () => {
      runs += 1;
      return new Promise<void>((resolve) => finish.push(resolve));
    };
    const all = Promise.all([coalesce.run('k', job), coalesce.run('k', job), coalesce.run('k', job)]);
    expect(runs).toBe(1);
    finish.shift()!();
    await Promise.resolve();
    await Promise.resolve();
    expect(runs).toBe(2);
    finish.shift()!();
    await all;
    expect(runs).toBe(2);
    expect(coalesce.busy('k')).toBe(false);
  });

  it('can run again after a failure', async () => {
    const coalesce = new Coalesce();
    await expect(coalesce.run('k', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    await expect(coalesce.run('k', () => Promise.resolve())).resolves.toBeUndefined();
  });
});

describe('backoff', () => {
  it('doubles up to half a minute, half of it by chance', () => {
    expect([0, 1, 2, 3].map((attempt) => backoff(attempt, 1))).toEqual([1000, 2000, 4000, 8000]);
    expect(backoff(0, 0)).toBe(500);
    expect(backoff(50, 1)).toBe(30_000);
  });
});
