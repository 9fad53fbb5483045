// Keeps the cookie session alive. Owns the anti-forgery header, the one refresh shared by all tabs and the retry after a 401.
// Never reads a token (cookies are out of reach of scripts) and never decides that a person is signed out unless the server says so.
import { problemFrom, Unreachable } from './problem';

export interface Locks {
  request<T>(name: string, run: () => Promise<T>): Promise<T>;
}
export interface Shared {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}
export interface SessionPorts {
  fetch: (request: Request) => Promise<Response>;
  /** Absent where the browser has no Web Locks; the server then bridges two refreshes within ten seconds. */
  locks: Locks | undefined;
  /** Shared by the tabs of this browser. */
  shared: Shared;
  now: () => number;
  /** Absolute address of the refresh endpoint. */
  refreshUrl: string;
}

const LOCK = 'kith.refresh';
const UNTIL = 'kith.access-until';
const REFRESHED = 'kith.refreshed-at';
const REFRESH_TIMEOUT_MS = 15_000;
const UNSAFE = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
/** What is asked without a session: a refusal there says nothing about one. */
const WITHOUT_SESSION = /^\/v1\/auth\/(?!step-up\/|passkeys\/register\/|oidc\/)/;

type Outcome = 'fresh' | 'ended' | Response;

export class SessionKeeper {
  /** Called once the server has said that there is no session any more. */
  onEnded: () => void = () => {};
  #running: Promise<Outcome> | null = null;

  constructor(private readonly ports: SessionPorts) {}

  /** Sends one API request; refreshes the session and sends it again after a 401. */
  async send(request: Request): Promise<Response> {
    if (UNSAFE.has(request.method)) request.headers.set('X-Kith-CSRF', '1');
    const again = request.clone();
    const began = this.ports.now();
    const response = await this.#fetch(request);
    if (response.status !== 401 || WITHOUT_SESSION.test(new URL(request.url).pathname)) return response;
    // What was shown is wrong, such as a password: showing it twice would cost a second try.
    if (await isProblem(response, 'credentials-wrong')) return response;

    const outcome = await this.#refresh(() => this.#stamp(REFRESHED) >= began);
    if (outcome === 'fresh') return this.#fetch(again);
    if (outcome !== 'ended') return outcome;
    this.onEnded();
    return response;
  }

  /** Remembers until when the access cookie serves; every sign-in and refresh tells. */
  remember(expiresInSeconds: number): void {
    const now = this.ports.now();
    this.ports.shared.setItem(UNTIL, String(now + expiresInSeconds * 1000));
    this.ports.shared.setItem(REFRESHED, String(now));
  }

  forget(): void {
    this.ports.shared.removeItem(UNTIL);
    this.ports.shared.removeItem(REFRESHED);
  }

  /** Takes over a session that began outside of this client, such as on the way back from another service: its end is not known, so it is near. */
  adopt(): void {
    if (this.#stamp(UNTIL) === 0) this.ports.shared.setItem(UNTIL, String(this.ports.now()));
  }

  /** Refreshes if the access cookie has less than `seconds` left: images are loaded by the browser and cannot retry. */
  async ensureFresh(seconds: number): Promise<void> {
    const enough = () => this.#stamp(UNTIL) - this.ports.now() > seconds * 1000;
    if (this.#stamp(UNTIL) === 0 || enough()) return;
    const outcome = await this.#refresh(enough);
    if (outcome === 'ended') this.onEnded();
  }

  #stamp(key: string): number {
    return Number(this.ports.shared.getItem(key) ?? 0);
  }

  /** One refresh for all callers of this tab, and by the lock one for all tabs; `done` tells that another tab did it. */
  #refresh(done: () => boolean): Promise<Outcome> {
    this.#running ??= this.#locked(async () => (done() ? 'fresh' : this.#ask())).finally(() => (this.#running = null));
    return this.#running;
  }

  #locked(run: () => Promise<Outcome>): Promise<Outcome> {
    return this.ports.locks ? this.ports.locks.request(LOCK, run) : run();
  }

  async #ask(): Promise<Outcome> {
    const headers = { 'Content-Type': 'application/json', 'X-Kith-CSRF': '1' };
    // Bounded, since other tabs wait behind the lock.
    const signal = AbortSignal.timeout(REFRESH_TIMEOUT_MS);
    const response = await this.#fetch(
      new Request(this.ports.refreshUrl, { method: 'POST', headers, body: '{}', signal }),
    );
    if (response.ok) {
      const { expires_in } = (await response.json()) as { expires_in: number };
      this.remember(expires_in);
      return 'fresh';
    }
    if (response.status !== 401) return response;
    this.forget();
    return 'ended';
  }

  async #fetch(request: Request): Promise<Response> {
    try {
      return await this.ports.fetch(request);
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
      throw new Unreachable('the server cannot be reached', { cause });
    }
  }
}

/** Whether an answer is a certain problem; the answer can still be read afterwards. */
export async function isProblem(response: Response, slug: string): Promise<boolean> {
  return problemFrom(
    await response
      .clone()
      .json()
      .catch(() => null),
    response,
  ).is(slug);
}

/** Throws the problem of an answer that is not a success. */
export async function throwProblem(response: Response): Promise<never> {
  throw problemFrom(await response.json().catch(() => null), response);
}
