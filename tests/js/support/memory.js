// How much memory the core has, which only its own module tells.
import { initSync } from '../node_modules/seedance-preflight/seedance_preflight.js'

export const memoryBytes = () => initSync().memory.buffer.byteLength
