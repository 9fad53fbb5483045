// What needs the person to show once more that it is they: asks in place, then sends the same request again.
// Owns noticing it and asking once for all; how a person shows it is for `features/auth`.
import { isProblem } from './session';

/** Where the person shows it. */
const OWN = '/v1/auth/step-up/';

export class StepUp {
  /** Asks the person; true once the server is satisfied, false if they would rather not. Given by the app. */
  ask: () => Promise<boolean> = () => Promise.resolve(false);
  #asking: Promise<boolean> | null = null;

  constructor(private readonly pass: (request: Request) => Promise<Response>) {}

  /** Sends a request. What is refused for want of a step-up is sent once more afterwards, never a third time. */
  async send(request: Request): Promise<Response> {
    // The question itself may be refused like this, where only a passkey is enough: asking about the question would wait for itself.
    if (new URL(request.url).pathname.startsWith(OWN)) return this.pass(request);
    const again = request.clone();
    const response = await this.pass(request);
    if (response.status !== 403 || !(await isProblem(response, 'step-up-required'))) return response;
    return (await this.#shown()) ? this.pass(again) : response;
  }

  #shown(): Promise<boolean> {
    this.#asking ??= this.ask().finally(() => (this.#asking = null));
    return this.#asking;
  }
}
