// The core as a script, for hosts on which nothing lies beside one.
export { default } from 'core';
