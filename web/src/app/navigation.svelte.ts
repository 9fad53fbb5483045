// Moves between screens with the browser's own history. Owns the current address, the scroll position of each history entry, and links.
import { tick } from 'svelte';
import { isOurs, type Place, placeOf } from './router';

/** How long going back waits for a screen to become tall enough to scroll to where it was. */
const RESTORE_MS = 1_500;

class Navigation {
  path = $state(location.pathname);
  place: Place = $derived(placeOf(this.path));
  /** Grows with every move, so that the shell can put the focus where the reader continues. */
  moves = $state(0);

  start(): void {
    history.scrollRestoration = 'manual';
    addEventListener('popstate', () => this.#arrive((history.state as { y?: number } | null)?.y ?? 0));
    document.addEventListener('click', (click) => {
      const link = (click.target as Element).closest?.('a');
      if (!link || !link.href || !isOurs(click, link, location.origin)) return;
      click.preventDefault();
      this.go(new URL(link.href).pathname);
    });
  }

  go(path: string, how: 'push' | 'replace' = 'push'): void {
    if (path === this.path) return scrollTo({ top: 0 });
    history.replaceState({ y: scrollY }, '');
    if (how === 'push') history.pushState(null, '', path);
    else history.replaceState(null, '', path);
    this.#arrive(0);
  }

  /** Back to where the person came from, or to the feed if this is the first screen. */
  back(): void {
    if (this.moves > 0) history.back();
    else this.go('/', 'replace');
  }

  #arrive(y: number): void {
    this.path = location.pathname;
    this.moves += 1;
    void tick().then(() => this.#scroll(y, performance.now() + RESTORE_MS));
  }

  #scroll(y: number, until: number): void {
    scrollTo({ top: y });
    if (Math.abs(scrollY - y) > 2 && performance.now() < until) requestAnimationFrame(() => this.#scroll(y, until));
  }
}

export const navigation = new Navigation();
