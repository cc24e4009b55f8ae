// The door: exchanges the one-time token of the link, or the token that this tab still holds, for the session's cookie. Then it
// replaces itself with the page, so that no token stays in the history.
const NAME = "seedance.session"; // the page's js/secret.js reads it

const link = location.hash.slice(1);
// Without cookies the door and the page would redirect to each other without end.
const held = navigator.cookieEnabled ? sessionStorage.getItem(NAME) : null;

const ask = () => fetch("/companion/session", {
  method: "POST",
  headers: { "Content-Type": "application/json", ...(link ? {} : { "Seedance-Session": held }) },
  body: JSON.stringify(link ? { token: link } : {}),
}).catch(() => null);

const answer = link || held ? await ask() : null;
if (answer?.ok) {
  sessionStorage.setItem(NAME, (await answer.json()).token);
  location.replace("../");
} else {
  history.replaceState(null, "", location.pathname);
  document.querySelector("#opening").hidden = true;
  document.querySelector(link ? "#refused" : "#locked").hidden = false;
}
