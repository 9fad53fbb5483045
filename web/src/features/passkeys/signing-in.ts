// Passkeys on the sign-in screen. Owns that the browser is asked for one thing at a time: an offer at the field ends before a person is asked outright.
import type { Me } from '@/api/types';
import { askForPasskey, enterWith, offerPasskey, type Shown } from './api';
import { canSuggest, hasPasskeys } from './webauthn';

export { hasPasskeys };

/** The server forgets its challenge after five minutes; an offer is renewed before that. */
const RENEW_MS = 4 * 60_000;

export interface PasskeyPorts {
  canSuggest: () => Promise<boolean>;
  /** Waits until a passkey was chosen at the field. */
  offer: (signal: AbortSignal) => Promise<Shown>;
  /** Has the person choose now. */
  ask: () => Promise<Shown>;
  enter: (shown: Shown) => Promise<Me>;
}

const PORTS: PasskeyPorts = { canSuggest, offer: offerPasskey, ask: askForPasskey, enter: enterWith };

export class PasskeySignIn {
  #offer: AbortController | null = null;
  /** The field is there, and the browser can offer something at it. */
  #offering = false;
  #wanted = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    private readonly entered: (user: Me) => void,
    /** A passkey was chosen at the field, but it did not let the person in. */
    private readonly refused: (error: unknown) => void,
    private readonly ports: PasskeyPorts = PORTS,
  ) {}

  /** Has the person choose a passkey, then signs in with it. */
  async signIn(): Promise<void> {
    this.#offer?.abort();
    try {
      this.entered(await this.ports.enter(await this.ports.ask()));
    } catch (error) {
      void this.#offerOnce();
      throw error;
    }
  }

  /** Lets the browser offer passkeys at the field, until the returned function is called. */
  suggest(): () => void {
    this.#wanted = true;
    void this.#keepOffering();
    return () => {
      this.#wanted = false;
      this.#stop();
    };
  }

  #stop(): void {
    this.#offering = false;
    clearInterval(this.#timer);
    this.#offer?.abort();
  }

  async #keepOffering(): Promise<void> {
    if (!(await this.ports.canSuggest()) || !this.#wanted || this.#offering) return;
    this.#offering = true;
    this.#timer = setInterval(() => void this.#offerOnce(), RENEW_MS);
    await this.#offerOnce();
  }

  async #offerOnce(): Promise<void> {
    if (!this.#offering) return;
    this.#offer?.abort();
    const { signal } = (this.#offer = new AbortController());
    // Without an offer nothing is lost, the number is there: why there is none is not worth a word.
    const shown = await this.ports.offer(signal).catch(() => null);
    if (!shown || signal.aborted) return;
    try {
      this.entered(await this.ports.enter(shown));
    } catch (error) {
      // Not offered again, or a device that answers by itself would go on for ever.
      this.#stop();
      this.refused(error);
    }
  }
}
