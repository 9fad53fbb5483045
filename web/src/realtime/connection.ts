// One WebSocket for the whole client. Owns subscribing before loading, resuming by cursor, coming back after a loss and, while the socket is
// away, loading again at intervals. Knows channels and cursors; what an event means is for those who follow.
import { backoff } from './backoff';
import { Coalesce } from './coalesce';
import {
  type Channel,
  type ClientFrame,
  CLOSED_NOT_AUTHENTICATED,
  CLOSED_REVOKED,
  type LiveEvent,
  parseFrame,
} from './protocol';

export interface Follower {
  /** Gets everything anew. Called once the channel is subscribed, after a gap, and at intervals while the socket is away. */
  load(): Promise<void>;
  /** Applies one event; those that arrive during `load` are applied after it. */
  apply(event: LiveEvent): void;
  /** The channel is hidden from this person. */
  hidden?(): void;
}

export interface Socket {
  send(data: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((message: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
}

export interface ConnectionPorts {
  open(): Socket;
  /** Settles when the access cookie serves: a handshake cannot be tried again by the session keeper. */
  beforeOpen(): Promise<void>;
  /** The server closed for want of a session: asks whether there still is one. */
  checkSession(): Promise<void>;
  /** False while nobody looks at this tab. */
  visible(): boolean;
  random(): number;
}

const NOT_HERE = 404;
const PING_MS = 30_000;
const PONG_WAIT_MS = 10_000;
const POLL_MS = 15_000;
/** How long a first load waits for the subscription before it goes ahead without. */
const SUBSCRIBE_WAIT_MS = 1_500;

interface Following {
  followers: Set<Followed>;
  cursor: string | null;
  /** Whether the running subscription asked for a replay. */
  resumed: boolean;
  subscribed: boolean;
}

class Followed {
  #loading = new Coalesce();
  #waiting: LiveEvent[] = [];
  stale = true;

  constructor(readonly follower: Follower) {}

  deliver(event: LiveEvent): void {
    if (this.#loading.busy('')) this.#waiting.push(event);
    else this.follower.apply(event);
  }

  async load(): Promise<void> {
    this.stale = true;
    try {
      await this.#loading.run('', () => this.follower.load());
      this.stale = false;
    } catch {
      // The follower shows its own error; the next interval tries again.
    }
    for (const event of this.#waiting.splice(0)) this.follower.apply(event);
  }
}

export class Connection {
  /** The newest cursor seen on any channel: whatever is fetched from now on includes everything up to it. */
  cursor: string | null = null;
  onState: (connected: boolean) => void = () => {};

  #channels = new Map<Channel, Following>();
  #socket: Socket | null = null;
  #open = false;
  #started = false;
  #attempt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #ping: ReturnType<typeof setInterval> | undefined;
  #pong: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly ports: ConnectionPorts) {}

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#poll = setInterval(() => this.#loadStale(), POLL_MS);
    void this.#connect();
  }

  stop(): void {
    this.#started = false;
    clearTimeout(this.#retry);
    clearInterval(this.#poll);
    this.#socket?.close();
    this.#lost();
  }

  /** Follows a channel; with `after`, replays from that cursor in place of a first load. The answer ends it. */
  follow(channel: Channel, follower: Follower, after: string | null = null): () => void {
    const followed = new Followed(follower);
    let following = this.#channels.get(channel);
    if (following) {
      following.followers.add(followed);
      void followed.load();
    } else {
      following = { followers: new Set([followed]), cursor: after, resumed: false, subscribed: false };
      this.#channels.set(channel, following);
      if (after !== null) followed.stale = false;
      else setTimeout(() => this.#loadIfWaiting(channel, followed), SUBSCRIBE_WAIT_MS);
      if (this.#open) this.#subscribe(channel, following);
    }
    return () => this.#leave(channel, followed);
  }

  /** Loads all that is followed again, such as after the tab was away for long. */
  reload(channel: Channel): void {
    this.#channels.get(channel)?.followers.forEach((followed) => void followed.load());
  }

  /** Tells the server that notifications up to the newest cursor have arrived here. */
  acknowledge(): void {
    if (this.#open && this.cursor !== null) this.#send({ type: 'ack', cursor: this.cursor });
  }

  /** Tries at once, when the network or the person is back; a connection that slept through is found out by a ping. */
  wake(): void {
    if (this.#open) return this.#sendPing();
    if (!this.#started || this.#socket) return;
    clearTimeout(this.#retry);
    this.#attempt = 0;
    void this.#connect();
  }

  #leave(channel: Channel, followed: Followed): void {
    const following = this.#channels.get(channel);
    following?.followers.delete(followed);
    if (following?.followers.size !== 0) return;
    this.#channels.delete(channel);
    if (this.#open) this.#send({ type: 'unsubscribe', channel });
  }

  async #connect(): Promise<void> {
    clearTimeout(this.#retry);
    await this.ports.beforeOpen().catch(() => {});
    if (!this.#started || this.#socket) return;
    const socket = this.ports.open();
    this.#socket = socket;
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => this.#received(data);
    socket.onclose = ({ code }) => this.#closed(socket, code);
  }

  #opened(): void {
    this.#open = true;
    this.#ping = setInterval(() => this.#sendPing(), PING_MS);
    for (const [channel, following] of this.#channels) this.#subscribe(channel, following);
  }

  #closed(socket: Socket, code: number): void {
    if (this.#socket !== socket) return;
    const refused = !this.#open || code === CLOSED_NOT_AUTHENTICATED || code === CLOSED_REVOKED;
    this.#lost();
    if (!this.#started) return;
    // A refused handshake looks like any other failure here, so the session is asked about over HTTP.
    if (refused) void this.ports.checkSession().catch(() => {});
    this.#retry = setTimeout(() => void this.#connect(), backoff(this.#attempt++, this.ports.random()));
  }

  #lost(): void {
    clearInterval(this.#ping);
    clearTimeout(this.#pong);
    this.#socket = null;
    this.#open = false;
    for (const following of this.#channels.values()) following.subscribed = false;
    this.onState(false);
  }

  #subscribe(channel: Channel, following: Following): void {
    following.resumed = following.cursor !== null;
    this.#send(
      following.cursor === null
        ? { type: 'subscribe', channel }
        : { type: 'subscribe', channel, after: following.cursor },
    );
  }

  #send(frame: ClientFrame): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  #sendPing(): void {
    this.#send({ type: 'ping' });
    clearTimeout(this.#pong);
    this.#pong = setTimeout(() => {
      const socket = this.#socket;
      if (!socket) return;
      socket.close();
      this.#closed(socket, 0);
    }, PONG_WAIT_MS);
  }

  #received(data: unknown): void {
    clearTimeout(this.#pong);
    const frame = parseFrame(data);
    if (!frame || frame.type === 'pong' || !('channel' in frame) || frame.channel === undefined) return;
    const following = this.#channels.get(frame.channel);
    if (!following) return;
    switch (frame.type) {
      case 'subscribed':
        return this.#subscribed(following, frame.cursor);
      case 'resync':
        following.cursor = null;
        return this.#loadAll(following);
      case 'error':
        following.subscribed = false;
        if (frame.problem.status === NOT_HERE) following.followers.forEach(({ follower }) => follower.hidden?.());
        return;
      case 'event':
        following.cursor = this.cursor = frame.cursor;
        following.followers.forEach((followed) => followed.deliver(frame.event));
    }
  }

  #subscribed(following: Following, cursor: string): void {
    this.#attempt = 0;
    following.subscribed = true;
    this.onState(true);
    // A resumed channel is replayed from its own cursor: until the replay has arrived, the newest one would skip it.
    if (following.resumed) return;
    following.cursor = this.cursor = cursor;
    this.#loadAll(following);
  }

  #loadAll(following: Following): void {
    following.followers.forEach((followed) => void followed.load());
  }

  #loadIfWaiting(channel: Channel, followed: Followed): void {
    const following = this.#channels.get(channel);
    if (following?.followers.has(followed) && !following.subscribed && followed.stale) void followed.load();
  }

  #loadStale(): void {
    if (!this.ports.visible()) return;
    for (const { subscribed, followers } of this.#channels.values()) {
      for (const followed of followers) if (!subscribed || followed.stale) void followed.load();
    }
  }
}
