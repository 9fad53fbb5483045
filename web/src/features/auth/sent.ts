// A code on its way: what can be done about it by now.

export interface Sent {
  resend_at?: string;
  /** Absent where no call can bring a code. */
  call_at?: string | null;
}

/** Whole seconds until then; none once it has come. */
const until = (time: string, now: number): number => Math.max(0, Math.ceil((Date.parse(time) - now) / 1000));

/** Seconds until another code may be sent, and whether a call may bring it. */
export function optionsOf({ resend_at, call_at }: Sent, now: number): { wait: number; mayCall: boolean } {
  const wait = resend_at ? until(resend_at, now) : 0;
  return { wait, mayCall: Boolean(call_at) && until(call_at ?? '', now) === 0 };
}
