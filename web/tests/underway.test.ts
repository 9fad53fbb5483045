import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dropUnderway, keepUnderway, readUnderway } from '@/features/auth/underway';

const NOW = Date.parse('2026-01-01T00:00:00Z');
const verification = {
  verification_id: '1',
  attempts_left: 5,
  expires_at: '2026-01-01T00:10:00Z',
  resend_at: '2026-01-01T00:01:00Z',
  call_at: '2026-01-01T00:01:00Z',
};
const underway = { verification, number: '(212) 555-0100', region: 'US' };

function storage(values = new Map<string, string>()) {
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}

describe('a code on its way', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: NOW });
    vi.stubGlobal('sessionStorage', storage());
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('is kept, each for its purpose, until it is dropped', () => {
    keepUnderway('sign-in', underway);
    expect(readUnderway('sign-in')).toEqual(underway);
    expect(readUnderway('number')).toBeNull();
    dropUnderway('sign-in');
    expect(readUnderway('sign-in')).toBeNull();
  });

  it('is of no use once its code has stopped working', () => {
    keepUnderway('sign-in', underway);
    vi.setSystemTime(NOW + 600_000);
    expect(readUnderway('sign-in')).toBeNull();
  });

  it.each(['', 'null', '{}', '{"verification":{}}', 'not JSON'])('is not made of %j', (text) => {
    vi.stubGlobal('sessionStorage', storage(new Map([['kith.draft.sign-in', text]])));
    expect(readUnderway('sign-in')).toBeNull();
  });

  it('is only not kept where the storage is refused', () => {
    const refuse = () => {
      throw new DOMException('', 'SecurityError');
    };
    vi.stubGlobal('sessionStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
    keepUnderway('sign-in', underway);
    expect(readUnderway('sign-in')).toBeNull();
    dropUnderway('sign-in');
  });
});
