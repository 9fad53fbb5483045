// A page of somebody else, open beside Kith in the same browser. It tries everything that a page can try to read or change something in the name of
// who is signed in, from two places: another site, to which browsers give no cookies, and a neighbour port of the same host, to which they do. (Cookies
// know no ports: the neighbour's server would get them. What is tried here is what its pages can do.)
import { createServer, type Server } from 'node:http';
import type { Page } from '@playwright/test';
import type { Person } from '../support/person';
import { expect, test } from '../support/story';

/** What pages try to get at. */
interface Target {
  kith: string;
  /** The address of a photo that the victim sees. */
  image: string;
  /** Somebody whom the victim could be made to ask for friendship. */
  stranger: string;
  session: string;
}

/** Runs in the hostile page; answers what it got, or null. */
type Attempt = (target: Target) => Promise<string | null>;

const READS: Record<string, Attempt> = {
  'fetch with cookies': ({ kith }) =>
    fetch(`${kith}/v1/me`, { credentials: 'include' }).then(
      (answer) => answer.text(),
      () => null,
    ),
  'fetch without CORS': async ({ kith }) => {
    const answer = await fetch(`${kith}/v1/me`, { credentials: 'include', mode: 'no-cors' }).catch(() => null);
    return (await answer?.text()) || null;
  },
  'fetch with the own header': ({ kith }) =>
    fetch(`${kith}/v1/me`, { credentials: 'include', headers: { 'X-Kith-CSRF': '1' } }).then(
      (answer) => answer.text(),
      () => null,
    ),
  'XMLHttpRequest with cookies': ({ kith }) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.withCredentials = true;
      request.onload = () => resolve(request.responseText);
      request.onerror = () => resolve(null);
      request.open('GET', `${kith}/v1/me`);
      request.send();
    }),
  'a picture': ({ image }) =>
    new Promise((resolve) => {
      const element = new Image();
      element.onload = () => resolve(`${element.naturalWidth} pixels wide`);
      element.onerror = () => resolve(null);
      element.src = image;
    }),
  'a picture drawn on a canvas': ({ image }) =>
    new Promise((resolve) => {
      const element = new Image();
      element.crossOrigin = 'use-credentials';
      element.onload = () => resolve('loaded');
      element.onerror = () => resolve(null);
      element.src = image;
    }),
  'a script': ({ kith }) =>
    new Promise((resolve) => {
      const element = document.createElement('script');
      element.onload = () => resolve('ran');
      element.onerror = () => resolve(null);
      element.src = `${kith}/v1/me`;
      document.head.append(element);
    }),
  'a style sheet': ({ kith }) =>
    new Promise((resolve) => {
      const element = document.createElement('link');
      element.rel = 'stylesheet';
      element.onload = () => resolve('applied');
      element.onerror = () => resolve(null);
      element.href = `${kith}/v1/me`;
      document.head.append(element);
    }),
  'a frame': ({ kith }) =>
    new Promise((resolve) => {
      const element = document.createElement('iframe');
      element.onload = () => {
        // Chromium shows a page of its own instead, which is nobody's to read.
        try {
          resolve(element.contentDocument?.body.innerText || element.contentWindow?.document.title || null);
        } catch {
          resolve(null);
        }
      };
      element.src = `${kith}/v1/me`;
      document.body.append(element);
    }),
  'an object': ({ kith }) =>
    new Promise((resolve) => {
      const element = document.createElement('object');
      element.onload = () => resolve(element.contentDocument?.body.innerText ?? null);
      element.onerror = () => resolve(null);
      element.data = `${kith}/v1/me`;
      document.body.append(element);
    }),
  'a window and messages': async ({ kith }) => {
    let heard: string | null = null;
    addEventListener('message', (event) => (heard = JSON.stringify(event.data)));
    const opened = open(`${kith}/v1/me`, 'victim');
    for (let look = 0; look < 20; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      try {
        opened?.postMessage('tell me', '*');
        const text = opened?.document.body?.innerText;
        if (text) return text;
      } catch {
        // Another origin's.
      }
    }
    opened?.close();
    return heard;
  },
  'a socket with cookies': ({ kith }) =>
    new Promise((resolve) => {
      let heard: string | null = null;
      const socket = new WebSocket(`${kith.replace('http', 'ws')}/v1/realtime`, 'kith.v1');
      socket.onopen = () => socket.send(JSON.stringify({ type: 'subscribe', channel: 'me', after: null }));
      socket.onmessage = (event) => {
        if (!/"error"/.test(String(event.data))) heard = String(event.data);
      };
      socket.onclose = () => resolve(heard);
    }),
  'an event source': ({ kith }) =>
    new Promise((resolve) => {
      const source = new EventSource(`${kith}/v1/me`, { withCredentials: true });
      source.onmessage = (event) => resolve(String(event.data));
      source.onerror = () => {
        source.close();
        resolve(null);
      };
    }),
};

/** Each answers when its request has been sent and answered, or refused. */
const WRITES: Record<string, Attempt> = {
  forms: async ({ kith, stranger }) => {
    const forms = [
      ['/v1/auth/logout', 'application/x-www-form-urlencoded', 'a', 'b'],
      ['/v1/auth/logout', 'text/plain', '{"a":"', '"}'],
      ['/v1/auth/refresh', 'text/plain', '{}', ''],
      ['/v1/friends/requests', 'text/plain', `{"user_id":"${stranger}","x":"`, '"}'],
      ['/v1/friends/requests', 'multipart/form-data', 'user_id', stranger],
      ['/v1/sessions?_method=DELETE', 'application/x-www-form-urlencoded', '_method', 'DELETE'],
      ['/v1/contacts/import?region=US', 'text/plain', 'BEGIN:VCARD', ''],
    ] as const;
    for (const [index, [path, type, name, value]] of forms.entries()) {
      const frame = document.createElement('iframe');
      frame.name = `form${index}`;
      document.body.append(frame);
      const form = document.createElement('form');
      Object.assign(form, { method: 'post', action: kith + path, enctype: type, target: frame.name });
      const field = document.createElement('input');
      Object.assign(field, { type: 'hidden', name, value });
      form.append(field);
      document.body.append(form);
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
      form.submit();
      await loaded;
    }
    return null;
  },
  'requests that need no permission': async ({ kith, stranger }) => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      for (const path of ['/v1/auth/logout', '/v1/auth/refresh', '/v1/friends/requests']) {
        await fetch(kith + path, {
          method: 'POST',
          mode: 'no-cors',
          credentials: 'include',
          headers: { 'Content-Type': type },
          body: JSON.stringify({ user_id: stranger }),
        }).catch(() => null);
      }
    }
    return null;
  },
  'requests that need permission': async ({ kith, stranger, session }) => {
    const json = { 'Content-Type': 'application/json', 'X-Kith-CSRF': '1', 'If-Match': '*' };
    const requests: [string, string, unknown][] = [
      ['PATCH', '/v1/me', { display_name: 'Owned' }],
      ['PATCH', '/v1/me/settings', { privacy_settings: { find_by_phone: 'anyone' } }],
      ['POST', '/v1/friends/requests', { user_id: stranger }],
      ['PUT', '/v1/me/profile-picture', { upload_id: session }],
      ['DELETE', '/v1/sessions', undefined],
      ['DELETE', `/v1/sessions/${session}`, undefined],
      ['POST', '/v1/auth/logout', undefined],
    ];
    let granted: string | null = null;
    for (const [method, path, body] of requests) {
      const sent = { method, credentials: 'include', headers: json, body: body && JSON.stringify(body) } as RequestInit;
      const answer = await fetch(kith + path, sent).catch(() => null);
      if (answer) granted = `${method} ${path}: ${answer.status}`;
    }
    return granted;
  },
  beacons: async ({ kith, stranger }) => {
    const friend = JSON.stringify({ user_id: stranger });
    navigator.sendBeacon(`${kith}/v1/auth/logout`, 'x');
    navigator.sendBeacon(`${kith}/v1/friends/requests`, new Blob([friend], { type: 'text/plain' }));
    navigator.sendBeacon(`${kith}/v1/friends/requests`, new Blob([friend], { type: 'application/json' }));
    await fetch(`${kith}/v1/auth/logout`, {
      method: 'POST',
      mode: 'no-cors',
      credentials: 'include',
      keepalive: true,
    }).catch(() => null);
    return null;
  },
  'links that are followed': async ({ kith }) => {
    for (const path of ['/v1/auth/logout', '/v1/auth/refresh', '/v1/sessions?_method=DELETE']) {
      const opened = open(kith + path, '_blank');
      await new Promise((resolve) => setTimeout(resolve, 300));
      opened?.close();
    }
    return null;
  },
};

interface Site {
  url: string;
  server: Server;
}

async function hostileSite(host: string): Promise<Site> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>You have won</title><body><p>Stay a while.</p>');
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('no port');
  return { url: `http://${host}:${address.port}`, server };
}

/** What the server holds of somebody, and that they are still signed in. */
async function stateOf(person: Person): Promise<unknown> {
  const get = async (path: string) => {
    const answer = await person.page.request.get(person.kith.url + path);
    expect(answer.status(), path).toBe(200);
    return (await answer.json()) as Record<string, unknown>;
  };
  const me = await get('/v1/me');
  const settings = await get('/v1/me/settings');
  const sessions = (await get('/v1/sessions'))['items'] as { session_id: string }[];
  const requests = (await get('/v1/friends/requests?direction=outgoing'))['items'];
  const contacts = (await get('/v1/contacts'))['items'];
  const cookies = (await person.context.cookies(person.kith.url)).map(({ name, value }) => `${name}=${value}`);
  return {
    me: [me['version'], me['display_name']],
    settings: [settings['version'], settings['privacy_settings']],
    sessions: sessions.map((session) => session.session_id),
    requests,
    contacts,
    cookies: cookies.sort(),
  };
}

/** Counts what the page sends to Kith, so that a page that tries nothing is noticed. */
function countsRequests(page: Page, kith: string): () => number {
  let count = 0;
  page.context().on('request', (request) => {
    if (request.url().startsWith(kith)) count += 1;
  });
  return () => count;
}

for (const host of ['localhost', '127.0.0.1']) {
  test(`a hostile page at ${host} reads nothing and changes nothing`, async ({ member }) => {
    const ana = await member('Ana');
    const eve = await member('Eve');
    await ana.posts('Not for strangers');
    const { image } = await ana.traceOf('Not for strangers');
    const sessions = (await (await ana.page.request.get(`${ana.kith.url}/v1/sessions`)).json()) as {
      items: { session_id: string }[];
    };
    const target: Target = {
      kith: ana.kith.url,
      image,
      stranger: eve.userId,
      session: sessions.items[0]!.session_id,
    };
    const site = await hostileSite(host);
    try {
      const page = await ana.context.newPage();
      await page.goto(site.url);
      const sent = countsRequests(page, ana.kith.url);
      const before = await stateOf(ana);
      for (const [name, attempt] of Object.entries({ ...READS, ...WRITES })) {
        await test.step(name, async () => {
          expect(await page.evaluate(attempt, target)).toBeNull();
          expect(await stateOf(ana)).toEqual(before);
        });
      }
      expect(sent()).toBeGreaterThan(40);

      await test.step('the same from a page of ours', async () => {
        expect(await ana.page.evaluate(READS['fetch with cookies']!, target)).toContain(ana.userId);
        expect(await ana.page.evaluate(READS['a picture']!, target)).toContain('pixels');
        const changed = await ana.page.evaluate(
          async ({ kith }) =>
            (
              await fetch(`${kith}/v1/me/settings`, {
                method: 'PATCH',
                headers: { 'Content-Type': 'application/json', 'X-Kith-CSRF': '1', 'If-Match': '*' },
                body: JSON.stringify({ privacy_settings: { find_by_phone: 'anyone' } }),
              })
            ).status,
          target,
        );
        expect(changed).toBe(200);
        expect(await stateOf(ana)).not.toEqual(before);
      });
    } finally {
      site.server.closeAllConnections();
      await new Promise((resolve) => site.server.close(resolve));
    }
  });
}
