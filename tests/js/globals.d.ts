// What the pages in `fixtures` put on their window.
interface Window {
  ready?: true;
  tellTale: unknown;
  compareWithNative(): Promise<unknown>;
  report(body: unknown): unknown;
}
