// A mail server that is not ours: Nodemailer's, for the tests of e-mail. Owns its process: it listens on this machine
// only, delivers nothing, and prints what it took as other programs read it.
//
// It takes its settings as a line of JSON, prints its port, and then a line for each mail. The address of a recipient
// says what becomes of a mail: `nobody@` does not exist, `later@` is put off.

import { createInterface } from "node:readline";
import { simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

function refusal(text, responseCode) {
  return Object.assign(new Error(text), { responseCode });
}

function serve({ port, key, cert, secure, user, password }) {
  const isEncrypted = key !== undefined;
  const server = new SMTPServer({
    authOptional: user === undefined,
    disabledCommands: isEncrypted ? [] : ["STARTTLS"],
    ...(isEncrypted ? { key, cert, secure } : {}),
    onAuth(given, _session, done) {
      const isRight = given.username === user && given.password === password;
      done(isRight ? null : refusal("wrong password", 535), { user: given.username });
    },
    onRcptTo({ address }, _session, done) {
      if (address.startsWith("nobody@")) return done(refusal(`no such mailbox ${address}`, 550));
      if (address.startsWith("later@")) return done(refusal(`${address} is busy`, 451));
      return done();
    },
    async onData(stream, session, done) {
      const mail = await simpleParser(stream);
      done();
      say({
        from: mail.from.text,
        to: mail.to.text,
        subject: mail.subject,
        text: mail.text,
        html: mail.html,
        date: mail.date,
        message_id: mail.messageId,
        auto_submitted: mail.headers.get("auto-submitted"),
        attachments: mail.attachments.length,
        is_encrypted: session.secure,
        user: session.user ?? null,
      });
    },
  });
  // A client that does not trust the certificate goes away; that is what some tests are about.
  server.on("error", () => {});
  server.listen(port ?? 0, "127.0.0.1", () => say({ port: server.server.address().port }));
}

createInterface({ input: process.stdin })
  .on("line", (line) => serve(JSON.parse(line)))
  // The tests have ended.
  .on("close", () => process.exit(0));
