// Filling in the code from the text message, where the browser offers it (WebOTP, Chromium on Android).

interface CodeCredential extends Credential {
  code: string;
}

/** The code, once a message bound to this site has arrived; null where the browser has no such thing or the person declined. */
export async function codeFromMessage(signal: AbortSignal): Promise<string | null> {
  if (!('OTPCredential' in window)) return null;
  const options = { otp: { transport: ['sms'] }, signal } as CredentialRequestOptions;
  const credential = (await navigator.credentials.get(options).catch(() => null)) as CodeCredential | null;
  return credential?.code ?? null;
}
