// Short words to the person from anywhere: announcements for screen readers, and notices at the foot of the screen.

export interface Notice {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
}

/** Long enough to read twice and reach the button; hovering or focusing keeps it (see Notices.svelte). */
export const NOTICE_MS = 12_000;

class Notices {
  /** Read out politely; not shown. */
  spoken = $state('');
  shown = $state.raw<Notice[]>([]);
  #last = 0;

  announce(text: string): void {
    // The same words again are read out only if the text differs.
    this.spoken = this.spoken === text ? `${text}\u00a0` : text;
  }

  show(text: string, action?: Notice['action']): void {
    const notice: Notice = action ? { id: ++this.#last, text, action } : { id: ++this.#last, text };
    this.shown = [...this.shown.slice(-2), notice];
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((notice) => notice.id !== id);
  }
}

export const notices = new Notices();
