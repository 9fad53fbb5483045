// Shows the newest messages and looks for more every second.
const list = document.getElementById("messages");
const state = document.getElementById("state");

async function refresh() {
  const [messages, mails] = await Promise.all(
    ["/dev/inbox", "/dev/mails"].map(async (path) => (await fetch(path)).json()),
  );
  const items = [...messages.items, ...mails].sort((a, b) => b.sent_at.localeCompare(a.sent_at));
  list.replaceChildren(
    ...items.map(({ to, body, sent_at }) => {
      const item = document.createElement("li");
      const head = document.createElement("p");
      const text = document.createElement("pre");
      head.textContent = `to ${to} at ${new Date(sent_at).toLocaleTimeString()}`;
      text.textContent = body;
      item.append(head, text);
      return item;
    }),
  );
  state.textContent = items.length === 0 ? "Waiting for messages…" : `${items.length} messages, newest first`;
}

await refresh();
setInterval(refresh, 1000);
