import { describe, expect, it, vi } from 'vitest';
import { StepUp } from '@/api/step-up';

/** A server that wants to see again who somebody is. */
class Server {
  satisfied = false;
  bodies: string[] = [];

  pass = async (request: Request): Promise<Response> => {
    this.bodies.push(await request.text());
    if (this.satisfied) return new Response(null, { status: 204 });
    return Response.json({ type: '/problems/step-up-required', status: 403 }, { status: 403 });
  };
}

const change = (body = '{"password":"x"}') => new Request('https://kith.test/v1/me/password', { method: 'PUT', body });

describe('StepUp', () => {
  it('asks in place and then sends the same request again, body included', async () => {
    const server = new Server();
    const stepUp = new StepUp(server.pass);
    stepUp.ask = vi.fn(async () => (server.satisfied = true));
    expect((await stepUp.send(change())).status).toBe(204);
    expect(server.bodies).toEqual(['{"password":"x"}', '{"password":"x"}']);
  });

  it('asks nobody about what goes through, or is refused for another reason', async () => {
    const server = new Server();
    server.satisfied = true;
    const ask = vi.fn(async () => true);
    const fine = new StepUp(server.pass);
    fine.ask = ask;
    await fine.send(change());
    const forbidden = new StepUp(async () => Response.json({ type: '/problems/forbidden' }, { status: 403 }));
    forbidden.ask = ask;
    expect((await forbidden.send(change())).status).toBe(403);
    expect(ask).not.toHaveBeenCalled();
  });

  it('leaves the refusal readable when the person would rather not', async () => {
    const server = new Server();
    const stepUp = new StepUp(server.pass);
    const response = await stepUp.send(change());
    expect(await response.json()).toMatchObject({ type: '/problems/step-up-required' });
    expect(server.bodies).toHaveLength(1);
  });

  it('does not go on asking when the server is not satisfied', async () => {
    const server = new Server();
    const stepUp = new StepUp(server.pass);
    stepUp.ask = vi.fn(async () => true);
    expect((await stepUp.send(change())).status).toBe(403);
    expect(stepUp.ask).toHaveBeenCalledOnce();
  });

  it('does not ask about the question itself', async () => {
    const server = new Server();
    const stepUp = new StepUp(server.pass);
    stepUp.ask = vi.fn(async () => true);
    const start = new Request('https://kith.test/v1/auth/step-up/start', { method: 'POST' });
    const response = await stepUp.send(start);
    expect(await response.json()).toMatchObject({ type: '/problems/step-up-required' });
    expect(stepUp.ask).not.toHaveBeenCalled();
    expect(server.bodies).toHaveLength(1);
  });

  it('asks once for requests that wait together, and anew the next time', async () => {
    const server = new Server();
    const stepUp = new StepUp(server.pass);
    let answer: (shown: boolean) => void = () => {};
    const ask = vi.fn(() => new Promise<boolean>((resolve) => (answer = resolve)));
    stepUp.ask = ask;
    const both = Promise.all([stepUp.send(change('1')), stepUp.send(change('2'))]);
    await vi.waitFor(() => expect(ask).toHaveBeenCalled());
    server.satisfied = true;
    answer(true);
    expect((await both).map((response) => response.status)).toEqual([204, 204]);
    expect(ask).toHaveBeenCalledOnce();

    server.satisfied = false;
    const later = stepUp.send(change('3'));
    await vi.waitFor(() => expect(ask).toHaveBeenCalledTimes(2));
    answer(false);
    expect((await later).status).toBe(403);
  });
});
