// A page's state in every look (languages, schemes, widths): axe finds nothing, nothing scrolls sideways, pictures are saved.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const OUTPUT = fileURLToPath(new URL('../../output/page/', import.meta.url));
mkdirSync(OUTPUT, { recursive: true });

/** Saves a picture for people to look at, as JPEG: PNG takes twice as long at these sizes. */
export const picture = (page, name, options) =>
  page.screenshot({ path: `${OUTPUT}${name}.jpg`, quality: 80, ...options });

const violations = async (page) =>
  page.evaluate(async () =>
    (
      await window.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
        resultTypes: ['violations'],
        preload: false,
      })
    ).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`),
  );

/** Text and controls that the screen's edge cuts off. What is in a box with a scroll bar, or cut by one on purpose, is not. */
export const cutOff = (page) =>
  page.evaluate(() => {
    const isCut = (node) => {
      for (let box = node.parentElement; box && box !== document.body; box = box.parentElement)
        if (getComputedStyle(box).overflowX !== 'visible') return false;
      return node.getBoundingClientRect().right > innerWidth + 0.5;
    };
    return [...document.querySelectorAll('#app *')]
      .filter((node) => node.checkVisibility() && isCut(node))
      .map((node) => `${node.tagName} ${node.id} ${node.className} ${node.textContent.trim().slice(0, 40)}`);
  });

/** Checks the page in its current state at each of these widths. axe audits some of them. */
export async function inEveryLook(page, name, widths = [1440, 390, 3840], audited = [1440, 390]) {
  await page.evaluate(axe);
  for (const lang of ['en', 'zh']) {
    await page.evaluate((l) => document.getElementById(`lang-${l}`).click(), lang);
    await page.waitForFunction((l) => document.documentElement.lang.startsWith(l), lang);
    for (const scheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme: scheme });
      for (const width of widths) {
        await page.setViewportSize({ width, height: { 320: 640, 390: 844, 3840: 2160 }[width] ?? 900 });
        await page.evaluate(() => scrollTo(0, 0));
        if (audited.includes(width)) assert.deepEqual(await violations(page), [], `${name} ${lang} ${scheme} ${width}`);
        await picture(page, `${name}-${lang}-${scheme}-${width}`);
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.ok(wide <= 0, `no sideways scroll in ${name} ${lang} ${width}`);
        assert.deepEqual(await cutOff(page), [], `${name} ${lang} ${width}`);
      }
    }
  }
}
