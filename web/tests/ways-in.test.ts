import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem, Unsuitable } from '@/api/problem';
import { inTime, say } from '@/api/sentences';
import type { Me } from '@/api/types';
import { arrivalOf } from '@/features/auth/arrival';
import { optionsOf } from '@/features/auth/sent';
import { linkAddress, providerName, providersOf, signInAddress } from '@/features/identities/providers';

vi.mock('@/api/client', () => ({ api: {}, ok: vi.fn(), session: {} }));
const { PasskeySignIn } = await import('@/features/passkeys/signing-in');
const { enoughIs, PasskeyNeeded, wrongIs } = await import('@/features/auth/api');

describe('arrivalOf', () => {
  it('reads what the address tells', () => {
    expect(arrivalOf('?ended')).toEqual({ ended: true, problem: null });
    expect(arrivalOf('?problem=registration-locked&retry_after=259200').problem).toMatchObject({
      slug: 'registration-locked',
      retryAfter: 259_200,
    });
    expect(arrivalOf('')).toEqual({ ended: false, problem: null });
  });

  it('shows nobody else’s words', () => {
    const { problem } = arrivalOf('?problem=identity-unknown&detail=Call+%2B1+900');
    expect(say(problem)).toBe(
      'Nobody here has linked that account yet. Sign in with your number, then link it under Ways in.',
    );
    expect(arrivalOf('?problem=Call%20me').problem).toBeNull();
    expect(say(arrivalOf('?problem=something-new').problem)).toBe('That did not work. Please try again.');
  });
});

describe('say', () => {
  it('tells a locked person what lets them in, and when a code does', () => {
    expect(say(new ApiProblem(423, 'registration-locked', '', [], 604_800))).toBe(
      'This account is locked against new devices. Sign in with its passkey, its password or a linked service. A code alone is enough in 7 days.',
    );
    expect(inTime(172_800)).toBe('in 2 days');
    expect(inTime(172_799)).toBe('in 48 hours');
  });

  it('tells why the last way in stays', () => {
    expect(say(new ApiProblem(409, 'last-way-in', 'x'))).toBe(
      'This is the only way into your account. Add another one first.',
    );
  });

  it('says to ask for a new code after too many wrong ones, however long the server wants to rest', () => {
    expect(say(new ApiProblem(429, 'code-exhausted', '', [], 60))).toBe('Too many wrong codes. Ask for a new one.');
  });

  it('says what was wrong in the words of the place', () => {
    const words = wrongIs('The number or the password is not right.');
    expect(() => words(new ApiProblem(401, 'credentials-wrong', ''))).toThrow(Unsuitable);
    const other = new ApiProblem(429, 'rate-limited', '');
    expect(() => words(other)).toThrow(other);
  });

  it('tells a step-up that wants a passkey in the server’s words', () => {
    const needed = new ApiProblem(403, 'step-up-required', 'this session is new; use your passkey');
    expect(() => enoughIs(needed)).toThrow(PasskeyNeeded);
    expect(() => enoughIs(needed)).toThrow('This session is new; use your passkey.');
    const other = new ApiProblem(429, 'rate-limited', '');
    expect(() => enoughIs(other)).toThrow(other);
  });
});

describe('a code on its way', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it('can be sent again, and by a call, once it is time', () => {
    const sent = { resend_at: '2026-01-01T00:01:00Z', call_at: '2026-01-01T00:01:30Z' };
    expect(optionsOf(sent, now)).toEqual({ wait: 60, mayCall: false });
    expect(optionsOf(sent, now + 59_001)).toEqual({ wait: 1, mayCall: false });
    expect(optionsOf(sent, now + 90_000)).toEqual({ wait: 0, mayCall: true });
  });
  it('brings no call where there is none', () => {
    expect(optionsOf({ resend_at: '2025-01-01T00:00:00Z', call_at: null }, now)).toEqual({ wait: 0, mayCall: false });
    expect(optionsOf({}, now)).toEqual({ wait: 0, mayCall: false });
  });
});

describe('services', () => {
  it('are those that the server names', () => {
    expect(providersOf(['phone', 'oidc:google', 'passkey', 'oidc:my-club'])).toEqual(['google', 'my-club']);
    expect(['google', 'github', 'my-club'].map(providerName)).toEqual(['Google', 'GitHub', 'My-club']);
  });
  it('are reached by addresses that nothing can be slipped into', () => {
    expect(signInAddress('google', '/')).toBe('/v1/auth/oidc/google/start?return_to=%2F');
    expect(linkAddress('a/b', '/ways-in')).toBe('/v1/auth/oidc/a%2Fb/start?return_to=%2Fways-in&link=1');
  });
});

describe('PasskeySignIn', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const ana = { user_id: 'ana' } as Me;
  const shown = { login_id: '1', credential: {} };

  /** A browser whose offers wait until somebody chooses. */
  function scene() {
    const offers: { signal: AbortSignal; choose: () => void }[] = [];
    const ports = {
      canSuggest: vi.fn(async () => true),
      offer: vi.fn(
        (signal: AbortSignal) =>
          new Promise<typeof shown>((resolve, reject) => {
            offers.push({ signal, choose: () => resolve(shown) });
            signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
          }),
      ),
      ask: vi.fn(async () => shown),
      enter: vi.fn(async () => ana),
    };
    const entered = vi.fn();
    const refused = vi.fn();
    return { offers, ports, entered, refused, passkeys: new PasskeySignIn(entered, refused, ports) };
  }
  const settled = () => vi.advanceTimersByTimeAsync(0);

  it('signs in with what is chosen at the field', async () => {
    const { offers, entered, passkeys } = scene();
    passkeys.suggest();
    await settled();
    offers[0]?.choose();
    await settled();
    expect(entered).toHaveBeenCalledExactlyOnceWith(ana);
  });

  it('asks for nothing where the browser cannot suggest, or the field has gone meanwhile', async () => {
    const { ports, passkeys } = scene();
    ports.canSuggest.mockResolvedValueOnce(false);
    passkeys.suggest();
    await settled();
    passkeys.suggest()();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(ports.offer).not.toHaveBeenCalled();
  });

  it('renews the offer before the server forgets it, until the field goes', async () => {
    const { offers, passkeys } = scene();
    const stop = passkeys.suggest();
    await settled();
    await vi.advanceTimersByTimeAsync(250_000);
    expect(offers.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    stop();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(offers.map(({ signal }) => signal.aborted)).toEqual([true, true]);
  });

  it('asks outright only after the offer has ended, and offers again if that came to nothing', async () => {
    const { offers, ports, entered, passkeys } = scene();
    passkeys.suggest();
    await settled();
    ports.ask.mockImplementationOnce(async () => {
      expect(offers[0]?.signal.aborted).toBe(true);
      throw new Unsuitable('No passkey was used.');
    });
    await expect(passkeys.signIn()).rejects.toBeInstanceOf(Unsuitable);
    expect(entered).not.toHaveBeenCalled();
    await settled();
    expect(offers[1]?.signal.aborted).toBe(false);
  });

  it('says nothing about offers that failed', async () => {
    const { ports, offers, refused, passkeys } = scene();
    ports.offer.mockRejectedValueOnce(new ApiProblem(429, 'rate-limited', ''));
    passkeys.suggest();
    await vi.advanceTimersByTimeAsync(250_000);
    expect(refused).not.toHaveBeenCalled();
    expect(offers).toHaveLength(1);
  });

  it('says why a chosen passkey let nobody in, and does not offer it over and over', async () => {
    const { offers, ports, refused, passkeys } = scene();
    ports.enter.mockRejectedValueOnce(new Unsuitable('unknown'));
    passkeys.suggest();
    await settled();
    offers[0]?.choose();
    await vi.advanceTimersByTimeAsync(600_000);
    expect(refused).toHaveBeenCalledOnce();
    expect(offers).toHaveLength(1);
  });
});
