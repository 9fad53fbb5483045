import { describe, expect, it } from 'vitest';
import { ApiProblem, isNotHere, problemFrom, Unreachable, Unsuitable } from '@/api/problem';
import { inTime, say, sayField, sentence } from '@/api/sentences';

const answer = (status: number, headers: Record<string, string> = {}) => ({ status, headers: new Headers(headers) });

describe('problemFrom', () => {
  it('reads a problem document', () => {
    const problem = problemFrom(
      { type: '/problems/code-wrong', title: 'Wrong code', status: 422, detail: 'try again', attempts_left: 3 },
      answer(422),
    );
    expect(problem).toMatchObject({
      slug: 'code-wrong',
      status: 422,
      detail: 'try again',
      extra: { attempts_left: 3 },
    });
  });

  it('reads waiting times from the document, else from the header', () => {
    expect(problemFrom({ retry_after: 12 }, answer(429, { 'retry-after': '60' })).retryAfter).toBe(12);
    expect(problemFrom({}, answer(429, { 'retry-after': '60' })).retryAfter).toBe(60);
    expect(problemFrom({}, answer(429)).retryAfter).toBeNull();
  });

  it.each([null, undefined, 'gateway timeout', 17, []])('makes a problem of %j too', (body) => {
    expect(problemFrom(body, answer(504))).toMatchObject({ status: 504, slug: '', fields: [] });
  });

  it('knows what is not here', () => {
    expect(isNotHere(new ApiProblem(404, 'not-found', ''))).toBe(true);
    expect(isNotHere(new ApiProblem(403, 'forbidden', ''))).toBe(false);
    expect(isNotHere(new Unreachable())).toBe(false);
  });
});

describe('say', () => {
  it('has words of its own for what people meet', () => {
    expect(say(new ApiProblem(422, 'code-wrong', 'x'))).toBe('That code is not right.');
    expect(say(new Unreachable())).toContain('Nothing is lost');
  });

  it('says how long to wait', () => {
    expect(say(new ApiProblem(429, 'rate-limited', '', [], 90))).toBe(
      'That was a lot at once. Try again in 2 minutes.',
    );
    expect(inTime(1)).toBe('in 1 second');
    expect(inTime(7200)).toBe('in 2 hours');
  });

  it('makes sentences of the fields', () => {
    const problem = new ApiProblem(422, 'invalid', '', [
      { pointer: '/username', detail: 'choose at least 3 characters' },
      { pointer: '/display_name', detail: 'choose a name' },
    ]);
    expect(say(problem)).toBe('Choose at least 3 characters. Choose a name.');
    expect(sayField(problem, 'username')).toBe('Choose at least 3 characters.');
    expect(sayField(problem, 'email')).toBe('');
  });

  it('blames no field for what the server did not say of it', () => {
    expect(sayField(new Unsuitable('No passkey was used.'), 'phone_number')).toBe('');
    expect(sayField(new ApiProblem(401, 'credentials-wrong', 'no'), 'phone_number')).toBe('');
    expect(sayField(new Unreachable(), 'phone_number')).toBe('');
  });

  it('falls back to the detail, then to the status', () => {
    expect(say(new ApiProblem(409, 'new-thing', 'this person is your friend already'))).toBe(
      'This person is your friend already.',
    );
    expect(say(new ApiProblem(412, '', ''))).toContain('changed somewhere else');
    expect(say(new ApiProblem(418, '', ''))).toBe('That did not work. Please try again.');
  });

  it('never shows what a broken server says about itself', () => {
    expect(say(new ApiProblem(500, 'internal', 'relation "posts" does not exist'))).not.toContain('relation');
  });

  it('leaves finished sentences alone', () => {
    expect(sentence('Is it?')).toBe('Is it?');
    expect(sentence('  ')).toBe('');
  });
});
