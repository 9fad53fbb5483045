// Which component shows a place. Each comes as a chunk of its own, so that the first load carries only what it shows.
import type { Component } from 'svelte';
import type { ScreenName } from './router';

type Screen = Component<{ id: string }> | Component<Record<string, never>>;
type Load = () => Promise<{ default: Screen }>;

const screens: Record<ScreenName, Load> = {
  feed: () => import('@/features/posts/Feed.svelte'),
  compose: () => import('@/features/posts/Composer.svelte'),
  post: () => import('@/features/posts/PostPage.svelte'),
  comment: () => import('@/features/comments/CommentLink.svelte'),
  person: () => import('@/features/users/PersonPage.svelte'),
  profile: () => import('@/features/users/Profile.svelte'),
  friends: () => import('@/features/friends/Friends.svelte'),
  blocks: () => import('@/features/friends/Blocks.svelte'),
  contacts: () => import('@/features/contacts/Contacts.svelte'),
  notifications: () => import('@/features/notifications/Notifications.svelte'),
  settings: () => import('@/features/settings/Settings.svelte'),
  sessions: () => import('@/features/auth/Sessions.svelte'),
  'ways-in': () => import('@/features/ways_in/WaysIn.svelte'),
  'sign-in': () => import('@/features/auth/SignIn.svelte'),
  welcome: () => import('@/features/users/Welcome.svelte'),
  'not-here': () => import('./NotHere.svelte'),
};

export const titles: Record<ScreenName, string> = {
  feed: 'Photos',
  compose: 'New photo',
  post: 'Photo',
  comment: 'Comment',
  person: 'Profile',
  profile: 'You',
  friends: 'Friends',
  blocks: 'Blocked',
  contacts: 'Contacts',
  notifications: 'Notifications',
  settings: 'Settings',
  sessions: 'Sessions',
  'ways-in': 'Ways in',
  'sign-in': 'Sign in',
  welcome: 'Welcome',
  'not-here': 'Not here',
};

const loaded = new Map<ScreenName, Screen>();

/** A screen that is there already, without waiting. */
export const screenNow = (name: ScreenName): Screen | undefined => loaded.get(name);

export async function loadScreen(name: ScreenName): Promise<Screen> {
  const { default: screen } = await screens[name]();
  loaded.set(name, screen);
  return screen;
}

/** Fetches the rest while nothing else is going on, so that moving between screens needs no network. */
export function loadRest(): void {
  const rest = Object.keys(screens) as ScreenName[];
  const next = () => {
    const name = rest.pop();
    if (name) void loadScreen(name).then(next, () => {});
  };
  setTimeout(next, 2_000);
}
