// What the pages in `fixtures` add to their window.
interface Window {
  ready?: true;
  tellTale: unknown;
  compareWithNative(): Promise<unknown>;
  report(body: unknown): unknown;
}
