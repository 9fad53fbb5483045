// What was typed and not yet sent, kept for this tab until it is sent. Cleared with the session (see features/users/me).

const key = (name: string) => `kith.draft.${name}`;

export function readDraft(name: string): string {
  try {
    return sessionStorage.getItem(key(name)) ?? '';
  } catch {
    return '';
  }
}

export function keepDraft(name: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(key(name));
    else sessionStorage.setItem(key(name), text);
  } catch {
    // The text is still in the field.
  }
}
