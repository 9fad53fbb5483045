// Which screen an address means. Pure matching; `navigation.svelte.ts` moves between them.

export type ScreenName =
  | 'feed'
  | 'compose'
  | 'post'
  | 'comment'
  | 'person'
  | 'profile'
  | 'friends'
  | 'blocks'
  | 'contacts'
  | 'notifications'
  | 'settings'
  | 'sessions'
  | 'ways-in'
  | 'sign-in'
  | 'welcome'
  | 'not-here';

export interface Place {
  screen: ScreenName;
  /** The variable part of the address, such as a post's id. */
  id: string;
}

const places: Record<string, ScreenName> = {
  '/': 'feed',
  '/new': 'compose',
  '/p/:id': 'post',
  '/c/:id': 'comment',
  '/u/:id': 'person',
  '/me': 'profile',
  '/friends': 'friends',
  '/blocks': 'blocks',
  '/contacts': 'contacts',
  '/notifications': 'notifications',
  '/settings': 'settings',
  '/sessions': 'sessions',
  '/ways-in': 'ways-in',
  '/sign-in': 'sign-in',
  '/welcome': 'welcome',
};

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The place of a path; `not-here` for any other, such as one whose id cannot be one. */
export function placeOf(path: string): Place {
  const [, first = '', id = '', ...rest] = path.split('/');
  const screen = id === '' ? places[`/${first}`] : ID.test(id) ? places[`/${first}/:id`] : undefined;
  if (screen === undefined || rest.length > 0) return { screen: 'not-here', id: '' };
  return { screen, id };
}

interface Click {
  button: number;
  defaultPrevented: boolean;
  metaKey: boolean;
  ctrlKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** Whether a click on a link is ours to handle: plain, same origin, to a place this client has. */
export function isOurs(
  click: Click,
  link: { href: string; target: string; download: string },
  origin: string,
): boolean {
  if (click.defaultPrevented || click.button !== 0) return false;
  if (click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return false;
  if ((link.target && link.target !== '_self') || link.download) return false;
  const url = new URL(link.href);
  return url.origin === origin && placeOf(url.pathname).screen !== 'not-here';
}
