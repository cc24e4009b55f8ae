// Served at 127.0.0.1, the form's address before the companion had its own host name. Sends the history that the browser stores
// for this address to the form under the new one, which opened this window.

/** Only the companion answers under such a name at its port. */
const isOwn = (origin) => new URL(origin).port === location.port && new URL(origin).hostname.endsWith(".localhost");

/** All records of the form's journal (js/journal.js); none if there is no journal. */
const records = () => new Promise((resolve) => {
  const opening = indexedDB.open("seedance");
  opening.onupgradeneeded = () => opening.transaction.abort();
  opening.onerror = () => resolve([]);
  opening.onsuccess = () => {
    const reading = opening.result.transaction("attempts").objectStore("attempts").getAll();
    reading.onsuccess = () => resolve(reading.result);
    reading.onerror = () => resolve([]);
  };
});

addEventListener("message", async ({ source, origin, data }) => {
  if (source !== opener || data !== "history?" || !isOwn(origin)) return;
  source.postMessage({ history: await records() }, origin);
  close();
});
opener?.postMessage("ready", "*"); // says only that it listens
