// The person who is signed in, as far as this tab knows. Owns the state of the whole client: starting, signed out, welcome, in, suspended.
import { api, ok, session } from '@/api/client';
import { ApiProblem } from '@/api/problem';
import type { Me, UserCard } from '@/api/types';

const tabs = 'BroadcastChannel' in window ? new BroadcastChannel('kith.session') : null;
if (tabs) tabs.onmessage = () => startAnew('/sign-in');

/** Loads the client from nothing, so that no trace of the account stays in this tab. */
function startAnew(path: string): void {
  sessionStorage.clear();
  location.replace(path);
}

export type Standing = 'starting' | 'unreachable' | 'signed-out' | 'welcome' | 'in' | 'suspended';

class Myself {
  user = $state.raw<Me | null>(null);
  #failed = $state<'unreachable' | 'signed-out' | null>(null);

  standing: Standing = $derived.by(() => {
    if (this.user?.status === 'pending') return 'welcome';
    if (this.user?.status === 'suspended') return 'suspended';
    if (this.user) return 'in';
    return this.#failed ?? 'starting';
  });

  /** As friends see me; the names are there once the account is active. */
  card: UserCard | null = $derived(
    this.user && { ...this.user, username: this.user.username ?? '', display_name: this.user.display_name ?? '' },
  );

  get id(): string {
    return this.user?.user_id ?? '';
  }

  /** Asks who is signed in; never throws. */
  async load(): Promise<void> {
    try {
      this.take(await ok(api.GET('/v1/me')));
    } catch (error) {
      if (this.user) return;
      this.#failed = error instanceof ApiProblem && error.status === 401 ? 'signed-out' : 'unreachable';
    }
  }

  take(user: Me): void {
    this.user = user;
  }

  /** Ends this session on the server, then drops everything that this tab holds. */
  async signOut(): Promise<void> {
    await ok(api.POST('/v1/auth/logout'));
    this.leave('/sign-in');
  }

  /** Signing in again leads back to where one was. */
  ended(): void {
    this.leave(`${location.pathname}?ended`);
  }

  /** Drops everything of the account here and in the other tabs. */
  leave(path: string): void {
    session.forget();
    tabs?.postMessage('left');
    startAnew(path);
  }
}

export const me = new Myself();
