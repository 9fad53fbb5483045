import { afterEach, describe, expect, it, vi } from 'vitest';
import { Unsuitable } from '@/api/problem';
import {
  canSuggest,
  creationOptions,
  credentialJson,
  hasPasskeys,
  makePasskey,
  refusal,
  requestOptions,
  toBase64url,
  toBytes,
  usePasskey,
} from '@/features/passkeys/webauthn';

const CREATION = {
  challenge: '-_8A',
  rp: { id: 'kith.test', name: 'Kith' },
  user: { id: 'AQID', name: 'ana', displayName: 'Ana' },
  pubKeyCredParams: [{ type: 'public-key' as const, alg: -7 }],
  excludeCredentials: [{ id: 'BAU', type: 'public-key', transports: ['internal'] }],
};

/** A browser with passkeys, and what else it has. */
function browser(statics: object = {}, secure = true) {
  vi.stubGlobal('PublicKeyCredential', statics);
  vi.stubGlobal('isSecureContext', secure);
}
const bytes = (...values: number[]) => new Uint8Array(values).buffer;

afterEach(() => vi.unstubAllGlobals());

describe('base64url', () => {
  it.each([
    ['', []],
    ['AA', [0]],
    ['-_8A', [251, 255, 0]],
    ['_____w', [255, 255, 255, 255]],
  ])('%j is %j both ways', (text, values) => {
    expect(Array.from(toBytes(text))).toEqual(values);
    expect(toBase64url(bytes(...values))).toBe(text);
  });

  it('keeps every byte', () => {
    const all = Uint8Array.from({ length: 256 }, (_, index) => index);
    expect(toBytes(toBase64url(all.buffer))).toEqual(all);
  });
});

describe('options', () => {
  it('are read by the browser where it can', () => {
    const parsed = { challenge: bytes(1) };
    const parse = vi.fn(() => parsed);
    browser({ parseCreationOptionsFromJSON: parse, parseRequestOptionsFromJSON: parse });
    expect(creationOptions(CREATION)).toBe(parsed);
    expect(requestOptions({ challenge: '-_8A' })).toBe(parsed);
    expect(parse).toHaveBeenCalledTimes(2);
  });

  it('are read by hand where it cannot', () => {
    browser();
    expect(creationOptions(CREATION)).toEqual({
      ...CREATION,
      challenge: new Uint8Array([251, 255, 0]),
      user: { ...CREATION.user, id: new Uint8Array([1, 2, 3]) },
      excludeCredentials: [{ id: new Uint8Array([4, 5]), type: 'public-key', transports: ['internal'] }],
    });
    expect(requestOptions({ challenge: 'AA', rpId: 'kith.test', userVerification: 'required' })).toEqual({
      challenge: new Uint8Array([0]),
      rpId: 'kith.test',
      userVerification: 'required',
      allowCredentials: [],
    });
  });
});

describe('a credential', () => {
  const assertion = {
    id: 'AQ',
    rawId: bytes(1),
    type: 'public-key',
    response: {
      clientDataJSON: bytes(2),
      authenticatorData: bytes(3),
      signature: bytes(4),
      userHandle: bytes(5),
    },
    getClientExtensionResults: () => ({}),
  };

  it('is written by the browser where it can', () => {
    const json = { id: 'AQ' };
    expect(credentialJson({ ...assertion, toJSON: () => json } as never)).toBe(json);
  });

  it.each([
    ['there is no way', assertion],
    [
      'the way is broken',
      {
        ...assertion,
        toJSON: () => {
          throw new TypeError('Illegal invocation');
        },
      },
    ],
  ])('is written by hand where %s', (_why, credential) => {
    expect(credentialJson(credential as never)).toEqual({
      id: 'AQ',
      rawId: 'AQ',
      type: 'public-key',
      response: { clientDataJSON: 'Ag', authenticatorData: 'Aw', signature: 'BA', userHandle: 'BQ' },
      clientExtensionResults: {},
    });
  });

  it('that is new carries its attestation, and no user handle that is missing', () => {
    const response = { clientDataJSON: bytes(2), attestationObject: bytes(6), authenticatorData: bytes(3) };
    expect(credentialJson({ ...assertion, response } as never)).toMatchObject({
      response: { clientDataJSON: 'Ag', attestationObject: 'Bg' },
    });
    const { userHandle: _, ...without } = assertion.response;
    const json = credentialJson({ ...assertion, response: { ...without, userHandle: null } } as never);
    expect(json['response']).not.toHaveProperty('userHandle');
  });
});

describe('what the browser can do', () => {
  it('is nothing where it has no passkeys, or the address is not safe', async () => {
    expect(hasPasskeys()).toBe(false);
    browser({ isConditionalMediationAvailable: async () => true }, false);
    expect(hasPasskeys()).toBe(false);
    expect(await canSuggest()).toBe(false);
  });

  it('may be to suggest them', async () => {
    browser();
    expect([hasPasskeys(), await canSuggest()]).toEqual([true, false]);
    browser({ isConditionalMediationAvailable: async () => true });
    expect(await canSuggest()).toBe(true);
    browser({ isConditionalMediationAvailable: () => Promise.reject(new Error('policy')) });
    expect(await canSuggest()).toBe(false);
  });

  it('is asked for as the server wants it', async () => {
    browser();
    const credential = { toJSON: () => ({ id: 'AQ' }) };
    const credentials = { get: vi.fn(async () => credential), create: vi.fn(async () => credential) };
    vi.stubGlobal('navigator', { credentials });
    const { signal } = new AbortController();
    expect(await makePasskey(CREATION as never)).toEqual({ id: 'AQ' });
    expect(await usePasskey({ challenge: 'AA' } as never, signal, true)).toEqual({ id: 'AQ' });
    expect(credentials.get).toHaveBeenCalledWith(expect.objectContaining({ mediation: 'conditional', signal }));
    await usePasskey({ challenge: 'AA' } as never);
    expect(credentials.get.mock.lastCall).toEqual([{ publicKey: expect.anything() }]);
  });
});

describe('refusal', () => {
  it('has words for what people do and meet', async () => {
    expect(refusal(new DOMException('', 'NotAllowedError'))).toBeInstanceOf(Unsuitable);
    expect((refusal(new DOMException('', 'InvalidStateError')) as Error).message).toContain('already');
    browser();
    vi.stubGlobal('navigator', { credentials: { get: async () => null } });
    await expect(usePasskey({ challenge: 'AA' } as never)).rejects.toBeInstanceOf(Unsuitable);
  });

  it('keeps what it does not know', () => {
    const error = new TypeError('x');
    expect(refusal(error)).toBe(error);
    const aborted = new DOMException('', 'AbortError');
    expect(refusal(aborted)).toBe(aborted);
  });
});
