import { check } from 'seedance-preflight';

console.log(JSON.stringify(check({ model: 'seedance2.0-mini', prompt: 'a fox', duration: 20 })));
