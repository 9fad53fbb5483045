import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Connection, type ConnectionPorts, type Follower, type Socket } from '@/realtime/connection';
import type { LiveEvent } from '@/realtime/protocol';

class FakeSocket implements Socket {
  sent: { type: string; channel?: string; after?: string }[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  send(data: string): void {
    this.sent.push(JSON.parse(data));
  }
  close(): void {
    this.closed = true;
  }
  opens(): void {
    this.onopen?.();
  }
  says(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  breaks(code = 1006): void {
    this.onclose?.({ code });
  }
}

/** A follower whose loads end when the test says so. */
class Reader implements Follower {
  log: string[] = [];
  hide = 0;
  #finish: (() => void)[] = [];
  load = (): Promise<void> => {
    this.log.push('load');
    return new Promise((resolve) => this.#finish.push(resolve));
  };
  apply = (event: LiveEvent): void => void this.log.push(event.kind);
  hidden = (): void => void (this.hide += 1);
  async loaded(): Promise<void> {
    this.#finish.splice(0).forEach((finish) => finish());
    await vi.advanceTimersByTimeAsync(0);
  }
}

let sockets: FakeSocket[];
let visible: boolean;
let ports: ConnectionPorts;
let connection: Connection;
const last = (): FakeSocket => sockets.at(-1)!;
const event = (kind: string, cursor: string, channel = 'feed') => ({ type: 'event', channel, cursor, event: { kind } });

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  visible = true;
  ports = {
    open: () => {
      sockets.push(new FakeSocket());
      return last();
    },
    beforeOpen: () => Promise.resolve(),
    checkSession: vi.fn(() => Promise.resolve()),
    visible: () => visible,
    random: () => 1,
  };
  connection = new Connection(ports);
});
afterEach(() => {
  connection.stop();
  vi.useRealTimers();
});

async function connected(reader: Follower): Promise<void> {
  connection.follow('feed', reader);
  connection.start();
  await vi.advanceTimersByTimeAsync(0);
  last().opens();
}

describe('Connection', () => {
  it('subscribes first, then loads, then applies what came meanwhile', async () => {
    const reader = new Reader();
    await connected(reader);
    expect(last().sent).toEqual([{ type: 'subscribe', channel: 'feed' }]);
    expect(reader.log).toEqual([]);
    last().says({ type: 'subscribed', channel: 'feed', cursor: 'c1' });
    last().says(event('post.ready', 'c2'));
    expect(reader.log).toEqual(['load']);
    await reader.loaded();
    expect(reader.log).toEqual(['load', 'post.ready']);
    expect(connection.cursor).toBe('c2');
  });

  it('resumes each channel after its own last event, without loading again', async () => {
    const reader = new Reader();
    const own = new Reader();
    connection.follow('me', own);
    await connected(reader);
    last().says({ type: 'subscribed', channel: 'me', cursor: 'c1' });
    last().says({ type: 'subscribed', channel: 'feed', cursor: 'c1' });
    await reader.loaded();
    await own.loaded();
    last().says(event('post.ready', 'c5'));
    last().breaks();
    await vi.advanceTimersByTimeAsync(1_000);
    last().opens();
    expect(last().sent).toEqual([
      { type: 'subscribe', channel: 'me', after: 'c1' },
      { type: 'subscribe', channel: 'feed', after: 'c5' },
    ]);
    last().says({ type: 'subscribed', channel: 'feed', cursor: 'c9' });
    last().says(event('post.updated', 'c8'));
    expect(reader.log).toEqual(['load', 'post.ready', 'post.updated']);
  });

  it('does not skip a replay that was cut off', async () => {
    const reader = new Reader();
    await connected(reader);
    last().says({ type: 'subscribed', channel: 'feed', cursor: 'c1' });
    await reader.loaded();
    last().breaks();
    await vi.advanceTimersByTimeAsync(1_000);
    last().opens();
    last().says({ type: 'subscribed', channel: 'feed', cursor: 'c9' });
    last().breaks();
    await vi.advanceTimersByTimeAsync(2_000);
    last().opens();
    expect(last().sent).toEqual([{ type: 'subscribe', channel: 'feed', after: 'c1' }]);
  });

  it('loads again when told to resync', async () => {
    const reader = new Reader();
    await connected(reader);
    last().says({ type: 'subscribed', channel: 'feed', cursor: 'c1' });
    await reader.loaded();
    last().says({ type: 'resync', channel: 'feed' });
    last().says(event('post.ready', 'c7'));
    await reader.loaded();
    expect(reader.log).toEqual(['load', 'load', 'post.ready']);
  });

  it('starts a channel from a given cursor without a load', async () => {
    const reader = new Reader();
    await connected(new Reader());
    connection.follow('post:p1', reader, 'c3');
    expect(last().sent.at(-1)).toEqual({ type: 'subscribe', channel: 'post:p1', after: 'c3' });
    last().says({ type: 'subscribed', channel: 'post:p1', cursor: 'c9' });
    last().says(event('comment.created', 'c10', 'post:p1'));
    expect(reader.log).toEqual(['comment.created']);
  });

  it('shares one subscription and ends it with the last follower', async () => {
    const [one, two] = [new Reader(), new Reader()];
    await connected(one);
    const stop = connection.follow('feed', two);
    expect(last().sent).toHaveLength(1);
    stop();
    expect(last().sent).toHaveLength(1);
  });

  it('does not keep the person waiting for a socket that does not come', async () => {
    const reader = new Reader();
    connection.follow('feed', reader);
    connection.start();
    await vi.advanceTimersByTimeAsync(1_500);
    expect(reader.log).toEqual(['load']);
  });

  it('loads at intervals while the socket is away and somebody looks', async () => {
    const reader = new Reader();
    await connected(reader);
    last().says({ type: 'subscribed', channel: 'feed', cursor: 'c1' });
    await reader.loaded();
    ports.open = () => new FakeSocket();
    last().breaks();
    visible = false;
    await vi.advanceTimersByTimeAsync(30_000);
    expect(reader.log).toEqual(['load']);
    visible = true;
    await vi.advanceTimersByTimeAsync(15_000);
    expect(reader.log).toEqual(['load', 'load']);
  });

  it('waits longer after each failure, and not at all when the network is back', async () => {
    connection.follow('feed', new Reader());
    connection.start();
    await vi.advanceTimersByTimeAsync(0);
    for (const wait of [1_000, 2_000, 4_000]) {
      const before = sockets.length;
      last().breaks();
      await vi.advanceTimersByTimeAsync(wait - 1);
      expect(sockets).toHaveLength(before);
      await vi.advanceTimersByTimeAsync(1);
      expect(sockets).toHaveLength(before + 1);
    }
    last().breaks();
    connection.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(sockets).toHaveLength(5);
  });

  it('asks whether the session still stands when the server refuses', async () => {
    await connected(new Reader());
    last().breaks(4403);
    expect(ports.checkSession).toHaveBeenCalledOnce();
  });

  it('leaves a connection that answers no ping', async () => {
    await connected(new Reader());
    const first = last();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(first.sent.at(-1)).toEqual({ type: 'ping' });
    await vi.advanceTimersByTimeAsync(11_500);
    expect(first.closed).toBe(true);
    expect(sockets).toHaveLength(2);
  });

  it('tells the follower of a channel that is hidden', async () => {
    const reader = new Reader();
    await connected(new Reader());
    connection.follow('post:p1', reader);
    last().says({ type: 'error', channel: 'post:p1', problem: { status: 404 } });
    expect(reader.hide).toBe(1);
  });

  it('goes on by loading where a channel cannot be followed for another reason', async () => {
    const reader = new Reader();
    await connected(reader);
    last().says({ type: 'subscribed', channel: 'feed', cursor: 'c1' });
    await reader.loaded();
    last().says({ type: 'error', channel: 'feed', problem: { status: 503 } });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(reader.log).toEqual(['load', 'load']);
    expect(reader.hide).toBe(0);
  });

  it('ignores frames that make no sense', async () => {
    const reader = new Reader();
    await connected(reader);
    last().onmessage?.({ data: 'not json' });
    last().onmessage?.({ data: new ArrayBuffer(4) });
    last().says({ type: 'event', channel: 'feed' });
    last().says({ type: 'surprise' });
    expect(reader.log).toEqual([]);
  });
});
