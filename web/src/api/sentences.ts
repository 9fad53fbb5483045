// What a person reads when something went wrong. Owns the wording; one plain sentence or two, that say what to do next.
import { ApiProblem, Unreachable, Unsuitable } from './problem';

const bySlug: Record<string, string> = {
  'code-wrong': 'That code is not right.',
  'code-exhausted': 'Too many wrong codes. Ask for a new one.',
  'code-expired': 'This code is no longer valid. Ask for a new one.',
  'token-reused': 'You were signed out. Please sign in again.',
  'profile-incomplete': 'Choose your name first, then carry on.',
  'account-suspended': 'Your account is suspended, so this is not possible now.',
  'terms-not-accepted': 'Please accept the terms first.',
  'contact-not-on-platform': 'There is no one to ask under this number yet.',
  'idempotency-mismatch': 'This was already sent with other contents. Please try again.',
  'cursor-invalid': 'This list has changed. Please load it again.',
  'already-friends': 'You are friends already.',
  'upload-not-usable': 'This photo was used already, or could not be read. Choose it again.',
  'version-stale': 'This was changed somewhere else in the meantime. Look at it again, then save.',
  'username-taken': 'Somebody already has this username. Try another one.',
  'step-up-required': 'Nothing was changed. First show that it is you.',
  'credentials-wrong': 'That sign-in did not work. Try again, or use another way.',
  'identity-unknown': 'Nobody here has linked that account yet. Sign in with your number, then link it under Ways in.',
  'identity-expired': 'That took too long, or began in another window. Try again.',
  'identity-cancelled': 'You did not go through with it there. Nothing was changed.',
  'identity-refused': 'That service did not vouch for you. Try again, or use another way.',
  'identity-unavailable': 'That service does not answer just now. Try again later, or use another way.',
  'identity-taken': 'That account is linked to somebody else here.',
  'email-taken': 'This e-mail address belongs to another account.',
  'phone-taken': 'This number belongs to another account. Sign in with it instead.',
  'last-way-in': 'This is the only way into your account. Add another one first.',
  'password-breached': 'This password is known from a leak somewhere else. Choose another one.',
};

const byStatus: Record<number, string> = {
  401: 'Please sign in again.',
  403: 'You are not allowed to do this.',
  404: 'This is not here, or not for you to see.',
  409: 'This cannot be done any more. It may have changed in the meantime.',
  412: 'This was changed somewhere else in the meantime. Look at it again, then save.',
  413: 'This is too large.',
  415: 'This kind of file is not supported.',
};

/** "in 40 seconds", "in 3 minutes", "in 2 hours", "in 7 days". */
export function inTime(seconds: number): string {
  const [count, unit] =
    seconds < 90
      ? [Math.max(1, Math.ceil(seconds)), 'second']
      : seconds < 5400
        ? [Math.ceil(seconds / 60), 'minute']
        : seconds < 172_800
          ? [Math.ceil(seconds / 3600), 'hour']
          : [Math.ceil(seconds / 86_400), 'day'];
  return `in ${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** A code alone does not open this account: what does, and when a code will. */
function locked(wait: number | null): string {
  const later = wait === null ? '' : ` A code alone is enough ${inTime(wait)}.`;
  return `This account is locked against new devices. Sign in with its passkey, its password or a linked service.${later}`;
}

/** The server's details are lowercase without a full stop: makes a sentence of one. */
export function sentence(detail: string): string {
  const trimmed = detail.trim();
  if (trimmed === '') return '';
  const start = trimmed.charAt(0).toUpperCase() + trimmed.slice(1);
  return /[.!?]$/.test(start) ? start : `${start}.`;
}

/** The sentence for an error anywhere in the client. */
export function say(error: unknown): string {
  if (error instanceof Unreachable) return 'Kith cannot be reached just now. Nothing is lost; try again in a moment.';
  if (error instanceof Unsuitable) return error.message;
  if (!(error instanceof ApiProblem)) return 'Something went wrong here. Please try again.';
  if (error.is('registration-locked')) return locked(error.retryAfter);
  const known = bySlug[error.slug];
  if (known !== undefined) return known;
  if (error.status === 429 && error.retryAfter !== null)
    return `That was a lot at once. Try again ${inTime(error.retryAfter)}.`;
  if (error.status === 422 && error.fields.length > 0)
    return error.fields.map((field) => sentence(field.detail)).join(' ');
  if (error.status >= 500) {
    const wait = error.retryAfter === null ? 'in a moment' : inTime(error.retryAfter);
    return `Kith has trouble just now. Nothing is lost; try again ${wait}.`;
  }
  return sentence(error.detail) || byStatus[error.status] || 'That did not work. Please try again.';
}

/**
 * The sentence for one field of a form, by the last part of its pointer, or an empty string. Only the server names a field; whatever else went
 * wrong, also in this client, is for `say`.
 */
export function sayField(error: unknown, field: string): string {
  if (!(error instanceof ApiProblem)) return '';
  return error.fields
    .filter(({ pointer }) => pointer.split('/').pop() === field)
    .map(({ detail }) => sentence(detail))
    .join(' ');
}
