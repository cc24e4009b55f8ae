// All words of the page: those of the first verdict and those that come later.
import firstEn from '../../../www/js/i18n/en.js';
import laterEn from '../../../www/js/i18n/later-en.js';
import laterZh from '../../../www/js/i18n/later-zh.js';
import firstZh from '../../../www/js/i18n/zh.js';

export const en = { ...firstEn, ...laterEn };
export const zh = { ...firstZh, ...laterZh };

/** Pairs of files that no id may stand in twice. */
export const pairs = [
  [firstEn, laterEn],
  [firstZh, laterZh],
];
