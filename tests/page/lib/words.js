// All texts of the page: those for the first verdict and those that are loaded later.
import deskEn from '../../../www/js/i18n/desk-en.js';
import deskZh from '../../../www/js/i18n/desk-zh.js';
import firstEn from '../../../www/js/i18n/en.js';
import laterEn from '../../../www/js/i18n/later-en.js';
import laterZh from '../../../www/js/i18n/later-zh.js';
import firstZh from '../../../www/js/i18n/zh.js';

export const en = { ...firstEn, ...laterEn, ...deskEn };
export const zh = { ...firstZh, ...laterZh, ...deskZh };

/** The files of each language. No id may be in two of them. */
export const files = [
  [firstEn, laterEn, deskEn],
  [firstZh, laterZh, deskZh],
];
