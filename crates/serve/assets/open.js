// Trades the one-time token of the link for the session cookie, then leaves without a trace of it in the history.
const token = location.hash.slice(1);

const answer = await fetch("/companion/session", {
  method: "POST",
  headers: { "Content-Type": "application/json" },
  body: JSON.stringify({ token }),
}).catch(() => null);

if (answer?.ok) {
  location.replace("/");
} else {
  history.replaceState(null, "", location.pathname);
  document.querySelector("#opening").hidden = true;
  document.querySelector("#refused").hidden = false;
}
