import { describe, expect, it, vi } from 'vitest';
import { Unreachable } from '@/api/problem';
import { type Locks, SessionKeeper, type Shared } from '@/api/session';

/** One browser: storage and locks that its tabs share, and a server that knows one session. */
class Browser {
  readonly #values = new Map<string, string>();
  readonly shared: Shared = {
    getItem: (key) => this.#values.get(key) ?? null,
    setItem: (key, value) => void this.#values.set(key, value),
    removeItem: (key) => void this.#values.delete(key),
  };
  readonly locks: Locks = {
    request: <T>(_name: string, run: () => Promise<T>) => {
      const turn = this.#queue.then(run);
      this.#queue = turn.catch(() => {});
      return turn;
    },
  };
  #queue: Promise<unknown> = Promise.resolve();
  now = 1_000_000;
  accessValid = false;
  sessionAlive = true;
  refreshes = 0;
  refreshStatus = 200;
  seen: Request[] = [];

  tab(locks: Locks | undefined = this.locks): SessionKeeper {
    return new SessionKeeper({
      fetch: (request) => this.answer(request),
      locks,
      shared: this.shared,
      now: () => this.now,
      refreshUrl: 'https://kith.test/v1/auth/refresh',
    });
  }

  async answer(request: Request): Promise<Response> {
    this.seen.push(request);
    await Promise.resolve();
    if (new URL(request.url).pathname === '/v1/auth/refresh') {
      this.refreshes += 1;
      if (this.refreshStatus !== 200) return new Response('{}', { status: this.refreshStatus });
      if (!this.sessionAlive) return new Response('{}', { status: 401 });
      this.accessValid = true;
      this.now += 5;
      return Response.json({ expires_in: 600 });
    }
    return this.accessValid ? Response.json({ fine: await request.text() }) : new Response('{}', { status: 401 });
  }
}

const get = () => new Request('https://kith.test/v1/feed');
const post = () => new Request('https://kith.test/v1/posts', { method: 'POST', body: '{"caption":"hi"}' });

describe('SessionKeeper', () => {
  it('adds the anti-forgery header to unsafe requests only', async () => {
    const browser = new Browser();
    browser.accessValid = true;
    const tab = browser.tab();
    await tab.send(get());
    await tab.send(post());
    expect(browser.seen.map((request) => request.headers.get('x-kith-csrf'))).toEqual([null, '1']);
  });

  it('refreshes after a 401 and sends the same request again, body included', async () => {
    const browser = new Browser();
    const response = await browser.tab().send(post());
    expect(await response.json()).toEqual({ fine: '{"caption":"hi"}' });
    expect(browser.refreshes).toBe(1);
  });

  it('refreshes once for many requests of many tabs', async () => {
    const browser = new Browser();
    const tabs = [browser.tab(), browser.tab(), browser.tab()];
    const ended = vi.fn();
    tabs.forEach((tab) => (tab.onEnded = ended));
    const answers = await Promise.all(tabs.flatMap((tab) => [tab.send(get()), tab.send(get()), tab.send(post())]));
    expect(answers.map((answer) => answer.status)).toEqual(Array(9).fill(200));
    expect(browser.refreshes).toBe(1);
    expect(ended).not.toHaveBeenCalled();
  });

  it('refreshes once in one tab where the browser has no locks', async () => {
    const browser = new Browser();
    const tab = browser.tab(undefined);
    const answers = await Promise.all([tab.send(get()), tab.send(get())]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    expect(browser.refreshes).toBe(1);
  });

  it('says that the session has ended only when the server does', async () => {
    const browser = new Browser();
    const tab = browser.tab();
    tab.onEnded = vi.fn();
    browser.refreshStatus = 503;
    expect((await tab.send(get())).status).toBe(503);
    expect(tab.onEnded).not.toHaveBeenCalled();

    browser.refreshStatus = 200;
    browser.sessionAlive = false;
    expect((await tab.send(get())).status).toBe(401);
    expect(tab.onEnded).toHaveBeenCalledOnce();
  });

  it('does not refresh for a wrong code', async () => {
    const browser = new Browser();
    const response = await browser
      .tab()
      .send(new Request('https://kith.test/v1/auth/phone/verify', { method: 'POST' }));
    expect(response.status).toBe(401);
    expect(browser.refreshes).toBe(0);
  });

  it.each(['/v1/auth/step-up/verify', '/v1/auth/passkeys/register/start', '/v1/auth/oidc/google/start'])(
    'refreshes for %s, which is asked within a session',
    async (path) => {
      const browser = new Browser();
      const response = await browser.tab().send(new Request(`https://kith.test${path}`, { method: 'POST' }));
      expect(response.status).toBe(200);
      expect(browser.refreshes).toBe(1);
    },
  );

  it('shows a wrong password once only', async () => {
    const browser = new Browser();
    const tab = browser.tab();
    tab.onEnded = vi.fn();
    browser.answer = async (request) => {
      browser.seen.push(request);
      return Response.json({ type: '/problems/credentials-wrong' }, { status: 401 });
    };
    const response = await tab.send(new Request('https://kith.test/v1/me/password', { method: 'PUT', body: '{}' }));
    expect(await response.json()).toEqual({ type: '/problems/credentials-wrong' });
    expect(browser.seen).toHaveLength(1);
    expect(tab.onEnded).not.toHaveBeenCalled();
  });

  it('renews ahead of time, once for all tabs', async () => {
    const browser = new Browser();
    const [one, two] = [browser.tab(), browser.tab()];
    one.remember(100);
    await one.ensureFresh(60);
    expect(browser.refreshes).toBe(0);
    await Promise.all([one.ensureFresh(120), two.ensureFresh(120)]);
    expect(browser.refreshes).toBe(1);
  });

  it('does not renew where nobody has signed in', async () => {
    const browser = new Browser();
    await browser.tab().ensureFresh(120);
    expect(browser.refreshes).toBe(0);
  });

  it('renews a session that began on the way back from another service', async () => {
    const browser = new Browser();
    const tab = browser.tab();
    tab.adopt();
    await tab.ensureFresh(120);
    expect(browser.refreshes).toBe(1);
    tab.adopt();
    await tab.ensureFresh(120);
    expect(browser.refreshes).toBe(1);
  });

  it('tells a lost connection from an answer', async () => {
    const browser = new Browser();
    browser.answer = () => Promise.reject(new TypeError('failed to fetch'));
    await expect(browser.tab().send(get())).rejects.toBeInstanceOf(Unreachable);
  });
});
