// Services that sign people in here (OpenID Connect): which this server has, what they are called, where their journey begins.

const PREFIX = 'oidc:';
/** Whose own spelling is not their name with a capital letter. */
const SPELLED: Record<string, string> = { github: 'GitHub', gitlab: 'GitLab', linkedin: 'LinkedIn' };

/** The providers among the ways to sign in that the server tells. */
export const providersOf = (signIn: readonly string[]): string[] =>
  signIn.filter((way) => way.startsWith(PREFIX)).map((way) => way.slice(PREFIX.length));

export const providerName = (provider: string): string =>
  SPELLED[provider] ?? provider.charAt(0).toUpperCase() + provider.slice(1);

/** Where signing in begins; it ends at `returnTo`, or at the sign-in screen with a problem. */
export const signInAddress = (provider: string, returnTo: string): string =>
  `/v1/auth/oidc/${encodeURIComponent(provider)}/start?return_to=${encodeURIComponent(returnTo)}`;

/** Where linking to the account that is signed in begins. */
export const linkAddress = (provider: string, returnTo: string): string =>
  `${signInAddress(provider, returnTo)}&link=1`;
