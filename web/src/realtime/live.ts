// The one connection of this tab, wired to the browser.
import { ok, api, session } from '@/api/client';
import { Connection, type Socket } from './connection';
import { SUBPROTOCOL } from './protocol';

function openSocket(): Socket {
  const url = new URL('/v1/realtime', location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return new WebSocket(url, SUBPROTOCOL) as unknown as Socket;
}

export const live = new Connection({
  open: openSocket,
  beforeOpen: () => session.ensureFresh(30),
  checkSession: async () => void (await ok(api.GET('/v1/me'))),
  visible: () => document.visibilityState === 'visible',
  random: Math.random,
});
