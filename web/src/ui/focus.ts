// Keeps the keyboard where the person was: a control that goes away takes the focus with it.
import { tick } from 'svelte';

/** Puts a focus that is lost once the change is on the screen to `element`; leaves the person alone who is somewhere else by then. */
export async function catchFocus(element: HTMLElement): Promise<void> {
  await tick();
  const { activeElement, body } = document;
  if (!activeElement || activeElement === body) element.focus();
}
