// At 127.0.0.1, where the form was before the companion had a host name of its own: hands the tasks that the browser keeps
// for that address to the form under the new one, which opened this window and asks for them.

/** Nobody but the companion answers under such a name at its port. */
const isOwn = (origin) => new URL(origin).port === location.port && new URL(origin).hostname.endsWith(".localhost");

/** Every record of the form's journal (js/journal.js); none where there never was one. */
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
opener?.postMessage("ready", "*"); // says nothing but that it listens
