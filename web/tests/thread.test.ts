import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '@/api/problem';
import type { Comment } from '@/api/types';

/** The server's side of one conversation. */
const server = vi.hoisted(() => ({
  comments: [] as Comment[],
  pageSize: 50,
  /** Answers wait for these, in order, where a test holds them back. */
  gates: [] as Promise<void>[],
  keys: [] as string[],
  failures: 0,
}));

vi.mock('@/api/client', () => ({ onceKey: () => `key-${Math.random()}` }));
vi.mock('@/features/comments/api', () => ({
  getComments: async (_post: string, cursor = '0') => {
    const from = Number(cursor);
    const items = server.comments.slice(from, from + server.pageSize);
    await server.gates.shift();
    return { items, next_cursor: from + server.pageSize < server.comments.length ? `${from + server.pageSize}` : null };
  },
  getComment: async (id: string) => {
    const comment = server.comments.find((item) => item.comment_id === id);
    await server.gates.shift();
    if (!comment) throw new ApiProblem(404, 'not-found', '');
    return { data: comment, etag: '"1.x"' };
  },
  createComment: async (_post: string, content: string, once: string) => {
    server.keys.push(once);
    await server.gates.shift();
    if (server.failures-- > 0) throw new ApiProblem(503, 'unavailable', '');
    return written(content, 'me');
  },
}));

const { Thread } = await import('@/features/comments/thread.svelte');

function written(content: string, by: string, version = 1): Comment {
  const number = server.comments.length + 1;
  const comment: Comment = {
    comment_id: `c${String(number).padStart(4, '0')}`,
    version,
    post_id: 'p',
    author: { user_id: by, username: by, display_name: by, profile_picture: null },
    content,
    commented_at: new Date(1.7e12 + number * 1000).toISOString(),
    status: 'active',
    created_at: '',
    updated_at: '',
  };
  server.comments.push(comment);
  return comment;
}

function gate(): () => void {
  let open = () => {};
  server.gates.push(new Promise((resolve) => (open = resolve)));
  return open;
}

let thread: InstanceType<typeof Thread>;
const shown = () => thread.items.map((comment) => comment.content);

beforeEach(() => {
  Object.assign(server, { comments: [], pageSize: 50, gates: [], keys: [], failures: 0 });
  thread = new Thread('p', 'me');
});

describe('Thread', () => {
  it('shows what somebody else wrote, once, and tells of it', async () => {
    const told: string[] = [];
    thread.onArrival = (comment) => told.push(comment.content);
    await thread.load();
    const hello = written('hello', 'ben');
    await Promise.all([thread.fetch(hello.comment_id, 'ben'), thread.fetch(hello.comment_id, 'ben')]);
    expect(shown()).toEqual(['hello']);
    expect(told).toEqual(['hello']);
  });

  it('shows my own comment once, though its event comes before its answer', async () => {
    await thread.load();
    const open = gate();
    const sending = thread.send('mine');
    open();
    const early = thread.fetch('c0001', 'me');
    await Promise.all([sending, early]);
    expect(shown()).toEqual(['mine']);
  });

  it('shows what I wrote in another tab while one is being sent here', async () => {
    await thread.load();
    const elsewhere = written('from the other tab', 'me');
    const open = gate();
    const sending = thread.send('from here');
    await thread.fetch(elsewhere.comment_id, 'me');
    expect(shown()).toEqual([]);
    open();
    await sending;
    await vi.waitFor(() => expect(shown()).toEqual(['from the other tab', 'from here']));
  });

  it('sends the same words again under the same key, other words under another', async () => {
    server.failures = 1;
    await expect(thread.send('once')).rejects.toThrow();
    await thread.send('once');
    await thread.send('twice');
    expect(server.keys[0]).toBe(server.keys[1]);
    expect(server.keys[2]).not.toBe(server.keys[1]);
  });

  it('keeps a removed comment away from an answer that was under way', async () => {
    const comment = written('gone soon', 'ben');
    await thread.load();
    const open = gate();
    const fetching = thread.fetch(comment.comment_id, 'ben');
    thread.drop(comment.comment_id);
    open();
    await fetching;
    expect(shown()).toEqual([]);
  });

  it('drops a comment that is not here any more', async () => {
    const comment = written('hidden', 'ben');
    await thread.load();
    server.comments = [];
    await thread.fetch(comment.comment_id, 'ben');
    expect(shown()).toEqual([]);
  });

  it('ignores an older version that comes late', async () => {
    const comment = written('new words', 'ben', 2);
    await thread.load();
    thread.take({ ...comment, content: 'old words', version: 1 });
    expect(shown()).toEqual(['new words']);
  });

  it('leaves later pages alone until I write, then has everything up to my words', async () => {
    server.pageSize = 2;
    for (let number = 1; number <= 12; number++) written(`${number}`, 'ben');
    await thread.load();
    expect(shown()).toHaveLength(8);
    const late = written('13', 'ben');
    await thread.fetch(late.comment_id, 'ben');
    expect(shown()).toHaveLength(8);
    await thread.send('mine');
    expect(shown()).toEqual([...Array.from({ length: 13 }, (_, index) => `${index + 1}`), 'mine']);
  });
});
