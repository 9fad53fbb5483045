// Passkeys as the browser makes and uses them. Owns the way between the server's JSON and the browser's bytes, and what its refusals mean.
import { Unsuitable } from '@/api/problem';

type CreationJson = PublicKeyCredentialCreationOptionsJSON;
type RequestJson = PublicKeyCredentialRequestOptionsJSON;
type Descriptor = PublicKeyCredentialDescriptorJSON;
/** A JSON object that the contract leaves to WebAuthn. */
type AnyObject = Record<string, never>;
/** The statics that older browsers with passkeys lack. */
type Statics = Partial<
  Pick<
    typeof PublicKeyCredential,
    'parseCreationOptionsFromJSON' | 'parseRequestOptionsFromJSON' | 'isConditionalMediationAvailable'
  >
>;

const UNUSED = 'No passkey was used. You can try again.';
const REFUSALS: Record<string, string> = {
  NotAllowedError: UNUSED,
  InvalidStateError: 'This device has a passkey for your account already.',
  SecurityError: 'Passkeys do not work at this address of Kith.',
  NotSupportedError: 'This device cannot make passkeys.',
};

const statics = (): Statics => PublicKeyCredential;

/** Whether this browser has passkeys at this address at all. */
export const hasPasskeys = (): boolean => 'PublicKeyCredential' in globalThis && globalThis.isSecureContext;

/** Whether the browser can offer passkeys among the suggestions of a field. */
export const canSuggest = async (): Promise<boolean> =>
  hasPasskeys() &&
  (await statics()
    .isConditionalMediationAvailable?.()
    .catch(() => false)) === true;

export function toBytes(base64url: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

export function toBase64url(buffer: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

const descriptors = (list: Descriptor[] | undefined): PublicKeyCredentialDescriptor[] =>
  (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }) as PublicKeyCredentialDescriptor);

export function creationOptions(json: CreationJson): PublicKeyCredentialCreationOptions {
  const parse = statics().parseCreationOptionsFromJSON;
  if (parse) return parse.call(PublicKeyCredential, json);
  const { challenge, user, excludeCredentials, ...rest } = json;
  return {
    ...rest,
    challenge: toBytes(challenge),
    user: { ...user, id: toBytes(user.id) },
    excludeCredentials: descriptors(excludeCredentials),
  } as unknown as PublicKeyCredentialCreationOptions; // no extension that the server asks for holds bytes
}

export function requestOptions(json: RequestJson): PublicKeyCredentialRequestOptions {
  const parse = statics().parseRequestOptionsFromJSON;
  if (parse) return parse.call(PublicKeyCredential, json);
  const { challenge, allowCredentials, ...rest } = json;
  return {
    ...rest,
    challenge: toBytes(challenge),
    allowCredentials: descriptors(allowCredentials),
  } as unknown as PublicKeyCredentialRequestOptions;
}

/** A credential as the server reads it. Some password managers hand out ones whose `toJSON` is missing or fails. */
export function credentialJson(credential: PublicKeyCredential): AnyObject {
  try {
    return credential.toJSON() as AnyObject;
  } catch {
    return credentialByHand(credential) as AnyObject;
  }
}

function credentialByHand(credential: PublicKeyCredential): unknown {
  const made = credential.response as AuthenticatorAttestationResponse & AuthenticatorAssertionResponse;
  const bytes = {
    clientDataJSON: made.clientDataJSON,
    attestationObject: made.attestationObject,
    authenticatorData: made.authenticatorData,
    signature: made.signature,
    userHandle: made.userHandle,
  };
  const present = Object.entries(bytes).filter((entry): entry is [string, ArrayBuffer] => Boolean(entry[1]));
  // An attestation carries the authenticator's data inside of it.
  const fields = present.filter(([name]) => name !== 'authenticatorData' || !made.attestationObject);
  return {
    id: credential.id,
    rawId: toBase64url(credential.rawId),
    type: credential.type,
    response: Object.fromEntries(fields.map(([name, buffer]) => [name, toBase64url(buffer)])),
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

/** Why the browser did not make or use a passkey, in words where there are any. */
export function refusal(error: unknown): unknown {
  const words = error instanceof DOMException ? REFUSALS[error.name] : undefined;
  return words === undefined ? error : new Unsuitable(words);
}

async function made(credential: Promise<Credential | null>): Promise<AnyObject> {
  const found = await credential.catch((error: unknown) => {
    throw refusal(error);
  });
  if (!found) throw new Unsuitable(UNUSED);
  return credentialJson(found as PublicKeyCredential);
}

/** Makes a passkey on this device or with one nearby; the browser asks the person. */
export const makePasskey = (json: AnyObject): Promise<AnyObject> =>
  made(navigator.credentials.create({ publicKey: creationOptions(json as unknown as CreationJson) }));

/** Has the person choose and use a passkey; with `suggest` the browser offers it at a field instead of asking. */
export const usePasskey = (json: AnyObject, signal?: AbortSignal, suggest = false): Promise<AnyObject> =>
  made(
    navigator.credentials.get({
      publicKey: requestOptions(json as unknown as RequestJson),
      ...(signal ? { signal } : {}),
      ...(suggest ? { mediation: 'conditional' as const } : {}),
    }),
  );
